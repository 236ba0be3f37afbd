"""Which rows carry a clause out: every step, duty, limit, and every bar that has a clause, each once."""

from __future__ import annotations

from qiantai.citations import citations
from qiantai.clauses import Clause
from qiantai.decision import ENGINE_BARS
from qiantai.policy import LIMITS
from qiantai.requests import REQUESTS


def names(what: str, kind: str) -> set[str]:
    return {each.name for each in citations() if (each.what, each.request) == (what, kind)}


def test_every_row_of_every_kind_is_under_its_clause() -> None:
    for kind, request in REQUESTS.items():
        bars = (*request.bars, *(bar for step in (*request.steps, *request.linked) for bar in step.bars))
        assert names("step", kind) == {each.key for each in (*request.steps, *request.linked)}
        assert names("duty", kind) == {each.name for each in request.duties}
        assert names("bar", kind) == {each.rule for each in bars if each.clause is not None}


def test_what_holds_everywhere_belongs_to_no_kind() -> None:
    assert names("limit", "") == set(LIMITS)
    assert names("bar", "") == {each.rule for each in ENGINE_BARS}


def test_each_is_told_once() -> None:
    assert len(set(citations())) == len(citations())


def test_a_duty_of_two_clauses_is_under_both() -> None:
    thanks = [each.clause for each in citations() if (each.what, each.name) == ("duty", "thank")]
    assert thanks == [Clause("H-4.1.1.4"), Clause("H-4.1.1.3")]


def test_a_kind_that_a_host_brings_is_told_too() -> None:
    repair = REQUESTS["repair"]
    assert {each.request for each in citations({"repair": repair})} == {"repair", ""}
