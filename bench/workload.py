"""The workload of the kernel's benches: six kinds, each from its receipt to its filing, at a desk in memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qiantai import ZONE, Case, Desk, Done, Handbook, Household, MemoryStore, Person

START = datetime(2026, 11, 23, 9, tzinfo=ZONE)
SECOND = timedelta(seconds=1)
ROLES = ("desk", "engineering", "security", "area_manager", "cs_head")
HANDBOOK = Handbook(
    {role: Person(role, role, {role}) for role in ROLES},
    {"1-2-301": Household("1-2-301", "王女士", "13800001234")},
)

Commands = tuple[tuple[str, str, dict[str, Any]], ...]

# From receipt to filing, a way for each kind.
WAYS: Mapping[str, Commands] = {
    "complaint": (
        ("explain", "desk", {}),
        ("assign", "desk", {"to": "engineering"}),
        ("complete", "engineering", {"result": "已整改", "valid": False}),
        ("reply", "desk", {"channel": "phone", "text": "已整改"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "suggestion": (
        ("thank", "desk", {"channel": "phone"}),
        ("assign", "desk", {"to": "cs_head"}),
        ("decide", "cs_head", {"outcome": "adopted", "reason": "可行"}),
        ("reply", "cs_head", {"channel": "phone", "text": "采纳"}),
        ("complete", "cs_head", {"result": "已装"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "enquiry": (
        ("take_contact", "desk", {}),
        ("assign", "desk", {"to": "area_manager"}),
        ("reply", "area_manager", {"channel": "phone", "text": "周三开放"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "challenge": (
        ("take_contact", "desk", {}),
        ("assign", "desk", {"to": "area_manager"}),
        ("reply", "area_manager", {"channel": "phone", "text": "周三开放"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "help": (
        ("dispatch", "desk", {"to": "security"}),
        ("arrive", "security", {}),
        ("complete", "security", {"log": "已扶起,无碍"}),
        ("call_back", "desk", {"satisfied": True}),
    ),
    "repair": (
        ("dispatch", "desk", {"to": "engineering"}),
        ("arrive", "engineering", {}),
        ("complete", "engineering", {"result": "已修好"}),
        ("call_back", "desk", {"satisfied": True, "quality_ok": True, "channel": "phone"}),
    ),
}
MORE: Mapping[str, dict[str, Any]] = {
    "complaint": {"occurred_at": START - timedelta(days=1), "place": "大堂", "demand": "整改"},
    "repair": {"emergency": True},
}


class Counter:
    """A desk in memory whose clock goes on a second with each command."""

    def __init__(self) -> None:
        self.at = START
        self.desk = Desk(HANDBOOK, MemoryStore(), lambda: self.at)

    def receive(self, kind: str) -> Case:
        """A case taken in."""
        self.at += SECOND
        said = {"channel": "phone", "household": "1-2-301", "summary": "厨房水管漏水", **MORE.get(kind, {})}
        return self._done(self.desk.receive("desk", kind=kind, **said))

    def whole(self, kind: str) -> Case:
        """A case from its receipt to its filing."""
        case = self.receive(kind)
        for name, by, said in WAYS[kind]:
            case = self.go_on(case, name, by, said)
        assert case.filed, case
        return case

    def go_on(self, case: Case, name: str, by: str, said: Mapping[str, Any]) -> Case:
        """The case after one more command, a second later."""
        self.at += SECOND
        return self._done(self.desk.do(case.number, name, by, **said))

    def _done(self, found: object) -> Case:
        assert isinstance(found, Done), found
        return found.case
