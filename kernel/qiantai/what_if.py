"""What would differ under another policy, calendar or set of agreed answers; nothing is rewritten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import frozen

from qiantai.again import Again, Stop, play_again
from qiantai.case import Case
from qiantai.decision import offers
from qiantai.duties import Duty
from qiantai.handbook import Handbook
from qiantai.projections.figures import Figure, figures
from qiantai.refusals import Refusal
from qiantai.words import Status


@frozen
class Standing:
    """When a duty that is owed is due, and how it stands."""

    due: datetime
    status: Status
    provisional: bool


@frozen
class DueChange:
    """A duty of an open case that would be due at another time; None on the side on which it is not owed.

    `place` counts the duties of that name in the case, from 1.
    """

    case: str
    kind: str
    duty: str
    place: int
    now: Standing | None
    then: Standing | None


@frozen
class Ruling:
    """A command on record that one handbook refuses, or both do: of which case, which, when, by whom; None: taken.

    Where it is refused the case goes no further, and its later commands are left out.
    """

    case: str
    kind: str
    seq: int
    command: str
    at: datetime
    by: str
    now: Refusal | None
    then: Refusal | None


@frozen
class OfferChange:
    """A command that could be given on an open case at this very time by others than now."""

    case: str
    kind: str
    command: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@frozen
class FigureChange:
    """A row of the figures that would be another."""

    now: Figure
    then: Figure


@frozen
class Difference:
    """Everything that would differ. `refused` and `allowed` are commands on record, `unplayed` those refused by both.

    A case of `unplayed` or `allowed` does not follow from the handbook of today (somebody has left, an answer has run
    out): its figures are taken as they are on record, and its due times are left out.
    """

    dues: tuple[DueChange, ...]
    refused: tuple[Ruling, ...]
    allowed: tuple[Ruling, ...]
    offers: tuple[OfferChange, ...]
    figures: tuple[FigureChange, ...]
    unplayed: tuple[Ruling, ...]

    @property
    def nothing(self) -> bool:
        """Whether all would be as it is."""
        return not (self.dues or self.refused or self.allowed or self.offers or self.figures)


def what_if(cases: Iterable[Case], now: Handbook, then: Handbook, at: datetime) -> Difference:
    """What would differ at `at` in these cases, all that there are, had `then` been the handbook instead of `now`.

    Each case's own commands are given again under both, so that nothing shows but what the change itself makes.
    """
    record = {case.number: case for case in sorted(cases, key=lambda each: (each.received, each.number))}
    before, after = play_again(record.values(), now), play_again(record.values(), then)
    rulings = tuple(_rulings(record, before, after))
    known = {number: case for number, case in record.items() if before[number].stopped is None}
    return Difference(
        dues=tuple(each for case in known.values() if case.open for each in _dues(case, before, after, at)),
        refused=tuple(each for each in rulings if each.now is None),
        allowed=tuple(each for each in rulings if each.then is None),
        offers=tuple(each for case in record.values() if case.open for each in _offers(case, at, now, then)),
        figures=tuple(_figures(record, before, after, at)),
        unplayed=tuple(each for each in rulings if each.now is not None and each.then is not None),
    )


def _rulings(record: Mapping[str, Case], before: Mapping[str, Again], after: Mapping[str, Again]) -> Iterator[Ruling]:
    """The first command of each case that either handbook refuses."""
    for number, case in record.items():
        stops = [each.stopped for each in (before[number], after[number]) if each.stopped is not None]
        if not stops:
            continue
        event = min((each.event for each in stops), key=lambda each: each.seq)
        refused = (_at(each.stopped, event.seq) for each in (before[number], after[number]))
        yield Ruling(number, case.kind, event.seq, event.name, event.at, event.by, *refused)


def _at(stopped: Stop | None, seq: int) -> Refusal | None:
    return stopped.refusal if stopped is not None and stopped.event.seq == seq else None


def _dues(case: Case, before: Mapping[str, Again], after: Mapping[str, Again], at: datetime) -> Iterator[DueChange]:
    now, then = _owed(before[case.number].case, at), _owed(after[case.number].case, at)
    for name, place in dict.fromkeys((*now, *then)):
        was, would_be = now.get((name, place)), then.get((name, place))
        if was != would_be:
            yield DueChange(case.number, case.kind, name, place, was, would_be)


def _owed(case: Case | None, at: datetime) -> dict[tuple[str, int], Standing]:
    """The duties that are owed, each by its name and which of that name it is."""
    found: dict[tuple[str, int], Standing] = {}
    places: Counter[str] = Counter()
    duties: tuple[Duty, ...] = case.duties if case else ()
    for duty in duties:
        places[duty.name] += 1
        if duty.owed:
            found[duty.name, places[duty.name]] = Standing(duty.due, duty.status(at), duty.provisional)
    return found


def _offers(case: Case, at: datetime, now: Handbook, then: Handbook) -> Iterator[OfferChange]:
    gained: dict[str, list[str]] = {}
    lost: dict[str, list[str]] = {}
    for person in now.people:
        had, would_have = set(offers(case, person, at, now)), set(offers(case, person, at, then))
        for found, commands in ((gained, would_have - had), (lost, had - would_have)):
            for command in commands:
                found.setdefault(command, []).append(person)
    for command in sorted({*gained, *lost}):
        yield OfferChange(case.number, case.kind, command, tuple(gained.get(command, ())), tuple(lost.get(command, ())))


def _figures(
    record: Mapping[str, Case], before: Mapping[str, Again], after: Mapping[str, Again], at: datetime
) -> Iterator[FigureChange]:
    def made(played: Mapping[str, Again]) -> Iterator[Case]:
        for number, case in record.items():
            found = played[number].case if before[number].stopped is None else case
            if found is not None:
                yield found

    now, then = figures(made(before), at), figures(made(after), at)
    for row in sorted({*now, *then}):
        was, would_be = now.get(row, Figure(*row)), then.get(row, Figure(*row))
        if was != would_be:
            yield FigureChange(was, would_be)
