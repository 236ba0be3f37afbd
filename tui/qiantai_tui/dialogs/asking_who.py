"""Who calls and how to reach them: asked for once, where the matter will end with a call-back to them."""

from __future__ import annotations

from qiantai.words import Bilingual, Channel

from .intake_around import Around

NAME = Bilingual(
    "请问姓名;不肯说的按 F8 选匿名。问不到就再按 Enter",
    "Ask for the name; who will not say: F8, anonymous. Enter again takes it in without",
)
PHONE = Bilingual("请问电话,回访要用。问不到就再按 Enter", "Ask for the phone, to call back. Enter again: without")
CALLED_BACK = ("complaint", "suggestion", "help", "repair")
"""The kinds that are closed by a call-back, for which it has to be known who it was [H-4.6.2]."""


class AsksWho(Around):
    """A form of receipt that holds a call until its name and phone were asked for; an emergency it never holds."""

    def __init__(self) -> None:
        super().__init__()
        self._asked = set[str]()

    def ask_who(self) -> bool:
        """Whether there is something still to be asked; the cursor stands there now."""
        if self.merge_into or not self._is_called_back():
            return False
        for name, words in (("name", NAME), ("phone", PHONE)):
            row = self.row(name)
            if row is not None and row.display and not row.text() and name not in self._asked:
                self._asked.add(name)
                row.tell(words)
                row.focus_field()
                return True
        return False

    def _is_called_back(self) -> bool:
        """Whether it is of a kind that is, does not press, and was not met on rounds."""
        kind, channel, emergency = self.row("kind"), self.row("channel"), self.row("emergency")
        presses = emergency is not None and emergency.display and emergency.value() is True
        met = channel is not None and channel.text() == Channel.PATROL
        return kind is not None and kind.text() in CALLED_BACK and not presses and not met

    def action_send(self) -> None:
        """Takes it in, once it was asked who it is."""
        if not (self.call().summary and self.ask_who()):
            super().action_send()
