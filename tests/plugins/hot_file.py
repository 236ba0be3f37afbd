"""The hot file of the default store with its journal, opened alone, and dropped as a kill would."""

from __future__ import annotations

from pathlib import Path

from qiantai_tinydb.storage import Documents, Journalled, LineStorage, Site


def opened(path: Path) -> tuple[Site, Documents]:
    site = Site(path, storage=Journalled(LineStorage))
    return site, site.documents("cases")


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + ".journal")


def killed(site: Site) -> None:
    """Drop it as a kill would: descriptors go, nothing is flushed."""
    site.storage.journal.close()  # type: ignore[attr-defined]


def mark_of(hot: Path) -> Path:
    return hot.with_name("open.json.journal.mark")


def three_actions(hot: Path, acknowledged: int = 3) -> bytes:
    """What the journal has of three actions, the last of them not yet acknowledged where there are two."""
    site, cases = opened(hot)
    marks = []
    for name in "ABC":
        cases.put({name: {"text": f"第{name}件"}})
        marks.append(mark_of(hot).read_bytes())
    killed(site)
    mark_of(hot).write_bytes(marks[acknowledged - 1])
    return journal_of(hot).read_bytes()
