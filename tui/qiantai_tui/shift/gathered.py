"""The cases that a shift's summary is made of, read from a seat: days of the archive once, then what goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from attrs import evolve, field, frozen

from qiantai.case import Case
from qiantai.seat import Seat
from qiantai.shift.book import Begun
from qiantai.shift.summary import OLD, Summary, summed_up
from qiantai.store import local_day


@frozen
class Gathered:
    """Every case that was open at any time of a person's shift, by its number, as it is seen from a seat."""

    seat: Seat
    giver: str
    since: datetime
    cases: Mapping[str, Case]

    def going_on(self) -> Gathered:
        """The same with what has come in, gone on or been closed since; of the archive nothing but that is read.

        What has both come in and been closed meanwhile is missing, as it stands in the archive alone.
        """
        now = {case.number: case for case in self.seat.open_cases()}
        gone = (self.seat.known(number) for number, case in self.cases.items() if case.open and number not in now)
        closed = {case.number: case for case in gone if case is not None}
        return evolve(self, cases={**self.cases, **closed, **now})

    def summary(self, until: datetime) -> Summary:
        """What the shift leaves at that time."""
        return summed_up(self.cases.values(), self.giver, self.since, until, self.seat.handbook.scripts)


def gathered(seat: Seat, giver: str, begun: Begun, until: datetime) -> Gathered:
    """Reads the days of the archive that this person's shift may have cases of: it takes its time.

    Raises what the store raises.
    """
    lately = seat.received(local_day(begun.since - OLD), local_day(until))
    known = {case.number: case for case in lately if case.open or max(case.received, case.since) >= begun.since}
    old = (seat.known(number) for number in begun.old if number not in known)
    known |= {case.number: case for case in old if case is not None}
    return Gathered(seat, giver, begun.since, known).going_on()


@frozen
class Seen:
    """Cases as a seat sees them, a closed one looked up but once."""

    seat: Seat
    _closed: dict[str, Case | None] = field(factory=dict[str, Case | None], init=False)

    def case(self, number: str) -> Case | None:
        """The case, None where there is none or it is not theirs to see."""
        if number in self._closed:
            return self._closed[number]
        found = self.seat.known(number)
        if found is None or not found.open:
            self._closed[number] = found
        return found

    def look_up(self, summary: Summary) -> None:
        """Has every case of a summary looked up, the closed ones in the archive."""
        for number in summary.numbers:
            self.case(number)
