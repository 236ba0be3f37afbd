"""A signature as the desk carries it out, with a store that fails in the middle of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from attrs import field, frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import MemoryStore, Refusal, StoreError
from qiantai.events import Event
from qiantai.shift.book import HandOver, ShiftBook, Stage
from qiantai.shift.summary import follower
from qiantai.words import Bilingual
from qiantai_tui.app import DeskApp
from tests.tui.desk_driver import Clock, desk_in_memory, site_of

RECEIVER = {"li": "he", "he": "li"}
FULL = Bilingual("磁盘满了", "the disk is full")


@frozen
class Failing(MemoryStore):
    """A store that keeps so many more changes, and then none; `room` is empty where there is room enough."""

    room: list[int] = field(factory=list[int])

    def append(self, events: Sequence[Event]) -> None:
        """As any store, or not."""
        if self.room:
            if self.room[0] == 0:
                raise StoreError(FULL)
            self.room[0] -= 1
        super().append(events)


class Change:
    """A desk that nobody looks at, at which shifts change; the clock goes on by a minute with everything."""

    def __init__(self) -> None:
        self.store, self.clock, folder = Failing(), Clock(), Path(tempfile.mkdtemp())
        site = site_of(desk_in_memory(self.clock, self.store), folder)
        self.app = DeskApp(site, clock=self.clock, reports=folder)
        self.numbers: list[str] = []

    @property
    def book(self) -> ShiftBook:
        """The book on the disk."""
        return self.app.shifts.book()

    def followed(self) -> Mapping[str, tuple[str, str, str]]:
        """Who follows each case up, and to whom it is offered."""
        return {each.number: (each.owner, each.stand_in, each.offered_to) for each in self.store.all_cases()}

    def receive(self, by: str, kind: str) -> None:
        """One more."""
        done = self.app.desk.receive(by, kind=kind, channel="phone", household="1-2-301", summary="漏水")
        assert not isinstance(done, Refusal)
        self.numbers.append(done.case.number)

    def come_and_go(self, deeds: Sequence[tuple[bool, int]], may_close: Sequence[str] | None = None) -> None:
        """Some come in, and of these, or all that are there, some are closed."""
        for comes, which in deeds:
            self.clock.go(minutes=1)
            if comes:
                self.receive("li", ("repair", "complaint")[which % 2])
            elif which < len(closing := self.numbers if may_close is None else may_close):
                self.app.desk.do(closing[which], "withdraw", "li", reason="好了")

    def signs(self, name: str, here: HandOver, some: list[str]) -> ShiftBook | Refusal:
        """One signature."""
        match name:
            case "sign_off":
                return self.signs_off(here, some)
            case "take_over":
                return self.app.signing.take_over(here, dict.fromkeys(some, "不便"))
            case _:
                return self.app.signing.take_back(here, here.giver)

    def signs_off(self, here: HandOver, some: Sequence[str], since: Callable[[], object] = bool) -> ShiftBook | Refusal:
        """The giver reads what their shift is made of, and signs; `since` is what happens between the two."""
        shown = self.app.signing.gathering(here.giver)().summary(self.clock())
        since()
        return self.app.signing.sign_off(here, self.app.signing.gathering(here.giver)(), shown, some, "")


def two_signed_over(change: Change) -> HandOver:
    """A repair and a complaint of li's, offered to he by a signature."""
    for kind in ("repair", "complaint"):
        change.receive("li", kind)
    change.app.signing.draw_up("li", "he")
    found = change.signs_off(change.book.hand_overs[0], ())
    assert isinstance(found, ShiftBook)
    return found.hand_overs[0]


def test_where_the_store_fails_half_way_whoever_signs_again_goes_on() -> None:
    change = Change()
    here = two_signed_over(change)
    change.store.room.append(1)
    found = change.app.signing.take_over(here, {})
    assert isinstance(found, Refusal)
    assert found.why == FULL
    assert change.book.hand_overs[0].stage is Stage.SIGNED_OFF
    assert sorted(follower(change.app.desk.case(each)) for each in change.numbers) == ["he", "li"]
    change.store.room.clear()
    found = change.app.signing.take_over(here, {})
    assert isinstance(found, ShiftBook)
    assert set(found.hand_overs[0].accepted) == set(change.numbers)


def test_where_the_store_fails_half_way_and_it_is_signed_anew_the_record_has_every_case() -> None:
    change = Change()
    here = two_signed_over(change)
    change.store.room.append(1)
    assert isinstance(change.app.signing.take_over(here, {}), Refusal)
    change.store.room.clear()
    change.receive("li", "suggestion")
    for name in ("take_back", "sign_off", "take_over"):
        found = change.signs(name, change.book.hand_overs[0], [])
        assert isinstance(found, ShiftBook), name
    assert set(change.book.hand_overs[0].accepted) == set(change.numbers)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 5))), st.lists(st.tuples(st.booleans(), st.integers(0, 5))))
def test_what_was_read_before_goes_on_to_what_is_read_now(
    before: list[tuple[bool, int]], since: list[tuple[bool, int]]
) -> None:
    change = Change()
    change.app.signing.begin("li")
    change.come_and_go(before)
    read = change.app.signing.gathering("li")()
    change.come_and_go(since, change.numbers[:])
    now = change.clock()
    assert read.going_on().summary(now) == change.app.signing.gathering("li")().summary(now)


DEEDS = st.one_of(
    st.tuples(st.just("receive"), st.sampled_from(["li", "he"]), st.sampled_from(["repair", "complaint"]), st.none()),
    st.tuples(st.just("draw_up"), st.sampled_from(["li", "he"]), st.just(""), st.none()),
    st.tuples(
        st.sampled_from(["sign_off", "sign_off", "take_over", "take_over", "take_back"]),
        st.integers(1, 3),
        st.sets(st.integers(0, 4), max_size=2),
        st.none() | st.integers(0, 2),
    ),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(DEEDS, max_size=14))
def test_whatever_is_signed_and_wherever_it_breaks_off_nothing_falls_between_two_chairs(
    deeds: list[tuple[str, Any, Any, int | None]],
) -> None:
    change = Change()
    change.receive("li", "repair")
    change.app.signing.draw_up("li", "he")
    for name, whose, what, left in deeds:
        change.clock.go(minutes=1)
        before, book = change.followed(), change.book
        if name == "receive":
            change.receive(whose, what)
        elif name == "draw_up":
            change.app.signing.draw_up(whose, RECEIVER[whose])
        elif (here := book.hand_over(whose)) is not None:
            some = [each for place, each in enumerate(change.numbers) if place in what]
            change.store.room.extend([] if left is None else [left])
            found = change.signs(name, here, some)
            change.store.room.clear()
            if isinstance(found, Refusal):
                assert change.book == book, "no line is written of what was refused"
                assert found.rule == "not_kept" or change.followed() == before
            holds(change, name, here, some, before, found)


def holds(
    change: Change,
    name: str,
    here: HandOver,
    some: list[str],
    before: Mapping[str, tuple[str, str, str]],
    found: ShiftBook | Refusal,
) -> None:
    """What holds after a signature, carried out, refused or broken off."""
    now = change.followed()
    moved = {each for each in now if now[each][:2] != before[each][:2]}
    assert name == "take_over" or not moved, "the receiver's signature alone moves anything"
    assert moved <= set(here.signed) - set(some), "and only what they sign for"
    if isinstance(found, Refusal):
        return
    after = found.hand_overs[here.number - 1]
    if name == "take_over":
        lists = (*after.accepted, *after.declined, *after.gone)
        assert len(lists) == len(set(lists))
        assert set(after.signed) <= set(lists) <= set(after.offered)
        assert all(follower(change.app.desk.case(each)) == after.receiver for each in after.accepted)
    else:
        theirs = [case for case in change.store.open_cases() if follower(case) == here.giver]
        offered = {case.number for case in theirs if case.offered_to == here.receiver}
        assert offered == (set(after.signed) if name == "sign_off" else set())
        assert name == "take_back" or not offered & set(some)
