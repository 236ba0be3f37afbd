"""The steps that every kind of case has, and what they change."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from qiantai.clauses import HOUSE, Clause
from qiantai.commands import CORRECTABLE, RECEIVE, Field, Type, channel, choice, flag, person, text
from qiantai.events import Change, Dissatisfied, Kept, Offered, Tried
from qiantai.lifecycle import Bar, DutyRule, Move, On, Step
from qiantai.moment import Moment
from qiantai.requests.common.bars import (
    COUNTED,
    DESK_OR_SUPERVISOR,
    NEVER_DISSATISFIED,
    NOT_TO_BE_MERGED_INTO,
    TO_NO_CLERK,
    TO_NOBODY,
    TRY_MORE,
)
from qiantai.requests.common.effects import COMPLAINT, accepted, corrected, handed_over, joined, taken_in
from qiantai.requests.common.linked import links
from qiantai.requests.common.undoing import UNDO_BARS
from qiantai.rules import denies, says
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED

_HAND_TO_DESK = On("hand_to_desk")


def hand_to_desk_duty(clause: str) -> DutyRule:
    """Who took it in away from the desk passes it on at once, or once the desk opens."""
    return DutyRule(Clause(clause), "hand_to_desk", "at_once", "first_contact", in_hours=True)


def call_back_duty(clause: str, limit: str = "call_back") -> DutyRule:
    """What others handled is called back on, by the desk as a body [H-4.5.1]."""
    return DutyRule(Clause(clause), "call_back", limit, "desk", since_receipt=False, silent=True)


def receive(
    opens: tuple[str | On, ...],
    bars: tuple[Bar, ...],
    moves: tuple[Move, ...] = (),
    hand_to_desk: On = _HAND_TO_DESK,
    fields: tuple[Field, ...] = (),
) -> tuple[Step, ...]:
    """Receipt by the desk, and by anybody else, who owes handing it on [P-2.1b, H-4.6.1, M-3.1c].

    `fields` are the kind's own, beside those of every receipt.
    """
    by_desk = Step(
        Clause("H-4.6.1"),
        ("",),
        "receive",
        ("desk",),
        RECEIVED,
        fields=(*RECEIVE, *fields),
        opens=opens,
        bars=bars,
        moves=moves,
        branch="desk",
    )
    others = evolve(
        by_desk, clause=Clause("M-3.1c"), who=("anyone",), to=NOTED, opens=(hand_to_desk, *opens), branch="others"
    )
    return by_desk, others


def note(states: tuple[str, ...]) -> Step:
    """A remark by whoever may see it, at any time."""
    return Step(Clause("P-2.1b"), states, "note", ("whoever_may_see",), fields=(text("text"),))


def undo(states: tuple[str, ...]) -> Step:
    """One's own last command taken back, on all cases that it touched."""
    return Step(HOUSE, states, "undo", ("anyone",), bars=UNDO_BARS)


def every_kind(states: tuple[str, ...], hand_to_desk: str) -> tuple[Step, ...]:
    """The steps that no kind changes; `hand_to_desk` is the clause of the duty of that name."""
    opened = tuple(each for each in states if each != CLOSED)
    called_back = tuple(each for each in states if each == AWAITING_CALL_BACK)
    return (
        Step(
            Clause(hand_to_desk),
            (NOTED,),
            "hand_to_desk",
            ("first_contact", "owner", "desk"),
            RECEIVED,
            fields=(person("to", must=False),),
            discharges=("hand_to_desk",),
            bars=(TO_NO_CLERK, TO_NOBODY),
            changes=taken_in,
        ),
        note(states),
        Step(
            Clause("M-3.4b"),
            states,
            "correct",
            ("desk", "owner", "first_contact", "handler", "supervisor", "cs_head"),
            fields=(choice("field", *CORRECTABLE), Field("value", Type.ANY, must=True), text("reason")),
            changes=corrected,
        ),
        Step(
            Clause("H-4.1.2.1"),
            opened,
            "join",
            ("desk", "owner", "first_contact"),
            fields=(Field("household", Type.HOUSEHOLD, must=True),),
            bars=(COUNTED,),
            changes=joined,
        ),
        Step(
            Clause("M-3.1c"),
            opened,
            "hand_over",
            ("owner", "supervisor", "cs_head"),
            fields=(person("to"), text("reason")),
            changes=handed_over,
        ),
        Step(
            Clause("Q-S2b"),
            opened,
            "offer",
            ("owner",),
            fields=(person("to"),),
            changes=lambda m: (Offered(m.given["to"]),),
        ),
        Step(Clause("Q-S2b"), opened, "accept", ("offered",), changes=accepted),
        Step(
            Clause("Q-S2b"),
            opened,
            "decline_offer",
            ("offered",),
            fields=(text("reason"),),
            changes=lambda _: (Offered(""),),
        ),
        Step(Clause("P-2.2c"), opened, "urge", ("owner", "desk", "supervisor"), fields=(text("text"),)),
        Step(
            Clause("P-3"),
            opened,
            "escalate",
            ("anyone",),
            fields=(text("reason"),),
            changes=lambda m: (Kept({"major": True}),) if m.case.kind == COMPLAINT else (),
        ),
        Step(Clause("H-4.2.4"), opened, "call_police", ("anyone",), fields=(text("reason"),)),
        Step(
            Clause("M-4.3c"),
            opened,
            "start_plan",
            ("desk", "supervisor", "monitor", "owner", "handler", "centre_head", "cs_head"),
            fields=(text("plan"),),
            discharges=("start_plan",),
            keeps={"plan": "plan"},
        ),
        Step(
            HOUSE,
            opened,
            "withdraw",
            ("desk",),
            CLOSED,
            fields=(text("reason"), flag("mistaken", optional=True)),
            keeps={"mistaken": "mistaken"},
            changes=lambda _: (Kept({"withdrawn": True}),),
            on_the_spot=True,
        ),
        Step(
            HOUSE,
            opened,
            "merge",
            ("desk",),
            CLOSED,
            fields=(Field("into", Type.CASE, must=True),),
            bars=(NOT_TO_BE_MERGED_INTO,),
            keeps={"into": "merged_into"},
            on_the_spot=True,
        ),
        *links(opened),
        undo(states),
        Step(
            HOUSE,
            called_back,
            "close",
            DESK_OR_SUPERVISOR,
            CLOSED,
            branch="unreachable",
            fields=(text("reason"),),
            bars=(TRY_MORE,),
            keeps={"reason": "closed_because"},
            on_the_spot=True,
        ),
    )


_KEPT_AS: Mapping[str, str] = {"channel": "call_back_channel"}
_ENDS: Mapping[str, tuple[str, str]] = {
    "satisfied": ("content", "discontent"),
    "quality_ok": ("done well", "to be done again"),
}


def call_back(
    *fields: Field, bars: tuple[Bar, ...] = (), clause: str, back: Step | None = None, again: str = "satisfied"
) -> tuple[Step, ...]:
    """The call-back: nobody reached, the resident content, and where discontent leads: to `back`, else to the same end.

    `again` is the truth value whose denial leads back.
    """
    answered = (
        flag("satisfied", must=True),
        Field("score", Type.NUMBER, optional=True),
        *(fields or (channel(must=False),)),
    )
    common = Step(
        Clause(clause),
        (AWAITING_CALL_BACK,),
        "call_back",
        DESK_OR_SUPERVISOR,
        fields=(flag("reached"), *answered),
        bars=bars,
        discharges=("call_back",),
        keeps={each.name: _KEPT_AS.get(each.name, each.name) for each in answered},
    )
    unreached = evolve(
        common,
        when=denies("reached"),
        branch="unreached",
        fields=tuple(evolve(each, must=False) for each in common.fields),
        discharges=(),
        keeps={},
        changes=_tried,
    )
    if back is None:
        return unreached, evolve(common, to=CLOSED, branch="reached")
    well, badly = _ENDS[again]
    content = evolve(common, to=CLOSED, branch=well, when=says(again))
    led_back = evolve(
        common,
        to=back.to,
        opens=back.opens,
        branch=badly,
        changes=_dissatisfied,
    )
    return unreached, content, led_back


def _tried(_: Moment) -> tuple[Change, ...]:
    return (Tried(),)


def _dissatisfied(_: Moment) -> tuple[Change, ...]:
    return (Dissatisfied(),)


def close_after_discontent() -> Step:
    """Given up by a head, once a call-back has found the resident dissatisfied."""
    return Step(
        HOUSE,
        ("handling",),
        "close",
        ("cs_head", "centre_head"),
        CLOSED,
        branch="discontent",
        fields=(text("reason"),),
        bars=(NEVER_DISSATISFIED,),
        keeps={"reason": "closed_because"},
    )
