"""Who may sign what at a hand-over, and in which order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import verify
from qiantai.books import SHIFTS
from qiantai.shift.bars import BARS, MAY_LET_GO
from qiantai.shift.book import Stage, fold_book
from tests.kernel.front_desk import PEOPLE
from tests.kernel.shift_change import ShiftChange

SIGNED = "Q-S2b"


def test_drawn_up_signed_by_both_and_the_next_one_is_on_shift() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk")
    began = desk.at
    number = desk.receive("repair")
    desk.later(hours=8)
    here = desk.drawn_up()
    desk.do(number, "offer", "desk", to="desk2")
    desk.takes("sign_off", "desk", hand_over=here, notes="电梯维保明早来 13800001111")
    desk.later(minutes=5).do(number, "accept", "desk2")
    found = desk.takes("take_over", "desk2", hand_over=here)
    assert found is not None
    assert (found.stage, found.since, found.taken_over) == (Stage.TAKEN_OVER, began, desk.at)
    assert (found.accepted, found.declined) == ((number,), ())
    assert found.notes == "电梯维保明早来 138****1111"
    assert found.summary is not None
    assert found.summary.offered == {number: "desk2"}
    assert set(desk.book.running) == {"desk2"}


def test_nobody_signs_for_both_sides_or_a_second_time() -> None:
    desk = ShiftChange()
    assert desk.refuses("draw_up", "desk", to="desk") == ("both_sides", SIGNED)
    number = desk.signed_off()
    assert desk.refuses("sign_off", "desk", hand_over=number) == ("signed_already", SIGNED)
    assert desk.refuses("take_over", "desk", hand_over=number) == ("both_sides", SIGNED)
    assert desk.refuses("take_over", "supervisor", hand_over=number) == ("not_the_receiver", SIGNED)
    desk.takes("take_over", "desk2", hand_over=number)
    for command, by in (("sign_off", "desk"), ("take_over", "desk2"), ("take_back", "desk")):
        assert desk.refuses(command, by, hand_over=number) == ("hand_over_ended", SIGNED)


def test_the_giver_signs_first_and_alone() -> None:
    desk = ShiftChange()
    number = desk.drawn_up()
    assert desk.refuses("take_over", "desk2", hand_over=number) == ("giver_first", SIGNED)
    assert desk.refuses("sign_off", "desk2", hand_over=number) == ("not_the_giver", SIGNED)
    assert desk.refuses("draw_up", "desk", to="supervisor") == ("under_way", SIGNED)


def test_every_case_offered_has_its_answer_before_the_receiver_signs() -> None:
    desk = ShiftChange()
    leak, noise = desk.receive("repair"), desk.receive("complaint")
    number = desk.drawn_up()
    for each in (leak, noise):
        desk.do(each, "offer", "desk", to="desk2")
    desk.takes("sign_off", "desk", hand_over=number)
    assert desk.refuses("take_over", "desk2", hand_over=number) == ("unanswered", SIGNED)
    desk.do(leak, "decline_offer", "desk2", reason="明天休假")
    desk.do(noise, "accept", "desk2")
    found = desk.takes("take_over", "desk2", hand_over=number)
    assert found is not None
    assert (found.accepted, found.declined) == ((noise,), (leak,))
    assert desk.case(leak).owner == "desk", "until it is accepted it is the giver's"
    assert (desk.case(noise).owner, desk.case(noise).stand_in) == ("desk", "desk2")


def test_nothing_is_signed_ahead_of_what_comes_after() -> None:
    desk = ShiftChange()
    number = desk.signed_off()
    later = desk.receive("repair")
    assert desk.refuses("take_over", "desk2", hand_over=number) == ("written_ahead", SIGNED)
    desk.takes("take_back", "desk", hand_over=number)
    desk.takes("sign_off", "desk", hand_over=number)
    found = desk.takes("take_over", "desk2", hand_over=number)
    assert found is not None
    assert found.summary is not None
    assert found.summary.open == (later,)


def test_nobody_signs_what_they_were_not_shown() -> None:
    desk = ShiftChange()
    desk.receive("repair")
    desk.takes("draw_up", "desk", to="desk2")
    shown = desk.summary().open
    desk.receive("repair")
    assert desk.refuses("sign_off", "desk", hand_over=1, shown=shown) == ("unread", SIGNED)
    desk.takes("sign_off", "desk", hand_over=1, shown=desk.summary().open)


def test_taken_back_twice_it_is_no_hand_over() -> None:
    desk = ShiftChange()
    number = desk.signed_off()
    assert desk.refuses("take_back", "desk2", hand_over=number) == ("not_the_giver", SIGNED)
    assert desk.takes("take_back", "desk", hand_over=number).stage is Stage.DRAWN_UP  # type: ignore[union-attr]
    assert desk.takes("take_back", "desk", hand_over=number).stage is Stage.DROPPED  # type: ignore[union-attr]
    assert desk.drawn_up() == number + 1, "another one can begin"


def test_only_a_superior_lets_somebody_leave_with_nobody_there() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk")
    number = desk.receive("repair")
    may = {str(each) for each in MAY_LET_GO}
    for person in PEOPLE:
        if person not in may | {"desk"}:
            refused = desk.refuses("leave_open", person, giver="desk", reason="家里有急事")
            assert refused == ("not_a_superior", "Q-T4.2.4")
    assert desk.refuses("leave_open", "supervisor", giver="desk") == ("field_missing", SIGNED)
    assert desk.refuses("leave_open", "supervisor", giver="supervisor", reason="急事") == ("both_sides", SIGNED)
    found = desk.takes("leave_open", "supervisor", giver="desk", reason="家里有急事")
    assert found is not None
    assert (found.stage, found.superior, found.reason) == (Stage.LEFT_OPEN, "supervisor", "家里有急事")
    assert found.summary is not None
    assert found.summary.open == (number,)
    assert desk.case(number).owner == "desk"
    assert "desk" not in desk.book.running


def test_what_was_left_is_shown_to_the_next_until_somebody_has_read_it() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk")
    desk.takes("leave_open", "cs_head", giver="desk", reason="家里有急事")
    assert desk.book.unread("desk") is None, "it is not for who has left"
    left = desk.book.unread("desk2")
    assert left is not None
    assert desk.refuses("read_over", "desk", hand_over=left.number) == ("both_sides", SIGNED)
    desk.takes("read_over", "desk2", hand_over=left.number)
    assert desk.refuses("read_over", "monitor", hand_over=left.number) == ("read_already", SIGNED)
    assert desk.book.unread("monitor") is None


def test_leaving_ends_what_was_drawn_up() -> None:
    desk = ShiftChange()
    number = desk.signed_off()
    found = desk.takes("leave_open", "supervisor", giver="desk", reason="等不到人")
    assert found is not None
    assert (found.number, found.receiver, found.under_way) == (number, "desk2", False)
    assert desk.refuses("take_over", "desk2", hand_over=number) == ("hand_over_ended", SIGNED)


def test_a_shift_ends_by_itself_only_where_nothing_is_left() -> None:
    desk = ShiftChange()
    desk.takes("begin_shift", "desk")
    assert desk.refuses("begin_shift", "desk") == ("on_shift_already", "Q-T4.2.4")
    number = desk.receive("repair")
    assert desk.refuses("end_shift", "desk") == ("leaves_open", SIGNED)
    desk.do(number, "withdraw", "desk", reason="修好了")
    desk.takes("end_shift", "desk")
    assert desk.book.running == {}


@pytest.mark.parametrize("command", BARS)
def test_nobody_of_no_staff_signs_anything(command: str) -> None:
    desk = ShiftChange()
    number = desk.signed_off()
    given = {"giver": "desk", "hand_over": number, "to": "desk2", "reason": "急事"}
    assert desk.refuses(command, "stranger", **given) == ("unknown_person", "")


@pytest.mark.parametrize("number", [0, 2, -1, "1", None])
def test_a_hand_over_that_is_not_there_is_not_signed(number: object) -> None:
    desk = ShiftChange()
    desk.signed_off()
    assert desk.refuses("sign_off", "desk", hand_over=number) == ("no_hand_over", "")


ASKED = st.tuples(
    st.sampled_from(sorted(BARS)),
    st.sampled_from(["desk", "desk2", "supervisor", "cs_head"]),
    st.sampled_from(["desk", "desk2", "supervisor"]),
    st.integers(0, 3),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(ASKED, max_size=14))
def test_whatever_is_asked_no_hand_over_has_one_signature_for_both(asked: list[tuple[str, str, str, int]]) -> None:
    desk = ShiftChange()
    for command, by, other, number in asked:
        if number == 3:
            desk.receive("repair", by)
        desk.later(minutes=1).asked(command, by, giver=other, to=other, hand_over=number, reason="急事")
    book = desk.book
    for each in book.hand_overs:
        assert each.giver != each.receiver
        assert each.superior != each.giver
        assert each.read_by != each.giver or not each.read_by
        assert (each.taken_over is None) == (each.stage is not Stage.TAKEN_OVER)
        assert each.signed_off is not None or each.stage is not Stage.TAKEN_OVER
    under_way = [each.giver for each in book.hand_overs if each.under_way]
    assert len(under_way) == len(set(under_way)), "one at a time for each giver"
    assert fold_book(book.history) == book
    assert not book.history or (verify(book.history) is None and book.history[0].case == SHIFTS)
