"""The desk as one person sits at it: commands in their name alone, and of what is kept only what is theirs to see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any

from attrs import evolve as replaced
from attrs import field, frozen

from qiantai.access import REVEAL, TAKE_AWAY, closed_to, may_have, may_know_of, may_see, unseen, withheld
from qiantai.case import Case
from qiantai.handbook import Handbook
from qiantai.masking import MaskedRoll, masked_case, masked_event, masked_own
from qiantai.people import Person
from qiantai.projections.queue import Line, queue
from qiantai.refusals import Refusal
from qiantai.scripts import MAY_READ, Script
from qiantai.store import Look, local_day, mentions
from qiantai.values import revised

if TYPE_CHECKING:
    from qiantai.desk import Desk, Done
    from qiantai.projections.dossier import Dossier
    from qiantai.projections.figures import Figure, Row
    from qiantai.projections.readings import Month
    from qiantai.projections.reckoning import Item
    from qiantai.projections.register import Entry
    from qiantai.projections.sample import Sample
    from qiantai.projections.told import Told

NOBODY = Person("", "", ())
"""Who sits there while nobody does: sees nothing, and every command of theirs is refused."""


@frozen(slots=False)
class Seat:
    """The desk of one person: what it gives is theirs to see, masked; looks into dossiers go on record [M-3.4c].

    A case that is not theirs is refused where it is asked for by its number, and left out of every list. Numbers,
    addresses and names of residents are masked; `reveal` alone shows them, of an open case, on record.
    """

    desk: Desk
    person: Person
    _masked: dict[str, tuple[Case, Case]] = field(factory=dict[str, Any], init=False, eq=False, repr=False)
    _opened: set[str] = field(factory=set[str], init=False, eq=False, repr=False)

    def at(self, desk: Desk) -> Seat:
        """The same person at the desk with another handbook; the dossiers that they have open are no new looks."""
        seat = Seat(desk, self.person)
        seat._opened.update(self._opened)
        return seat

    @cached_property
    def handbook(self) -> Handbook:
        """What the rules look up, its roll masked; drafts of agreed answers for those alone who read them."""
        handbook = self.desk.handbook
        return replaced(handbook, households=MaskedRoll(handbook.households), scripts=self._not_drafts())

    def case(self, number: str) -> Case | Refusal:
        """A case or incident by its number, masked. Raises `UnknownCase`."""
        found = self.desk.case(number)
        return self._shown(found) if may_know_of(found, self.person) else unseen(number, self.person, self._now)

    def known(self, number: str) -> Case | None:
        """The same, None where there is none or it is not theirs to see."""
        found = self.desk.store.case(number)
        return self._shown(found) if found is not None and may_know_of(found, self.person) else None

    def open_cases(self, words: str = "") -> tuple[Case, ...]:
        """The open cases and incidents that they may see, those alone in which all of these words stand."""
        return tuple(self._seen(case for case in self.desk.store.open_cases() if mentions(case, words)))

    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        """The closed ones that they may see, the latest receipt first, of a household or with these words."""
        return self._seen(self.desk.store.closed_cases(household, words))

    def closed_count(self, month: str = "") -> int | None:
        """How many are closed, see `Store`; None for who may see some alone: how many, is known when all are read."""
        return self.desk.store.closed_count(month) if may_have("cases", self.person) else None

    def closed_page(self, first: int, most: int, month: str = "") -> tuple[Case, ...]:
        """So many closed ones at most, from that place on, see `Store`; what is not theirs to see is left out."""
        return tuple(self._seen(self.desk.store.closed_page(first, most, month)))

    def received(self, first: date, last: date) -> tuple[Case, ...]:
        """What came in on these days, the first and the last among them, in order of receipt."""
        return tuple(self._seen(self.desk.store.received(first, last)))

    def queue(self) -> tuple[Line, ...]:
        """The queue of the open cases that they may see."""
        return queue(self.open_cases())

    def register(self, first: date, last: date) -> Iterator[Entry]:
        """The register of these days, as far as its cases are theirs to see; a line is read where it is asked for."""
        from qiantai.projections.register import entry, registered  # no start of a desk need wait for it

        theirs = self._seen(self.desk.store.received(first, last))
        return (entry(case, self.handbook) for case in theirs if registered(case))

    def dossier(self, household: str, most: int | None = None, *, again: bool = False) -> Dossier | Refusal:
        """A household's dossier, with so many closed cases at most; the look is put on record first.

        `again` reads anew what is on the screen already, which is no other look.
        """
        from qiantai.projections.dossier import dossier

        if not may_have("dossier", self.person):
            return withheld("dossier", self.person, self._now)
        if not (again and household in self._opened):
            self._record("dossier", household)
            self._opened.add(household)
        theirs = [case for case in self.open_cases() if household in case.households]
        return dossier(household, (*theirs, *islice(self.closed_cases(household), most)), self.handbook)

    def scripts(self) -> tuple[Script, ...]:
        """The agreed answers: those in force for everybody of the staff, every version for some [H-4.4.5]."""
        if self.person.has(*MAY_READ):
            return self.desk.handbook.scripts
        now, handbook = self._now, self.desk.handbook
        theirs = handbook.scripts if self.person.roles else ()
        return tuple(each for each in theirs if handbook.script(each.topic, now) == each)

    def told(self, script: str, version: int = 0) -> tuple[Told, ...] | Refusal:
        """Who was told an agreed answer, or that version of it alone, the latest first; withheld like the cases."""
        from qiantai.projections.told import told

        if not may_have("cases", self.person):
            return withheld("cases", self.person, self._now)
        cases = (*self.open_cases(script), *self.closed_cases(words=script))
        found = told(cases, script, self.desk.handbook)
        return tuple(each for each in found if version in (0, each.version))

    def wanted_answers(self) -> tuple[tuple[str, int], ...]:
        """The topics that call for an agreed answer, and how often each was challenged, for who reads drafts."""
        from qiantai.projections.call_backs import wanting_an_answer

        if not self.person.has(*MAY_READ):
            return ()
        now, handbook = self._now, self.desk.handbook
        since, store = now - handbook.policy(now).many_challenges.within.length, self.desk.store
        request = handbook.requests.get("challenge")
        numbered = store.closed_cases(words=f"{request.prefix}-") if request else ()
        closed = takewhile(lambda case: case.received >= since, numbered)
        return wanting_an_answer((*store.open_cases(), *closed), now, handbook)

    def figures(self) -> Mapping[Row, Figure] | Refusal:
        """The figures of all cases, in which no resident is named."""
        from qiantai.projections.figures import figures

        if not may_have("figures", self.person):
            return withheld("figures", self.person, self._now)
        return figures(self.desk.store.all_cases(), self._now)

    def month(self, month: str, known: Month | None = None) -> Month | Refusal:
        """What the figures of a month are made of, of all its cases; `known` again where it still holds.

        Raises `ValueError` for a month that is not written as `2026-11`.
        """
        from qiantai.projections.months import days_of
        from qiantai.projections.readings import holds, month_made

        if not may_have("figures", self.person):
            return withheld("figures", self.person, self._now)
        now, desk, days = self._now, self.desk, days_of(month)
        stamp = desk.store.stamp(month)
        if known is not None and known.month == month and holds(known, stamp, now):
            return known
        return month_made(month, desk.store.received(*days), stamp, now, desk.handbook)

    def behind(self, month: str = "") -> tuple[Item, ...] | Refusal:
        """What each case of a month counts for in its figures, of today where none is given.

        The number of a case that is not theirs to see is left out. Raises `ValueError` as `month` does.
        """
        from qiantai.projections.months import days_of
        from qiantai.projections.reckoning import reckoned, todays, unnumbered

        if not may_have("figures", self.person):
            return withheld("figures", self.person, self._now)
        now, store, handbook = self._now, self.desk.store, self.desk.handbook
        if month:
            cases: Sequence[Case] = tuple(store.received(*days_of(month)))
            items = reckoned(cases, now, handbook)
        else:
            new, open_ = tuple(store.received(local_day(now), local_day(now))), store.open_cases()
            cases, items = (*new, *open_), todays(open_, new, now, handbook)
        return unnumbered(items, frozenset(case.number for case in cases if may_see(case, self.person)))

    def sample(self, month: str) -> Sample:
        """The sample of a month's completed cases [R-4d], as far as these are theirs to see, the drawn ones masked.

        Looked at is what was received since a year before that month: what took longer is not worth reading them all.
        """
        from qiantai.projections.months import days_of, later
        from qiantai.projections.sample import sample, shown  # few seats ask for it

        since, _ = days_of(later(month, -12))
        lately = takewhile(lambda case: local_day(case.received) >= since, self.desk.store.closed_cases())
        theirs = (case for case in lately if may_know_of(case, self.person))
        return shown(sample(theirs, month, self._now, self.handbook), self._shown, self.handbook)

    def looks(self) -> Sequence[Look] | Refusal:
        """Who looked into what, the oldest look first."""
        return self.desk.store.looks() if may_have("looks", self.person) else withheld("looks", self.person, self._now)

    def reveal(self, number: str) -> Case | Refusal:
        """An open case in full, with what the roll knows of its household, once the look is on record [M-3.4c].

        Raises `UnknownCase`, and what the store raises: then nothing is shown.
        """
        case = self.desk.case(number)
        if not may_see(case, self.person):
            return unseen(number, self.person, self._now, REVEAL)
        if not case.open:
            return closed_to(case, self.person, self._now)
        self._record("phone", number)
        home = self.desk.handbook.households.get(case.household)
        rolled = {"name": home.name, "phone": home.phone, "email": home.email} if home else {}
        return revised(case, facts={**case.facts, **{name: of for name, of in rolled.items() if not case.text(name)}})

    def take_away(self, what: str, which: str, why: str = "") -> Refusal | None:
        """Puts an export on record, of something named in `qiantai.access.OPEN_TO`; None where it may be made.

        `why` is what for, where the work at the desk does not explain it.

        Raises what the store raises: then there is to be no export.
        """
        if not may_have(what, self.person):
            return withheld(what, self.person, self._now, TAKE_AWAY)
        self._record("export", which, why)
        return None

    def offers(self, number: str) -> tuple[str, ...]:
        """The commands that they could give now on a case that they may see."""
        return self.desk.offers(number, self.person.id) if self.known(number) is not None else ()

    def receive(self, **fields: Any) -> Done | Refusal:
        """Take in a case, see `Desk.receive`."""
        return self._given(self.desk.receive(self.person.id, **fields))

    def open_incident(self, **fields: Any) -> Done | Refusal:
        """Open an incident, see `Desk.open_incident`."""
        return self._given(self.desk.open_incident(self.person.id, **fields))

    def do(self, number: str, name: str, seen: int | None = None, /, **fields: Any) -> Done | Refusal:
        """Give a command, see `Desk.do`; of a case that is not theirs to see they get back what they said alone."""
        return self._given(self.desk.do(number, name, self.person.id, seen, **fields))

    def would_refuse(self, number: str, name: str, /, **fields: Any) -> Refusal | None:
        """Why a command of theirs would be refused now, see `Desk.would_refuse`."""
        return self.desk.would_refuse(number, name, self.person.id, **fields)

    def erase(self, number: str, *names: str, reason: str) -> Done | Refusal:
        """Erase words of a closed case, see `Desk.erase`."""
        return self._given(self.desk.erase(number, self.person.id, *names, reason=reason))

    def _given(self, done: Done | Refusal) -> Done | Refusal:
        match done:
            case Refusal():
                return done
            case _:
                told = [each for each in done.events if each.case == done.case.number or self.known(each.case)]
                theirs = may_know_of(done.case, self.person)
                case = self._shown(done.case) if theirs else masked_own(done.case, self.person.id)
                return replaced(done, case=case, events=tuple(masked_event(each) for each in told))

    def _seen(self, cases: Iterable[Case]) -> Iterator[Case]:
        return (self._shown(case) for case in cases if may_know_of(case, self.person))

    def _shown(self, case: Case) -> Case:
        """The case masked; of an open one that has not changed, what was made before."""
        if not case.open:
            self._masked.pop(case.number, None)
            return masked_case(case)
        known = self._masked.get(case.number)
        if known is None or known[0] is not case:
            known = self._masked[case.number] = case, masked_case(case)
        return known[1]

    def _not_drafts(self) -> tuple[Script, ...]:
        scripts = self.desk.handbook.scripts
        return scripts if self.person.has(*MAY_READ) else tuple(each for each in scripts if each.approved_by)

    def _record(self, what: str, which: str, why: str = "") -> None:
        self.desk.store.record(Look(self._now, self.person.id, what, which, why))

    @property
    def _now(self) -> datetime:
        return self.desk.clock()
