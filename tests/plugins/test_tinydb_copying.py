"""A copy of a site's data, taken while the site is open: all that was acknowledged before, at one moment."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from threading import Event as Flag
from threading import Thread

import pytest
from tests.plugins.sites import everything

from qiantai.people import Household
from qiantai.store import Look, Unwritable
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received
from qiantai_tinydb import copying
from qiantai_tinydb.copying import copy_store
from qiantai_tinydb.store import TinyStore


@pytest.fixture
def store(tmp_path: Path) -> TinyStore:
    opened = TinyStore(tmp_path / "site")
    opened.append([received(LIFT), received(TAP), received(LEAK)])
    opened.append([closed(LEAK, 1)])
    opened._cases.file()
    opened.append([noted(LIFT, 1, "在流水账里"), closed(TAP, 1)])
    opened.keep_households([Household("1-1-101", "李先生")])
    opened.record(Look(NINE, "li", "phone", LIFT))
    return opened


def test_a_copy_of_an_open_site_holds_all_of_it(store: TinyStore, tmp_path: Path) -> None:
    copy_store(tmp_path / "site", tmp_path / "copy")
    copy = TinyStore(tmp_path / "copy")
    assert everything(copy) == everything(store)
    assert (copy.households(), copy.looks()) == (store.households(), store.looks())
    before = everything(store)
    copy.append([noted(LIFT, 2, "只在副本里"), noted(LEAK, 2, "也是")])
    copy.close()
    assert everything(store) == before, "what is done to the copy is not done to the site"
    store.append([noted(LIFT, 2, "只在原处")])
    store.close()
    assert everything(TinyStore(tmp_path / "site"))[LIFT].history[-1].fields["text"] == "只在原处"


def test_a_copy_is_its_owners_alone(store: TinyStore, tmp_path: Path) -> None:
    copy_store(tmp_path / "site", tmp_path / "copy")
    store.close()
    paths = [each for each in (tmp_path / "copy").rglob("*") if each.is_file()]
    assert {each.name for each in paths} >= {"open.json", "open.json.journal", "households.json", "2026-11.json"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in paths} == {0o600}


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda store: store._cases.file(),
        lambda store: store.keep_households([Household("1-1-102", "王女士")]),
        lambda store: store.append([noted(LIFT, 2, "再记一笔")]),
    ],
    ids=["filed", "roll", "noted"],
)
def test_what_happens_while_it_is_copied_is_in_it_whole_or_not_at_all(
    store: TinyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[TinyStore], None]
) -> None:
    before, link, done = everything(store), copying._link, Flag()

    def slow(source: Path, target: Path) -> None:
        link(source, target)
        if not done.is_set():
            done.set()
            meanwhile(store)

    monkeypatch.setattr(copying, "_link", slow)
    copy_store(tmp_path / "site", tmp_path / "copy")
    found = everything(TinyStore(tmp_path / "copy"))
    assert done.is_set()
    assert found in (before, everything(store))


def test_a_journal_that_is_cut_short_meanwhile_is_copied_anew(
    store: TinyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = tmp_path / "site" / "open.json.journal"
    whole, link = journal.read_bytes(), copying._link
    journal.write_bytes(whole + b'{"CRC": "')

    def taken_back(source: Path, target: Path) -> None:
        journal.write_bytes(whole)
        link(source, target)

    monkeypatch.setattr(copying, "_link", taken_back)
    copy_store(tmp_path / "site", tmp_path / "copy")
    assert (tmp_path / "copy" / "open.json.journal").read_bytes() == whole
    store.close()


def test_copies_of_a_busy_site_never_lack_what_was_acknowledged_before(store: TinyStore, tmp_path: Path) -> None:
    kept: list[int] = [1]
    stop = Flag()

    def work() -> None:
        while not stop.is_set():
            store.append([noted(LIFT, kept[0] + 1, "忙" * 50)])
            kept[0] += 1
            if kept[0] % 7 == 0:
                store._cases.file()

    worker = Thread(target=work)
    worker.start()
    try:
        for each in range(8):
            least = kept[0]
            copy_store(tmp_path / "site", tmp_path / f"copy{each}")
            copy = TinyStore(tmp_path / f"copy{each}")
            case = copy.case(LIFT)
            assert case is not None
            assert len(case.history) > least
            copy.close()
    finally:
        stop.set()
        worker.join()


def test_where_links_cannot_be_made_files_are_copied(
    store: TinyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    copy_store(tmp_path / "site", tmp_path / "copy")
    assert everything(TinyStore(tmp_path / "copy")) == everything(store)


def test_a_site_that_changes_at_every_try_is_told(
    store: TinyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = copying._link

    def changing(source: Path, target: Path) -> None:
        link(source, target)
        store.keep_households([Household("1-1-102", "王女士")])

    monkeypatch.setattr(copying, "_link", changing)
    monkeypatch.setattr(copying, "_TRIES", 3)
    with pytest.raises(Unwritable, match="一直在改动"):
        copy_store(tmp_path / "site", tmp_path / "copy")


def test_of_a_site_that_was_never_opened_the_copy_is_empty(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    copy_store(tmp_path / "site", tmp_path / "copy")
    assert everything(TinyStore(tmp_path / "copy")) == everything(TinyStore(tmp_path / "site"))
