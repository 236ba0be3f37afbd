"""What residents may ask of what is kept on them, and what the site's terms let go: each thing done on record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from attrs import evolve, frozen

from qiantai.book_erasure import Traces, Words, long_words, traces_of, traces_of_words, traces_within
from qiantai.books import SHIFTS, Books
from qiantai.case import Case
from qiantai.clearing import Clearing
from qiantai.commands import Command
from qiantai.desk import Desk, Done
from qiantai.erasure import erase
from qiantai.following import FOLLOWS_NOTHING, Follower
from qiantai.household_erasure import NOTES, ROLL, WORDING, Plan, Stay, planned, unseen, vacated
from qiantai.people import Household
from qiantai.refusals import Refusal
from qiantai.resident_copy import ResidentCopy, resident_copy
from qiantai.retention import Judged, judged
from qiantai.rights import MAY_ANSWER, MAY_ERASE, barred, no, without_reason
from qiantai.roll import Corrected, corrected
from qiantai.store import Look, StoreError, local_day
from qiantai.terms import Retention, in_force
from qiantai.words import Bilingual, entry, label, listed


@frozen
class Erased:
    """An erasure that was carried out: what it took and left, and the cases with the events that say so."""

    plan: Plan
    done: tuple[Done, ...]


def _nothing(_: Traces) -> None:
    """There is nothing elsewhere."""


@frozen
class Residents:
    """The desk, asked for a resident's copy, a correction of the roll, an erasure, or what has passed its term.

    Everything is put on record as a `Look` before it is done; where that fails nothing is done. After a change of the
    roll a host takes the handbook anew, see `Desk.with_handbook`. `books` are those that the site keeps beside its
    cases, where it does: what they say of whom an erasure concerns goes with it. `beside` clears what the host has
    elsewhere, and is asked once nothing refuses the erasure, before the rest. `follower` is told of what is read.
    """

    desk: Desk
    books: Books | None = None
    beside: Callable[[Traces], None] = _nothing
    follower: Follower = FOLLOWS_NOTHING

    @property
    def retention(self) -> Retention:
        """The terms in force today."""
        return in_force(self.desk.handbook.retentions, local_day(self.desk.clock()))

    def cases(self, household: str) -> tuple[Case, ...]:
        """The cases that concern a household, open and closed."""
        store = self.desk.store
        theirs = (case for case in store.open_cases() if household in case.households)
        return (*theirs, *self._followed(store.closed_cases(household))) if household else ()

    def _followed(self, cases: Iterable[Case], of: int = 0) -> Iterator[Case]:
        self.follower.begins(of)
        for case in cases:
            self.follower.read()
            yield case

    def copy(self, household: str, by: str, applicant: str) -> ResidentCopy | Refusal:
        """All that is kept on a household; `applicant` says who asked and how they were identified [M-3.4c].

        Raises what the store raises.
        """
        at, handbook = self.desk.clock(), self.desk.handbook
        command = Command("copy", by, "", {"household": household, "applicant": applicant})
        if refused := barred(command, at, handbook, MAY_ANSWER) or without_reason(command, at, "applicant"):
            return refused
        cases = self.cases(household)
        if household not in handbook.households and not cases:
            return no(command, at, "nothing_kept", _NOTHING_KEPT.format(household=household))
        self.follower.writes()
        self._record(by, "copy", household, applicant)
        return resident_copy(household, cases, self.desk.store.looks(), handbook.households, at)

    def correct(self, household: str, by: str, reason: str, **values: Any) -> Corrected | Refusal:
        """Correct the roll's entry of a household; on record are the fields and the reason, not what they said.

        `values` are of `name`, `phone`, `email`, `important`, `area`. Raises what the store raises.
        """
        desk = self.desk
        found = corrected(household, by, reason, values, desk.store.open_cases(), desk.clock(), desk.handbook)
        if isinstance(found, Corrected):
            self._record(by, "roll", household, f"{', '.join(found.fields)}: {reason.strip()}")
            desk.store.keep_households([found.after])
        return found

    def plan(self, household: str) -> Plan:
        """What an erasure of a household would take and leave now."""
        desk = self.desk
        entry, today = desk.handbook.households.get(household), local_day(desk.clock())
        cases = self.cases(household)
        plan = planned(household, entry, cases, desk.store.open_cases(), self.retention, today)
        found = [*self._clearing.found(self.traces(plan))]
        going = tuple(words for words, hold in found if hold is None)
        held = dict.fromkeys(Stay(NOTES if words.book == SHIFTS else WORDING, hold) for words, hold in found if hold)
        return evolve(plan, books=going, staying=(*plan.staying, *held))

    @property
    def _clearing(self) -> Clearing:
        return Clearing(self.books, self.desk.handbook, self.desk.clock())

    def traces(self, plan: Plan) -> Traces:
        """What tells of a household whose roll entry goes; while that stays, of the cases alone whose words go."""
        household = plan.household
        if any(each.what == ROLL for each in plan.staying):
            return _traces_of(plan.going)
        own = [case for case in self.cases(household) if case.household == household]
        return traces_of(household, self.desk.handbook.households.get(household), own)

    def erase(self, household: str, by: str, reason: str, shown: Plan | None = None) -> Erased | Refusal:
        """Erase what `plan` says of a household, its entry in the roll and the words of its cases: all or nothing.

        `shown` is the plan that somebody agreed to: refused where more would go by now. What stays is named with its
        reason. Refused where nothing would go. Raises what the store and the books raise; a power cut between can leave
        the books erased, or them and the roll's entry, and the rest not: the next erasure goes on there.
        """
        plan = self.plan(household)
        if refused := self.refusal(plan, by, reason):
            return refused
        if shown is not None and (more := plan.beyond(shown)):
            return _not_shown(Command("erase", by, "", {"household": household, "reason": reason}), self.desk, more)
        traces = self.traces(plan)
        self.follower.writes()
        self._record(by, "erase", household, reason)
        self._clear(traces, by, reason)
        entry = self.desk.handbook.households.get(household) if plan.entry else None
        if entry is not None:
            self.desk.store.keep_households([vacated(entry)])
        return Erased(plan, self._done(plan.going, by, reason, entry))

    def refusal(self, plan: Plan, by: str, reason: str) -> Refusal | None:
        """Why this person cannot carry the plan out now; None where they can."""
        at = self.desk.clock()
        command = Command("erase", by, "", {"household": plan.household, "reason": reason})
        return (
            barred(command, at, self.desk.handbook, MAY_ERASE)
            or without_reason(command, at)
            or _nothing_goes(plan, command, at)
            or self._unsigned(self.traces(plan), command)
            or self._cannot(plan.going, by, reason)
        )

    def judged(self) -> tuple[Judged, ...]:
        """How every closed case with words in it stands under the terms of today, the earliest receipt first."""
        desk, open_cases = self.desk, self.desk.store.open_cases()
        every = self._followed(desk.store.all_cases(), len(open_cases) + desk.store.closed_count())
        closed = (case for case in every if not case.open)
        found = judged(closed, open_cases, self.retention, local_day(desk.clock()))
        return tuple(sorted(found, key=lambda each: (each.case.received, each.case.number)))

    def expire(
        self, by: str, reason: str, shown: Sequence[Case] | None = None, read: Sequence[Judged] | None = None
    ) -> tuple[Done, ...] | Refusal:
        """Erase the words of every case whose term has passed and that nothing holds back: all or nothing.

        `shown` are the cases that somebody agreed to: refused where there are others by now. `read` is what `judged`
        gave at this very time, where it was asked. Raises what the store raises.
        """
        at = self.desk.clock()
        today = local_day(at)
        command = Command("expire", by, "", {"reason": reason})
        if refused := barred(command, at, self.desk.handbook, MAY_ERASE) or without_reason(command, at):
            return refused
        due = tuple(each.case for each in (self.judged() if read is None else read) if each.due(today))
        if not due:
            return no(command, at, "nothing_left", _NOTHING_DUE)
        if shown is not None and (more := unseen(due, shown)):
            return _not_shown(command, self.desk, more)
        traces = _traces_of(due)
        if refused := self._cannot(due, by, reason) or self._unsigned(traces, command):
            return refused
        self.follower.writes()
        self._record(by, "retention", f"{len(due)}", reason)
        self._clear(traces, by, reason)
        return self._done(due, by, reason)

    def erase_words(self, case: Case, names: Collection[str], by: str, reason: str) -> Done | Refusal:
        """Erase what was said under these names in a closed case, see `Desk.erase`, and where a book mentions it."""
        traces = traces_within(case, names)
        if refused := self._cannot((case,), by, reason, names) or self._unsigned(
            traces, Command("erase", by, case.number)
        ):
            return refused
        self._clear(traces, by, reason)
        return self.desk.erase(case.number, by, *names, reason=reason)

    def _clear(self, traces: Traces, by: str, reason: str) -> None:
        self.beside(traces)
        self._clearing.clear(traces, by, reason, self.desk.salts)

    def mentioning(self, case: Case, names: Collection[str]) -> tuple[Words, ...]:
        """The words of the books that would go with those under these names in a case."""
        return tuple(words for words, hold in self._clearing.found(traces_within(case, names)) if hold is None)

    def _unsigned(self, traces: Traces, command: Command) -> Refusal | None:
        """The refusal where somebody is still to read in a hand-over what would go: it would stay behind unseen."""
        holds = [hold for words, hold in self._clearing.found(traces) if hold and words.book == SHIFTS]
        if not holds:
            return None
        return Refusal(command, self.desk.clock(), holds[0].rule, holds[0].clause, holds[0].why)

    def _cannot(self, cases: Sequence[Case], by: str, reason: str, names: Collection[str] = ()) -> Refusal | None:
        """The first refusal, of a clock that was set back, say, before anything is written."""
        at, handbook = self.desk.clock(), self.desk.handbook
        tried = (erase(case, names, by, at, reason, "", handbook) for case in cases)
        return next((each for each in tried if isinstance(each, Refusal)), None)

    def _done(self, cases: Sequence[Case], by: str, reason: str, entry: Household | None = None) -> tuple[Done, ...]:
        """The cases erased; where the store takes none of it, the roll's entry is put back."""
        try:
            if not cases:
                self.desk.store.erase(())  # the roll's old entry is in no file either
            found = self.desk.erase_all(cases, by, reason=reason)
        except StoreError:
            untouched = all(self.desk.store.case(case.number) == case for case in cases)
            if entry is not None and untouched:
                self.desk.store.keep_households([entry])
            raise
        assert not isinstance(found, Refusal), "it was tried before"
        return found

    def _record(self, by: str, what: str, which: str, why: str) -> None:
        self.desk.store.record(Look(self.desk.clock(), by, what, which, why.strip()))


def _not_shown(command: Command, desk: Desk, more: Sequence[str]) -> Refusal:
    """The refusal where more would go than was agreed to."""
    names = (label("fields", each) if entry("fields", each) else Bilingual(each, each) for each in more)
    return no(command, desk.clock(), "not_shown", _NOT_SHOWN.format(more=listed(tuple(names))), _LOOK_AGAIN)


def _nothing_goes(plan: Plan, command: Command, at: datetime) -> Refusal | None:
    """The refusal where nothing would go: what holds it back and until when, or that nothing is left."""
    if not plan.empty:
        return None
    if not plan.held:
        return no(command, at, "nothing_left", _NOTHING_LEFT.format(household=plan.household))
    first = plan.held[0]
    until = _AFTER.format(day=first.hold.until) if first.hold.until else _ONCE_DONE
    return no(command, at, first.hold.rule, _HELD.format(what=label("stays", first.what), why=first.hold.why), until)


def _traces_of(cases: Sequence[Case]) -> Traces:
    return traces_of_words(long_words(cases), (case.number for case in cases))


_NOTHING_KEPT = Bilingual("没有 {household} 的任何资料", "nothing is kept on {household}")
_NOTHING_LEFT = Bilingual("{household} 没有要抹除的了", "nothing of {household} is left to erase")
_NOTHING_DUE = Bilingual("没有到期可以抹除的", "nothing has passed its term that could be erased")
_NOT_SHOWN = Bilingual("看过之后又有 {more} 要抹除", "since it was shown, {more} would go as well")
_LOOK_AGAIN = Bilingual("再看一遍要抹除什么", "look again at what would go")
_HELD = Bilingual("{what} {why}", "{what}: {why}")
_AFTER = Bilingual("{day} 以后再看", "look again after {day}")
_ONCE_DONE = Bilingual("办结后再抹除", "close it first")
