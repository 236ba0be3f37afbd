"""The rows of a workbook or text table, with bounds on what is read."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import islice
from pathlib import Path

from attrs import frozen

from qiantai.words import Bilingual
from qiantai_roll.problems import UnreadableRoll

MAX_BYTES = 50 * 1024 * 1024
MAX_ROWS = 100_000
_MAX_COLUMNS = 200
_LAST_ROW = 1_048_576
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
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4)
    except OSError as error:
        raise _cannot_open(path, error) from error
    if not size:
        raise _empty()
    if size > MAX_BYTES:
        raise _too_large()
    if head.startswith(_ZIP):
        return _workbook(path), ""
    raw = path.read_bytes()
    if head.startswith(_OLE):
        raise _encrypted() if _ENCRYPTED in raw else _old_format()
    return _text_table(raw)


def _workbook(path: Path) -> tuple[Sheet, ...]:
    _check_archive(path)
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped]
    except ImportError as error:
        raise UnreadableRoll(
            Bilingual("读取 xlsx 需要 openpyxl,本机没有安装", "Reading xlsx needs openpyxl, which is not installed"),
            Bilingual("请安装 qiantai[desk],或另存为 CSV 再导入", "Install qiantai[desk], or save the file as CSV"),
        ) from error
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            sheets = []
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()  # some programs write a dimension smaller than the sheet
                    sheets.append(Sheet(sheet.title, _held(sheet.iter_rows(values_only=True, max_col=_MAX_COLUMNS))))
            return tuple(sheets)
        finally:
            book.close()
    except UnreadableRoll:
        raise
    except Exception as error:  # a damaged workbook makes openpyxl raise anything at all
        raise _damaged() from error


def _check_archive(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _damaged() from error
    if any(each.flag_bits & 1 for each in members):
        raise _encrypted()
    if not any(each.filename == "xl/workbook.xml" for each in members):
        raise UnreadableRoll(
            Bilingual(
                "这不是 xlsx 工作簿(是别的压缩文件或文档)", "This is no xlsx workbook but another archive or document"
            ),
            _SAVE_AS,
        )
    if sum(each.file_size for each in members) > MAX_BYTES:
        raise _too_large()


def _held(rows: Iterable[Cells]) -> tuple[tuple[int, Cells], ...]:
    """The rows that hold anything, as far down as a spreadsheet goes."""
    held: list[tuple[int, Cells]] = []
    for number, cells in enumerate(islice(rows, _LAST_ROW), 1):
        if any(cell is not None and str(cell).strip() for cell in cells):
            held.append((number, tuple(cells)))
            if len(held) > MAX_ROWS:
                raise _too_large()
    return tuple(held)


def _text_table(raw: bytes) -> tuple[tuple[Sheet, ...], str]:
    text, encoding = _decoded(raw)
    told = re.match(r"sep=(.)\r?\n", text)
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:20]
    delimiter = told[1] if told else max(",;\t，", key=lambda sign: sum(line.count(sign) for line in lines))
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        held = _held(tuple(row[:_MAX_COLUMNS]) for row in rows)
    except csv.Error as error:
        raise _damaged() from error
    if told:
        held = tuple(row for row in held if row[0] > 1)
    return (Sheet("", held),), encoding


def _decoded(raw: bytes) -> tuple[str, str]:
    for encoding in _candidates(raw):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding
        break
    raise UnreadableRoll(
        Bilingual("文件既不是工作簿,也不是可辨认的文本", "The file is neither a workbook nor text in a known encoding"),
        _SAVE_AS,
    )


def _candidates(raw: bytes) -> Iterator[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    yield "utf-8-sig"
    yield "gb18030"


_SAVE_AS = Bilingual("请另存为 .xlsx 或 CSV 再导入", "Save it as .xlsx or CSV and import that")


def _cannot_open(path: Path, error: OSError) -> UnreadableRoll:
    why = error.strerror or str(error)
    return UnreadableRoll(
        Bilingual(f"打不开文件 {path}:{why}", f"Cannot open {path}: {why}"),
        Bilingual(
            "请核对路径,并确认文件没有被其他程序占用", "Check the path, and that no other program holds the file"
        ),
    )


def _empty() -> UnreadableRoll:
    return UnreadableRoll(
        Bilingual("文件是空的", "The file is empty"),
        Bilingual("请选有表头和业户的文件", "Choose a file with headings and households"),
    )


def _too_large() -> UnreadableRoll:
    return UnreadableRoll(
        Bilingual(
            "文件太大(超过十万行或展开后超过 50 MB)", "The file is too large (over 100,000 rows, or 50 MB unpacked)"
        ),
        Bilingual("请按楼栋分成几个文件,删去图片再导入", "Split it by building and take out pictures"),
    )


def _encrypted() -> UnreadableRoll:
    return UnreadableRoll(
        Bilingual("文件有打开密码", "The file is protected by a password"),
        Bilingual(
            "请在表格软件里去掉密码,另存后再导入", "Remove the password in the spreadsheet program and save it again"
        ),
    )


def _old_format() -> UnreadableRoll:
    return UnreadableRoll(Bilingual("这是旧版 .xls 或 .doc 文件", "This is an old .xls or .doc file"), _SAVE_AS)


def _damaged() -> UnreadableRoll:
    return UnreadableRoll(
        Bilingual("文件已损坏,读不完整", "The file is damaged and cannot be read whole"),
        Bilingual("请在表格软件里打开,另存一份再导入", "Open it in the spreadsheet program and save it anew"),
    )
