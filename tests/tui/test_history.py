"""The history of a case cites, at each event, the clause of the row that it took."""

from __future__ import annotations

from qiantai_tui.widgets.history import told
from tests.kernel.front_desk import FrontDesk


def cited(desk: FrontDesk, number: str) -> list[tuple[str, str]]:
    """The events in their order, each with its clause."""
    return [(each.event.name, each.clause) for each in reversed(told(desk.case(number), desk.handbook))]


def test_a_receipt_by_others_is_told_apart_from_the_desks() -> None:
    desk = FrontDesk()
    assert cited(desk, desk.receive("repair")) == [("receive", "H-4.6.1")]
    assert cited(desk, desk.receive("repair", "security")) == [("receive", "M-3.1c")]


def test_an_answer_of_the_desks_own_is_not_cited_as_one_asked_for_them() -> None:
    desk = FrontDesk()
    own, proxy = desk.receive("enquiry"), desk.receive("enquiry")
    beyond = {"out_of_scope": True, "alternative": "街道", "proxy_offered": True, "proxy_accepted": True}
    desk.do(own, "answer", "desk", text="周三开放", satisfied=True)
    desk.do(proxy, "answer", "desk", **beyond)
    assert cited(desk, own)[-1] == ("answer", "H-4.3.1")
    assert cited(desk, proxy)[-1] == ("answer", "H-4.3.3")


def test_what_was_taken_back_and_what_came_with_an_incident_are_cited_too() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.later(minutes=1).do(number, "explain", "desk")
    desk.later(minutes=1).do(number, "undo", "desk")
    incident = desk.later(minutes=1).incident(number)
    desk.later(minutes=1).do(incident, "broadcast", "desk", text="抢修中")
    assert cited(desk, number) == [
        ("receive", "H-4.6.1"),
        ("explain", "R-3.1.3a"),
        ("undo", "house"),
        ("link", "house"),
        ("broadcast", "R-4b"),
    ]
