"""The store of a site: its cases, its roll of households and its log of looks, in one folder of TinyDB files."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock, RLock, Thread

from qiantai.case import Case, evolve, fold
from qiantai.events import Event
from qiantai.people import Household
from qiantai.periods import ZONE
from qiantai.store import Look, conflict, mentions, sequence, sought, without_words
from qiantai.wire import event_in, event_out, household_in, household_out, look_in, look_out
from qiantai_tinydb.cases import Cases
from qiantai_tinydb.disk import make_folder
from qiantai_tinydb.faults import closed, unreadable, written
from qiantai_tinydb.journal import Journal
from qiantai_tinydb.lines import NO_LOOK, BadLine, Document
from qiantai_tinydb.lock import Hold
from qiantai_tinydb.storage import LineStorage, Site

_ROLL = "households"
_ROLL_FILE, _LOOKS_FILE = "households.json", "looks.jsonl"
_LAST_LOOKS = 64 * 1024  # bytes at the end of the log that are checked at start; the rest when it is read


class TinyStore:
    """See `qiantai.store.Store`. Raises `Locked`, `Damaged` or `Unwritable` where the folder cannot be had."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._turn, self._filing = RLock(), Lock()  # who needs both takes the filing first
        self._folded: dict[str, tuple[Document, Case]] = {}
        with ExitStack() as opened, written(folder):
            make_folder(folder)
            self._hold = Hold(folder)
            opened.callback(self._hold.release)
            self._cases = Cases(folder, (_ROLL_FILE, _LOOKS_FILE), self._turn)
            opened.callback(self._cases.let_go)
            self._roll = Site(folder / _ROLL_FILE, storage=LineStorage).documents(_ROLL)
            self._households = {key: _household(key, each) for key, each in self._roll.look().items()}
            self._looks = Journal(folder / _LOOKS_FILE)
            opened.callback(self._looks.close)
            self._looks.read(_LAST_LOOKS)
            self.open_cases()
            opened.pop_all()
        self._closed = False

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if self._closed:
            raise closed(self._folder)
        with written(self._folder):
            yield

    def append(self, events: Sequence[Event]) -> None:
        """See `Store`. Raises `Conflict`, or `Unwritable` where the disk does not take it."""
        with self._turn:
            changed: dict[str, Case] = {}
            documents: dict[str, Document] = {}
            for event in events:
                case = changed.get(event.case) or self.case(event.case)
                if event.seq != (len(case.history) if case else 0):
                    raise conflict(event.case)
                before = documents.get(event.case) or self._cases.find(event.case) or {"events": []}
                changed[event.case] = case = evolve(case, event)
                documents[event.case] = document_of(case, [*before["events"], event_out(event)])
            with self._writing():
                self._cases.put(documents)
            self._folded.update({number: (documents[number], case) for number, case in changed.items()})
        self._tidy()

    def _tidy(self) -> None:
        """Where enough has come together it is filed beside whoever goes on, and erased words go before they do."""
        if self._cases.full and not self._filing.locked():
            (start if not self._cases.erasing else _at_once)(self._file)

    def _file(self) -> None:
        if self._filing.acquire(blocking=False):
            try:
                if not self._closed:
                    self._cases.tidy()
            finally:
                self._filing.release()

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        """See `Store`. Raises `Conflict`, or `Unwritable` where the disk does not take it.

        What is on record and not yet gone from every file when the disk fails or the power does is gone at the next
        opening, or with the next action that the disk takes.
        """
        with self._filing:
            with self._turn:
                cases = [without_words(self.case(history[0].case), history) for history in histories]
                documents = {each.number: document_of(each, [event_out(one) for one in each.history]) for each in cases}
                with self._writing():
                    self._cases.put(documents, erasing=True)
                self._folded.update({case.number: (documents[case.number], case) for case in cases})
            self._cases.complete()

    def where(self, number: str) -> str:
        """See `Store`."""
        return self._cases.where(number)

    def open_cases(self) -> Sequence[Case]:
        """See `Store`."""
        hot = self._cases.hot()
        self._folded = {number: each for number, each in list(self._folded.items()) if number in hot}
        cases = (self._case(number, document) for number, document in list(hot.items()))
        return [case for case in cases if case.open]

    def case(self, number: str) -> Case | None:
        """See `Store`."""
        document = self._cases.find(number)
        return self._case(number, document) if document else None

    def _case(self, number: str, document: Document) -> Case:
        kept, case = self._folded.get(number, (None, None))
        if case is not None and kept is document:
            return case
        try:
            case = fold(event_in(each) for each in document["events"])
            if document["state"] != case.state or number != case.number or not document["received"]:
                raise ValueError("its head is not what its events say")
        except Exception as error:  # a history that no desk wrote makes the rules raise anything at all
            raise unreadable(number, error) from error
        if document is self._cases.hot().get(number):
            self._folded[number] = (document, case)
        return case

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """See `Store`. Of the archive no other cases are read: what is said in those it has told before."""
        hot = self._cases.hot()
        for number, document in self._cases.search(household, sought(words)):
            case = self._case(number, document)
            if number in hot and not mentions(case, words):
                continue
            if not case.open and (not household or household in case.households):
                yield case

    def closed_count(self, month: str = "") -> int:
        """See `Store`. Raises `Damaged`."""
        hot = self._cases.hot()
        return sum(self._cases.count(each, hot) for each in self._months(month))

    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        """See `Store`. Of the archive hardly any other cases are read. Raises `Damaged`."""
        hot = self._cases.hot()
        found = self._cases.page(self._months(month), hot, range(first, first + most))
        cases = [self._case(*each) for each in found]
        for case in cases:
            if case.open:
                raise unreadable(case.number, ValueError("it is filed, and not closed"))
        return cases

    def _months(self, month: str) -> Sequence[str]:
        return [each for each in self._cases.months() if month in ("", each)]

    def stamp(self, month: str) -> object:
        """See `Store`: of the archive the file alone is looked at."""
        return self._cases.stamp(month)

    def all_cases(self) -> Iterator[Case]:
        """See `Store`. Raises `Damaged`, also where a case would be looked for by other words than its own."""
        hot = self._cases.hot()
        for month in self._cases.months():
            for number, document in self._cases.every(month, hot):
                case = self._case(number, document)
                if document_of(case, document["events"]) != document:
                    raise unreadable(number, ValueError("its head is not what its events say"))
                yield case

    def received(self, first: date, last: date) -> Iterator[Case]:
        """See `Store`. No case is read before it is asked for. Raises `Damaged`."""
        days = first.isoformat(), last.isoformat()
        hot = self._cases.hot()
        for month in reversed(self._cases.months()):
            if days[0][:7] <= month <= days[1][:7]:
                for number, document in self._cases.received(month, hot, days):
                    if days[0] <= document["received"][:10] <= days[1]:
                        yield self._case(number, document)

    def last_number(self, prefix: str, day: date) -> int:
        """See `Store`."""
        return max((sequence(each)[1] for each in self._cases.numbers(f"{prefix}-{day:%Y%m%d}")), default=0)

    def households(self) -> Sequence[Household]:
        """See `Store`."""
        return list(self._households.values())

    def keep_households(self, households: Sequence[Household]) -> None:
        """See `Store`. Raises `Unwritable`."""
        with self._turn, self._writing():
            self._roll.put({each.id: household_out(each) for each in households})
            self._households.update({each.id: each for each in households})
            self._cases.need(_ROLL_FILE)

    def record(self, look: Look) -> None:
        """See `Store`. Raises `Unwritable`."""
        with self._turn, self._writing():
            self._looks.append(look_out(look))

    def looks(self) -> Sequence[Look]:
        """See `Store`. Raises `Damaged`."""
        found: list[Look] = []
        for line, entry in enumerate(self._looks.read(), 1):
            try:
                found.append(look_in(entry))
            except (KeyError, ValueError, TypeError):
                raise self._looks.damaged_at(line, BadLine(NO_LOOK)) from None
        return found

    def news(self) -> Collection[str]:
        """See `Store`: nobody else has the folder."""
        return ()

    def close(self) -> None:
        """File the closed cases, write the hot file, and let others in; a second time does nothing."""
        with self._filing, self._turn, ExitStack() as closing:
            if self._closed:
                return
            self._closed = True
            closing.callback(self._hold.release)
            closing.callback(self._looks.close)
            with written(self._folder):
                self._cases.close()


def start(work: Callable[[], None]) -> None:
    """Has this done beside whoever goes on; the process waits for it before it ends."""
    Thread(target=work, name="filing").start()


def _at_once(work: Callable[[], None]) -> None:
    work()


def document_of(case: Case, events: Sequence[Document]) -> Document:
    """What is kept of a case: its events, and before them what it is found by, here and with plain TinyDB."""
    others = [{"household": each} for each in case.households if each != case.household]
    return {
        "received": case.received.astimezone(ZONE).isoformat(),
        "kind": case.kind,
        "state": case.state,
        "household": case.household,
        **({"joined": others} if others else {}),
        "events": events,
    }


def _household(key: str, document: Document) -> Household:
    try:
        household = household_in(document)
        if household.id != key:
            raise ValueError("it is another household's")
    except (KeyError, ValueError, TypeError) as error:
        raise unreadable(key, error) from error
    return household
