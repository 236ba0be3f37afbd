"""The book of the agreed answers: read as it was written, the same done once or twice, no nonsense taken."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai.agreeing import STEPS
from qiantai.deeds import APPROVE, DRAFT, WITHDRAW, Deed, agreed, deed_of, fields_of
from qiantai.events import Event
from qiantai.wire import event_in, event_out
from tests.kernel.agreements import Agreements, day
from tests.kernel.front_desk import MONDAY, NOISE, WATER

IDS = {"water": "water-1", "noise": "noise-1", "lifts": "lifts"}
days = st.one_of(st.none(), st.integers(-3, 6).map(day))
asked = st.fixed_dictionaries(
    {
        "name": st.sampled_from([*STEPS, "draft_new"]),
        "by": st.sampled_from(["desk", "cs_head", "centre_head", "engineering"]),
        "topic": st.sampled_from(["water", "noise", "lifts"]),
        "version": st.integers(1, 4),
        "text": st.text(max_size=12),
        "first": days,
        "last": days,
        "sensitive": st.booleans(),
        "later": st.integers(0, 3),
    }
)


def book(several: list[dict[str, object]]) -> Agreements:
    """What comes of asking all of this, whatever is refused of it."""
    desk = Agreements((WATER, NOISE))
    for each in several:
        said = dict(each)
        name, by = str(said.pop("name")), str(said.pop("by"))
        desk.at += timedelta(days=int(str(said.pop("later"))))
        named = {"id": IDS[str(said["topic"])], "version": said.pop("version"), "reason": "因为"}
        match name:
            case "draft_new":
                found = desk.asked(DRAFT, by, **said)
            case "draft_script":
                found = desk.asked(DRAFT, by, **named, **said)
            case _:
                found = desk.asked(name, by, **named)
        if isinstance(found, Deed):
            desk.deeds.append(found)
        assert_it_holds(desk)
    return desk


def assert_it_holds(desk: Agreements) -> None:
    """What holds of any book: one answer at most on a topic, approved by who may; one draft of an answer."""
    scripts = desk.handbook.scripts
    drafts = [each.id for each in scripts if not each.approved_by]
    assert len(drafts) == len(set(drafts))
    assert len({(each.id, each.version) for each in scripts}) == len(scripts)
    assert all(each.approved_by in ("", "cs_head", "centre_head") for each in scripts)
    speaking = [each for each in scripts if desk.handbook.script(each.topic, desk.at) == each]
    assert len({each.topic for each in speaking}) == len(speaking)
    assert all(each.withdrawn is None for each in speaking)


@settings(max_examples=60, deadline=None)
@given(st.lists(asked, max_size=14))
def test_whatever_is_asked_the_book_holds_and_is_read_as_it_was_written(several: list[dict[str, object]]) -> None:
    desk = book(several)
    once = agreed(desk.given, desk.deeds)
    assert sorted(map(repr, agreed(once, desk.deeds))) == sorted(map(repr, once))
    lines = [Event("scripts", n, each.at, each.by, each.name, fields_of(each)) for n, each in enumerate(desk.deeds)]
    assert [deed_of(event_in(json.loads(json.dumps(event_out(each))))) for each in lines] == desk.deeds
    for place in range(len(desk.deeds)):
        so_far = agreed(agreed(desk.given, desk.deeds[:place]), desk.deeds)
        assert sorted(map(repr, so_far)) == sorted(map(repr, once))


def test_what_was_approved_stays_word_for_word() -> None:
    desk = Agreements()
    before = desk.approved(text="按表计费。", last=day(9), sensitive=True)
    desk.approved(text="另说。")
    desk.do(WITHDRAW, "cs_head", id="water-1", version=3, reason="错")
    after = desk.version("water-1", 2)
    assert after is not None
    assert (after.text, after.valid_from, after.valid_until, after.sensitive, after.approved) == (
        before.text, before.valid_from, before.valid_until, before.sensitive, before.approved,
    )  # fmt: skip


def test_a_version_that_is_gone_from_the_tables_is_passed_over() -> None:
    deeds = [Deed(MONDAY, "cs_head", WITHDRAW, "gone", 1), Deed(MONDAY, "cs_head", APPROVE, "gone", 2)]
    assert agreed((WATER,), deeds) == (WATER,)


GOOD: dict[str, Any] = {"id": "a", "version": 1}


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("shred_script", {}),
        ("submit_script", {"version": "1"}),
        ("submit_script", {"version": True}),
        ("submit_script", {"version": 0}),
        ("submit_script", {"id": 5}),
        ("submit_script", {"colour": "red"}),
        ("submit_script", {"text": 5}),
        ("draft_script", {}),
        ("draft_script", {"from": "gestern"}),
    ],
)
def test_what_is_no_deed_is_not_taken(name: str, wrong: dict[str, Any]) -> None:
    assert deed_of(Event("scripts", 0, MONDAY, "desk", "submit_script", GOOD)).id == "a"
    with pytest.raises((KeyError, TypeError, ValueError)):
        deed_of(Event("scripts", 0, MONDAY, "desk", name, {**GOOD, **wrong}))
