"""What is read of the archive is read beside the screen: it says so, and keys work meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.receiver import ReceiverDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.screens.told import ToldScreen
from qiantai_tui.text.words import Language
from tests.tui.agreed_answers import on
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.hand_over_driver import LANGUAGES, drawn_up, stage, two_open
from tests.tui.slow_archive import Slow, beside_alone, slow
from tests.tui.untranslated import untranslated


@pytest.fixture
def store() -> Iterator[Slow]:
    """It lets nothing wait longer than the test."""
    found = Slow()
    found.let_go()
    yield found
    found.let_go()


async def pressed(desk: Driver, *keys: str) -> None:
    """Keys that wait for nothing that is read."""
    await desk.pilot.press(*keys)
    await desk.pilot.pause()


@pytest.mark.parametrize(("language", "says"), [("zh", "正在读这一班"), ("en", "Reading the shift")])
async def test_the_hand_over_says_what_it_reads_and_its_keys_work(
    language: Language, says: str, store: Slow, tmp_path: Path
) -> None:
    async with at_the_desk(folder=tmp_path, store=store, language=language) as desk:
        leak, _ = await two_open(desk)
        with slow(store):
            await pressed(desk, "f24")
            assert says in desk.screen
            assert untranslated(desk.screen, language, data=("阳光花园", "李静")) == []
            await pressed(desk, "f4")
            assert isinstance(desk.app.screen, ReceiverDialog)
            await pressed(desk, "escape", "h")
            assert isinstance(desk.app.screen, ChooseDialog)
            await pressed(desk, "escape")
        await desk.read()
        assert leak in desk.screen
        assert says not in desk.screen
        assert beside_alone(store)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nobody_marks_or_signs_what_is_not_there_yet(language: Language, store: Slow, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, store=store, language=language) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await desk.press("escape")
        with slow(store):
            await pressed(desk, "f24", "f4", "f5", "f6")
            assert isinstance(desk.app.screen, HandOverScreen)
            assert ("读完再标记" if language == "zh" else "mark and sign once") in desk.screen
        await desk.read()
        assert stage(desk) is Stage.DRAWN_UP


async def test_after_a_dialog_it_stays_as_it_was_while_it_is_read_anew(store: Slow, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, store=store) as desk:
        leak, _ = await two_open(desk)
        await desk.press("f24")
        with slow(store):
            await pressed(desk, "f4", "escape")
            assert leak in desk.screen
        await desk.read()
        assert leak in desk.screen


async def test_left_while_it_is_read_nothing_comes_after(store: Slow, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, store=store) as desk:
        await two_open(desk)
        with slow(store):
            await pressed(desk, "f24", "escape")
            assert isinstance(desk.app.screen, QueueScreen)
        await desk.read()
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_signature_is_kept_once_the_shift_is_read_anew_and_nothing_is_begun_before(
    store: Slow, tmp_path: Path
) -> None:
    async with at_the_desk(folder=tmp_path, store=store, clock=Clock()) as desk:
        leak, noise = await two_open(desk)
        await drawn_up(desk)
        desk.give(noise, "withdraw", "li", reason="好了")
        await pressed(desk, "f4")
        await desk.type("lj")
        with slow(store):
            await pressed(desk, "enter")
            assert "随后记下签字" in desk.screen
            await pressed(desk, "escape", "f4", "l", "ctrl+z")
            assert isinstance(desk.app.screen, HandOverScreen), "it is not left, and nothing else begins"
            assert stage(desk) is Stage.DRAWN_UP
        await desk.read()
        kept = desk.app.shifts.book().hand_overs[0]
        assert (kept.stage, kept.signed) == (Stage.SIGNED_OFF, (leak,))
        assert kept.summary is not None
        assert kept.summary.closed == (noise,)
        assert beside_alone(store)


@pytest.mark.parametrize(("language", "told"), [("zh", "再看一遍"), ("en", "read it once more")])
async def test_what_comes_up_while_somebody_signs_is_read_before_it_is_signed(
    language: Language, told: str, store: Slow, tmp_path: Path
) -> None:
    async with at_the_desk(folder=tmp_path, store=store, language=language) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await pressed(desk, "f4")
        assert isinstance(desk.app.screen, SignDialog)
        later = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.type("lj")
        await desk.press("enter")
        assert isinstance(desk.app.screen, RefusalDialog)
        assert (desk.app.screen.refusal.rule, desk.app.screen.refusal.clause_id) == ("unread", "Q-S2b")
        assert later in desk.screen
        assert told in desk.screen
        assert stage(desk) is Stage.DRAWN_UP
        assert {each.offered_to for each in store.open_cases()} == {""}
        await desk.press("escape", "f4")
        await desk.type("lj")
        await desk.press("enter")
        assert later in desk.app.shifts.book().hand_overs[0].signed


@pytest.mark.parametrize(("language", "says"), [("zh", "正在查"), ("en", "Looking through")])
async def test_who_was_told_is_looked_for_beside_the_screen(language: Language, says: str, store: Slow) -> None:
    async with at_the_desk("lin", store=store, language=language) as desk:
        number = desk.receive(kind="challenge", household="1-2-301", summary="充电怎么收费", topic="ev-charging")
        desk.give(number, "answer", "li", text="东门有", script="ev-charging", satisfied=True)
        await on(desk, "ev-charging", 2)
        with slow(store):
            await pressed(desk, "f6")
            assert isinstance(desk.app.screen, ToldScreen)
            assert says in desk.screen
            await pressed(desk, "f6", "f6", "f10")
            assert isinstance(desk.app.screen, ToldScreen), "there is no list yet to export"
        await desk.read()
        assert number in desk.screen
        assert beside_alone(store)


@pytest.mark.parametrize(("language", "says"), [("zh", "正在看哪些主题"), ("en", "Looking for topics")])
async def test_the_answers_stand_there_while_it_is_seen_which_are_wanting(
    language: Language, says: str, store: Slow
) -> None:
    async with at_the_desk("lin", store=store, language=language) as desk:
        for household in ("1-2-301", "2-1-101", "5-1-101"):
            desk.receive(kind="challenge", household=household, summary="电梯几时换", topic="lift-renewal")
        with slow(store):
            await pressed(desk, "3")
            assert says in desk.screen
        await desk.read()
        assert says not in desk.screen
        assert beside_alone(store)


@pytest.mark.parametrize(("language", "says"), [("zh", "正在读这些天"), ("en", "Reading the register")])
async def test_the_register_is_read_for_an_export_and_left_meanwhile(
    language: Language, says: str, store: Slow, tmp_path: Path
) -> None:
    async with at_the_desk(store=store, folder=tmp_path, language=language) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水")
        await desk.press("f7", "ctrl+e")
        await desk.type("月度检查")
        with slow(store):
            await pressed(desk, "enter", "enter")
            assert says in desk.screen
            await pressed(desk, "escape")
            assert isinstance(desk.app.screen, RegisterScreen)
        await desk.read()
        assert isinstance(desk.app.screen, RegisterScreen)
        assert list(tmp_path.rglob("*.csv")) == []
        assert store.looks() == []
        await desk.press("ctrl+e", "enter")
        assert isinstance(desk.app.screen, RegisterScreen), "what was written there is kept, and sent"
        assert len(list(tmp_path.rglob("*.csv"))) == 1
