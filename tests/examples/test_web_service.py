"""The web service: what it answers to each kind of request, and that several at once do not cross each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from datetime import datetime, timedelta
from threading import Barrier, BrokenBarrierError, Lock
from typing import Any

import pytest
from starlette.testclient import TestClient

from desk_service import in_memory, service
from qiantai import ZONE, Desk, Event, Handbook, Household, MemoryStore, Person, Store, Unwritable, clauses
from qiantai.words import Bilingual

NINE = datetime(2026, 11, 23, 9, tzinfo=ZONE)
STAFF = {
    "li": Person("li", "李静", ["desk"]),
    "sun": Person("sun", "孙浩", ["engineering"]),
    "zhou": Person("zhou", "周刚", ["security"]),
}
ROLL = {"1-2-301": Household("1-2-301", "王敏", "13800001234")}
LEAK = {"by": "li", "kind": "repair", "channel": "phone", "household": "1-2-301", "summary": "漏水"}


def client_of(store: Store, lock: AbstractContextManager[Any] | None = None) -> TestClient:
    return TestClient(service(Desk(Handbook(STAFF, ROLL), store, clock=lambda: NINE), lock))


@pytest.fixture
def client() -> Iterator[TestClient]:
    with client_of(MemoryStore()) as opened:
        yield opened


def taken_in(client: TestClient, **more: Any) -> str:
    answer = client.post("/cases", json={**LEAK, **more})
    assert answer.status_code == 201, answer.text
    number: str = answer.json()["case"]["number"]
    return number


def test_a_case_is_taken_in_with_its_duties_and_their_clauses(client: TestClient) -> None:
    answer = client.post("/cases", json={**LEAK, "emergency": True})
    case = answer.json()["case"]
    assert answer.status_code == 201
    assert (case["number"], case["state"], case["owner"]) == ("BX-20261123-001", "received", "li")
    duties = {each["name"]: each for each in case["duties"]}
    assert duties["arrive"] == {
        "name": "arrive",
        "clause": "M-3.3a",
        "due": "2026-11-23T09:10:00+08:00",
        "status": "open",
        "provisional": False,
    }
    assert [each["name"] for each in answer.json()["events"]] == ["receive"]


def test_a_command_is_carried_out_and_the_case_comes_back_as_it_is_now(client: TestClient) -> None:
    number = taken_in(client)
    answer = client.post(f"/cases/{number}/dispatch", json={"by": "li", "to": ["engineering"]})
    assert answer.status_code == 200
    assert (answer.json()["case"]["state"], answer.json()["case"]["handlers"]) == ("dispatched", ["engineering"])


def test_a_time_is_given_as_iso_text(client: TestClient) -> None:
    promised = (NINE + timedelta(hours=3)).isoformat()
    answer = client.post("/cases", json={**LEAK, "promised": promised})
    assert [each["due"] for each in answer.json()["case"]["duties"]] == [promised]


def test_what_a_clause_forbids_is_409_and_names_the_clause(client: TestClient) -> None:
    promised = (NINE + timedelta(days=3)).isoformat()
    answer = client.post("/cases", json={**LEAK, "promised": promised})
    assert answer.status_code == 409
    refusal = answer.json()["refusal"]
    assert (refusal["rule"], refusal["clause"]) == ("promise_too_late", "P-2.1")
    (clause,) = [each for each in clauses() if each.id == "P-2.1"]
    assert refusal["clause_text"] == {"zh": clause.zh, "en": clause.en}
    assert client.get("/cases?by=li").json() == {"cases": []}, "a refusal changes nothing"


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ({**LEAK, "kind": "ferry"}, "unknown_kind"),
        ({**LEAK, "by": "nobody"}, "unknown_person"),
        ({**LEAK, "emergency": "yes"}, "field_misread"),
        ({**LEAK, "occurred_at": "gestern"}, "field_misread"),
        ({**LEAK, "colour": "red"}, "field_misread"),
        ({**LEAK, "summary": None}, "field_misread"),
        ({"by": "li", "kind": "repair"}, "field_missing"),
    ],
)
def test_what_is_malformed_is_422_with_what_would_do(client: TestClient, body: dict[str, Any], rule: str) -> None:
    answer = client.post("/cases", json=body)
    refusal = answer.json()["refusal"]
    assert (answer.status_code, refusal["rule"], refusal["clause"]) == (422, rule, "")
    assert refusal["clause_text"] is None
    assert refusal["would_do"]["en"]


def test_what_is_impossible_in_the_state_is_422(client: TestClient) -> None:
    answer = client.post(f"/cases/{taken_in(client)}/arrive", json={"by": "sun"})
    assert (answer.status_code, answer.json()["refusal"]["rule"]) == (422, "not_in_this_state")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"li"', b'{"by": 7}', b"{}", b'{"by": "li\xff"}'])
def test_what_is_no_request_is_400(client: TestClient, body: bytes) -> None:
    answer = client.post("/cases", content=body)
    assert answer.status_code == 400
    assert "JSON" in answer.json()["why"]["zh"]


def test_a_case_that_is_not_there_is_404(client: TestClient) -> None:
    for answer in (client.get("/cases/BX-1?by=li"), client.post("/cases/BX-1/note", json={"by": "li", "text": "x"})):
        assert answer.status_code == 404
        assert "BX-1" in answer.json()["why"]["en"]


def test_a_case_is_shown_to_whoever_may_see_it_with_what_they_may_do(client: TestClient) -> None:
    number = taken_in(client)
    shown = client.get(f"/cases/{number}?by=li").json()
    assert shown["case"]["facts"]["summary"] == "漏水"
    assert "dispatch" in shown["offers"]
    for by in ("zhou", "nobody", ""):
        assert client.get(f"/cases/{number}?by={by}").status_code == 403
        assert client.get(f"/cases?by={by}").json() == {"cases": []}
    urgent = taken_in(client, emergency=True)
    assert [each["number"] for each in client.get("/cases?by=li").json()["cases"]] == [urgent, number]


def test_what_the_store_cannot_keep_is_503_and_kept_nowhere() -> None:
    class Full(MemoryStore):
        def append(self, events: Sequence[Event]) -> None:
            raise Unwritable(Bilingual("磁盘满了", f"the disk is full: {len(events)} not kept"))

    with client_of(Full()) as client:
        answer = client.post("/cases", json=LEAK)
        assert (answer.status_code, answer.json()["why"]["en"]) == (503, "the disk is full: 1 not kept")
        assert client.get("/cases?by=li").json() == {"cases": []}


class Meeting(MemoryStore):
    """Keeps the first only once a second is there to be kept too, or it has waited long enough for it."""

    def __init__(self, patience: float) -> None:
        super().__init__()
        object.__setattr__(self, "both", Barrier(2, timeout=patience))
        object.__setattr__(self, "writing", Lock())

    def append(self, events: Sequence[Event]) -> None:
        with suppress(BrokenBarrierError):
            self.both.wait()  # type: ignore[attr-defined]
            self.both.abort()  # type: ignore[attr-defined]  # whoever comes later has nobody to wait for
        with self.writing:  # type: ignore[attr-defined]
            super().append(events)


def two_at_once(store: Store, lock: AbstractContextManager[Any], path: str, said: Mapping[str, Any]) -> list[int]:
    with client_of(store, lock) as client, ThreadPoolExecutor(2) as threads:
        return sorted(each.status_code for each in threads.map(lambda _: client.post(path, json=said), range(2)))


@pytest.mark.parametrize(("patience", "lock"), [(0.1, Lock()), (60, nullcontext())], ids=["lock", "no lock"])
def test_two_receipts_at_once_get_a_number_each(patience: float, lock: AbstractContextManager[Any]) -> None:
    kept = Meeting(patience)
    assert two_at_once(kept, lock, "/cases", LEAK) == [201, 201]
    assert sorted(each.number for each in kept.open_cases()) == ["BX-20261123-001", "BX-20261123-002"]


@pytest.mark.parametrize(("patience", "lock", "codes"), [(0.1, Lock(), [200, 200]), (60, nullcontext(), [200, 409])])
def test_of_two_words_on_one_case_at_once_the_lock_keeps_both(
    patience: float, lock: AbstractContextManager[Any], codes: list[int]
) -> None:
    before, store = MemoryStore(), Meeting(patience)
    with client_of(before) as client:
        number = taken_in(client)
    MemoryStore.append(store, before.case(number).history)  # type: ignore[union-attr]
    assert two_at_once(store, lock, f"/cases/{number}/note", {"by": "li", "text": "已看"}) == codes


def test_many_at_once_are_all_kept() -> None:
    store = MemoryStore()
    with client_of(store) as client, ThreadPoolExecutor(8) as threads:

        def one(_: int) -> int:
            number = taken_in(client)
            client.get("/cases?by=li").raise_for_status()
            noted: int = client.post(f"/cases/{number}/note", json={"by": "li", "text": "已看"}).status_code
            return noted

        assert set(threads.map(one, range(40))) == {200}
    assert [case.number for case in sorted(store.open_cases(), key=lambda each: each.number)] == [
        f"BX-20261123-{n:03d}" for n in range(1, 41)
    ]
    assert all([event.name for event in case.history] == ["receive", "note"] for case in store.open_cases())


def test_the_one_to_try_answers() -> None:
    with TestClient(in_memory()) as client:
        assert client.post("/cases", json=LEAK).status_code == 201
