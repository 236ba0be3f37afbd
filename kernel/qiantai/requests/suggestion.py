"""Suggestions 建议: thanked for at once, decided by a head in person, answered the way they came, followed up."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import channel, choice, roles, text
from qiantai.events import Change, Handled
from qiantai.lifecycle import Bar, DutyRule, On, Request, Step, always
from qiantai.moment import Moment
from qiantai.requests.common import (
    CALL_BACKS,
    DESK_OR_SUPERVISOR,
    call_back,
    call_back_duty,
    every_kind,
    hand_to_desk_duty,
    receive,
    settled,
    told,
)
from qiantai.rules import no_promise
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, WRITTEN_NOT_IN_PERSON, Bilingual, Channel, Role

STATES = (NOTED, RECEIVED, "handling", "decided", "implementing", AWAITING_CALL_BACK, CLOSED)
SPOKEN = frozenset({Channel.PHONE, Channel.VISIT})
IN_KIND: Mapping[str, frozenset[Channel]] = {
    Channel.LETTER: frozenset({Channel.LETTER}),
    Channel.LETTER_IN_PERSON: frozenset({Channel.LETTER}),
    Channel.OPINION_BOX: frozenset({Channel.LETTER}),
    Channel.EMAIL: frozenset({Channel.EMAIL}),
    Channel.ONLINE: SPOKEN | {Channel.ONLINE},
    Channel.WECHAT: SPOKEN | {Channel.WECHAT},
}


def written(case: Case) -> bool:
    """It came in writing and not in person [H-4.1.1.4]."""
    return case.facts.get("channel") in WRITTEN_NOT_IN_PERSON


def called_for(moment: Moment) -> Role:
    """Whom the clause calls for, as the case stands [H-4.1.2.1]."""
    case = moment.case
    if case.holds("important") or case.joint > moment.policy.count("joint_residents"):
        return Role.CENTRE_HEAD
    return Role.CS_HEAD


def passed_by(moment: Moment) -> bool:
    """The centre's head has come to be called for, and somebody else handles it [H-4.1.2.1]."""
    case = moment.case
    return (
        case.state == "handling" and called_for(moment) not in case.handlers and called_for(moment) == Role.CENTRE_HEAD
    )


def _assigned(moment: Moment) -> tuple[Change, ...]:
    return (Handled(moment.given["to"]),)


def _out_of_kind(moment: Moment) -> bool:
    asked = IN_KIND.get(str(moment.case.facts.get("channel")), SPOKEN)
    return moment.given["channel"] not in asked and not moment.text("reason")


DUTIES = (
    hand_to_desk_duty("H-4.1.1.2"),
    DutyRule(Clause("H-4.1.1.4"), "thank", "at_once", "owner", for_case=written, spoken=True, where="written"),
    DutyRule(Clause("H-4.1.1.3"), "thank", "at_once", "owner", spoken=True),
    DutyRule(Clause("H-4.1.1.4"), "reply", "suggestion_reply", "handler"),
    DutyRule(Clause("H-4.1.2.1"), "assign", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("H-4.1.3.1b"), "follow_up", "suggestion_follow_up", "handler", since_receipt=False, silent=True),
    call_back_duty("H-4.5.1"),
)

BARS = (
    Bar(
        Clause("H-4.1.1.3"),
        "no_verdict_on_the_spot",
        always,
        Bilingual("建议当场只能致谢、记录,不得表态", "on the spot a suggestion is thanked for and noted, never judged"),
        Bilingual("致谢,派给负责人研究", "thank, and assign it to be studied"),
        commands=("answer", "decide", "reply"),
        states=(NOTED, RECEIVED),
    ),
    Bar(
        Clause("H-4.1.2.1"),
        "centre_head_called_for",
        passed_by,
        Bilingual("应由服务中心负责人处理,尚未派给", "the centre's head is called for, and has not been given it yet"),
        Bilingual("先派给服务中心负责人", "assign it to the centre's head first"),
        commands=("decide",),
        states=("handling",),
    ),
    Bar(
        Clause("H-4.1.2.1"),
        "decided_by_the_handler_alone",
        lambda m: not m.by.has(*m.case.handlers),
        Bilingual("只有亲自处理的负责人能作决定", "only the head who handles it may decide"),
        Bilingual("请处理人决定", "ask its handler to decide"),
        commands=("decide",),
        states=("handling",),
    ),
    *CALL_BACKS,
)

ASSIGN = Step(
    Clause("H-4.1.2.1"),
    (RECEIVED,),
    "assign",
    DESK_OR_SUPERVISOR,
    "handling",
    fields=(roles("to"),),
    bars=(
        Bar(
            Clause("H-4.1.2.1"),
            "wrong_head",
            lambda m: m.given["to"] != (called_for(m),),
            Bilingual(
                "建议由客服部门负责人亲自处理;重要业户的或超过界限联名的,由服务中心负责人亲自处理",
                "the head of customer service handles it, or the centre's head where important or joined by many",
            ),
            Bilingual("派给条款所说的负责人", "assign it to the head the clause names"),
            by_fields=True,
        ),
    ),
    changes=_assigned,
)

THANK = Step(
    Clause("H-4.1.1.3"),
    STATES[:-1],
    "thank",
    ("desk",),
    fields=(channel(),),
    bars=(
        Bar(
            Clause("H-4.1.1.4"),
            "thank_by_phone",
            lambda m: written(m.case) and bool(m.phone) and m.given["channel"] != Channel.PHONE,
            Bilingual("书面建议要打电话致谢", "a written suggestion is thanked for by phone"),
            Bilingual("来源选电话", "channel phone"),
            by_fields=True,
        ),
    ),
    discharges=("thank",),
    branch="desk",
)

DECIDE = Step(
    Clause("H-4.1.2.1"),
    ("handling",),
    "decide",
    ("handler",),
    "decided",
    for_case=lambda case: not case.holds("anonymous"),
    fields=(choice("outcome", "adopted", "partly", "declined"), text("reason")),
    keeps={"outcome": "outcome", "reason": "decision_reason"},
    work=True,
)


def _anonymous(case: Case) -> bool:
    return case.holds("anonymous")


def _was_declined(case: Case) -> bool:
    return case.facts.get("outcome") == "declined"


def _not_declined(moment: Moment) -> bool:
    return moment.given.get("outcome") != "declined"


REPLY = Step(
    Clause("H-4.1.3.1a"),
    ("decided",),
    "reply",
    ("cs_head", "handling_centre_head"),
    "implementing",
    for_case=lambda case: not _was_declined(case),
    branch="adopted",
    fields=(channel(), text("text"), text("reason", optional=True)),
    bars=(
        Bar(
            Clause("H-4.1.3.1a"),
            "reply_out_of_kind",
            _out_of_kind,
            Bilingual("原则上怎么来怎么回", "as a rule the reply goes the way the suggestion came"),
            Bilingual("换对应的方式,或写明原因", "answer in kind, or give a reason"),
            by_fields=True,
        ),
    ),
    discharges=("reply",),
    opens=("follow_up",),
    keeps={"text": "reply", "channel": "reply_channel"},
)

REQUEST = Request(
    kind="suggestion",
    prefix="JY",
    states=STATES,
    duties=DUTIES,
    bars=BARS,
    reactions=(On("assign", when=passed_by, where="passed by"),),
    form=("outcome", "decision_reason", "reply"),  # of every suggestion [H-4.1.1.1]
    dossier=lambda _: "form",
    linked=(
        told("H-4.1.3.1b", "implementing", discharges=("follow_up",), opens=("follow_up",)),
        told("P-2.2c", NOTED, RECEIVED, "handling", "decided", AWAITING_CALL_BACK),
        settled("H-4.1.3.1b", "implementing", voids=("follow_up",)),
    ),
    steps=(
        *receive(("thank", "reply"), no_promise()),
        THANK,
        evolve(
            THANK,
            who=("first_contact",),
            branch="first contact",
            bars=(
                Bar(
                    None,
                    "thank_in_words",
                    lambda m: m.given["channel"] not in (*SPOKEN, Channel.PATROL),
                    Bilingual("首接人当面或电话致谢", "the first contact thanks face to face or by phone"),
                    Bilingual("来访、电话或巡查中", "in person, by phone or on rounds"),
                    by_fields=True,
                ),
                *THANK.bars,
            ),
        ),
        ASSIGN,
        evolve(ASSIGN, states=("handling",), branch="again", discharges=("assign",)),
        DECIDE,
        evolve(
            DECIDE,
            to="implementing",
            for_case=_anonymous,
            when=_not_declined,
            branch="anonymous",
            discharges=("reply",),
        ),
        evolve(
            DECIDE,
            to=CLOSED,
            for_case=_anonymous,
            branch="anonymous declined",
            discharges=("reply",),
        ),
        REPLY,
        evolve(
            REPLY,
            to=AWAITING_CALL_BACK,
            for_case=_was_declined,
            branch="declined",
            opens=("call_back",),
        ),
        Step(
            Clause("H-4.1.3.1b"),
            ("implementing",),
            "follow_up",
            ("cs_head", "handler"),
            fields=(text("text"),),
            discharges=("follow_up",),
            opens=("follow_up",),
        ),
        Step(
            Clause("H-4.1.3.1b"),
            ("implementing",),
            "complete",
            ("cs_head", "handler"),
            AWAITING_CALL_BACK,
            fields=(text("result"),),
            voids=("follow_up",),
            opens=("call_back",),
            keeps={"result": "result"},
            work=True,
        ),
        *call_back(clause="H-4.5.1"),
        *every_kind(STATES, "H-4.1.1.2"),
    ),
)
