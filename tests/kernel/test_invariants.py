"""Random walks: whatever is asked of a case, by whomever, in whatever order, what has to hold of it holds."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import fold
from tests.kernel.front_desk import KINDS
from tests.kernel.plausible import RECEIPTS, Fields
from tests.kernel.walking import RECEIVERS, TURNS, Turn, Walk


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(KINDS), receipt=st.sampled_from(RECEIPTS), by=RECEIVERS, turns=TURNS)
def test_whatever_is_asked(kind: str, receipt: Fields, by: str, turns: Sequence[Turn]) -> None:
    walk = Walk.begun(kind, receipt, by)
    walk.incident = walk.desk.incident(by="desk2")
    walk.go(turns)
    for case in map(walk.desk.case, (walk.number, walk.older, walk.incident)):
        assert fold(case.history) == case
