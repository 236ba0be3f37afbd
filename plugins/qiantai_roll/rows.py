"""The rows of a roll under its headings, each turned into a household."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from attrs import field, frozen

from qiantai.people import Household
from qiantai.plainly import short
from qiantai.words import Bilingual
from qiantai_roll.addresses import Address
from qiantai_roll.cells import figures_of, is_date, phone_of, text_of, truth_of
from qiantai_roll.problems import Problem
from qiantai_roll.tables import Cells, Sheet

_TOTALS = re.compile(r"(?:合计|总计|小计|共计|制表|审核|填表|打印|备注[:：]|说明[:：]|注[:：])")

_LONGEST, _LONGEST_PART = 200, 60  # characters of what is kept, and of one part of an address


@frozen
class Column:
    """A column of a sheet: its place from 0, its heading, and what it means (empty where not understood)."""

    sheet: str
    at: int
    heading: str
    meaning: str

    @property
    def letter(self) -> str:
        """The column's letter in a spreadsheet: A, B, … Z, AA."""
        high, low = divmod(self.at, 26)
        return (chr(ord("A") + high - 1) if high else "") + chr(ord("A") + low)

    def __str__(self) -> str:
        return f"{self.letter} {self.heading}"


@frozen
class Row:
    """One row: its number in the sheet, and by meaning the cells of its columns, in the order of the columns."""

    number: int
    sheet: str
    cells: Mapping[str, tuple[tuple[Column, object], ...]] = field(repr=False)

    def first(self, meaning: str) -> tuple[Column | None, object]:
        """The first cell that holds anything, of the columns of one meaning."""
        given = self.cells.get(meaning, ())
        held = next(((column, cell) for column, cell in given if text_of(cell)), None)
        return held or ((given[0][0] if given else None), None)

    @property
    def address(self) -> Address:
        """What the columns of building, unit and room hold."""
        texts = (figures_of(self.first(each)[1]) for each in ("building", "unit", "room"))
        return Address(*(each if len(each) <= _LONGEST_PART else "" for each in texts))

    @property
    def date_for_room(self) -> Bilingual | None:
        """What to say where the spreadsheet made a date of the room."""
        return _BECAME_DATE if is_date(self.first("room")[1]) else None

    def problem(self, meaning: str, what: Bilingual, would_do: Bilingual) -> Problem:
        """A problem with the cell of that meaning."""
        column, cell = self.first(meaning)
        return Problem(self.number, short(str(column or "")), short(text_of(cell)), what, would_do, self.sheet)


def rows_of(sheet: Sheet, skip: int, headings: tuple[str, ...], columns: Iterable[Column]) -> list[Row]:
    """The rows under the headings, without totals, footers and headings repeated on every page."""
    by_meaning: dict[str, list[Column]] = {}
    for column in columns:
        by_meaning.setdefault(column.meaning, []).append(column)
    rows = []
    for number, cells in sheet.rows[skip:]:
        texts = [text_of(cell) for cell in cells]
        again = sum(bool(text) and text == heading for text, heading in zip(texts, headings, strict=False)) > 1
        if not again and not _TOTALS.match(next((text for text in texts if text), "")):
            rows.append(Row(number, sheet.name, _by_meaning(by_meaning, cells)))
    return [row for row in rows if any(text_of(row.first(each)[1]) for each in ("room", "name", "phone"))]


def _by_meaning(columns: Mapping[str, list[Column]], cells: Cells) -> dict[str, tuple[tuple[Column, object], ...]]:
    return {
        meaning: tuple((each, cells[each.at]) for each in given if each.at < len(cells))
        for meaning, given in columns.items()
        if meaning
    }


def address_problem(row: Row, what: Bilingual) -> Problem:
    """The problem of a row whose room is not known; the row is left out."""
    if not text_of(row.first("room")[1]):
        what = Bilingual("这一行没有房号", "The row has no room")
    return row.problem("room", what, _ROOM_FORMS)


def household_of(id: str, row: Row) -> tuple[Household, frozenset[str], list[Problem]]:
    """The household of a row, the fields the row fills, and the cells that could not be taken over."""
    problems: list[Problem] = []
    values: dict[str, object] = {}
    for meaning, read in _READERS.items():
        value = read(row, problems)
        if value not in ("", None):
            values[meaning] = value
    name, phone, email, area = (str(values.get(each, "")) for each in ("name", "phone", "email", "area"))
    household = Household(id, name, phone, email, bool(values.get("important", False)), area)
    return household, frozenset(values), problems


def _text(meaning: str) -> Callable[[Row, list[Problem]], str]:
    def read(row: Row, problems: list[Problem]) -> str:
        text = text_of(row.first(meaning)[1])
        if len(text) > _LONGEST:
            problems.append(row.problem(meaning, _TOO_LONG, _SHORTER))
            return ""
        return text

    return read


def _phone(row: Row, problems: list[Problem]) -> str:
    given = [phone_of(cell) for _, cell in row.cells.get("phone", ()) if text_of(cell)]
    best = next((each for each in given if each.number), None)
    told = best or next(iter(given), None)
    if told and told.what and told.would_do:
        problems.append(row.problem("phone", told.what, told.would_do))
    return best.number if best else ""


def _email(row: Row, problems: list[Problem]) -> str:
    text = text_of(row.first("email")[1])
    if text and (len(text) > _LONGEST or not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text)):
        problems.append(row.problem("email", _NO_EMAIL, _EMAIL_FORM))
        return ""
    return text


def _important(row: Row, problems: list[Problem]) -> bool | None:
    cell = row.first("important")[1]
    truth = truth_of(cell)
    if truth is None and text_of(cell):
        problems.append(row.problem("important", _NEITHER, _TICK))
    return truth


_READERS: Mapping[str, Callable[[Row, list[Problem]], object]] = {
    "name": _text("name"),
    "phone": _phone,
    "email": _email,
    "important": _important,
    "area": _text("area"),
}
_ROOM_FORMS = Bilingual(
    "写成 1栋2单元301 或 1-2-301,或在楼栋、单元列里补上;这一行没有取用",
    "Write 1栋2单元301 or 1-2-301, or fill in the columns of building and unit; the row was left out",
)
_BECAME_DATE = Bilingual("房号被表格软件变成了日期", "The spreadsheet program has made a date of the room")
_TOO_LONG = Bilingual(f"超过 {_LONGEST} 个字,没有取用", f"Over {_LONGEST} characters; it was not taken")
_SHORTER = Bilingual("只留该填的内容", "Leave only what belongs there")
_NO_EMAIL = Bilingual("不是邮箱地址,没有取用", "This is no e-mail address; it was not taken")
_EMAIL_FORM = Bilingual("邮箱写成 name@example.com", "Write name@example.com")
_NEITHER = Bilingual(
    "看不出是不是重要业户,没有取用", "It does not tell whether the household is important; it was not taken"
)
_TICK = Bilingual("写“是”或“否”", "Write 是 or 否")
