"""The book of what everybody at a site was told of: on disk, shared by all its desks, so that nothing is told twice."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from attrs import evolve, frozen

from qiantai.case import Case
from qiantai.projections.alerts import Alert, Stage
from qiantai.tables import moment

from ..sites.files import PRIVATE_FILE, SiteError, replace_private

FILE, LOCK = "alerts.jsonl", ".alerts.lock"
KEPT_FOR = timedelta(days=30)
"""How long a line is kept whose case is closed; one of an open case stays, or it would be told again."""
LARGEST = 32 * 1024 * 1024
"""Bytes of the book that are read, from its end: years of alerts."""
_WAIT = 2
"""Seconds that another desk is waited for, which writes a line and is gone."""
_NOWHERE = (0, -1)


@frozen
class Told:
    """That somebody (a person's id) was told of something, when, and whether they have seen to it."""

    person: str
    alert: Alert
    at: datetime
    seen: bool = False


_due, _told_at = attrgetter("alert.due"), attrgetter("at")


class AlertBook:
    """The book of one site. What cannot be read counts as never told; what cannot be written is kept in memory."""

    def __init__(self, folder: Path | None) -> None:
        """`folder` is the site's, None for memory alone."""
        self._folder = folder
        self._lines: dict[tuple[str, Alert], Told] = {}
        self._read_up_to = _NOWHERE
        self._torn = False

    def of(self, person: str) -> tuple[Told, ...]:
        """What one person was told, the latest first and of one moment the earliest due, as all desks left it."""
        self._look()
        theirs = sorted((each for each in self._lines.values() if each.person == person), key=_due)
        return tuple(sorted(theirs, key=_told_at, reverse=True))

    def tell(
        self, person: str, at: datetime, choose: Callable[[frozenset[Alert]], Iterable[Alert]]
    ) -> tuple[Alert, ...]:
        """Puts on record what `choose` gives, given all that the person was told so far; gives what it was.

        Meanwhile no other desk of the site tells anybody anything, so of two the second finds it told.
        """
        with self._alone():
            self._look()
            before = frozenset(each.alert for each in self._lines.values() if each.person == person)
            found = tuple(choose(before))
            self._add(Told(person, each, at) for each in found)
        return found

    def see(self, person: str, alerts: Iterable[Alert]) -> None:
        """Puts on record that the person has seen to these."""
        with self._alone():
            self._look()
            known = (self._lines.get((person, each)) for each in alerts)
            self._add(evolve(each, seen=True) for each in known if each is not None and not each.seen)

    def forget(self, person: str, at: datetime, live: Iterable[str]) -> None:
        """Lets go of what the person was told long ago of cases that are not among `live`; the book is written anew.

        What is live has to stay: it would be told again.
        """
        with self._alone():
            self._look()
            cases = frozenset(live)
            kept = {key: each for key, each in self._lines.items() if not _past(each, person, at, cases)}
            if len(kept) < len(self._lines) and self._folder is not None:
                with suppress(SiteError):
                    replace_private(self._folder / FILE, "".join(map(_out, kept.values())))
                    self._lines, self._read_up_to = kept, _NOWHERE

    @property
    def changed(self) -> bool:
        """Whether another desk has written in it since it was last read here."""
        return self._folder is not None and self._end() not in (_NOWHERE, self._read_up_to)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keeps the site's other desks out; where that cannot be had, this desk goes on alone."""
        if self._folder is None:
            yield
            return
        from filelock import FileLock, Timeout  # no desk needs it before it has something to tell

        lock = FileLock(self._folder / LOCK, timeout=_WAIT, mode=PRIVATE_FILE)
        with suppress(Timeout, OSError):
            lock.acquire()
        try:
            yield
        finally:
            lock.release()

    def _look(self) -> None:
        """Reads what was added since, or all where the book was written anew."""
        if self._folder is None or (end := self._end()) in (_NOWHERE, self._read_up_to):
            return
        file, size = end
        start = self._read_up_to[1] if file == self._read_up_to[0] and size > self._read_up_to[1] else 0
        try:
            with (self._folder / FILE).open("rb") as opened:
                opened.seek(max(start, size - LARGEST))
                data = opened.read(LARGEST)
        except (OSError, ValueError):
            return
        self._read_up_to, self._torn = (file, max(start, size - LARGEST) + len(data)), not data.endswith(b"\n")
        self._lines |= {(each.person, each.alert): each for each in _lines(data)}

    def _end(self) -> tuple[int, int]:
        """Which file the book is, and how long it is by now."""
        assert self._folder is not None
        try:
            found = (self._folder / FILE).stat()
        except (OSError, ValueError):
            return _NOWHERE
        return found.st_ino, found.st_size

    def _add(self, told: Iterable[Told]) -> None:
        """Puts lines on the disk at the end of the book; a line that was torn off stays a line by itself."""
        added = tuple(told)
        self._lines |= {(each.person, each.alert): each for each in added}
        if self._folder is None or not added:
            return
        text = "\n" * self._torn + "".join(map(_out, added))
        with suppress(OSError):
            descriptor = os.open(self._folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, PRIVATE_FILE)
            with open(descriptor, "a", encoding="ascii", newline="\n") as opened:
                opened.write(text)
                opened.flush()
                os.fsync(opened.fileno())
            self._read_up_to, self._torn = self._end(), False


def _past(told: Told, person: str, at: datetime, live: frozenset[str]) -> bool:
    return told.person == person and told.alert.case not in live and at - told.at >= KEPT_FOR


def _lines(data: bytes) -> Iterator[Told]:
    """Those lines that can be read."""
    for line in data.splitlines():
        with suppress(ValueError, KeyError, TypeError, RecursionError):
            yield _in(json.loads(line))


def unread(data: bytes) -> Iterator[int]:
    """The numbers of the lines that cannot be read, from 1."""
    for number, line in enumerate(data.splitlines(), 1):
        if line and not [*_lines(line)]:
            yield number


def _out(told: Told) -> str:
    alert = told.alert
    line = {
        "person": told.person,
        "case": alert.case,
        "duty": alert.duty,
        "due": alert.due.isoformat(),
        "stage": str(alert.stage),
        "at": told.at.isoformat(),
        "seen": told.seen,
    }
    return json.dumps(line) + "\n"


def _in(line: Any) -> Told:
    texts = {name: line[name] for name in ("person", "case", "duty", "due", "stage", "at")}
    if not all(isinstance(each, str) for each in texts.values()):
        raise TypeError
    due, at = _moment(texts["due"]), _moment(texts["at"])
    alert = Alert(texts["case"], texts["duty"], due, Stage(texts["stage"]))
    return Told(texts["person"], alert, at, line["seen"] is True)


def _moment(text: str) -> datetime:
    found = moment(text)
    if found is None:
        raise ValueError(text)
    return found


def unseen(told: Iterable[Told], cases: Iterable[Case]) -> tuple[Told, ...]:
    """What of it was not seen to, and is owed still in these open cases as it was told."""
    owed = {(case.number, duty.name, duty.due) for case in cases for duty in case.owed}
    return tuple(each for each in told if not each.seen and which(each.alert) in owed)


def which(alert: Alert) -> tuple[str, str, datetime]:
    """The due time that an alert tells of, at whichever stage."""
    return alert.case, alert.duty, alert.due
