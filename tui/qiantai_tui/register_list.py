"""The register as a table: its columns, what stands in them with names and numbers masked, the file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from qiantai import ZONE, Handbook, label
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.register import Entry
from qiantai.words import NOTHING, Bilingual, listed

COLUMNS = (
    ("单号", "Number"), ("日期", "Date"), ("时间", "Time"), ("来源", "Channel"), ("房号", "Household"),
    ("姓名", "Name"), ("身份", "Capacity"), ("电话", "Phone"), ("类别", "Kind"), ("内容", "Summary"),
    ("紧急程度", "Urgency"), ("接待人", "Received by"), ("转交", "Passed to"), ("派单时间", "Sent at"),
    ("承诺时限", "Promised"), ("完成时间", "Finished at"), ("结果", "Result"), ("回访时间", "Called back at"),
    ("回访结果", "Call-back"), ("备注", "Remark"),
)  # fmt: skip
"""Whether somebody owns or rents is nowhere on record: that column is for the pen."""
URGENT, ORDINARY = Bilingual("紧急", "Emergency"), Bilingual("一般", "Ordinary")
CONTENT, DISCONTENT = Bilingual("满意", "Satisfied"), Bilingual("不满意", "Not satisfied")
REMARKS = {"": NOTHING, "mistaken": label("fields", "mistaken"), "withdrawn": Bilingual("业户撤回", "Withdrawn")}
MERGED = Bilingual("并入 {number}", "Merged into {number}")


def satisfied(entry: Entry) -> Bilingual:
    """Whether the resident was content when called back; nothing where nobody was."""
    if entry.satisfied is None:
        return NOTHING
    return CONTENT if entry.satisfied else DISCONTENT


def remark(entry: Entry) -> Bilingual:
    """How it ended otherwise than by being handled."""
    return REMARKS.get(entry.remark) or MERGED.format(number=mask_words(entry.remark))


def cells(entry: Entry, handbook: Handbook, words: Literal["zh", "en"]) -> tuple[str, ...]:
    """A line of the register, by its columns."""
    receiver = handbook.people.get(entry.receiver)
    return (
        entry.number,
        _local(entry.received, "%Y-%m-%d"),
        _local(entry.received, "%H:%M"),
        label("channels", entry.channel)[words] if entry.channel else "",
        entry.household,
        mask_name(entry.name) if entry.name else "",
        "",
        mask_phone(entry.phone),
        label("kinds", entry.kind)[words],
        mask_words(entry.summary),
        (URGENT if entry.emergency else ORDINARY)[words],
        receiver.name if receiver else entry.receiver,
        listed(tuple(label("roles", each) for each in entry.sent_to))[words],
        _local(entry.sent_at),
        _local(entry.promised),
        _local(entry.finished_at),
        mask_words(entry.result),
        _local(entry.called_back_at),
        satisfied(entry)[words],
        remark(entry)[words],
    )


def which_register(first: date, last: date, count: int) -> str:
    """How the register of these days is called on the record of exports."""
    return f"register {first}..{last} {count}"


def kept_register(
    entries: Sequence[Entry], days: tuple[date, date], handbook: Handbook, folder: Path, at: datetime,
    words: Literal["zh", "en"],
) -> Path:  # fmt: skip
    """The register of some days written into the site's folder; gives the file. Raises `SiteError`."""
    from .sites.tables import kept_table

    first, last = days
    name = f"register-{first}" if first == last else f"register-{first}-{last}"
    columns = [zh if words == "zh" else en for zh, en in COLUMNS]
    return kept_table(folder, name, at, columns, (cells(each, handbook, words) for each in entries))


def _local(at: datetime | None, pattern: str = "%m-%d %H:%M") -> str:
    return f"{at.astimezone(ZONE):{pattern}}" if at is not None else ""
