"""Find: every way of naming a household or a case, both groups, the archive, the dossier, and who may see them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from rich.cells import cell_len
from textual.pilot import Pilot

from qiantai import Case
from qiantai.directory import Directory
from qiantai_tui import search as search_module
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.screens import find as find_module
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.search import Results, Search, search
from qiantai_tui.text.pinyin import initials
from qiantai_tui.widgets.entry import Entry
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.estate import Estate, estate, morning
from tests.tui.hostile import a_few, hostile
from tests.tui.screens_text import screen_lines, screen_text
from tests.tui.waiting import until

LEAK, NOISE, IDEA, ASKED = "BX-20261122-001", "TS-20261122-001", "JY-20261122-001", "ZX-20261122-001"


def found(made: Estate, query: str, person: str = "li") -> tuple[list[str], list[str]]:
    results = results_of(made, query, person)
    return [each.household.id for each in results.households], [each.number for each in results.cases]


def results_of(made: Estate, query: str, person: str = "li") -> Results:
    handbook = made.desk.handbook
    directory = Directory(handbook.households.values(), initials)
    return search(query, made.desk.seat(person), directory, made.clock.at)


@pytest.mark.parametrize(
    ("query", "households", "cases"),
    [
        ("1#2-301", ["1-2-301"], [IDEA, LEAK]),
        ("5-1202", ["5-1-1202"], [NOISE]),
        ("20261122-002", [], []),
        ("20261122-001", [], [IDEA, NOISE, LEAK, ASKED]),
        ("bx-2026", [], [LEAK]),
        ("1-2-301", ["1-2-301"], [IDEA, LEAK]),
        ("1栋2单元301", ["1-2-301"], [IDEA, LEAK]),
        ("１幢２门３０１", ["1-2-301"], [IDEA, LEAK]),
        ("1234", ["1-2-301"], [IDEA, LEAK]),
        ("wm", ["1-2-301"], [IDEA, LEAK]),
        ("王敏", ["1-2-301"], [IDEA, LEAK]),
        ("oyx", ["2-1-201"], []),
        ("sxl", ["10-1-101"], []),
        ("dxl", ["10-1-101"], []),
        ("zjg", ["4-2-302"], [ASKED]),
        (LEAK, [], [LEAK]),
        ("bx-20261122-001", [], [LEAK]),
        ("水管", [], [LEAK]),
        ("水", [], [LEAK]),
        ("伞", [], [IDEA]),
        ("装修", [], [NOISE, ASKED]),
        ("八点 两点", [], [ASKED]),
        ("zx", [], [ASKED]),
        ("wn", [], []),
        ("4-2-302", ["4-2-302"], [ASKED]),
        ("0755-83215678", ["4-2-302"], [ASKED]),
        ("没有的字", [], []),
    ],
)
def test_what_is_found(query: str, households: list[str], cases: list[str], noon: datetime) -> None:
    assert found(morning(noon), query) == (households, cases)


def test_nothing_asked_gives_the_latest(noon: datetime) -> None:
    assert found(morning(noon), "  ") == ([], [IDEA, NOISE, LEAK, ASKED])


def test_without_the_archive_only_what_is_open(noon: datetime) -> None:
    made = morning(noon)
    directory = Directory(made.desk.handbook.households.values(), initials)
    asked = Search.of("装修", made.desk.seat("li"), directory, noon)
    assert [each.number for each in asked.at_once().cases] == [NOISE]
    assert not asked.at_once().whole
    assert [each.number for each in asked.archive()] == [ASKED]


def test_a_look_around_goes_back_to_yesterday(noon: datetime) -> None:
    made = morning(noon)
    made.clock.on(days=1)
    assert ASKED in found(made, "")[1]
    made.clock.on(days=1)
    assert ASKED not in found(made, "")[1]
    assert LEAK in found(made, "")[1]


def test_each_sees_what_they_may(noon: datetime) -> None:
    made = morning(noon)
    engineer, trainer = results_of(made, "水管", "sun"), results_of(made, "水管", "tang")
    assert engineer.barred
    assert [each.number for each in engineer.cases] == [LEAK]
    assert trainer == Results(barred=True)
    assert results_of(made, "1-2-301", "sun").households == ()


def test_a_common_word_stays_bounded(noon: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_module, "MOST_CASES", 3)
    made = estate(noon)
    for _ in range(5):
        made.receive(kind="repair", household="1-2-301", summary="漏水")
    results = results_of(made, "漏水")
    assert len(results.cases) == 3
    assert results.more


async def rested(pilot: Pilot[int]) -> None:
    await pilot.pause()
    await until(pilot, lambda: isinstance(pilot.app.screen, FindScreen) and not pilot.app.screen.searching)


async def typed(pilot: Pilot[int], text: str) -> None:
    pilot.app.screen.query_one("#query", Entry).load(text)
    await rested(pilot)


async def opened(app: DeskApp, pilot: Pilot[int]) -> None:
    await pilot.press("f3")
    await pilot.pause()
    assert isinstance(app.screen, FindScreen)


async def test_the_archive_is_read_once_typing_rests(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = Search.archive

    def counted(search: Search) -> Iterator[Case]:
        asked.append(search.asked)
        yield from read(search)

    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        monkeypatch.setattr(Search, "archive", counted)
        for letter in "1-2-301":
            app.screen.query_one("#query", Entry).insert_text_at_cursor(letter)
        await rested(pilot)
        assert asked == ["1-2-301"]
        assert "业户 1" in screen_text(app)


async def test_a_key_is_heard_in_the_middle_of_a_long_archive(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_module, "SLICE", 0)
    made = estate(noon)
    for _ in range(30):
        number = made.receive(kind="repair", household="1-2-301", summary="漏水")
        made.do(number, "withdraw", "li", reason="好了")
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        app.screen.query_one("#query", Entry).load("漏水")
        screen = app.screen
        assert isinstance(screen, FindScreen)
        await until(pilot, lambda: len(screen._results.closed) > 0)
        if screen.searching:
            assert len(screen._results.closed) < 30
        await pilot.press("x")
        assert screen.query_one("#query", Entry).value == "漏水x"
        await rested(pilot)
        assert "没有“漏水x”" in screen_text(app)
        await typed(pilot, "漏水")
        assert "已办结 30" in screen_text(app)


@pytest.mark.parametrize(
    ("key", "words", "left"),
    [
        ("f4", "投诉", [NOISE]),
        ("f4", "问询", [ASKED]),
        ("f5", "在办", [IDEA, NOISE, LEAK]),
        ("f5", "已办结", [ASKED]),
        ("f5", "已到场", [LEAK]),
        ("f6", "2026-11", [IDEA, NOISE, LEAK, ASKED]),
        ("f6", "2026-10", []),
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
        assert list(screen._by_number) == left
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
        assert "最近办结的 1" in screen_text(app)
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
