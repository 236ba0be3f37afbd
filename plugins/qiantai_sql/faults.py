"""What can be wrong with a database, said so that whoever reads it knows what was kept and what would do."""

from __future__ import annotations

from qiantai.store import Damaged, Locked, StoreError, Unreachable, Unwritable
from qiantai.words import Bilingual
from qiantai_sql.tables import FORMAT


def unreadable(number: str, error: Exception) -> Damaged:
    """That rows are there, and yet nothing that this program knows."""
    return Damaged(
        Bilingual(
            f"读不懂 {number} 在数据库里的记录({error!r})。什么都没有改动:可能是更新版本的程序或缺少的插件写的,"
            "或有人改过;请升级程序、装回插件,或从备份中恢复",
            f"the rows of {number} cannot be read ({error!r}). Nothing was changed: a later version or a plugin that "
            "is missing may have written them, or somebody changed them; update, install the plugin, or restore a "
            "backup",
        )
    )


def too_new(where: str, version: int) -> Damaged:
    """That a later version of the program made the tables."""
    return Damaged(
        Bilingual(
            f"{where} 是更新版本的程序建的(格式 {version},本程序识得 {FORMAT})。什么都没有改动:请升级程序",
            f"{where} was made by a later version (format {version}, this one knows {FORMAT}). Nothing was changed: "
            "update the program",
        )
    )


def damaged(where: str, why: str) -> Damaged:
    """That the database itself finds its files damaged."""
    return Damaged(
        Bilingual(
            f"数据库 {where} 已损坏:{why}。请先停用并另存一份,再从备份中恢复",
            f"the database {where} is damaged: {why}. Stop using it, keep a copy, then restore a backup",
        )
    )


def busy(where: str, why: str) -> Locked:
    """That another desk, or another program, has held the database for longer than an action waits."""
    return Locked(
        Bilingual(
            f"{where} 一直被别的程序占着({why})。这一步没有保存:稍后再办一次,或关掉占着它的程序",
            f"{where} is held by another program ({why}). This action was not kept: give it again in a moment, or "
            "close the program that holds it",
        )
    )


def unwritable(where: str, why: str) -> Unwritable:
    """That the database does not take it."""
    return Unwritable(
        Bilingual(
            f"没能写入 {where}:{why}。这一步没有保存,请腾出空间、检查磁盘和权限后再办一次",
            f"could not write to {where}: {why}. This action was not kept: make room, check the disk and the rights, "
            "then give it again",
        )
    )


def unreachable(where: str, why: str) -> Unreachable:
    """That the server is not there."""
    return Unreachable(
        Bilingual(
            f"数据库 {where} 连不上:{why}。这一步没有保存:检查网络和服务器,恢复后再办一次,不用重开程序",
            f"the database {where} cannot be reached: {why}. This action was not kept: check network and server, then "
            "give it again; the program need not be started anew",
        )
    )


def in_doubt(where: str, cause: StoreError) -> Unreachable:
    """That the server was lost while it was to confirm, and cannot be asked whether it did."""
    return Unreachable(
        Bilingual(
            f"数据库 {where} 在确认这一步时断了({cause.why.zh})。这一步要么整步都在,要么全不在:"
            "恢复后先看一眼,再决定要不要重办",
            f"the database {where} was lost while it confirmed this action ({cause.why.en}). It is kept whole or not "
            "at all: look when the database is back, before it is given again",
        )
    )


def unfinished(cause: StoreError) -> Unwritable:
    """That an erasure is on record, and the words may still lie in the database's files."""
    return Unwritable(
        Bilingual(
            f"抹除已经记下,但数据库文件还没能清理({cause.why.zh})。下次打开或再办一步时会接着做完",
            f"the erasure is on record, but the database's files are not cleared yet ({cause.why.en}). The next "
            "opening, or the next action, completes it",
        )
    )


def closed(where: str) -> Unwritable:
    """That somebody asks after they let go."""
    return Unwritable(Bilingual(f"{where} 已经关闭,请重新打开", f"{where} is closed: open it again"))
