"""The figures of another month, and what midnight does to those that are shown."""

from __future__ import annotations

from tests.tui.at_the_figures import a_year_at_the_desk, figures, filled, line_of
from tests.tui.desk_driver import at_the_desk


async def test_months_beside_and_back() -> None:
    async with a_year_at_the_desk() as desk:
        await desk.press("left")
        await filled(desk)
        assert "2026-10" in desk.screen
        assert "4/5" in line_of(desk, "满意度 "), desk.screen
        await desk.press("left")
        await filled(desk)
        assert "统计 2026-09" in desk.screen
        await desk.press("0")
        await filled(desk)
        assert "统计 2026-11" in desk.screen
        assert "3/4" in line_of(desk, "满意度 "), desk.screen
        await desk.press("right")
        await filled(desk)
        assert "统计 2026-11" in desk.screen, "there is no month to come"
        await desk.press("left", "left", "right")
        await filled(desk)
        assert "统计 2026-10" in desk.screen
        assert "4/5" in line_of(desk, "满意度 "), desk.screen


async def test_after_midnight_today_is_counted_anew_and_the_next_look_is_at_the_month_that_runs() -> None:
    async with at_the_desk("lin") as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await figures(desk)
        assert line_of(desk, "今天受理").split()[3] == "1"
        await desk.go(days=8)
        await filled(desk)
        assert line_of(desk, "今天受理").split()[3] == "0"
        assert "2026-11" in desk.screen, "the month that is looked at stays"
        await desk.press("escape")
        await figures(desk)
        assert "统计 2026-12" in desk.screen
        await desk.press("left")
        await filled(desk)
        await desk.press("escape")
        await figures(desk)
        assert "统计 2026-11" in desk.screen, "a month that was chosen stays"
