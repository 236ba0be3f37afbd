"""The training room is apart: nothing of it reaches the site, and its frame stands on every screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai import Case
from qiantai.refusals import Refusal
from qiantai_tui.preferences import Preferences, Taken
from qiantai_tui.room.controls import Controls
from qiantai_tui.serving.handing import hand_over
from qiantai_tui.text.words import Language
from tests.tui.every_screen import walk
from tests.tui.room_driver import TAP, in_the_room, named, take_the_call
from tests.tui.screens_text import screen_text
from tests.tui.stages import stage
from tests.tui.test_site import plugged


async def test_no_plugin_hears_of_what_is_done_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def after(case: object) -> None:
        heard.append(str(case))

    plugged(monkeypatch, qiantai_after_events=after)
    async with in_the_room(named(TAP)) as trainee:
        assert trainee.app.site.plugins.after_events((), Case) == ()  # type: ignore[arg-type]
        assert len(heard) == 1, "it is there, and would hear"
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        await trainee.press("f5", "enter", "f10")
        assert len(trainee.room.play.deeds) == 2
        assert len(heard) == 1


async def test_what_is_written_in_it_is_not_handed_to_a_browser(tmp_path: Path, handed: list[Path]) -> None:
    async with in_the_room(named(TAP)) as trainee:
        hand_over(trainee.app, trainee.app.site.folder / "exports" / "copy.html")
        assert handed == []
        await trainee.pilot.pause()
        assert "演练里写的" in trainee.screen
        hand_over(trainee.app, tmp_path / "debrief.html")
        assert handed == [tmp_path / "debrief.html"]


async def test_there_is_no_rehearsal_within_a_rehearsal() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await trainee.press("escape", "5")
        assert isinstance(trainee.app.screen, Controls)
        await trainee.press("escape")
        trainee.app.rehearse(named(TAP))
        await trainee.pilot.pause()
        assert trainee.app.to_rehearse is None
        assert isinstance(trainee.app.screen, Controls)


async def test_colours_that_are_tried_in_a_rehearsal_are_not_kept(tmp_path: Path) -> None:
    settings = tmp_path / "settings.toml"
    settings.write_text("", encoding="utf-8")
    async with in_the_room(named(TAP)) as trainee:
        trainee.app.settle(Taken(Preferences(), settings, None))
        before = trainee.app.theme
        await trainee.press("shift+f2")
        await trainee.press("down", "enter")
        assert trainee.app.theme != before
    assert settings.read_text(encoding="utf-8") == ""
    assert [each.name for each in tmp_path.iterdir()] == ["settings.toml"]


async def test_nobody_else_acts_and_nothing_is_erased_or_changed_in_the_roll() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        number = next(iter(trainee.room.play.aliases))
        refused = trainee.app.desk.do(number, "note", "sun", text="我来")
        assert isinstance(refused, Refusal)
        assert refused.rule == "not_ones_part"
        await trainee.press("f12")
        assert "演练怎么走" in trainee.screen
        for write in (
            trainee.app.desk.store.append,
            trainee.app.desk.store.erase,
            trainee.app.desk.store.keep_households,
        ):
            with pytest.raises(Exception, match="not in a rehearsal"):
                write([])


async def test_the_frame_is_on_every_screen() -> None:
    async with stage("room", size=(80, 24)) as desk:
        async for stop in walk(desk, "room"):
            assert "演练 · 不是真事" in screen_text(desk.app), stop.name
            assert desk.app.title == "演练"


async def test_the_frame_stands_once_around_a_question_too() -> None:
    async with in_the_room(named(TAP), size=(80, 24), begun=False) as trainee:
        assert trainee.screen.count("演练 · 不是真事") == 1
        await trainee.press("enter")
        await trainee.wait(4)
        await trainee.press("f2")
        await trainee.type("2-1-301 水龙头滴水")
        await trainee.press("enter")
        lines = trainee.screen.splitlines()
        assert trainee.screen.count("演练 · 不是真事") == 1
        assert "演练 · 不是真事" in lines[0]
        assert "滴滴答答" in lines[-1], "what was said stays to be read under the form"


@pytest.mark.parametrize(("language", "told"), [("zh", "不办交接班"), ("en", "Nobody takes over")])
async def test_no_shift_is_handed_over_and_the_trainee_stays_at_the_desk(language: Language, told: str) -> None:
    async with in_the_room(named(TAP), language=language) as trainee:
        here, screen = trainee.app.person, trainee.app.screen
        await trainee.press("f24")
        assert told in trainee.screen
        await trainee.press("l")
        assert (trainee.app.person, trainee.app.screen) == (here, screen)
