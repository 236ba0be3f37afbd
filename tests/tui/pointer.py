"""The mouse over a screen as a terminal sends it, and what is wrong with what a screen makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from textual.content import Content
from textual.events import MouseDown, MouseEvent, MouseScrollDown, MouseUp
from textual.geometry import Offset, Region
from textual.widget import Widget
from textual.widgets import Input, Select, Static, TextArea

from qiantai_tui.dialogs.jump import JumpScreen, Mark
from qiantai_tui.text.clicked import _KEY
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.keys_line import KeysLine
from qiantai_tui.widgets.line_table import LineTable
from qiantai_tui.widgets.options import Options
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import Driver
from tests.tui.screens_text import screen_strips

LEFT, MIDDLE, RIGHT = 1, 2, 3
OUTSIDE = Offset(0, 0)
"""No dialog of the program reaches there."""


async def sent(desk: Driver, kind: type[MouseEvent], place: Offset, button: int = LEFT) -> None:
    """One event, as a driver hands it to the program."""
    x, y = place
    await desk.app.on_event(kind(None, x, y, 0, 0, button, False, False, False, x, y))


async def press(desk: Driver, place: Offset, button: int = LEFT, *, times: int = 1) -> None:
    """A button pressed and let go, once or several times in a row."""
    for _ in range(times):
        await sent(desk, MouseDown, place, button)
        await sent(desk, MouseUp, place, button)


async def click(desk: Driver, place: Offset, button: int = LEFT, *, times: int = 1) -> None:
    """The same, and what comes of it."""
    await press(desk, place, button, times=times)
    await desk.pilot.pause()


async def drag(desk: Driver, begins: Offset, ends: Offset) -> None:
    """The left button pressed in one place and let go in another."""
    await sent(desk, MouseDown, begins)
    await sent(desk, MouseUp, ends)
    await desk.pilot.pause()


def apart(desk: Driver) -> None:
    """What is clicked next is no second click of what was clicked last."""
    desk.app._click_chain_last_time = None
    desk.app._clicked = Offset(-1, -1), 0.0, None


@contextmanager
def told_only(desk: Driver) -> Iterator[list[str]]:
    """Meanwhile what would be done is told, and not done."""
    told: list[str] = []

    async def run(action: Any, *_: Any, **__: Any) -> bool:
        told.append(action if isinstance(action, str) else str(action))
        return True

    def chosen(widget: LineTable | Page) -> None:
        told.append(f"choose {widget.key}")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.app, "run_action", run)
        patch.setattr(LineTable, "action_choose", chosen)
        patch.setattr(Page, "action_choose", chosen)
        patch.setattr(Options, "_decide", lambda _, place: told.append(f"decide {place}"))
        patch.setattr(JumpScreen, "_choose", lambda _, key: told.append(f"jump {key}"))
        yield told


def in_sight(desk: Driver, kind: type[Widget]) -> Iterator[tuple[Any, Region]]:
    """The widgets of a kind that can be clicked, and where."""
    for widget, (region, clip) in desk.app.screen._compositor.visible_widgets.items():
        shown = region.intersection(clip)
        if isinstance(widget, kind) and shown.area:
            yield widget, shown


Target = tuple[str, Offset, str]
"""What is clicked, where, and what is to come of it."""


def targets(desk: Driver) -> Iterator[Target]:
    """Everything on the screen that looks as if it could be clicked."""
    yield from _footers(desk)
    for mark, region in in_sight(desk, Mark):
        yield f"mark {mark.key}", region.offset, f"jump {mark.key}"
    for options, region in in_sight(desk, Options):
        inside = options.content_region
        for place, (line, at, _) in enumerate(options._placed(max(1, inside.width))):
            where = Offset(inside.x + at, inside.y + line)
            if region.contains_point(where):
                yield f"option {place} of {options.id}", where, f"decide {place}"
    for y, strip in enumerate(screen_strips(desk.app)):
        x = 0
        for segment in strip:
            action = segment.style.meta.get("@click") if segment.style else None
            if action:
                yield f"“{segment.text}”", Offset(x, y), str(action)
            x += segment.cell_length


def _footers(desk: Driver) -> Iterator[Target]:
    for bar, region in in_sight(desk, KeyBar):
        for at, action, key, _ in bar._entries():
            yield f"footer {key}", Offset(region.x + at, region.y), action.action
    for line, region in in_sight(desk, KeysLine):
        actions = {each.id: each for each in _owned(desk)}
        for foot in line.feet:
            if foot.action:
                yield f"foot {foot.key}", Offset(region.x + line.place(foot)[0], region.y), actions[foot.action].action


def _owned(desk: Driver) -> list[Any]:
    from qiantai_tui.actions import at_hand

    return [action for _, action in at_hand(desk.app.screen)]


async def pointed_at(desk: Driver, found: Sequence[Target]) -> list[str]:
    """What is wrong with what the screen makes of the mouse, its `targets` being these; it stands as it did."""
    screen, focus = desk.app.screen, desk.app.screen.focused
    wrong = [*_unhinted(desk)]
    with told_only(desk) as told:
        for _, place, _ in found:
            await press(desk, place, times=2)
        await desk.pilot.pause()
        if sorted(told) != sorted(each for _, _, each in found):
            wrong += [each for one in found if (each := await _not_once(desk, told, one))]
        wrong += await _other_buttons(desk, told, [place for _, place, _ in found])
        wrong += await _lists(desk, told)
        told.clear()
        if screen.is_modal and not _closes_outside(desk):
            await click(desk, OUTSIDE)
            if told or desk.app.screen is not screen:
                wrong.append(f"a click outside does {told}")
    wrong += await _fields(desk)
    wrong += await _wheel(desk)
    if desk.app.screen is screen:
        screen.set_focus(focus)
        await desk.pilot.pause()
    else:
        wrong.append(f"the mouse has led to {desk.app.screen}")
    return wrong


def _closes_outside(desk: Driver) -> bool:
    """The palette alone goes away by a click beside it, as Esc has it do."""
    from qiantai_tui.actions.palette import Palette

    return isinstance(desk.app.screen, Palette)


async def _not_once(desk: Driver, told: list[str], target: Target) -> str:
    """What is wrong with this one alone."""
    name, place, wanted = target
    told.clear()
    apart(desk)
    await click(desk, place, times=2)
    return "" if told == [wanted] else f"{name} clicked twice does {told} and not {wanted} once"


async def _other_buttons(desk: Driver, told: list[str], places: Sequence[Offset]) -> list[str]:
    """None of them does anything, nor does a drag from one place to another."""
    wrong: list[str] = []
    told.clear()
    for place in places:
        for button in (MIDDLE, RIGHT):
            await press(desk, place, button)
    await desk.pilot.pause()
    if told:
        wrong.append(f"other buttons do {told}")
    told.clear()
    if len(places) > 1:
        await drag(desk, places[0], places[1])
        apart(desk)
    if told:
        wrong.append(f"a drag does {told}")
    return wrong


async def _lists(desk: Driver, told: list[str]) -> list[str]:
    """A row that is clicked has the cursor, and clicked twice it is chosen once; on the one at hand once will do."""
    wrong: list[str] = []
    for table, region in in_sight(desk, LineTable):
        inside = table.content_region
        top = table.scroll_offset.y
        for line in range(min(2, table.row_count - top, inside.intersection(region).height - 1)):
            place = Offset(inside.x + 1, inside.y + 1 + line)
            wrong += await _row(desk, told, place, partial(_at, table, top + line))
    for page, region in in_sight(desk, Page):
        inside = page.content_region.intersection(region)
        shown = page._lines[page.scroll_offset.y :][: inside.height]
        firsts = {item: line for line, (_, item) in reversed([*enumerate(shown)]) if page._items[item].key}
        for item, line in [*reversed(firsts.items())][:2]:
            place = inside.offset + Offset(0, line)
            wrong += await _row(desk, told, place, partial(_at, page, item))
    return wrong


def _at(list_: LineTable | Page, place: int) -> bool:
    return place == (list_.cursor if isinstance(list_, LineTable) else list_._at)


async def _row(desk: Driver, told: list[str], place: Offset, here: Callable[[], bool]) -> list[str]:
    told.clear()
    apart(desk)
    await click(desk, place, RIGHT)
    before, right = here(), [*told]
    await click(desk, place, times=3)
    if right or not here() or len(told) != 1:
        return [
            f"a row at {place}: the right button does {right}, three clicks {told}, cursor there {here()}, {before}"
        ]
    return []


async def _fields(desk: Driver) -> list[str]:
    """A field that is clicked has the focus; a list opens."""
    wrong: list[str] = []
    for field, region in [*in_sight(desk, Input), *in_sight(desk, TextArea)]:
        if field.focusable and region.height:
            apart(desk)
            await click(desk, region.offset + Offset(region.width // 2, 0))
            if desk.app.screen.focused is not field:
                wrong.append(f"{field} is clicked, and {desk.app.screen.focused} has the focus")
    for choice, region in [*in_sight(desk, Select)]:
        if choice.region != region:
            continue
        apart(desk)
        await click(desk, region.offset + Offset(2, 0), RIGHT)
        opened = choice.expanded
        await click(desk, region.offset + Offset(2, 0))
        if opened or not choice.expanded:
            wrong.append(f"{choice} opens by the right button {opened}, by the left {choice.expanded}")
        choice.expanded = False
        await desk.pilot.pause()
    return wrong


async def _wheel(desk: Driver) -> list[str]:
    """What is longer than its place follows the wheel."""
    wrong: list[str] = []
    for widget, region in [*in_sight(desk, Widget)]:
        if widget is desk.app.screen or not widget.allow_vertical_scroll or widget.max_scroll_y <= 0:
            continue
        before = widget.scroll_offset.y
        widget.scroll_to(y=0, animate=False)
        await desk.pilot.pause()
        await sent(desk, MouseScrollDown, region.offset + Offset(region.width // 2, region.height // 2), 0)
        await desk.pilot.pause()
        if widget.scroll_target_y <= 0:
            wrong.append(f"{widget} does not follow the wheel")
        widget.scroll_to(y=before, animate=False)
    await desk.pilot.pause()
    return wrong


def _unhinted(desk: Driver) -> Iterator[str]:
    """A key that is named in a frame or in a line of its own, and is not there to be clicked."""
    for widget, _ in in_sight(desk, Widget):
        if widget.id == "frame":
            continue  # the title of a dialog may name the key that opened it
        for words in (widget._border_title, widget._border_subtitle):
            if words is not None and _named(words):
                yield f"{_named(words)} in the frame of {widget} is not clicked"
    for line, region in in_sight(desk, Static):
        content = line.content if not isinstance(line, KeysLine) else ""
        named = _named(content) if region.height == 1 and isinstance(content, Content) else []
        if found := {*named} - {"←", "→"}:
            yield f"{found} in {line} is not clicked"


def _named(words: Content) -> list[str]:
    """The keys in it that nothing is behind."""
    alive = [(span.start, span.end) for span in words.spans if "@click" in getattr(span.style, "meta", {})]
    found: list[re.Match[str]] = [*_KEY.finditer(words.plain)]
    return [hit.group() for hit in found if not any(begins <= hit.start() < ends for begins, ends in alive)]


def looks(desk: Driver, found: Sequence[Target]) -> tuple[object, ...]:
    """All that can be clicked on the screen, to tell whether another one offers the same."""
    kinds = (LineTable, Page, Input, TextArea, Select)
    shown = [(type(each).__name__, each.id) for kind in kinds for each, _ in in_sight(desk, kind)]
    return type(desk.app.screen), frozenset(shown), frozenset(wanted for _, _, wanted in found)
