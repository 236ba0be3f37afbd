"""The draft of every form outlives a process that is killed while somebody writes into it."""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.context import BaseContext
from pathlib import Path
from pkgutil import iter_modules
from time import monotonic
from typing import Any

import pytest

from qiantai import MemoryStore
from qiantai_tui import dialogs
from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.on_record import OnRecordForm
from qiantai_tui.sites.draft_book import DraftBook
from tests.tui.desk_driver import at_the_desk
from tests.tui.killed_desk import FORMS, SAID, opened, write, written

LONGEST, LOST_AT_MOST = 60, 1.0
"""Seconds for the first character of a slow machine, and of writing that may be gone."""

SAME_BASE = frozenset(
    {"RowForm", "WordsForm", "SampleForm", "ScriptStepForm", "ToldExportForm", "RegisterExportForm", "DraftForm"}
)
"""Forms of other screens: they keep what is written as `FormDialog` does, and are not killed one by one."""

pytestmark = pytest.mark.skipif(
    "forkserver" not in multiprocessing.get_all_start_methods(), reason="there is no kill -9 here"
)


@pytest.fixture(scope="module")
def forks() -> BaseContext:
    """Processes that have everything imported already."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.tui.killed_desk"])
    return context


@pytest.mark.parametrize("name", list(FORMS))
async def test_what_was_written_is_offered_again_after_a_kill_at_any_instant(
    name: str, tmp_path: Path, forks: BaseContext
) -> None:
    told = killed_while_writing(name, tmp_path, forks, 0.05 + random.random() * 0.8)
    kept = next(iter(DraftBook(tmp_path / "drafts.json")._kept.values()), {}).get(FORMS[name].field, "")
    assert SAID.startswith(kept)
    last = told[-1][1] if told else 0.0  # killed before it told of anything
    safe = [count for count, at in told[:-3] if at < last - LOST_AT_MOST]
    assert len(kept) >= max(safe, default=0)
    async with at_the_desk(store=MemoryStore(), folder=tmp_path) as desk:
        await opened(desk, name)
        assert written(desk, name) == kept
        if kept and name != "line":
            assert "上次没写完的已放回" in desk.screen


def killed_while_writing(name: str, folder: Path, forks: BaseContext, after: float) -> list[tuple[int, float]]:
    """What a desk told of its writing until it was killed, so many seconds after something was kept."""
    here, there = forks.Pipe(duplex=False)
    process = forks.Process(target=write, args=(name, folder, there))  # type: ignore[attr-defined]
    process.start()
    there.close()
    told: list[tuple[int, float]] = []
    end: float | None = None
    began = monotonic()
    while end is None or monotonic() < end:
        assert monotonic() - began < LONGEST, "nothing was ever kept"
        if here.poll(0.005):
            told.append(here.recv())
        if end is None and (folder / "drafts.json").exists():
            end = monotonic() + after
    process.kill()
    process.join()
    told += _rest(here)
    return told


def _rest(here: multiprocessing.connection.Connection) -> Iterator[tuple[int, float]]:
    try:
        while here.poll():
            yield here.recv()
    except EOFError:
        return


def test_no_form_is_left_out() -> None:
    for module in iter_modules(dialogs.__path__):
        import_module(f"{dialogs.__name__}.{module.name}")
    tried = {each.screen for each in FORMS.values()}
    left = [each for each in _leaves(FormDialog) if each not in tried and not issubclass(each, OnRecordForm)]
    assert {each.__name__ for each in left} <= SAME_BASE, (
        "a form whose draft is not tried; on record alone none is kept, as it may be what is to be erased"
    )


def _leaves(of: type[Any]) -> Iterator[type[Any]]:
    below = [each for each in of.__subclasses__() if each.__module__.startswith("qiantai_tui.")]
    for each in below:
        yield from _leaves(each)
    if not below:
        yield of
