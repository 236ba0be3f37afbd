"""What reads what comes from outside, each as a function of bytes: it raises nothing but where something is wrong."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from qiantai import MemoryStore, StoreError
from qiantai.auditing import anchor_in
from qiantai.books import BOOKS, BadBook, line_in
from qiantai.calendar import BadCalendar, read_years
from qiantai.carrying import carry, inventory
from qiantai.deeds import deed_of
from qiantai.exported import Export
from qiantai.exporting import Count
from qiantai.plainly import UNSTILL
from qiantai.projections.alerts import Alert, Stage
from qiantai.reading import read_site
from qiantai.tables import BadInput
from qiantai.testing.happenings import NINE
from qiantai.tomltext import decoded, parsed
from qiantai.wire import event_in, household_in, look_in
from qiantai.words import Bilingual
from qiantai_roll import UnreadableRoll, compare, read_roll
from qiantai_scenarios.player import play
from qiantai_scenarios.reader import BadScenario, parse_scenario
from qiantai_scenarios.report import Report
from qiantai_tui.alerts.book import FILE as ALERTS
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.preferences import BadPreferences, read_preferences
from qiantai_tui.sites.books import lines_in, text_of
from qiantai_tui.sites.draft_book import DraftBook
from qiantai_tui.sites.site import BadSite, read_settings
from tools.fuzz import stores

_DUE = Alert("BX-20261123-001", "finish", NINE, Stage.DUE)
LONGEST_TOLD = 64 * 1024
"""Characters of what is said of one file, however much is wrong in it."""


def scenario(data: bytes) -> None:
    """A scenario file, read and played."""
    try:
        found = parse_scenario(decoded(data), "a.toml")
    except BadScenario as bad:
        _told(Report((), (bad,)).as_text())
    except BadInput as bad:
        _told(str(bad))
    else:
        report = Report((play(found),))
        _told(report.as_text())
        json.dumps(report.as_json(), ensure_ascii=False).encode()


def site(data: bytes) -> None:
    """What a site's folder has beside its records."""
    try:
        tables = parsed(decoded(data))
    except BadInput as bad:
        return _told(str(bad))
    try:
        read_site(tables)
    except BadInput as bad:
        _told(str(bad))
    try:
        read_years(tables)
    except BadCalendar as bad:
        _said(bad.why)
    return None


def own_files(data: bytes) -> None:
    """What is this person's own: settings, the site's settings, drafts, the book of alerts."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "settings.toml"
        file.write_bytes(data)
        for read in (lambda: read_preferences(file), lambda: read_settings(file.parent)):
            try:
                read()
            except (BadPreferences, BadSite) as bad:
                _said(bad.why)
        book = DraftBook(file)
        book.keep("BX-20261123-001:note", {"text": "\ud800"})
        assert DraftBook(file).get("BX-20261123-001:note") == {"text": "\ud800"}
        (Path(folder) / ALERTS).write_bytes(data)
        AlertBook(Path(folder)).tell("", _DUE.due, lambda told: {_DUE} - told)
        assert _DUE in {each.alert for each in AlertBook(Path(folder)).of("")}


def roll(data: bytes) -> None:
    """The household roll."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roll"
        file.write_bytes(data)
        try:
            reading = read_roll(file)
        except UnreadableRoll as bad:
            return _said(bad.what)
    for each in compare(reading, {}).to_save:
        assert not any(UNSTILL.search(text) for text in (each.id, each.name, each.phone, each.email, each.area))
        assert max(map(len, (each.id, each.name, each.phone, each.email, each.area))) <= 400
    return None


def records(data: bytes) -> None:
    """Plain data that comes back in: events, households, looks, anchors, deeds."""
    try:
        given = json.loads(data)
    except (ValueError, RecursionError):
        return
    for read in (event_in, household_in, look_in, anchor_in, _deed_in):
        try:
            read(given)
        except (ValueError, KeyError, TypeError):
            continue


def _deed_in(given: Any) -> object:
    return deed_of(line_in("scripts", given))


def books(data: bytes) -> None:
    """The file of a book: its lines, or the first that is none; whichever it is, writing them gives them again."""
    for name in BOOKS:
        try:
            found = lines_in(name, data, name)
        except BadBook:
            continue
        assert lines_in(name, text_of(found).encode(), name) == found


def export(data: bytes) -> None:
    """An export of a whole site, as it is, and again with an end that fits what stands before it."""
    lines = data.splitlines(keepends=True)
    count = Count()
    for line in lines[:-1]:
        try:
            count.add(json.loads(line), line)
        except (ValueError, RecursionError, AttributeError):
            return _taken(lines)
    _taken(lines)
    return _taken([*lines[:-1], json.dumps({"end": count.end}).encode() + b"\n"])


def _taken(lines: list[bytes]) -> None:
    kept = MemoryStore()
    try:
        found = Export(lambda: lines)
        found.files()
        carry(found, kept)
    except StoreError as bad:
        return _said(bad.why)
    assert inventory(found) == inventory(kept)
    return None


def store(data: bytes) -> None:
    """The files of the default store, one of them these bytes."""
    stores.any_bytes(data)


def sealed(data: bytes) -> None:
    """The same, these bytes being a record in them with a checksum that holds."""
    stores.any_record(data)


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    each.__name__: each for each in (scenario, site, own_files, roll, records, books, export, store, sealed)
}


def _said(why: Bilingual) -> None:
    _told(why.zh)
    _told(why.en)


def _told(text: str) -> None:
    assert text.strip(), "it is said what was wrong"
    assert len(text) <= LONGEST_TOLD, "it is said in few words"
    assert not any(UNSTILL.search(line) for line in text.split("\n")), "what is said stands still"
    text.encode()
