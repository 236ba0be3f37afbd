"""Find with nothing typed: all that is closed as one list, gone through, narrowed, left and come back to."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import MouseScrollDown

from qiantai import Case, MemoryStore
from qiantai.testing.happenings import closed, received, taken_back
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.closed_table import ClosedTable
from tests.tui.closed_list import (
    COUNT,
    archived,
    at_find,
    filled,
    narrowed,
    number_of,
    rested,
    spoilt,
    table,
)
from tests.tui.operator_tasks import performing
from tests.tui.waiting import until


async def test_all_of_it_can_be_gone_through() -> None:
    async with at_find(filled(MemoryStore())) as desk:
        assert "已办结 1,200" in desk.screen
        await desk.press("down")
        rows = table(desk)
        assert rows.has_focus
        for key, place in (("down", 1), ("end", COUNT - 1), ("up", COUNT - 2), ("home", 0)):
            await desk.press(key)
            assert (rows.cursor, rows.key) == (place, number_of(place))
            assert number_of(place) in desk.screen
        await desk.press("pagedown", "pagedown", "pagedown")
        assert rows.cursor == 3 * rows._lines
        await desk.press("pageup")
        assert rows.key == number_of(2 * rows._lines)
        top = rows.scroll_offset.y
        for _ in range(40):
            rows.post_message(MouseScrollDown(rows, 5, 5, 0, 1, 0, False, False, False))
        await until(desk.pilot, lambda: rows.scroll_offset.y >= top + 40)
        await desk.pilot.click(rows, offset=(5, 4))
        there = rows.scroll_offset.y + 2
        assert (rows.cursor, rows.key) == (there, number_of(there))
        await desk.press("end")
        rows.scroll_to(y=600, animate=False)  # as the scroll bar does it
        await until(desk.pilot, lambda: number_of(610) in desk.screen)


async def test_it_opens_on_the_first_row_and_looks_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    asked, real = list[str](), MemoryStore.case

    def noted(store: MemoryStore, number: str) -> Case | None:
        asked.append(number)
        return real(store, number)

    store = filled(MemoryStore(), 50)
    monkeypatch.setattr(MemoryStore, "case", noted)
    async with at_find(store) as desk:
        table = desk.app.screen.query_one("#cases", ClosedTable)
        assert (table.cursor, table.key) == (0, number_of(0))
        assert asked == []


async def test_one_comes_back_from_a_search_and_from_a_case_to_where_one_was() -> None:
    async with at_find(filled(MemoryStore())) as desk:
        rows = table(desk)
        rows.focus()
        rows.cursor = 777
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == number_of(777)
        await desk.press("escape")
        assert (rows.cursor, rows.key) == (777, number_of(777))
        await desk.press("f3")
        await desk.type("漏水")
        await rested(desk)
        assert (rows.cursor, rows.key) == (0, number_of(3))
        assert "已办结 100" in desk.screen
        await desk.press("end", "escape")
        await rested(desk)
        assert (rows.cursor, rows.key) == (777, number_of(777))
        assert "已办结 1,200" in desk.screen
        assert number_of(777) in desk.screen


async def test_a_kind_alone_is_its_first_hundred_and_a_state_other_than_closed_none() -> None:
    async with at_find(filled(MemoryStore())) as desk:
        await narrowed(desk, "f4", "repair")
        assert "已办结 100" in desk.screen
        assert "只列前 100 件" in desk.screen
        await narrowed(desk, "f6", "2026-10")
        assert table(desk).key is not None
        assert "202610" in str(table(desk).key)
        await narrowed(desk, "f4", "complaint")
        assert "已办结 0" in desk.screen
        await narrowed(desk, "f4", "")
        await narrowed(desk, "f6", "")
        await narrowed(desk, "f5", "received")
        assert "已办结 0" in desk.screen
        await narrowed(desk, "f5", "closed")
        assert "已办结 1,200" in desk.screen


async def test_what_happened_meanwhile_is_shown_and_the_cursor_stays_on_its_case() -> None:
    store = filled(MemoryStore())
    async with at_find(store) as desk:
        rows = table(desk)
        rows.cursor = 300
        store.append([received("BX-20261123-900"), closed("BX-20261123-900", 1)])
        desk.app.tell_screens()
        await rested(desk)
        assert "已办结 1,201" in desk.screen
        assert (rows.cursor, rows.key) == (301, number_of(300))
        await desk.app.switch_mode("queue")
        store.append([taken_back(number_of(300), 2, 1)])
        await desk.app.switch_mode("find")
        await rested(desk)
        assert "已办结 1,200" in desk.screen
        assert (rows.cursor, rows.key) == (301, number_of(301))
        await until(desk.pilot, lambda: "在办 1" in desk.screen)


async def test_who_may_see_some_cases_has_what_was_closed_of_late() -> None:
    async with at_find(filled(MemoryStore(), 10), person="sun") as desk:
        assert "最近办结的 0" in desk.screen


@pytest.mark.parametrize(("language", "words"), [("zh", "办结的里没有"), ("en", "None among the closed")])
async def test_where_nothing_is_closed_it_says_so(language: Language, words: str) -> None:
    async with at_find(MemoryStore(), size=(80, 24), language=language) as desk:
        assert words in desk.screen


async def test_a_case_that_is_damaged_says_where_it_lies_and_the_others_are_read(tmp_path: Path) -> None:
    with archived(tmp_path) as (store, path):
        bad = next(n for n in range(COUNT) if "202610" in number_of(n)) + 2
        spoilt(path, f'"{number_of(bad)}": {{"CRC"'.encode(), f'"{number_of(bad)}": {{"CRD"'.encode())
        async with at_find(store) as desk:
            rows = table(desk)
            rows.focus()
            rows.cursor = bad
            await desk.pilot.pause()
            assert "读不出来" in desk.screen
            assert number_of(bad - 1) in desk.screen
            await desk.press("enter")
            assert isinstance(desk.app.screen, FindScreen)
            assert "2026-10.json" in str([*desk.app._notifications][-1].message)
            await desk.press("down")
            assert rows.key == number_of(bad + 1)


@pytest.mark.parametrize(("language", "words"), [("zh", "已办结 3"), ("en", "Archive 3")])
async def test_what_is_closed_is_gone_through(language: Language, words: str) -> None:
    async with performing("Going through what is closed", language=language) as desk:
        numbers = [desk.receive(kind="enquiry", summary=f"泳池几点开 {n}", name="王女士") for n in range(3)]
        for number in numbers:
            desk.give(number, "answer", "li", text="六点", satisfied=True)
        await desk.press("f3")
        await rested(desk)
        desk.sees(words)
        rows = table(desk)
        await desk.press("down")
        assert rows.has_focus
        await desk.press("end", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == numbers[0]
        await desk.press("escape")
        assert rows.key == numbers[0]
        await narrowed(desk, "f6", f"{desk.clock.at:%Y-%m}")
        assert rows.key == numbers[0]
        await desk.press("escape")
        assert (rows.key, rows.row_count) == (numbers[0], 3)
        rows.focus()
        await desk.press("f3", "9", "9")
        await rested(desk)
        await desk.press("escape")
        await rested(desk)
        assert rows.key == numbers[0]
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)
