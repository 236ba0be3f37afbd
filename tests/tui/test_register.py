"""The register: its columns by width, the days, what is masked, who sees what."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from rich.cells import cell_len

from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.register import RegisterScreen
from tests.tui.desk_driver import at_the_desk
from tests.tui.estate import estate, morning
from tests.tui.hostile import a_few, hostile
from tests.tui.screens_text import screen_lines, screen_text


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
