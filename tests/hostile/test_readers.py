"""Every reader of what comes from outside, given bytes that are nearly its own, and all that once broke one."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools.fuzz.seeds import seeds
from tools.fuzz.targets import TARGETS

from tests.hostile.bytes import nearly

SEEDS = seeds()
readers = pytest.mark.parametrize("name", TARGETS)


@readers
def test_what_is_its_own_and_what_once_broke_it(name: str) -> None:
    assert len(SEEDS[name]) > 2
    for data in SEEDS[name]:
        TARGETS[name](data)


@readers
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example])
@given(data=st.data())
def test_what_is_nearly_its_own(name: str, data: st.DataObject) -> None:
    TARGETS[name](data.draw(nearly(SEEDS[name])))


@readers
@settings(max_examples=30)
@given(data=st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    TARGETS[name](data)
