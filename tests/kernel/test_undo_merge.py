"""Taking one's last command back, and two cases that are one: what each leaves, and what refuses it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve as replaced

from qiantai import Case
from tests.kernel.front_desk import KINDS, FrontDesk, clock, moved, names

NOBODY: set[str] = set()


def bare(case: Case) -> Case:
    """The case without its history: what an undo restores."""
    return replaced(case, history=())


@pytest.mark.parametrize(
    ("kind", "state", "command", "by", "fields"),
    [
        ("complaint", "handling", "extend", "cs_head", {"until": "7wd", "informed": True}),
        ("complaint", "handling", "complete", "engineering", {"result": "好", "valid": False}),
        ("complaint", "awaiting_call_back", "call_back", "desk", {"satisfied": False}),
        ("complaint", "received", "escalate", "staff", {"reason": "围堵"}),
        ("suggestion", "implementing", "complete", "cs_head", {"result": "好"}),
        ("enquiry", "received", "take_contact", "desk", {"phone": "13600000000"}),
        ("challenge", "approving", "approve", "cs_head", {}),
        ("help", "dispatched", "dispatch", "supervisor", {"to": "engineering"}),
        ("repair", "on_site", "wait", "desk", {"reason": "parts", "eta": clock(20), "informed": True}),
        ("repair", "dispatched", "reclassify", "desk", {"emergency": True}),
        ("repair", "awaiting_call_back", "call_back", "desk", {"reached": False}),
        ("repair", "received", "withdraw", "desk", {"reason": "收回"}),
        ("help", "received", "hand_over", "desk", {"to": "desk2"}),
        ("help", "received", "correct", "desk", {"field": "household", "value": "1-1-102"}),
    ],
)
def test_an_undo_leaves_it_as_if_never_given(kind: str, state: str, command: str, by: str, fields: Any) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    before = desk.case(number)
    desk.later(minutes=5).do(number, command, by, **fields)
    after = desk.later(minutes=5).do(number, "undo", by)
    assert bare(after) == bare(before)
    assert [each.name for each in after.history[-2:]] == [command, "undo"]
    assert set(after.struck) == {len(after.history) - 2}
    assert desk.refused(number, "undo", by) == "", "once"


@pytest.mark.parametrize("kind", KINDS)
def test_a_receipt_is_never_undone(kind: str) -> None:
    desk = FrontDesk()
    number = desk.receive(kind)
    assert desk.refused(number, "undo", "desk") == ""
    assert desk.offered(number, "undo") == NOBODY


def test_only_ones_own_last_command_within_the_window() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.do(number, "note", "desk", text="一")
    assert desk.refused(number, "undo", "desk2") == ""
    desk.do(number, "urge", "desk2", text="快")
    assert desk.refused(number, "undo", "desk") == "", "another's command came later"
    desk.later(minutes=10)
    assert desk.offered(number, "undo") == {"desk2"}
    desk.later(seconds=1)
    assert desk.refused(number, "undo", "desk2") == ""


def test_after_another_command_that_one_may_be_undone() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    desk.do(number, "note", "desk", text="一")
    desk.do(number, "undo", "desk")
    desk.do(number, "dispatch", "desk", to="engineering")
    assert desk.do(number, "undo", "desk").state == "received"


def test_the_window_is_the_sites_own() -> None:
    desk = FrontDesk(undo_within="2m")
    number = desk.receive("repair")
    desk.do(number, "dispatch", "desk", to="engineering")
    desk.later(minutes=3)
    assert desk.refused(number, "undo", "desk") == ""


def two(desk: FrontDesk, kind: str = "complaint", **fields: Any) -> tuple[str, str]:
    """An older case and a newer one of another household."""
    older = desk.receive(kind, household="1-1-101")
    return older, desk.later(minutes=1).receive(kind, **{"household": "1-1-102"} | fields)


@pytest.mark.parametrize("kind", KINDS)
def test_merged_its_residents_stand_behind_the_other(kind: str) -> None:
    desk = FrontDesk()
    older, newer = two(desk, kind, joint=3)
    assert moved(desk, newer, "merge", "desk", into=older)[0] == "closed"
    into = desk.case(older)
    assert (into.joint, into.households) == (4, ("1-1-101", "1-1-102"))
    assert desk.case(newer).text("merged_into") == older
    assert desk.owed(newer) == NOBODY


def test_each_household_is_counted_once() -> None:
    desk = FrontDesk()
    older, newer = two(desk, joint=2)
    desk.do(older, "join", "desk", household="1-1-102")
    desk.do(newer, "merge", "desk", into=older)
    assert (desk.case(older).joint, desk.case(older).households) == (3, ("1-1-101", "1-1-102"))


@pytest.mark.parametrize("why", ["major", "group"])
def test_what_was_major_makes_the_other_major(why: str) -> None:
    desk = FrontDesk()
    older, newer = two(desk, **({"major": True} if why == "major" else {"joint": 5}))
    desk.later(minutes=30).do(newer, "merge", "desk", into=older)
    assert names("report_up start_plan") <= desk.owed(older)
    assert desk.duty(older, "report_up").due == clock(9, 36)
    assert desk.case(older).holds("major") is (why == "major")


def test_what_cannot_be_merged_into() -> None:
    desk = FrontDesk()
    older, newer = two(desk)
    other_kind = desk.receive("repair")
    for number, into in ((older, newer), (newer, newer), (newer, other_kind), (newer, "TS-20261123-099")):
        assert desk.refused(number, "merge", "desk", into=into) == ""
    assert desk.refused(newer, "merge", "desk") == ""
    assert desk.refused(newer, "merge", "supervisor", into=older) == ""
    desk.do(older, "withdraw", "desk")
    assert desk.refused(newer, "merge", "desk", into=older) == ""


@pytest.mark.parametrize("side", ["older", "newer"])
def test_a_merge_is_undone_on_both_cases_from_either(side: str) -> None:
    desk = FrontDesk()
    older, newer = two(desk, major=True)
    before = {each: desk.case(each) for each in (older, newer)}
    desk.do(newer, "merge", "desk", into=older)
    desk.do(older if side == "older" else newer, "undo", "desk")
    for number, case in before.items():
        assert bare(desk.case(number)) == bare(case)
        assert desk.refused(number, "undo", "desk") == ""


@pytest.mark.parametrize("on", ["older", "newer"])
def test_a_merge_is_not_undone_once_either_case_went_on(on: str) -> None:
    desk = FrontDesk()
    older, newer = two(desk)
    desk.do(newer, "merge", "desk", into=older)
    desk.do(older if on == "older" else newer, "note", "desk2", text="后来")
    for number in (older, newer):
        assert desk.refused(number, "undo", "desk") == ""


def test_of_two_merges_into_one_case_only_the_last_is_undone() -> None:
    desk = FrontDesk()
    older, first = two(desk)
    second = desk.receive("complaint", household="1-1-103")
    desk.do(first, "merge", "desk", into=older)
    desk.do(second, "merge", "desk", into=older)
    assert desk.refused(first, "undo", "desk") == "", "even at the same moment"
    desk.do(second, "undo", "desk")
    assert desk.case(older).households == ("1-1-101", "1-1-102")
    assert desk.case(second).open
    assert not desk.case(first).open


def test_a_merge_is_undone_within_the_window_only() -> None:
    desk = FrontDesk()
    older, newer = two(desk)
    desk.do(newer, "merge", "desk", into=older)
    desk.at += timedelta(minutes=11)
    assert desk.refused(older, "undo", "desk") == ""


def test_of_two_received_at_the_same_moment_the_lower_number_is_the_older() -> None:
    desk = FrontDesk()
    first, second = desk.receive("repair"), desk.receive("repair", household="1-1-102")
    assert desk.refused(first, "merge", "desk", into=second) == ""
    assert desk.do(second, "merge", "desk", into=first).state == "closed"


def test_what_the_older_case_knows_already_it_is_not_told_again() -> None:
    desk = FrontDesk()
    older, newer = two(desk, major=True)
    desk.do(older, "escalate", "desk", reason="媒体到场")
    desk.do(newer, "merge", "desk", into=older)
    assert [type(each).__name__ for each in desk.case(older).history[-1].changes] == ["Counted"]
