"""Who is there, with their PIN: the list to choose from, and signing in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input, Static

from qiantai import Person, label
from qiantai.words import Bilingual, Role, listed

from ..actions import Action, bound
from ..desk_screen import Answer
from ..sign_in.book import Denied
from ..sites.files import SiteError
from ..text.safe import safe
from ..text.words import say
from ..widgets.entry import Entry
from ..widgets.line_table import LineTable
from ..widgets.reading import Reading
from ..widgets.rows import Column, Row, Rows, fixed
from .choose import Item
from .frame import Framed

WHO = Bilingual("谁?序号、姓名、拼音首字母", "Who? Number, name or initials")
PIN = Bilingual("PIN 或口令", "PIN or passphrase")
PIN_OF = Bilingual("{who} 的 PIN 或口令", "PIN or passphrase of {who}")
OR_ANOTHER = Bilingual("{pin}    ↑↓ 换人", "{pin}    ↑↓ somebody else")
SIGN_IN = Bilingual("登录 · {site}", "Sign in · {site}")
FIRST = Bilingual(
    "这个小区还没有人设过 PIN。选自己,设一个;其他人的由您给一次性代码。",
    "Nobody of this site has a PIN yet. Choose yourself and make one; the others get a one-time code from you.",
)
BY_CODE = Bilingual("用的是一次性代码,现在设自己的 PIN", "That was a one-time code; now choose a PIN of your own")
WHO_FIRST = Bilingual(
    "没有这个人。先选人,Enter,再打 PIN", "There is nobody like that. Who it is first, Enter, then the PIN"
)
NONE_SO = Bilingual("没有这个人;退格删去几个字", "Nobody like that; Backspace a few letters")
_COLUMNS = (
    Column(Bilingual("", ""), 3),
    Column(Bilingual("姓名", "Name"), 10),
    Column(Bilingual("岗位", "Roles"), 20, flex=1),
)


class Fields(Framed[Answer]):
    """A dialog of a few one-line fields; Enter goes on to the next, and from the last one does it."""

    DEFAULT_CSS = """
    Fields LineTable { height: auto; max-height: 10; margin-bottom: 1; }
    Fields #wrong { height: auto; color: $text-error; }
    """

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        fields = [each for each in self.query(Entry) if each.display]
        place = fields.index(event.input) if isinstance(event.input, Entry) else -1
        if place + 1 < len(fields):
            fields[place + 1].focus()
        else:
            self.action_go()

    def action_go(self) -> None:
        """Does it with what the fields say; what the disk does not take is said."""
        try:
            self.go()
        except SiteError as error:
            self.tell(error.why)

    def go(self) -> None:
        """What the dialog is for."""
        raise NotImplementedError

    def text(self, id: str) -> str:
        """What stands in a field."""
        return self.query_one(f"#{id}", Entry).value

    def tell(self, words: Bilingual) -> None:
        """Says what was wrong."""
        self.query_one("#wrong", Static).update(safe(say(words), lines=True))

    def clear(self, *ids: str) -> None:
        """Empties these fields, and stands in the first of them."""
        for each in ids:
            self.query_one(f"#{each}", Entry).load("")
        self.query_one(f"#{ids[0]}", Entry).focus()


class PersonAndPin(Fields[Answer]):
    """A list of people to choose one of, and their PIN."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("go", Bilingual("确定", "Go on"), "f10,ctrl+s", footer=10),)
    BINDINGS = bound(ACTIONS)

    def __init__(self, people: Iterable[Person], chosen: str = "") -> None:
        super().__init__()
        self._items = tuple(Item(each.id, (each.name, _roles(each))) for each in people)
        self._chosen = chosen

    def says(self) -> Bilingual | None:
        """What stands over the list."""
        return None

    def more(self) -> Iterable[Widget]:
        """What is asked besides the PIN."""
        return ()

    def content(self) -> Iterable[Widget]:
        """The list with its field, what is asked besides, the PIN."""
        if (words := self.says()) is not None:
            yield Reading(say(words))
        yield Entry(placeholder=WHO, halfwidth=True, compact=True, id="who")
        yield LineTable(_COLUMNS, self._rows(""), empty=NONE_SO, id="people")
        yield from self.more()
        yield Static(safe(say(PIN)), id="pin-label")
        yield Entry(password=True, compact=True, id="pin")
        yield Static("", id="wrong")

    def on_mount(self) -> None:
        """Stands on whoever was there before, whose PIN alone is asked for."""
        table = self.query_one(LineTable)
        table.styles.height = min(len(self._items), 9) + 1
        table.can_focus = False
        if self._chosen:
            table.move_to(self._chosen)
            self.query_one("#pin").focus()
        else:
            self.query_one("#who").focus()

    def secret(self) -> Bilingual:
        """What is to be typed last, and of whom."""
        person = self.person()
        pin = PIN if person is None else PIN_OF.format(who=person.name)
        return OR_ANOTHER.format(pin=pin) if len(self._items) > 1 else pin

    @on(Input.Submitted, "#who")
    def _nobody(self, event: Input.Submitted) -> None:
        """What nobody is called leads nowhere, a PIN typed where it can be read least of all; what is typed next stands
        in its place."""
        if self.person() is None:
            event.prevent_default()
            event.stop()
            self.tell(WHO_FIRST)
            event.input.select_all()

    @on(LineTable.RowHighlighted)
    def _of_whom(self) -> None:
        self.query_one("#pin-label", Static).update(safe(say(self.secret())))

    def _rows(self, asked: str) -> Rows:
        numbered = list(enumerate(self._items, 1))
        exact = [(n, each) for n, each in numbered if str(n) == asked.strip()]
        found = exact or [(n, each) for n, each in numbered if each.answers(asked)]
        return fixed([Row(each.value, (str(n), *each.cells)) for n, each in found])

    @on(Input.Changed, "#who")
    def _narrow(self, event: Input.Changed) -> None:
        self.query_one(LineTable).show(self._rows(event.value), empty=NONE_SO)

    def on_key(self, event: Key) -> None:
        """Arrows choose, from every field."""
        if steps := {"up": -1, "down": 1}.get(event.key, 0):
            event.stop()
            self.query_one(LineTable).action_move(steps)

    def person(self) -> Person | None:
        """The one under the cursor."""
        return self.program.desk.handbook.people.get(self.query_one(LineTable).key or "")

    def signed(self, person: Person) -> bool | None:
        """Whether the PIN is theirs: True where it was a one-time code, False for a PIN, None where it is not."""
        found = self.program.site.pins.sign_in(person, self.text("pin"), self.now)
        match found:
            case Denied(why):
                self.tell(why)
                self.clear("pin")
                return None
            case _:
                return found.change


class SignInDialog(PersonAndPin[str | None]):
    """Covers everything until somebody has signed in; gives their id."""

    DEFAULT_CSS = """
    SignInDialog { background: $background; }
    """
    ABOUT = Bilingual(
        "登录:打序号、姓名或拼音首字母,Enter,再打 PIN,Enter。没有 PIN 的向管理员或主管要一次性代码。",
        "Sign in: type a number, a name or initials, Enter, then the PIN, Enter. Who has no PIN asks an administrator "
        "or a supervisor for a one-time code.",
    )

    def __init__(self, people: Sequence[Person], chosen: str = "", *, first: bool = False) -> None:
        """`first` is where nobody has a PIN yet, so that the one chosen makes theirs."""
        super().__init__(people, chosen)
        self._first = first

    def content(self) -> Iterable[Widget]:
        """The people and the PIN, under the name of the estate."""
        self.title_words = SIGN_IN.format(site=self.program.site.name)
        return super().content()

    def says(self) -> Bilingual | None:
        """What a first person is to do."""
        return FIRST if self._first else None

    def on_mount(self) -> None:
        """A first person is asked for no PIN that they have not got."""
        super().on_mount()
        for each in ("#pin", "#pin-label"):
            self.query_one(each).display = not self._first
        if self._first:
            self.query_one("#who").focus()

    def go(self) -> None:
        """Signs in; with a one-time code, or as the first, a PIN is chosen before."""
        person = self.person()
        if person is None:
            self.query_one("#who", Entry).focus()
        elif self._first:
            self._choose(person, None)
        elif (by_code := self.signed(person)) is not None:
            if by_code:
                self._choose(person, BY_CODE)
            else:
                self.dismiss(person.id)

    def _choose(self, person: Person, says: Bilingual | None) -> None:
        def chosen(done: bool | None) -> None:
            if done:
                self.dismiss(person.id)
            elif not self._first:
                self.clear("pin")

        from .new_pin import PinDialog

        self.app.push_screen(PinDialog(person, says), chosen)


def _roles(person: Person) -> str:
    return say(listed(tuple(label("roles", role) for role in Role if role in person.roles)))
