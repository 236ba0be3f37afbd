"""Whose term has passed: which closed cases the site's terms let go, and what is held back with its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from attrs import frozen

from qiantai.case import Case
from qiantai.clauses import HOUSE, Clause
from qiantai.erasure import spots
from qiantai.periods import local
from qiantai.terms import Retention, Term
from qiantai.words import Bilingual

CONTESTS = ("complaint", "challenge")
"""The kinds in which a resident takes issue: while one is open, what was said to that household before is kept."""


@frozen
class Hold:
    """Why something stays that would go: the rule's name, its clause, one sentence, and its last day where known."""

    rule: str
    clause: Clause
    why: Bilingual
    until: date | None = None


@frozen
class Judged:
    """A case with words in it: the key and the term it goes by, the term's last day, and what holds it back."""

    case: Case
    key: str
    term: Term | None
    ends: date | None
    holds: tuple[Hold, ...] = ()

    def due(self, today: date) -> bool:
        """Whether its words may go today: its term has passed and nothing holds it back."""
        return self.passed(today) and not self.holds

    def passed(self, today: date) -> bool:
        """Whether its term has passed."""
        return self.ends is not None and today > self.ends


def judged(cases: Iterable[Case], open_cases: Iterable[Case], retention: Retention, today: date) -> Iterator[Judged]:
    """How each case with words in it stands under these terms; `open_cases` are all that are open in the store.

    A term runs from the day on which the case was closed. Facts, times and figures have no term: they are no words.
    """
    still = Standing.of(open_cases)
    for case in cases:
        if not spots(case):
            continue
        key = retention.key(case)
        term = retention.terms.get(key)
        ends = None if term is None or case.open else term.end(local(case.since).date())
        holds = still.holds(case) if ends is not None and today > ends else ()
        yield Judged(case, key, term, ends, holds)


def grouped(several: Iterable[Judged], today: date) -> list[tuple[str, int, int, int, int]]:
    """By the key of the term and the year of closing: how many cases with words, how many due, how many held back."""
    counts: Counter[tuple[str, int]] = Counter()
    due: Counter[tuple[str, int]] = Counter()
    held: Counter[tuple[str, int]] = Counter()
    for each in several:
        place = each.key, local(each.case.since).year
        counts[place] += 1
        due[place] += each.due(today)
        held[place] += bool(each.holds)
    return [(*place, counts[place], due[place], held[place]) for place in sorted(counts)]


@frozen
class Standing:
    """What is open in the store, as far as a closed case depends on it."""

    numbers: Mapping[str, Case]
    contested: Mapping[str, Case]

    @classmethod
    def of(cls, cases: Iterable[Case]) -> Standing:
        """The cases by number, and by household those in which it takes issue."""
        known = {case.number: case for case in cases if case.open}
        theirs = {each: case for case in known.values() if case.kind in CONTESTS for each in case.households}
        return cls(known, theirs)

    def holds(self, case: Case) -> tuple[Hold, ...]:
        """What holds back the words of a case whose time has come."""
        contest = self.contested.get(case.household) if case.household else None
        return (*self.bound(case), *(() if contest is None else (_hold("contested", _CONTESTED, contest),)))

    def bound(self, case: Case) -> tuple[Hold, ...]:
        """What holds it back whoever asks: it is open, or what it was linked to or merged into is."""
        if case.open:
            return (still_open(case),)
        named = (("incident_under_way", _INCIDENT, case.incident), ("merged", _MERGED, case.text("merged_into")))
        return tuple(_hold(rule, why, self.numbers[other]) for rule, why, other in named if other in self.numbers)


def still_open(case: Case) -> Hold:
    """That a case is open, with the day its next duty is due."""
    duty = case.owed[0] if case.owed else None
    why = _STILL_OPEN if case.matter else _UNDER_WAY
    return Hold("still_open", duty.clause if duty else HOUSE, why, local(duty.due).date() if duty else None)


def _hold(rule: str, why: Bilingual, other: Case) -> Hold:
    return Hold(rule, HOUSE, why.format(number=other.number))


_STILL_OPEN = Bilingual(
    "还在办,答复和回访还要用到姓名和电话,办结后可抹除",
    "it is open: its reply and call-back need the name and number; once it is closed it can be erased",
)
_UNDER_WAY = Bilingual("事件还在处置,结束后可抹除", "the incident is under way; once it has ended it can be erased")
_INCIDENT = Bilingual("关联的突发事件 {number} 还在处置", "its incident {number} is still under way")
_MERGED = Bilingual("并入的 {number} 还在办", "{number}, which it was merged into, is still open")
_CONTESTED = Bilingual(
    "这一户的 {number} 还在办,以前说过的话可能要用来核对",
    "{number} of this household is open, and may turn on what was said before",
)
