"""What an action writes, each statement refused where another desk was quicker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import frozen
from sqlalchemy import Connection, delete, insert, update
from sqlalchemy.exc import IntegrityError

from qiantai.case import Case
from qiantai.store import conflict
from qiantai_sql.rows import Row, head_row, household_rows
from qiantai_sql.tables import CASES, EVENTS, HOUSEHOLDS, SITE


@frozen
class Stamp:
    """Which change this is, and whose."""

    changed: int
    writer: str


def put_head(connection: Connection, before: Case | None, after: Case, stamp: Stamp) -> None:
    """The head of a case as it is now. Raises `Conflict` where it is not any more as it was before."""
    row = {**head_row(after), "changed": stamp.changed, "writer": stamp.writer}
    if before is None:
        try:
            connection.execute(insert(CASES), row)
        except IntegrityError as error:
            raise conflict(after.number) from error
    else:
        seen = CASES.c.number == after.number, CASES.c.length == len(before.history)
        if connection.execute(update(CASES).where(*seen).values(row)).rowcount != 1:
            raise conflict(after.number)
    now = household_rows(after)
    if before is None or household_rows(before) != now:
        if before is not None:
            connection.execute(delete(HOUSEHOLDS).where(HOUSEHOLDS.c.number == after.number))
        run(connection, insert(HOUSEHOLDS), now)


def put_events(connection: Connection, events: Sequence[Row]) -> None:
    """These events, which are new."""
    run(connection, insert(EVENTS), events)


def replace_events(connection: Connection, events: Sequence[Row]) -> None:
    """These events, in the place of those of the same cases."""
    for number in dict.fromkeys(each["number"] for each in events):
        connection.execute(delete(EVENTS).where(EVENTS.c.number == number))
    put_events(connection, events)


def mark_erasing(connection: Connection, erasing: bool) -> None:
    """Whether the files still have to be cleared of erased words."""
    connection.execute(update(SITE).values(erasing=erasing))


def run(connection: Connection, statement: Any, given: Sequence[Row]) -> None:
    """A statement for each of these rows, where there are any."""
    if given:
        connection.execute(statement, given)
