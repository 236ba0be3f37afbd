"""What a site knows of its backups: the last good one, and the last try that failed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from attrs import frozen

from qiantai.words import NOTHING, Bilingual

from ..jsonfile import read_json
from .shelf import put

RECORD = "backups.json"


@frozen
class Good:
    """A backup that was read back and held: when it was taken, its file, and what it says.

    `fresh` is when the site was last found to hold nothing else; `breaks` how many histories did not verify even then.
    """

    at: datetime
    file: str
    digest: str
    fresh: datetime
    breaks: int = 0


@frozen
class Record:
    """The last good backup, and the last try that came to nothing, if that was later; None where there is none."""

    good: Good | None = None
    failed: datetime | None = None
    why: Bilingual = NOTHING


def read_record(site: Path) -> Record:
    """What the site's folder has of it; nothing where that cannot be read, as then a new backup is due."""
    try:
        return _record(read_json(site / RECORD))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Record()


def keep_record(site: Path, record: Record) -> None:
    """The record is on the disk. Raises `SiteError`."""
    put(site / RECORD, json.dumps(_plain(record), ensure_ascii=False).encode(), lambda _: None)


def _plain(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if (good := record.good) is not None:
        said = {"file": good.file, "digest": good.digest, "breaks": good.breaks}
        found["good"] = {"at": good.at.isoformat(), "fresh": good.fresh.isoformat(), **said}
    if record.failed is not None:
        found["failed"] = {"at": record.failed.isoformat(), "why": {"zh": record.why.zh, "en": record.why.en}}
    return found


def _record(given: dict[str, Any]) -> Record:
    good, failed = given.get("good"), given.get("failed")
    return Record(
        Good(
            datetime.fromisoformat(good["at"]),
            str(good["file"]),
            str(good["digest"]),
            datetime.fromisoformat(good["fresh"]),
            int(good["breaks"]),
        )
        if good
        else None,
        datetime.fromisoformat(failed["at"]) if failed else None,
        Bilingual(**failed["why"]) if failed else NOTHING,
    )
