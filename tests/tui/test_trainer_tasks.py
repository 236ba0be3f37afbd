"""The trainer's page, performed: one is made from nothing, a slip is mended, it is tried out and saved."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from qiantai_tui.screens.rehearsal import RehearsalScreen
from qiantai_tui.writing import screen
from qiantai_tui.writing.screen import WritingScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.operator_tasks import DOCS, Performer, keys_named
from tests.tui.waiting import gathered, until
from tests.tui.writing_driver import leak, writing

PAGE = (DOCS / "trainer.zh-CN.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("## 十分钟做一个")[2].partition("\n## ")[0]


def hands(desk: Driver) -> Performer:
    """Whose keys are remembered."""
    return Performer(desk.app, desk.pilot, desk.clock)


async def settled(desk: Driver) -> WritingScreen:
    """The writing, once what is written now has been checked."""
    writing = desk.app.screen
    assert isinstance(writing, WritingScreen)
    await desk.pilot.pause()
    await until(desk.pilot, lambda: writing.checked_text == writing.work.text)
    desk.app.clear_notifications()
    await gathered(desk.pilot)
    return writing


async def test_the_ten_minutes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "_LOOK_AFTER", 0.01)
    file = tmp_path / "rehearsals" / "my-repair.toml"
    async with at_the_desk("gu", folder=tmp_path) as desk:
        first = hands(desk)
        await first.press("f17")
        await gathered(desk.pilot)
        await first.press("n", "1")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        writing = await settled(desk)
        first.sees("都好了", "示范 100 分")
        await first.press(*["down"] * 4, "enter")
        await first.press("tab", "tab", "tab", "tab", "home", "ctrl+k")
        await first.type("水从灯里滴下来了!")
        await first.press("f10")
        await settled(desk)
        first.sees("“水从灯里滴下来了!”")
        await first.press("a", "2", "f10")
        await first.type("备注")
        await first.press("enter", "tab")
        await first.type("总阀已关")
        await first.press("f10")
        await settled(desk)
        first.sees("李静 备注:总阀已关")
        await first.press("delete", "ctrl+z")
        await first.press("home", *["down"] * 7, "enter", "home", "ctrl+k")
        await first.type("30")
        await first.press("f10")
        await settled(desk)
        first.sees("加分的合起来是 90")
        await first.press("f4", "enter", "home", "ctrl+k")
        await first.type("40")
        await first.press("f10")
        await settled(desk)
        first.sees("都好了")
        await first.press("f5")
        assert desk.app.to_rehearse is not None
        assert desk.app.to_rehearse.title.zh == "厨房漏水"
    async with at_the_desk("gu", folder=tmp_path) as desk:
        then = hands(desk)
        desk.app.write_on(file)
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        writing = await settled(desk)
        assert "总阀已关" in writing.work.text
        await then.press("f10", "escape")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, RehearsalScreen))
        await gathered(desk.pilot)
        await until(desk.pilot, lambda: "本小区" in desk.screen)
    assert tomllib.loads(file.read_text(encoding="utf-8"))["step"][0]["says"] == "水从灯里滴下来了!"
    pressed = iter([*first.pressed, *then.pressed])
    named = keys_named(re.findall(r"^\d+\. (.+)$", SECTION, re.MULTILINE))
    assert [each for each in named if each not in pressed] == []
    assert {"f17", "n", "enter", "f10", "a", "ctrl+z", "f4", "f5", "escape"} <= set(named)


async def test_the_screen_on_the_page_is_the_one_that_is_seen(tmp_path: Path) -> None:
    (shown,) = re.findall(r"<!-- a screen -->\n```\n(.*?)```", SECTION, re.DOTALL)
    async with writing(leak(tmp_path, "my-repair"), size=(80, 24)) as trainer:
        assert shown.splitlines() == [each.rstrip() for each in trainer.screen.splitlines()][: len(shown.splitlines())]
