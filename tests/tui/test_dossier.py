"""A household's dossier: its parts, the look on record, and whom it stays shut to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest

from qiantai import Case, Look, MemoryStore, Unwritable
from qiantai.store import Damaged
from qiantai.testing.happenings import NINE, closed, received
from qiantai.words import Bilingual
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.household import PIECE
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import Clock, at_the_desk
from tests.tui.estate import Estate, morning, untranslated_here
from tests.tui.screens_text import screen_text
from tests.tui.waiting import until

LEAK, IDEA, HOME = "BX-20261122-001", "JY-20261122-001", "1-2-301"
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_dossier(language: Language, noon: datetime, tmp_path: Path) -> None:
    made = filed(morning(noon))
    app = made.app(tmp_path, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_household("1-2-301")
        await pilot.pause()
        shown = screen_text(app)
        assert "王*" in shown
        assert "13800001234" not in shown
        assert "王敏" not in shown
        assert not untranslated_here(shown, language)


def filed(made: Estate) -> Estate:
    """A repair done, called back on and filed besides."""
    lamp = made.receive(kind="repair", household="1-2-301", summary="灯不亮")
    made.do(lamp, "dispatch", "li", after=2, to=["engineering"])
    made.do(lamp, "arrive", "sun", after=10)
    made.do(lamp, "complete", "sun", after=20, result="已换灯管")
    made.do(lamp, "call_back", "li", after=30, satisfied=True, channel="phone", quality_ok=True)
    assert not made.desk.case(lamp).open
    return made


async def test_a_dossier_is_read_once_when_it_is_opened_and_once_when_it_is_come_back_to(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filed(morning(noon))
    app = made.app(tmp_path)
    read: list[str] = []
    in_store = MemoryStore.closed_cases

    def counted(store: MemoryStore, household: str = "", words: str = "") -> Iterator[Case]:
        read.append(household)
        yield from in_store(store, household, words)

    monkeypatch.setattr(MemoryStore, "closed_cases", counted)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_household("1-2-301")
        await pilot.pause()
        assert read == ["1-2-301"]
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert read == ["1-2-301", "1-2-301"]


async def test_opening_a_dossier_is_on_record(noon: datetime, tmp_path: Path) -> None:
    made = filed(morning(noon))
    app = made.app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_household("1-2-301")
        await pilot.pause()
        assert list(made.desk.store.looks()) == [Look(made.clock.at, "li", "dossier", "1-2-301")]
        app.carry_out(IDEA, "note", text="已看现场")
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert len(made.desk.store.looks()) == 1
        app.be("lin")
        await pilot.pause()
        assert [each.by for each in made.desk.store.looks()] == ["li", "lin"]


@pytest.mark.parametrize("person", ["sun", "zhou", "tang"])
async def test_a_dossier_stays_shut_to_others(person: str, noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person=person)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_household("1-2-301")
        await pilot.pause()
        shown = screen_text(app)
        assert "M-3.4c" in shown
        assert "客服前台" in shown
        assert LEAK not in shown
        assert "138****1234" not in shown
        assert made.desk.store.looks() == []


async def test_without_a_record_it_stays_shut(noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: MemoryStore, __: Look) -> None:
        raise Unwritable(Bilingual("磁盘已满", "the disk is full"))

    monkeypatch.setattr(MemoryStore, "record", full)
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.open_household("1-2-301")
        await pilot.pause()
        shown = screen_text(app)
        assert "磁盘已满" in shown
        assert "138****1234" not in shown
        await pilot.press("escape")
        app.open_case(LEAK)
        await pilot.pause()
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert "13800001234" not in screen_text(app)


OLD = 2 * PIECE + 30


def long_known() -> MemoryStore:
    """A household with many closed cases; `number_of(0)` came last."""
    store = MemoryStore()
    for n in range(OLD):
        at = NINE - timedelta(hours=n)
        store.append([received(number_of(n), at, HOME, summary="灯不亮"), closed(number_of(n), 1, at)])
    return store


def number_of(n: int) -> str:
    return f"BX-{NINE - timedelta(hours=n):%Y%m%d}-{n + 1:03}"


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many cases stood on the page, each time that it was made anew."""
    counts: list[int] = []
    reload = Page.reload

    def noted(page: Page) -> None:
        reload(page)
        if page.id == "dossier" and page._lines:
            counts.append(sum(each.key != "" for each in page._items))

    monkeypatch.setattr(Page, "reload", noted)
    return counts


async def test_of_many_cases_the_latest_are_seen_at_once_and_then_all_of_them(seen: list[int]) -> None:
    async with at_the_desk(store=long_known(), clock=Clock(NINE)) as desk:
        desk.app.open_household(HOME)
        await until(desk.pilot, lambda: OLD in seen)
        assert list(dict.fromkeys(seen)) == [PIECE, OLD]
        assert number_of(0) in screen_text(desk.app)
        await desk.press("end")
        assert number_of(OLD - 1) in screen_text(desk.app)
        assert "正在读" not in screen_text(desk.app)
        assert len(desk.app.desk.store.looks()) == 1


async def test_what_is_come_back_to_stays_whole_while_it_is_read_anew(seen: list[int]) -> None:
    async with at_the_desk(store=long_known(), clock=Clock(NINE)) as desk:
        desk.app.open_household(HOME)
        await until(desk.pilot, lambda: OLD in seen)
        page = desk.app.screen.query_one("#dossier", Page)
        await desk.press("end")
        kept = page.key
        seen.clear()
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape")
        await until(desk.pilot, lambda: bool(seen))
        await desk.pilot.pause()
        assert (set(seen), page.key) == ({OLD}, kept)


async def test_somebody_else_sees_what_is_theirs_from_the_beginning(seen: list[int]) -> None:
    async with at_the_desk(store=long_known(), clock=Clock(NINE)) as desk:
        desk.app.open_household(HOME)
        await until(desk.pilot, lambda: OLD in seen)
        seen.clear()
        desk.app.be("lin")
        await until(desk.pilot, lambda: OLD in seen)
        assert list(dict.fromkeys(seen)) == [PIECE, OLD]
        desk.app.be("sun")
        await desk.pilot.pause()
        assert "M-3.4c" in screen_text(desk.app)
        assert number_of(0) not in screen_text(desk.app)


async def test_where_the_earlier_ones_cannot_be_read_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    given = MemoryStore.closed_cases

    def broken(store: MemoryStore, household: str = "", words: str = "") -> Iterator[Case]:
        yield from islice(given(store, household, words), PIECE + 5)
        raise Damaged(Bilingual("第 7 行损坏", "line 7 is damaged"))

    monkeypatch.setattr(MemoryStore, "closed_cases", broken)
    async with at_the_desk(store=long_known(), clock=Clock(NINE)) as desk:
        desk.app.open_household(HOME)
        await desk.pilot.pause()
        await desk.press("end")
        await until(desk.pilot, lambda: "第 7 行损坏" in screen_text(desk.app))
        assert number_of(PIECE - 1) in screen_text(desk.app)
