"""What a store promises of a history: it keeps its seals, and what is erased in it is gone from the store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from qiantai.auditing import Anchor, Head, audit
from qiantai.case import Case
from qiantai.chain import verify
from qiantai.desk import Desk
from qiantai.erasure import erase
from qiantai.events import Event
from qiantai.periods import ZONE
from qiantai.store import Conflict, Store
from qiantai.testing.finding import numbers
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received
from qiantai.testing.keeping import a_leak, desk_on, done
from qiantai.words import ERASED


def conflicts(store: Store, histories: Sequence[Sequence[Event]]) -> bool:
    """Whether the store refuses these histories as made for an earlier state of a case."""
    try:
        store.erase(histories)
    except Conflict:
        return True
    return False


def a_closed_leak(desk: Desk, household: str) -> Case:
    """A leak whose resident takes it back."""
    return done(desk.do(a_leak(desk, household), "withdraw", "li", reason="王女士 13800001234 说好了")).case


def _without_phone(case: Case, desk: Desk) -> tuple[Event, ...]:
    history = erase(case, ["phone"], "zhao", NINE, "业主要求", "abcdefghijklmnop", desk.handbook)
    assert isinstance(history, tuple), history
    return history


class HistoryContract:
    """The promises about seals, audits and erasures."""

    def test_all_cases_are_given_once_open_or_closed(self, store: Store) -> None:
        """An audit is given every case once, also one to which something happened after it was closed."""
        autumn = datetime(2026, 10, 1, 9, 0, tzinfo=ZONE)
        store.append([received(LIFT), received(LEAK, autumn), received(TAP), closed(LEAK, 1), closed(TAP, 1)])
        store.append([noted(LEAK, 2, "住户来电")])
        given = list(store.all_cases())
        assert sorted(each.number for each in given) == sorted((LIFT, TAP, LEAK))
        assert {each.number: each for each in given} == {each: store.case(each) for each in (LIFT, TAP, LEAK)}

    def test_a_history_keeps_its_seals(self, store: Store) -> None:
        """What the desk sealed verifies as it comes back, a merge and its undo too, and goes on from an anchor."""
        desk = desk_on(store)
        first, second = a_leak(desk, "1-1-101"), a_leak(desk, "1-1-201")
        done(desk.do(second, "merge", "li", into=first))
        done(desk.do(second, "undo", "li"))
        done(desk.do(second, "withdraw", "li", reason="住户自己修好了"))
        for number in (first, second):
            history = desk.case(number).history
            assert all(each.seal for each in history)
            assert any(each.salt for each in history)
            assert verify(history) is None
        heads = {each.number: Head(len(each.history), each.history[-1].seal) for each in store.all_cases()}
        done(desk.do(first, "note", "li", text="住户来电"))
        assert audit(store, Anchor(NINE, heads)).whole

    def test_what_was_erased_is_gone_and_the_history_still_verifies(self, store: Store) -> None:
        """Erased words are found by no search, read as erased everywhere, and leave the chain as it was."""
        desk = desk_on(store)
        number, other = a_closed_leak(desk, "1-1-101").number, a_closed_leak(desk, "1-1-201").number
        assert numbers(store, words="13800001234") == [other, number]
        done(desk.erase(number, "zhao", "phone", "reason", reason="业主要求"))
        case = desk.case(number)
        assert (case.text("phone"), case.text("summary")) == (ERASED, "厨房漏水")
        assert case.history[-1].name == "erase"
        assert verify(case.history) is None
        assert audit(store).whole
        assert numbers(store, words="13800001234") == [other]
        assert numbers(store, "1-1-101", "抹除 漏水 业主要求") == [number]
        assert [each.text("phone") for each in store.received(NINE.date(), NINE.date())] == [ERASED, "13800001234"]
        done(desk.do(number, "note", "li", text="已告知"))
        done(desk.erase(number, "zhao", reason="业主要求"))
        assert numbers(store, words="厨房") == [other]
        assert audit(store).whole

    def test_several_cases_are_erased_at_once(self, store: Store) -> None:
        """All that was said in the cases of a household goes in one erasure."""
        desk = desk_on(store)
        one, other = a_closed_leak(desk, "1-1-101"), a_closed_leak(desk, "1-1-101")
        found = desk.erase_all([one, other], "zhao", reason="已搬走")
        assert isinstance(found, tuple)
        assert {each.case.number for each in found} == {one.number, other.number}
        assert numbers(store, words="厨房") == []
        assert audit(store).whole

    def test_an_erasure_of_no_case_changes_nothing(self, store: Store) -> None:
        """Where the roll alone was changed there is no history to put in a place; everything stays as it is."""
        desk = desk_on(store)
        number = a_closed_leak(desk, "1-1-101").number
        before, roll = store.case(number), list(store.households())
        store.erase(())
        assert store.case(number) == before
        assert list(store.households()) == roll
        assert audit(store).whole

    def test_an_erasure_for_an_earlier_state_is_refused_and_changes_nothing(self, store: Store) -> None:
        """An erasure of a case that went on meanwhile, or is open, is refused, with those that came with it."""
        desk = desk_on(store)
        one, other = a_closed_leak(desk, "1-1-101"), a_closed_leak(desk, "1-1-201")
        open_one = desk.case(a_leak(desk, "1-1-301"))
        done(desk.do(other.number, "note", "li", text="后来的话"))
        before = {each.number: each for each in store.all_cases()}
        for late in (other, evolve(open_one, state="closed")):
            assert conflicts(store, [_without_phone(one, desk), _without_phone(late, desk)])
            assert {each.number: each for each in store.all_cases()} == before

    def test_a_store_tells_where_a_case_is_or_nothing(self, store: Store) -> None:
        """A case that is nowhere has no place."""
        store.append([received(LIFT)])
        assert isinstance(store.where(LIFT), str)
        assert store.where("BX-20261123-009") == ""
