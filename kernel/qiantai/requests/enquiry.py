"""Enquiries 问询: answered on the spot where the desk knows, else replied to, else handed to the area manager."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from qiantai.clauses import Clause
from qiantai.commands import channel, flag, roles, text, time
from qiantai.events import Change, Handled, Kept
from qiantai.lifecycle import Bar, Changes, DutyRule, On, Request, Step, no_changes
from qiantai.moment import Moment
from qiantai.requests.common import (
    CALL_BACKS,
    DESK_OR_SUPERVISOR,
    call_back,
    call_back_duty,
    close_after_discontent,
    every_kind,
    hand_to_desk_duty,
    receive,
    settled,
    told,
)
from qiantai.rules import both, in_state, limit, no_promise, promise, promised, running, says
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual, Role

STATES = (NOTED, RECEIVED, "pending", "handling", AWAITING_CALL_BACK, CLOSED)
OPEN = STATES[:-1]

DUTIES = (
    hand_to_desk_duty("H-4.3.2"),
    DutyRule(Clause("H-4.3.1"), "answer", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("H-4.3.4"), "assign", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("H-4.3.1"), "reply", "enquiry_reply", "handler", since_receipt=False),
    call_back_duty("H-4.5.1"),
)


def latest_reply(moment: Moment) -> datetime | None:
    """How late a reply may be promised: the limit of the one that is owed, or of one opened now."""
    if moment.case.owes("reply"):
        return running("reply")(moment)
    return limit(moment, moment.request.duty_rule("reply", moment.case))[2].at


SIMPLY_TURNED_AWAY = Bar(
    Clause("H-4.3.3"),
    "simply_turned_away",
    lambda m: m.says("out_of_scope") and not (m.text("alternative") and m.says("proxy_offered")),
    Bilingual(
        "超出服务范围的,要指出其他途径,并主动提出代询", "out of scope: name another channel and offer to ask for them"
    ),
    Bilingual("填其他途径,勾选已提出代询", "give alternative, and proxy_offered = true"),
    by_fields=True,
)


def _unreachable(moment: Moment) -> bool:
    return not (moment.phone or moment.email)


CONTACT_UNKNOWN = Bar(
    Clause("H-4.3.1"),
    "contact_unknown",
    _unreachable,
    Bilingual("没有电话或邮箱,弄清后无法回复", "with no phone or e-mail nobody could reply later"),
    Bilingual("留下电话或邮箱", "take a phone number or an e-mail address"),
    by_fields=True,
)
ANSWER_FIELDS = (
    text("text"),
    flag("satisfied", must=True),
    text("script", optional=True),
    flag("out_of_scope", optional=True),
    text("alternative", optional=True),
    flag("proxy_offered", optional=True),
    flag("proxy_accepted", optional=True),
)
PROXY_FIELDS = tuple(evolve(each, must=False) for each in ANSWER_FIELDS)
BY_PROXY = both(says("out_of_scope"), says("proxy_accepted"))
KEEPS_ANSWER = {"text": "reply", "script": "script"}


def contact_kept(moment: Moment) -> tuple[Change, ...]:
    """The contact details taken down become those of the case."""
    taken = {name: moment.text(name) for name in ("phone", "email") if moment.text(name)}
    return (Kept({**taken, "contact_taken": True}),)


def answers(extra: tuple[Bar, ...] = ()) -> tuple[Step, ...]:
    """The desk's answer on the spot: out of scope and asked for them, satisfying, or not."""
    answer = Step(
        Clause("H-4.3.1"),
        (RECEIVED,),
        "answer",
        ("desk",),
        fields=ANSWER_FIELDS,
        discharges=("answer",),
        keeps=KEEPS_ANSWER,
    )
    bars = (SIMPLY_TURNED_AWAY, *extra)
    return (
        evolve(
            answer,
            to="pending",
            branch="for them",
            when=BY_PROXY,
            opens=("reply",),
            bars=(SIMPLY_TURNED_AWAY, CONTACT_UNKNOWN, *extra),
            fields=PROXY_FIELDS,
            clause=Clause("H-4.3.3"),
        ),
        evolve(answer, to=CLOSED, branch="content", when=says("satisfied"), bars=bars, on_the_spot=True),
        evolve(answer, branch="discontent", bars=bars, opens=("assign",)),
    )


def desk_steps(extra: tuple[Bar, ...] = (), in_time: str = "H-4.3.1", on: str = "H-4.3.4") -> tuple[Step, ...]:
    """Contact details taken by the desk, its own reply, and the form for the area manager, by these two clauses."""
    reply = Step(
        Clause(in_time),
        ("pending",),
        "reply",
        ("desk",),
        fields=(text("text"), flag("satisfied", must=True), text("script", optional=True)),
        bars=extra,
        discharges=("reply",),
        keeps=KEEPS_ANSWER,
    )
    assign = Step(
        Clause(on),
        (RECEIVED, "pending"),
        "assign",
        DESK_OR_SUPERVISOR,
        "handling",
        fields=(roles("to", Role.AREA_MANAGER),),
        discharges=("assign", On("answer")),
        opens=("reply",),
        changes=lambda m: (Handled(m.given["to"]), Kept({"form": True})),
    )
    return (
        Step(
            Clause(in_time),
            (RECEIVED,),
            "take_contact",
            ("desk",),
            "pending",
            fields=(text("phone"), text("email", optional=True), time("promised", optional=True)),
            bars=(CONTACT_UNKNOWN, *promise(latest_reply)),
            discharges=("answer",),
            opens=("reply",),
            moves=(promised("reply"),),
            changes=contact_kept,
            branch="desk",
        ),
        evolve(reply, to=CLOSED, branch="content", when=says("satisfied")),
        evolve(reply, branch="discontent", opens=("assign",)),
        assign,
    )


def area_manager_steps(bars: tuple[Bar, ...] = (), replied: Changes = no_changes) -> tuple[Step, ...]:
    """What the area manager does with the form: consult, and reply unasked, which makes these changes [H-4.3.5]."""
    return (
        Step(
            Clause("H-4.3.5"),
            ("handling",),
            "consult",
            ("area_manager",),
            fields=(text("with"),),
            keeps={"with": "consulted"},
        ),
        Step(
            Clause("H-4.3.5"),
            ("handling",),
            "reply",
            ("area_manager",),
            AWAITING_CALL_BACK,
            fields=(channel(), text("text"), text("script", optional=True)),
            bars=bars,
            discharges=("reply",),
            opens=("call_back",),
            branch="area manager",
            keeps={"text": "reply", "script": "script", "channel": "reply_channel"},
            changes=replied,
            work=True,
        ),
        *call_back(
            clause="H-4.5.1",
            back=Step(Clause("H-4.5.1"), (), "call_back", (), "handling", opens=("reply",)),
        ),
        close_after_discontent(),
    )


NOTED_ANSWER = Step(
    Clause("H-4.3.2"),
    (NOTED,),
    "answer",
    ("first_contact",),
    fields=ANSWER_FIELDS,
    bars=(SIMPLY_TURNED_AWAY,),
    keeps=KEEPS_ANSWER,
)
NOTED_REPLY = Step(
    Clause("H-4.3.2"),
    (NOTED,),
    "reply",
    ("first_contact",),
    fields=(text("text"), flag("satisfied", must=True), text("script", optional=True)),
    bars=(
        Bar(
            None,
            "no_contact_taken",
            lambda m: not m.case.holds("contact_taken"),
            Bilingual("还没有留联系方式", "no contact details have been taken"),
            Bilingual("先留联系方式,或转前台", "take contact details first, or pass it to the desk"),
        ),
    ),
    discharges=("reply",),
    keeps=KEEPS_ANSWER,
)

REQUEST = Request(
    kind="enquiry",
    prefix="ZX",
    states=STATES,
    duties=DUTIES,
    bars=CALL_BACKS,
    reactions=(On("answer", when=in_state(RECEIVED), once=True, where="at the desk"),),
    form=("reply",),
    registered=lambda case: case.state != NOTED,
    linked=(
        told("P-2.2c", *OPEN),
        settled(
            "H-4.3.1",
            RECEIVED,
            "pending",
            "handling",
            keeps="reply",
            discharges=("answer", "reply"),
            voids=("assign",),
        ),
    ),
    steps=(
        *receive((), no_promise()),
        evolve(
            NOTED_ANSWER,
            branch="for them",
            when=BY_PROXY,
            fields=PROXY_FIELDS,
            opens=(On("hand_to_desk", anew=True),),
            clause=Clause("H-4.3.3"),
        ),
        evolve(NOTED_ANSWER, to=CLOSED, branch="content", when=says("satisfied"), on_the_spot=True),
        evolve(NOTED_ANSWER, branch="discontent"),
        Step(
            Clause("H-4.3.2"),
            (NOTED,),
            "take_contact",
            ("first_contact",),
            fields=(text("phone"), text("email", optional=True), time("promised", optional=True)),
            bars=(CONTACT_UNKNOWN, *promise(latest_reply)),
            opens=("reply",),
            voids=("hand_to_desk",),
            moves=(promised("reply"),),
            changes=contact_kept,
            branch="first contact",
        ),
        evolve(NOTED_REPLY, to=CLOSED, branch="first contact, content", when=says("satisfied"), on_the_spot=True),
        evolve(
            NOTED_REPLY,
            branch="first contact, discontent",
            opens=(On("hand_to_desk", anew=True),),
        ),
        *answers(),
        *desk_steps(),
        *area_manager_steps(),
        *every_kind(STATES, "H-4.3.2"),
    ),
)
