"""The next step: whose move it is, and that what nobody may do now is no step."""

from __future__ import annotations

from qiantai.projections.next_step import awaited
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
