"""A refusal asked why: what was asked of what, which rule spoke, and which were asked before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Bilingual, Case, Command, Person, Refusal, decide
from qiantai.why import Branch, Place, RefusalReason, tell_refusal, why_refused
from tests.kernel.front_desk import COMPLAINT, KINDS, PEOPLE, WATER, FrontDesk, clock
from tests.kernel.plausible import FIELDS, RECEIPTS, Fields, said
from tests.kernel.walking import COMMANDS, TURNS, Turn, Walk


def refused(desk: FrontDesk, number: str, command: str, by: str, **fields: Any) -> RefusalReason:
    """Why a command is refused."""
    found = desk.desk.do(number, command, by, **fields)
    assert isinstance(found, Refusal), f"{command} was accepted"
    return why_refused(found, desk.case(number), desk.handbook)


def lines(branch: Branch, language: str) -> list[str]:
    """All that is told, line by line."""
    return [branch.text[language], *(line for each in branch.under for line in lines(each, language))]


@pytest.mark.parametrize(
    ("state", "command", "by", "fields", "place", "tested"),
    [
        ("received", "complete", "engineering", {}, Place.STATE, 1),
        ("handling", "extend", "desk", {"until": "7wd"}, Place.ROLE, 2),
        ("handling", "extend", "cs_head", {}, Place.FIELDS, 1),
        ("handling", "extend", "cs_head", {"until": "7wd"}, Place.BARS, 2),
        ("handling", "extend", "cs_head", {"until": "8wd", "informed": True}, Place.BARS, 3),
        ("awaiting_call_back", "call_back", "engineering", {"satisfied": True}, Place.NAMED, 1),
        ("received", "assign", "nobody", {"to": "engineering"}, Place.KNOWN, 1),
    ],
)
def test_a_refusal_tells_where_in_the_order_of_the_rules_it_fell(
    state: str, command: str, by: str, fields: dict[str, Any], place: Place, tested: int
) -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", state)
    reason = refused(desk, number, command, by, **fields)
    order = list(reason.order)
    at = [each.outcome for each in order].index("refused")
    assert [each.place for each in order] == list(Place)
    assert [each.outcome for each in order] == ["passed"] * at + ["refused"] + ["not_reached"] * (len(order) - at - 1)
    assert order[at].place == place
    assert len(order[at].tested) == tested
    assert order[at].tested[-1].rule == reason.rule
    assert (reason.state, reason.command, reason.by) == (state, command, by)


def test_the_form_is_asked_last_and_every_bar_of_the_row_before_it_is_told() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", summary=None)
    for command, by, fields in (
        ("dispatch", "desk", {"to": "engineering"}),
        ("arrive", "engineering", {}),
        ("complete", "engineering", {"result": "好了"}),
    ):
        desk.do(number, command, by, **fields)
    reason = refused(desk, number, "call_back", "desk", satisfied=True, quality_ok=True, channel="phone")
    order = {each.place: each for each in reason.order}
    assert order[Place.FORM].outcome == "refused"
    assert [each.rule for each in order[Place.BARS].tested] == ["call_back_by_phone"]
    assert [each.rule for each in order[Place.NAMED].tested] == ["call_back_by_others", "call_back_on_own_work"]
    assert reason.since is not None
    assert reason.since.command == "complete"


def test_the_bars_are_those_of_the_branch_that_was_taken() -> None:
    desk = FrontDesk(scripts=(WATER,))
    number = desk.receive("challenge", topic="water")
    plain = refused(desk, number, "answer", "desk", text="是", satisfied=True)
    tested = next(each.tested for each in plain.order if each.place == Place.BARS)
    assert [each.rule for each in tested] == [
        "simply_turned_away",
        "must_be_assigned",
        "not_the_spokesperson",
        "not_the_agreed_answer",
    ]
    proxy = {"out_of_scope": True, "alternative": "街道", "proxy_offered": True, "proxy_accepted": True}
    by_proxy = refused(desk, number, "answer", "desk", **proxy)
    tested = next(each.tested for each in by_proxy.order if each.place == Place.BARS)
    assert [each.rule for each in tested][:2] == ["simply_turned_away", "contact_unknown"]


def test_a_refused_receipt_is_told_and_what_was_asked_is_masked() -> None:
    desk = FrontDesk()
    fields = {"kind": "help", "channel": "phone", "name": "王敏", "phone": "13800001234", "promised": clock(15)}
    fields |= {"summary": "回电13800001234"}
    found = decide(None, Command("receive", "desk", "QZ-1", fields), desk.at, desk.handbook)
    assert isinstance(found, Refusal)
    reason = why_refused(found, None, desk.handbook)
    assert (reason.kind, reason.state, reason.since) == ("help", "", None)
    assert (reason.asked["name"], reason.asked["phone"], reason.asked["summary"]) == (
        "王*",
        "138****1234",
        "回电138****1234",
    )
    assert next(each.place for each in reason.order if each.outcome == "refused") == Place.BARS


def test_what_was_asked_is_told_in_words() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    people = {**desk.handbook.people, "desk2": Person("desk2", "包洁", {"desk"})}
    told = lines(tell_refusal(refused(desk, number, "hand_over", "staff", to="desk2", reason="下班"), people), "zh")
    assert "交给: 包洁" in told
    assert "原因: 下班" in told
    corrected = refused(desk, number, "correct", "monitor", field="name", value="王敏")
    assert (corrected.asked["field"], corrected.asked["value"]) == ("name", "王*")
    told = lines(tell_refusal(refused(desk, number, "dispatch", "staff", to=["engineering"]), people), "zh")
    assert "交给: 工程" in told


def test_what_no_rule_refused_has_no_place_among_them() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    kept = Refusal(Command("note", "desk", number), desk.at, "not_kept", None, Bilingual("磁盘满", "the disk is full"))
    reason = why_refused(kept, desk.case(number), desk.handbook)
    assert reason.order == ()
    assert "It stood: Received" in lines(tell_refusal(reason, desk.handbook.people), "en")


def test_the_form_of_a_complaint_lacks_what_it_lacks() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", "desk", **dict.fromkeys(COMPLAINT, None))
    reason = refused(desk, number, "assign", "desk", to="engineering")
    assert (reason.rule, reason.clause and reason.clause.id) == ("form_incomplete", "M-4.2a")
    assert next(each.place for each in reason.order if each.outcome == "refused") == Place.BARS


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(KINDS), receipt=st.sampled_from(RECEIPTS), turns=TURNS)
def test_whatever_is_refused_has_its_place_among_the_rules(kind: str, receipt: Fields, turns: Sequence[Turn]) -> None:
    walk = Walk.begun(kind, receipt)
    for turn in turns:
        walk.go([turn])
        refusal_holds_together(walk.desk, walk.desk.case(walk.number), turn)


def refusal_holds_together(desk: FrontDesk, case: Case, turn: Turn) -> None:
    """A refusal has its place among the rules, and the last rule told there is the one that spoke."""
    command, by = COMMANDS[turn.pick % len(COMMANDS)], PEOPLE[turn.fields % len(PEOPLE)]
    choices = FIELDS[command]
    fields = said(choices[turn.fields % len(choices)], desk.at, case.number, case.number)
    later = desk.at + timedelta(minutes=1)
    found = decide(case, Command(command, by, case.number, fields), later, desk.handbook, {case.number: case})
    if isinstance(found, Refusal):
        reason = why_refused(found, case, desk.handbook)
        (spoke,) = [each for each in reason.order if each.outcome == "refused"]
        assert spoke.tested[-1].rule == found.rule
        assert all(lines(tell_refusal(reason, {}), language) for language in ("zh", "en"))
