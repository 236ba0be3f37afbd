"""A duty and an event as JSON shows them: nothing but what JSON has, and no field hides a key of the event's own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta

from qiantai import Event
from qiantai.events import Value
from qiantai.shown import duty_shown, event_shown
from tests.kernel.front_desk import MONDAY, FrontDesk


def test_a_duty_says_how_it_stands_at_that_time() -> None:
    desk = FrontDesk()
    duty = desk.case(desk.receive("repair")).duties[0]
    due = MONDAY + timedelta(days=1)
    expected = {
        "name": "finish",
        "clause": "M-3.3b",
        "opened": "2026-11-23T09:00:00+08:00",
        "due": "2026-11-24T09:00:00+08:00",
        "discharged": None,
        "by": "",
        "status": "open",
        "provisional": False,
    }
    assert duty_shown(duty, due) == expected
    assert duty_shown(duty, due + timedelta(seconds=1)) == {**expected, "status": "overdue"}


def test_a_field_that_is_called_like_a_key_of_the_events_own_stands_beside_it() -> None:
    fields: Mapping[str, Value] = {"name": "王岚", "by": "x", "at": MONDAY, "struck": True, "cases": ("BX-1", "BX-2")}
    event = Event("BX-1", 0, MONDAY, "li", "receive", fields)
    at = "2026-11-23T09:00:00+08:00"
    own = {"at": at, "by": "li", "name": "receive"}
    said = {"name_": "王岚", "by_": "x", "at_": at, "struck_": True, "cases": ["BX-1", "BX-2"]}
    shown = event_shown(event, struck=False)
    assert shown == {**own, **said}
    assert json.loads(json.dumps(shown)) == shown
    assert event_shown(event, struck=True) == {**own, **said, "struck": True}


def test_what_is_hidden_is_hidden_by_the_fields_own_name() -> None:
    event = Event("BX-1", 0, MONDAY, "li", "receive", {"name": "王岚", "summary": "漏水"})
    shown = event_shown(event, struck=False, hidden=lambda name, value: "王*" if name == "name" else value)
    assert (shown["name"], shown["name_"], shown["summary"]) == ("receive", "王*", "漏水")
