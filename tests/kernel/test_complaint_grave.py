"""Complaints that are major, or of a group: reported up to both and planned for, once, by whoever makes them so."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kernel.front_desk import FrontDesk, clock, moved, names

NOBODY: set[str] = set()


@pytest.mark.parametrize(("to", "told"), [("hq", False), ("centre_head", False), (["hq", "centre_head"], True)])
def test_it_is_reported_up_once_both_are_told_since_it_became_grave(to: Any, told: bool) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "report_up", "desk", to=["hq", "centre_head"])
    desk.later(minutes=1).do(number, "escalate", "desk", reason="围堵")
    assert moved(desk, number, "report_up", "desk", to=to)[2] == ({"report_up"} if told else NOBODY)


@pytest.mark.parametrize(
    ("joint", "major", "group"), [(1, False, False), (5, False, False), (6, False, True), (1, True, True)]
)
def test_a_major_or_group_complaint_is_reported_and_planned_for(joint: int, major: bool, group: bool) -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", joint=joint, major=major)
    assert (names("report_up start_plan") <= desk.owed(number)) is group
    if group:
        for name in ("report_up", "start_plan"):
            duty = desk.duty(number, name)
            assert (duty.clause.id, duty.due, duty.owed_by) == ("M-4.3c", clock(9, 5), "owner")


def test_it_becomes_a_group_complaint_by_joining_and_only_once() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", joint=5)
    desk.later(hours=2)
    assert moved(desk, number, "join", "desk", household="1-1-102")[1] == names("report_up start_plan")
    assert desk.duty(number, "start_plan").due == clock(11, 5)
    assert moved(desk, number, "report_up", "desk", to="hq")[2] == NOBODY, "both have to be told"
    assert moved(desk, number, "report_up", "cs_head", to="centre_head")[2] == {"report_up"}
    assert moved(desk, number, "start_plan", "monitor", plan="疏导")[2] == {"start_plan"}
    assert moved(desk, number, "escalate", "trainer", reason="媒体到场")[1] == NOBODY
    assert desk.case(number).holds("major")
    assert not desk.owed(number) & names("report_up start_plan")


def test_escalated_it_is_major() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", "staff")
    assert moved(desk, number, "escalate", "cleaning", reason="围堵") == (
        "noted",
        names("report_up start_plan"),
        NOBODY,
        NOBODY,
    )
    assert desk.offered(number, "note", ("hq",)) == {"hq"}


def test_a_report_that_was_taken_back_told_nobody() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint", major=True)
    desk.do(number, "report_up", "desk", to="hq")
    desk.do(number, "undo", "desk")
    assert moved(desk, number, "report_up", "desk", to="centre_head")[2] == NOBODY
    assert moved(desk, number, "report_up", "desk", to="hq")[2] == {"report_up"}


def test_it_is_known_who_was_told_each_once() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "report_up", "desk", to="hq")
    case = desk.do(number, "report_up", "desk", to=["centre_head", "hq"])
    assert case.facts["told"] == ("hq", "centre_head")
