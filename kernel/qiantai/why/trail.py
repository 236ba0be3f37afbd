"""The steps that a case has taken and keeps: each event with the row of the life cycle that gave it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import frozen

from qiantai.case import Case, evolve
from qiantai.commands import Command
from qiantai.events import Began, Change, Entered, Event, Owned
from qiantai.handbook import Handbook
from qiantai.lifecycle import Request, Step
from qiantai.linking import TO_ALL
from qiantai.moment import NO_OTHERS, Moment
from qiantai.people import Person
from qiantai.standing import permitted
from qiantai.why.reasons import Act
from qiantai.words import AWAITING_CALL_BACK, CLOSED, INCIDENT


@frozen
class Taken:
    """One event that stands, with the case as it found it (None: it began it) and the row that it took, if any."""

    event: Event
    before: Case | None
    step: Step | None

    @property
    def act(self) -> Act:
        """The step as reasons name it."""
        event = self.event
        return Act(event.seq, event.name, event.at, event.by, self.step.clause if self.step else None)


def trail(case: Case, handbook: Handbook) -> tuple[Taken, ...]:
    """The steps of a case without what was taken back, the first receipt first."""
    return tuple(_taken(case, handbook))


def latest(taken: Iterable[Taken], *kinds: type[Change]) -> Taken | None:
    """The last of these steps that made a change of one of these kinds."""
    found = [each for each in taken if any(isinstance(change, kinds) for change in each.event.changes)]
    return found[-1] if found else None


def _taken(case: Case, handbook: Handbook) -> Iterator[Taken]:
    request, before = handbook.request(case.kind), None
    for event in case.live:
        yield Taken(event, before, row_of(before, event, request, handbook) if request else None)
        before = evolve(before, event)


def row_of(before: Case | None, event: Event, request: Request, handbook: Handbook) -> Step | None:
    """The row that an event took on the case `before` it (None: it began it); None where none did, as of a recount.

    Of those for its state and command it is the first that leads and says as the event does.
    """
    state = before.state if before else ""
    if event.name in TO_ALL and INCIDENT in event.fields:
        return next((each for each in request.linked if each.command == event.name and state in each.states), None)
    rows = request.row(state, event.name)
    if before is None:
        return next((each for each in rows.steps if each.to == _entered(event)), None)
    by = handbook.people.get(event.by) or Person(event.by, event.by, ())
    likely = [each for each in rows.steps_for(before) if _leads(each, event)]
    moments = [(each, _moment(before, event, each, by, handbook, request)) for each in likely]
    said = [(each, moment) for each, moment in moments if each.when(moment)]
    theirs = (each for each, moment in said if permitted(moment, each))
    return next(theirs, None) or next((each for each, _ in said), None) or next(iter(rows.steps), None)


def _moment(before: Case, event: Event, step: Step, by: Person, handbook: Handbook, request: Request) -> Moment:
    command = Command(event.name, event.by, event.case, event.fields)
    return Moment(before, command, event.at, by, handbook, request, NO_OTHERS, {**step.asked.defaults, **event.fields})


def _leads(step: Step, event: Event) -> bool:
    entered = _entered(event)
    return step.to == entered or (step.to == AWAITING_CALL_BACK and entered == CLOSED)


def _entered(event: Event) -> str:
    for change in event.changes:
        match change:
            case Began(state=state) | Entered(state):
                return state
            case _:
                """Only these say where it leads."""
    return ""


def made_owner(taken: Iterable[Taken]) -> Taken:
    """The step that made the owner answer for the case."""
    found = latest(taken, Began, Owned)
    assert found is not None, "a case begins with its receipt"
    return found
