"""The register: its columns by width, the days, what is masked, who sees what."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from rich.cells import cell_len

from qiantai import Case, MemoryStore
from qiantai.store import Damaged
from qiantai.testing.happenings import NINE, received
from qiantai.words import Bilingual
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.register import PIECE, RegisterScreen
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.rows import Rows
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.estate import estate, morning
from tests.tui.hostile import a_few, hostile
from tests.tui.screens_text import screen_lines, screen_text
from tests.tui.waiting import until


async def test_names_and_numbers_are_masked(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        shown = screen_text(app)
        assert "王*" in shown
        assert "13800001234" not in shown
        assert "王敏" not in shown


async def test_an_empty_day_names_the_next_key(noon: datetime, tmp_path: Path) -> None:
    app = estate(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        assert "F2 登记" in screen_text(app)


async def test_the_days_beside(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    made.clock.on(days=1)
    late = made.receive(kind="repair", household="5-1-1202", summary="门锁坏了")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        assert "2026-11-23 周一 · 1 件" in screen_text(app)
        assert late in screen_text(app)
        await pilot.press("left")
        await pilot.pause()
        assert "2026-11-22 周日 · 4 件" in screen_text(app)
        assert late not in screen_text(app)
        await pilot.press("left")
        await pilot.pause()
        assert "2026-11-21 周六 · 0 件" in screen_text(app)
        await pilot.press("right", "right", "right", "right")
        await pilot.pause()
        assert "2026-11-23 周一 · 1 件" in screen_text(app)
        await pilot.press("left", "0")
        await pilot.pause()
        assert "2026-11-23 周一 · 1 件" in screen_text(app)


async def test_after_midnight_today_is_the_new_day() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="5-1-1202", summary="门锁坏了")
        await desk.press("f7")
        assert "2026-11-23 周一 · 1 件" in desk.screen
        await desk.go(hours=15)
        assert "2026-11-24 周二 · 0 件" in desk.screen
        await desk.press("left")
        assert number in desk.screen
        await desk.go(hours=24)
        assert "2026-11-23 周一 · 1 件" in desk.screen, "a day that was chosen stays"


async def test_what_others_answered_away_from_the_desk_is_not_in_it(noon: datetime, tmp_path: Path) -> None:
    made = estate(noon)
    made.receive(by="zhou", kind="enquiry", channel="patrol", summary="快递柜在哪里")
    made.receive(kind="repair", household="1-2-301", summary="灯不亮")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        assert "1 件" in screen_text(app)
        assert "快递柜" not in screen_text(app)


async def test_the_line_in_full(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    number = made.receive(kind="repair", household="5-1-1202", summary="灯不亮")
    made.do(number, "dispatch", "li", after=2, to=["engineering"])
    made.do(number, "arrive", "sun", after=10)
    made.do(number, "complete", "sun", after=20, result="已换灯管")
    made.do(number, "call_back", "li", after=30, satisfied=False, channel="phone", quality_ok=True)
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        shown = screen_text(app)
    for words in ("139****5678", "接待人    李静", "派单时间  09:33", "完成时间  10:03", "回访时间  10:33"):
        assert words in shown, words
    assert "回访结果  不满意" in shown
    assert "结果      已换灯管" in shown


async def test_enter_opens_the_case(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == "TS-20261122-001"


@pytest.mark.parametrize(("person", "count"), [("zhao", 4), ("sun", 1), ("tang", 0)])
async def test_each_sees_what_they_may(person: str, count: int, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, person=person)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(app.screen, RegisterScreen)
        assert f"{count} 件" in screen_text(app)
        assert ("M-3.4c" in screen_text(app)) is (person != "zhao")


@a_few
@given(text=hostile)
@example(text="[/]")
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_it(text: str, noon: datetime, tmp_path: Path) -> None:
    made = estate(noon, name=text, phone=text)
    number = made.receive(kind="repair", household="1-2-301", summary=text or "x", name=text, phone=text)
    made.do(number, "dispatch", "li", to=["engineering"])
    made.do(number, "arrive", "sun")
    made.do(number, "complete", "sun", result=text or "x")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await pilot.pause()
        assert isinstance(app.screen, RegisterScreen)
        assert {cell_len(each) for each in screen_lines(app)} == {80}
        await pilot.resize_terminal(160, 40)
        await pilot.pause()
        assert {cell_len(each) for each in screen_lines(app)} == {160}
    assert app.return_code in (0, None)


MANY = 2 * PIECE + 30


def busy_days() -> MemoryStore:
    """A day with many matters, and one more the day before; `number_of(0)` came first."""
    store = MemoryStore()
    for n in range(MANY):
        store.append([received(number_of(n), NINE - timedelta(seconds=MANY - n), summary=f"第{n}盏灯不亮")])
    store.append([received("BX-20261122-001", NINE - timedelta(days=1), summary="门锁坏了")])
    return store


def number_of(n: int) -> str:
    return f"BX-20261123-{n + 1:03}"


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many lines were shown, each time that some were."""
    counts: list[int] = []
    show = LineTable.show

    def noted(table: LineTable, rows: Rows, *given: Any, **named: Any) -> None:
        if table.id == "entries":
            counts.append(len(rows))
        show(table, rows, *given, **named)

    monkeypatch.setattr(LineTable, "show", noted)
    return counts


async def whole(desk: Driver, count: int) -> None:
    await until(desk.pilot, lambda: f"{count} 件" in screen_text(desk.app) and "已读" not in screen_text(desk.app))


async def test_a_busy_day_shows_its_first_lines_at_once_and_then_all_of_them(shown: list[int]) -> None:
    async with at_the_desk(store=busy_days(), clock=Clock(NINE)) as desk:
        shown.clear()
        await desk.press("f7")
        await whole(desk, MANY)
        assert [each for each in shown if each] == [PIECE, MANY]
        assert number_of(0) in screen_text(desk.app)
        await desk.press("end")
        assert number_of(MANY - 1) in screen_text(desk.app)


async def test_a_day_that_is_come_back_to_stays_whole_and_the_cursor_on_its_line(shown: list[int]) -> None:
    async with at_the_desk(store=busy_days(), clock=Clock(NINE)) as desk:
        await desk.press("f7")
        await whole(desk, MANY)
        await desk.press("end")
        shown.clear()
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        new = desk.receive(kind="repair", summary="水管漏水", name="王女士")
        await desk.press("escape")
        await whole(desk, MANY + 1)
        assert set(shown) == {MANY + 1}
        table = desk.app.screen.query_one("#entries", LineTable)
        assert (table.key, table.row_count, new) == (number_of(MANY - 1), MANY + 1, number_of(MANY))


async def test_a_day_that_is_left_before_it_is_whole_is_read_no_further(shown: list[int]) -> None:
    async with at_the_desk(store=busy_days(), clock=Clock(NINE)) as desk:
        await desk.press("f7")
        await whole(desk, MANY)
        shown.clear()
        screen = desk.app.screen
        assert isinstance(screen, RegisterScreen)
        screen.action_day(-1)
        screen.action_today()
        screen.action_day(-1)
        await whole(desk, 1)
        await desk.pilot.pause(0.1)
        assert shown == [1, PIECE, 1]
        assert "BX-20261122-001" in screen_text(desk.app)


async def test_what_is_gone_away_from_is_read_no_further_and_anew_when_it_is_come_back_to(shown: list[int]) -> None:
    async with at_the_desk(store=busy_days(), clock=Clock(NINE)) as desk:
        await desk.press("f7")
        await whole(desk, MANY)
        screen = desk.app.screen
        assert isinstance(screen, RegisterScreen)
        await desk.press("left")
        await whole(desk, 1)
        shown.clear()
        screen.action_today()
        desk.app.switch_mode("queue")
        await desk.pilot.pause(0.1)
        assert (shown, len(screen._read)) == ([PIECE], PIECE)
        await desk.press("f7")
        await whole(desk, MANY)
        assert shown == [PIECE, MANY]


async def test_where_the_rest_of_a_day_cannot_be_read_it_says_so_and_how_far_it_got(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = MemoryStore.received

    def broken(store: MemoryStore, first: date, last: date) -> Iterator[Case]:
        yield from list(given(store, first, last))[: PIECE + 5]
        raise Damaged(Bilingual("第 7 行损坏", "line 7 is damaged"))

    monkeypatch.setattr(MemoryStore, "received", broken)
    async with at_the_desk(store=busy_days(), clock=Clock(NINE)) as desk:
        await desk.press("f7")
        await until(desk.pilot, lambda: "第 7 行损坏" in screen_text(desk.app))
        assert f"已读 {PIECE} 件" in screen_text(desk.app)
