"""The kernel's tests, collected once: what of the rules each runs, and whether one notices that something is broken."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

import pytest
from attrs import frozen

from qiantai.requests import REQUESTS
from tools.mutants.code import Code
from tools.mutants.mutant import Mutant

WALKS = frozenset(
    {
        *("calendar", "chain", "estate", "intake", "invariants", "offers", "outcomes", "plugins", "reachable"),
        *("schema", "undo_everything", "what_if", "why_case", "why_duty", "why_refused"),
    }
)
LONGEST = 240
Ran = tuple[str, int]


@frozen
class Test:
    """A test as it went with nothing broken: how long it took, and which codes of which modules it ran."""

    item: pytest.Item
    seconds: float
    ran: frozenset[Ran]

    @property
    def example(self) -> tuple[Path, str]:
        """Its file, and the kind it is of: those of one kind share what was reckoned before them."""
        _, _, example = self.item.nodeid.partition("[")
        return self.item.path, next((kind for kind in REQUESTS if kind in example), "")


class Failed:
    """Notes, as a plugin, whether a test has failed."""

    def __init__(self) -> None:
        self.yes = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.yes = self.yes or report.failed


def collected(session: pytest.Session) -> list[pytest.Item]:
    """The tests that are asked: all but the long walks, and those of what leans on no rule."""
    return [each for each in session.items if each.path.stem.removeprefix("test_") not in WALKS]


def tried(items: Sequence[pytest.Item], codes: Iterable[Code], jobs: int) -> list[Test]:
    """The tests as they go with nothing broken; those that fail so are left out."""
    targets = {
        id(function.__code__): (code.name, number)
        for code in codes
        for number, functions in code.functions.items()
        for function in functions
    }
    files = list(dict.fromkeys(each.path for each in items))
    shares = [[each for each in items if files.index(each.path) % jobs == n] for n in range(jobs)]
    tasks = [partial(_told, share, targets) for share in shares]
    said = [json.loads(each) for each in forked(tasks, jobs)]
    went = {name: value for each in said for name, value in each.items()}
    return [
        Test(each, went[each.nodeid][0], frozenset((name, number) for name, number in went[each.nodeid][1]))
        for each in items
        if each.nodeid in went
    ]


def _told(items: Iterable[pytest.Item], targets: Mapping[int, Ran]) -> str:
    return json.dumps(_watched(items, targets))


def _watched(items: Iterable[pytest.Item], targets: Mapping[int, Ran]) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        ran: set[Ran] = set()

        def watch(frame: FrameType, event: str, _: Any, ran: set[Ran] = ran) -> None:
            if event == "call" and (target := targets.get(id(frame.f_code))) is not None:
                ran.add(target)

        since = time.perf_counter()
        sys.setprofile(watch)
        failed = fails(item)
        sys.setprofile(None)
        if not failed:
            found[item.nodeid] = (time.perf_counter() - since, sorted(ran))
    return found


def fails(item: pytest.Item) -> bool:
    """Whether the test fails."""
    failed = Failed()
    item.config.pluginmanager.register(failed)
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
    item.config.pluginmanager.unregister(failed)
    return failed.yes


def who_runs(tests: Iterable[Test]) -> Callable[[str, int], frozenset[str]]:
    """The tests by what they run: those of one file and kind run what any of them does, by which it may be kept."""
    by: dict[Ran, set[str]] = {}
    together: dict[tuple[Path, str], set[Ran]] = {}
    tests = list(tests)
    for each in tests:
        together.setdefault(each.example, set()).update(each.ran)
    for each in tests:
        shared = together[each.example] if each.example[1] else each.ran
        for ran in shared:
            by.setdefault(ran, set()).add(each.item.nodeid)
    return lambda name, number: frozenset(by.get((name, number), ()))


def noticed(mutant: Mutant, tests: Sequence[Test]) -> str:
    """By what the mutant was noticed, in this process, which it is in force in from here on; empty where by nothing."""
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST)  # what never ends is noticed; a busy machine is not
    mutant.put()
    for ask in mutant.noticing:
        try:
            if ask():
                return "scenarios and outcomes"
        except Exception:
            return "scenarios and outcomes"
    for each in tests:
        if fails(each.item):
            return each.item.nodeid
    return ""


def forked(tasks: Iterable[Callable[[], str]], jobs: int) -> Iterator[str]:
    """What each of the tasks says, in their order; each in a process of its own, so many at once."""
    running: dict[int, int] = {}
    said: dict[int, str] = {}
    following = 0
    with tempfile.TemporaryDirectory() as folder:

        def reap() -> None:
            pid, status = os.wait()
            number = running.pop(pid)
            said[number] = (
                Path(folder, str(number)).read_text(encoding="utf-8") if status == 0 else f"ended by {status}"
            )

        for number, task in enumerate(tasks):
            while len(running) >= jobs:
                reap()
            while following in said:
                yield said.pop(following)
                following += 1
            pid = os.fork()
            if pid == 0:
                _say(Path(folder, str(number)), task)
            running[pid] = number
        while running:
            reap()
        while following in said:
            yield said.pop(following)
            following += 1


def _say(file: Path, task: Callable[[], str]) -> NoReturn:
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    status = 1
    try:
        file.write_text(task(), encoding="utf-8")
        status = 0
    finally:
        os._exit(status)
