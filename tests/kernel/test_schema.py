"""The schemas: whatever the kernel stores fits them, whatever is damaged does not, and every key has its words."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

import pytest
from attrs import fields, frozen
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qiantai import Done
from qiantai.case import Case
from qiantai.clauses import clauses
from qiantai.duties import Duty
from qiantai.events import TAGS, Event
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.schema import NAMES, VERSION, schema, schemas
from qiantai.schema.shapes import named, typed
from qiantai.wire import event_out
from tests.kernel.front_desk import KINDS, FrontDesk

EVENT = Draft202012Validator(schema("event"))
ALWAYS = ("at", "by", "case", "changes", "fields", "name", "seq")
Path = tuple[str | int, ...]


@cache
def stored() -> tuple[dict[str, Any], ...]:
    """Events of every kind from receipt to the end, with a merge, an undo, an offer and an erasure among them."""
    desk = FrontDesk()
    numbers = [desk.reach(kind, "closed", "staff", against="admin", rings=2) for kind in KINDS]
    older = desk.receive("complaint")
    newer = desk.later(minutes=1).receive("complaint", household="1-1-102", major=True)
    desk.do(newer, "offer", "desk", to="desk2")
    desk.do(newer, "accept", "desk2")
    desk.do(newer, "merge", "desk", into=older)
    desk.do(older, "undo", "desk")
    erased = desk.desk.erase(numbers[0], "cs_head", "summary", reason="业户要求")
    assert isinstance(erased, Done), erased
    events = (event for number in (*numbers, older, newer) for event in desk.case(number).history)
    return tuple(json.loads(json.dumps(event_out(each))) for each in events)


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    """Where the texts, numbers and truth values are."""
    match value:
        case dict():
            for key, each in value.items():
                yield from leaves(each, (*path, key))
        case list():
            for place, each in enumerate(value):
                yield from leaves(each, (*path, place))
        case _:
            yield path


def damaged(event: dict[str, Any], path: Path, by: Any) -> dict[str, Any]:
    """The event with something else at that place."""
    found = copy.deepcopy(event)
    inside: Any = found
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = by
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one_and_says_its_version(name: str) -> None:
    found = schema(name)
    Draft202012Validator.check_schema(found)
    assert found["$id"] == f"urn:qiantai:{name}:{VERSION}"
    assert re.fullmatch(r".+ · .+", found["title"])


def test_all_of_them_in_one_are_a_schema_too() -> None:
    found = schemas()
    Draft202012Validator.check_schema(found)
    assert tuple(found["$defs"]) == NAMES
    within = Draft202012Validator({**found, "$ref": f"urn:qiantai:event:{VERSION}"})
    assert within.is_valid(stored()[0])
    assert not within.is_valid({})


@pytest.mark.parametrize("name", NAMES)
def test_every_definition_is_referred_to_and_every_reference_defined(name: str) -> None:
    found = schema(name)
    assert set(re.findall(r"#/\$defs/(\w+)", json.dumps(found))) == set(found["$defs"])


def test_what_is_stored_fits() -> None:
    assert [error.message for each in stored() for error in EVENT.iter_errors(each)] == []
    assert {tag for each in stored() for tag, _ in each["changes"]} == set(TAGS) - {"tried", "dissatisfied", "moved"}


@given(st.data())
def test_nothing_in_an_event_is_null(data: st.DataObject) -> None:
    event = data.draw(st.sampled_from(stored()))
    path = data.draw(st.sampled_from(list(leaves(event))))
    assert not EVENT.is_valid(damaged(event, path, None)), path


@given(st.sampled_from(stored()), st.sampled_from(ALWAYS))
def test_an_event_wants_every_key(event: dict[str, Any], key: str) -> None:
    assert EVENT.is_valid(event)
    assert not EVENT.is_valid({name: each for name, each in event.items() if name != key})
    assert not EVENT.is_valid({**event, f"{key}_": event[key]})


DAMAGE: Mapping[str, tuple[Path, Any]] = {
    "a number of no kind": (("case",), "XX-20261123-001"),
    "a time without its offset": (("at",), "2026-11-23T09:00:00"),
    "a command that there is not": (("name",), "sing"),
    "a place before the first": (("seq",), -1),
    "a change that there is not": (("changes", 0), ["sung", {}]),
    "a change with nothing in it": (("changes", 0), ["began"]),
    "a state that there is not": (("changes", 0, 1, "state"), "asleep"),
    "a kind that there is not": (("changes", 0, 1, "kind"), "praise"),
    "a field of another type": (("fields", "emergency"), "yes"),
    "a channel that there is not": (("fields", "channel"), "pigeon"),
    "a time as plain text": (("fields", "occurred_at"), "2026-11-23T09:00:00+08:00"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_event_does_not_fit(damage: str) -> None:
    path, by = DAMAGE[damage]
    assert not EVENT.is_valid(damaged(stored()[0], path, by))


def test_a_clause_that_no_document_has_does_not_fit() -> None:
    text = json.dumps(next(each for each in stored() if "M-3.3b" in json.dumps(each)))
    assert EVENT.is_valid(json.loads(text))
    assert not EVENT.is_valid(json.loads(text.replace("M-3.3b", "M-9.9")))


def test_classes_and_vocabulary_are_all_in_it() -> None:
    event, case = schema("event"), schema("case")
    assert list(event["properties"]) == [each.name for each in fields(Event)]
    assert list(event["$defs"]["duty"]["properties"]) == [each.name for each in fields(Duty)]
    assert [each["prefixItems"][0]["const"] for each in event["$defs"]["change"]["oneOf"]] == list(TAGS)
    assert {each.id for each in clauses()} < set(event["$defs"]["clause"]["enum"])
    assert {each["const"] for each in case["$defs"]["state"]["oneOf"]} == {
        state for request in (*REQUESTS.values(), INCIDENT_REQUEST) for state in request.states
    }
    shown = {"handlers": "handler", "history": "events"}
    own = {shown.get(each.name, each.name) for each in fields(Case)} - {"tries", "unsatisfied"}
    assert own < set(case["properties"])


def test_a_desk_of_one_kind_has_a_schema_of_its_own() -> None:
    repairs = Draft202012Validator(schema("event", {"repair": REQUESTS["repair"]}))
    by_kind = {each["fields"]["kind"]: each for each in stored() if each["name"] == "receive"}
    assert [kind for kind, each in by_kind.items() if repairs.is_valid(each)] == ["repair"]


@frozen
class Unforeseen:
    """A class with an attribute that JSON has not."""

    day: date


@pytest.mark.parametrize("hint", [date, bytes, dict[str, str], Unforeseen, datetime | bytes])
def test_a_type_that_json_would_not_have_is_an_error(hint: Any) -> None:
    with pytest.raises(TypeError, match="no shape"):
        typed(hint)


def test_a_key_without_words_is_an_error() -> None:
    with pytest.raises(KeyError, match="unheard_of"):
        named("unheard_of")
