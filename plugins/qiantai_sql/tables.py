"""The tables, the same in both databases: an event is one row for good, a case is what it is found by."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

FORMAT = 2
"""What the tables mean; a later number is refused."""

TABLES = MetaData()
_NAME = Text().with_variant(Text(collation="C"), "postgresql")
"""Ordered by its signs, as Python orders it, and not as a language would."""

SITE = Table(
    "site",
    TABLES,
    Column("format", Integer, nullable=False),
    Column("erasing", Boolean, nullable=False),  # words were taken out, and may still lie in the files
)
CASES = Table(
    "cases",
    TABLES,
    Column("number", _NAME, primary_key=True),
    Column("stem", _NAME, nullable=False),
    Column("counted", Integer),
    Column("received", DateTime(timezone=True), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("open", Boolean, nullable=False),
    Column("length", Integer, nullable=False),  # of its history: the version that a writer must have seen
    Column("said", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),  # grows with each change of any case
    Column("writer", Text, nullable=False),
    Index("cases_stem", "stem", "counted"),
    Index("cases_received", "received"),
    Index("cases_day", "day"),
    Index("cases_changed", "changed"),
)
Index("cases_closed", CASES.c.received, CASES.c.number, sqlite_where=~CASES.c.open, postgresql_where=~CASES.c.open)
Index("cases_open", CASES.c.number, sqlite_where=CASES.c.open, postgresql_where=CASES.c.open)
EVENTS = Table(
    "events",
    TABLES,
    Column("number", _NAME, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", Text, nullable=False),
)
HOUSEHOLDS = Table(  # behind a case
    "case_households",
    TABLES,
    Column("number", _NAME, primary_key=True),
    Column("household", _NAME, primary_key=True),
    Index("case_households_household", "household"),
)
ROLL = Table(
    "roll",
    TABLES,
    Column("place", Integer, primary_key=True),
    Column("id", _NAME, nullable=False, unique=True),
    Column("body", Text, nullable=False),
)
LOOKS = Table("looks", TABLES, Column("place", Integer, primary_key=True), Column("body", Text, nullable=False))
BOOK_LINES = Table(  # what is on record beside the cases
    "book_lines",
    TABLES,
    Column("name", _NAME, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("changed", BigInteger, nullable=False),
    Column("writer", Text, nullable=False),
    Index("book_lines_changed", "changed"),
)
WORDS = (CASES.c.said, EVENTS.c.body, BOOK_LINES.c.body, ROLL.c.body)
"""The columns with what was said."""
