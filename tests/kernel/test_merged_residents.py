"""What the older case of a merge takes over from the younger: importance, and who it is from."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from qiantai import Desk, Done, Handbook, Household, Person, Refusal
from qiantai.periods import ZONE

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZONE)
HANDBOOK = Handbook(
    people={"li": Person("li", "李静", ["desk"]), "zhao": Person("zhao", "赵颖", ["cs_head"])},
    households={
        "1-2-301": Household("1-2-301", "王岚", "13800001234"),
        "2-1-502": Household("2-1-502", "沈越", "13800005678", important=True),
    },
)


def desk() -> tuple[Desk, list[datetime]]:
    now = [NOON]
    return Desk(HANDBOOK, clock=lambda: now[0]), now


def done(outcome: Done | Refusal) -> Done:
    assert isinstance(outcome, Done), outcome
    return outcome


def test_an_important_residents_suggestion_calls_for_the_centres_head() -> None:
    front, now = desk()
    older = done(front.receive("li", kind="suggestion", channel="phone", household="1-2-301", summary="加装长椅")).case
    done(front.do(older.number, "assign", "li", to="cs_head"))
    now[0] += timedelta(hours=1)
    younger = done(front.receive("li", kind="suggestion", channel="phone", household="2-1-502", summary="装椅子")).case
    done(front.do(younger.number, "merge", "li", into=older.number))
    merged = front.case(older.number)
    assert merged.holds("important")
    assert merged.owes("assign"), "H-4.1.2.1: the centre's head is called for now"
    assert merged.joint == 2


def test_whoever_gave_a_name_is_owed_the_reply_of_an_anonymous_case() -> None:
    front, now = desk()
    older = done(front.receive("li", kind="complaint", channel="letter", anonymous=True, summary="楼道堆物")).case
    now[0] += timedelta(hours=1)
    younger = done(front.receive("li", kind="complaint", channel="phone", household="1-2-301", summary="堆物")).case
    done(front.do(younger.number, "merge", "li", into=older.number))
    merged = front.case(older.number)
    assert not merged.holds("anonymous")
    assert merged.household == "1-2-301"
    done(front.do(older.number, "undo", "li"))
    assert front.case(older.number).holds("anonymous")
    assert front.case(older.number).household == ""
    assert front.case(younger.number).open


def test_a_clock_set_back_is_told_for_the_other_case_too() -> None:
    front, now = desk()
    older = done(front.receive("li", kind="repair", channel="phone", household="1-2-301", summary="灯不亮")).case
    now[0] += timedelta(hours=1)
    younger = done(front.receive("li", kind="repair", channel="phone", household="2-1-502", summary="楼道灯不亮")).case
    now[0] += timedelta(hours=1)
    done(front.do(older.number, "note", "li", text="电工下午到"))
    now[0] -= timedelta(minutes=30)
    refused = front.do(younger.number, "merge", "li", into=older.number)
    assert isinstance(refused, Refusal)
    assert refused.rule == "time_runs_backwards"
    assert front.case(younger.number).open


@pytest.mark.parametrize("anonymous", [False, True])
def test_who_gave_a_name_keeps_it_and_who_gave_none_is_told_of_none(anonymous: bool) -> None:
    front, now = desk()
    whose: dict[str, Any] = {"anonymous": True} if anonymous else {"household": "1-2-301", "phone": "13811110000"}
    younger_whose: dict[str, Any] = {"anonymous": True} if anonymous else {"household": "2-1-502", "name": "沈"}
    older = done(front.receive("li", kind="repair", channel="phone", summary="灯不亮", **whose)).case
    now[0] += timedelta(hours=1)
    younger = done(front.receive("li", kind="repair", channel="phone", summary="灯不亮", **younger_whose)).case
    done(front.do(younger.number, "merge", "li", into=older.number))
    assert front.case(older.number).facts == older.facts


def test_all_by_which_somebody_can_be_reached_comes_with_them() -> None:
    front, now = desk()
    who = {"name": "王岚", "phone": "13800001234", "email": "w@example.cn"}
    older = done(front.receive("li", kind="repair", channel="phone", anonymous=True, summary="灯不亮")).case
    now[0] += timedelta(hours=1)
    younger = done(front.receive("li", kind="repair", channel="phone", summary="灯不亮", place="一栋", **who)).case
    done(front.do(younger.number, "merge", "li", into=older.number))
    assert front.case(older.number).facts == {**older.facts, **who, "anonymous": False}
