"""Complaints 投诉: explained, passed on, answered in working days, called back; the first contact answers for it."""

from __future__ import annotations

from attrs import evolve

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import channel, flag, roles, text, time
from qiantai.events import Change, Handled, Kept, Value
from qiantai.lifecycle import Bar, DutyRule, Move, On, Request, Step
from qiantai.moment import Moment
from qiantai.periods import BadPeriod, Due, Period, due
from qiantai.requests.common import (
    CALL_BACKS,
    call_back,
    call_back_duty,
    close_after_discontent,
    every_kind,
    hand_to_desk_duty,
    receive,
    result_unless_given,
    settled,
    told,
)
from qiantai.rules import no_promise, promise, promised, running
from qiantai.words import AWAITING_CALL_BACK, CLOSED, NOTED, RECEIVED, Bilingual, Role

STATES = (NOTED, RECEIVED, "handling", "resolved", AWAITING_CALL_BACK, CLOSED)
OPEN = STATES[:-1]
LEADS = ("desk", "supervisor", "area_manager", "cs_head", "centre_head")
NEEDED = ("occurred_at", "place", "summary", "demand")

DUTIES = (
    hand_to_desk_duty("M-3.1c"),
    DutyRule(Clause("R-3.1.3a"), "explain", "at_once", "owner", spoken=True),
    DutyRule(Clause("R-3.1.3b"), "pass_on", "complaint_pass_on", "owner"),
    DutyRule(Clause("R-4b"), "feedback", "complaint_feedback", "owner"),
    DutyRule(Clause("M-4.2b"), "resolve", "complaint_resolve", "owner"),
    DutyRule(Clause("M-4.3c"), "report_up", "at_once", "owner", since_receipt=False),
    DutyRule(Clause("M-4.3c"), "start_plan", "at_once", "owner", since_receipt=False),
    call_back_duty("M-4.4a"),
)


def grave(moment: Moment) -> bool:
    """Major, or of a group of residents [M-4.3c]."""
    return moment.case.holds("major") or moment.case.joint > moment.policy.count("group_complaint")


def both_told(moment: Moment) -> bool:
    """The site's head and the company's department have both been told since it became so [M-4.3c]."""
    duty = moment.case.duty("report_up")
    since = duty.opened if duty else moment.at
    reports = (each for each in moment.case.live if each.name == "report_up" and each.at >= since)
    before = {role for each in reports for role in _names(each.fields["to"])}
    return {Role.CENTRE_HEAD, Role.HQ} <= before.union(moment.given["to"])


def _names(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _told(moment: Moment) -> tuple[Change, ...]:
    before = _names(moment.case.facts.get("told", ()))
    return (Kept({"told": tuple(dict.fromkeys((*before, *moment.given["to"])))}),)


def _incomplete(moment: Moment) -> bool:
    """Complainant, time, place, cause or demand is not known yet [M-4.2a, P-2.2a]."""
    case = moment.case
    somebody = case.holds("anonymous") or case.household or case.text("name")
    return not somebody or any(not case.facts.get(name) for name in NEEDED)


def _wrong_lead(moment: Moment) -> bool:
    return len(moment.given["to"]) > 1 and not set(moment.given["lead"]) <= set(LEADS)


ASSIGN = Step(
    Clause("R-3.1.3b"),
    (RECEIVED,),
    "assign",
    ("desk", "owner", "supervisor"),
    "handling",
    fields=(roles("to"), roles("lead", must=False)),
    discharges=("pass_on",),
    bars=(
        Bar(
            Clause("M-4.2a"),
            "form_incomplete",
            _incomplete,
            Bilingual(
                "处理单要有投诉人、时间、地点、事由、诉求", "the form needs complainant, time, place, cause and demand"
            ),
            Bilingual("用更正补齐", "complete them with a correction"),
        ),
        Bar(
            Clause("M-4.3b"),
            "lead_outside_the_centre",
            _wrong_lead,
            Bilingual("涉及多部门的由客服中心牵头", "of several departments the service centre leads"),
            Bilingual("由客服前台、主管、区域主任或负责人牵头", "a lead from the service centre"),
            by_fields=True,
        ),
    ),
    changes=lambda m: (Handled(m.given["to"]),),
    keeps={"lead": "lead"},
)


def _until(moment: Moment) -> Due | None:
    """Where `until` puts the end: so many working days from receipt, or from the call-back that reopened it."""
    try:
        period = Period.parse(moment.given.get("until"))
    except BadPeriod:
        return None
    return _after(moment, period) if period.counts_days else None


def _after(moment: Moment, period: Period) -> Due:
    duty = moment.case.duty("resolve")
    since = duty.since if duty else moment.case.received
    return due(since, period, moment.handbook.calendar, moment.policy.hours)


def _past_the_limit(moment: Moment) -> bool:
    return Period.parse(moment.given["until"]).longer_than(moment.policy.period("complaint_limit"))


def _no_longer(moment: Moment) -> bool:
    """Whether it is due then already; while only asked what is offered, whether it is due at the limit already."""
    last = _until(moment) or _after(moment, moment.policy.period("complaint_limit"))
    return any(each.name == "resolve" and last.at <= each.due for each in moment.case.owed)


EXTEND = Step(
    Clause("M-4.2c"),
    ("handling",),
    "extend",
    ("supervisor", "cs_head", "centre_head"),
    fields=(text("until", must=True), text("reason"), flag("informed")),
    bars=(
        Bar(
            None,
            "until_unreadable",
            lambda m: _until(m) is None,
            Bilingual("延至要写成若干个工作日", "until is a number of working days"),
            Bilingual("如 3wd、7wd", "such as 3wd or 7wd"),
            by_fields=True,
        ),
        Bar(
            Clause("M-4.2c"),
            "not_informed",
            lambda m: not m.says("informed"),
            Bilingual("延期要先把进展告知投诉人", "the complainant has to be told of progress first"),
            Bilingual("告知后再延期", "tell them, then extend"),
            by_fields=True,
        ),
        Bar(
            Clause("M-4.2c"),
            "past_the_limit",
            _past_the_limit,
            Bilingual("延期后也不得超过最长期限", "no extension goes past the longest limit"),
            Bilingual("不超过最长期限的", "one within the longest limit"),
            by_fields=True,
        ),
        Bar(
            Clause("M-4.2c"),
            "already_overdue",
            lambda m: running("resolve")(m) is None,
            Bilingual("处理答复已经超时,不能再延", "the answer is overdue already and cannot be put off"),
            Bilingual("尽快处理并回复", "handle and reply as soon as possible"),
        ),
        Bar(
            None,
            "until_no_later",
            _no_longer,
            Bilingual("延至的时间不晚于现在的时限", "that is no later than the present due time"),
            Bilingual("更晚、但不超过最长期限的", "a later one within the longest limit"),
        ),
    ),
    moves=(Move("resolve", _until),),
)


def _anonymous(case: Case) -> bool:
    return case.holds("anonymous")


COMPLETE = Step(
    Clause("M-4.4c"),
    ("handling",),
    "complete",
    ("handler", "cs_head"),
    "resolved",
    fields=(text("result"), flag("valid", must=True), text("responsible", optional=True)),
    for_case=lambda case: not case.holds("anonymous"),
    bars=(
        Bar(
            None,
            "nobody_responsible",
            lambda m: m.says("valid") and not m.text("responsible"),
            Bilingual("有效投诉要写明责任人员", "a valid complaint names the person at fault"),
            Bilingual("填责任人员", "give responsible"),
            by_fields=True,
        ),
    ),
    keeps={"result": "result", "valid": "valid", "responsible": "responsible"},
    work=True,
)

REQUEST = Request(
    kind="complaint",
    prefix="TS",
    states=STATES,
    duties=DUTIES,
    bars=CALL_BACKS,
    reactions=tuple(On(each, when=grave, once=True, where="grave") for each in ("report_up", "start_plan")),
    form=("occurred_at", "place", "demand", "result", "reply"),
    dossier=lambda _: "complaint",
    linked=(
        told("R-4b", RECEIVED, "handling", discharges=("feedback",)),
        told("P-2.2c", NOTED, "resolved", AWAITING_CALL_BACK),
        settled(
            "M-4.4a",
            RECEIVED,
            "handling",
            "resolved",
            keeps="reply",
            discharges=("resolve", "feedback"),
            voids=("pass_on",),
            changes=result_unless_given,
        ),
    ),
    steps=(
        *receive(("explain", "pass_on", "feedback", "resolve"), no_promise()),
        Step(
            Clause("R-3.1.3a"),
            OPEN,
            "explain",
            ("desk", "owner"),
            fields=(time("promised", optional=True),),
            bars=promise(running("feedback")),
            discharges=("explain",),
            moves=(promised("feedback"),),
        ),
        ASSIGN,
        evolve(ASSIGN, states=("handling",), who=(*ASSIGN.who, "cs_head"), branch="again", discharges=()),
        Step(
            Clause("R-4b"),
            (RECEIVED, "handling"),
            "feedback",
            ("desk", "owner", "handler"),
            fields=(text("text"),),
            discharges=("feedback",),
        ),
        EXTEND,
        Step(
            Clause("M-4.3c"),
            OPEN,
            "report_up",
            ("owner", "desk", "supervisor", "cs_head"),
            fields=(roles("to"),),
            changes=_told,
            discharges=(On("report_up", when=both_told, where="both told"),),
        ),
        COMPLETE,
        evolve(COMPLETE, to=CLOSED, for_case=_anonymous, discharges=("resolve", "feedback"), branch="anonymous"),
        Step(
            Clause("M-4.4a"),
            ("resolved",),
            "reply",
            ("owner", "desk"),
            AWAITING_CALL_BACK,
            fields=(channel(), text("text")),
            discharges=("resolve", "feedback"),
            opens=("call_back",),
            keeps={"text": "reply", "channel": "reply_channel"},
        ),
        *call_back(
            clause="R-3.1.3c",
            back=Step(Clause("M-4.4a"), (), "call_back", (), "handling", opens=(On("resolve", anew=True),)),
        ),
        close_after_discontent(),
        *every_kind(STATES, "M-3.1c"),
    ),
)
