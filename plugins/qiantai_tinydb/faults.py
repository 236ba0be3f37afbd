"""What can be wrong with the files, said so that the desk knows which file, where, and what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qiantai.plainly import short
from qiantai.store import Damaged, Unwritable
from qiantai.words import Bilingual
from qiantai_tinydb.lines import FORMAT, BadLine, LaterFormat

_IN_CHINESE = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.EROFS: "磁盘是只读的",
    errno.EACCES: "没有写的权限",
    errno.EPERM: "没有写的权限",
    errno.EIO: "磁盘读写出错",
}


def said_no(error: OSError) -> Bilingual:
    """Why the system said no; in Chinese where it is one of what becomes of disks."""
    told = error.strerror or str(error)
    return Bilingual(_IN_CHINESE.get(error.errno or 0, told), told)


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


def unreadable(number: str, error: Exception) -> Damaged:
    """That a document is whole, and yet nothing that this program knows."""
    number, why = short(number), short(repr(error), 200)
    return Damaged(
        Bilingual(
            f"{number} 的记录读不出来({why})。什么都没有改动:它可能由更新版本的程序或缺少的插件写成,"
            "请升级程序、装回插件,或从备份中恢复",
            f"the record of {number} cannot be read ({why}). Nothing was changed: a later version or a "
            "plugin that is missing may have written it; update, install the plugin, or restore it from a backup",
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


def in_doubt(path: Path) -> Unwritable:
    """That a write failed in a way that leaves the disk in doubt, so that nothing more is taken."""
    return Unwritable(
        Bilingual(
            f"磁盘没能确认对 {path} 的写入,此后不再接受任何改动。请检查磁盘,再重新打开程序;已经确认过的内容都在",
            f"the disk did not confirm a write to {path}, so nothing more is taken. "
            "Check the disk and start the program again; all that was confirmed is there",
        )
    )


def unfinished(path: Path, error: OSError) -> Unwritable:
    """That an erasure is on record, and the disk did not yet take the files without the words."""
    reason = said_no(error)
    return Unwritable(
        Bilingual(
            f"抹除已经记下,但旧文件还没能重写({path.parent}:{reason.zh})。请腾出空间或检查磁盘:下次打开或再办一步时会接着做完",
            f"the erasure is on record, but the files could not be rewritten yet ({path.parent}: {reason.en}). "
            "Make room or check the disk: the next opening, or the next action, completes it",
        )
    )


def closed(folder: Path) -> Unwritable:
    """That somebody writes after they let go."""
    return Unwritable(Bilingual(f"{folder} 已经关闭,请重新打开", f"{folder} is closed: open it again"))


def busy(folder: Path) -> Unwritable:
    """That the files were replaced faster than they could be copied."""
    return Unwritable(
        Bilingual(
            f"{folder} 一直在改动,没能取到前后一致的一份。请过一会儿再试",
            f"{folder} kept changing, and no consistent copy of it could be had. Try again in a while",
        )
    )


@contextmanager
def written(folder: Path) -> Iterator[None]:
    """What the system says no to in here is `Unwritable`."""
    try:
        yield
    except OSError as error:
        why = said_no(error)
        raise Unwritable(
            Bilingual(
                f"没能写入 {folder}:{why.zh}。这一步没有保存,请腾出空间或检查磁盘后再办一次",
                f"could not write to {folder}: {why.en}. "
                "This action was not kept: make room or check the disk, then give it again",
            )
        ) from error
