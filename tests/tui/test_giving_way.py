"""While a thread reads a lot no garbage is looked for and turns are short; afterwards both are as they were."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator

import pytest

from qiantai_tui.giving_way import giving_way


@pytest.fixture(autouse=True)
def _collecting() -> Iterator[None]:
    """As a program begins."""
    gc.enable()
    yield
    gc.enable()


def test_it_is_as_it_was_afterwards_whatever_happens() -> None:
    turn, meanwhile = sys.getswitchinterval(), list[float]()

    def read() -> None:
        with giving_way():
            meanwhile.extend((float(gc.isenabled()), sys.getswitchinterval()))
            raise ValueError("unread")

    with pytest.raises(ValueError, match="unread"):
        read()
    assert not meanwhile[0]
    assert meanwhile[1] < turn
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn


def test_what_somebody_else_held_off_stays_off() -> None:
    gc.disable()
    with giving_way():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_of_two_that_read_at_once_the_last_to_end_puts_it_back() -> None:
    turn = sys.getswitchinterval()
    one, other = giving_way(), giving_way()
    one.__enter__()
    other.__enter__()
    one.__exit__(None, None, None)
    assert not gc.isenabled()
    assert sys.getswitchinterval() < turn
    other.__exit__(None, None, None)
    assert gc.isenabled()
    assert sys.getswitchinterval() == turn
