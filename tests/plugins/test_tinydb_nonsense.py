"""Nonsense in the default store's files under checksums that hold: refused with its place, and nothing changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.plugins.sites import kill

from qiantai import audit
from qiantai.people import Household
from qiantai.store import Damaged
from qiantai_tinydb.journal import Journal
from qiantai_tinydb.lines import render, seal
from qiantai_tinydb.store import TinyStore

NUMBER = "BX-20261123-001"
CASE = {"received": "2026-11-23T09:00:00+08:00", "state": "closed", "events": []}
EVENT = {
    "case": NUMBER,
    "seq": 0,
    "at": "2026-11-23T09:00:00+08:00",
    "by": "li",
    "name": "receive",
    "fields": {},
    "changes": [["began", {"kind": "repair", "state": "received", "owner": "li"}]],
}
OPEN = {**CASE, "kind": "repair", "state": "received", "household": "", "events": [EVENT]}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    store = TinyStore(tmp_path / "site")
    store.keep_households([Household("1-2-301", "王岚")])
    store.close()
    return tmp_path / "site"


def refused(site: Path) -> str:
    """Why it is not opened; nothing in it has changed then."""
    before = {each: each.read_bytes() for each in site.rglob("*") if each.is_file() and "lock" not in each.name}
    with pytest.raises(Damaged) as caught:
        TinyStore(site)
    assert {each: each.read_bytes() for each in before} == before
    assert "Nothing was changed" in caught.value.why.en
    return caught.value.why.en


def hot(site: Path, document: object) -> None:
    (site / "open.json").write_bytes(render({"cases": {NUMBER: seal(NUMBER, document)}}))  # type: ignore[arg-type]


def test_a_case_as_it_should_be_is_opened(site: Path) -> None:
    hot(site, OPEN)
    store = TinyStore(site)
    assert [each.number for each in store.open_cases()] == [NUMBER]
    kill(store)


@pytest.mark.parametrize(
    "changed",
    [
        {"received": "../../etc"},
        {"received": 5},
        {"state": None},
        {"events": "receive"},
        {"events": []},
        {"events": [[]]},
        {"events": [{**EVENT, "seq": "0"}]},
        {"events": [{**EVENT, "at": "2026-11-23T09:00:00"}]},
        {"events": [{**EVENT, "at": "yesterday"}]},
        {"events": [{**EVENT, "by": 7}]},
        {"events": [{**EVENT, "case": "BX-20261123-002"}]},
        {"events": [{**EVENT, "fields": []}]},
        {"events": [{**EVENT, "fields": {"summary": 1.5}}]},
        {"events": [{**EVENT, "changes": []}]},
        {"events": [{**EVENT, "changes": [["exploded", {}]]}]},
        {"events": [{**EVENT, "changes": [["struck", {"seq": 0}]]}]},
        {"events": [{**EVENT, "changes": [["began", {"kind": "repair", "state": "received", "owner": ["li"]}]]}]},
        {"events": [{**EVENT, "left": {"salts": {"a": 1}}}]},
    ],
    ids=str,
)
def test_a_record_that_no_desk_wrote_is_named(site: Path, changed: dict[str, object]) -> None:
    hot(site, {**OPEN, **changed})
    assert f"the record of {NUMBER} cannot be read" in refused(site)


def test_a_gap_in_a_history_is_opened_and_found_by_an_audit(site: Path) -> None:
    hot(site, {**OPEN, "events": [EVENT, {**EVENT, "seq": 7, "name": "note", "changes": []}]})
    store = TinyStore(site)
    assert [each.case for each in audit(store).breaks] == [NUMBER]
    kill(store)


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        ({}, "it tells no version"),
        ({"version": "1", "turn": 9}, "it tells no version"),
        ({"version": 1}, "it tells no turn"),
        ({"version": 1, "turn": 9, "put": [1]}, "this is no change"),
        ({"version": 1, "turn": 9, "put": {"cases": {NUMBER: "x"}}}, "this is no change"),
        ({"version": 1, "turn": 9, "drop": {"cases": "x"}}, "this is no change"),
    ],
)
def test_an_entry_of_the_journal_that_is_none_is_named_with_its_line(site: Path, entry: object, told: str) -> None:
    journal = Journal(site / "open.json.journal")
    journal.append({"version": 1, "turn": 9, "put": {"cases": {}}})
    journal.append(entry)  # type: ignore[arg-type]
    journal.close()
    said = refused(site)
    assert ("open.json.journal, line 2" in said, told in said) == (True, True), said


@pytest.mark.parametrize("document", [{}, {"id": 5}, {"id": "1-2-302"}, {"id": "1-2-301", "important": "yes"}], ids=str)
def test_a_household_that_is_none_is_named(site: Path, document: dict[str, object]) -> None:
    (site / "households.json").write_bytes(render({"households": {"1-2-301": seal("1-2-301", document)}}))
    assert "the record of 1-2-301 cannot be read" in refused(site)


def test_a_look_that_is_none_is_named_with_its_line(site: Path) -> None:
    journal = Journal(site / "looks.jsonl")
    journal.append({"at": "2026-11-23T09:00:00+08:00", "by": "li", "what": "phone", "which": NUMBER})
    journal.append({"at": "2026-11-23T09:00:00+08:00", "by": "li", "what": 1, "which": NUMBER})
    journal.close()
    store = TinyStore(site)
    with pytest.raises(Damaged, match=r"looks\.jsonl, line 2"):
        store.looks()
    kill(store)


@pytest.mark.parametrize("note", [b"[1]", b"[" * 100_000, b"\xff", b'{"pid": {"a": [1]}, "host": "\\u001b[2J"}', b""])
def test_the_holders_note_is_never_believed_too_far(site: Path, note: bytes) -> None:
    from qiantai.store import Locked

    holder = TinyStore(site)
    (site / "lock.json").write_bytes(note)
    with pytest.raises(Locked) as caught:
        TinyStore(site)
    assert "in use by another process" in caught.value.why.en
    assert "\x1b" not in caught.value.why.en
    kill(holder)
