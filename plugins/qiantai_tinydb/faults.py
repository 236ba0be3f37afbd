"""What can be wrong with the files, said so that the desk knows which file, where, and what to do."""

from __future__ import annotations

from pathlib import Path

from qiantai.words import Bilingual
from qiantai_tinydb.lines import FORMAT, BadLine, LaterFormat


class Conflict(Exception):
    pass


class _Said(Exception):
    def __init__(self, why: Bilingual) -> None:
        super().__init__(why.en)
        self.why = why


class Damaged(_Said):
    """A file that cannot be what was written."""


class Locked(_Said):
    """Somebody else has it."""


class Stopped(_Said):
    """The store takes nothing more until it is opened anew."""


def damaged(path: Path, at: BadLine) -> Damaged:
    """That the file does not hold at this place."""
    return Damaged(
        Bilingual(
            f"数据文件已损坏:{path} 第 {at.line} 行(第 {at.byte} 字节起),{at.what.zh}。"
            "什么都没有改动:请先把整个数据文件夹另存一份,再从备份中恢复这个文件,或请人修复这一行",
            f"damaged data file: {path}, line {at.line} (from byte {at.byte}): {at.what.en}. "
            "Nothing was changed: keep a copy of the whole data folder, then restore this file from a backup, "
            "or have this line repaired",
        )
    )


def missing(path: Path) -> Damaged:
    """That a file is not there although others that need it are."""
    return Damaged(
        Bilingual(
            f"缺少数据文件 {path},而同一文件夹里还有别的数据。什么都没有改动:请从备份中把它恢复到原处",
            f"the data file {path} is missing though the folder holds other data. "
            "Nothing was changed: restore it from a backup",
        )
    )


def too_new(path: Path, version: LaterFormat) -> Damaged:
    """That a later version of the program wrote it."""
    return Damaged(
        Bilingual(
            f"{path} 是更新版本的程序写的(格式 {version},本程序识得 {FORMAT})。什么都没有改动:请升级程序",
            f"{path} was written by a later version (format {version}, this one knows {FORMAT}). "
            "Nothing was changed: update the program",
        )
    )


def stopped(path: Path) -> Stopped:
    """That a write failed in a way that leaves the disk in doubt."""
    return Stopped(
        Bilingual(
            f"磁盘没能确认写入 {path},此后不再接受任何改动。请检查磁盘,再重新打开程序;已经确认过的内容都在",
            f"the disk did not confirm a write to {path}, so nothing more is taken. "
            "Check the disk and start the program again; all that was confirmed is there",
        )
    )
