"""The one decision: what it refuses it names by its rule, and says in words what would do."""

from __future__ import annotations

import pytest

from qiantai import Refusal
from qiantai.requests import REQUESTS
from qiantai.words import label, listed
from tests.kernel.front_desk import KINDS, STAFF, FrontDesk


def refused(desk: FrontDesk, number: str, command: str, by: str, **fields: object) -> Refusal:
    found = desk.desk.do(number, command, by, **fields)
    assert isinstance(found, Refusal), f"{command} was accepted"
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_what_cannot_be_in_this_state_names_this_one_and_those_where_it_could_be(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    commands = {each.command: each.states for each in REQUESTS[kind].steps}
    elsewhere = [each for each in commands if each != "receive" and ("received", each) not in REQUESTS[kind].table]
    for command in elsewhere:
        found = refused(desk, number, command, "desk")
        assert found.rule != "unknown_command"
        if found.rule == "not_in_this_state":
            states = [each for each in REQUESTS[kind].states if (each, command) in REQUESTS[kind].table]
            assert found.would_do == listed(tuple(label("states", each) for each in states))
            assert label("states", "received").en in found.why.en
    found = refused(desk, number, "dance", "desk")
    assert found.rule == "unknown_command"
    assert found.would_do == listed(tuple(label("commands", each) for each in commands if each != "receive"))
    assert label("kinds", kind).en in found.why.en


def test_what_is_missing_or_misread_is_named_as_the_screens_name_it() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    missing = refused(desk, number, "join", "desk")
    assert (missing.rule, missing.would_do.en) == ("field_missing", "household")
    assert label("fields", "household").zh in missing.why.zh
    misread = refused(desk, number, "assign", "desk", to=7)
    assert (misread.rule, misread.clause) == ("field_misread", None)


def test_a_form_that_is_not_complete_names_what_is_missing() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back", household=None, name="过路人")
    found = refused(desk, number, "call_back", "desk", satisfied=True, quality_ok=True, channel="phone")
    assert (found.rule, found.clause_id) == ("form_incomplete_at_closing", "H-4.6.2")
    assert label("fields", "phone").en in found.why.en
    assert label("fields", "phone").zh in found.why.zh


def test_whom_nobody_knows_is_told_who_there_is() -> None:
    desk = FrontDesk()
    found = refused(desk, desk.receive("help"), "note", "nobody_known", text="说明")
    assert found.rule == "unknown_person"
    assert all(each.id in found.would_do.en for each in STAFF.values())


def test_what_is_not_theirs_says_whose_it_is() -> None:
    desk = FrontDesk()
    found = refused(desk, desk.receive("help"), "withdraw", "security", reason="有原因")
    assert (found.rule, found.would_do) == ("not_their_role", label("roles", "desk"))
