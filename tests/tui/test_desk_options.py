"""Choices side by side: walked along, taken by figures and clicks, several or one."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from typing import Any

from textual.app import ComposeResult

from qiantai.words import Bilingual
from qiantai_tui.program.base import BaseApp
from qiantai_tui.widgets.options import Option, Options
from tests.tui.desk_driver import MONDAY
from tests.tui.screens_text import screen_lines

NAMES = ("来电", "来访", "微信")


class Choices(BaseApp):
    def __init__(self, **given: Any) -> None:
        super().__init__(clock=lambda: MONDAY, reports=Path(gettempdir()))
        self._given = given
        self.told: list[tuple[str, ...]] = []

    def compose(self) -> ComposeResult:
        yield Options([Option(name, name) for name in NAMES], **self._given)

    def on_options_changed(self, event: Options.Changed) -> None:
        self.told.append(event.options.taken)


async def test_nothing_is_taken_until_a_key_takes_it() -> None:
    app = Choices()
    async with app.run_test(size=(40, 4)) as pilot:
        options = app.query_one(Options)
        options.focus()
        assert options.value == ""
        await pilot.press("right")
        assert options.value == "来电"
        await pilot.press("right", "right")
        assert options.value == "微信"
        await pilot.press("right")
        assert options.value == "来电", "it goes round"
        await pilot.press("2")
        assert options.value == "来访"
        await pilot.press("9")
        assert options.value == "来访"
        assert app.told[-1] == ("来访",)


async def test_the_last_is_taken_first_by_going_left() -> None:
    app = Choices()
    async with app.run_test(size=(40, 4)) as pilot:
        app.query_one(Options).focus()
        await pilot.press("left")
        assert app.query_one(Options).value == "微信"


async def test_several_are_ticked_and_left_one_by_one() -> None:
    app = Choices(several=True, taken=["来访"])
    async with app.run_test(size=(40, 4)) as pilot:
        options = app.query_one(Options)
        options.focus()
        await pilot.press("right", "space")
        assert list(options.taken) == ["来访", "微信"]
        await pilot.press("2")
        assert list(options.taken) == ["微信"]
        assert "✓ 微信" in screen_lines(app)[0].replace("\xa0", " ")


async def test_a_click_takes_what_stands_there_on_whatever_line() -> None:
    app = Choices()
    async with app.run_test(size=(12, 6)) as pilot:
        options = app.query_one(Options)
        assert options.size.height > 1
        for line, name in enumerate(NAMES):
            place = next(at for at, text in enumerate(screen_lines(app)) if name in text)
            await pilot.click(Options, offset=(2, place))
            assert options.value == name, line


async def test_other_choices_keep_what_is_still_there() -> None:
    app = Choices(taken=["来访"])
    async with app.run_test(size=(40, 4)) as pilot:
        options = app.query_one(Options)
        options.offer([Option("来访", Bilingual("来访", "In person")), Option("x", "[/] $x")])
        await pilot.pause()
        assert options.value == "来访"
        assert "[/] $x" in screen_lines(app)[0].replace("\xa0", " ")
        options.offer([])
        await pilot.press("right", "1", "space")
        assert options.value == ""


def test_what_is_no_choice_is_not_taken() -> None:
    options = Options([Option(name, name) for name in NAMES], taken=("传真", "微信"))
    assert (options.taken, options.here) == (("微信",), 2)
