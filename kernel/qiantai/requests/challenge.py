"""Challenges 质疑: as enquiries, but answered in one agreed wording, and where grave only with approval."""

from __future__ import annotations

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import text, time
from qiantai.events import Change, Kept
from qiantai.lifecycle import Bar, DutyRule, On, Request, Step, always
from qiantai.moment import Moment
from qiantai.requests import enquiry
from qiantai.requests.common import (
    CALL_BACKS,
    call_back_duty,
    every_kind,
    hand_to_desk_duty,
    receive,
    settled,
    told,
)
from qiantai.rules import in_state, is_spokesperson, no_promise
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual

STATES = (NOTED, RECEIVED, "pending", "handling", "approving", AWAITING_CALL_BACK, CLOSED)
OPEN = STATES[:-1]

DUTIES = (
    hand_to_desk_duty("H-4.4.2"),
    DutyRule(Clause("H-4.4.1"), "answer", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("H-4.4.3"), "assign", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("H-4.4.1"), "reply", "challenge_reply", "handler", since_receipt=False),
    call_back_duty("H-4.5.1"),
)


def grave(case: Case) -> bool:
    """Important or sensitive [H-4.4.4]."""
    return case.holds("important") or case.holds("sensitive")


def _not_for_them(moment: Moment) -> bool:
    return not moment.by.has("desk") and not (is_spokesperson(moment) and moment.case.state != NOTED)


def _not_the_spokesperson(moment: Moment) -> bool:
    script = moment.script
    return script is not None and bool(script.spokesperson) and script.spokesperson != moment.by.id


def _not_the_script(moment: Moment) -> bool:
    return moment.script is not None and moment.text("script") != moment.script.id


def _script_out_of_force(moment: Moment) -> bool:
    return moment.script is None and bool(moment.text("script"))


BARS = (
    Bar(
        Clause("H-4.4.2"),
        "answer_by_others",
        _not_for_them,
        Bilingual("前台以外的人不当场解答质疑", "nobody but the desk answers a challenge on the spot"),
        Bilingual("请业户到前台,或留联系方式转前台", "direct the resident to the desk, or pass the contact details on"),
        commands=("answer",),
    ),
    Bar(
        Clause("H-4.4.2"),
        "reply_away_from_the_desk",
        always,
        Bilingual("质疑要先转前台,不能自己回复", "a challenge goes to the desk first, and is not replied to before"),
        Bilingual("转前台", "pass it to the desk"),
        commands=("reply",),
        states=(NOTED,),
    ),
    *CALL_BACKS,
)
AGREED_ONLY = (
    Bar(
        Clause("H-4.4.5"),
        "not_the_spokesperson",
        _not_the_spokesperson,
        Bilingual("这个主题由指定的人解答", "on this topic one named person answers"),
        Bilingual("请指定解答人解答,或派给区域客户主任", "ask the spokesperson, or assign it to the area manager"),
    ),
    Bar(
        Clause("H-4.4.5"),
        "not_the_agreed_answer",
        _not_the_script,
        Bilingual(
            "这个主题有统一口径,须按它解答并注明",
            "an agreed answer is in force on this topic and must be given and named",
        ),
        Bilingual("在所用口径里填现行口径", "name the agreed answer in force in script"),
        by_fields=True,
    ),
)
OUT_OF_FORCE = Bar(
    None,
    "no_such_answer_in_force",
    _script_out_of_force,
    Bilingual("所填的口径现在没有生效", "no agreed answer of that name is in force on this topic"),
    Bilingual("不填口径", "leave script out"),
    by_fields=True,
)
MUST_BE_ASSIGNED = Bar(
    Clause("H-4.4.4"),
    "must_be_assigned",
    lambda m: m.script is None and grave(m.case),
    Bilingual(
        "重要或敏感的质疑没有统一口径,前台不能自行答复",
        "important or sensitive, and with no agreed answer: not for the desk to answer",
    ),
    Bilingual("派给区域客户主任", "assign it to the area manager"),
)
MUST_BE_APPROVED = Bar(
    Clause("H-4.4.4"),
    "must_be_approved",
    lambda m: m.script is None and grave(m.case) and not m.case.holds("approved"),
    Bilingual(
        "重要或敏感的质疑须经客服部门负责人认可",
        "important or sensitive: the head of customer service has to approve first",
    ),
    Bilingual("先请示", "ask for approval first"),
)
AT_THE_DESK = (MUST_BE_ASSIGNED, *AGREED_ONLY, OUT_OF_FORCE)
BY_AREA_MANAGER = (*AGREED_ONLY, MUST_BE_APPROVED, OUT_OF_FORCE)


def _approval_served(_: Moment) -> tuple[Change, ...]:
    """It was approved for one reply [H-4.4.4]."""
    return (Kept({"approved": False}),)


def _by_agreed_answer(moment: Moment) -> tuple[Change, ...]:
    """By which agreed answer it was settled, where there is one; an approval has served."""
    script = moment.text("script")
    return (*_approval_served(moment), *((Kept({"script": script}),) if script else ()))


def _settled(*states: str, bars: tuple[Bar, ...]) -> Step:
    return settled(
        "H-4.4.5",
        *states,
        keeps="reply",
        bars=bars,
        discharges=("answer", "reply"),
        voids=("assign",),
        changes=_by_agreed_answer,
    )


REQUEST = Request(
    kind="challenge",
    prefix="ZY",
    states=STATES,
    duties=DUTIES,
    bars=BARS,
    reactions=(On("answer", when=in_state(RECEIVED), once=True, where="at the desk"),),
    form=("reply",),
    dossier=lambda case: "form" if case.holds("form") else "",
    linked=(
        told("P-2.2c", *OPEN),
        _settled(RECEIVED, "pending", bars=(MUST_BE_ASSIGNED, *AGREED_ONLY)),
        _settled("handling", bars=(*AGREED_ONLY, MUST_BE_APPROVED)),
    ),
    steps=(
        *receive((), no_promise()),
        *enquiry.answers(AT_THE_DESK),
        Step(
            Clause("H-4.4.2"),
            (NOTED,),
            "take_contact",
            ("first_contact",),
            fields=(text("phone"), text("email", optional=True), time("promised", optional=True)),
            bars=(enquiry.CONTACT_UNKNOWN, *no_promise()),
            changes=enquiry.contact_kept,
            branch="first contact",
        ),
        *enquiry.desk_steps(AT_THE_DESK, "H-4.4.1", "H-4.4.3"),
        *enquiry.area_manager_steps(BY_AREA_MANAGER, _approval_served),
        Step(
            Clause("H-4.4.4"),
            ("handling",),
            "ask_approval",
            ("area_manager",),
            "approving",
            fields=(text("draft"),),
            keeps={"draft": "draft"},
        ),
        Step(
            Clause("H-4.4.4"),
            ("approving",),
            "approve",
            ("cs_head",),
            "handling",
            changes=lambda _: (Kept({"approved": True}),),
        ),
        Step(
            Clause("H-4.4.4"),
            ("approving",),
            "return_draft",
            ("cs_head",),
            "handling",
            fields=(text("reason"),),
            changes=_approval_served,
        ),
        *every_kind(STATES, "H-4.4.2"),
    ),
)
