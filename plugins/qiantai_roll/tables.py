"""The rows of a workbook or text table, with bounds on what is read."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import BytesIO, StringIO
from itertools import islice
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

from attrs import define, frozen

from qiantai.words import Bilingual
from qiantai_roll.packages import MAX_BYTES, check_package
from qiantai_roll.problems import (
    UnreadableRoll,
    cannot_open,
    damaged,
    empty,
    encrypted,
    long_line,
    no_text,
    old_format,
    too_large,
    unclosed,
)

MAX_ROWS = 100_000
_MAX_COLUMNS = 200
_LAST_ROW = 1_048_576
_MOST_LOOKED_AT = 4 * _LAST_ROW  # a row's number is its own word, and sheets may leave out all that is before it
_LONGEST_LINE = 100_000
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

Cells = tuple[object, ...]


@frozen
class Sheet:
    """The rows of one sheet that hold anything, each with its number in the sheet, from 1."""

    name: str
    rows: tuple[tuple[int, Cells], ...]


def read_tables(path: Path) -> tuple[tuple[Sheet, ...], str]:
    """The visible sheets of a workbook, or the one table of a text file, and how the text was encoded.

    Raises `UnreadableRoll` for what is neither, is encrypted, empty, damaged, or larger than 50 MB or 100,000 rows.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # the latter for a name with a NUL in it
        raise cannot_open(path, error) from error
    if not raw:
        raise empty()
    if len(raw) > MAX_BYTES:
        raise too_large()
    if raw.startswith(_ZIP):
        return _workbook(raw), ""
    if raw.startswith(_OLE):
        raise encrypted() if _ENCRYPTED in raw else old_format()
    return _text_table(raw)


def _workbook(raw: bytes) -> tuple[Sheet, ...]:
    check_package(raw)
    try:
        with catch_warnings(), closing(_book(raw)) as book:
            sheets = []
            bounds = _Bounds()
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # some programs write a dimension smaller than the sheet
                    rows = bounds.held(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS))
                    sheets.append(Sheet(sheet.title, rows))
            return tuple(sheets)
    except UnreadableRoll:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise anything at all
        raise damaged() from error


def _book(raw: bytes) -> Any:
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise UnreadableRoll(
            Bilingual("读取 xlsx 需要 openpyxl,本机没有安装", "Reading xlsx needs openpyxl, which is not installed"),
            Bilingual("请安装 qiantai[desk],或另存为 CSV 再导入", "Install qiantai[desk], or save the file as CSV"),
        ) from error
    simplefilter("ignore")  # it warns of what it leaves out, on standard error
    return load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)


@define
class _Bounds:
    """How many rows were looked at, and how many of them hold anything; of all sheets of a file."""

    looked_at: int = 0
    holding: int = 0

    def held(self, rows: Iterable[Cells]) -> tuple[tuple[int, Cells], ...]:
        """The rows that hold anything, as far down as a spreadsheet goes."""
        held: list[tuple[int, Cells]] = []
        for number, cells in enumerate(islice(rows, _LAST_ROW), 1):
            self.looked_at += 1
            if cells.count(None) < len(cells) and any(cell is not None and str(cell).strip() for cell in cells):
                held.append((number, cells))
                self.holding += 1
            if self.holding > MAX_ROWS or self.looked_at > _MOST_LOOKED_AT:
                raise too_large()
        return tuple(held)


def _text_table(raw: bytes) -> tuple[tuple[Sheet, ...], str]:
    text, encoding = _decoded(raw)
    told = re.match(r"sep=(.)\r?\n", text)
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    delimiter = told[1] if told else max(",;\t，", key=lambda sign: sum(line.count(sign) for line in lines))
    held = _Bounds().held(_rows(text, delimiter))
    if told:
        held = tuple(row for row in held if row[0] > 1)
    return (Sheet("", held),), encoding


def _rows(text: str, delimiter: str) -> Iterator[Cells]:
    """The rows of a text. Raises `UnreadableRoll` where a line is too long, or a quotation mark is never closed."""
    taken: list[str] = []
    rows = csv.reader(_lines(text, taken), delimiter=delimiter)
    begins = 1
    try:
        for row in rows:
            if len(taken) > 1 and _open_ended(taken, delimiter):
                raise unclosed(begins)
            yield tuple(row[:_MAX_COLUMNS])
            begins = rows.line_num + 1
            taken.clear()
    except csv.Error as error:
        raise (unclosed(begins) if len(taken) > 1 else damaged()) from error


def _lines(text: str, taken: list[str]) -> Iterator[str]:
    for number, line in enumerate(StringIO(text, newline=""), 1):
        if len(line) > _LONGEST_LINE:
            raise long_line(number)
        taken.append(line)
        yield line


def _open_ended(lines: list[str], delimiter: str) -> bool:
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        return "end of data" in str(error)
    return False


def _decoded(raw: bytes) -> tuple[str, str]:
    for encoding in _candidates(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
        break
    raise no_text()


def _candidates(raw: bytes) -> Iterator[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    yield "utf-8-sig"
    yield "gb18030"
