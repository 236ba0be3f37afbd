"""What a signature brings about on the cases: decided before anything is done, and on record to the last case."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Refusal
from qiantai.shift.book import HandOver, Stage
from qiantai.shift.summary import follower
from tests.kernel.front_desk import PEOPLE
from tests.kernel.shift_change import ShiftChange

BLIND = ("engineering", "security", "monitor", "cleaning", "staff", "hq", "trainer")
"""The roles that may not see every case."""


def standing(desk: ShiftChange) -> Mapping[str, tuple[str, str, str]]:
    """Who follows each case up, and to whom it is offered."""
    return {case.number: (case.owner, case.stand_in, case.offered_to) for case in desk.desk.store.all_cases()}


def refused(desk: ShiftChange, name: str, by: str, **fields: object) -> Refusal:
    """The refusal of a signature, which has changed no case and no line of the book."""
    before, book = standing(desk), desk.book
    found = desk.signs(name, by, **fields)
    assert found is not None, f"{name} was taken"
    assert (standing(desk), desk.book) == (before, book)
    return found


def drawn(desk: ShiftChange) -> tuple[int, str, str]:
    """A hand-over that has begun, of a repair and a complaint."""
    leak, noise = desk.receive("repair"), desk.receive("complaint")
    return desk.drawn_up(), leak, noise


def test_what_goes_is_offered_and_what_the_receiver_signs_for_is_theirs() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number, staying=[noise])
    assert standing(desk) == {leak: ("desk", "", "desk2"), noise: ("desk", "", "")}
    found = desk.signed("take_over", "desk2", hand_over=number)
    assert (found.accepted, found.declined, found.gone) == ((leak,), (), ())
    assert standing(desk) == {leak: ("desk2", "", ""), noise: ("desk", "", "")}


def test_an_ended_hand_over_is_signed_by_nobody_and_moves_none_of_the_next_ones_cases() -> None:
    desk = ShiftChange()
    number, *_ = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number)
    desk.signed("take_over", "desk2", hand_over=number)
    later = desk.receive("repair")
    desk.signed("sign_off", "desk", hand_over=desk.drawn_up())
    assert desk.case(later).offered_to == "desk2"
    for name, by in (("take_over", "desk2"), ("sign_off", "desk"), ("take_back", "desk")):
        assert refused(desk, name, by, hand_over=number).rule == "hand_over_ended"


def test_a_second_signature_of_the_giver_offers_nothing_that_stays() -> None:
    desk = ShiftChange()
    number, _, noise = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number, staying=[noise])
    assert refused(desk, "sign_off", "desk", hand_over=number).rule == "signed_already"


def test_what_came_in_since_is_named_and_nothing_is_accepted_before() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number)
    later = desk.receive("repair")
    found = refused(desk, "take_over", "desk2", hand_over=number)
    assert found.rule == "written_ahead"
    for words in (found.why.zh, found.why.en):
        assert later in words
        assert leak not in words
    desk.signed("take_back", "desk", hand_over=number)
    desk.signed("sign_off", "desk", hand_over=number)
    assert set(desk.signed("take_over", "desk2", hand_over=number).accepted) == {leak, noise, later}


def test_taken_back_nothing_is_offered_any_more_and_what_then_stays_stays() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number)
    desk.signed("take_back", "desk", hand_over=number)
    assert standing(desk) == {leak: ("desk", "", ""), noise: ("desk", "", "")}
    desk.signed("sign_off", "desk", hand_over=number, staying=[leak])
    found = desk.signed("take_over", "desk2", hand_over=number)
    assert (found.accepted, found.declined) == ((noise,), ())
    assert desk.case(leak).owner == "desk"


def test_an_offer_of_a_case_that_stays_is_ended_by_the_signature() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    desk.do(leak, "offer", "desk", to="desk2")
    found = desk.signed("sign_off", "desk", hand_over=number, staying=[leak])
    assert desk.case(leak).offered_to == ""
    assert found.signed == (noise,)


def test_what_is_offered_besides_after_the_signature_is_no_part_of_it() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    desk.signed("sign_off", "desk", hand_over=number, staying=[leak])
    desk.do(leak, "offer", "desk", to="desk2")
    assert desk.signed("take_over", "desk2", hand_over=number).accepted == (noise,)
    assert (desk.case(leak).owner, desk.case(leak).offered_to) == ("desk", "desk2"), "they signed for what they saw"


def test_a_stand_in_hands_a_complaint_over_and_takes_it_back() -> None:
    desk = ShiftChange()
    noise = desk.receive("complaint", by="supervisor")
    desk.do(noise, "offer", "supervisor", to="desk")
    desk.do(noise, "accept", "desk")
    number = desk.drawn_up()
    desk.signed("sign_off", "desk", hand_over=number)
    desk.signed("take_back", "desk", hand_over=number)
    assert (desk.case(noise).stand_in, desk.case(noise).offered_to) == ("desk", "")
    desk.signed("sign_off", "desk", hand_over=number)
    desk.signed("take_over", "desk2", hand_over=number)
    assert (desk.case(noise).owner, desk.case(noise).stand_in) == ("supervisor", "desk2")


def test_broken_off_half_way_it_goes_on_and_the_record_has_every_case() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    idea = desk.receive("suggestion")
    desk.signed("sign_off", "desk", hand_over=number)
    desk.do(leak, "accept", "desk2")  # and the disk was full
    later = desk.receive("repair")
    desk.signed("take_back", "desk", hand_over=number)
    desk.signed("sign_off", "desk", hand_over=number, staying=[idea])
    found = desk.signed("take_over", "desk2", hand_over=number, declining={noise: "明天休假"})
    assert (set(found.accepted), found.declined, found.gone) == ({leak, later}, (noise,), ())


def test_what_the_receiver_has_of_a_hand_over_that_ends_otherwise_is_on_record_too() -> None:
    left: dict[str, object] = {"giver": "desk", "reason": "等不到人"}
    for name, by in (("take_back", "desk"), ("leave_open", "supervisor")):
        desk = ShiftChange()
        number, leak, _ = drawn(desk)
        desk.signed("sign_off", "desk", hand_over=number)
        desk.do(leak, "accept", "desk2")
        said = left if name == "leave_open" else {"hand_over": number}
        if name == "take_back":
            desk.signed(name, by, **said)
        found = desk.signed(name, by, **said)
        assert found.stage in (Stage.DROPPED, Stage.LEFT_OPEN)
        assert found.accepted == (leak,)


def test_what_was_closed_or_handed_to_somebody_else_meanwhile_is_gone() -> None:
    desk = ShiftChange()
    number, leak, noise = drawn(desk)
    idea = desk.receive("suggestion")
    desk.signed("sign_off", "desk", hand_over=number)
    desk.do(leak, "withdraw", "desk", reason="修好了")
    desk.do(idea, "hand_over", "supervisor", to="cs_head", reason="急")
    found = desk.signed("take_over", "desk2", hand_over=number)
    assert (found.accepted, found.declined, set(found.gone)) == ((noise,), (), {leak, idea})


@pytest.mark.parametrize("receiver", BLIND)
def test_nobody_takes_over_who_may_not_see_what_they_would_take_on(receiver: str) -> None:
    desk = ShiftChange()
    desk.receive("repair")
    assert desk.refuses("draw_up", "desk", to=receiver) == ("may_not_see", "M-3.4c")


def test_whoever_sees_every_case_may_take_over() -> None:
    for receiver in (each for each in PEOPLE if each not in (*BLIND, "desk")):
        desk = ShiftChange()
        number, leak, _ = drawn(desk)
        desk.signed("take_back", "desk", hand_over=number)
        desk.signed("sign_off", "desk", hand_over=desk.drawn_up("desk", receiver))
        desk.signed("take_over", receiver, hand_over=number + 1)
        assert desk.case(leak).owner == receiver


@pytest.mark.parametrize(("receiver", "about"), [("desk2", {"against": "desk2"}), ("west", {"household": "3-1-301"})])
def test_what_the_receiver_could_not_accept_is_not_offered_to_them(receiver: str, about: dict[str, str]) -> None:
    desk = ShiftChange()
    leak = desk.receive("repair")
    noise = desk.receive("complaint", **about)
    number = desk.drawn_up("desk", receiver)
    found = refused(desk, "sign_off", "desk", hand_over=number)
    assert found.clause_id in ("M-4.1a", "H-3.2", "Q-S2b")
    assert noise in found.why.zh
    assert noise in found.would_do.en
    desk.signed("sign_off", "desk", hand_over=number, staying=[noise])
    assert desk.signed("take_over", receiver, hand_over=number).accepted == (leak,)


def test_who_has_left_the_staff_signs_nothing_and_what_would_do_is_told() -> None:
    for name, gone, would_do in (
        ("sign_off", "desk", "let them go"),
        ("sign_off", "desk2", "choose somebody else"),
        ("take_over", "desk2", "choose somebody else"),
    ):
        desk = ShiftChange()
        number, *_ = drawn(desk)
        if name == "take_over":
            desk.signed("sign_off", "desk", hand_over=number)
        without(desk, gone)
        found = refused(desk, name, "desk" if name == "sign_off" else "desk2", hand_over=number)
        assert would_do in found.would_do.en
        assert gone in found.why.zh


def test_what_somebody_drew_up_who_has_left_the_staff_is_ended_by_a_superior() -> None:
    desk = ShiftChange()
    number, leak, _ = drawn(desk)
    without(desk, "desk")
    assert desk.refuses("leave_open", "supervisor", giver="nobody", reason="已离职") == ("unknown_giver", "")
    found = desk.signed("leave_open", "supervisor", giver="desk", reason="已离职")
    assert (found.number, found.stage) == (number, Stage.LEFT_OPEN)
    assert found.summary is not None
    assert leak in found.summary.open


def without(desk: ShiftChange, person: str) -> None:
    """The same desk after somebody has left the staff."""
    people = {id: each for id, each in desk.handbook.people.items() if id != person}
    desk.leave_staff(people)


DEEDS = st.one_of(
    st.tuples(st.just("receive"), st.sampled_from(["desk", "desk2"]), st.sampled_from(["repair", "complaint"])),
    st.tuples(st.just("draw_up"), st.sampled_from(["desk", "desk2"]), st.sampled_from(["desk", "desk2"])),
    st.tuples(st.sampled_from(["sign_off", "take_back", "take_over"]), st.integers(1, 3), st.sets(st.integers(0, 5))),
    st.tuples(st.sampled_from(["accept", "decline_offer", "withdraw"]), st.integers(0, 5), st.just(0)),
)


@settings(max_examples=120, deadline=None)
@given(st.lists(DEEDS, max_size=20))
def test_whatever_is_signed_every_case_that_was_offered_is_somebodys_and_on_record(
    deeds: list[tuple[str, object, object]],
) -> None:
    desk, cases = ShiftChange(), list[str]()
    for deed in deeds:
        before, book = standing(desk), desk.book
        desk.later(minutes=1)
        match deed:
            case ("receive", str(by), str(kind)):
                cases.append(desk.receive(kind, by))
            case ("draw_up", str(by), str(to)):
                desk.asked("draw_up", by, to=to)
            case (("accept" | "decline_offer" | "withdraw") as name, int(which), _) if which < len(cases):
                case = desk.case(cases[which])
                desk.desk.do(case.number, name, case.offered_to or "desk", reason="不便")
            case (("sign_off" | "take_back" | "take_over") as name, int(number), set(which)):
                here = desk.book.hand_over(number)
                some = [each for place, each in enumerate(cases) if place in which]
                by = "desk" if here is None else here.receiver if name == "take_over" else here.giver
                said = {"staying": some, "declining": dict.fromkeys(some, "不便")}
                if desk.signs(name, by, hand_over=number, **said) is not None:
                    assert (standing(desk), desk.book) == (before, book), "a refusal changes nothing"
                else:
                    signed_right(desk, name, desk.book.hand_overs[number - 1], some, before)


def signed_right(
    desk: ShiftChange, name: str, here: HandOver, some: list[str], before: Mapping[str, tuple[str, str, str]]
) -> None:
    """What holds once a signature was taken."""
    now = standing(desk)
    theirs = [case for case in desk.desk.store.open_cases() if follower(case) == here.giver]
    match name:
        case "sign_off":
            assert {case.number for case in theirs if case.offered_to == here.receiver} == set(here.signed)
            assert not set(here.signed) & set(some), "what stays is not offered"
        case "take_back":
            assert not [case for case in theirs if case.offered_to == here.receiver]
        case "take_over":
            lists = (*here.accepted, *here.declined, *here.gone)
            assert len(lists) == len(set(lists))
            assert set(here.signed) <= set(lists) <= set(here.offered)
            assert all(follower(desk.case(each)) == here.receiver for each in here.accepted)
            assert all(follower(desk.case(each)) == here.giver for each in here.declined)
            moved = {each for each in now if now[each][:2] != before[each][:2]}
            assert moved <= set(here.signed) - set(some), "who signs for some moves no others"
