"""The months of the figures that a screen has read so far, and what it makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import define, field

from qiantai import Handbook, Refusal
from qiantai.books import BookSource
from qiantai.projections.months import later, up_to
from qiantai.projections.readings import Beside, Month, Reading, counts, reading, tallied
from qiantai.projections.reckoning import Item, Verdict
from qiantai.projections.targets import TARGETS, TODAY, Target, Unit, duty_targets
from qiantai.seat import Seat

from .giving_way import giving_way
from .sites.training_book import training_counted

TREND = 12
"""Months of a line of months."""


@define
class Read:
    """What has been read, of which month, kind and area is shown; empty are all kinds and the whole site."""

    month: str
    kind: str = ""
    area: str = ""
    months: dict[str, Month] = field(factory=dict[str, Month])
    today: tuple[Item, ...] = ()
    beside: Beside = field(factory=dict[str, Mapping[str, Mapping[Verdict, int]]])

    @property
    def wanted(self) -> tuple[str, ...]:
        """The months that are asked for, in the order in which they are needed."""
        *before, shown = up_to(self.month, TREND)
        return (shown, later(shown, -TREND), *reversed(before))

    def targets(self, handbook: Handbook) -> tuple[Target, ...]:
        """What is shown: today's counts, the targets, and the duties that something counts for."""
        if self.month not in self.months:
            return ()
        asked = [each for each in (*TODAY, *TARGETS) if each.by_kind or not self.kind]
        duties = [each for each in duty_targets(handbook) if self.kind in ("", each.kind)]
        return (*asked, *(each for each in duties if self.now(each).cases))

    def now(self, target: Target) -> Reading:
        """The figure of the month shown, of today where it counts today."""
        if target in TODAY:
            found = counts(tallied(self.today), target.id, self.kind, self.area)
            return Reading(target, found, float(found.get(Verdict.COUNTED, 0)), over=False)
        return self._of(target, self.month)

    def asks(self, item: Item) -> bool:
        """Whether it is of the kind and the area shown."""
        return self.kind in ("", item.kind) and self.area in ("", item.area)

    def trend(self, target: Target) -> tuple[float | None, ...]:
        """The values of twelve months, the one shown last; of a change the shares that it is made of."""
        if target in TODAY or not target.measured:
            return ()
        months = up_to(self.month, TREND)
        return tuple(self._value(target, month) if month in self.months else None for month in months)

    def week(self, target: Target, days: tuple[int, int]) -> Reading:
        """The figure of some days of the month shown."""
        return self._of(target, self.month, days)

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that anything of the month shown, or of today, is of."""
        month = self.months.get(self.month)
        found = {area for of in (month.tally if month else {}).values() for _, area, _, _ in of}
        return tuple(sorted({*found, *(each.area for each in self.today)} - {""}))

    def _value(self, target: Target, month: str) -> float | None:
        found = self._of(target, month)
        return found.share if target.unit is Unit.CHANGE else found.value

    def _of(self, target: Target, month: str, days: tuple[int, int] = (1, 31)) -> Reading:
        before = self.months.get(later(month, -TREND))
        return reading(target, self.months[month], before, self.kind, self.area, days, self.beside)


def read_on(read: Read, seat: Seat, wanted: tuple[str, ...], books: BookSource) -> Iterator[None]:
    """Reads what has changed of the months that are wanted, giving way after each piece of it."""
    with giving_way():
        today = seat.behind()
    if isinstance(today, Refusal):
        return
    read.today = today
    for month in wanted:
        known = read.months.get(month)
        with giving_way():
            found = seat.month(month, known)
        if isinstance(found, Refusal):
            return
        read.months[month] = found
        if found is not known:
            yield
    worked = [name for name, month in read.months.items() if month.tally]
    read.beside = training_counted(books, seat.handbook.people, wanted, worked, seat.desk.clock())
    yield
