"""A careful hand in the default store: whatever it changes of what is kept, with all checksums right, is found."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.table import Table

from qiantai import Anchor, Break, Desk, Done, Handbook, Head, Person, Refusal, audit, fold
from qiantai.store import Damaged
from qiantai.testing.happenings import NINE
from qiantai.wire import event_in
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.cases import Cases
from qiantai_tinydb.store import TinyStore

STAFF = {
    each.id: each
    for each in (
        Person("li", "李静", ("desk",)),
        Person("sun", "孙师傅", ("engineering",)),
        Person("zhao", "赵颖", ("cs_head",)),
    )
}
Key = str | int


def done(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with one open repair and a closed one of which something was erased."""
    store = TinyStore(tmp_path / "site")
    desk = Desk(Handbook(STAFF), store, clock=lambda: NINE)
    facts = {"kind": "repair", "channel": "phone", "name": "王女士", "phone": "13800001234", "summary": "漏水"}
    numbers = [done(desk.receive("li", emergency=True, **facts)).case.number for _ in range(3)]
    for number in numbers[:2]:
        done(desk.do(number, "dispatch", "li", to="engineering"))
        done(desk.do(number, "arrive", "sun"))
    done(desk.do(numbers[1], "complete", "sun", result="换了软管"))
    done(desk.do(numbers[1], "call_back", "li", channel="phone", satisfied=True, quality_ok=True))
    done(desk.do(numbers[1], "correct", "li", field="phone", value="13900005678", reason="听错"))
    done(desk.erase(numbers[1], "zhao", "phone", reason="业主要求"))
    assert audit(store).whole
    store.close()
    return tmp_path / "site"


OPEN, CLOSED = "BX-20261123-001", "BX-20261123-002"


def document(site: Path, number: str) -> dict[str, Any]:
    cases = Cases(site)
    found = json.loads(json.dumps(cases.find(number)))
    cases.close()
    assert isinstance(found, dict)
    return found


def write(site: Path, number: str, changed: dict[str, Any]) -> None:
    """With the store's own means, so that every checksum, count and index is right."""
    if number == CLOSED:
        Archive(site / "archive").file("2026-11", {number: changed})
        return
    cases = Cases(site)
    cases.put({number: changed})
    cases.close()


def leaves(value: Any, path: tuple[Key, ...] = ()) -> Iterator[tuple[Key, ...]]:
    match value:
        case dict():
            for name, each in value.items():
                yield from leaves(each, (*path, name))
        case list():
            for place, each in enumerate(value):
                yield from leaves(each, (*path, place))
        case _:
            yield path


def others(value: Any) -> list[Any]:
    """What might stand there instead, some of it of the same kind and well formed."""
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1]
        case str() if "T" in value and value.endswith("+08:00"):
            return [value.replace("2026", "2025", 1)]
        case str():
            return ["zhao" if value == "li" else "li", f"{value}.", ""]
        case _:
            return ["li"]


def changed_at(given: Any, path: tuple[Key, ...], value: Any) -> Any:
    found = copy.deepcopy(given)
    inner = found
    for each in path[:-1]:
        inner = inner[each]
    inner[path[-1]] = value
    return found


@pytest.mark.parametrize("number", [OPEN, CLOSED])
def test_every_value_that_is_kept_of_a_case_is_guarded(site: Path, number: str) -> None:
    kept = document(site, number)
    found: dict[str, int] = {"placed": 0, "refused": 0}
    for path in leaves(kept):
        here: Any = kept
        for each in path:
            here = here[each]
        for other in (each for each in others(here) if each != here):
            write(site, number, changed_at(kept, path, other))
            try:
                store = TinyStore(site)
            except Damaged:
                found["refused"] += 1
                continue
            try:
                breaks = audit(store).breaks
            except Damaged:
                found["refused"] += 1
            else:
                assert breaks, f"{path}: {other!r}"
                assert path[0] == "events"
                assert (breaks[0].case, breaks[0].seq) == (number, path[1]), f"{path}: {other!r}"
                found["placed"] += 1
            finally:
                store.close()
    write(site, number, kept)
    assert found["placed"] > 50, found
    assert found["refused"] > 5, found


def test_events_taken_out_and_put_elsewhere_are_found(site: Path) -> None:
    kept = document(site, CLOSED)
    for place in range(1, len(kept["events"]) - 1):
        events = [*kept["events"][:place], *kept["events"][place + 1 :]]
        state = fold(map(event_in, events)).state
        write(site, CLOSED, {**kept, "state": state, "events": events})
        store = TinyStore(site)
        assert audit(store).breaks[0] == Break(CLOSED, place, "missing")
        store.close()


def test_a_case_that_is_hidden_from_every_list_is_audited_all_the_same(site: Path) -> None:
    kept = document(site, CLOSED)
    cut = {**kept, "state": "dispatched", "events": kept["events"][:2]}
    cut["events"][1]["by"] = "sun"
    write(site, CLOSED, cut)
    store = TinyStore(site)
    assert CLOSED not in {each.number for each in (*store.open_cases(), *store.closed_cases())}
    assert audit(store).breaks == (Break(CLOSED, 1, "altered"),)
    store.close()


def test_a_case_that_is_taken_out_whole_and_a_tail_that_is_cut_off(site: Path) -> None:
    store = TinyStore(site)
    anchor = Anchor(NINE, {each.number: Head(len(each.history), each.history[-1].seal) for each in store.all_cases()})
    store.close()
    cases = Cases(site)
    cases._hot.drop([OPEN])
    cases.close()
    kept = document(site, CLOSED)
    write(site, CLOSED, {**kept, "events": kept["events"][:-2]})
    store = TinyStore(site)
    without = audit(store).breaks
    assert Break(OPEN, None, "gap") in without
    assert Break(CLOSED, 0, "erased_unrecorded") in without
    write(site, CLOSED, {**kept, "events": kept["events"][:-1]})
    assert Break(OPEN, None, "gone") in audit(store, anchor).breaks
    store.close()


class TextTable(Table):
    document_id_class = str  # type: ignore[assignment]


class Plain(TinyDB):
    table_class = TextTable


def test_what_plain_tinydb_writes_is_read_and_found(site: Path) -> None:
    with Plain(site / "open.json", encoding="utf-8", ensure_ascii=False) as db:

        def later(found: Any) -> None:
            found["events"][1]["at"] = "2026-11-23T08:59:00+08:00"

        db.table("cases").update(later, doc_ids=[OPEN])
    store = TinyStore(site)
    assert audit(store).breaks == (Break(OPEN, 1, "altered"),)
    assert store.where(OPEN) == "open.json"
    store.close()
