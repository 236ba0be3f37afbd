"""The desk as one person sits at it: what it leaves out, masks and puts on record, and whose commands it gives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Case, Desk, Done, Look, MemoryStore, Refusal, UnknownCase, UnknownPerson, Unwritable
from qiantai.access import SEE_ALL, may_know_of
from qiantai.projections.dossier import Dossier
from qiantai.seat import NOBODY, Seat
from qiantai.words import ERASED, Bilingual
from tests.kernel.front_desk import KINDS, MONDAY, ROLES, FrontDesk

PHONE, ROLLED = "13911112222", "13800000101"
SAID = {"household": "1-1-101", "phone": PHONE, "name": "王小明", "email": "wang@example.com"}


def refusal(found: object) -> Refusal:
    assert isinstance(found, Refusal)
    return found


def shown(found: Case | Refusal) -> Case:
    assert isinstance(found, Case), found.sentence.en
    return found


def test_nobody_unknown_has_a_seat() -> None:
    with pytest.raises(UnknownPerson) as error:
        FrontDesk().desk.seat("somebody")
    assert error.value.why.en == "nobody of the staff is somebody"


def test_a_case_comes_masked_its_history_too_and_the_desk_keeps_it_in_full() -> None:
    front = FrontDesk()
    number = front.receive("repair", summary=f"漏水,回电{PHONE}", **SAID)
    front.do(number, "correct", "desk", field="phone", value="83215678", reason="换号")
    case = shown(front.desk.seat("desk").case(number))
    assert case.facts["phone"] == "****5678"
    assert case.facts["name"] == "王**"
    assert case.facts["email"] == "w***@example.com"
    assert case.facts["summary"] == "漏水,回电139****2222"
    for secret in (PHONE, "83215678", "王小明", "wang@"):
        assert secret not in repr(case)
    assert front.case(number).facts["phone"] == "83215678"


def test_the_roll_is_masked_where_the_rules_look_it_up() -> None:
    handbook = FrontDesk().desk.seat("desk").handbook
    assert handbook.households["1-1-101"].phone == "138****0101"
    assert handbook.households["1-1-101"].name == "住****"
    assert handbook.households["4-1-401"].phone == ""
    assert len(handbook.households) == len(FrontDesk().handbook.households)
    assert "9-9-999" not in handbook.households


def test_a_number_is_shown_of_an_open_case_and_on_record() -> None:
    front = FrontDesk()
    number = front.receive("repair", **SAID)
    assert shown(front.desk.seat("desk").reveal(number)).facts["phone"] == PHONE
    assert front.desk.store.looks() == [Look(MONDAY, "desk", "phone", number)]


def test_where_the_case_is_silent_the_roll_speaks() -> None:
    front = FrontDesk()
    number = front.receive("repair")
    case = shown(front.desk.seat("desk").reveal(number))
    assert (case.facts["phone"], case.facts["name"]) == (ROLLED, "住户101")


def test_no_number_is_shown_of_a_closed_case_nor_to_whom_the_case_is_not() -> None:
    front = FrontDesk()
    closed, open_ = front.reach("repair", "closed"), front.receive("repair")
    assert refusal(front.desk.seat("desk").reveal(closed)).rule == "closed_case"
    assert refusal(front.desk.seat("security").reveal(open_)).clause_id == "M-3.4c"
    assert not front.desk.store.looks()
    with pytest.raises(UnknownCase):
        front.desk.seat("desk").reveal("BX-20261123-999")


class FullDisk(MemoryStore):
    """A store that cannot put a look on record."""

    def record(self, look: Look) -> None:
        raise Unwritable(Bilingual("磁盘已满", f"the disk is full: {look.what}"))


def test_what_cannot_be_put_on_record_is_not_shown() -> None:
    front = FrontDesk()
    desk = Desk(front.handbook, FullDisk(), clock=lambda: MONDAY)
    done = desk.receive("desk", kind="repair", channel="phone", summary="漏水", **SAID)
    assert isinstance(done, Done)
    seat = desk.seat("desk")
    with pytest.raises(Unwritable):
        seat.reveal(done.case.number)
    with pytest.raises(Unwritable):
        seat.dossier("1-1-101")
    with pytest.raises(Unwritable):
        seat.take_away("register", "today")


def test_a_look_into_a_dossier_is_on_record_reading_it_anew_is_not() -> None:
    front = FrontDesk()
    front.reach("repair", "closed")
    front.receive("complaint")
    seat = front.desk.seat("desk")
    found = seat.dossier("1-1-101")
    assert isinstance(found, Dossier)
    assert [each.kind for each in found.open] == ["complaint"]
    assert [each.kind for each in found.filed["service_record"]] == ["repair"]
    assert ROLLED not in repr(found)
    seat.dossier("1-1-101", again=True)
    assert [(each.what, each.which) for each in front.desk.store.looks()] == [("dossier", "1-1-101")]
    seat.dossier("1-1-101")
    seat.dossier("1-1-102", again=True)
    assert [each.which for each in front.desk.store.looks()] == ["1-1-101", "1-1-101", "1-1-102"]


def test_a_dossier_of_many_cases_is_cut_at_the_latest() -> None:
    front = FrontDesk()
    numbers = [front.reach("repair", "closed") for _ in range(3)]
    found = front.desk.seat("desk").dossier("1-1-101", 2)
    assert isinstance(found, Dossier)
    assert {each.number for each in found.filed["service_record"]} == set(numbers[1:])


def test_an_export_is_on_record_and_only_of_what_is_theirs() -> None:
    front = FrontDesk()
    assert front.desk.seat("desk").take_away("register", "register 2026-11-23") is None
    assert front.desk.seat("hq").take_away("figures", "figures 2026-11") is None
    assert refusal(front.desk.seat("hq").take_away("register", "register")).rule == "may_not_see"
    assert refusal(front.desk.seat("engineering").take_away("cases", "all")).command.name == "take_away"
    assert [(each.by, each.what, each.which) for each in front.desk.store.looks()] == [
        ("desk", "export", "register 2026-11-23"),
        ("hq", "export", "figures 2026-11"),
    ]


def test_who_looked_is_told_to_those_who_answer_for_it() -> None:
    front = FrontDesk()
    front.desk.seat("desk").dossier("1-1-101")
    looks = front.desk.seat("supervisor").looks()
    assert not isinstance(looks, Refusal)
    assert [each.by for each in looks] == ["desk"]
    assert refusal(front.desk.seat("desk").looks()).rule == "may_not_see"


def test_the_company_has_the_figures_and_others_have_not() -> None:
    front = FrontDesk()
    front.receive("repair")
    found = front.desk.seat("hq").figures()
    assert not isinstance(found, Refusal)
    assert {kind for _, kind, _ in found} == {"repair"}
    assert refusal(front.desk.seat("security").figures()).rule == "may_not_see"


def test_the_register_has_what_is_theirs_masked() -> None:
    front = FrontDesk()
    number = front.receive("repair", **SAID)
    front.do(number, "dispatch", "desk", to=["engineering"])
    front.receive("enquiry")
    day = MONDAY.date()
    (entry,) = front.desk.seat("engineering").register(day, day)
    assert (entry.number, entry.phone, entry.name) == (number, "139****2222", "王**")
    assert len(list(front.desk.seat("desk").register(day, day))) == 2
    assert not list(front.desk.seat("trainer").register(day, day))


def test_open_cases_are_looked_for_by_words_in_full_and_come_masked() -> None:
    front = FrontDesk()
    number = front.receive("repair", **SAID)
    front.receive("enquiry")
    (found,) = front.desk.seat("desk").open_cases(PHONE)
    assert found.number == number
    assert PHONE not in repr(found)
    assert [line.case.kind for line in front.desk.seat("desk").queue()] == ["enquiry", "repair"]


def test_a_seat_gives_commands_in_its_own_name_alone() -> None:
    front = FrontDesk()
    done = front.desk.seat("desk").receive(kind="repair", channel="phone", summary="漏水", **SAID)
    assert isinstance(done, Done)
    assert done.case.first_contact == "desk"
    assert PHONE not in repr(done)
    assert front.desk.seat("desk").offers(done.case.number) == front.desk.offers(done.case.number, "desk")
    assert refusal(front.desk.seat("engineering").do(done.case.number, "dispatch", to=["security"])).rule
    sent = front.desk.seat("desk").do(done.case.number, "dispatch", to=["engineering"])
    assert isinstance(sent, Done)
    opened = front.desk.seat("desk").open_incident(summary="停电", place="1栋")
    assert isinstance(opened, Done)
    assert opened.case.owner == "desk"


def test_who_presses_a_case_that_is_not_theirs_gets_back_what_they_said_alone() -> None:
    front = FrontDesk()
    number = front.receive("repair", **SAID)
    seat = front.desk.seat("security")
    assert seat.offers(number) == ()
    done = seat.do(number, "escalate", reason=f"有人受伤,{PHONE}")
    assert isinstance(done, Done)
    assert [each.name for each in done.case.history] == ["escalate"]
    assert not done.case.facts
    assert not done.case.household
    assert "1-1-101" not in repr(done)
    assert front.case(number).last_command.by == "security"


def test_words_of_a_closed_case_are_erased_from_a_seat() -> None:
    front = FrontDesk()
    number = front.reach("repair", "closed", **SAID)
    assert refusal(front.desk.seat("security").erase(number, "phone", reason="业主要求")).rule == "not_their_role"
    done = front.desk.seat("cs_head").erase(number, "phone", reason="业主要求")
    assert isinstance(done, Done)
    assert done.case.facts["phone"] == ERASED


def test_nobody_sees_anything_and_gives_no_command() -> None:
    front = FrontDesk()
    number = front.receive("repair")
    seat = Seat(front.desk, NOBODY)
    assert not seat.open_cases()
    assert refusal(seat.do(number, "note", text="x")).rule == "unknown_person"
    assert refusal(seat.dossier("1-1-101")).rule == "may_not_see"


RECEIPTS = st.tuples(
    st.sampled_from(KINDS),
    st.sampled_from(ROLES),
    st.booleans(),
    st.sampled_from(["1-1-101", "1-1-102", None]),
    st.sampled_from([PHONE, "0755-83215678", "８３２１５６７８", ""]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECEIPTS, min_size=1, max_size=6), st.sampled_from(ROLES), st.data())
def test_no_seat_gives_a_case_or_a_number_that_is_not_theirs(
    receipts: list[tuple[str, str, bool, str | None, str]], role: str, data: st.DataObject
) -> None:
    front = FrontDesk()
    for kind, by, closes, household, phone in receipts:
        number = front.receive(kind, by, household=household, phone=phone, name="欧阳修", summary=f"请回{PHONE}")
        if closes:
            front.desk.do(number, "hand_to_desk", "desk")
            front.desk.do(number, "withdraw", "desk", reason="撤回")
        elif kind == "repair":
            front.desk.do(number, "hand_to_desk", "desk")
            front.desk.do(number, "dispatch", "desk", to=["engineering"])
        front.later(minutes=1)
    seat = front.desk.seat(role)
    day = MONDAY.date()
    theirs = {each.number for each in front.desk.store.all_cases() if may_know_of(each, seat.person)}
    lists = (
        seat.open_cases(),
        tuple(seat.closed_cases()),
        seat.closed_page(0, len(receipts)),
        seat.received(day, day + timedelta(days=1)),
        tuple(each.case for each in seat.queue()),
        tuple(case for case in map(seat.known, [each.number for each in front.desk.store.all_cases()]) if case),
    )
    asked = data.draw(st.sampled_from(["1-1-101", "1-1-102"]))
    everything = repr((lists, [*seat.register(day, day)], seat.dossier(asked)))
    assert lists[1] == lists[2]
    assert seat.closed_count() in (None, len(lists[1]))
    for cases in lists:
        assert {each.number for each in cases} <= theirs
    for secret in (PHONE, "83215678", "８３２１５６７８", "欧阳修", ROLLED):
        assert secret not in everything
    others = {each.number for each in front.desk.store.all_cases()} - theirs
    assert not any(number in everything for number in others)


def test_how_many_cases_are_closed_is_known_to_who_may_see_every_one() -> None:
    front = FrontDesk()
    for _ in range(3):
        front.do(front.receive("repair", **SAID), "withdraw", "desk", reason="撤回")
    known = {role: front.desk.seat(role).closed_count(f"{MONDAY:%Y-%m}") for role in ROLES}
    assert known == {role: 3 if role in SEE_ALL else None for role in ROLES}


def test_a_case_is_masked_once_for_each_state_of_it() -> None:
    front = FrontDesk()
    number = front.receive("repair", **SAID)
    seat = front.desk.seat("desk")
    before = seat.case(number)
    assert seat.case(number) is before
    front.do(number, "note", "desk", text="补充")
    assert shown(seat.case(number)).last_command.name == "note"


def test_another_handbook_is_another_seat() -> None:
    front = FrontDesk()
    desk = front.desk.with_handbook(evolve(front.handbook, people={}))
    with pytest.raises(UnknownPerson):
        desk.seat("desk")
