"""The next step: whose move it is, and that what nobody may do now is no step."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qiantai.projections.next_step import awaited, next_steps
from tests.kernel.front_desk import FrontDesk


def waited(desk: FrontDesk, number: str) -> list[str]:
    return [command for command, _ in awaited(desk.case(number), desk.at, desk.desk.handbook)]


def test_a_reply_by_the_desk_is_awaited() -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "pending")
    assert waited(desk, number)[0] == "reply"


def test_what_a_bar_forbids_everybody_is_not_awaited() -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "pending", important=True)
    assert waited(desk, number)[0] == "assign"


@pytest.mark.parametrize("kind", ["enquiry", "challenge"])
def test_what_can_be_explained_on_the_spot_is_before_contact_details_are_taken(kind: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "received")
    steps = [each.command for each in next_steps(desk.case(number), "desk", desk.at, desk.desk.handbook)]
    assert steps.index("answer") < steps.index("take_contact")


def test_a_challenge_that_nobody_may_answer_on_the_spot_begins_with_the_contact_details() -> None:
    desk = FrontDesk()
    number = desk.reach("challenge", "received", important=True)
    steps = [each.command for each in next_steps(desk.case(number), "desk", desk.at, desk.desk.handbook)]
    assert "answer" not in steps
    assert steps[0] == "take_contact"


def test_what_is_due_at_once_is_before_what_brings_the_case_on_and_is_due_tomorrow() -> None:
    desk = FrontDesk()
    number = desk.reach("complaint", "received")
    steps = [each.command for each in next_steps(desk.case(number), "desk", desk.at, desk.desk.handbook)]
    assert steps[:2] == ["explain", "assign"]
    assert waited(desk, number)[0] == "explain"


def test_what_brings_the_case_on_is_before_a_word_of_progress_until_that_presses() -> None:
    desk = FrontDesk(complaint_feedback="12h")
    number = desk.reach("complaint", "received")
    desk.do(number, "explain", "desk")
    assert waited(desk, number)[0] == "assign"
    case = desk.case(number)
    feedback = case.owed_duty("feedback")
    assert feedback is not None
    late = feedback.due - timedelta(minutes=59)
    assert awaited(case, late, desk.desk.handbook)[0][0] == "feedback"
