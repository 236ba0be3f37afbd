"""A copy and an erasure read and write beside the screen: how far it is stands there, and Esc ends it undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from attrs import evolve
from textual.pilot import Pilot

from qiantai import Unwritable
from qiantai.words import ERASED, Bilingual
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.erasure_forms import MOST, EraseForm, ExpireForm
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.resident_forms import CopyForm
from qiantai_tui.followed import Followed, GivenUp
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.retention import RetentionScreen
from qiantai_tui.text.words import Language, speak
from qiantai_tui.widgets.how_far import told
from tests.tui.at_the_dossier import HOME, at_the_dossier, roll, terms, type_in
from tests.tui.estate import Estate, morning, untranslated_here
from tests.tui.screens_text import screen_text
from tests.tui.slow_archive import Slow, beside_alone, slow, slowed
from tests.tui.waiting import gathered, until

LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID_WHY = "已搬走"


def slow_site(noon: datetime) -> tuple[Estate, Slow]:
    """A morning, and one three years before that, of which the enquiry has passed its term."""
    made = morning(noon - timedelta(days=3 * 366))
    lamp = made.receive(kind="repair", household="2-1-201", summary="灯不亮")
    made.do(lamp, "withdraw", "li", reason="好了")
    made.clock.at = noon
    made.receive(kind="challenge", household="2-1-201", summary="说好修的没修")
    store = slowed(made.desk.store)  # type: ignore[arg-type]
    return terms(evolve(made, desk=evolve(made.desk, store=store)), enquiry="2y", repair="1y"), store


async def pressed(pilot: Pilot[int], *keys: str) -> None:
    """Keys that wait for nothing that is read."""
    await pilot.press(*keys)
    await pilot.pause()


async def opened(pilot: Pilot[int], app: DeskApp, key: str) -> None:
    """A form of the dossier, which waits for nothing that is read."""
    app.open_household(HOME)
    await pilot.pause()
    await pressed(pilot, key)


async def at_what_expires(pilot: Pilot[int], app: DeskApp) -> None:
    """The form of what has passed its term, its reason written."""
    await at_the_dossier(pilot, app, "t")
    await pressed(pilot, "x")
    assert isinstance(app.screen, ExpireForm), screen_text(app)
    await type_in(pilot, app, "保存期满")


def enquiry(made: Estate) -> str:
    return next(case.number for case in made.desk.store.closed_cases(HOME))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_erasure_is_looked_at_once_it_is_read_and_says_so_until_then(
    language: Language, noon: datetime, tmp_path: Path
) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao", language=language)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.open_household(HOME)
        await pilot.pause()
        store.threads.clear()
        with slow(store):
            await pressed(pilot, "x")
            assert isinstance(app.screen, EraseForm)
            shown = screen_text(app)
            assert {"zh": "正在读", "en": "Reading the cases of"}[language] in shown
            assert {"zh": "Esc 停下", "en": "Esc stops"}[language] in shown
            assert not untranslated_here(shown, language)
            await type_in(pilot, app, SAID_WHY)
            await pressed(pilot, "f10")
            assert {"zh": "读完再按 F10", "en": "F10 once it is read"}[language] in screen_text(app)
        await gathered(pilot)
        shown = screen_text(app)
        assert beside_alone(store)
        assert enquiry(made) in shown
        assert {"zh": "Esc 停下", "en": "Esc stops"}[language] not in shown
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
        assert roll(made)[HOME].name == ""


async def test_left_while_it_is_read_nothing_comes_after_and_nothing_is_on_record(
    noon: datetime, tmp_path: Path
) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(80, 24)) as pilot:
        with slow(store):
            await opened(pilot, app, "x")
            await pressed(pilot, "escape")
            assert isinstance(app.screen, DossierScreen)
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
        assert "已搬走" not in screen_text(app)
    assert [each.what for each in store.looks()] == ["dossier"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_due_is_read_again_given_up_by_esc_and_the_second_try_erases(
    language: Language, noon: datetime, tmp_path: Path
) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao", language=language)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        number = enquiry(made)
        await at_what_expires(pilot, app)
        store.threads.clear()
        with slow(store):
            await pressed(pilot, "f10")
            every = {"zh": "1 / 6 件", "en": "1 of 6"}[language]
            await until(pilot, lambda: every in screen_text(app))
            assert beside_alone(store)
            assert "██░░░" in screen_text(app)
            assert not untranslated_here(screen_text(app).replace("保存期满", ""), language)
            await pressed(pilot, "escape")
            assert isinstance(app.screen, RetentionScreen)
        await gathered(pilot)
        assert made.desk.case(number).text("summary") == "几点可以装修"
        assert [each.what for each in store.looks()] == ["dossier"], "nothing was begun"
        await pressed(pilot, "x")
        await type_in(pilot, app, "保存期满")
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, RetentionScreen)
    assert made.desk.case(number).text("summary") == ERASED
    assert [each.what for each in store.looks()] == ["dossier", "retention"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_being_erased_goes_to_its_end_and_is_not_begun_twice(
    language: Language, noon: datetime, tmp_path: Path
) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao", language=language)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "x")
        form, number = app.screen, enquiry(made)
        assert isinstance(form, EraseForm)
        await type_in(pilot, app, SAID_WHY)
        store.threads.clear()
        written = {"zh": "写完为止", "en": "goes to its end"}[language]
        with slow(store, writes=True):
            await pressed(pilot, "f10")
            await until(pilot, lambda: written in screen_text(app))
            assert beside_alone(store)
            await pressed(pilot, "escape", "f10", "escape")
            assert app.screen is form
            assert {"zh": "写完才能离开", "en": "left once that is done"}[language] in screen_text(app)
            assert made.desk.case(number).text("summary") == "几点可以装修"
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
    assert made.desk.case(number).text("summary") == ERASED
    assert [each.what for each in store.looks()].count("erase") == 1


async def test_what_came_to_be_due_meanwhile_is_shown_before_it_goes(noon: datetime, tmp_path: Path) -> None:
    made, _ = slow_site(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await at_what_expires(pilot, app)
        (challenge,) = (each.number for each in made.desk.store.open_cases() if each.kind == "challenge")
        made.do(challenge, "withdraw", "li", reason="说清楚了")
        (lamp,) = (each.number for each in made.desk.store.closed_cases("2-1-201") if each.kind == "repair")
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, ExpireForm)
        shown = screen_text(app)
        assert f"又有 {lamp} 要抹除" in shown
        assert f"{lamp} 报修" in shown, "it stands there now"
        assert made.desk.case(enquiry(made)).text("summary") == "几点可以装修"
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, RetentionScreen)
    assert {made.desk.case(each).text("summary") for each in (lamp, enquiry(made))} == {ERASED}


async def test_what_cannot_be_read_is_said_and_tried_again(noon: datetime, tmp_path: Path) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.open_household(HOME)
        await pilot.pause()
        store.wrong.append(Unwritable(Bilingual("盘拔掉了", "the disk is gone")))
        await pressed(pilot, "x")
        await gathered(pilot)
        assert "盘拔掉了" in screen_text(app)
        await pressed(pilot, "escape")
        assert isinstance(app.screen, EraseForm)
        store.wrong.clear()
        await type_in(pilot, app, SAID_WHY)
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, EraseForm), "it is seen before it is erased"
        assert enquiry(made) in screen_text(app)
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)


async def test_what_comes_while_another_screen_covers_the_form_is_there_when_it_is_seen(
    noon: datetime, tmp_path: Path
) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36)) as pilot:
        with slow(store):
            await opened(pilot, app, "x")
            await pressed(pilot, "f1")
            assert isinstance(app.screen, HelpDialog)
        await gathered(pilot)
        assert isinstance(app.screen, HelpDialog)
        await pressed(pilot, "escape")
        assert isinstance(app.screen, EraseForm)
        assert enquiry(made) in screen_text(app)


async def test_a_copy_given_up_while_it_is_read_is_none_and_the_next_is_one(noon: datetime, tmp_path: Path) -> None:
    made, store = slow_site(noon)
    app = made.app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_dossier(pilot, app, "c")
        for given_up in (True, False):
            store.threads.clear()
            await type_in(pilot, app, "业主本人")
            with slow(store):
                await pressed(pilot, "enter", "enter")
                assert "正在读" in screen_text(app)
                assert isinstance(app.screen, CopyForm)
                assert beside_alone(store)
                if given_up:
                    await pressed(pilot, "escape")
            await gathered(pilot)
            assert isinstance(app.screen, DossierScreen)
            assert (tmp_path / "copies").exists() is not given_up
            await pressed(pilot, "c")
    assert len(list((tmp_path / "copies").iterdir())) == 1
    assert [each.what for each in store.looks()] == ["dossier", "copy"]


async def test_of_many_the_first_are_named_and_the_others_counted(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon - timedelta(days=3 * 366))
    for n in range(MOST + 4):
        lamp = made.receive(kind="enquiry", household="2-1-201", summary=f"第{n}问")
        made.do(lamp, "withdraw", "li", reason="好了")
    made.clock.at = noon
    app = terms(made, enquiry="2y").app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_what_expires(pilot, app)
        await pilot.press("shift+tab", "end")
        await pilot.pause()
        assert "另有 5 件,没有列出" in screen_text(app)
        await pressed(pilot, "f10")
        await gathered(pilot)
        assert isinstance(app.screen, RetentionScreen)
        assert made.desk.case(lamp).text("summary") == ERASED, "they go all the same"


@pytest.mark.parametrize(("count", "bar"), [(0, "░" * 16), (50, "█" * 8 + "░" * 8), (130, "█" * 16)])
def test_the_bar_is_as_long_as_what_was_read(count: int, bar: str) -> None:
    speak("zh")
    followed = Followed(Bilingual("正在清点", "Counting"))
    followed.begins(100)
    for _ in range(count):
        followed.read()
    assert f"  {bar} {count} / 100 件  " in told(followed)


def test_from_the_moment_it_is_written_it_is_not_given_up() -> None:
    gone = list[bool]()
    followed = Followed(Bilingual("", ""), lambda: bool(gone))
    followed.read()
    followed.writes()
    assert not followed.give_up()
    other = Followed(Bilingual("", ""), lambda: bool(gone))
    assert other.give_up()
    for go_on in (other.read, other.writes, lambda: other.begins(1)):
        with pytest.raises(GivenUp):
            go_on()
    assert not other.written
    gone.append(True)
    with pytest.raises(GivenUp):
        Followed(Bilingual("", ""), lambda: bool(gone)).read()
