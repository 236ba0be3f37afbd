"""What residents may ask: a copy without others' data, a correction, an erasure that says what it leaves and why."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve, frozen

from qiantai import Event, Household, Look, MemoryStore, Refusal, Residents, Retention, Term, Unwritable, audit, spots
from qiantai.household_erasure import Plan
from qiantai.resident_copy import ANOTHERS, ResidentCopy
from qiantai.residents import Erased
from qiantai.roll import Corrected
from qiantai.wire import event_out
from qiantai.words import ERASED, Bilingual
from tests.kernel.front_desk import HOUSEHOLDS, FrontDesk

HOME, NEXT_DOOR = "1-1-101", "1-1-102"
FIVE_YEARS = Retention({"complaint": Term.parse("5y")})


def at_work(store: MemoryStore | None = None, **handbook: Any) -> tuple[FrontDesk, Residents]:
    """A desk whose store has the roll, and what residents may ask of it."""
    front = FrontDesk()
    store = store or MemoryStore()
    store.keep_households(list(HOUSEHOLDS.values()))
    front.desk = evolve(front.desk, store=store, handbook=evolve(front.handbook, **handbook))
    return front, Residents(front.desk)


def again(residents: Residents) -> Residents:
    """The same with the roll as it is kept now."""
    desk = residents.desk
    roll = {each.id: each for each in desk.store.households()}
    return Residents(desk.with_handbook(evolve(desk.handbook, households=roll)))


def kept(residents: Residents) -> str:
    """All that is kept, as one text."""
    store = residents.desk.store
    events = [event_out(each) for case in store.all_cases() for each in case.history]
    return json.dumps(events, ensure_ascii=False) + str(store.households())


def looks(residents: Residents) -> list[tuple[str, str, str, str]]:
    return [(each.by, each.what, each.which, each.why) for each in residents.desk.store.looks()]


def copied(residents: Residents, household: str = HOME) -> ResidentCopy:
    found = residents.copy(household, "supervisor", "本人,看过身份证")
    assert isinstance(found, ResidentCopy), found
    return found


def erased(residents: Residents, household: str = HOME) -> Erased:
    found = residents.erase(household, "cs_head", "已搬走")
    assert isinstance(found, Erased), found
    return found


def said_in(copy: ResidentCopy) -> str:
    cases = (*copy.cases, *copy.joined)
    return str([(case.facts, case.households, [event.fields for event in case.history]) for case in cases])


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


# ── An erasure ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_erasure_of_a_household_takes_its_entry_and_all_words_of_its_closed_cases() -> None:
    front, residents = at_work()
    numbers = [front.reach(kind, "closed", name="王小丫", phone="13900001111") for kind in ("repair", "help")]
    other = front.case(front.reach("repair", "closed", household=NEXT_DOOR, name="李先生"))
    found = erased(residents)
    assert {each.case.number for each in found.done} == set(numbers)
    assert all(spots(front.case(each)) == () for each in numbers)
    assert front.case(other.number) == other
    assert {each.id: each for each in front.desk.store.households()}[HOME] == Household(HOME)
    for gone in ("王小丫", "13900001111", HOUSEHOLDS[HOME].name, HOUSEHOLDS[HOME].phone):
        assert gone not in kept(residents)
    assert audit(front.desk.store).whole
    assert looks(residents) == [("cs_head", "erase", HOME, "已搬走")]
    answer = again(residents).erase(HOME, "cs_head", "已搬走")
    assert isinstance(answer, Refusal)
    assert answer.rule == "nothing_left"


def test_the_area_stays_with_the_room() -> None:
    front, residents = at_work()
    erased(residents, "3-1-301")
    assert Household("3-1-301", area="east") in front.desk.store.households()


def test_what_is_open_stays_with_the_roll_until_it_is_closed() -> None:
    front, residents = at_work()
    closed, open_one = front.reach("repair", "closed"), front.receive("repair")
    plan = residents.plan(HOME)
    assert ([each.number for each in plan.going], plan.entry) == ([closed], ())
    held = {each.what: each.hold for each in plan.staying}
    duty = front.duty(open_one, "finish")
    assert (held[open_one].rule, held[open_one].until, held[open_one].clause) == (
        "still_open", duty.due.date(), duty.clause,
    )  # fmt: skip
    assert open_one in held["roll"].why.en
    erased(residents)
    assert spots(front.case(closed)) == ()
    assert HOUSEHOLDS[HOME] in front.desk.store.households()
    answer = residents.erase(HOME, "cs_head", "已搬走")
    assert isinstance(answer, Refusal)
    assert (answer.rule, str(duty.due.date()) in answer.would_do.zh) == ("still_open", True)
    front.do(open_one, "withdraw", "desk", reason="好了")
    assert erased(residents).plan.entry == ("name", "phone")


def test_nothing_goes_that_was_not_in_the_plan_that_was_shown() -> None:
    front, residents = at_work()
    closed, meanwhile = front.reach("repair", "closed"), front.receive("repair")
    shown = residents.plan(HOME)
    front.do(meanwhile, "withdraw", "desk", reason="好了")
    before = kept(residents)
    answer = residents.erase(HOME, "cs_head", "已搬走", shown)
    assert isinstance(answer, Refusal)
    assert (answer.rule, kept(residents), looks(residents)) == ("not_shown", before, [])
    assert all(each in answer.why.zh for each in (meanwhile, "姓名", "电话"))
    assert closed not in answer.why.zh
    assert isinstance(residents.erase(HOME, "cs_head", "已搬走", residents.plan(HOME)), Erased)


def test_less_than_was_shown_may_go_and_more_of_one_case_may_not() -> None:
    front, residents = at_work()
    one, other = front.reach("repair", "closed"), front.reach("repair", "closed")
    shown = residents.plan(HOME)
    front.desk.erase(other, "cs_head", reason="本人要求")
    front.do(one, "note", "desk", text="邻居来问过")
    answer = residents.erase(HOME, "cs_head", "已搬走", shown)
    assert isinstance(answer, Refusal)
    assert answer.rule == "not_shown"
    shown = residents.plan(HOME)
    assert [each.number for each in shown.going] == [one]
    third = front.reach("repair", "closed")
    front.desk.erase(third, "cs_head", reason="本人要求")
    assert isinstance(residents.erase(HOME, "cs_head", "已搬走", shown), Erased)


def test_what_expires_is_what_was_shown() -> None:
    front, residents = at_work(retentions=(Retention({"repair": Term.parse("1y")}),))
    old = front.reach("repair", "closed")
    later = front.receive("repair", household=NEXT_DOOR)
    front.later(days=2 * 366)
    today = front.at.date()
    shown = [each.case for each in residents.judged() if each.due(today)]
    assert [each.number for each in shown] == [old]
    front.do(old, "note", "desk", text="又来电话")
    answer = residents.expire("cs_head", "期满", shown)
    assert isinstance(answer, Refusal)
    assert (answer.rule, old in answer.why.en) == ("not_shown", True)
    assert later not in answer.why.en
    assert spots(front.case(old)) != ()


def test_every_stay_names_its_clause_or_the_key_of_the_sites_term() -> None:
    front, residents = at_work(retentions=(FIVE_YEARS,))
    front.reach("complaint", "closed")
    major = front.reach("complaint", "closed", major=True)
    front.do(front.receive("repair", household=NEXT_DOOR), "join", "desk", household=HOME)
    plan = residents.plan(HOME)
    held = {each.what: each.hold for each in plan.staying}
    assert set(held) == {major, "register", "looks", "joined"}
    assert (held[major].rule, held[major].until) == ("term_runs", front.at.date().replace(year=2031))
    assert "retention.complaint" in held[major].why.en
    assert held["register"].clause.id == "H-4.6.1"
    assert held["looks"].clause.id == held["joined"].clause.id == "M-3.4c"
    assert plan.held == tuple(each for each in plan.staying if each.what == major)
    assert all(each.hold.why.zh and each.hold.why.en and each.hold.clause.id for each in plan.staying)
    front.later(days=5 * 366)
    assert major in {case.number for case in residents.plan(HOME).going}


def test_a_major_complaint_without_a_term_goes_with_the_others() -> None:
    front, residents = at_work()
    major = front.reach("complaint", "closed", major=True)
    assert [case.number for case in residents.plan(HOME).going] == [major]


def test_what_belongs_to_an_open_incident_or_case_waits_for_it() -> None:
    front, residents = at_work()
    linked = front.receive("repair")
    incident = front.incident(linked)
    front.do(linked, "withdraw", "desk", reason="好了")
    into, merged = front.receive("help", household=NEXT_DOOR), front.receive("help")
    front.do(merged, "merge", "desk", into=into)
    held = {each.what: each.hold for each in residents.plan(HOME).staying}
    assert (held[linked].rule, incident in held[linked].why.en) == ("incident_under_way", True)
    assert (held[merged].rule, into in held[merged].why.en) == ("merged", True)


@pytest.mark.parametrize(
    ("by", "reason", "rule"), [("supervisor", "x", "not_their_role"), ("admin", "", "field_missing")]
)
def test_an_erasure_that_is_refused_changes_nothing(by: str, reason: str, rule: str) -> None:
    front, residents = at_work()
    front.reach("repair", "closed")
    before = kept(residents)
    answer = residents.erase(HOME, by, reason)
    assert isinstance(answer, Refusal)
    assert (answer.rule, kept(residents), looks(residents)) == (rule, before, [])


def test_a_clock_that_was_set_back_stops_an_erasure_before_anything_goes() -> None:
    front, residents = at_work()
    front.reach("repair", "closed")
    before = kept(residents)
    front.at -= timedelta(days=30)
    answer = residents.erase(HOME, "admin", "已搬走")
    assert isinstance(answer, Refusal)
    assert (answer.rule, kept(residents), looks(residents)) == ("time_runs_backwards", before, [])


@frozen
class FullDisk(MemoryStore):
    """A store whose disk takes no erasure."""

    def erase(self, histories: Sequence[Sequence[Event]]) -> None:  # noqa: ARG002
        raise Unwritable(Bilingual("磁盘已满", "the disk is full"))


def test_where_the_store_takes_no_erasure_the_roll_is_as_it_was() -> None:
    front, residents = at_work(FullDisk())
    front.reach("repair", "closed")
    before = kept(residents)
    with pytest.raises(Unwritable):
        residents.erase(HOME, "admin", "已搬走")
    assert kept(residents) == before


def test_a_household_that_is_on_the_roll_alone_is_erased_from_it() -> None:
    _, residents = at_work()
    assert erased(residents).done == ()
    plan = again(residents).plan(HOME)
    assert plan == Plan(HOME, (), (), plan.staying)
    assert ERASED not in kept(residents), "an empty entry, not one that says what was there"
