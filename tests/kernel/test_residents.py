"""What residents may ask: a copy without others' data, and a correction of the roll."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from qiantai import Look, Refusal
from qiantai.resident_copy import ANOTHERS
from qiantai.roll import Corrected
from tests.kernel.front_desk import HOUSEHOLDS
from tests.kernel.resident_desk import HOME, NEXT_DOOR, at_work, copied, kept, looks, said_in

# ── A copy ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_copy_has_everything_of_the_household_and_is_on_record() -> None:
    front, residents = at_work()
    closed = front.reach("repair", "closed", name="王岚", phone="13900001111")
    open_one = front.receive("complaint", phone="13900001111")
    front.desk.store.record(Look(front.at, "desk", "phone", open_one))
    front.desk.store.record(Look(front.at, "desk", "dossier", NEXT_DOOR))
    copy = copied(residents)
    assert copy.entry == HOUSEHOLDS[HOME]
    assert [case.number for case in copy.cases] == [open_one, closed]
    assert "13900001111" in said_in(copy)
    assert "已修好" in said_in(copy)
    assert [each.what for each in copy.looks] == ["phone", "copy"], "this copy itself is among the looks into it"
    assert looks(residents)[-1] == ("supervisor", "copy", HOME, "本人,看过身份证")


def test_others_are_masked_or_left_out_of_a_copy() -> None:
    front, residents = at_work()
    number = front.receive(
        "complaint", phone="13900001111", summary="楼上住户102(13800000102)漏水,我的电话 13900001111"
    )
    front.do(number, "join", "desk", household=NEXT_DOOR)
    front.do(number, "correct", "desk", field="household", value="1-1-103", reason="听错")
    front.do(number, "correct", "desk", field="household", value=HOME, reason="又听错")
    theirs = front.receive("complaint", household="1-1-104", name="赵某", phone="13900002222", summary="电梯里有烟味")
    front.do(theirs, "join", "desk", household=HOME)
    copy = copied(residents)
    text = said_in(copy)
    assert "楼上住****(138****0102)漏水,我的电话 13900001111" in text
    for another in (NEXT_DOOR, "1-1-103", "1-1-104", "赵某", "13900002222", "烟味", "13800000102", "住户102"):
        assert another not in text, another
    assert ANOTHERS in text
    (joined,) = copy.joined
    assert (joined.number, joined.households) == (theirs, (HOME,))
    assert [each.name for each in joined.duties] == [each.name for each in front.case(theirs).duties]


@pytest.mark.parametrize("by", ["desk", "area_manager", "centre_head", "engineering", "hq"])
def test_a_copy_is_for_the_supervisor_the_head_and_the_administrator_to_give(by: str) -> None:
    _, residents = at_work()
    answer = residents.copy(HOME, by, "本人")
    assert isinstance(answer, Refusal)
    assert (answer.rule, "supervisor" in answer.would_do.en) == ("not_their_role", True)
    assert looks(residents) == []


def test_a_copy_for_nobody_in_particular_or_of_nobody_is_refused() -> None:
    _, residents = at_work()
    for household, applicant, rule in ((HOME, "  ", "field_missing"), ("9-9-999", "本人", "nothing_kept")):
        answer = residents.copy(household, "admin", applicant)
        assert isinstance(answer, Refusal)
        assert answer.rule == rule
        assert answer.sentence.zh.startswith("不能给复制件")
    assert looks(residents) == []


# ── A correction ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_correction_of_the_roll_is_on_record_without_what_was_there() -> None:
    front, residents = at_work()
    old = HOUSEHOLDS[HOME].phone
    carrying = front.receive("repair", phone=old)
    front.receive("repair")
    front.receive("repair", household=NEXT_DOOR, phone=old)
    found = residents.correct(HOME, "supervisor", "业户本人更正", phone=" 13900009999 ", area="east", name="住户101")
    assert isinstance(found, Corrected)
    assert (found.fields, found.carrying) == (("phone", "area"), (carrying,))
    assert {each.id: each for each in front.desk.store.households()}[HOME] == evolve(
        HOUSEHOLDS[HOME], phone="13900009999", area="east"
    )
    assert looks(residents) == [("supervisor", "roll", HOME, "phone, area: 业户本人更正")]
    assert old not in str(looks(residents))


@pytest.mark.parametrize(
    ("household", "by", "reason", "values", "rule"),
    [
        (HOME, "desk", "更正", {"phone": "1"}, "not_their_role"),
        (HOME, "nobody", "更正", {"phone": "1"}, "unknown_person"),
        (HOME, "admin", " ", {"phone": "1"}, "field_missing"),
        ("9-9-999", "admin", "更正", {"phone": "1"}, "not_on_roll"),
        (HOME, "admin", "更正", {"id": "1-1-102"}, "unknown_field"),
        (HOME, "admin", "更正", {"important": "yes"}, "unknown_field"),
        (HOME, "admin", "更正", {"phone": True}, "unknown_field"),
        (HOME, "admin", "更正", {"phone": HOUSEHOLDS[HOME].phone}, "nothing_changes"),
        (HOME, "admin", "更正", {}, "nothing_changes"),
    ],
)
def test_a_correction_that_is_refused_changes_nothing(
    household: str, by: str, reason: str, values: dict[str, Any], rule: str
) -> None:
    _, residents = at_work()
    before = kept(residents)
    answer = residents.correct(household, by, reason, **values)
    assert isinstance(answer, Refusal)
    assert (answer.rule, answer.why.zh != "", kept(residents), looks(residents)) == (rule, True, before, [])
