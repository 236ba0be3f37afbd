"""What a store for several desks promises besides: whoever is slower is told, and what one did the other sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, cast

from qiantai.auditing import audit
from qiantai.events import Event
from qiantai.people import Household
from qiantai.store import Conflict, Look, Store
from qiantai.testing.happenings import LIFT, NINE, TAP, closed, noted, received
from qiantai.testing.keeping import a_leak, conflicts, desk_on, done

Both = tuple[Store, Store]


class _Slow:
    """The store of a desk that is slow: something happens between its first question for a number and its use."""

    def __init__(self, store: Store, meanwhile: Callable[[], object]) -> None:
        self._store, self._meanwhile = store, [meanwhile]

    def last_number(self, prefix: str, day: date) -> int:
        found = self._store.last_number(prefix, day)
        while self._meanwhile:
            self._meanwhile.pop()()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


class SharingContract:
    """The promises of a store that several may have open; a test class gives a fixture `both`, two on one new place."""

    def heard(self, store: Store, *numbers: str) -> bool:
        """Whether these are among its news by now; wait here where news take a moment."""
        return set(numbers) <= set(store.news())

    def test_what_one_did_the_other_finds(self, both: Both) -> None:
        """Cases, the roll and looks are the same for both, also those that were asked for before."""
        one, other = both
        one.append([received(LIFT), received(TAP)])
        assert {each.number for each in other.open_cases()} == {LIFT, TAP}
        other.append([noted(LIFT, 1, "门在五楼"), closed(TAP, 1)])
        one.keep_households([Household("3-2-501", "王女士")])
        one.record(Look(NINE, "li", "dossier", "3-2-501"))
        for each in both:
            assert [len(case.history) for case in each.open_cases()] == [2]
            assert [case.number for case in each.closed_cases(words="不修")] == [TAP]
            assert [case.name for case in each.households()] == ["王女士"]
            assert len(each.looks()) == 1

    def test_who_is_slower_is_refused_and_leaves_nothing_behind(self, both: Both) -> None:
        """Of two that go on from the same state the second is refused, whole."""
        one, other = both
        one.append([received(LIFT), received(TAP)])
        assert other.case(LIFT) == one.case(LIFT)
        one.append([noted(LIFT, 1, "先到")])
        late: tuple[list[Event], ...] = ([noted(TAP, 1, "后到"), noted(LIFT, 1, "后到")], [received(LIFT)])
        for events in late:
            assert conflicts(other, events)
        for each in both:
            assert [len(each.case(number).history) for number in (LIFT, TAP)] == [2, 1]  # type: ignore[union-attr]
        other.append([noted(LIFT, 2, "看过再办")])
        assert audit(one).cases == 2

    def test_news_are_what_others_changed(self, both: Both) -> None:
        """What another changed is news once; what one did oneself, and what is known already, is none."""
        one, other = both
        one.append([received(LIFT)])
        assert self.heard(other, LIFT)
        one.append([noted(LIFT, 1, "门在五楼"), received(TAP)])
        assert self.heard(other, LIFT, TAP)
        other.append([noted(LIFT, 2, "自己的话")])
        assert list(other.news()) == []

    def test_desks_give_every_number_once(self, both: Both) -> None:
        """A desk whose number was taken by another meanwhile takes the next one."""
        one, other = (desk_on(each) for each in both)
        given = [a_leak(each, "1-1-101") for each in (one, other, other, one)]
        slow = cast(Store, _Slow(both[1], lambda: given.append(a_leak(one, "1-1-201"))))
        given.append(a_leak(desk_on(slow), "1-1-301"))
        assert given == [f"BX-20261123-00{n}" for n in range(1, 7)]
        assert audit(both[0]).whole

    def test_a_command_on_a_case_that_has_gone_on_is_refused(self, both: Both) -> None:
        """A command that was given for an earlier state of the case is refused, and the chain stays whole."""
        one, other = (desk_on(each) for each in both)
        number = a_leak(one, "1-1-101")
        seen = len(other.case(number).history)
        done(one.do(number, "note", "li", text="阀门在门后"))
        why = ""
        try:
            other.do(number, "note", "li", seen, text="总阀在走廊")
        except Conflict as late:
            why = late.why.zh
        assert number in why
        done(other.do(number, "note", "li", text="总阀在走廊"))
        assert audit(both[0]).whole
