"""A list to choose one line of, by arrows, by figures or by typing a part of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from attrs import frozen
from textual import on
from textual.events import Key
from textual.widget import Widget
from textual.widgets import Input

from qiantai.words import Bilingual

from ..actions import Action, bound
from ..widgets.entry import Entry
from ..widgets.line_table import LineTable
from ..widgets.rows import Column, Row, Rows, fixed
from .frame import Framed

FILTER = Bilingual("打字筛选:字、拼音首字母", "Type to filter")
NONE_LEFT = Bilingual("没有相符的,退格删去几个字,或 Esc 返回", "Nothing like that; Backspace a few letters, or Esc")
NOTHING_HERE = Bilingual("没有可选的,Esc 返回", "There is nothing to choose from; Esc goes back")


@frozen
class Item:
    """One line: what it stands for, its cells, and more words that it is found by."""

    value: str
    cells: tuple[str, ...]
    words: str = ""

    def answers(self, asked: str) -> bool:
        """Whether what was typed is found in it."""
        text = " ".join((*self.cells, self.words, self.value)).casefold()
        return all(word in text or (word.isascii() and self._begins(word)) for word in asked.casefold().split())

    def begins(self, letters: str) -> bool:
        """Whether one of its cells begins with these letters, or with words of these initials."""
        return any(cell.casefold().startswith(letters) for cell in self.cells) or self._begins(letters)

    def _begins(self, letters: str) -> bool:
        from ..text.pinyin import initials  # only a search by letters needs it

        return any(each.startswith(letters) for cell in self.cells for each in initials(cell))


class ChooseDialog(Framed[str | None]):
    """Gives the value of the line chosen, None where none was."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("choose", Bilingual("选定", "Choose"), "enter", "choose", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", "leave", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    ChooseDialog LineTable { height: auto; min-height: 2; max-height: 16; }
    ChooseDialog Entry { margin-bottom: 1; }
    """

    def __init__(
        self,
        title: Bilingual | str,
        columns: Sequence[Column],
        items: Iterable[Item],
        *,
        filtered: bool = False,
        chosen: str = "",
    ) -> None:
        """`filtered` puts a field over the list; `chosen` is where the cursor stands at first."""
        super().__init__()
        self.title_words = title
        self._columns, self._items, self._filtered, self._chosen = tuple(columns), tuple(items), filtered, chosen
        self._typed = ""

    def content(self) -> Iterable[Widget]:
        """The field and the list."""
        if self._filtered:
            yield Entry(placeholder=FILTER, compact=True, id="filter")
        numbered = Column(Bilingual("", ""), 2)
        yield LineTable((numbered, *self._columns), self._rows(""), empty=NOTHING_HERE, id="list")

    def on_mount(self) -> None:
        """Stands on the line chosen before."""
        table = self.query_one(LineTable)
        table.styles.height = min(len(self._items), 14) + 1 if self._items else 2
        if self._chosen:
            table.move_to(self._chosen)
        (self.query_one(Entry) if self._filtered else table).focus()

    def _rows(self, asked: str) -> Rows:
        self._left = [each for each in self._items if each.answers(asked)]
        return fixed([Row(each.value, (self._figure(n), *each.cells)) for n, each in enumerate(self._left, 1)])

    def _figure(self, place: int) -> str:
        return str(place) if place <= 9 and not self._filtered else ""

    @on(Input.Changed, "#filter")
    def _narrow(self, event: Input.Changed) -> None:
        nothing = NONE_LEFT if event.value else NOTHING_HERE
        self.query_one(LineTable).show(self._rows(event.value), empty=nothing)

    @on(Input.Submitted, "#filter")
    def _entered(self) -> None:
        self.action_choose()

    def on_key(self, event: Key) -> None:
        """Arrows work from the field too, and go round; a figure chooses at once, letters lead to what they begin."""
        table, steps = self.query_one(LineTable), {"up": -1, "down": 1}.get(event.key, 0)
        if steps:
            self._typed = ""
            at_end = table.cursor == (0 if steps < 0 else table.row_count - 1)
            if at_end or not table.has_focus:
                event.stop()
                event.prevent_default()
                table.action_move(-steps * table.row_count if at_end else steps)
        elif self._filtered or not event.character:
            return
        elif event.character in "123456789" and int(event.character) <= len(self._left):
            event.stop()
            self.dismiss(self._left[int(event.character) - 1].value)
        elif event.character.isalpha():
            event.stop()
            self._lead_to(event.character)

    def _lead_to(self, letter: str) -> None:
        """Puts the cursor on the first line that begins with the letters so far; where none does, with this one."""
        for typed in (self._typed + letter.casefold(), letter.casefold()):
            self._typed = typed
            found = next((each for each in self._items if each.begins(typed)), None)
            if found is not None:
                self.query_one(LineTable).move_to(found.value)
                return

    @on(LineTable.RowSelected)
    def _chose(self, event: LineTable.RowSelected) -> None:
        self.dismiss(event.key)

    def action_choose(self) -> None:
        """Takes the line under the cursor."""
        if (key := self.query_one(LineTable).key) is not None:
            self.dismiss(key)

    def action_leave(self) -> None:
        """Chooses none."""
        self.dismiss(None)
