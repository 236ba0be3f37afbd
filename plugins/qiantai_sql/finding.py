"""What is asked of the tables, a statement a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, Table, func, select, tuple_, union

from qiantai.case import Case
from qiantai.periods import ZONE
from qiantai.projections.months import days_of
from qiantai_sql import rows
from qiantai_sql.tables import CASES, EVENTS, HOUSEHOLDS

_NEWEST_FIRST = (CASES.c.received.desc(), CASES.c.number.desc())
_FOUND_BY = tuple(CASES.c[each] for each in ("number", "stem", "counted", "day", "kind", "state", "open", "said"))

Head = tuple[Any, ...]


@frozen
class Place:
    """Where a case stands in the order of receipt."""

    received: datetime
    number: str


def open_lengths(connection: Connection) -> dict[str, int]:
    """How long the history of each open case is."""
    found = connection.execute(select(CASES.c.number, CASES.c.length).where(CASES.c.open))
    return {each.number: each.length for each in found}


def length(connection: Connection, number: str) -> int | None:
    """How long the history of a case is; None where there is none."""
    found: int | None = connection.scalar(select(CASES.c.length).where(CASES.c.number == rows.kept(number)))
    return found


def histories(connection: Connection, numbers: Sequence[str]) -> Sequence[Any]:
    """The events of these cases, case by case and each in its order, with state and length of its head."""
    both = EVENTS.join(CASES, EVENTS.c.number == CASES.c.number)
    asked = select(EVENTS.c.number, EVENTS.c.seq, EVENTS.c.body, CASES.c.state, CASES.c.length).select_from(both)
    return connection.execute(
        asked.where(EVENTS.c.number.in_(numbers)).order_by(EVENTS.c.number, EVENTS.c.seq)
    ).fetchall()


def closed(
    connection: Connection, household: str, words: Sequence[str], after: Place | None, most: int
) -> Sequence[Place]:
    """So many at most of the closed cases of that household, where one is given, and with all these words.

    The latest receipt first, and none before `after` or there.
    """
    asked = select(CASES.c.received, CASES.c.number).where(~CASES.c.open).order_by(*_NEWEST_FIRST).limit(most)
    if household:
        theirs = select(HOUSEHOLDS.c.number).where(HOUSEHOLDS.c.household == rows.kept(household))
        asked = asked.where(CASES.c.number.in_(theirs))
    for each in words:
        asked = asked.where(CASES.c.said.contains(rows.kept(each), autoescape=True))
    if after is not None:
        asked = asked.where(tuple_(CASES.c.received, CASES.c.number) < tuple_(after.received, after.number))
    return [Place(*each) for each in connection.execute(asked)]


def closed_count(connection: Connection, month: str) -> int:
    """How many cases are closed, of all or of those received that month."""
    return connection.scalar(_closed(select(func.count()), month)) or 0


def closed_page(connection: Connection, first: int, most: int, month: str) -> Sequence[str]:
    """The numbers of so many of them at most, from that place on."""
    asked = _closed(select(CASES.c.number), month).order_by(*_NEWEST_FIRST).offset(first).limit(most)
    return connection.scalars(asked).all()


def _closed(asked: Any, month: str) -> Any:
    """The question about closed cases alone, by what the index of them has."""
    asked = asked.select_from(CASES).where(~CASES.c.open)
    if not month:
        return asked
    first, last = days_of(month)
    begin, end = (datetime.combine(day, time(), ZONE) for day in (first, last + timedelta(days=1)))
    return asked.where(CASES.c.received >= begin.astimezone(UTC), CASES.c.received < end.astimezone(UTC))


def received(connection: Connection, first: date, last: date) -> Sequence[str]:
    """The numbers of the cases received on these days and between, in order of receipt."""
    asked = select(CASES.c.number).where(CASES.c.day.between(first, last))
    return connection.scalars(asked.order_by(CASES.c.received, CASES.c.number)).all()


def stamp(connection: Connection, month: str) -> tuple[int, int]:
    """How many cases were received that month, and how much has happened to them all: both only ever grow."""
    asked = select(func.count(), func.sum(CASES.c.length)).where(CASES.c.day.between(*days_of(month)))
    found = connection.execute(asked).one()
    return found[0], found[1] or 0


def last_number(connection: Connection, stem: str) -> int:
    """The highest sequence of a stem; 0 where none."""
    return connection.scalar(select(func.max(CASES.c.counted)).where(CASES.c.stem == stem)) or 0


def every_number(connection: Connection) -> Sequence[str]:
    """The numbers that stand in either table."""
    return connection.scalars(union(select(CASES.c.number), select(EVENTS.c.number))).all()


def heads(connection: Connection, numbers: Sequence[str]) -> Mapping[str, Head]:
    """What these cases are found by, as `head_of` gives it."""
    theirs = select(HOUSEHOLDS.c.number, HOUSEHOLDS.c.household).where(HOUSEHOLDS.c.number.in_(numbers))
    households: dict[str, set[str]] = {}
    for number, household in connection.execute(theirs):
        households.setdefault(number, set()).add(household)
    found = connection.execute(select(*_FOUND_BY).where(CASES.c.number.in_(numbers)))
    return {each.number: (*each, frozenset(households.get(each.number, ()))) for each in found}


def head_of(case: Case) -> Head:
    """What the case should be found by."""
    row = rows.head_row(case)
    households = frozenset(each["household"] for each in rows.household_rows(case))
    return (*(row[each.name] for each in _FOUND_BY), households)


def bodies(connection: Connection, table: Table) -> Sequence[str]:
    """The texts of the roll, or of the looks, in the order in which they came."""
    return connection.scalars(select(table.c.body).order_by(table.c.place)).all()


def are_kept(connection: Connection, events: Sequence[rows.Row]) -> bool:
    """Whether these rows are there, word for word."""
    last = events[-1]
    asked = select(EVENTS.c.body).where(EVENTS.c.number == last["number"], EVENTS.c.seq == last["seq"])
    return bool(connection.scalar(asked) == last["body"])
