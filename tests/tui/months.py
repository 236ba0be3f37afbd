"""Some months of past cases at a desk, so many a month and each told in advance: what the figures are tried on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any

from qiantai import Case, Desk, Done, MemoryStore
from qiantai.periods import ZONE
from tests.tui.desk_driver import MONDAY, Clock, desk_in_memory

SAID_IN_A_YEAR = ("灯不亮", "装修噪音,晚上十点还在敲", "停工", "已换", "已查看", "5栋1单元102")


class Past:
    """Takes cases in on past days, and closes them in time or late."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self.desk, self.clock = desk, clock

    def at(self, month: int, day: int, hour: int = 9, year: int = 2026) -> Past:
        """That morning."""
        self.clock.at = datetime(year, month, day, hour, tzinfo=ZONE)
        return self

    def take_in(self, kind: str, **fields: Any) -> str:
        """A case taken in."""
        usual: dict[str, Any] = {"channel": "phone", "household": "1-1-101", "summary": "灯不亮"}
        if kind == "complaint":
            usual |= {"place": "停工", "demand": "停工", "occurred_at": self.clock.at - timedelta(hours=3)}
        done = self.desk.receive("li", kind=kind, **(usual | fields))
        assert isinstance(done, Done), done
        return done.case.number

    def do(self, number: str, command: str, by: str, after: float = 1, **fields: Any) -> None:
        """A command, so many minutes later."""
        self.clock.at += timedelta(minutes=after)
        done = self.desk.do(number, command, by, **fields)
        assert isinstance(done, Done), done

    def repair(self, *, hours: float = 2, satisfied: bool = True, **fields: Any) -> str:
        """A repair, finished so many hours after its receipt, and called back."""
        number = self.take_in("repair", **fields)
        self.do(number, "dispatch", "li", to=["engineering"])
        self.do(number, "arrive", "sun")
        self.do(number, "complete", "sun", after=hours * 60, result="已换")
        self.do(number, "call_back", "li", channel="phone", quality_ok=True, satisfied=satisfied)
        return number

    def complaint(self, *, hours: float = 2, **fields: Any) -> str:
        """A complaint with its feedback so many hours after its receipt, answered and called back."""
        number = self.take_in("complaint", **fields)
        self.do(number, "explain", "li")
        self.do(number, "assign", "li", to=["engineering"])
        self.do(number, "feedback", "li", after=hours * 60, text="已查看")
        self.do(number, "complete", "sun", result="停工", valid=False)
        self.do(number, "reply", "li", channel="phone", text="停工")
        self.do(number, "call_back", "li", satisfied=True)
        return number


def a_year() -> MemoryStore:
    """A year of a small desk until Monday: a repair a week, a late one now and then, a complaint a month."""
    store = MemoryStore()
    for case in _a_year():
        store.append(case.history)
    return store


@cache
def _a_year() -> tuple[Case, ...]:
    clock = Clock(MONDAY)
    desk = desk_in_memory(clock)
    past = Past(desk, clock)
    for place in range(13):
        year, month = divmod(2025 * 12 + 10 + place, 12)
        for week in range(3 if place == 12 else 4):
            household = ("1-1-101", "5-1-101", "3-1-101", "1-2-301")[week]
            past.at(month + 1, 2 + 7 * week, year=year)
            late = (place + week) % 4 == 0
            past.repair(hours=30 if late else 2, satisfied=not late, household=household, rings=2 + week % 3)
        for n in range(2 if place == 0 else 1):
            past.at(month + 1, 10 + n, hour=10, year=year).complaint(hours=26 if place % 5 == 3 else 3)
    past.at(11, 23, hour=8)
    past.take_in("repair", household="2-1-101", rings=4)
    past.take_in("complaint", household="5-1-101", summary="装修噪音,晚上十点还在敲", place="5栋1单元102")
    return tuple(desk.store.all_cases())
