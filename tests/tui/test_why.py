"""F8 asks why: a due time, a case, a refusal, told on a page whose lines open their clauses; nothing moves the row."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.why import WhyDialog
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import at_the_desk
from tests.tui.estate import estate, morning, untranslated_here
from tests.tui.hostile import SEEN
from tests.tui.screens_text import screen_lines, screen_text

LEAK, NOISE = "BX-20261122-001", "TS-20261122-001"


async def on_the_duty(app: Any, pilot: Any, number: str, name: str) -> None:
    """Opens the case, and puts the cursor on its duty of that name."""
    app.open_case(number)
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, CaseScreen)
    assert screen.case is not None
    place = [each.name for each in screen.case.duties].index(name)
    page = next(
        each for each in screen.query(Page) if each.display and any(":duty:" in (i.key or "") for i in each._items)
    )
    page.focus()
    assert page.move_to(f"clause:{screen.case.duties[place].clause.id}:duty:{place}")


async def test_why_a_due_time(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await on_the_duty(app, pilot, NOISE, "resolve")
        await pilot.press("f8")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        await pilot.press("escape")
        assert isinstance(app.screen, CaseScreen)


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_why_a_case_stands_so(language: Language, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        await pilot.press("end", "f8")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        for _ in range(9):
            assert not untranslated_here(screen_text(app), language)
            await pilot.press("pagedown")
            await pilot.pause()


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_why_it_was_refused(language: Language, noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        refusal = made.desk.do(LEAK, "call_back", "sun", satisfied=True)
        app.refuse(refusal)  # type: ignore[arg-type]
        await pilot.pause()
        assert isinstance(app.screen, RefusalDialog)
        await pilot.press("f8")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        assert not untranslated_here(screen_text(app), language)
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, RefusalDialog)
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, RefusalDialog)


async def test_a_step_refused_before_anything_was_said_is_told_without_values() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        await desk.pilot.pause()
        await desk.press("f5", "f8")
        assert isinstance(desk.app.screen, WhyDialog)
        assert "要办的: 派单,李静(客服前台)" in desk.screen
        assert "交给" not in desk.screen


async def test_a_line_opens_its_clause(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await on_the_duty(app, pilot, NOISE, "resolve")
        await pilot.press("f8")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ClauseDialog)
        assert app.screen.clause.id == "M-4.2b"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)


async def test_two_duties_by_one_clause_are_asked_each_for_itself(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        for name, words in (("dispatch", "派人"), ("arrive", "到场")):
            await on_the_duty(app, pilot, LEAK, name)
            await pilot.press("f8")
            await pilot.pause()
            await pilot.pause()
            assert f"{words}: 按时" in screen_text(app)
            await pilot.press("escape", "escape")
            await pilot.pause()


async def test_a_refused_receipt_has_no_case_and_is_told(noon: datetime, tmp_path: Path) -> None:
    made = estate(noon)
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        refusal = made.desk.receive(
            "li", kind="help", channel="phone", summary="扶一下", promised=noon + timedelta(hours=1)
        )
        app.refuse(refusal)  # type: ignore[arg-type]
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        await pilot.pause()
        shown = screen_text(app)
        assert "还没有受理的事项" in shown
        await pilot.press("pagedown")
        await pilot.pause()
        assert "✗ 其他禁止" in screen_text(app)


async def test_the_case_chosen_in_the_queue_is_asked_about_too(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        case = app.screen.case_at_hand()  # type: ignore[attr-defined]
        await pilot.press("f8")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        assert f"│ {case.number} " in screen_text(app)


async def test_nobody_asks_why_of_a_case_they_may_not_see(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, person="tang")
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        assert not isinstance(app.screen, WhyDialog)


@pytest.mark.parametrize(
    ("text", "width"), [*((" ".join(SEEN[n::4]), 80) for n in range(4)), (" ".join(SEEN), 80), (" ".join(SEEN), 120)]
)
async def test_whatever_was_said_stands_still(text: str, width: int, noon: datetime, tmp_path: Path) -> None:
    made = estate(noon)
    number = made.receive(
        kind="complaint", summary="噪音", place="楼上", occurred_at=noon, demand="停工", household="5-1-1202"
    )
    made.do(number, "assign", "li", to=["engineering"])
    made.do(number, "extend", "zhao", until="7wd", informed=True, reason=text)
    app = made.app(tmp_path)
    async with app.run_test(size=(width, 24)) as pilot:
        app.open_case(number)
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        for _ in range(4):
            assert {cell_len(each) for each in screen_lines(app)} == {width}
            await pilot.press("pagedown")
            await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        refusal = made.desk.do(number, "note", "tang", text=text)
        app.refuse(refusal)  # type: ignore[arg-type]
        await pilot.pause()
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, WhyDialog)
        assert {cell_len(each) for each in screen_lines(app)} == {width}
