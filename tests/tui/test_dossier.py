"""A household's dossier: its parts, the look on record, and whom it stays shut to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from qiantai import Case, Look, MemoryStore, Unwritable
from qiantai.words import Bilingual
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.text.words import Language
from tests.tui.estate import Estate, morning, untranslated_here
from tests.tui.screens_text import screen_text

LEAK, IDEA = "BX-20261122-001", "JY-20261122-001"
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
    closed = MemoryStore.closed_cases

    def counted(store: MemoryStore, household: str = "", words: str = "") -> Iterator[Case]:
        read.append(household)
        return closed(store, household, words)

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
