"""The themes: what is read can be read in each, and a state is told by a sign and a word."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from rich.style import Style
from textual.geometry import Region
from textual.pilot import Pilot

from qiantai_tui.app import DeskApp
from qiantai_tui.preferences import COLOURS, Colours, Preferences, Taken, read_preferences
from qiantai_tui.theme import ABOUT, LABELS, THEMES
from qiantai_tui.widgets.line_table import TONES, LineTable
from tests.tui.estate import morning
from tests.tui.screens_text import screen_text
from tests.tui.waiting import gathered

AT_LEAST: dict[Colours, float] = {"dark": 4.5, "light": 4.5, "contrast": 7.0}
"""WCAG 2.2: 1.4.3 asks 4.5:1 of text, 1.4.6 asks 7:1."""
LINES = {*map(chr, range(0x2500, 0x25A0))}
"""Borders and scroll bars, which nobody reads."""

Triplet = tuple[int, int, int]


def luminance(colour: Triplet) -> float:
    """The relative luminance of WCAG, 0 for black to 1 for white."""
    parts = (part / 255 for part in colour)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Triplet, other: Triplet) -> float:
    """The contrast of WCAG, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((0x76, 0x76, 0x76), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def pieces(app: DeskApp) -> Iterator[tuple[str, Style]]:
    """The words on the screen with their style: on a dialog's frame alone where there is one, the rest being dimmed."""
    frame = next((each.region for each in app.screen.query("#frame, #--container")), Region(0, 0, *app.size))
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for segment in strip:
            words = segment.text.strip()
            inside = frame.contains_region(Region(x, y, segment.cell_length, 1))
            if inside and words and set(words) - LINES and segment.style is not None:
                yield words, segment.style
            x += segment.cell_length


def pair(style: Style) -> tuple[Triplet, Triplet]:
    """What is read on which ground."""
    assert style.color is not None
    assert style.bgcolor is not None
    front, back = style.color.get_truecolor(), style.bgcolor.get_truecolor()
    if style.dim:
        front = type(front)(*((a + b) // 2 for a, b in zip(front, back, strict=True)))
    return (back, front) if style.reverse else (front, back)


async def everywhere(pilot: Pilot[int], app: DeskApp) -> AsyncIterator[str]:
    """One screen and dialog after another."""

    async def press(*keys: str) -> None:
        await pilot.press(*keys)
        await gathered(pilot)

    await pilot.pause()
    yield "queue"
    for severity in ("information", "warning", "error"):
        app.notify("已存", title="说明", severity=severity)
    await pilot.pause()
    yield "toasts"
    app.clear_notifications()
    for key in ("f4", "f1", "f9", "shift+f2", "f12"):
        await press(key)
        yield key
        await press("escape")
    for key in ("f3", "f7", "shift+f3", "shift+f4", "shift+f5", "shift+f6", "shift+f8", "shift+f12"):
        await press(key)
        yield key
    app.open_case("BX-20261122-001")
    await gathered(pilot)
    yield "case"
    await press("tab", "down", "enter")
    yield "clause"
    await press("escape", "f6")
    yield "refusal or form"
    await press("escape", "ctrl+p")
    yield "palette"


@pytest.mark.parametrize("theme", AT_LEAST)
async def test_all_that_is_read_stands_out(theme: Colours, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    app.settle(Taken(Preferences(theme=theme)))
    seen: dict[tuple[Triplet, Triplet], str] = {}
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        async for where in everywhere(pilot, app):
            for words, style in pieces(app):
                seen.setdefault(pair(style), f"{where}: {words}")
    faint = {
        words: (round(contrast(*each), 2), each) for each, words in seen.items() if contrast(*each) < AT_LEAST[theme]
    }
    assert faint == {}
    assert len(seen) > 12


@pytest.mark.parametrize("theme", AT_LEAST)
async def test_every_tone_of_a_row_stands_out_under_the_cursor_too(
    theme: Colours, noon: datetime, tmp_path: Path
) -> None:
    app = morning(noon).app(tmp_path)
    app.settle(Taken(Preferences(theme=theme)))
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.press("escape")
        await pilot.pause()
        table = app.screen.query_one(LineTable)
        cursor = table.get_component_rich_style("line-table--cursor", partial=True)
        for tone in TONES:
            style = table.get_component_rich_style(f"line-table--{tone}")
            assert contrast(*pair(style)) >= AT_LEAST[theme], tone
            assert contrast(*pair(style + cursor)) >= AT_LEAST[theme], f"{tone} under the cursor"


async def test_the_terminals_own_colours_are_the_only_ones_in_its_theme(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    app.settle(Taken(Preferences(theme="terminal")))
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        reversed_rows = 0
        async for where in everywhere(pilot, app):
            for words, style in pieces(app):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_system_defined, f"{where}: {words}"
                reversed_rows += bool(style.reverse)
                front, back = style.color, style.bgcolor
                assert front is None or front.is_default or front != back, f"{where}: {words}"
        assert reversed_rows > 3


def test_every_theme_has_its_names() -> None:
    assert tuple(THEMES) == COLOURS == tuple(LABELS) == tuple(ABOUT)


async def test_colours_are_chosen_by_a_key_and_kept(noon: datetime, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    app = morning(noon).app(tmp_path)
    app.settle(Taken(file=file))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("shift+f2")
        await gathered(pilot)
        await pilot.press("3")
        await gathered(pilot)
        assert app.theme == THEMES["contrast"].name
    assert read_preferences(file).theme == "contrast"


async def test_colours_that_cannot_be_kept_hold_for_this_time(noon: datetime, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("theme = 3\n", encoding="utf-8")
    app = morning(noon).app(tmp_path)
    app.settle(Taken(file=file))
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await pilot.press("shift+f2")
        await gathered(pilot)
        await pilot.press("2")
        await gathered(pilot)
        assert app.theme == THEMES["light"].name
        assert "只这一次" in screen_text(app)
    assert file.read_text(encoding="utf-8") == "theme = 3\n"
