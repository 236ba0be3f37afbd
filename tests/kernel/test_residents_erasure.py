"""The erasure of a household: what goes is what was shown, all or nothing, and what stays says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import pytest
from attrs import define, evolve, frozen

from qiantai import Event, Household, MemoryStore, Refusal, Residents, Retention, Term, Unwritable, audit, spots
from qiantai.following import Follower
from qiantai.household_erasure import Plan
from qiantai.residents import Erased
from qiantai.words import ERASED, Bilingual
from tests.kernel.front_desk import HOUSEHOLDS
from tests.kernel.resident_desk import FIVE_YEARS, HOME, NEXT_DOOR, again, at_work, erased, kept, looks


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


@define
class Following(Follower):
    """Follows what is read, and stops it after so many cases, or before it is written."""

    last: int = -1
    of: int = -1
    count: int = 0
    written: bool = False

    def begins(self, of: int) -> None:
        self.of, self.count = of, 0

    def read(self) -> None:
        self.count += 1
        if self.count == self.last:
            raise InterruptedError

    def writes(self) -> None:
        self.written = True
        if self.last == 0:
            raise InterruptedError


ASKED: Mapping[str, Callable[[Residents], object]] = {
    "copy": lambda residents: residents.copy(HOME, "supervisor", "本人"),
    "erase": lambda residents: residents.erase(HOME, "cs_head", "已搬走"),
    "expire": lambda residents: residents.expire("cs_head", "期满"),
}


def an_old_desk() -> Residents:
    front, residents = at_work(retentions=(Retention({"repair": Term.parse("1y")}),))
    for _ in range(2):
        front.reach("repair", "closed")
    front.later(days=2 * 366)
    front.receive("repair", household=NEXT_DOOR)
    return Residents(front.desk, residents.books)


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("last", [1, 2, 0])
def test_whoever_follows_it_can_stop_it_until_it_is_written_and_nothing_is_done(asked: str, last: int) -> None:
    residents = an_old_desk()
    before = kept(residents)
    with pytest.raises(InterruptedError):
        ASKED[asked](evolve(residents, follower=Following(last)))
    assert (kept(residents), looks(residents)) == (before, [])


@pytest.mark.parametrize("asked", ASKED)
def test_whoever_follows_it_is_told_of_every_case_that_is_read_and_asked_once(asked: str) -> None:
    following = Following()
    ASKED[asked](evolve(an_old_desk(), follower=following))
    assert following.written
    assert (following.count, following.of) == ((3, 3) if asked == "expire" else (2, 0))


def test_what_was_just_read_is_not_read_again() -> None:
    following = Following()
    residents = evolve(an_old_desk(), follower=following)
    read = residents.judged()
    following.begins(-1)
    assert not isinstance(residents.expire("cs_head", "期满", read=read), Refusal)
    assert following.of == -1
    assert isinstance(residents.expire("cs_head", "期满", read=()), Refusal)
