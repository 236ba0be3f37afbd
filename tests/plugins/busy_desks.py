"""Several desks at work on one database, each a process of its own, one of them killed in the middle of it.

    python -m tests.plugins.busy_desks postgresql 8 10000

plays it at that size and prints what came of it; a worker is the same module with what it is to do.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from attrs import frozen
from tests.plugins.postgres import a_server

from qiantai import Conflict, Desk, Done, Handbook, Person, Store, audit
from qiantai.plugins import open_store

ROOT = Path(__file__).parents[2]
STAFF = (Person("li", "李静", ("desk",)), Person("sun", "孙师傅", ("engineering",)))
WAY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("dispatch", "li", {"to": "engineering"}),
    ("arrive", "sun", {}),
    ("complete", "sun", {"result": "已修好"}),
    ("call_back", "li", {"satisfied": True, "quality_ok": True, "channel": "phone"}),
)


@frozen
class Outcome:
    """What is there after it: what the audit read, what was acknowledged, what is missing or there twice, and times."""

    cases: int
    events: int
    whole: bool
    acknowledged: int
    lost: tuple[tuple[str, int], ...]
    unacknowledged: int
    conflicts: int
    killed_after: int
    seconds: float
    by_desk: tuple[int, ...]


class Clerk:
    """Somebody who takes cases in and sees them through, and now and then says a word on a case of all the others."""

    def __init__(self, desk: Desk, seed: int, log: int) -> None:
        self.desk, self.chance, self.log = desk, random.Random(seed), log
        self.conflicts = 0

    def work(self, cases: int) -> None:
        for _ in range(cases):
            facts = {"channel": "phone", "summary": "厨房漏水", "phone": "13800001234", "emergency": True}
            done = self.desk.receive("li", kind="repair", name="王女士", place="厨房", **facts)
            number = self.acknowledged(done)
            for name, by, said in WAY:
                self.give(number, name, by, said)
            if self.chance.random() < 0.1:
                self.say_a_word()

    def say_a_word(self) -> None:
        """On any case that is open, most likely one that another desk is at."""
        if there := self.desk.store.open_cases():
            with suppress(AssertionError):  # closed by now
                self.give(self.chance.choice(there).number, "note", "li", {"text": "又来电"})

    def give(self, number: str, name: str, by: str, said: dict[str, Any]) -> None:
        """Gives a command; where somebody was quicker, looks again and gives it again."""
        while True:
            try:
                self.acknowledged(self.desk.do(number, name, by, **said))
                return
            except Conflict:
                self.conflicts += 1

    def acknowledged(self, done: object) -> str:
        """Writes down what the desk says is kept."""
        assert isinstance(done, Done), done
        lines = (json.dumps([each.case, each.seq, each.seal]) + "\n" for each in done.events)
        os.write(self.log, "".join(lines).encode())
        return done.case.number


def desk_on(store: Store) -> Desk:
    return Desk(Handbook({each.id: each for each in STAFF}), store)


def worker(store: str, folder: str, seed: str, cases: str, log: str) -> None:
    """One desk; its log has a line for each event that was acknowledged."""
    with closing(open_store(store, Path(folder))) as opened:
        clerk = Clerk(desk_on(opened), int(seed), os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600))
        clerk.work(int(cases))
    os.write(clerk.log, json.dumps({"conflicts": clerk.conflicts}).encode() + b"\n")


def played(store: str, folder: Path, desks: int, cases: int) -> Outcome:
    """So many desks and cases in all, the first desk killed when it has done half of its own."""
    open_store(store, folder).close()
    own = cases // desks
    logs = [folder / f"log-{each}" for each in range(desks)]
    began = perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.plugins.busy_desks", "worker", store, str(folder), str(seed), str(own), log],
            cwd=ROOT,
        )
        for seed, log in enumerate(map(str, logs))
    ]
    killed_after = _kill_in_the_middle(running[0], logs[0], own * 5 // 2)
    codes = [each.wait() for each in running]
    seconds = perf_counter() - began
    assert codes == [-signal.SIGKILL, *[0] * (desks - 1)], codes
    with closing(open_store(store, folder)) as opened:
        return _outcome(opened, logs, killed_after, seconds)


def _kill_in_the_middle(process: subprocess.Popen[bytes], log: Path, lines: int) -> int:
    while not log.exists() or log.read_bytes().count(b"\n") < lines:
        assert process.poll() is None, "it ended before it was killed"
        sleep(0.01)
    process.kill()
    process.wait()
    return log.read_bytes().count(b"\n")


def _outcome(store: Store, logs: list[Path], killed_after: int, seconds: float) -> Outcome:
    told: list[tuple[str, int, str]] = []
    conflicts, by_desk = 0, []
    for log in logs:
        lines = [json.loads(each) for each in log.read_text(encoding="utf-8").splitlines()]
        said = [tuple(each) for each in lines if isinstance(each, list)]
        conflicts += sum(each["conflicts"] for each in lines if isinstance(each, dict))
        told += said
        by_desk.append(len(said))
    there: Counter[tuple[str, int, str]] = Counter()
    audited = audit(store, seen=lambda history: there.update((each.case, each.seq, each.seal) for each in history))
    twice = {each for each, times in (Counter(told) + there).items() if times > 2}
    lost = tuple((case, seq) for case, seq, seal in {*twice, *(set(told) - set(there))})
    unacknowledged = len(set(there) - set(told))
    return Outcome(
        audited.cases, audited.events, audited.whole, len(told), lost, unacknowledged, conflicts, killed_after,
        seconds, tuple(by_desk),
    )  # fmt: skip


def main(kind: str, desks: str = "8", cases: str = "10000") -> None:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            print(played(kind, Path(folder), int(desks), int(cases)))
        else:
            with a_server(fsync="on") as server:
                print(played(server.new_site(), Path(folder), int(desks), int(cases)))


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        worker(*sys.argv[2:])
    else:
        main(*sys.argv[1:])
