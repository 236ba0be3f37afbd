"""A front desk to test with: staff named after their roles, a dozen households, a clock, and ways to each state."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Self

from qiantai import (
    ZONE,
    Case,
    Desk,
    Done,
    Duty,
    Handbook,
    Household,
    Person,
    Policy,
    Refusal,
    Role,
    Script,
    change_policy,
)

KINDS = ("complaint", "suggestion", "enquiry", "challenge", "help", "repair")
ROLES = tuple(str(each) for each in Role)
PEOPLE = (*ROLES, "desk2")
STAFF = {
    **{role: Person(role, role, {role}) for role in ROLES},
    "desk2": Person("desk2", "desk2", {"desk"}),
    "east": Person("east", "east", {"area_manager"}, {"east"}),
    "west": Person("west", "west", {"area_manager"}, {"west"}),
    "fitter": Person("fitter", "fitter", {"engineering", "desk"}),
}
HOUSEHOLDS = {
    **{f"1-1-{door}": Household(f"1-1-{door}", f"住户{door}", f"138000{door:05}") for door in range(101, 111)},
    "2-1-201": Household("2-1-201", "沈女士", "13900000201", important=True),
    "3-1-301": Household("3-1-301", "东区住户", "13900000301", area="east"),
    "4-1-401": Household("4-1-401"),
}
WATER = Script("water-1", "water", "按表计费。", date(2026, 1, 1), "cs_head", sensitive=True)
NOISE = Script("noise-1", "noise", "夜间不施工。", date(2026, 1, 1), "cs_head", spokesperson="security")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=ZONE)
LATE_EVENING = datetime(2026, 11, 23, 23, tzinfo=ZONE)
COMPLAINT = {"occurred_at": MONDAY - timedelta(days=1), "place": "大堂", "demand": "整改"}

WAYS: Mapping[str, Mapping[str, tuple[tuple[str, str, Mapping[str, Any]], ...]]] = {
    "complaint": {
        "received": (),
        "handling": (("explain", "desk", {}), ("assign", "desk", {"to": "engineering"})),
        "resolved": (("complete", "engineering", {"result": "已整改", "valid": False}),),
        "awaiting_call_back": (("reply", "desk", {"channel": "phone", "text": "已整改"}),),
        "closed": (("call_back", "desk", {"satisfied": True}),),
    },
    "suggestion": {
        "received": (),
        "handling": (("thank", "desk", {"channel": "phone"}), ("assign", "desk", {"to": "cs_head"})),
        "decided": (("decide", "cs_head", {"outcome": "adopted", "reason": "可行"}),),
        "implementing": (("reply", "cs_head", {"channel": "phone", "text": "采纳"}),),
        "awaiting_call_back": (("complete", "cs_head", {"result": "已装"}),),
        "closed": (("call_back", "desk", {"satisfied": True}),),
    },
    "enquiry": {
        "received": (),
        "pending": (("take_contact", "desk", {}),),
        "handling": (("assign", "desk", {"to": "area_manager"}),),
        "awaiting_call_back": (("reply", "area_manager", {"channel": "phone", "text": "周三开放"}),),
        "closed": (("call_back", "desk", {"satisfied": True}),),
    },
    "help": {
        "received": (),
        "dispatched": (("dispatch", "desk", {"to": "security"}),),
        "on_site": (("arrive", "security", {}),),
        "awaiting_call_back": (("complete", "security", {"log": "已扶起,无碍"}),),
        "closed": (("call_back", "desk", {"satisfied": True}),),
    },
    "repair": {
        "received": (),
        "dispatched": (("dispatch", "desk", {"to": "engineering"}),),
        "on_site": (("arrive", "engineering", {}),),
        "awaiting_call_back": (("complete", "engineering", {"result": "已修好"}),),
        "closed": (("call_back", "desk", {"satisfied": True, "quality_ok": True, "channel": "phone"}),),
    },
}
ASIDE: Mapping[str, tuple[str, str, str, Mapping[str, Any]]] = {
    "approving": ("handling", "ask_approval", "area_manager", {"draft": "拟复如下"}),
    "waiting": (
        "on_site",
        "wait",
        "engineering",
        {"reason": "parts", "eta": MONDAY + timedelta(days=3), "informed": True},
    ),
}


class FrontDesk:
    """The desk under test: commands given in the domain's words, and what became of them."""

    def __init__(self, at: datetime = MONDAY, scripts: Iterable[Script] = (), **policy: Any) -> None:
        self.at = at
        changed = change_policy(policy, Policy())
        self.handbook = Handbook(STAFF, HOUSEHOLDS, tuple(scripts), (changed,))
        self.desk = Desk(self.handbook, clock=lambda: self.at)

    def later(self, **span: float) -> Self:
        """Let time pass."""
        self.at += timedelta(**span)
        return self

    def receive(self, kind: str, by: str = "desk", **fields: Any) -> str:
        """The number of a case taken in; with a household and, for a complaint, all its form needs, unless said."""
        usual: dict[str, Any] = {"channel": "phone", "household": "1-1-101", "summary": "事由"}
        usual |= COMPLAINT if kind == "complaint" else {}
        given = {name: value for name, value in (usual | fields).items() if value is not None}
        found = self.desk.receive(by, kind=kind, **given)
        assert isinstance(found, Done), found.sentence.en
        return found.case.number

    def incident(self, *cases: str, by: str = "desk", **fields: Any) -> str:
        """The number of an incident opened, with these cases linked at once."""
        usual: dict[str, Any] = {"summary": "停电", "place": "1栋", "cases": cases or None}
        given = {name: value for name, value in (usual | fields).items() if value is not None}
        found = self.desk.open_incident(by, **given)
        assert isinstance(found, Done), found.sentence.en
        return found.case.number

    def do(self, number: str, command: str, by: str, **fields: Any) -> Case:
        """The case after a command that has to be accepted."""
        found = self.desk.do(number, command, by, **fields)
        assert isinstance(found, Done), found.sentence.en
        return found.case

    def refused(self, number: str, command: str, by: str, **fields: Any) -> str:
        """The clause id of the refusal that has to come, and that changes nothing."""
        before = self.case(number)
        found = self.desk.do(number, command, by, **fields)
        assert isinstance(found, Refusal), f"{command} was accepted"
        assert self.case(number) == before
        assert found.why.zh
        assert found.why.en
        return found.clause_id

    def reach(self, kind: str, state: str, by: str = "desk", number: str = "", **fields: Any) -> str:
        """The number of a case brought to a state by the shortest way, a minute a step."""
        number = number or self.receive(kind, by, **fields)
        if state == "noted":
            return number
        if by != "desk":
            self.do(number, "hand_to_desk", "desk")
        aside = ASIDE.get(state)
        goal = aside[0] if aside else state
        for passed, steps in WAYS["enquiry" if kind == "challenge" else kind].items():
            for command, who, given in steps:
                self.later(minutes=1).do(number, command, who, **given)
            if passed == goal:
                break
        if aside:
            self.later(minutes=1).do(number, aside[1], aside[2], **aside[3])
        assert self.case(number).state == state
        return number

    def case(self, number: str) -> Case:
        """The case as it is."""
        return self.desk.case(number)

    def duty(self, number: str, name: str) -> Duty:
        """The latest duty of that name."""
        found = self.case(number).duty(name)
        assert found is not None, f"no duty {name}"
        return found

    def status(self, number: str, name: str) -> str:
        """How that duty stands now."""
        return str(self.duty(number, name).status(self.at))

    def owed(self, number: str) -> set[str]:
        """The duties that are open or overdue."""
        return {each.name for each in self.case(number).owed}

    def offered(self, number: str, command: str, people: Iterable[str] = PEOPLE) -> set[str]:
        """Those of the people to whom the command is offered now."""
        return {person for person in people if command in self.desk.offers(number, person)}


def clock(hour: int, minute: int = 0, day: int = 23, month: int = 11, year: int = 2026) -> datetime:
    """A time of November 2026 at the site, Monday the 23rd unless said."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


def moved(
    desk: FrontDesk, number: str, command: str, by: str, **fields: Any
) -> tuple[str, set[str], set[str], set[str]]:
    """What a command brings: the state, and the names of the duties opened, discharged and no longer owed."""
    before = desk.case(number).duties
    after = desk.do(number, command, by, **fields)
    opened = {each.name for each in after.duties[len(before) :] if not each.void}
    ended = [new for old, new in zip(before, after.duties, strict=False) if old.owed and not new.owed]
    done = {each.name for each in ended if each.by}
    return after.state, opened, done, {each.name for each in ended} - done


def names(text: str) -> set[str]:
    """The set that a table's cell writes as words."""
    return set(text.split())


COMMON = names(
    "hand_to_desk note correct join hand_over offer accept decline_offer urge escalate call_police start_plan withdraw"
    " merge link unlink undo"
)


def own_offers(desk: FrontDesk, number: str) -> dict[str, set[str]]:
    """The commands of the kind's own that are offered now, each with those to whom."""
    found: dict[str, set[str]] = {}
    for person in PEOPLE:
        for command in desk.desk.offers(number, person):
            if command not in COMMON:
                found.setdefault(command, set()).add(person)
    return found
