"""A desk's work without end, the same for the same seed in whatever store, and what a store must have of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from hashlib import blake2b
from itertools import islice
from random import Random
from typing import Any

from qiantai import Case, Desk, Done, Handbook, Household, MemoryStore, audit
from qiantai.erasure import spots
from qiantai.store import Look, Store
from qiantai.wire import event_out, household_out, look_out
from tests.kernel.front_desk import COMPLAINT, HOUSEHOLDS, MONDAY, STAFF, WAYS

MOST_OPEN = 8
PAUSE = timedelta(hours=4)
STEPS = {kind: [step for steps in way.values() for step in steps] for kind, way in WAYS.items()}
PREFIXES = tuple(each.prefix for each in Handbook().requests.values())
SUMMARIES = ("厨房漏水", "Wi-Fi 断了", "楼道灯不亮", "噪音\n“扰民”")
MORE: Mapping[str, Mapping[str, Any]] = {"complaint": COMPLAINT, "repair": {"emergency": True}}


class Day:
    """The n-th deed depends on the seed, on n and on what the store has: so it is the same in every store.

    `back`: by how much the clock was set back.
    """

    def __init__(self, seed: int, store: Store, back: timedelta = timedelta()) -> None:
        self._seed = seed
        self._back = back
        self._store = store
        self._chance = Random()
        self.at = MONDAY
        self.desk = Desk(
            Handbook(STAFF, HOUSEHOLDS),
            store,
            clock=lambda: self.at,
            salts=lambda: f"{self._chance.getrandbits(60):016d}"[:16],
        )

    def do(self, n: int) -> None:
        """The n-th deed, which is acknowledged when this returns."""
        self._chance = Random(f"{self._seed} {n}")
        self.at = MONDAY + n * PAUSE - self._back
        deeds = (self._receive, self._go_on, self._note, self._erase, self._keep, self._look)
        self._chance.choices(deeds, (30, 48, 8, 6, 4, 4))[0]()

    def _receive(self) -> None:
        if len(self._store.open_cases()) >= MOST_OPEN:
            return self._go_on()
        kind = self._chance.choice(list(STEPS))
        household = self._chance.choice(list(HOUSEHOLDS))
        said = {"channel": "phone", "household": household, "name": "王女士", "phone": "13800001234"}
        done = self.desk.receive(
            "desk", kind=kind, summary=self._chance.choice(SUMMARIES), **said, **MORE.get(kind, {})
        )
        assert isinstance(done, Done), done
        return None

    def _open(self) -> Case | None:
        numbered = sorted(self._store.open_cases(), key=lambda each: each.number)
        return self._chance.choice(numbered) if numbered else None

    def _go_on(self) -> None:
        case = self._open()
        if case is None:
            return self._receive()
        gone = sum(event.name in {name for name, _, _ in STEPS[case.kind]} for event in case.history)
        steps = STEPS[case.kind][gone:]
        if not steps or not isinstance(self.desk.do(case.number, *steps[0][:2], **steps[0][2]), Done):
            self.desk.do(case.number, "withdraw", "desk", reason="不再需要")
        return None

    def _note(self) -> None:
        if case := self._open():
            self.desk.do(case.number, "note", "desk", text=f"{self._chance.choice(SUMMARIES)} 又来电")

    def _erase(self) -> None:
        closed = [each for each in islice(self._store.closed_cases(), 12) if spots(each)]
        if closed:
            self.desk.erase(self._chance.choice(closed).number, "cs_head", reason="业主要求")

    def _keep(self) -> None:
        door = self._chance.randint(1, 30)
        self._store.keep_households([Household(f"9-9-{door}", f"住户{self._chance.randint(1, 99)}")])

    def _look(self) -> None:
        self._store.record(Look(self.at, "desk", "dossier", self._chance.choice(list(HOUSEHOLDS))))


def _numbers(cases: Any) -> list[str]:
    return [each.number for each in cases]


def _kept(store: Store) -> Any:
    found = [*store.open_cases(), *store.closed_cases()]
    return {each.number: [event_out(event) for event in each.history] for each in found}


def _last_numbers(store: Store) -> Any:
    days = [(MONDAY + day * timedelta(days=1)).date() for day in range(60)]
    return [store.last_number(prefix, day) for prefix in PREFIXES for day in days]


def _whole(store: Store) -> Any:
    assert audit(store).whole
    return True


QUESTIONS: Mapping[str, Callable[[Store], Any]] = {
    "cases": _kept,
    "all cases": lambda store: sorted(_numbers(store.all_cases())),
    "audit": _whole,
    "received": lambda store: _numbers(store.received(MONDAY.date(), (MONDAY + timedelta(days=400)).date())),
    "last numbers": _last_numbers,
    "listed": lambda store: [
        store.closed_count(),
        [_numbers(store.closed_page(first, 7)) for first in range(0, store.closed_count(), 7)],
    ],
    "of a household": lambda store: [_numbers(store.closed_cases(each)) for each in HOUSEHOLDS],
    "with words": lambda store: [
        _numbers(store.closed_cases(words=each)) for each in ("漏水", "wi-fi", "王女士", "扰民")
    ],
    "households": lambda store: sorted((household_out(each) for each in store.households()), key=str),
    "looks": lambda store: [look_out(each) for each in store.looks()],
}
"""All that can be asked of a store, one by one."""


def answer(store: Store, question: str) -> str:
    """The answer as text, always in the same words."""
    return json.dumps(QUESTIONS[question](store), ensure_ascii=False, sort_keys=True)


def content(store: Store) -> str:
    """A digest of all that is kept. Raises `Damaged`, or `AssertionError` where a seal does not hold."""
    texts = "\n".join(map(partial(answer, store), ("cases", "all cases", "audit", "households", "looks")))
    return blake2b(texts.encode(), digest_size=16).hexdigest()


class Ledger:
    """What must be there after so many deeds of a day, told by the store in memory."""

    def __init__(self, seed: int) -> None:
        self._memory = MemoryStore()
        self._day = Day(seed, self._memory)
        self._begun = 0
        self._contents: dict[int, str] = {}
        self.done = 0

    def reached(self, found: str, least: int, most: int) -> int | None:
        """After how many deeds this is the content, from `least` to `most`; None where it is not. `done` follows."""
        counts = (count for count in range(least, most + 1) if self._content(count) == found)
        after = next(counts, None)
        self.done = self.done if after is None else after
        return after

    def _content(self, count: int) -> str:
        while self._begun < count:
            self._day.do(self._begun)
            self._begun += 1
        if count not in self._contents:
            assert self._begun == count, "nobody asks for what was before what was reached"
            self._contents[count] = content(self._memory)
        return self._contents[count]
