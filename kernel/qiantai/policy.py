"""The limits, dated: what each is, who set it, and which clause it may not be loosened past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from attrs import evolve, field, frozen

from qiantai.clauses import HOUSE, Clause
from qiantai.periods import LONGEST, BadHours, BadPeriod, Hours, Period
from qiantai.plainly import shown
from qiantai.words import Bilingual, label


class PolicyRefused(ValueError):
    """A policy that loosens what a clause sets, or a key or value that is none; `clause` is None for the latter.

    `key` is the limit's, and `why` says in both languages what is wrong with what was given for it.
    """

    def __init__(self, key: str, why: Bilingual, clause: Clause | None = None) -> None:
        super().__init__(f"{key}: {why.en}" + (f" [{clause}]" if clause else ""))
        self.key: str = key
        self.why: Bilingual = why
        self.clause: Clause | None = clause


@frozen
class Many:
    """So many times within so many calendar days."""

    count: int
    within: Period

    def __str__(self) -> str:
        return f"{self.count}/{self.within}"


Value = Hours | Period | int | Many


@frozen
class Limit:
    """One row of the policy table. `bound` says that a clause sets the figure: it may be tightened, never loosened."""

    clause: Clause
    key: str
    default: Value
    bound: bool = False

    @property
    def label(self) -> Bilingual:
        """What it is called on the screens."""
        return label("policy", self.key)

    def read(self, given: Any) -> Value:
        """The value that `given` (as TOML has it) stands for. Raises `PolicyRefused`."""
        value = _read(self, given)
        if self.bound and _looser(value, self.default):
            why = Bilingual(
                f"{self.label.zh}不得比条款宽:写的是 {value},条款定的是 {self.default}",
                f"looser than its clause: {value} was given, the clause sets {self.default}",
            )
            raise PolicyRefused(self.key, why, self.clause)
        return value


def _read(limit: Limit, given: Any) -> Value:
    try:
        match limit.default:
            case Hours():
                return Hours.parse(given)
            case Period() as default:
                return _period(limit, given, default)
            case Many() as default:
                count, within = given
                return Many(_count(limit, count), _period(limit, within, default.within))
            case int():
                return _count(limit, given)
    except (BadPeriod, BadHours, TypeError, ValueError) as error:
        if isinstance(error, PolicyRefused):
            raise
        if isinstance(error, BadPeriod | BadHours):
            raise PolicyRefused(limit.key, error.why) from error
        raise PolicyRefused(
            limit.key,
            Bilingual(
                f"读不懂 {shown(given)};例:{limit.default}",
                f"cannot read {shown(given)}; for example {limit.default}",
            ),
        ) from error


def _period(limit: Limit, given: Any, default: Period) -> Period:
    period = Period.parse(given)
    if period.counts_days != default.counts_days:
        unit = "wd" if default.counts_days else "m, h, d"
        raise PolicyRefused(
            limit.key,
            Bilingual(f"单位不能换:{given} 应写成 {default} 的样子", f"keeps its unit ({unit}), as in {default}"),
        )
    return period


def _count(limit: Limit, given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given <= LONGEST:
        told = shown(given)
        raise PolicyRefused(
            limit.key,
            Bilingual(f"要 1 到 {LONGEST} 的整数,不是 {told}", f"a whole number from 1 to {LONGEST}, not {told}"),
        )
    return given


def _looser(value: Value, default: Value) -> bool:
    match value, default:
        case Hours(), Hours():
            return value.length < timedelta(hours=10)
        case Period(), Period():
            return value.longer_than(default)
        case int(), int():
            return value > default
        case _:
            return False


def _rows() -> tuple[Limit, ...]:
    def row(key: str, default: Value, clause: str = "", bound: bool = False) -> Limit:
        return Limit(Clause(clause) if clause else HOUSE, key, default, bound)

    p = Period.parse
    return (
        row("desk_hours", Hours.parse(["08:30", "18:30"]), "M-3.1a", bound=True),
        row("at_once", p("5m")),
        row("emergency_arrival", p("10m"), "M-3.3a", bound=True),
        row("repair_finish", p("24h"), "M-3.3b", bound=True),
        row("repair_call_back", p("24h"), "M-3.3c", bound=True),
        row("complaint_pass_on", p("24h"), "R-3.1.3b", bound=True),
        row("complaint_feedback", p("24h"), "R-4b", bound=True),
        row("complaint_resolve", p("2wd"), "M-4.2b", bound=True),
        row("complaint_limit", p("7wd"), "M-4.2c", bound=True),
        row("call_back", p("24h")),
        row("call_back_attempts", 3),
        row("call_back_again", p("1h")),
        row("enquiry_reply", p("24h")),
        row("challenge_reply", p("24h")),
        row("suggestion_reply", p("5wd")),
        row("suggestion_follow_up", p("7d")),
        row("help_arrival", p("10m")),
        row("joint_residents", 5, "H-4.1.2.1", bound=True),
        row("group_complaint", 5),
        row("undo_within", p("10m")),
        row("many_challenges", Many(3, p("30d"))),
        row("incident_cases", 3),
        row("incident_within", p("30m")),
    )


LIMITS: Mapping[str, Limit] = {row.key: row for row in _rows()}
"""The kernel's own limits by key: each with its clause, its default, and whether the clause binds the site (M-1.3)."""


@frozen
class Policy:
    """One dated version of all limits: from when, who set it (a person's id), and when `hq` was told of it [M-1.3].

    `limits` are the rows that it is a version of: the kernel's own, and those of the kinds that plugins bring.
    """

    values: Mapping[str, Value] = field(factory=lambda: {key: limit.default for key, limit in LIMITS.items()})
    valid_from: date = date.min
    by: str = ""
    hq_told: date | None = None
    limits: Mapping[str, Limit] = field(factory=lambda: LIMITS, repr=False)

    def with_limits(self, more: Iterable[Limit]) -> Policy:
        """The same version with rows added, each at its default; a row that is there already keeps its value."""
        added = {each.key: each for each in more if each.key not in self.limits}
        if not added:
            return self
        values = {**self.values, **{key: each.default for key, each in added.items()}}
        return evolve(self, values=values, limits={**self.limits, **added})

    def period(self, key: str) -> Period:
        """A limit that is a length of time."""
        value = self.values[key]
        assert isinstance(value, Period), key
        return value

    def count(self, key: str) -> int:
        """A limit that is a number."""
        value = self.values[key]
        assert isinstance(value, int), key
        return value

    @property
    def hours(self) -> Hours:
        """When the desk is open, every day of the week (M-3.1a)."""
        value = self.values["desk_hours"]
        assert isinstance(value, Hours)
        return value

    @property
    def many_challenges(self) -> Many:
        """So many challenges on one topic call for an agreed wording (H-4.4.5)."""
        value = self.values["many_challenges"]
        assert isinstance(value, Many)
        return value


def change_policy(
    changes: Mapping[str, Any], over: Policy, valid_from: date = date.min, by: str = "", hq_told: date | None = None
) -> Policy:
    """A new version: `over` with some limits changed, values as TOML has them (`"24h"`, `["08:30", "18:30"]`, `5`).

    Raises `PolicyRefused`, naming the key and the clause, for an unknown key, a value that cannot be read,
    and a figure looser than the clause that sets it.
    """
    limits = over.limits
    for key in changes:
        if key not in limits:
            raise PolicyRefused(
                key, Bilingual(f"没有这个标准;有:{'、'.join(limits)}", f"no such limit; there are: {', '.join(limits)}")
            )
    read = {key: limits[key].read(given) for key, given in changes.items()}
    return Policy({**over.values, **read}, valid_from, by, hq_told, limits)
