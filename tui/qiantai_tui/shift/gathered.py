"""The cases that a shift's summary is made of, read from a seat."""

from __future__ import annotations

from datetime import datetime

from qiantai.case import Case
from qiantai.seat import Seat
from qiantai.shift.book import Begun
from qiantai.shift.summary import OLD, Summary, summed_up
from qiantai.store import local_day


def summary_of(seat: Seat, giver: str, begun: Begun, until: datetime) -> Summary:
    """The summary of this person's shift, by what is seen from the seat. Raises what the store raises."""
    cases: dict[str, Case] = {case.number: case for case in seat.open_cases()}
    for case in seat.received(local_day(begun.since - OLD), local_day(until)):
        cases.setdefault(case.number, case)
    for number in begun.old:
        if number not in cases and (closed := seat.known(number)) is not None:
            cases[number] = closed
    return summed_up(cases.values(), giver, begun.since, until, seat.handbook.scripts)
