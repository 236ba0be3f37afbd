"""The cases on disk: the open ones and those just closed in the hot file, the others in the file of their month."""

from __future__ import annotations

import logging
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import merge
from itertools import chain, islice
from pathlib import Path
from threading import RLock

from qiantai.words import CLOSED
from qiantai_tinydb.archive import EVER, Archive
from qiantai_tinydb.disk import forget_unfinished
from qiantai_tinydb.faults import missing, unfinished, unreadable
from qiantai_tinydb.filed import Days, Filed
from qiantai_tinydb.lines import BadLine, Document, checked
from qiantai_tinydb.month import TABLE, month_in
from qiantai_tinydb.storage import Journalled, LineStorage, Site

JOURNAL_LIMIT = 4 * 1024 * 1024  # bytes; reading it back at start takes some 40 ms
CLOSED_LIMIT = 200  # documents; each makes every action a little slower
_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # nothing of it is to appear on somebody's screen unasked

Numbered = tuple[str, Document]


class Cases:
    """Documents by case number; each has at least `received`, the local time as ISO text, and `state`.

    A closed case is filed in the month of its receipt, which never changes: so it has one place for good, a register
    reads only its own months, and newest first is month by month. What the hot file has goes before the archive: a
    case that something happens to after it was filed comes back with all its history, and is filed anew later.
    """

    def __init__(self, folder: Path, beside: Sequence[str] = (), turn: RLock | None = None) -> None:
        """`beside`: the names of other files, none of which is there before the hot file is. `turn`: whoever puts
        something has it, where there are several."""
        self._turn = turn or RLock()
        path = folder / "open.json"
        self.archive = Archive(folder / "archive")
        self._db = Site(path, storage=Journalled(LineStorage))
        assert isinstance(self._db.storage, Journalled), "the storage that was just asked for"
        self._storage = self._db.storage
        self._hot = self._db.documents(TABLE)
        self._needed = self._db.documents("files")
        self._stems: dict[str, set[str]] = {}
        self._limits = JOURNAL_LIMIT, CLOSED_LIMIT
        try:
            self._begin(path, beside)
        except BaseException:
            self.let_go()
            raise

    def _begin(self, path: Path, beside: Sequence[str]) -> None:
        if not path.exists():
            others = any((path.parent / each).exists() for each in beside)
            if others or self._storage.journal.size or self.archive.months():
                raise missing(path)
            self._storage.storage.write({TABLE: {}})
        for name in self._needed.look():
            if not (path.parent / name).exists():
                raise missing(path.parent / name)
        for number, document in self.hot().items():
            try:
                checked(document)
            except BadLine as error:
                raise unreadable(number, error) from None
        forget_unfinished(path.parent, self.archive.folder)
        if self._storage.erasing:
            self.tidy()

    def hot(self) -> Mapping[str, Document]:
        """The documents of the hot file by number; a snapshot that no later action changes."""
        return self._hot.look()

    def find(self, number: str) -> Document | None:
        """The document of that number, wherever it is."""
        found: Document | None = self.hot().get(number)
        if found is not None:
            return found
        if number not in self._stems.get(_stem(number), {number}):
            return None
        likely = month_in(number)
        if likely and (filed := self.archive.find(likely, number)):
            return filed
        if number not in self._archived(_stem(number)):
            return None
        others = (self.archive.find(month, number) for month in self.archive.months() if month != likely)
        return next((each for each in others if each), None)

    def where(self, number: str) -> str:
        """The file that has the document of that number, from the site's folder; empty where none has."""
        if number in self.hot():
            return self._storage.storage.path.name
        months = (each for each in (month_in(number), *self.archive.months()) if each)
        return next((f"archive/{each}.json" for each in months if self.archive.find(each, number)), "")

    def put(self, documents: Mapping[str, Document], *, erasing: bool = False) -> None:
        """These documents are on the disk, all of them or, with an `OSError`, none.

        `erasing`: what they leave out is to go from every file, at the next opening if not before, see `complete`.
        """
        before = self._storage.erasing
        self._storage.erasing = before or erasing
        try:
            self._hot.put(documents)
        except BaseException:
            self._storage.erasing = before
            raise

    def complete(self) -> None:
        """What was erased is gone from every file. Raises `Unwritable` where the disk does not take that yet."""
        try:
            self.file()
        except OSError as error:
            raise unfinished(self._storage.storage.path, error) from error

    def numbers(self, stem: str) -> Iterator[str]:
        """All numbers ever given that are made of this and a sequence, some twice: `BX-20261123`."""
        return chain((each for each in self.hot() if _stem(each) == stem), self._archived(stem))

    def _archived(self, stem: str) -> set[str]:
        if stem not in self._stems:
            self._stems[stem] = {each for each in self.archive.numbers(f"{stem}-") if _stem(each) == stem}
        return self._stems[stem]

    def months(self) -> list[str]:
        """The months of all receipts, the newest first: `2026-11`."""
        return sorted({*map(_received, list(self.hot().values())), *self.archive.months()}, reverse=True)

    def search(self, household: str, words: Sequence[str]) -> Iterator[Numbered]:
        """All in the hot file, and the filed ones that are asked for, the latest receipt first. Raises `Damaged`."""
        hot = self.hot()
        latest: dict[str, list[Numbered]] = defaultdict(list)
        for each in sorted(hot.items(), key=_receipt, reverse=True):
            latest[_received(each[1])].append(each)
        for month in sorted({*latest, *self.archive.months()}, reverse=True):
            filed = (each for each in self.archive.search(month, household, words) if each[0] not in hot)
            yield from merge(latest[month], filed, key=_receipt, reverse=True)

    def count(self, month: str, hot: Mapping[str, Document]) -> int:
        """How many closed cases were received that month, in `hot` and filed ones. Raises `Damaged`."""
        theirs = dict(_of(month, hot))
        return len(_closed(theirs)) + self.archive.count(month, theirs)

    def page(self, months: Sequence[str], hot: Mapping[str, Document], places: range) -> Iterator[Numbered]:
        """Of the closed cases received in these months, the latest receipt first, those in these places.

        No other filed one is read, but the few between which the first is looked for. Raises `Damaged`.
        """
        first, end = places.start, places.stop
        for month in months:
            count = self.count(month, hot)
            if first < count and end > 0:
                yield from self._page(month, hot, range(max(first, 0), min(end, count)))
            first, end = first - count, end - count
            if end <= 0:
                return

    def _page(self, month: str, hot: Mapping[str, Document], places: range) -> Iterator[Numbered]:
        theirs = dict(_of(month, hot))
        latest = sorted(_closed(theirs).items(), key=_receipt, reverse=True)
        with self.archive.filed(month, theirs) as filed:
            before = _before(places.start, latest, filed)
            others = (filed[at] for at in range(places.start - before, len(filed)))
            yield from islice(merge(latest[before:], others, key=_receipt, reverse=True), len(places))

    def received(self, month: str, hot: Mapping[str, Document], days: Days) -> Iterator[Numbered]:
        """The cases received that month in order of receipt: all in `hot`, and the filed ones of these days.

        None of the filed ones is parsed before it is asked for. Raises `Damaged`.
        """
        return merge(sorted(_of(month, hot), key=_receipt), self._filed(month, hot, days), key=_receipt)

    def stamp(self, month: str) -> object:
        """What changes with every case received that month: those in the hot file, and the file of the others."""
        hot = frozenset((number, len(each["events"])) for number, each in _of(month, self.hot()))
        return hot, self.archive.stamp(month)

    def every(self, month: str, hot: Mapping[str, Document]) -> Iterator[Numbered]:
        """The cases received that month, all in `hot` and all that are filed, in no order. Raises `Damaged`."""
        return chain(_of(month, hot), self._filed(month, hot, EVER))

    def _filed(self, month: str, hot: Mapping[str, Document], days: Days) -> Iterator[Numbered]:
        return (each for each in self.archive.received(month, days) if each[0] not in hot)

    @property
    def erasing(self) -> bool:
        """Whether words that were erased may still stand in some file."""
        return self._storage.erasing

    @property
    def full(self) -> bool:
        """Whether so much is closed, or stands in the journal, that it is to be filed; or words are to be erased."""
        size, closed = self._grown
        return size >= self._limits[0] or closed >= self._limits[1] or self.erasing

    @property
    def _grown(self) -> tuple[int, int]:
        return self._storage.journal.size, len(_closed(self.hot()))

    def tidy(self) -> None:
        """File what is closed and empty the journal.

        What fails is only logged, and tried again when as much has come together anew: it is all in the journal.
        """
        try:
            self.file()
            self._limits = JOURNAL_LIMIT, CLOSED_LIMIT
        except Exception:
            size, closed = self._grown
            self._limits = size + JOURNAL_LIMIT, closed + CLOSED_LIMIT
            _log.warning("not filed for now: %s", self._storage.storage.path, exc_info=True)

    def file(self) -> None:
        """Every closed case is in its month's file and no longer in the hot one; archive first, hot file second.

        Only the second takes the turn of those who put something: of a case that goes on meanwhile the hot file keeps
        what it has, which goes before the archive. Not to be asked twice at once.
        """
        closed = _closed(self.hot())
        months: dict[str, dict[str, Document]] = defaultdict(dict)
        for number, document in closed.items():
            months[_received(document)][number] = document
        for month, documents in months.items():
            self.archive.file(month, documents)
        with self._turn:
            for month in months:
                self.need(f"archive/{month}.json")
            for number in closed:
                if _stem(number) in self._stems:
                    self._stems[_stem(number)].add(number)
            hot = self.hot()
            if filed := [number for number, each in closed.items() if hot.get(number) is each]:
                self._hot.drop(filed)
            self._storage.flush()

    def need(self, name: str) -> None:
        """That file is there from now on, or it is missed at the next opening; from the site's folder, `archive/…`."""
        if name not in self._needed.look():
            self._needed.put({name: {}})

    def let_go(self) -> None:
        """Give the files back as they are."""
        self._storage.journal.close()

    def close(self) -> None:
        """File and flush what there is, unless the disk is in doubt, and give the files back."""
        try:
            if not self._storage.journal.stopped:
                self.file()
        finally:
            self._db.close()


def _stem(number: str) -> str:
    return number.rpartition("-")[0]


def _closed(documents: Mapping[str, Document]) -> dict[str, Document]:
    return {number: each for number, each in documents.items() if each["state"] == CLOSED}


def _before(place: int, latest: Sequence[Numbered], filed: Filed) -> int:
    """How many of the one are among the first so many of both, each having the latest receipt first."""
    fewest, most = max(0, place - len(filed)), min(place, len(latest))

    def enough(count: int) -> bool:
        return _receipt(latest[count]) < _receipt(filed[place - count - 1])

    return fewest + bisect_left(range(fewest, most), True, key=enough)


def _of(month: str, hot: Mapping[str, Document]) -> Iterator[Numbered]:
    return ((number, each) for number, each in list(hot.items()) if _received(each) == month)


def _receipt(numbered: Numbered) -> tuple[str, str]:
    return numbered[1]["received"], numbered[0]


def _received(document: Document) -> str:
    month: str = document["received"][:7]
    return month
