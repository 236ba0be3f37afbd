"""How long what was said in closed cases is kept: a term by kind, in versions that have dates like the other limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal, cast

from attrs import field, frozen

from qiantai.case import Case
from qiantai.periods import BadPeriod
from qiantai.words import Bilingual

Unit = Literal["d", "mo", "y"]

MAJOR = "major"
"""The key of the term that goes before a complaint's where it is a major or a group complaint."""
_LONGEST: Mapping[str, int] = {"d": 36500, "mo": 1200, "y": 100}
_UNITS: Mapping[str, tuple[str, str]] = {"d": ("天", "day"), "mo": ("个月", "month"), "y": ("年", "year")}


@frozen
class Term:
    """A length of time by the calendar: days, months or years, written `90d`, `18mo`, `5y`; `Term.parse` reads that."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, given: object) -> Term:
        """The term that a text stands for. Raises `BadPeriod` for anything else, and for more than a hundred years."""
        found = re.fullmatch(r"([0-9]{1,5})(d|mo|y)", given) if isinstance(given, str) else None
        if found is None or not 1 <= int(found[1]) <= _LONGEST[found[2]]:
            raise BadPeriod(
                f"读不懂期限 {given!r};写法如 5y、18mo、90d(年、月、天),最长一百年",
                f"cannot read the term {given!r}; write 5y, 18mo or 90d (years, months, days), a hundred years at most",
            )
        return cls(int(found[1]), cast("Unit", found[2]))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def label(self) -> Bilingual:
        """In words: 5年, 5 years."""
        zh, en = _UNITS[self.unit]
        return Bilingual(f"{self.count}{zh}", f"{self.count} {en}{'' if self.count == 1 else 's'}")

    @property
    def least_days(self) -> int:
        """The fewest days that it can be."""
        return self.count * {"d": 1, "mo": 28, "y": 365}[self.unit]

    def end(self, start: date) -> date:
        """Its last day: so many days, months or years after `start`; the month's last where it has no such day.

        >>> Term.parse("1mo").end(date(2026, 1, 31)), Term.parse("1y").end(date(2024, 2, 29))
        (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
        """
        if self.unit == "d":
            return start + timedelta(days=self.count)
        months = start.month - 1 + self.count * (12 if self.unit == "y" else 1)
        first = date(start.year + months // 12, months % 12 + 1, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return min(first + timedelta(days=start.day - 1), last)


@frozen
class Retention:
    """One dated version of the terms: from when, who set it (a person's id), and when `hq` was told of it [M-1.3].

    `terms` are by kind, `incident` among them, and by `major`. What has no term is kept without end, and no document
    gives one: nothing goes until the site has set it [house].
    """

    terms: Mapping[str, Term] = field(factory=dict[str, Term])
    valid_from: date = date.min
    by: str = ""
    hq_told: date | None = None

    def key(self, case: Case) -> str:
        """The key of the term that a case goes by, whether there is one or not."""
        return MAJOR if case.grave and MAJOR in self.terms else case.kind


def in_force(versions: Iterable[Retention], today: date) -> Retention:
    """The version that holds today: the newest that has begun; one without terms where none has."""
    begun = [each for each in versions if each.valid_from <= today]
    return max(begun, key=lambda each: each.valid_from, default=Retention())
