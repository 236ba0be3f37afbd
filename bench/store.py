"""How long a durable action takes in the default store, beside the disk's own floor and plain TinyDB, in one run.

    python bench/store.py [--archive 0 10000 100000] [--actions 2000] [--folder DIR]

Times are milliseconds; what counts is the ratio to the floor: one append of the same size and one fsync.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from attrs import frozen
from tinydb import TinyDB

from qiantai.case import fold
from qiantai.chain import sealed
from qiantai.clauses import Clause
from qiantai.duties import Duty
from qiantai.events import Began, Counted, Discharged, Entered, Event, Filed, Kept, Opened, Worked
from qiantai.periods import ZONE
from qiantai.store import Store
from qiantai.wire import event_out
from qiantai_tinydb import open_store
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.lines import Document
from qiantai_tinydb.store import document_of

OPEN, MONTHS, HOUSEHOLDS = 500, 36, 3000
SALT = "c2FsdC1zYWx0LXNh"
PLAIN_UP_TO = 10_000  # beyond, plain TinyDB takes gigabytes and seconds an action
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
SAID = "厨房水槽下面的软管接口处漏水,楼下住户反映天花板已经有水渍,请尽快派人上门查看"
NOTHING: Mapping[str, str] = {}

NOWHERE = ("没有这样的话", "没有 水", "wn", "crc", "owner", "wx", "q")
"""Words that no case has; some of them the files are full of all the same."""


def history(
    number: str, at: datetime, household: str, chance: random.Random, closing: bool, told: Mapping[str, str] = NOTHING
) -> list[Event]:
    """A repair of 5 to 12 events, of the size that a desk writes; `told` is who called and about what."""
    finish = Duty("finish", Clause("M-3.3b"), at, at, "24h", at + timedelta(days=1), at + timedelta(days=1), "handler")
    facts = {"household": household, "name": "王女士", "phone": "13800001234", "summary": SAID, "place": "厨房", **told}
    began = (Began("repair", "received", "li"), Kept(facts), Opened(finish), Counted(1, (household,)))
    events = [Event(number, 0, at, "li", "receive", {"kind": "repair", "channel": "phone", **facts}, began)]
    for seq in range(1, chance.randint(4, 11)):
        events.append(noted(number, seq, at + timedelta(minutes=seq), chance, facts["summary"]))
    if closing:
        changes = (Discharged("finish", "sun"), Entered("closed"), Filed(("register", "dossier")))
        events.append(
            Event(number, len(events), at + timedelta(hours=3), "li", "call_back", {"satisfied": True}, changes)
        )
    return chained(events)


def chained(events: Iterable[Event]) -> list[Event]:
    """The events of one case, each sealed over the one before it."""
    chain: list[Event] = []
    for event in events:
        chain.append(sealed(event, chain[-1].seal if chain else "", SALT))
    return chain


def noted(number: str, seq: int, at: datetime, chance: random.Random, said: str = SAID) -> Event:
    """One more word on a case."""
    text = said[: chance.randint(6, len(said))]
    return Event(number, seq, at, "sun", "note", {"text": text}, (Worked("sun"),))


def number_of(at: datetime, sequence: int) -> str:
    return f"BX-{at:%Y%m%d}-{sequence:03}"


def household_of(chance: random.Random) -> str:
    return f"{chance.randint(1, 10)}-{chance.randint(1, 3)}-{chance.randint(1, HOUSEHOLDS // 30)}"


def filed(count: int, chance: random.Random) -> Iterator[tuple[str, dict[str, Document]]]:
    """That many closed cases, by month of receipt."""
    for month in range(MONTHS):
        at = replaced_month(month)
        documents: dict[str, Document] = {}
        for sequence in range(1, count // MONTHS + 1):
            day = at + timedelta(days=sequence % 28, seconds=sequence)
            events = history(number_of(day, sequence), day, household_of(chance), chance, closing=True)
            documents[events[0].case] = document_of(fold(events), [event_out(each) for each in events])
        yield f"{at:%Y-%m}", documents


def replaced_month(back: int) -> datetime:
    months = NOW.year * 12 + NOW.month - 2 - back
    return NOW.replace(year=months // 12, month=months % 12 + 1, day=1)


@frozen
class Times:
    """Durations in milliseconds."""

    each: tuple[float, ...]

    @property
    def p50(self) -> float:
        return sorted(self.each)[len(self.each) // 2]

    @property
    def p99(self) -> float:
        return quantiles(self.each, n=100)[98] if len(self.each) >= 100 else max(self.each)

    def __str__(self) -> str:
        return f"{self.p50:9.3f} {self.p99:9.3f} {max(self.each):9.3f}"


def timed(times: int, action: Callable[[int], object]) -> Times:
    taken = []
    for turn in range(times):
        began = perf_counter()
        action(turn)
        taken.append((perf_counter() - began) * 1000)
    return Times(tuple(taken))


def floor(folder: Path, actions: int, size: int) -> Times:
    """Append so many bytes and sync: no store can be faster."""
    data = b"x" * (size - 1) + b"\n"
    with open(folder / "floor", "ab", buffering=0) as file:

        def append(_: int) -> None:
            file.write(data)
            os.fsync(file.fileno())

        return timed(actions, append)


def work(store: Store, actions: int, chance: random.Random) -> Times:
    """A desk's day: of ten actions eight are a word on an open case, one takes a case in, one closes one."""
    number = store.last_number("BX", NOW.date())

    def act(turn: int) -> list[Event]:
        nonlocal number
        case = chance.choice(open_now)
        if turn % 10 == 4:
            number += 1
            return history(number_of(NOW, number), NOW, household_of(chance), chance, closing=False)[:1]
        if turn % 10 == 9:
            open_now.remove(case)
            done = (Discharged("finish", "sun"), Entered("closed"), Filed(("register",)))
            return [Event(case, lengths[case], NOW, "li", "call_back", {"satisfied": True}, done)]
        return [noted(case, lengths[case], NOW, chance)]

    open_now = [case.number for case in store.open_cases()]
    lengths = {case.number: len(case.history) for case in store.open_cases()}
    seals = {case.number: case.history[-1].seal for case in store.open_cases()}
    taken = []
    for turn in range(actions):
        events = act(turn)
        began = perf_counter()
        events = [sealed(each, seals.get(each.case, "") if each.seq else "", SALT) for each in events]
        store.append(events)
        taken.append((perf_counter() - began) * 1000)
        if events[0].seq == 0:
            open_now.append(events[0].case)
        lengths[events[0].case], seals[events[0].case] = events[0].seq + 1, events[0].seal
    return Times(tuple(taken))


def plain(folder: Path, documents: dict[str, Document], actions: int) -> Times:
    """The same documents in TinyDB as it comes, one of them changed at a time."""
    rows = {str(turn): each for turn, each in enumerate(documents.values(), 1)}
    (folder / "plain.json").write_text(json.dumps({"_default": rows}, ensure_ascii=False), encoding="utf-8")
    with TinyDB(folder / "plain.json", encoding="utf-8", ensure_ascii=False) as db:
        return timed(actions, lambda turn: db.update({"turn": turn}, doc_ids=[turn % len(rows) + 1]))


def a_site(folder: Path, archived: int, chance: random.Random) -> dict[str, Document]:
    """A site of so many cases in `folder`; all its documents, where they are few enough for plain TinyDB."""
    store = open_store(folder)
    yesterday = NOW - timedelta(days=1)
    for sequence in range(1, OPEN + 1):
        store.append(history(number_of(yesterday, sequence), yesterday, household_of(chance), chance, closing=False))
    documents: dict[str, Document] = {
        each.number: {"events": [event_out(event) for event in each.history]} for each in store.open_cases()
    }
    store.close()
    for month, filed_then in filed(archived, chance):
        if filed_then:
            Archive(folder / "archive").file(month, filed_then)
        if archived <= PLAIN_UP_TO:
            documents.update(filed_then)
    return documents


def searched(store: Store, words: str, most: int | None = None) -> Times:
    """So many closed cases with these words, or all."""
    return timed(5, lambda _: list(islice(store.closed_cases(words=words), most)))


def measure(folder: Path, archived: int, actions: int) -> None:
    """One table of the given history."""
    chance = random.Random(1)
    site = folder / "site"
    documents = a_site(site, archived, chance)
    size = (site / "open.json").stat().st_size // OPEN
    opening = timed(5, lambda _: open_store(site).close())
    store = open_store(site)
    households = [household_of(chance) for _ in range(20)]
    found = sum(len(list(store.closed_cases(each))) for each in households) / len(households)
    rows = {
        "cold start, and close": opening,
        f"a household of {found:.1f} closed cases": timed(20, lambda turn: list(store.closed_cases(households[turn]))),
        **{f"the first 50 with {words}": searched(store, words, 50) for words in ("水", "水渍 13800001234", "a")},
        **{f"{words}, which stands nowhere": searched(store, words) for words in NOWHERE},
        "one rare number": searched(store, number_of(replaced_month(MONTHS - 1), 28)),
        "the register of 31 days": timed(
            5, lambda _: list(store.received(NOW.date() - timedelta(days=30), NOW.date()))
        ),
    }
    ours = work(store, actions, chance)
    store.close()
    ground = floor(folder, actions, size)
    against = {"floor: append and fsync": ground, "this store: an action": ours}
    if archived <= PLAIN_UP_TO:
        turns = max(3, min(actions, 50_000 // len(documents)))
        against["plain TinyDB: an action"] = plain(folder, documents, turns)
    print(f"\n{OPEN} open cases, {archived} archived, {size} bytes a case")
    print(f"{'milliseconds':40s}{'p50':>10s}{'p99':>10s}{'max':>10s}{'p50 x floor':>14s}")
    for name, times in against.items():
        print(f"{name:40s}{times}{times.p50 / ground.p50:14.1f}")
    for name, times in rows.items():
        print(f"{name:40s}{times}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--archive", type=int, nargs="+", default=[0, 10_000, 100_000])
    asked.add_argument("--actions", type=int, default=2000)
    asked.add_argument("--folder", type=Path, help="where to write; a folder of the disk that is to be measured")
    given = asked.parse_args()
    for archived in given.archive:
        with tempfile.TemporaryDirectory(dir=given.folder) as folder:
            measure(Path(folder), archived, given.actions)


if __name__ == "__main__":
    main()
