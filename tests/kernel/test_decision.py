"""The one decision: what it refuses it names by its rule, and says in words what would do."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from qiantai import Command, Person, Refusal, decide, offers
from qiantai.clauses import Clause
from qiantai.decision import examine, offered
from qiantai.lifecycle import Step
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
        barred = {bar.rule for bar in REQUESTS[kind].bars if command in bar.commands}
        assert found.rule == "not_in_this_state" or found.rule in barred
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


@pytest.mark.parametrize(
    ("command", "by", "fields", "rule"),
    [
        ("note", "nobody_known", {}, "unknown_person"),
        ("dance", "desk", {}, "unknown_command"),
        (
            "call_back",
            "desk",
            {"satisfied": True, "quality_ok": True, "channel": "phone"},
            "form_incomplete_at_closing",
        ),
    ],
)
def test_what_is_examined_is_refused_as_it_would_be_when_given(
    command: str, by: str, fields: dict[str, Any], rule: str
) -> None:
    desk = FrontDesk()
    case = desk.case(desk.reach("repair", "awaiting_call_back", household=None, name="过路人"))
    asked = Command(command, by, case.number, fields)
    found = examine(case, asked, desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    assert (found.rule, found) == (rule, decide(case, asked, desk.at, desk.handbook))


def test_to_whom_nobody_knows_nothing_is_offered() -> None:
    desk = FrontDesk()
    case = desk.case(desk.receive("repair"))
    assert not offered(case, "note", "nobody_known", desk.at, desk.handbook)
    assert offered(case, "note", "desk", desk.at, desk.handbook)
    assert offers(case, "nobody_known", desk.at, desk.handbook) == ()


def test_of_many_people_some_are_named() -> None:
    desk = FrontDesk()
    many = {f"p{n}": Person(f"p{n}", f"p{n}", {"desk"}) for n in range(40)}
    book = evolve(desk.handbook, people=many)
    found = decide(None, Command("receive", "desk", "A", {"kind": "repair", "channel": "phone"}), desk.at, book)
    assert isinstance(found, Refusal)
    assert found.would_do.en.split(", ") == list(many)[:30]


@pytest.mark.parametrize("kind", ["", "gift", "incident"])
def test_a_kind_that_is_none_is_named_with_those_there_are(kind: str) -> None:
    desk = FrontDesk()
    fields = {"kind": kind} if kind else {}
    found = decide(None, Command("receive", "desk", "A", fields), desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    assert (found.rule, found.would_do.en) == ("unknown_kind", ", ".join(KINDS))
    assert f"'{kind}'" in found.why.en


def test_a_case_whose_kind_is_gone_is_told_which_one_that_was() -> None:
    desk = FrontDesk()
    case = desk.case(desk.receive("repair"))
    without = evolve(desk.handbook, requests={kind: each for kind, each in REQUESTS.items() if kind != "repair"})
    found = decide(case, Command("note", "desk", case.number, {"text": "记"}), desk.at, without)
    assert isinstance(found, Refusal)
    assert found.rule == "unknown_kind"
    assert "'repair'" in found.why.en


def test_before_it_is_received_a_case_knows_but_its_receipt() -> None:
    desk = FrontDesk()
    found = decide(None, Command("dance", "desk", "A", {"kind": "repair"}), desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    assert (found.rule, found.would_do) == ("unknown_command", label("commands", "receive"))


def of_two_rows(*rows: Step) -> FrontDesk:
    """A desk whose repairs know these rows besides their own."""
    desk = FrontDesk()
    repair = evolve(REQUESTS["repair"], steps=(*REQUESTS["repair"].steps, *rows))
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, requests={**REQUESTS, "repair": repair}))
    return desk


def test_where_no_row_fits_what_is_said_the_last_is_taken() -> None:
    row = Step(Clause("P-3"), ("received",), "look", ("desk",), when=lambda _: False)
    desk = of_two_rows(evolve(row, to="dispatched"), evolve(row, to="on_site"), evolve(row, to="waiting"))
    assert desk.do(desk.receive("repair"), "look", "desk").state == "waiting"


def test_of_another_area_they_are_told_so_where_but_one_row_would_be_theirs() -> None:
    row = Step(Clause("P-3"), ("received",), "look", ("area_manager",))
    desk = of_two_rows(row, evolve(row, who=("desk",)))
    number = desk.receive("repair", household="3-1-301")
    assert desk.refused(number, "look", "west") == "H-3.2"
    assert desk.refused(number, "look", "security") == ""
    assert desk.do(number, "look", "east").state == "received"
