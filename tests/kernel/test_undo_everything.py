"""Whatever is done in whichever state is taken back without a trace but in the history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from qiantai import Case, Refusal, evolve
from tests.kernel.estate import bare
from tests.kernel.front_desk import KINDS
from tests.kernel.outcomes import Tried, all_tried
from tests.kernel.reachable import BOOK, applied, given


def done(kind: str) -> Iterator[Tried]:
    """One of everything that was done: each row of the table taken in each case, by the first who did."""
    told: set[tuple[int, int, str]] = set()
    for found in all_tried(kind):
        key = (id(found.seen), id(found.took), found.verdict)
        if found.events and found.command.name != "undo" and key not in told:
            told.add(key)
            yield found


@pytest.mark.parametrize("kind", KINDS)
def test_taken_back_the_case_is_as_if_it_had_never_been_done(kind: str) -> None:
    count = 0
    for found in done(kind):
        case, at = applied(found.seen.case, found.events), found.events[0].at + timedelta(minutes=1)
        others = [evolve(found.others[each.case], each) for each in found.events[1:]]
        undone = given(case, "undo", found.command.by, at, {}, BOOK, others)
        assert not isinstance(undone, Refusal), undone.sentence.en
        after = applied(case, undone)
        assert bare(after) == bare(found.seen.case)
        assert after.history[:-1] == case.history
        assert (after.history[-1].by, after.history[-1].at) == (found.command.by, at)
        assert after.struck - found.seen.case.struck == {found.events[0].seq}
        for other in others:
            assert bare(applied(other, undone)) == bare(found.others[other.number])
            _from_the_other_side(found, case, other)
        count += 1
    assert count > 300


def _from_the_other_side(found: Tried, case: Case, other: Case) -> None:
    """What touched two is taken back on both from the other one as well."""
    at = found.events[0].at + timedelta(minutes=1)
    undone = given(other, "undo", found.command.by, at, {}, BOOK, (case,))
    assert not isinstance(undone, Refusal), undone.sentence.en
    assert bare(applied(case, undone)) == bare(found.seen.case)
    assert bare(applied(other, undone)) == bare(found.others[other.number])
