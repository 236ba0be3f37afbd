"""A desk that is opened with its clock behind what has happened says so, and what is refused for it says until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qiantai import MemoryStore
from qiantai_tui.text.words import Language
from tests.tui.desk_driver import MONDAY, Clock, at_the_desk, desk_in_memory


def store_with_a_case_of(at: Clock) -> tuple[MemoryStore, str]:
    """A store in which a repair was received at that time, and its number."""
    store = MemoryStore()
    done = desk_in_memory(at, store).receive("li", kind="repair", channel="phone", household="1-2-301", summary="漏水")
    return store, done.case.number if hasattr(done, "case") else ""


@pytest.mark.parametrize(("language", "words"), [("zh", "核对电脑时钟"), ("en", "Check the computer's clock")])
async def test_the_clock_is_behind_the_newest_event(language: Language, words: str) -> None:
    store, number = store_with_a_case_of(Clock(MONDAY + timedelta(hours=1)))
    async with at_the_desk(store=store, language=language) as desk:
        assert words in desk.screen
        assert number in desk.screen
        assert "10:31:00" in desk.screen


async def test_the_clock_is_right() -> None:
    store, _ = store_with_a_case_of(Clock(MONDAY))
    async with at_the_desk(store=store) as desk:
        assert "核对电脑时钟" not in desk.screen
