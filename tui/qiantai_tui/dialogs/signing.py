"""A signature: who signs proves to be there, by their PIN, or where nobody has one by typing their name or initials."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from attrs import frozen
from textual.widget import Widget
from textual.widgets import Static

from qiantai import Person
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text.safe import safe
from ..text.words import say
from ..widgets.entry import Entry, half_width
from .in_stead import NO_REASON, OWN_FIRST, REASON
from .pins import PersonAndPin

INITIALS = Bilingual("本人的姓名或拼音首字母", "Your own name, or its initials")
NOT_THEM = Bilingual(
    "不是 {who} 的名字。可行:请 {who} 自己输入", "That is not the name of {who}. What would do: have {who} type it"
)


@frozen
class Signature:
    """Who has signed, and for which reason where one was asked for."""

    person: Person
    reason: str = ""


class SignDialog(PersonAndPin[Signature | None]):
    """Gives the signature of one of these people, None where nobody signs."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("go", Bilingual("签字", "Sign"), "f10,ctrl+s", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", footer=90),
    )
    BINDINGS = bound(ACTIONS)

    def __init__(self, people: Sequence[Person], title: Bilingual, words: Bilingual, *, reasoned: bool = False) -> None:
        """`words` is what is signed; `reasoned` asks for a reason too."""
        super().__init__(people, people[0].id if len(people) == 1 else "")
        self.title_words, self._words, self._reasoned, self._alone = title, words, reasoned, len(people) == 1

    def says(self) -> Bilingual | None:
        """What is signed."""
        return self._words

    def more(self) -> Iterable[Widget]:
        """The reason, where one is asked for."""
        if self._reasoned:
            yield Static(safe(say(REASON)))
            yield Entry(most=80, compact=True, id="reason")

    def on_mount(self) -> None:
        """Stands where the first thing is to be typed; where nobody has a PIN it is asked for no secret."""
        super().on_mount()
        self.query_one("#who", Entry).display = not self._alone
        if not self.program.signs_in:
            self.query_one("#pin", Entry).password = False
        if self._alone:
            self.query_one("#reason" if self._reasoned else "#pin", Entry).focus()

    def secret(self) -> Bilingual:
        """As for a PIN; where nobody signs in, their name."""
        return super().secret() if self.program.signs_in else INITIALS

    def signed(self, person: Person) -> bool | None:
        """As for a PIN; where nobody signs in, whether it is their name or its initials that was typed."""
        if self.program.signs_in:
            return super().signed(person)
        from ..text.pinyin import initials  # only a signature needs it

        typed = "".join(half_width(self.text("pin")).split()).casefold()
        if typed and typed in {"".join(person.name.split()).casefold(), *initials(person.name)}:
            return False
        self.tell(NOT_THEM.format(who=person.name))
        self.clear("pin")
        return None

    def go(self) -> None:
        """Gives the signature."""
        person, reason = self.person(), self.text("reason").strip() if self._reasoned else ""
        if self._reasoned and not reason:
            self.tell(NO_REASON)
            self.query_one("#reason").focus()
        elif person is None or (by_code := self.signed(person)) is None:
            return
        elif by_code:
            self.tell(OWN_FIRST)
        else:
            self.dismiss(Signature(person, reason))

    def action_leave(self) -> None:
        """Leaves it unsigned."""
        self.dismiss(None)
