"""The monthly sample: the fifth of a month's completed cases that a superior calls back on, drawn by their numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from attrs import evolve, field, frozen

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.events import Event, Tried
from qiantai.handbook import Handbook
from qiantai.people import Person
from qiantai.projections.months import month_of
from qiantai.words import Bilingual, Role

CLAUSE = Clause("R-4d")
ONE_IN = 5
"""The fifth of R-4d; who calls and how it is drawn are the house's own."""
SUPERIORS = (Role.SUPERVISOR, Role.CS_HEAD)
MARK = "抽查回访 / sample call-back"
"""What the note begins with that puts such a call on a case's record, in whatever language the desk speaks."""
_AFTER = ": "


class Answer(StrEnum):
    """What came of a call."""

    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    UNREACHED = "unreached"


ANSWERS = {
    Answer.SATISFIED: Bilingual("满意", "satisfied"),
    Answer.DISSATISFIED: Bilingual("不满意", "not satisfied"),
    Answer.UNREACHED: Bilingual("没联系上", "nobody reached"),
}


@frozen
class Call:
    """A call that a superior put on record: when, by whom, what came of it, and the words beside it."""

    at: datetime
    by: str
    answer: Answer
    words: str


@frozen
class Drawn:
    """A case of the sample, when it was completed, and the calls on record."""

    case: Case
    completed: datetime
    calls: tuple[Call, ...] = ()

    @property
    def done(self) -> bool:
        """Whether somebody was reached."""
        return any(each.answer is not Answer.UNREACHED for each in self.calls)


@frozen
class Sample:
    """A month's sample as of a moment: how many cases were completed, how many of them are a fifth, which are drawn.

    `called` counts the completed cases whose resident was reached by any call-back, the desk's own among them.
    """

    month: str
    completed: int = 0
    called: int = 0
    drawn: tuple[Drawn, ...] = field(default=())
    final: bool = False

    @property
    def needed(self) -> int:
        """A fifth of the completed cases, no less."""
        return _fifth(self.completed)

    @property
    def done(self) -> int:
        """How many of the drawn ones were reached."""
        return sum(each.done for each in self.drawn)


def completed_at(case: Case, handbook: Handbook) -> datetime | None:
    """When a case was completed for good: closed, and the time for taking that back over.

    None for an open one, for what was withdrawn or merged, and for an anonymous one, which has nobody to call.
    """
    if case.open or not case.matter or case.holds("anonymous"):
        return None
    if case.holds("withdrawn") or case.text("merged_into"):
        return None
    return case.since + handbook.policy(case.received).period("undo_within").length


def lot(month: str, number: str) -> float:
    """The lot of a case in a month, from 0 to 1: the first 8 bytes of the SHA-256 of `2026-11 BX-20261123-001`.

    >>> round(lot("2026-11", "BX-20261123-001"), 4)
    0.8704
    """
    return int.from_bytes(sha256(f"{month} {number}".encode()).digest()[:8]) / 2**64


def _fifth(count: int) -> int:
    return -(-count // ONE_IN)


def sample(cases: Iterable[Case], month: str, at: datetime, handbook: Handbook) -> Sample:
    """The sample of a month's completed cases as of `at` [R-4d], in the order in which they were completed.

    Drawn is whatever has a lot below a fifth; once the month is over, where that is less than a fifth of the cases, the
    lowest lots beside. So every case is as likely drawn as any other, nobody chooses, anybody can reckon it again, and
    what is drawn stays so.
    """
    found = {
        case.number: Drawn(case, when, calls(case, handbook))
        for case in cases
        if (when := completed_at(case, handbook)) is not None and when <= at and month_of(when) == month
    }
    over = month_of(at) > month
    lots = sorted((lot(month, number), number) for number in found)
    below = sum(each < 1 / ONE_IN for each, _ in lots)
    count = max(below, _fifth(len(lots))) if over else below
    drawn = sorted((found[number] for _, number in lots[:count]), key=lambda each: (each.completed, each.case.number))
    called = sum(_called(each) for each in found.values())
    return Sample(month, len(found), called, tuple(drawn), over)


def _called(each: Drawn) -> bool:
    reached = (event for event in each.case.live if event.name == "call_back")
    return each.done or any(not any(isinstance(change, Tried) for change in event.changes) for event in reached)


def shown(found: Sample, masked: Callable[[Case], Case], handbook: Handbook) -> Sample:
    """The same with the drawn cases as they may be shown, and their calls as these then tell them."""
    drawn = (evolve(each, case=masked(each.case)) for each in found.drawn)
    return evolve(found, drawn=tuple(evolve(each, calls=calls(each.case, handbook)) for each in drawn))


def calls(case: Case, handbook: Handbook) -> tuple[Call, ...]:
    """The sample calls on a closed case's record, the first one first, of superiors who had no hand in it."""
    found = ((event, _read(event)) for event in case.live if event.at >= case.since)
    return tuple(call for event, call in found if call is not None and _counts(case, event.by, handbook))


def _counts(case: Case, by: str, handbook: Handbook) -> bool:
    person = handbook.people.get(by)  # None for one who has left since
    return not had_a_hand(case, by) and (person is None or person.has(*SUPERIORS))


def had_a_hand(case: Case, person: str) -> bool:
    """Whether the person did the work, made its call-back, or is whom it is about [H-4.5.1, M-4.1a]."""
    called = (event.by for event in case.live if event.name == "call_back")
    return person in (*case.workers, *called) or case.facts.get("against") == person


def may_sample(case: Case, person: Person) -> bool:
    """Whether a call of this person's counts: a superior's who had no hand in it [house]."""
    return person.has(*SUPERIORS) and not had_a_hand(case, person.id)


def callers(case: Case, handbook: Handbook) -> tuple[Person, ...]:
    """Those of the staff whose call on it would count."""
    return tuple(each for each in handbook.people.values() if may_sample(case, each))


def record(answer: Answer, words: str = "") -> str:
    """The text of the `note` that puts a call on the record of its case; `calls` reads it."""
    told = ANSWERS[answer]
    return f"{MARK}{_AFTER}{told.zh} / {told.en}{_AFTER + words if words else ''}"


def _read(event: Event) -> Call | None:
    text = event.fields.get("text")
    if event.name != "note" or not isinstance(text, str) or not text.startswith(MARK + _AFTER):
        return None
    rest = text.removeprefix(MARK + _AFTER)
    for answer, told in ANSWERS.items():
        said = f"{told.zh} / {told.en}"
        if rest == said or rest.startswith(said + _AFTER):
            return Call(event.at, event.by, answer, rest.removeprefix(said).removeprefix(_AFTER))
    return None
