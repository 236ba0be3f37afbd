"""What each case counts for in the figures: an item a case and target, with the verdict on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from attrs import evolve, frozen

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.handbook import Handbook
from qiantai.periods import local
from qiantai.projections.sample import Answer, Call, calls
from qiantai.standing import area_of
from qiantai.words import Channel, Status

MOST_RINGS = 3
SOON = timedelta(hours=1)


class Verdict(StrEnum):
    """What a case is for a target: it meets or misses it, is still due, or due within the hour; or plainly counts.

    `besides` are those that a share is of and that do not count for it.
    """

    MISSES = "misses"
    SOON = "soon"
    DUE = "due"
    MEETS = "meets"
    COUNTED = "counted"
    BESIDES = "besides"


@frozen
class Item:
    """One case as it counts for one target; `number` is empty where the case is not the reader's to see.

    `due` is when it was or is due, and `provisional` says that no notice covers that year yet [C-203].
    """

    target: str
    number: str
    kind: str
    area: str
    received: datetime
    verdict: Verdict
    due: datetime | None = None
    provisional: bool = False

    @property
    def day(self) -> int:
        """The day of the month on which it was received."""
        return local(self.received).day


_WORST = (Verdict.MEETS, Verdict.DUE, Verdict.SOON, Verdict.MISSES)


def reckoned(cases: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[Item, ...]:
    """What these cases, those received in one month, count for at that time [R-4a, R-4b, R-4d, P-2.6b].

    What was entered by mistake counts for nothing, and so does what came in later than `at`.
    """
    there = [case for case in cases if case.matter and case.received <= at and not case.holds("mistaken")]
    items = [item for case in there for item in _items(case, at, handbook)]
    return (*items, *_customers(there, handbook))


def todays(open_cases: Iterable[Case], received: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[Item, ...]:
    """What today counts, of what is open and of what was received today."""
    items = [_item("taken_in", case, handbook, Verdict.COUNTED) for case in received if _counts(case)]
    for case in open_cases:
        if _counts(case):
            items += [_item(name, case, handbook, Verdict.COUNTED) for name in _todays(case, at)]
    return tuple(items)


def unnumbered(items: Iterable[Item], seen: frozenset[str]) -> tuple[Item, ...]:
    """The items with no number but those of the cases that may be seen."""
    return tuple(each if each.number in seen else evolve(each, number="") for each in items)


def _counts(case: Case) -> bool:
    return case.matter and not case.holds("mistaken")


def _todays(case: Case, at: datetime) -> Iterator[str]:
    yield "open"
    if any(each.status(at) is Status.OVERDUE for each in case.duties):
        yield "overdue"
    if case.promised_by is not None and local(case.promised_by).date() == local(at).date():
        yield "promised"
    if case.state == "waiting":
        yield "waiting"


def _item(target: str, case: Case, handbook: Handbook, verdict: Verdict, duty: Duty | None = None) -> Item:
    due, provisional = (duty.due, duty.provisional) if duty else (None, False)
    return Item(target, case.number, case.kind, area_of(case, handbook), case.received, verdict, due, provisional)


def _items(case: Case, at: datetime, handbook: Handbook) -> Iterator[Item]:
    worst: dict[str, tuple[Verdict, Duty]] = {}
    for duty in case.duties:
        verdict = _verdict(duty, at)
        if verdict and (duty.name not in worst or _rank(verdict) >= _rank(worst[duty.name][0])):
            worst[duty.name] = verdict, duty
    for name, (verdict, duty) in worst.items():
        target = "feedback_in_time" if (case.kind, name) == ("complaint", "feedback") else f"{case.kind}.{name}"
        yield _item(target, case, handbook, verdict, duty)
    if worst:
        verdict, duty = max(worst.values(), key=lambda each: _rank(each[0]))
        yield _item("timeliness", case, handbook, verdict, duty)
    if (satisfied := _satisfied(case, handbook)) is not None:
        yield _item("satisfaction", case, handbook, _met(satisfied))
    rings = case.facts.get("rings")
    if case.text("channel") == Channel.PHONE and isinstance(rings, int):
        yield _item("rings", case, handbook, _met(rings <= MOST_RINGS))
    if not case.text("merged_into"):
        counts = Verdict.COUNTED if case.kind == "complaint" else Verdict.BESIDES
        yield _item("complaint_rate", case, handbook, counts)
        yield _item("complaints_fewer", case, handbook, counts)


def _verdict(duty: Duty, at: datetime) -> Verdict | None:
    match duty.status(at):
        case Status.MET:
            return Verdict.MEETS
        case Status.LATE | Status.OVERDUE:
            return Verdict.MISSES
        case Status.OPEN:
            return Verdict.SOON if duty.due - at <= SOON else Verdict.DUE
        case _:
            return None


_rank = _WORST.index


def _met(met: bool) -> Verdict:
    return Verdict.MEETS if met else Verdict.MISSES


def _satisfied(case: Case, handbook: Handbook) -> bool | None:
    """The last word on whether the resident was satisfied; None where nobody was asked, or reached."""
    said = [
        (event.at, event.fields["satisfied"] is True)
        for event in case.live
        if "satisfied" in event.fields and event.fields.get("reached") is not False
    ]
    said += [(each.at, each.answer is Answer.SATISFIED) for each in _sampled(case, handbook)]
    return max(enumerate(said), key=lambda each: (each[1][0], each[0]))[1][1] if said else None


def _sampled(case: Case, handbook: Handbook) -> Iterator[Call]:
    """The calls of the monthly sample that reached the resident [R-4d]."""
    return (each for each in calls(case, handbook) if each.answer is not Answer.UNREACHED)


def _customers(cases: Iterable[Case], handbook: Handbook) -> Iterator[Item]:
    """An item a customer: the first case on which they were reached by a call-back, else their latest one."""
    best: dict[str, tuple[bool, Case]] = {}
    for case in cases:
        if case.holds("anonymous"):
            continue
        customer, reached = case.household or case.number, _reached(case, handbook)
        if customer not in best or not best[customer][0]:
            best[customer] = reached, case
    for reached, case in best.values():
        yield _item("called_back", case, handbook, _met(reached))


def _reached(case: Case, handbook: Handbook) -> bool:
    desks = (event for event in case.live if event.name == "call_back" and event.fields.get("reached") is not False)
    return any(True for _ in desks) or any(True for _ in _sampled(case, handbook))
