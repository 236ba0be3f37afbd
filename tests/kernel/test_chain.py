"""A history that shows tampering: any change of any recorded value is found, and placed at its event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from attrs import evolve, fields, has
from hypothesis import given
from hypothesis import strategies as st

from qiantai import Break, Case, Event, sealed, verify
from qiantai.chain import words_of
from qiantai.clauses import Clause
from qiantai.commands import Type
from qiantai.events import Kept
from qiantai.requests import REQUESTS
from qiantai.seals import digest_of, seal_of
from qiantai.words import NAMES, entry, is_words
from tests.kernel.front_desk import KINDS, MONDAY, FrontDesk

OTHERWISE: dict[type, Callable[[Any], Any]] = {
    str: lambda text: f"{text}.",
    bool: lambda flag: not flag,
    int: lambda number: number + 1,
    datetime: lambda at: at + timedelta(seconds=1),
    type(None): lambda _: MONDAY,
    tuple: lambda names: (*names, "another"),
    Clause: lambda clause: Clause("P-2.1" if clause.id != "P-2.1" else "P-3"),
}


def whole_case(kind: str) -> Case:
    """A closed case with words of every sort, a correction among them, and a note after its end."""
    desk = FrontDesk()
    said = {"name": "王女士", "phone": "13800001234", "email": "w@example.com", "place": "大堂", "against": "admin"}
    number = desk.reach(kind, "closed", **said)
    desk.do(number, "correct", "desk", field="phone", value="13900005678", reason="听错了")
    desk.do(number, "note", "desk", text="住户致谢")
    return desk.case(number)


def forgeries(event: Event) -> Iterator[tuple[str, Event]]:
    """The event with each of its recorded values changed in turn, and with one more or one fewer of each."""
    for name in ("case", "seq", "at", "by", "name", "seal"):
        yield name, evolve(event, **{name: OTHERWISE[type(getattr(event, name))](getattr(event, name))})
    yield "salt", evolve(event, salt=f"{event.salt}.")
    for name, values in of_mapping(event.fields):
        yield f"fields {name}", evolve(event, fields=values)
    for place, change in enumerate(event.changes):
        before, after = event.changes[:place], event.changes[place + 1 :]
        for name, other in of_change(change):
            yield f"{type(change).__name__} {name}", evolve(event, changes=(*before, other, *after))
        yield f"without {type(change).__name__}", evolve(event, changes=(*before, *after))
        yield f"{type(change).__name__} twice", evolve(event, changes=(*before, change, *event.changes[place:]))
    yield "another change", evolve(event, changes=(*event.changes, Kept({"text": "添上"})))


def of_mapping(values: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, value in values.items():
        yield name, {**values, name: OTHERWISE[type(value)](value)}
        yield f"without {name}", {each: of for each, of in values.items() if each != name}
    yield "another", {**values, "colour": "red"}


def of_change(change: Any) -> Iterator[tuple[str, Any]]:
    for each in fields(type(change)):
        value = getattr(change, each.name)
        if isinstance(value, dict):
            yield from ((name, evolve(change, **{each.name: other})) for name, other in of_mapping(value))
        elif has(type(value)) and not isinstance(value, Clause):
            yield from ((name, evolve(change, **{each.name: other})) for name, other in of_change(value))
        else:
            yield each.name, evolve(change, **{each.name: OTHERWISE[type(value)](value)})


@pytest.mark.parametrize("kind", KINDS)
def test_what_the_desk_did_is_whole(kind: str) -> None:
    case = whole_case(kind)
    assert len(case.history) > 4
    assert verify(case.history) is None
    assert len({each.seal for each in case.history}) == len(case.history)


@pytest.mark.parametrize("kind", KINDS)
def test_any_change_of_any_recorded_value_is_found_at_its_event(kind: str) -> None:
    history = whole_case(kind).history
    tried = 0
    for place, event in enumerate(history):
        for what, forged in forgeries(event):
            found = verify((*history[:place], forged, *history[place + 1 :]))
            assert found is not None, f"{event.name}: {what}"
            assert found.seq == place, f"{event.name}: {what}"
            tried += 1
    assert tried > 100


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_that_is_sealed_anew_shows_at_the_event_after_it(kind: str) -> None:
    history = whole_case(kind).history
    for place, event in enumerate(history[:-1]):
        before = history[place - 1].seal if place else ""
        for what, forged in forgeries(evolve(event, seal="", salt="")):
            if what not in ("seal", "salt", "seq"):
                again = sealed(forged, before, "another-salt----")
                found = verify((*history[:place], again, *history[place + 1 :]))
                assert found is not None, what
                assert (found.seq, found.what) == (place + 1, "altered"), what


def test_events_that_are_missing_doubled_or_out_of_order_are_found() -> None:
    history = whole_case("complaint").history
    number = history[0].case
    for place in range(len(history) - 1):
        assert verify((*history[:place], *history[place + 1 :])) == Break(history[1].case, place, "missing"), (
            "one is missing"
        )
    first, second, *rest = history
    assert verify((second, first, *rest)) == Break(number, 0, "out_of_order")
    assert verify((first, *history)) == Break(number, 1, "out_of_order")
    assert verify(history[1:]) == Break(number, 0, "missing")
    renumbered = tuple(evolve(each, seq=place) for place, each in enumerate(history[1:]))
    assert verify(renumbered) == Break(number, 0, "altered")


def test_what_was_never_sealed_is_found() -> None:
    history = whole_case("repair").history
    assert verify([evolve(each, seal="", salt="") for each in history]) == Break(history[0].case, 0, "unsealed")
    assert verify((*history[:2], evolve(history[2], seal=""), *history[3:])) == Break(history[0].case, 2, "unsealed")


def test_the_end_of_a_history_that_is_cut_off_or_sealed_anew_needs_an_anchor() -> None:
    history = whole_case("repair").history
    assert verify(history[:-1]) is None
    forged = evolve(history[-1], fields={"text": "没有的话"})
    assert verify((*history[:-1], sealed(forged, history[-2].seal, "another-salt----"))) is None


def test_a_merge_and_its_undo_are_sealed_on_both_cases() -> None:
    desk = FrontDesk()
    older = desk.receive("complaint")
    newer = desk.later(minutes=1).receive("complaint", household="1-1-102", name="李先生")
    desk.do(newer, "merge", "desk", into=older)
    desk.do(newer, "undo", "desk")
    for number in (older, newer):
        assert [each.name for each in desk.case(number).history][-2:] == ["merge", "undo"]
        assert verify(desk.case(number).history) is None


def test_words_are_what_people_said_and_names_are_the_vocabularys() -> None:
    worded = {Type.TEXT, Type.ANY}
    for request in REQUESTS.values():
        for command in request.fields.values():
            for field in command.values():
                if field.type not in worded and field.name != "reason":
                    assert field.name in NAMES or field.type not in (
                        Type.PERSON, Type.ROLES, Type.CHANNEL, Type.HOUSEHOLD, Type.CASE, Type.CHOICE
                    ), field.name  # fmt: skip
    texts = {
        field.name
        for request in REQUESTS.values()
        for command in request.fields.values()
        for field in command.values()
        if field.type in worded
    }
    assert texts & NAMES == {"kind", "topic", "area", "script", "until"}
    assert {"name", "phone", "email", "summary", "text", "reason", "value", "responsible"} <= texts - NAMES
    assert not any(is_words(value, "text") for value in (True, 3, MONDAY, ("a",), ""))


def test_equal_words_of_two_cases_or_two_fields_have_nothing_in_common() -> None:
    desk = FrontDesk()
    one, other = (desk.case(desk.receive("help", summary="漏水", name="漏水")).history[0] for _ in range(2))
    assert one.salt != other.salt
    assert len(one.salt) == 16
    assert {"summary", "summary*", "name", "name*"} <= set(words_of(one))
    assert len(
        {digest_of(each.salt, None, place, "漏水") for each in (one, other) for place in words_of(each)}
    ) == 2 * len(words_of(one))


def test_an_event_without_words_keeps_no_salt() -> None:
    desk = FrontDesk()
    number = desk.reach("help", "on_site")
    arrived = desk.case(number).history[-1]
    assert (arrived.name, arrived.salt) == ("arrive", "")
    assert len(arrived.seal) == 32


@given(st.dictionaries(st.text(st.characters(), min_size=1), st.text(st.characters()), max_size=3))
def test_whatever_was_said_can_be_sealed_and_comes_back_to_the_same_seal(said: dict[str, str]) -> None:
    import json

    from qiantai.wire import event_in, event_out

    event = sealed(Event("QZ-20261123-001", 0, MONDAY, "desk", "note", said), "", "abcdefghijklmnop")
    stored = json.dumps(event_out(event), ensure_ascii=False).encode("utf-8", "backslashreplace")
    back = event_in(json.loads(stored))
    assert seal_of(back, "", back.salt, back.left) == event.seal
    assert verify([back]) is None


def test_the_same_salts_make_the_same_seals() -> None:
    def run() -> Sequence[Event]:
        numbers = count()
        desk = FrontDesk()
        desk.desk = evolve(desk.desk, salts=lambda: f"{next(numbers):016d}")
        return desk.case(desk.reach("suggestion", "closed")).history

    assert run() == run()


def test_every_finding_is_said_in_both_languages() -> None:
    found = Break("BX-20261123-001", 2, "altered").sentence
    assert found.zh.startswith("BX-20261123-001 第3步:内容与封印不符")
    assert found.en.startswith("BX-20261123-001, event 3: what it says is not what was sealed")
    assert Break("BX-20261123-002", None, "gap").sentence.en.startswith("BX-20261123-002: no case has this number")
    whats = "unsealed altered missing out_of_order erased_unrecorded not_erased gap gone cut_short sealed_anew"
    assert all(entry("breaks", each).get("zh") and entry("breaks", each).get("en") for each in whats.split())
