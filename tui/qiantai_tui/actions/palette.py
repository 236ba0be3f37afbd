"""The command palette in the language of the desk: every action with its key, found by words or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from textual.app import ComposeResult, SystemCommand
from textual.binding import Binding
from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.events import Paste
from textual.screen import Screen

from qiantai.words import Bilingual

from ..crash import QuietCrash
from ..text.safe import clean, fit
from ..text.words import say
from ..widgets.entry import half_width, one_line
from . import Action, at_hand, shown_key, shown_keys

ASK = Bilingual("功能名、拼音首字母或按键……", "Name of an action, or a key…")
NOTHING = Bilingual("没有相符的功能,换个词试试,Esc 返回", "Nothing by that name; try another word, or Esc")
IN_A_BOX = Bilingual("这个框里没有;先办完或离开它,Esc 返回", "Not in this box: finish or leave it first; Esc goes back")
SCREEN = Bilingual("画面", "screen")
QUIT_TITLE = Bilingual("要退出吗?", "Do you want to quit?")
QUIT_HELP = Bilingual("按 {key} 退出", "Press {key} to quit")
_NAME_WIDTH = 44


@cache
def _initials(name: str) -> frozenset[str]:
    try:
        from ..text.pinyin import initials
    except ImportError:
        return frozenset()
    return frozenset(initials(name))


def score(action: Action, asked: str) -> float:
    """How well an action answers what was typed, 0 to 1: its name, its other language, its initials, its keys."""
    asked = half_width(asked).strip().lower()
    names = [say(action.label).lower(), action.label.zh.lower(), action.label.en.lower()]
    letters = [each.lower() for each in _initials(action.label.zh)]
    keys = [each.lower() for each in shown_keys(action.key)]
    tries: list[tuple[float, Iterable[bool]]] = [
        (1.0, [asked in keys, *(name == asked for name in names)]),
        (0.9, [name.startswith(asked) for name in names]),
        (0.8, [each.startswith(asked) for each in letters]),
        (0.7, [asked in name for name in names]),
        (0.6, [asked in each for each in letters]),
        (0.3, [_in_order(asked, name) for name in names]),
    ]
    return next((points for points, found in tries if asked and any(found)), 0.0)


def _in_order(asked: str, name: str) -> bool:
    rest = iter(name)
    return all(letter in rest for letter in asked if not letter.isspace())


def _line(action: Action) -> Content:
    """The name and the key; a screen says that it is one, as some are called like what is done there."""
    key = shown_key(action.key) if action.key else ""
    where = f" {say(SCREEN)}" if action.id.startswith("mode_") else ""
    return Content.assemble(fit(say(action.label), _NAME_WIDTH), " ", (f"{key}{where}", "dim"))


class ActionCommands(Provider):
    """Everything that can be done where the palette was called from."""

    def _run(self, node: DOMNode, action: Action) -> Callable[[], Any]:
        async def run() -> None:
            await self.app.run_action(action.action, node)

        return run

    async def discover(self) -> Hits:
        """All actions, in the order of the screens."""
        for node, action in at_hand(self.screen):
            yield DiscoveryHit(_line(action), self._run(node, action), text=say(action.label))

    async def search(self, query: str) -> Hits:
        """The actions that answer the query; where there is none, one line that says so."""
        found = False
        for node, action in at_hand(self.screen):
            if points := score(action, query):
                found = True
                yield Hit(points, _line(action), self._run(node, action), text=say(action.label))
        if not found:
            nothing = IN_A_BOX if self.screen.is_modal else NOTHING
            yield Hit(0.01, Content(say(nothing)), lambda: None, text=clean(query))


class PaletteInput(CommandInput):
    """Its field: takes all the lines that are pasted, where Textual's own takes the first."""

    def on_paste(self, event: Paste) -> None:
        """Joins the lines."""
        event.prevent_default()
        event.stop()
        self.replace(one_line(event.text), *self.selection)


class Palette(CommandPalette):
    """The palette, with that field."""

    BINDINGS = [Binding("ctrl+z", "app.undo_waits", "先答这个框", show=False, id="undo")]

    def compose(self) -> ComposeResult:
        """As Textual has it but for the field."""
        for each in super().compose():
            yield PaletteInput(placeholder=say(ASK), select_on_focus=False) if isinstance(each, CommandInput) else each


class PaletteApp(QuietCrash):
    """An app whose palette, quit help and system commands speak the language of the desk."""

    COMMANDS = {ActionCommands}

    def action_command_palette(self) -> None:
        """Opens the palette, ^P."""
        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(placeholder=say(ASK), id="--command-palette"))

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """None: Textual's own are English, and ours are actions."""
        del screen
        return ()

    def action_help_quit(self) -> None:
        """^C copies or does nothing; people who meant to quit are told how."""
        for key, active in self.active_bindings.items():
            if active.binding.action in ("quit", "app.quit"):
                self.notify(QUIT_HELP.format(key=shown_key(key)), title=QUIT_TITLE)
                return
