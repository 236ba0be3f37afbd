"""The clauses: their ids, found without reading the rest, are those of the table, each with its sense."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import qiantai
from qiantai import Clause, UnknownClause, clauses
from qiantai.clauses import HOUSE, HOUSE_ID

TABLE = tomllib.loads(Path(qiantai.__file__).with_name("clauses.toml").read_text(encoding="utf-8"))["clause"]


def test_the_ids_are_those_of_the_table_in_its_order() -> None:
    assert [each.id for each in clauses()] == [row["id"] for row in TABLE]
    assert len({row["id"] for row in TABLE}) == len(TABLE)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["id"])
def test_a_clause_says_what_its_row_says(row: dict[str, str]) -> None:
    clause = Clause(row["id"])
    assert (clause.kind, clause.area, clause.zh, clause.en) == (row["kind"], row["area"], row["zh"], row["en"])
    assert str(clause) == row["id"]
    assert repr(clause) == f"Clause({row['id']!r})"


def test_a_house_rule_says_that_no_clause_gives_it() -> None:
    assert HOUSE.kind == HOUSE_ID
    assert "no clause" in HOUSE.en
    assert HOUSE not in clauses()


@pytest.mark.parametrize("unknown", ["", "M-3.3z", "m-3.3a", "M-3.3a ", "house2"])
def test_an_unknown_id_cannot_be_written(unknown: str) -> None:
    with pytest.raises(UnknownClause, match="no clause"):
        Clause(unknown)
