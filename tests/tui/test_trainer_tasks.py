"""The trainer's page, performed: one is made from nothing, a slip is mended, it is tried out and saved."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from qiantai.words import Bilingual
from qiantai_tui.screens.rehearsal import RehearsalScreen
from qiantai_tui.text.words import Language
from qiantai_tui.writing import screen
from qiantai_tui.writing.screen import WritingScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.operator_tasks import DOCS, Performer, keys_named
from tests.tui.waiting import gathered, until
from tests.tui.writing_driver import leak, writing

PAGES: dict[Language, tuple[str, str]] = {
    "zh": ("trainer.zh-CN.md", "## 十分钟做一个"),
    "en": ("trainer.en.md", "## One in ten minutes"),
}
SEEN = Bilingual("都好了", "All is well"), Bilingual("示范 100 分", "The model scores 100")
LAMP = Bilingual("水从灯里滴下来了!", "Water drips from the lamp!")
NOTE, SHUT = Bilingual("备注", "Add a note"), Bilingual("总阀已关", "The tap is off")
NOTED = Bilingual("李静 备注:总阀已关", "Li Jing: Add a note: The tap is off")
SLIP = Bilingual("加分的合起来是 90", "what can be earned adds up to 90")
TITLE, OURS = Bilingual("厨房漏水", "Water in the kitchen"), Bilingual("本小区", "own")


def section(language: Language) -> str:
    """The part of the page on making one."""
    name, heading = PAGES[language]
    return (DOCS / name).read_text(encoding="utf-8").partition(heading)[2].partition("\n## ")[0]


def hands(desk: Driver) -> Performer:
    """Whose keys are remembered."""
    return Performer(desk.app, desk.pilot, desk.clock)


def listed(desk: Driver, *words: str) -> bool:
    """Whether a line of the screen has all these words."""
    return any(all(each in line for each in words) for line in desk.screen.splitlines())


async def settled(desk: Driver) -> WritingScreen:
    """The writing, once what is written now has been checked."""
    writing = desk.app.screen
    assert isinstance(writing, WritingScreen)
    await desk.pilot.pause()
    await until(desk.pilot, lambda: writing.checked_text == writing.work.text)
    desk.app.clear_notifications()
    await gathered(desk.pilot)
    return writing


@pytest.mark.parametrize("language", PAGES)
async def test_the_ten_minutes(language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_LOOK_AFTER", 0.01)
    file = tmp_path / "rehearsals" / "my-repair.toml"
    async with at_the_desk("gu", folder=tmp_path, language=language) as desk:
        first = hands(desk)
        await first.press("f17")
        await gathered(desk.pilot)
        await first.press("n", "1")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        writing = await settled(desk)
        first.sees(*(each[language] for each in SEEN))
        await first.press(*["down"] * 4, "enter")
        await first.press("tab", "tab", "tab", "tab", "home", "ctrl+k")
        await first.type(LAMP[language])
        await first.press("f10")
        await settled(desk)
        first.sees(f"“{LAMP[language]}”")
        await first.press("a", "2", "f10")
        await first.type(NOTE[language])
        await first.press("enter", "tab")
        await first.type(SHUT[language])
        await first.press("f10")
        await settled(desk)
        first.sees(NOTED[language])
        await first.press("delete", "ctrl+z")
        await first.press("home", *["down"] * 7, "enter", "home", "ctrl+k")
        await first.type("30")
        await first.press("f10")
        await settled(desk)
        first.sees(SLIP[language])
        await first.press("f4", "enter", "home", "ctrl+k")
        await first.type("40")
        await first.press("f10")
        await settled(desk)
        first.sees(SEEN[0][language])
        await first.press("f5")
        assert desk.app.to_rehearse is not None
        assert desk.app.to_rehearse.title[language] == TITLE[language]
    async with at_the_desk("gu", folder=tmp_path, language=language) as desk:
        then = hands(desk)
        desk.app.write_on(file)
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        writing = await settled(desk)
        assert SHUT[language] in writing.work.text
        await then.press("f10", "escape")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, RehearsalScreen))
        await gathered(desk.pilot)
        await until(desk.pilot, lambda: listed(desk, TITLE[language], OURS[language]))
    assert tomllib.loads(file.read_text(encoding="utf-8"))["step"][0]["says"] == LAMP[language]
    pressed = iter([*first.pressed, *then.pressed])
    named = keys_named(re.findall(r"^\d+\. (.+(?:\n {3}.+)*)", section(language), re.MULTILINE))
    assert [each for each in named if each not in pressed] == []
    assert {"f17", "n", "enter", "f10", "a", "ctrl+z", "f4", "f5", "escape"} <= set(named)


@pytest.mark.parametrize("language", PAGES)
async def test_the_screen_on_the_page_is_the_one_that_is_seen(language: Language, tmp_path: Path) -> None:
    (shown,) = re.findall(r"<!-- a screen -->\n```\n(.*?)```", section(language), re.DOTALL)
    async with writing(leak(tmp_path, "my-repair", language), size=(80, 24), language=language) as trainer:
        assert shown.splitlines() == [each.rstrip() for each in trainer.screen.splitlines()][: len(shown.splitlines())]
