"""An app in which the mouse means what the hand did: a press of the left button in one place, counted once."""

from __future__ import annotations

from textual.app import App
from textual.errors import NoWidget
from textual.events import Event, Key, MouseDown, MouseUp
from textual.geometry import Offset
from textual.widget import Widget

from ..actions.keymap import read_key
from ..actions.palette import PaletteApp

LEFT = 1
_STILL = Offset(1, 0)
"""How far a hand that clicks may slip."""


class PointedApp(PaletteApp):
    """Other buttons do nothing, nor does a drag but mark text; half a double click never falls on what has come up."""

    _pressed: Offset | None = None
    _clicked: tuple[Offset, float, Widget | None] = (Offset(-1, -1), 0.0, None)
    """Where, when and on what the last click was."""

    async def on_event(self, event: Event) -> None:
        """As Textual has it, for what is meant."""
        match event:
            case MouseDown() if not event.is_forwarded and not self._goes_down(event):
                return
            case MouseUp() if not event.is_forwarded and not self._goes_up(event):
                return
            case _:
                await super().on_event(event)

    def _goes_down(self, event: MouseDown) -> bool:
        if event.button != LEFT:
            return False
        place, when, widget = self._clicked
        again = place == event.screen_offset and event.time - when <= App.CLICK_CHAIN_TIME_THRESHOLD
        if again and (widget is not self._under(place) or "@click" in self.screen.get_style_at(*place).meta):
            self._pressed = None
            return False
        self._pressed = event.screen_offset
        return True

    def _goes_up(self, event: MouseUp) -> bool:
        if self._pressed is None:
            return False
        slipped, self._pressed = event.screen_offset - self._pressed, None
        if abs(slipped.x) > _STILL.x or abs(slipped.y) > _STILL.y:
            self._mouse_down_widget = None  # a click comes of the same widget under both alone
        else:
            self._clicked = event.screen_offset, event.time, self._under(event.screen_offset)
        return True

    def _under(self, place: Offset) -> Widget | None:
        try:
            return self.get_widget_at(*place)[0]
        except NoWidget:
            return None

    def action_press_hint(self, shown: str) -> None:
        """Presses a key by the name that it is shown by."""
        if (key := read_key(shown)) is not None:
            self.post_message(Key(key, None))
