"""What has passed its term, on a screen: who sees it, how it is judged anew, and what goes by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qiantai import Residents
from qiantai.retention import Judged
from qiantai.words import ERASED
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.erasure_forms import ExpireForm
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.screens.retention import RetentionScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.at_the_dossier import HOME, at_the_dossier, terms, type_in
from tests.tui.estate import STAFF, Estate, morning, untranslated_here
from tests.tui.screens_text import screen_text
from tests.tui.waiting import gathered, until

LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_terms_on_a_screen(language: Language, noon: datetime, tmp_path: Path) -> None:
    made = terms(an_old_site(noon), enquiry="2y", repair="1y")
    app = made.app(tmp_path, person="zhao", language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_dossier(pilot, app, "t")
        await counted(pilot, app)
        assert not untranslated_here(screen_text(app), language)
        await pilot.press("x")
        await gathered(pilot)
        assert isinstance(app.screen, ExpireForm)
        assert not untranslated_here(screen_text(app), language)


async def counted(pilot: Pilot[int], app: DeskApp) -> None:
    screen = app.screen
    assert isinstance(screen, RetentionScreen)
    await until(pilot, lambda: "正在清点" not in screen_text(app) and "Counting" not in screen_text(app))


def an_old_site(noon: datetime) -> Estate:
    """A morning three years ago, and a household that takes issue today."""
    made = morning(noon - timedelta(days=3 * 366))
    lamp = made.receive(kind="repair", household="2-1-201", summary="灯不亮")
    made.do(lamp, "withdraw", "li", reason="好了")
    made.clock.at = noon
    made.receive(kind="challenge", household="2-1-201", summary="说好修的没修")
    return made


async def test_the_terms_stay_where_they_are_read_until_another_case_is_closed(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = terms(an_old_site(noon), enquiry="2y", repair="1y")
    app, count, counts = made.app(tmp_path, person="zhao"), Residents.judged, list[int]()

    def counting(self: Residents) -> tuple[Judged, ...]:
        found = count(self)
        counts.append(len(found))
        return found

    monkeypatch.setattr(Residents, "judged", counting)
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_dossier(pilot, app, "t")
        await counted(pilot, app)
        page = app.screen.query_one("#retention", Page)
        first = page.key
        await pilot.press("down")
        before, key = len(counts), page.key
        assert first != key is not None
        number = made.receive(kind="repair", household="2-1-201", summary="灯不亮")
        app.tell_screens()
        assert page.key == key
        await counted(pilot, app)
        made.do(number, "note", "li", text="再看看")
        app.tell_screens()
        assert "正在清点" not in screen_text(app)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert page.key == key
        assert len(counts) == before + 1, "it is open, and stays so"
        made.do(number, "withdraw", "li", reason="好了")
        app.tell_screens()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert counts[-1] == counts[before - 1] + 1
        assert page.key == key


async def test_what_has_passed_its_term_is_erased_from_the_screen(noon: datetime, tmp_path: Path) -> None:
    made = terms(an_old_site(noon), enquiry="2y", repair="1y")
    old = next(case for case in made.desk.store.closed_cases(HOME))
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "t")
        await counted(pilot, app)
        shown = screen_text(app)
        assert "到期可以抹除的 1 件" in shown
        assert "到期而留下的 1 件" in shown
        assert "还在办" in shown
        await pilot.press("x")
        await gathered(pilot)
        assert isinstance(app.screen, ExpireForm)
        await type_in(pilot, app, "保存期满")
        await pilot.press("f10")
        await gathered(pilot)
        await counted(pilot, app)
        assert "到期可以抹除的 0 件" in screen_text(app)
    assert made.desk.case(old.number).text("summary") == ERASED
    assert [each.what for each in made.desk.store.looks()] == ["dossier", "retention"]


async def test_without_terms_the_screen_says_so_and_names_the_key_back(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_dossier(pilot, app, "t")
        await counted(pilot, app)
        shown = screen_text(app)
        assert "[[retention]]" in shown
        assert "Esc" in shown
        await pilot.press("x")
        await gathered(pilot)
        assert isinstance(app.screen, RefusalDialog), "the supervisor may look, and not erase"


@pytest.mark.parametrize("person", [each.id for each in STAFF if not each.has("supervisor", "cs_head", "admin")])
async def test_the_terms_are_not_for_everybody(person: str, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, person=person)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_retention()
        await pilot.pause()
        shown = screen_text(app)
        assert "不归这个岗位办" in shown
        assert "ZX-20261122-001" not in shown
