"""The list of who was told an agreed answer, as a table for a spreadsheet, names and numbers masked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Literal

from qiantai import ZONE, Handbook, label
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.told import Told
from qiantai.scripts import Script

from ..sites.tables import kept_table

COLUMNS = (
    ("单号", "Number"), ("告知时间", "Told at"), ("房号", "Household"), ("姓名", "Name"), ("电话", "Phone"),
    ("口径", "Agreed answer"), ("版本", "Version"), ("方式", "How"), ("谁答的", "Told by"), ("原话", "What was said"),
)  # fmt: skip
AGAIN = "再告知"
"""A column for the pen."""


def rows_of(told: Iterable[Told], handbook: Handbook, words: Literal["zh", "en"] = "zh") -> Iterator[tuple[str, ...]]:
    """The lines of the list, by its columns."""
    for each in told:
        home = handbook.households.get(each.households[0]) if each.households else None
        by = handbook.people.get(each.by)
        yield (
            each.number,
            f"{each.at.astimezone(ZONE):%Y-%m-%d %H:%M}",
            " ".join(each.households),
            mask_name(each.name or (home.name if home else "")),
            mask_phone(each.phone or (home.phone if home else "")),
            each.script,
            str(each.version or ""),
            label("channels", each.channel)[words] if each.channel else "",
            by.name if by else each.by,
            mask_words(each.text),
        )


def which_list(script: str, version: int, count: int) -> str:
    """How the list is called on the record of exports."""
    return f"told {script}{f' v{version}' if version else ''} {count}"


def kept_list(script: Script, told: Iterable[Told], handbook: Handbook, folder: Path, at: datetime) -> Path:
    """The list written for its owner's eyes alone into the site's folder; gives the file. Raises `SiteError`."""
    columns = [*(zh for zh, _ in COLUMNS), AGAIN]
    return kept_table(folder, script.id, at, columns, ((*row, "") for row in rows_of(told, handbook)))
