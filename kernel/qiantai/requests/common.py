"""The steps that every kind of case has, and what they change."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from qiantai.case import Case
from qiantai.clauses import HOUSE, Clause
from qiantai.commands import CORRECTABLE, RECEIVE, Field, Type, channel, choice, flag, person, text
from qiantai.events import Change, Counted, Dissatisfied, Event, Kept, Offered, Owned, StoodIn, Tried
from qiantai.lifecycle import Bar, DutyRule, Move, On, Step
from qiantai.moment import Moment
from qiantai.rules import by_other_than, denies, in_state, says
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual

DESK_OR_SUPERVISOR = ("desk", "supervisor")
COMPLAINT = "complaint"


def hand_to_desk_duty(clause: str) -> DutyRule:
    """Who took it in away from the desk passes it on at once, or once the desk opens."""
    return DutyRule(Clause(clause), "hand_to_desk", "at_once", "first_contact", in_hours=True)


def call_back_duty(clause: str, limit: str = "call_back") -> DutyRule:
    """What others handled is called back on, by the desk as a body [H-4.5.1]."""
    return DutyRule(Clause(clause), "call_back", limit, "desk", since_receipt=False, silent=True)


def receive(opens: tuple[str | On, ...], bars: tuple[Bar, ...], moves: tuple[Move, ...] = ()) -> tuple[Step, ...]:
    """Receipt by the desk, and by anybody else [P-2.1b, H-4.6.1, M-3.1c]."""
    fields = RECEIVE
    return (
        Step(
            Clause("H-4.6.1"),
            ("",),
            "receive",
            ("desk",),
            RECEIVED,
            fields=fields,
            opens=opens,
            bars=bars,
            moves=moves,
            branch="desk",
        ),
        Step(
            Clause("M-3.1c"),
            ("",),
            "receive",
            ("anyone",),
            NOTED,
            fields=fields,
            opens=(On("hand_to_desk"), *opens),
            bars=bars,
            moves=moves,
            branch="others",
        ),
    )


def every_kind(states: tuple[str, ...], hand_to_desk: str) -> tuple[Step, ...]:
    """The steps that no kind changes; `hand_to_desk` is the clause of the duty of that name."""
    opened = tuple(each for each in states if each != CLOSED)
    return (
        Step(
            Clause(hand_to_desk),
            (NOTED,),
            "hand_to_desk",
            ("first_contact", "owner", "desk"),
            RECEIVED,
            fields=(person("to", must=False),),
            discharges=("hand_to_desk",),
            bars=(_TO_NO_CLERK, _TO_NOBODY),
            changes=_taken_in,
        ),
        Step(Clause("P-2.1b"), states, "note", ("whoever_may_see",), fields=(text("text"),)),
        Step(
            Clause("M-3.4b"),
            states,
            "correct",
            ("desk", "owner", "first_contact", "handler", "supervisor", "cs_head"),
            fields=(choice("field", *CORRECTABLE), Field("value", Type.ANY, must=True), text("reason")),
            changes=_corrected,
        ),
        Step(
            Clause("H-4.1.2.1"),
            opened,
            "join",
            ("desk", "owner", "first_contact"),
            fields=(Field("household", Type.HOUSEHOLD, must=True),),
            bars=(_COUNTED,),
            changes=_joined,
        ),
        Step(
            Clause("M-3.1c"),
            opened,
            "hand_over",
            ("owner", "supervisor", "cs_head"),
            fields=(person("to"), text("reason")),
            changes=_handed_over,
        ),
        Step(
            Clause("Q-S2b"),
            opened,
            "offer",
            ("owner",),
            fields=(person("to"),),
            changes=lambda m: (Offered(m.given["to"]),),
        ),
        Step(Clause("Q-S2b"), opened, "accept", ("offered",), changes=_accepted),
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
            bars=(_NOT_TO_BE_MERGED_INTO,),
            keeps={"into": "merged_into"},
            on_the_spot=True,
        ),
        Step(HOUSE, states, "undo", ("anyone",), bars=(_NOT_THE_LAST, _TOO_LATE, _MERGED_ON)),
        Step(
            HOUSE,
            (AWAITING_CALL_BACK,),
            "close",
            DESK_OR_SUPERVISOR,
            CLOSED,
            branch="unreachable",
            fields=(text("reason"),),
            bars=(_TRY_MORE,),
            keeps={"reason": "closed_because"},
            on_the_spot=True,
        ),
    )


def call_back(
    *fields: Field, bars: tuple[Bar, ...] = (), clause: str, back: Step | None = None, again: str = "satisfied"
) -> tuple[Step, ...]:
    """The call-back: nobody reached, the resident content, and where discontent leads: to `back`, else to the same end.

    `again` is the truth value whose denial leads back.
    """
    common = Step(
        Clause(clause),
        (AWAITING_CALL_BACK,),
        "call_back",
        DESK_OR_SUPERVISOR,
        fields=(
            flag("reached"),
            flag("satisfied", must=True),
            Field("score", Type.NUMBER, optional=True),
            *(fields or (channel(must=False),)),
        ),
        bars=(*bars, CALLS_BACK_ON_OWN_WORK),
        discharges=("call_back",),
        keeps={"satisfied": "satisfied", "score": "score", "channel": "call_back_channel", "quality_ok": "quality_ok"},
    )
    unreached = evolve(
        common,
        when=denies("reached"),
        branch="unreached",
        fields=tuple(evolve(each, must=False) for each in common.fields),
        discharges=(),
        keeps={},
        changes=lambda _: (Tried(),),
    )
    content = evolve(common, to=CLOSED, branch="content", when=says(again) if back else lambda _: True)
    if back is None:
        return unreached, content
    led_back = evolve(
        common,
        to=back.to,
        opens=back.opens,
        branch="discontent",
        changes=lambda _: (Dissatisfied(), Kept({"approved": False})),
    )
    return unreached, content, led_back


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
        bars=(_NEVER_DISSATISFIED,),
        keeps={"reason": "closed_because"},
    )


CALL_BACK_BY_OTHERS = Bar(
    Clause("H-4.5.1"),
    "call_back_by_others",
    by_other_than(*DESK_OR_SUPERVISOR),
    Bilingual("回访由客服前台或客服主管做", "call-backs are made by the front desk or its supervisor"),
    Bilingual("请客服前台或客服主管回访", "ask the front desk or its supervisor"),
    commands=("call_back",),
)
CALLS_BACK_ON_OWN_WORK = Bar(
    Clause("H-4.5.1"),
    "call_back_on_own_work",
    lambda m: m.by.id in m.case.workers,
    Bilingual("处理人不能回访自己处理的事项", "nobody calls back on what they handled themselves"),
    Bilingual("由另一位前台或主管回访", "another clerk or the supervisor"),
)
_TO_NO_CLERK = Bar(
    None,
    "to_no_clerk",
    lambda m: bool(m.given.get("to")) and not m.handbook.people[m.given["to"]].has("desk"),
    Bilingual("只能转给客服前台的人", "it is passed on to a desk clerk only"),
    Bilingual("选一位客服前台", "choose a desk clerk"),
    by_fields=True,
)
_TO_NOBODY = Bar(
    None,
    "to_nobody",
    lambda m: not m.given.get("to") and not m.by.has("desk"),
    Bilingual("没有说转给哪位前台", "no desk clerk was named"),
    Bilingual("选一位客服前台", "choose a desk clerk"),
    by_fields=True,
)


def _younger_or_other(moment: Moment) -> bool:
    """Whether the case to merge into is none, closed, of another kind, or not older than this one."""
    case, into = moment.case, moment.other
    if into is None or not into.open or into.kind != case.kind:
        return True
    return (into.received, into.number) >= (case.received, case.number)


_NOT_TO_BE_MERGED_INTO = Bar(
    None,
    "no_case_to_merge_into",
    _younger_or_other,
    Bilingual("只能并入一件同类、未办结、更早的事项", "it can be merged only into an older open case of the same kind"),
    Bilingual("另选一件", "choose another case"),
    by_fields=True,
)
_COUNTED = Bar(
    None,
    "already_counted",
    lambda m: m.given.get("household") in m.case.households,
    Bilingual("这一户已经算在内", "this household is counted already"),
    Bilingual("另一户", "another household"),
    by_fields=True,
)
_TRY_MORE = Bar(
    None,
    "tries_left",
    lambda m: m.case.tries < m.policy.count("call_back_attempts"),
    Bilingual("回访尝试次数还不够", "there have not been enough call-back tries"),
    Bilingual("再回访", "call back again"),
)
_NEVER_DISSATISFIED = Bar(
    None,
    "never_dissatisfied",
    lambda m: m.case.unsatisfied < 1,
    Bilingual("还没有过不满意的回访", "no call-back has found the resident dissatisfied yet"),
    Bilingual("先处理、回复、回访", "handle, reply and call back first"),
)


def last_command(case: Case) -> Event:
    """The last event that somebody's command made: not a count made anew when the calendar came to be known."""
    return next(each for each in reversed(case.history) if each.name != "recount")


def _strikable(moment: Moment) -> bool:
    last = last_command(moment.case)
    return last.by == moment.by.id and last.name not in ("receive", "undo")


_NOT_THE_LAST = Bar(
    None,
    "not_ones_last",
    lambda m: not _strikable(m),
    Bilingual(
        "只能撤销自己刚下的、也是最后一道指令", "only one's own command that is the case's last can be taken back"
    ),
    Bilingual("用更正、备注,或请主管处理", "correct, note, or ask the supervisor"),
)


def _window_passed(moment: Moment) -> bool:
    window = timedelta(seconds=moment.policy.period("undo_within").seconds)
    return moment.at - last_command(moment.case).at > window


_TOO_LATE = Bar(
    None,
    "undo_too_late",
    _window_passed,
    Bilingual("可撤销的时间已过", "the time for taking it back has passed"),
    Bilingual("用更正或备注", "correct or note"),
)


def _merged_on(moment: Moment) -> bool:
    last = last_command(moment.case)
    if last.name != "merge":
        return False
    other = last_command(moment.other) if moment.other is not None else None
    return other is None or other.name != "merge" or other.at != last.at


_MERGED_ON = Bar(
    None,
    "merged_case_went_on",
    _merged_on,
    Bilingual("并单之后,另一件事项又有了新的指令", "the other case of the merge has had a later command"),
)


def _taken_in(moment: Moment) -> tuple[Change, ...]:
    """The clerk who takes it in answers for it; a complaint stays with its first contact [M-3.1c, M-4.3a]."""
    return () if moment.case.kind == COMPLAINT else (Owned(moment.given.get("to") or moment.by.id),)


def _corrected(moment: Moment) -> tuple[Change, ...]:
    name, value = moment.given["field"], moment.given["value"]
    kept: tuple[Change, ...] = (Kept({name: value}),)
    if name != "household":
        return kept
    others = tuple(each for each in moment.case.households if each != moment.case.household)
    return (*kept, Counted(moment.case.joint, tuple(dict.fromkeys((value, *others)))))


def _joined(moment: Moment) -> tuple[Change, ...]:
    return (Counted(moment.case.joint + 1, (*moment.case.households, moment.given["household"])),)


def _handed_over(moment: Moment) -> tuple[Change, ...]:
    case, to = moment.case, moment.given["to"]
    ended: tuple[Change, ...] = (Offered(""),) if case.offered_to else ()
    if case.kind != COMPLAINT:
        return (Owned(to), *ended)
    if moment.by.id in (case.owner, case.stand_in):
        return (StoodIn("" if to == case.owner else to), *ended)
    return (Owned(to), *((StoodIn(""),) if to == case.stand_in else ()), *ended)


def _accepted(moment: Moment) -> tuple[Change, ...]:
    case = moment.case
    if case.kind != COMPLAINT:
        return (Owned(moment.by.id), Offered(""))
    return (StoodIn("" if moment.by.id == case.owner else moment.by.id), Offered(""))


RECEIVED_ONLY = in_state(RECEIVED)
