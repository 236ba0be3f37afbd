"""Find: every way of naming a household or a case, both groups, the archive, the dossier, and who may see them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from rich.cells import cell_len

from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.estate import estate, morning
from tests.tui.finder import opened, rested, typed
from tests.tui.hostile import a_few, hostile
from tests.tui.screens_text import screen_lines, screen_text

LEAK, NOISE, IDEA, ASKED = "BX-20261122-001", "TS-20261122-001", "JY-20261122-001", "ZX-20261122-001"


@pytest.mark.parametrize(
    ("key", "words", "left"),
    [
        ("f4", "投诉", [NOISE]),
        ("f4", "问询", [ASKED]),
        ("f5", "在办", [IDEA, NOISE, LEAK]),
        ("f5", "已办结", [ASKED]),
        ("f5", "已到场", [LEAK]),
        ("f6", "2026-11", [IDEA, NOISE, LEAK, ASKED]),
        ("f5", "待回访", []),
    ],
)
async def test_narrowed_to_a_kind_a_state_a_month(
    key: str, words: str, left: list[str], noon: datetime, tmp_path: Path
) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press(key)
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, ChooseDialog)
        place = next(n for n, each in enumerate(dialog._items) if words in each.cells[0])
        dialog.query_one(LineTable).cursor = place
        await pilot.press("enter")
        await rested(pilot)
        screen = app.screen
        assert isinstance(screen, FindScreen)
        tables = (screen.query_one(f"#{each}", LineTable)._rows for each in ("open", "cases"))
        assert [row.key for rows in tables for row in rows.rows(0, 9)] == left
        assert "只看 " in screen_text(app)
        if not left:
            assert "F4 F5 F6 换范围" in screen_text(app)
        await pilot.press("escape")
        await rested(pilot)
        assert "只看 " not in screen_text(app)
        assert isinstance(app.screen, FindScreen)


async def test_enter_opens_what_was_found(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await pilot.press(*"bx-20261122-001", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == LEAK
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("escape")
        await typed(pilot, "oyx")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, DossierScreen)
        assert app.screen.household == "2-1-201"


async def test_arrows_go_from_the_field_through_both_tables(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "1-2-301")
        households, cases = app.screen.query_one("#households", LineTable), app.screen.query_one("#open", LineTable)
        await pilot.press("down")
        assert households.has_focus
        await pilot.press("down")
        assert cases.has_focus
        assert cases.key == IDEA
        await pilot.press("down")
        assert cases.key == LEAK
        await pilot.press("up", "up")
        assert households.has_focus
        await pilot.press("up")
        assert app.screen.query_one("#query", Entry).has_focus
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, DossierScreen)


async def test_a_case_of_the_archive_opens(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "八点")
        assert "办结" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == ASKED


async def test_escape_empties_then_goes_back(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "水")
        await pilot.press("escape")
        await rested(pilot)
        assert "已办结 1" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, FindScreen)


async def test_what_is_not_there_can_be_taken_in(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await typed(pilot, "2-1-201 水表坏")
        await pilot.press("f2")
        await pilot.pause()
        assert app.current_mode == "queue"
        assert "受理登记" in screen_text(app)
        assert "→ 2栋1单元201 欧阳*" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        assert app.screen.line.entry.value == ""


async def test_a_call_begun_before_comes_first(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f2", *"5-1-1202 x")
        app.open_household("2-1-201")
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, QueueScreen)
        assert app.screen.line.entry.value == "5-1-1202 x"


async def test_a_case_for_the_household_shown(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_household("2-1-201")
        await pilot.pause()
        await pilot.press("f2")
        await pilot.pause()
        assert "受理登记" in screen_text(app)
        assert "→ 2栋1单元201 欧阳*" in screen_text(app)


@a_few
@given(text=hostile)
@example(text="[/]")
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_find_or_dossier(text: str, noon: datetime, tmp_path: Path) -> None:
    made = estate(noon, name=text, phone=text, email=text, area=text)
    made.receive(kind="repair", household="1-2-301", summary=text or "x", place=text, name=text, phone=text)
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        for query in (text, "1-2-301"):
            await typed(pilot, query)
            assert {cell_len(each) for each in screen_lines(app)} == {80}
        app.open_household("1-2-301")
        await pilot.pause()
        assert isinstance(app.screen, DossierScreen)
        assert {cell_len(each) for each in screen_lines(app)} == {80}
    assert app.return_code in (0, None)
