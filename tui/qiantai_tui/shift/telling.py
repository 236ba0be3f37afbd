"""A hand-over in words: the sections of its summary, a line a case, for the screen, the command line and paper."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from attrs import frozen

from qiantai import ZONE, Case, Handbook, label
from qiantai.projections.queue import queue_line
from qiantai.seat import Seat
from qiantai.shift.book import HandOver, Stage
from qiantai.shift.summary import Summary, waits_on
from qiantai.words import Bilingual, Role, entry, listed

SECTIONS = {
    "open": Bilingual("在办,由交班人跟进", "Open, followed up by the giver"),
    "overdue": Bilingual("超时", "Overdue"),
    "promised": Bilingual("已答应业户", "Promised to residents"),
    "waiting": Bilingual("在等别人", "Waiting on others"),
    "call_backs": Bilingual("前台欠的回访", "Call-backs that the desk owes"),
    "incidents": Bilingual("处置中的突发事件", "Incidents under way"),
    "offered": Bilingual("已移交,还没有接", "Offered, not yet accepted"),
    "asked": Bilingual("别人移交来,还没有接", "Offered to the giver, not yet accepted"),
    "scripts": Bilingual("口径有变", "Agreed answers that change"),
    "taken_in": Bilingual("本班受理", "Taken in"),
    "closed": Bilingual("本班办结", "Closed"),
}
"""The parts of a summary by their names, in the order in which the next one needs them."""
COUNTED = {
    "taken_in": Bilingual("受理", "taken in"),
    "closed": Bilingual("办结", "closed"),
    "open": Bilingual("在办", "open"),
    "overdue": Bilingual("超时", "overdue"),
    "promised": Bilingual("已答应", "promised"),
    "waiting": Bilingual("在等", "waiting"),
    "call_backs": Bilingual("待回访", "call-backs"),
    "incidents": Bilingual("突发事件", "incidents"),
    "offered": Bilingual("已移交", "offered"),
    "asked": Bilingual("待接", "to accept"),
    "scripts": Bilingual("口径有变", "answers changed"),
}
"""The same, each in the word that a count of it stands after."""
STAGES = {
    Stage.DRAWN_UP: Bilingual("等交班人签", "awaits the giver"),
    Stage.SIGNED_OFF: Bilingual("等接班人签", "awaits the receiver"),
    Stage.TAKEN_OVER: Bilingual("两人已签", "signed by both"),
    Stage.LEFT_OPEN: Bilingual("无人接班,等下一个人看", "nobody took over, to be read"),
    Stage.READ_OVER: Bilingual("无人接班,已看", "nobody took over, read"),
    Stage.DROPPED: Bilingual("已撤回", "taken back"),
}
_UNSEEN = Bilingual("不归您经手", "neither received nor handled by you")
_DUE = Bilingual("{duty} {at}", "{duty} {at}")
_LATE = Bilingual("{duty} {at} 已超时", "{duty} {at}, overdue")
_PROMISED = Bilingual("答应 {at}", "promised by {at}")
_WAITS = Bilingual("在等 {who}", "waits on {who}")
_OFFERED = Bilingual("移交给 {who}", "offered to {who}")
_UNTIL = Bilingual(",到 {day}", ", until {day}")
CaseOf = Callable[[str], Case | None]
"""What gives a case by its number, None where it is not to be seen."""
_SCRIPT = Bilingual("{topic} v{version},{first} 起{until}", "{topic} v{version}, from {first}{until}")


@frozen
class Told:
    """One line: the number it is about, what is said of it, and the tone of what presses."""

    number: str
    words: Bilingual
    tone: str = ""


@frozen
class Section:
    """One part of a summary that has anything, by its name among `SECTIONS`."""

    name: str
    lines: tuple[Told, ...]


def counts(summary: Summary) -> Iterator[tuple[Bilingual, int]]:
    """How many there are of each, none too."""
    yield from ((words, len(getattr(summary, part))) for part, words in COUNTED.items())


def sections(summary: Summary, seat: Seat, case_of: CaseOf | None = None, *, whole: bool = False) -> Iterator[Section]:
    """The parts that have anything, as whoever sits there may see it; `case_of` has it looked up elsewhere.

    `whole` says of what is open how it stands, see `standing`.
    """
    look, handbook = case_of or seat.known, seat.handbook
    making: dict[str, Callable[[Case], Bilingual]] = {
        "overdue": lambda case: _late(case, summary.until),
        "promised": lambda case: _PROMISED.format(at=clock(summary.promised[case.number])),
        "waiting": lambda case: _WAITS.format(who=names(summary.waiting[case.number], handbook)),
        "offered": lambda case: _OFFERED.format(who=name(summary.offered[case.number], handbook)),
    }
    if whole:
        making["open"] = lambda case: standing(case, summary.until, handbook)
    for part in SECTIONS:
        given: Iterable[str] = getattr(summary, part)
        if part == "scripts":
            told = tuple(_script(each, handbook) for each in given)
        else:
            told = tuple(_told(number, look(number), summary, making.get(part, about)) for number in given)
        if told:
            yield Section(part, told)


def _told(number: str, case: Case | None, summary: Summary, words: Callable[[Case], Bilingual]) -> Told:
    if case is None:
        return Told(number, _UNSEEN)
    return Told(number, words(case), "overdue" if number in summary.overdue else "")


def about(case: Case) -> Bilingual:
    """A case in one line: kind, state, place and what it is about."""
    where = case.text("place") or case.household
    kind, state = _short("kinds", case.kind), _short("states", case.state)
    said = " ".join(each for each in (where, case.text("summary")) if each)
    return Bilingual(f"{kind.zh} {state.zh} {said}", f"{kind.en} {state.en} {said}")


def standing(case: Case, at: datetime, handbook: Handbook) -> Bilingual:
    """The same, with what is due next, what was promised, on whom it waits, and to whom it is offered."""
    parts = [about(case)]
    duty = queue_line(case).duty
    if duty is not None:
        words = _LATE if duty.due < at else _DUE
        parts.append(words.format(duty=_duty(duty.name), at=clock(duty.due)))
    if (by := case.promised_by) is not None:
        parts.append(_PROMISED.format(at=clock(by)))
    if on := waits_on(case):
        parts.append(_WAITS.format(who=names(on, handbook)))
    if case.offered_to:
        parts.append(_OFFERED.format(who=name(case.offered_to, handbook)))
    return Bilingual(" · ".join(each.zh for each in parts), " · ".join(each.en for each in parts))


def _late(case: Case, at: datetime) -> Bilingual:
    late = [each for each in case.owed if each.due < at]
    return (
        listed(tuple(_DUE.format(duty=_duty(each.name), at=clock(each.due)) for each in late)) if late else about(case)
    )


def _script(id: str, handbook: Handbook) -> Told:
    found = next((each for each in handbook.scripts if each.id == id), None)
    if found is None:
        return Told(id, Bilingual(id, id))
    until = _UNTIL.format(day=found.valid_until) if found.valid_until else Bilingual("", "")
    return Told(id, _SCRIPT.format(topic=found.topic, version=found.version, first=found.valid_from, until=until))


def _short(group: str, word: str) -> Bilingual:
    return Bilingual(entry(group, word).get("short", label(group, word).zh), label(group, word).en)


def _duty(duty: str) -> Bilingual:
    return label("duties" if entry("duties", duty) else "commands", duty)


def clock(at: datetime) -> str:
    """A time in the site's zone, with its day."""
    return f"{at.astimezone(ZONE):%m-%d %H:%M}"


def name(person: str, handbook: Handbook) -> str:
    """How somebody of the staff is called; the id of one who has left."""
    found = handbook.people.get(person)
    return found.name if found else person


def names(several: Iterable[str], handbook: Handbook) -> Bilingual:
    """People and roles as one phrase."""
    roles = {str(each) for each in Role}
    every = (label("roles", each) if each in roles else Bilingual(*[name(each, handbook)] * 2) for each in several)
    return listed(tuple(every))


def period(given: HandOver | Summary, until: datetime) -> str:
    """From when to when a shift was."""
    return f"{clock(given.since)} – {clock(until)}"
