"""The app under the app: safe words, a quiet end, the palette, the themes and a clock that is handed in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.app import ScreenStackError
from textual.screen import SystemModalScreen
from textual.theme import Theme
from textual.widget import Widget
from textual.widgets._toast import Toast, ToastHolder

from qiantai.words import Bilingual

from ..actions import Action, at_hand, bound, shown_key, with_full_width
from ..arriving import ShiftF3
from ..mode import Mode
from ..preferences import BadPreferences, Taken, keep_theme
from ..text.words import Language, rename_keys, speak
from ..theme import DARK, THEMES
from .hung_up import HungUpApp
from .pointed import PointedApp
from .stylesheet import OnceParsed, StyledAlone

BAD_SETTINGS = Bilingual("设置没有采用,按默认的来", "The settings were not taken; the defaults hold")
NOT_KEPT = Bilingual("只这一次:没能写进设置", "For this time only: it could not be written into the settings")
_TOLD = 2
"""Mistakes that a toast has room for."""


class BaseApp(StyledAlone, HungUpApp, ShiftF3, PointedApp):
    """What every screen may count on: `self.app.clock()`, the language, `notify`, the palette."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("palette", Bilingual("全部功能", "All actions"), "ctrl+p", "app.command_palette", priority=True),
        Action("quit", Bilingual("退出", "Quit"), "ctrl+q", "app.quit", priority=True),
        Action("keys", Bilingual("全部按键", "All keys"), "shift+f1,f13", "app.show_keys", priority=True),
        Action("jump", Bilingual("跳转", "Jump"), "ctrl+o", "app.jump", priority=True),
        Action("theme", Bilingual("配色", "Colours"), "shift+f2,f14", "app.choose_theme"),
    )
    BINDINGS = bound(ACTIONS)
    CSS = """
    .titled { border-title-color: $text-primary; border-subtitle-color: $foreground; }
    /* Over the bar, so that a toast of two lines covers neither a form's first line nor the next step; its words stand
       clear of the edges at the right, which would cut its wide characters in two. */
    #textual-toastrack { dock: top; align: right top; margin: 0; scrollbar-size: 0 0; }
    #textual-toastrack Toast { width: auto; max-width: 60; padding: 0 3 0 1; margin: 0 0 1 0; }
    """

    def __init__(
        self, *, clock: Callable[[], datetime], reports: Path, language: Language = "zh", theme: Theme = DARK
    ) -> None:
        """`clock` gives aware times; `reports` is the folder for error reports."""
        speak(language)
        rename_keys({})
        super().__init__()
        self.clock = clock
        self.keys: Mapping[str, str] = {}
        self.reports = reports
        self.config: Path | None = None
        self.wrong: BadPreferences | None = None
        for each in THEMES.values():
            self.register_theme(each)
        self.theme = theme.name
        self.stylesheet = OnceParsed(variables=self.get_css_variables())

    def clear_selection(self) -> None:
        """As Textual has it; where Python makes tasks run at once, a field asks for it before any screen stands."""
        try:
            super().clear_selection()
        except ScreenStackError:
            """Nothing can be selected yet."""

    def delay_update(self, delay: float = 0.05) -> None:
        """Textual hides every change of modes for so long; here only until what comes has read and stands."""
        hidden = ExitStack()
        hidden.callback(lambda: self.screen.refresh())
        hidden.enter_context(self.batch_update())
        self.call_later(lambda: self.screen.call_after_refresh(hidden.close))
        self.set_timer(delay, hidden.close)

    def _refresh_notifications(self) -> None:
        """As Textual has it; the toasts that are gone leave no room behind, below which the next ones would stand."""
        self.call_later(self._close_ranks)
        super()._refresh_notifications()

    def _close_ranks(self) -> None:
        for place in self.screen.query(ToastHolder):
            if all(toast._notification not in self._notifications for toast in place.query(Toast)):
                place.remove()

    def settle(self, taken: Taken) -> None:
        """The theme and the keys that were asked for; what was wrong with the file is told once a screen is there."""
        wanted = taken.preferences
        self.config, self.wrong = taken.file, taken.wrong
        self.theme = THEMES[wanted.theme or "dark"].name
        if wanted.keys:
            self.change_keys(wanted.keys)

    def change_keys(self, keys: Mapping[str, str]) -> None:
        """Puts actions on these keys, by their ids; several keys by commas. They have been checked."""
        from ..actions.default_keys import default_keys

        self.keys = keys
        self.set_keymap({id: with_full_width(each) for id, each in keys.items()})
        before = {id: key for id, key in default_keys().items() if id in keys}
        rename_keys({shown_key(key): shown_key(keys[id]) for id, key in before.items() if key})
        for id, key in before.items():
            if not key:
                self.bind(with_full_width(keys[id]), f"app.give('{id}')", show=False)

    def tell_wrong(self) -> None:
        """Says that the settings were not taken, and why."""
        if self.wrong is not None:
            self.notify(self.wrong.first(_TOLD), title=BAD_SETTINGS, severity="warning", timeout=12)

    async def action_give(self, id: str) -> None:
        """Does the action of this id where it is at hand: for one that has a key by the settings alone."""
        for node, action in at_hand(self.screen):
            if action.id == id:
                await self.run_action(action.action, node)
                return

    def action_show_keys(self) -> None:
        """Shows every key of the screen at hand."""
        from ..dialogs.keys import KeysDialog

        self.push_screen(KeysDialog())

    def modes_beside(self) -> tuple[Mode, ...]:
        """The modes that can be gone to from the screen at hand."""
        return ()

    def action_jump(self) -> None:
        """Marks every place of the screen with a key that goes there; a second time, lists the screens."""
        from ..dialogs.jump import JumpScreen

        match self.screen:
            case JumpScreen() as marks:
                marks.action_elsewhere()
            case SystemModalScreen():
                """The palette has one place alone."""
            case under:
                self.push_screen(JumpScreen(under, self.modes_beside()), self._go)

    def _go(self, there: Widget | Mode | str | None) -> None:
        match there:
            case Widget():
                there.focus()
            case Mode():
                self.call_later(self.run_action, f"app.mode('{there.id}')")
            case str():
                self.call_later(self.run_action, "app.elsewhere")
            case None:
                """Nowhere."""

    def action_choose_theme(self) -> None:
        """Asks for the colours; what is chosen is kept in the settings."""
        from ..dialogs.colours import ColoursDialog

        self.push_screen(ColoursDialog(), self._take_theme)

    def _take_theme(self, chosen: str | None) -> None:
        name = next((each for each in THEMES if each == chosen), None)
        if name is None:
            return
        self.theme = THEMES[name].name
        if self.config is None:
            return
        try:
            keep_theme(self.config, name)
        except BadPreferences as bad:
            self.notify(bad.why, title=NOT_KEPT, severity="warning")
        except OSError as error:
            self.notify(error.strerror or str(error), title=NOT_KEPT, severity="warning")
