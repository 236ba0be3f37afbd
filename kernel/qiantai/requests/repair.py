"""Repairs 报修: an emergency is reached in minutes, an ordinary one finished in a day, each called back by phone."""

from __future__ import annotations

from datetime import datetime

from attrs import evolve

from qiantai.clauses import Clause
from qiantai.commands import channel, choice, flag, roles, text, time
from qiantai.events import Change, Handled, Kept
from qiantai.lifecycle import Bar, DutyRule, Move, On, Request, Step
from qiantai.moment import Moment
from qiantai.periods import Due
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
from qiantai.rules import holds, in_state, lacks, limit, owes, promise, promised, says
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual, Channel

STATES = (NOTED, RECEIVED, "dispatched", "on_site", "waiting", AWAITING_CALL_BACK, CLOSED)
OPEN = STATES[:-1]

DUTIES = (
    hand_to_desk_duty("M-3.1c"),
    DutyRule(Clause("M-3.3a"), "dispatch", "at_once", "owner"),
    DutyRule(Clause("M-3.3a"), "arrive", "emergency_arrival", "handler"),
    DutyRule(Clause("M-3.3b"), "finish", "repair_finish", "handler"),
    call_back_duty("M-3.3c", "repair_call_back"),
)


def _latest_finish(moment: Moment) -> datetime | None:
    """How late the result of an ordinary repair may be promised at receipt; nothing for an emergency."""
    if moment.case.holds("emergency"):
        return None
    return limit(moment, moment.request.duty_rule("finish", moment.case))[2].at


def _never_reached(moment: Moment) -> bool:
    return not moment.case.workers


EMERGENCY = holds("emergency")
ORDINARY = lacks("emergency")

DISPATCH = Step(
    Clause("M-3.3a"),
    (NOTED,),
    "dispatch",
    ("first_contact",),
    "dispatched",
    branch="by others",
    fields=(roles("to", "engineering"),),
    bars=(
        Bar(
            None,
            "ordinary_goes_to_the_desk",
            ORDINARY,
            Bilingual("一般报修要先转前台", "an ordinary repair goes to the desk first"),
            Bilingual("转前台", "pass it to the desk"),
        ),
    ),
    discharges=("dispatch",),
    voids=("hand_to_desk",),
    changes=lambda m: (Handled(m.given["to"]),),
)

RECLASSIFY = Step(
    Clause("M-3.3a"),
    (NOTED, RECEIVED, "dispatched"),
    "reclassify",
    ("desk", "owner", "engineering"),
    fields=(flag("emergency", must=True), text("reason")),
    bars=(
        Bar(
            None,
            "class_as_it_is",
            lambda m: m.says("emergency") == m.case.holds("emergency"),
            Bilingual("紧急程度本来就是这样", "that is its class already"),
            Bilingual("另一种", "the other class"),
            by_fields=True,
        ),
    ),
    keeps={"emergency": "emergency"},
)


def _eta(moment: Moment) -> Due | None:
    """Where `eta` puts the end: a finish that is overdue already stays so."""
    duty = moment.case.owed_duty("finish")
    return None if duty is not None and moment.at > duty.due else Due(moment.given["eta"])


REACH_FIRST = Bar(
    Clause("M-3.3a"),
    "emergency_not_reached",
    owes("arrive"),
    Bilingual("紧急报修要先到场", "an emergency has to be reached first"),
    Bilingual("先到场", "arrive first"),
)
WAIT = Step(
    Clause("M-3.3b"),
    ("dispatched", "on_site"),
    "wait",
    ("engineering", "desk"),
    "waiting",
    fields=(
        choice("reason", "parts", "contractor", "other"),
        text("text", optional=True),
        time("eta", must=True),
        flag("informed"),
    ),
    bars=(
        Bar(
            None,
            "other_unexplained",
            lambda m: m.given["reason"] == "other" and not m.text("text"),
            Bilingual("其他原因要写明", "another reason has to be explained"),
            Bilingual("填说明", "give text"),
            by_fields=True,
        ),
        Bar(
            None,
            "eta_in_the_past",
            lambda m: m.given["eta"] < m.at,
            Bilingual("预计完成时间已经过去", "the expected completion has passed"),
            Bilingual("填一个将来的时间", "a time to come"),
            by_fields=True,
        ),
        REACH_FIRST,
        Bar(
            Clause("M-3.3b"),
            "not_informed",
            lambda m: not m.says("informed"),
            Bilingual("挂起要先把预计完成时间告知业户", "the resident has to be told the expected completion first"),
            Bilingual("告知后再挂起", "tell them, then put it on hold"),
            by_fields=True,
        ),
    ),
    opens=(On("finish", when=EMERGENCY, anew=True, where="emergency"),),
    moves=(Move("finish", _eta),),
    keeps={"reason": "waiting_for", "eta": "eta"},
)

BY_PHONE = Bar(
    Clause("M-3.3c"),
    "call_back_by_phone",
    lambda m: bool(m.given.get("channel")) and m.given["channel"] != Channel.PHONE,
    Bilingual("维修要电话回访", "a repair is called back on by phone"),
    Bilingual("来源选电话", "channel phone"),
    by_fields=True,
)


def _resumed(_: Moment) -> tuple[Change, ...]:
    return (Kept({"waiting_for": ""}),)


REQUEST = Request(
    kind="repair",
    prefix="BX",
    states=STATES,
    duties=DUTIES,
    bars=CALL_BACKS,
    form=("result",),
    dossier=lambda _: "service_record",
    linked=(
        told("P-2.2c", *OPEN),
        settled(
            "M-3.3c",
            RECEIVED,
            "dispatched",
            "on_site",
            "waiting",
            discharges=("finish",),
            voids=("dispatch", "arrive"),
            changes=_resumed,
        ),
    ),
    steps=(
        *receive(
            (
                On("dispatch", when=EMERGENCY, where="emergency"),
                On("arrive", when=EMERGENCY, where="emergency"),
                On("finish", when=ORDINARY, where="ordinary"),
            ),
            promise(_latest_finish),
            (promised("finish"),),
        ),
        DISPATCH,
        evolve(
            DISPATCH,
            states=(RECEIVED,),
            who=DESK_OR_SUPERVISOR,
            branch="by the desk",
            bars=(),
            voids=(),
            clause=Clause("H-3.3"),
        ),
        evolve(
            RECLASSIFY,
            branch="emergency",
            when=says("emergency"),
            voids=(On("finish", when=_never_reached, where="never reached"),),
            opens=(
                On("dispatch", when=in_state(NOTED, RECEIVED), where="not yet sent"),
                On("arrive", when=_never_reached, where="never reached"),
            ),
        ),
        evolve(
            RECLASSIFY,
            branch="ordinary",
            clause=Clause("M-3.3b"),
            voids=("dispatch", "arrive"),
            opens=("finish",),
        ),
        Step(
            Clause("M-3.3a"),
            ("dispatched",),
            "arrive",
            ("engineering",),
            "on_site",
            discharges=("arrive",),
            work=True,
        ),
        WAIT,
        evolve(
            WAIT,
            states=("waiting",),
            branch="longer",
            bars=tuple(each for each in WAIT.bars if each is not REACH_FIRST),
            opens=(),
        ),
        Step(Clause("M-3.3b"), ("waiting",), "resume", ("engineering", "desk"), "on_site", changes=_resumed),
        Step(
            Clause("M-3.3c"),
            ("on_site",),
            "complete",
            ("engineering",),
            AWAITING_CALL_BACK,
            fields=(text("result"),),
            discharges=("finish",),
            opens=("call_back",),
            keeps={"result": "result"},
            work=True,
        ),
        *call_back(
            channel(),
            flag("quality_ok", must=True),
            bars=(BY_PHONE,),
            clause="M-3.3c",
            again="quality_ok",
            back=Step(Clause("M-3.3b"), (), "call_back", (), "dispatched", opens=(On("finish", anew=True),)),
        ),
        *every_kind(STATES, "M-3.1c"),
    ),
)
