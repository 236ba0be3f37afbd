"""A table for a spreadsheet, written into the folder of a site."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from qiantai import ZONE

from .files import kept_page

FOLDER = "lists"


def kept_table(folder: Path, name: str, at: datetime, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """The table written for its owner's eyes alone, named by what it is and when; gives the file. Raises `SiteError`.

    No cell of it is a formula.
    """
    from ..cli.answers import no_formula

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(map(no_formula, row) for row in rows)
    plain = "".join(each if each.isalnum() or each == "-" else "_" for each in name)
    return kept_page(folder / FOLDER, f"{plain}-{at.astimezone(ZONE):%Y%m%d-%H%M%S}.csv", "\ufeff" + text.getvalue())
