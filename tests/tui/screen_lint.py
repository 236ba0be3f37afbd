"""What is wrong with a screen as it stands, whichever it is: each fault in words, none for a good one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from unicodedata import category

from rich.cells import cell_len
from textual.app import App
from textual.command import CommandPalette
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from qiantai_tui.actions import at_hand, shown_key
from qiantai_tui.dialogs.help import about, focused_about
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.items import cells
from qiantai_tui.widgets.key_bar import MOST, STAYS, KeyBar
from qiantai_tui.widgets.options import Options
from qiantai_tui.widgets.page import Page
from tests.tui.screens_text import screen_strips
from tests.tui.untranslated import untranslated

STILL = ("[@click=app.quit]", "[急修]")
"""What residents may say, and what has to stand on the screen letter by letter."""


OBEYED = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of signs that a terminal obeys, or that cannot be sent to one."""
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Signs that turn a line round."""


def faults(
    app: App[Any], language: Language, said: Collection[str], strips: Sequence[Strip] | None = None
) -> list[str]:
    """Everything that is wrong with what the app shows now; `said` is what nobody translates."""
    strips = screen_strips(app) if strips is None else strips
    return [
        *unsteady(app, strips),
        *_untranslated("\n".join(each.text for each in strips), language, said),
        *_footer(app),
        *_cut(app),
        *_keyboard(app),
    ]


def unsteady(app: App[Any], strips: Sequence[Strip] | None = None) -> list[str]:
    """What words have done to a screen that is to stand still whatever they are."""
    strips = screen_strips(app) if strips is None else strips
    return [*_lines(app, strips), *_alive(strips), *_unsendable(strips)]


def _lines(app: App[Any], strips: Sequence[Strip]) -> Iterator[str]:
    """Each line as wide as the terminal, as the terminal counts."""
    if len(strips) != app.size.height:
        yield f"{len(strips)} lines on a terminal of {app.size.height}"
    for y, strip in enumerate(strips):
        if (wide := cell_len(strip.text)) != app.size.width:
            yield f"line {y} is {wide} cells wide"


def _unsendable(strips: Sequence[Strip]) -> Iterator[str]:
    """What a terminal would obey, or cannot be sent at all."""
    for y, strip in enumerate(strips):
        if found := [each for each in strip.text if category(each) in OBEYED or each in TURNING]:
            yield f"line {y} has {''.join(found)!a}"


def _untranslated(shown: str, language: Language, said: Collection[str]) -> Iterator[str]:
    for each in untranslated(shown, language, data=said):
        if not any(each.strip(",。、:「」…") in words for words in said):
            yield f"untranslated: {each}"


def _footer(app: App[Any]) -> Iterator[str]:
    """At most eight keys at 80 columns, as many as a dialog has room for; the way out and the help always."""
    for bar in app.screen.query(KeyBar):
        shown = {action.id for _, action, _, _ in bar._entries()}
        for _, action in at_hand(app.screen):
            if action.id in STAYS and action.footer and action.key and action.id not in shown:
                yield f"{action.id} is not in the footer"
        if bar._entries() and (ends := _end(bar)) > bar.size.width:
            yield f"the footer needs {ends} cells of {bar.size.width}"
        if not bar._entries() or (app.size.width <= 80 and len(bar._entries()) > MOST):
            yield f"{len(bar._entries())} keys in the footer"
    for line in app.screen.query("#keys").results(Static):
        if (wide := cell_len(str(line.content).rstrip())) > line.size.width:
            yield f"the keys need {wide} cells of {line.size.width}"
        for _, action in at_hand(app.screen):
            if "escape" in action.key.split(",") and shown_key(action.key) not in str(line.content):
                yield f"the keys do not say what leads out: {action.id}"


def _end(bar: KeyBar) -> int:
    at, _, key, name = bar._entries()[-1]
    return at + cell_len(key) + 1 + cell_len(name)


def _cut(app: App[Any]) -> Iterator[str]:
    """What is cut off, and no ellipsis or scroll bar says so."""
    seen = app.screen._compositor.visible_widgets
    for widget, (region, clip) in seen.items():
        if not _scrolls(widget) and not clip.contains_region(region):
            yield f"{_name(widget)} is cut off: {region} in {clip}"
        if lacks := _lacks(widget):
            yield f"{_name(widget)} {lacks}"


def _scrolls(widget: Widget) -> bool:
    """Whether what is not seen of it can be scrolled to."""
    return any(isinstance(each, Widget) and each.allow_vertical_scroll for each in widget.ancestors)


def _lacks(widget: Widget) -> str:
    """What a widget shows in part without saying so."""
    match widget:
        case Page():
            room = widget.scrollable_content_region.width
            longest = max((cells(row) for row, _ in widget._lines), default=0)
            return f"has a line of {longest} cells in {room}" if longest > room else ""
        case Options() | Static() if widget.content_size.width and widget.id != "keys":
            needed = widget.get_content_height(widget.size, widget.app.size, widget.content_size.width)
            had = widget.content_size.height
            return f"needs {needed} lines, has {had}" if needed > had else ""
        case _:
            return ""


def _name(widget: Widget) -> str:
    return f"{type(widget).__name__}#{widget.id or ''}"


def _alive(strips: Sequence[Strip]) -> Iterator[str]:
    """Of what residents say nothing is a button."""
    for segment in (each for strip in strips for each in strip):
        if segment.style and "app.quit" in str(segment.style.meta.get("@click", "")):
            yield f"alive: {segment.text}"


def _keyboard(app: App[Any]) -> Iterator[str]:
    """The focus somewhere, F1 with something to say, and a key for every action of the footer."""
    screen = app.screen
    if screen.focus_chain and screen.focused is None:
        yield "nothing has the focus"
    answered = {*app.active_bindings}
    for _, of in screen._binding_chain:
        answered |= {key for key, each in of if each.priority}
    if "f1" not in answered:
        yield "F1 does not answer"
    if not isinstance(screen, CommandPalette) and about(screen) is None and focused_about(screen) is None:
        yield "F1 has nothing to say"
    for _, action in at_hand(screen):
        if action.footer and action.key and not {*action.key.split(",")} & answered:
            yield f"no key does {action.id}"
