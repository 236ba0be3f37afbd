"""Which keys arrive: each that is pressed is shown as the screens hear of it, with what it does at the desk."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Key, Paste
from textual.widgets import Static

from qiantai.words import Bilingual

from ..actions import shown_key
from ..actions.everything import all_actions
from ..arriving import ShiftF3
from ..preferences import Preferences
from ..text.safe import SafeApp, clean, safe
from ..text.words import say

ASK = Bilingual(
    "按键,看到达的是什么。没有反应的键,终端自己用掉了。连按两次 Esc 结束。",
    "Press keys and see what arrives. A key that shows nothing is used up by the terminal. Esc twice ends.",
)
PASTED = Bilingual("粘贴或输入法", "pasted, or by an input method")
NOT_USED = Bilingual("前台不用它", "the desk has no use for it")
_MOST = 18
"""Lines that the smallest window has room for."""


class KeysApp(ShiftF3, SafeApp, inherit_bindings=False):
    """Lists what is pressed; `heard` are the names of the keys, the oldest first."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, preferences: Preferences) -> None:
        super().__init__()
        self.heard: list[str] = []
        self._lines: list[str] = []
        self._does: dict[str, list[Bilingual]] = {}
        for action in all_actions():
            for key in preferences.keys.get(action.id, action.key).split(","):
                self._does.setdefault(key.strip(), []).append(action.label)

    def compose(self) -> ComposeResult:
        """What to do, and what came."""
        yield Static(safe(say(ASK)))
        yield Static("", id="heard")

    def on_key(self, event: Key) -> None:
        """Tells of a key; the second Esc in a row ends."""
        event.stop()
        event.prevent_default()
        if event.key == "escape" and self.heard[-1:] == ["escape"]:
            self.exit(0)
            return
        self.heard.append(event.key)
        does = ", ".join(dict.fromkeys(say(each) for each in self._does.get(event.key, (NOT_USED,))))
        self._tell(shown_key(event.key), event.key, event.character or "", does)

    def on_paste(self, event: Paste) -> None:
        """Tells of a text that came in one piece."""
        self.heard.append("paste")
        self._tell("", "", event.text, say(PASTED))

    def _tell(self, *cells: str) -> None:
        self._lines.append("   ".join(self._shown(cells)))
        self.query_one("#heard", Static).update(Content("\n".join(self._lines[-_MOST:])))

    def _shown(self, cells: tuple[str, ...]) -> Iterator[str]:
        yield from (clean(each) for each in cells if each)
