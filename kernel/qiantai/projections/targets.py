"""The targets 指标: what each asks for, by which clause, how it is measured, and why some cannot be here."""

from __future__ import annotations

from enum import StrEnum

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.handbook import Handbook
from qiantai.words import Bilingual, label

EVERY_ONE = 1.0


class Unit(StrEnum):
    """What a figure is: a share from 0 to 1, hours a day, the change against a year before, or a plain count."""

    SHARE = "share"
    HOURS = "hours"
    CHANGE = "change"
    COUNT = "count"


@frozen
class Target:
    """One figure: its clause, what it is, and the goal, a share, hours or a change; None where nothing sets one.

    `how` says how it is measured, and where `measured` is false why it is not. `beside` says that what it is measured
    by is kept outside the cases. `kind` and `duty` are those of a figure of one duty. A figure that is not `by_kind` is
    of the whole site alone.
    """

    id: str
    clause: Clause
    unit: Unit
    goal: float | None
    how: Bilingual
    measured: bool = True
    beside: bool = False
    by_kind: bool = True
    kind: str = ""
    duty: str = ""

    @property
    def of_cases(self) -> bool:
        """Whether it is made of cases, which can be looked at."""
        return self.measured and not self.beside and self.unit is not Unit.HOURS

    @property
    def label(self) -> Bilingual:
        """What it is called."""
        if not self.duty:
            return label("targets", self.id)
        kind, duty = label("kinds", self.kind), label("duties", self.duty)
        return Bilingual(f"{kind.zh}:{duty.zh}", f"{kind.en}: {duty.en}")


DUTY = Bilingual(
    "这一类事项里有这个时限的,全部按时办到才算达成;超时的,办了也不算。免去的不计。",
    "Of the cases of this kind that had this duty: done in time each time it arose. A late one stays a miss. Those no "
    "longer owed are not counted.",
)
TRAINING = Bilingual("按演练记录,一季一算。", "By the record of rehearsals, a quarter at a time.")
TARGETS = (
    Target(
        "service_hours",
        Clause("M-3.1a"),
        Unit.HOURS,
        10.0,
        Bilingual(
            "前台时间,每周七天一样;少于十小时的标准程序不收。公示由项目自己做。",
            "The desk hours, the same on all seven days; fewer than ten are refused. Posting them is the site's own.",
        ),
        by_kind=False,
    ),
    Target(
        "rings",
        Clause("M-3.1b"),
        Unit.SHARE,
        EVERY_ONE,
        Bilingual(
            "来电受理时记了响铃次数的,三声以内算达成;没记的不计。打不通的电话程序看不见。",
            "Of the calls whose rings were noted at intake: three at most. Those not noted are not counted, and a call "
            "that never got through is seen by no program.",
        ),
    ),
    Target(
        "survey",
        Clause("M-5.2"),
        Unit.COUNT,
        1.0,
        Bilingual(
            "满意度调查在程序以外组织,程序里没有它的记录。",
            "Surveys are held outside the program, which has no record of them.",
        ),
        measured=False,
        by_kind=False,
    ),
    Target(
        "community_events",
        Clause("M-5.3"),
        Unit.COUNT,
        1.0,
        Bilingual(
            "社区活动在程序以外组织,程序里没有它的记录。",
            "Community events are organised outside the program, which has no record of them.",
        ),
        measured=False,
        by_kind=False,
    ),
    Target(
        "trained",
        Clause("R-3.2"),
        Unit.SHARE,
        EVERY_ONE,
        Bilingual(
            f"{TRAINING.zh}每人知识、沟通、应急各考过一次算达成。从有第一件事项或第一次演练的那个季度起算,以前的季度也按现在的员工算。",
            f"{TRAINING.en} Everybody tested in knowledge, communication and emergencies; from the quarter of the "
            "first case or rehearsal on record, in earlier quarters too by who is of the staff now.",
        ),
        beside=True,
        by_kind=False,
    ),
    Target(
        "satisfaction",
        Clause("R-4a"),
        Unit.SHARE,
        0.85,
        Bilingual(
            "问过满意不满意的事项,以最后一次为准;联系不上的不计。",
            "Of the cases in which the resident was asked, by the last word; those not reached are not counted.",
        ),
    ),
    Target(
        "feedback_in_time",
        Clause("R-4b"),
        Unit.SHARE,
        0.95,
        Bilingual(
            "投诉在反馈时限内得到首次反馈的;时限是二十四小时,或本项目、当场承诺的更短时间。",
            "Complaints with a first feedback within its limit: 24 hours, or the shorter time that the site set or the "
            "resident was promised.",
        ),
    ),
    Target(
        "training_passed",
        Clause("R-4c"),
        Unit.SHARE,
        0.9,
        Bilingual(
            f"{TRAINING.zh}考过的里面合格的。",
            f"{TRAINING.en} Of those tested, those who passed.",
        ),
        beside=True,
        by_kind=False,
    ),
    Target(
        "called_back",
        Clause("R-4d"),
        Unit.SHARE,
        0.2,
        Bilingual(
            "当月有事项的业户里,回访到的,抽查的回访也算;一户只算一次,匿名的不算。",
            "Of the customers with a matter in the month, those reached by a call-back, one of the monthly sample too; "
            "each household once, anonymous ones left out.",
        ),
        by_kind=False,
    ),
    Target(
        "complaints_fewer",
        Clause("R-5"),
        Unit.CHANGE,
        -0.3,
        Bilingual(
            "投诉率是投诉占受理事项的比例 [P-2.6b],与上年同月的投诉率比;本月未完的,比到同一天。",
            "The complaint rate, complaints among all matters taken in [P-2.6b], against that of the same month a year "
            "before; of a month that is not over, to the same day.",
        ),
        by_kind=False,
    ),
    Target(
        "renewals",
        Clause("R-5"),
        Unit.CHANGE,
        0.15,
        Bilingual("合同续签不在程序里。", "Contracts are not in the program."),
        measured=False,
        by_kind=False,
    ),
    Target(
        "new_customers",
        Clause("R-5"),
        Unit.CHANGE,
        0.05,
        Bilingual("新客户和合同不在程序里。", "New customers and their contracts are not in the program."),
        measured=False,
        by_kind=False,
    ),
    Target(
        "complaint_rate",
        Clause("P-2.6b"),
        Unit.SHARE,
        None,
        Bilingual(
            "投诉占受理事项的比例;并单的、登记有误的不计。条款没有定数。",
            "Complaints among all matters taken in; merged ones and mistaken entries are left out. No clause sets a "
            "figure.",
        ),
        by_kind=False,
    ),
    Target(
        "timeliness",
        Clause("P-2.6b"),
        Unit.SHARE,
        None,
        Bilingual(
            "到期的时限全部按时的事项。条款没有定数。",
            "Cases whose duties were all done in time. No clause sets a figure.",
        ),
    ),
)
"""Every clause that is a target, and what is counted at intervals; the duties have their own, see `duty_targets`."""

_TODAY = {
    "taken_in": Bilingual(
        "今天受理的,其他员工接到、还没转前台的也算,登记表里还没有那几件。",
        "Taken in today, by whomever; what others have yet to hand to the desk is not in the register yet.",
    ),
    "open": Bilingual("还没办结的,不论哪天受理。", "Not closed, whenever they came in."),
    "overdue": Bilingual("在办的里面,有时限已超时的。", "Of the open ones, those with a duty past due."),
    "promised": Bilingual("在办的里面,承诺业户今天有结果的。", "Of the open ones, those promised for today."),
    "waiting": Bilingual("在办的里面,挂起的。", "Of the open ones, those on hold."),
}
TODAY = tuple(Target(name, Clause("M-6.2"), Unit.COUNT, None, how) for name, how in _TODAY.items())
"""What today counts, for the supervisor's daily check."""
_AS_A_TARGET = frozenset({("complaint", "feedback")})


def duty_targets(handbook: Handbook) -> tuple[Target, ...]:
    """A figure for each duty of each kind, all of which are to be done in time; what is a target is not among them."""
    clauses: dict[tuple[str, str], Clause] = {}
    for kind, request in handbook.requests.items():
        for rule in request.duties:
            clauses.setdefault((kind, rule.name), rule.clause)
    return tuple(
        Target(f"{kind}.{name}", clause, Unit.SHARE, EVERY_ONE, DUTY, kind=kind, duty=name)
        for (kind, name), clause in clauses.items()
        if (kind, name) not in _AS_A_TARGET
    )
