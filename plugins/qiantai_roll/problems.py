"""What was wrong with a roll, and what would do."""

from __future__ import annotations

from pathlib import Path

from attrs import frozen

from qiantai.plainly import LONGEST_PATH, short
from qiantai.words import Bilingual


class UnreadableRoll(Exception):
    """A file that cannot be read as a roll at all: `what` was wrong, and what `would_do`."""

    def __init__(self, what: Bilingual, would_do: Bilingual) -> None:
        super().__init__(f"{what.zh}。{would_do.zh}。 {what.en}. {would_do.en}.")
        self.what = what
        self.would_do = would_do


@frozen
class Problem:
    """One cell that could not be taken over: where it stands, what it holds, what was wrong and what would do.

    `row` is the row's number in the sheet, counted from 1; `column` its letter and heading; `sheet` is empty for text.
    """

    row: int
    column: str
    value: str
    what: Bilingual
    would_do: Bilingual
    sheet: str = ""


_SAVE_AS = Bilingual("请另存为 .xlsx 或 CSV 再导入", "Save it as .xlsx or CSV and import that")


def cannot_open(path: Path, error: Exception) -> UnreadableRoll:
    """That the system does not let the file be read."""
    name, why = short(str(path), LONGEST_PATH), getattr(error, "strerror", None) or str(error)
    return UnreadableRoll(
        Bilingual(f"打不开文件 {name}:{why}", f"Cannot open {name}: {why}"),
        Bilingual(
            "请核对路径,并确认文件没有被其他程序占用", "Check the path, and that no other program holds the file"
        ),
    )


def empty() -> UnreadableRoll:
    """That there is nothing in it."""
    return UnreadableRoll(
        Bilingual("文件是空的", "The file is empty"),
        Bilingual("请选有表头和业户的文件", "Choose a file with headings and households"),
    )


def too_large() -> UnreadableRoll:
    """That it is past the bounds."""
    return UnreadableRoll(
        Bilingual(
            "文件太大(超过十万行或展开后超过 50 MB)", "The file is too large (over 100,000 rows, or 50 MB unpacked)"
        ),
        Bilingual("请按楼栋分成几个文件,删去图片再导入", "Split it by building and take out pictures"),
    )


def encrypted() -> UnreadableRoll:
    """That it is protected."""
    return UnreadableRoll(
        Bilingual("文件有打开密码", "The file is protected by a password"),
        Bilingual(
            "请在表格软件里去掉密码,另存后再导入", "Remove the password in the spreadsheet program and save it again"
        ),
    )


def old_format() -> UnreadableRoll:
    """That it is of a kind that is not read."""
    return UnreadableRoll(Bilingual("这是旧版 .xls 或 .doc 文件", "This is an old .xls or .doc file"), _SAVE_AS)


def damaged() -> UnreadableRoll:
    """That it cannot be read whole."""
    return UnreadableRoll(
        Bilingual("文件已损坏,读不完整", "The file is damaged and cannot be read whole"),
        Bilingual("请在表格软件里打开,另存一份再导入", "Open it in the spreadsheet program and save it anew"),
    )


def no_text() -> UnreadableRoll:
    """That it is nothing that can be read at all."""
    return UnreadableRoll(
        Bilingual("文件既不是工作簿,也不是可辨认的文本", "The file is neither a workbook nor text in a known encoding"),
        _SAVE_AS,
    )


def other_archive() -> UnreadableRoll:
    """That it is an archive, and no workbook."""
    return UnreadableRoll(
        Bilingual(
            "这不是 xlsx 工作簿(是别的压缩文件或文档)", "This is no xlsx workbook but another archive or document"
        ),
        _SAVE_AS,
    )


def hostile() -> UnreadableRoll:
    """That it is built as no spreadsheet program builds a workbook."""
    return UnreadableRoll(
        Bilingual(
            "文件里有表格软件不会写的东西(可能是恶意构造的),没有读",
            "The file is built as no spreadsheet program builds one, perhaps to do harm; it was not read",
        ),
        Bilingual(
            "请问清来处;确需导入,请在表格软件里打开,只把内容另存为 CSV",
            "Ask where it came from; if it is needed, open it in the spreadsheet program and save the cells as CSV",
        ),
    )


def unclosed(row: int) -> UnreadableRoll:
    """That a quotation mark opens a cell that never ends."""
    return UnreadableRoll(
        Bilingual(
            f"第 {row} 行有一个引号没有配对,它以下的行都成了一格",
            f"A quotation mark in row {row} is never closed: all below it is one cell",
        ),
        Bilingual("请删去或补上这个引号再导入", "Take it out, or close it"),
    )


def long_line(row: int) -> UnreadableRoll:
    """That a line is longer than any row of a roll."""
    return UnreadableRoll(
        Bilingual(f"第 {row} 行太长(超过 10 万字符)", f"Row {row} is too long (over 100,000 characters)"),
        Bilingual("请核对分隔符和引号,一户一行", "Check the separators and quotation marks: one household a row"),
    )
