"""What a store promises to keep: cases as their events make them, all or none; numbers, the roll, looks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from qiantai.desk import Desk, Done
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.people import Household, Person
from qiantai.refusals import Refusal
from qiantai.store import Conflict, Look, Store
from qiantai.testing.finding import numbers
from qiantai.testing.happenings import LIFT, NINE, TAP, closed, noted, received


def conflicts(store: Store, events: Sequence[Event]) -> bool:
    """Whether the store refuses these events as made for an earlier state of a case."""
    try:
        store.append(events)
    except Conflict:
        return True
    return False


class KeepingContract:
    """The promises about what is kept."""

    def test_a_new_store_knows_nothing(self, store: Store) -> None:
        """A new store is empty in every respect."""
        assert list(store.open_cases()) == []
        assert store.case(LIFT) is None
        assert numbers(store) == []
        assert list(store.received(date(2026, 1, 1), date(2026, 12, 31))) == []
        assert store.last_number("BX", NINE.date()) == 0
        assert list(store.households()) == []
        assert list(store.looks()) == []
        assert list(store.news()) == []

    def test_a_case_is_what_its_events_make_of_it(self, store: Store) -> None:
        """A case comes back whole: its facts of every type, its duties, its history."""
        to = ("security", "cleaning")
        store.append([received(LIFT, summary="电梯停在五楼", emergency=True, promised=NINE, to=to)])
        store.append([noted(LIFT, 1, "已派人")])
        case = store.case(LIFT)
        assert case is not None
        assert (case.state, case.owner, case.household, case.received) == ("received", "li", "3-2-501", NINE)
        assert case.facts["promised"] == NINE
        assert case.facts["to"] == to
        assert [each.name for each in case.history] == ["receive", "note"]
        assert [each.name for each in case.owed] == ["finish"]
        assert list(store.open_cases()) == [case]

    def test_whatever_is_said_is_kept_letter_by_letter(self, store: Store) -> None:
        """Half a character, the sign that ends a text in C, a line's end: what a program was handed comes back."""
        odd = "漏\ud800水\0\r\n\u2028\U0001f600\udfff\\ud800"
        store.append([received(LIFT, household="3-\0\udc00", summary=odd), noted(LIFT, 1, odd)])
        case = store.case(LIFT)
        assert case is not None
        assert (case.facts["summary"], case.history[1].fields["text"], case.household) == (odd, odd, "3-\0\udc00")
        store.append([closed(LIFT, 2)])
        assert numbers(store, "3-\0\udc00", "漏") == [LIFT]

    def test_what_was_made_for_an_earlier_state_is_refused_and_changes_nothing(self, store: Store) -> None:
        """Events that do not follow on are refused with `Conflict`, and none of those given with them is kept."""
        store.append([received(LIFT), received(TAP)])
        before = store.case(LIFT), store.case(TAP)
        for late in (
            [received(LIFT)],
            [noted(TAP, 1, "先写"), noted(LIFT, 2, "漏了一步")],
            [noted("BX-20261123-003", 1, "")],
        ):
            assert conflicts(store, late)
            assert (store.case(LIFT), store.case(TAP)) == before
        assert store.case("BX-20261123-003") is None

    def test_one_action_may_touch_two_cases_and_one_twice(self, store: Store) -> None:
        """The events of one `append` may be of several cases, and several of one."""
        store.append([received(LIFT), received(TAP), noted(LIFT, 1, "并入"), closed(TAP, 1)])
        assert [each.number for each in store.open_cases()] == [LIFT]
        assert numbers(store) == [TAP]

    def test_a_number_is_never_given_twice(self, store: Store) -> None:
        """The highest sequence of a prefix and day counts closed cases too, and goes by value, not by letters."""
        day = NINE.date()
        store.append([received(LIFT), received("BX-20261123-1000"), received("TS-20261123-007")])
        store.append([closed("BX-20261123-1000", 1)])
        assert store.last_number("BX", day) == 1000
        assert store.last_number("TS", day) == 7
        assert store.last_number("BX", day + timedelta(days=1)) == 0
        assert store.last_number("X", day) == 0

    def test_the_roll_keeps_the_latest_of_each_household(self, store: Store) -> None:
        """A household kept again replaces the one of its id whole; the others stay."""
        wang = Household("3-2-501", "王女士", "13800001234", important=True)
        store.keep_households([wang, Household("1-1-101", "李先生", area="东区")])
        store.keep_households([Household("3-2-501", "王女士", "13900005678")])
        assert {each.id: each for each in store.households()} == {
            "3-2-501": Household("3-2-501", "王女士", "13900005678"),
            "1-1-101": Household("1-1-101", "李先生", area="东区"),
        }

    def test_looks_are_on_record_in_their_order(self, store: Store) -> None:
        """Looks come back the oldest first, each with what it was for [M-3.4c]."""
        said = (("dossier", ""), ("export", ""), ("copy", "本人,看过身份证"))
        looks = [Look(NINE + timedelta(minutes=n), "li", what, "3-2-501", why) for n, (what, why) in enumerate(said)]
        for each in looks:
            store.record(each)
        assert list(store.looks()) == looks

    def test_a_desk_gives_numbers_merges_and_takes_back(self, store: Store) -> None:
        """A desk on the store numbers, merges, undoes the merge and withdraws."""
        desk = desk_on(store)
        first, second = a_leak(desk, "1-1-101"), a_leak(desk, "1-1-201")
        assert (first, second) == ("BX-20261123-001", "BX-20261123-002")
        before = desk.case(first), desk.case(second)
        done(desk.do(second, "merge", "li", into=first))
        assert [each.number for each in store.open_cases()] == [first]
        assert set(numbers(store, "1-1-201")) == {second}
        assert desk.case(first).households == ("1-1-101", "1-1-201")
        done(desk.do(second, "undo", "li"))
        assert {each.number for each in store.open_cases()} == {first, second}
        assert [(each.state, each.households) for each in map(desk.case, (first, second))] == [
            (each.state, each.households) for each in before
        ]
        done(desk.do(second, "withdraw", "li", reason="住户自己修好了"))
        assert a_leak(desk, "1-1-301") == "BX-20261123-003"

    def test_a_refusal_leaves_the_store_as_it_was(self, store: Store) -> None:
        """What is refused is not kept."""
        desk = desk_on(store)
        number = a_leak(desk, "1-1-101")
        before = desk.case(number)
        assert isinstance(desk.do(number, "complete", "sun", result="修好了"), Refusal)
        assert desk.case(number) == before


def desk_on(store: Store) -> Desk:
    """A desk with three households, a clerk, an engineer and a head, at nine o'clock."""
    staff = (
        Person("li", "李静", ("desk",)),
        Person("sun", "孙师傅", ("engineering",)),
        Person("zhao", "赵颖", ("cs_head",)),
    )
    store.keep_households([Household(f"1-1-{floor}01", "王女士", "13800001234") for floor in (1, 2, 3)])
    roll = {each.id: each for each in store.households()}
    return Desk(Handbook({each.id: each for each in staff}, roll), store, clock=lambda: NINE)


def done(answer: Done | Refusal) -> Done:
    """What was carried out."""
    assert isinstance(answer, Done), answer
    return answer


def a_leak(desk: Desk, household: str) -> str:
    """The number of a leak that is taken in."""
    facts = {"channel": "phone", "household": household, "phone": "13800001234", "summary": "厨房漏水"}
    return done(desk.receive("li", kind="repair", emergency=False, **facts)).case.number
