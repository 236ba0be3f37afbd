"""Help requests 求助: somebody is sent at once, by whoever hears of it where the desk is not there to do it."""

from __future__ import annotations

from qiantai.clauses import Clause
from qiantai.commands import roles, text
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
from qiantai.rules import by_other_than, holds, no_promise, open_now
from qiantai.standing import outside_area
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual

STATES = (NOTED, RECEIVED, "dispatched", "on_site", AWAITING_CALL_BACK, CLOSED)
OPEN = STATES[:-1]
SENDS_THEMSELVES = ("area_manager", "engineering", "security", "supervisor", "cs_head", "centre_head")
TEAMS = ("security", "engineering")
SUPERIORS = ("supervisor", "area_manager")
_others = by_other_than(*SENDS_THEMSELVES)

DUTIES = (
    hand_to_desk_duty("H-4.2.2"),
    DutyRule(Clause("H-4.2.1"), "dispatch", "at_once", "owner"),
    DutyRule(Clause("H-4.2.4"), "arrive", "help_arrival", "handler"),
    DutyRule(Clause("H-4.2.3"), "start_plan", "at_once", "owner"),
    call_back_duty("H-4.5.1"),
)


def owed_to_the_desk(moment: Moment) -> bool:
    """In desk hours it is passed to the desk, but by those who send somebody themselves [H-4.2.2, H-4.2.3]."""
    return _others(moment) and open_now(moment)


def sends_for_another_area(moment: Moment) -> bool:
    """Whether this person, an area manager of other areas, holds no other role that sends somebody [H-3.2]."""
    otherwise = (each for each in SENDS_THEMSELVES if each != "area_manager")
    return outside_area(moment) and not moment.by.has(*otherwise)


def _sent(moment: Moment) -> tuple[Change, ...]:
    return (Handled((*moment.given["to"], *moment.given.get("also", ()))),)


BARS = (
    Bar(
        Clause("H-4.2.4"),
        "no_action_against_anybody",
        always,
        Bilingual("只可调解,不得对他人采取行动", "staff may mediate, and take no action against anybody"),
        Bilingual("调解;处理不了就报警", "mediate; call the police for what cannot be settled"),
        commands=("intervene",),
    ),
    Bar(
        Clause("H-4.2.2"),
        "the_desk_sends",
        lambda m: owed_to_the_desk(m) and not m.case.holds("emergency"),
        Bilingual(
            "前台上班时间,求助要立即转前台派人", "in desk hours a help request goes to the desk, which sends somebody"
        ),
        Bilingual("转前台", "pass it to the desk"),
        commands=("dispatch",),
        states=(NOTED,),
    ),
    Bar(
        Clause("H-3.2"),
        "sent_from_another_area",
        lambda m: sends_for_another_area(m) and open_now(m) and not m.case.holds("emergency"),
        Bilingual("不是这位区域主任负责的片区", "not of an area that this area manager answers for"),
        Bilingual("转前台,或请本片区的区域主任派人", "pass it to the desk, or ask the manager of that area"),
        commands=("dispatch",),
        states=(NOTED,),
    ),
    *CALL_BACKS,
)

REQUEST = Request(
    kind="help",
    prefix="QZ",
    states=STATES,
    duties=DUTIES,
    bars=BARS,
    form=("result",),
    dossier=lambda _: "service_record",
    linked=(
        told("P-2.2c", *OPEN),
        settled("H-4.2.5", RECEIVED, "dispatched", "on_site", voids=("dispatch", "arrive")),
    ),
    steps=(
        *receive(
            ("dispatch", "arrive", On("start_plan", when=holds("emergency"), where="emergency")),
            no_promise(),
            hand_to_desk=On("hand_to_desk", when=owed_to_the_desk, where="owed to the desk"),
        ),
        Step(
            Clause("H-4.2.3"),
            (NOTED,),
            "dispatch",
            ("anyone",),
            "dispatched",
            branch="by others",
            fields=(roles("to", *TEAMS, *SUPERIORS), roles("also", "area_manager", must=False)),
            discharges=("dispatch",),
            voids=("hand_to_desk",),
            changes=_sent,
        ),
        Step(
            Clause("H-4.2.1"),
            (RECEIVED,),
            "dispatch",
            DESK_OR_SUPERVISOR,
            "dispatched",
            branch="by the desk",
            fields=(roles("to", *TEAMS), roles("also", "area_manager", must=False)),
            discharges=("dispatch",),
            changes=_sent,
        ),
        Step(
            Clause("H-4.2.4"),
            ("dispatched", "on_site"),
            "dispatch",
            ("desk", "supervisor", "owner", "handler"),
            branch="to another team",
            fields=(roles("to", *TEAMS), roles("also", "area_manager", must=False)),
            changes=_sent,
        ),
        Step(
            Clause("H-4.2.4"),
            ("dispatched",),
            "arrive",
            ("handler", "area_manager"),
            "on_site",
            discharges=("arrive",),
            work=True,
        ),
        Step(
            Clause("H-4.2.4"),
            ("on_site",),
            "mediate",
            ("handler",),
            fields=(text("text"),),
            work=True,
            bars=(
                Bar(
                    None,
                    "no_dispute",
                    lambda m: not m.case.holds("dispute"),
                    Bilingual("这件事没有登记为纠纷", "this is not down as a dispute"),
                    Bilingual("先用更正登记涉及纠纷", "correct dispute to true first"),
                ),
            ),
        ),
        Step(
            Clause("H-4.2.5"),
            ("on_site",),
            "complete",
            ("handler", "area_manager"),
            AWAITING_CALL_BACK,
            fields=(text("log"),),
            opens=("call_back",),
            keeps={"log": "result"},
            work=True,
            bars=(
                Bar(
                    Clause("H-4.2.5"),
                    "empty_log",
                    lambda m: not m.text("log").strip(),
                    Bilingual("处理过程和结果要记入值班工作本", "course and result go into the duty log"),
                    Bilingual("填值班记录", "give log"),
                    by_fields=True,
                ),
            ),
        ),
        *call_back(clause="H-4.5.1"),
        *every_kind(STATES, "H-4.2.2"),
    ),
)
