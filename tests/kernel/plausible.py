"""Fields for every command, some that will do and some that cannot: what random walks and enumerations are fed with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from tests.kernel.front_desk import MONDAY

Fields = Mapping[str, Any]


def every(**choices: Sequence[Any]) -> tuple[dict[str, Any], ...]:
    """All combinations of these values; a value of None leaves the field out."""
    rows = product(*choices.values())
    return tuple({name: value for name, value in zip(choices, row, strict=True) if value is not None} for row in rows)


REASON = ("有原因", None)
CHANNELS = ("phone", "visit", "letter", "email", "online")
TEXT = every(text=("说明", None))
TIMES: tuple[Any, ...] = (None, timedelta(hours=1), timedelta(hours=20), timedelta(days=9), timedelta(minutes=-1))
FIELDS: Mapping[str, Sequence[Fields]] = {
    "hand_to_desk": every(to=("desk", "desk2", None, "staff")),
    "note": TEXT,
    "link": every(incident=("the incident", "older", "SJ-20261123-009")),
    "unlink": every(incident=("the incident", "the incident", "older"), reason=("另一回事",)),
    "broadcast": every(text=("抢修中,预计19点恢复",), channel=("wechat", None), wording=(None, "预计19点恢复")),
    "correct": (
        {"field": "place", "value": "东门", "reason": "写错"},
        {"field": "name", "value": "王女士"},
        {"field": "phone", "value": "13600000000"},
        {"field": "summary", "value": "补记"},
        {"field": "important", "value": True},
        {"field": "important", "value": False},
        {"field": "household", "value": "1-1-104"},
        {"field": "topic", "value": "noise"},
        {"field": "against", "value": "security"},
        {"field": "kind", "value": "help"},
        {"field": "against"},
    ),
    "join": every(household=("1-1-105", "1-1-106", "1-1-107", "1-1-108", "1-1-101", None)),
    "hand_over": every(to=("desk2", "desk", "staff", "supervisor", "nobody"), reason=REASON),
    "offer": every(to=("desk2", "desk", "supervisor", None)),
    "decline_offer": every(reason=REASON),
    "withdraw": every(reason=REASON, mistaken=(True, None)),
    "merge": every(into=("older", "itself", None)),
    "close": every(reason=REASON),
    "escalate": every(reason=REASON),
    "call_police": every(reason=REASON),
    "urge": TEXT,
    "feedback": TEXT,
    "follow_up": TEXT,
    "mediate": TEXT,
    "start_plan": every(plan=("疏散", None)),
    "explain": every(promised=TIMES),
    "take_contact": every(phone=("13600000000", None), email=("a@b.cn", None), promised=TIMES),
    "assign": (
        *every(to=("engineering", "security", "area_manager", "cs_head", "centre_head")),
        {"to": ["engineering", "security"], "lead": "desk"},
        {"to": ["engineering", "security"], "lead": "engineering"},
        {"to": []},
        {},
    ),
    "dispatch": every(to=("security", "engineering", "supervisor", "monitor", None), also=("area_manager", None)),
    "extend": every(until=("3wd", "7wd", "2wd", "8wd", "5d", None), informed=(True, None)),
    "report_up": (*every(to=("centre_head", "hq")), {"to": ["centre_head", "hq"]}),
    "complete": every(result=("已办", None), log=("已办", None), valid=(True, False, None), responsible=("某人", None)),
    "thank": every(channel=(*CHANNELS, None)),
    "answer": every(
        text=("是这样", None),
        satisfied=(True, False, None),
        script=("water-1", "noise-1", None),
        out_of_scope=(True, None),
        alternative=("街道办",),
        proxy_offered=(True, False),
        proxy_accepted=(True, None),
    ),
    "reply": every(
        text=("答复", None),
        channel=(*CHANNELS, None),
        satisfied=(True, False, None),
        script=("water-1", "noise-1", None),
        reason=REASON,
    ),
    "decide": every(outcome=("adopted", "partly", "declined", "maybe", None), reason=REASON),
    "consult": every(**{"with": ("工程", None)}),
    "ask_approval": every(draft=("拟复", None)),
    "return_draft": every(reason=REASON),
    "call_back": every(
        reached=(True, False),
        satisfied=(True, False, None),
        quality_ok=(True, False, None),
        channel=("phone", "visit", None),
        score=(None, 5, 9),
    ),
    "reclassify": every(emergency=(True, False, None), reason=REASON),
    "wait": every(reason=("parts", "other"), text=("说明", None), eta=TIMES, informed=(True, False)),
    **{command: ({},) for command in ("accept", "undo", "approve", "arrive", "resume", "intervene")},
}
NOISE: Sequence[Fields] = (
    {"colour": "red"},
    {"to": 7},
    {"to": ["desk", ["desk"]]},
    {"text": None},
    {"satisfied": "yes"},
    {"channel": ["phone"]},
    {"promised": "tomorrow"},
    {"eta": MONDAY.replace(tzinfo=None)},
    {"household": {"a": 1}},
    {"until": 3},
    {"into": 5},
    {"field": ["place"], "value": "东门"},
    {"field": "household", "value": ["1-1-101"]},
    {"field": "rings", "value": True},
)
RECEIPTS: Sequence[Fields] = (
    {},
    {"household": None},
    {"household": None, "anonymous": True},
    {"household": None, "name": "过路人", "phone": "13500000000"},
    {"household": "4-1-401"},
    {"household": "2-1-201"},
    {"summary": None},
    {"place": None},
    {"important": True},
    {"sensitive": True, "anonymous": True},
    {"emergency": True},
    {"emergency": True, "dispute": True},
    {"joint": 5},
    {"joint": 6, "major": True},
    {"topic": "water"},
    {"topic": "noise"},
    {"against": "engineering"},
    {"against": "desk"},
    {"channel": "letter"},
)


def said(fields: Fields, at: datetime, older: str = "", itself: str = "", incident: str = "") -> dict[str, Any]:
    """The fields as they are given at that time: a span becomes a moment, `older` and the like a case's number."""
    numbers = {"older": older, "itself": itself, "the incident": incident}
    given: dict[str, Any] = {}
    for name, value in fields.items():
        given[name] = at + value if isinstance(value, timedelta) else numbers.get(str(value), value)
    return given
