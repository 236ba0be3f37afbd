"""A case as the command line shows it: as data and as lines, with telephone numbers masked unless it is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from attrs import frozen

from qiantai.case import Case
from qiantai.chain import erased_names
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.plainly import still
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.queue import Line, queue_line
from qiantai.shown import duty_shown, event_shown
from qiantai.words import RECEIVED, Bilingual, entry, label, listed

from .answers import local
from .speech import Speech

_LEFT_OUT = frozenset({"kind", "summary", "household", "name", "phone", "email", "important", "form"})


@frozen
class Viewed:
    """A case at a time under a handbook; `full` is for the open case at hand, whose telephone numbers are shown."""

    case: Case
    at: datetime
    handbook: Handbook
    full: bool = False

    @property
    def line(self) -> Line:
        """The case with its next duty."""
        return queue_line(self.case)

    @property
    def phone(self) -> str:
        """The number that is known, masked unless the case is at hand."""
        return self._known("phone") if self.full else mask_phone(self._known("phone"))

    @property
    def name(self) -> str:
        """The resident's name, likewise."""
        name = self._known("name")
        return name if self.full or not name else mask_name(name)

    def hidden(self, name: str, value: Any) -> Any:
        """A value as it may be shown: numbers within the words masked too."""
        if self.full or not isinstance(value, str):
            return value
        return mask_phone(value) if name == "phone" else mask_words(value)

    def person(self, id: str) -> str:
        """A member of staff by name, the id where nobody has it."""
        found = self.handbook.people.get(id)
        return found.name if found else id

    def _known(self, name: str) -> str:
        household = self.handbook.households.get(self.case.household)
        known: str = self.case.text(name) or (getattr(household, name) if household else "")
        return known


def brief(view: Viewed) -> dict[str, Any]:
    """A line of the list: what it is, whose, how it stands, and the next duty with its due time."""
    case, duty = view.case, view.line.duty
    left = view.line.left(view.at)
    return {
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "emergency": case.holds("emergency"),
        "received": case.received,
        "household": case.household,
        "name": view.name,
        "phone": view.phone,
        "place": view.hidden("place", case.text("place")),
        "summary": view.hidden("summary", case.text("summary")),
        "owner": case.owner,
        "handler": case.handlers,
        "next": duty_shown(duty, view.at) if duty else None,
        "left_seconds": int(left.total_seconds()) if left is not None else None,
    }


def whole(view: Viewed) -> dict[str, Any]:
    """All of a case, in the names that the scenarios' JSON has, and its facts."""
    case = view.case
    return {
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "since": case.since,
        "received": case.received,
        "first_contact": case.first_contact,
        "owner": case.owner,
        "stand_in": case.stand_in,
        "offered_to": case.offered_to,
        "handler": case.handlers,
        "workers": case.workers,
        "household": case.household,
        "households": case.households,
        "incident": case.incident,
        "cases": case.linked,
        "joint": case.joint,
        "name": view.name,
        "phone": view.phone,
        "facts": {name: view.hidden(name, each) if name != "name" else view.name for name, each in case.facts.items()},
        "filed": case.filed,
        "duties": [duty_shown(each, view.at) for each in case.duties],
        "events": [event_out(each, view) for each in case.history],
    }


def event_out(event: Event, view: Viewed) -> dict[str, Any]:
    """An event, with what may be shown of its fields."""
    struck = event.seq in view.case.struck
    return event_shown(event, struck=struck, hidden=lambda name, value: _named(name, value, view))


def _named(name: str, value: Any, view: Viewed) -> Any:
    return view.name if name == "name" and not view.full else view.hidden(name, value)


def told(view: Viewed, say: Speech) -> Iterator[str]:
    """The case as lines for a person."""
    case, words = view.case, say.language
    state = "".join((label("states", case.state)[words], say("(超时)", " (overdue)") if _overdue(view) else ""))
    urgent = f"  {label('fields', 'emergency')[words]}" if case.holds("emergency") else ""
    yield f"{case.number}  {label('kinds', case.kind)[words]}  {state}{urgent}"
    yield from _pairs(facts_of(view, say))
    if case.duties:
        yield f"{say('时限', 'Duties')}:"
        yield from (f"  {each}" for each in duty_lines(view, say))
    yield f"{say('经过', 'History')}:"
    yield from (f"  {each}" for each in history_lines(view, say))


def _overdue(view: Viewed) -> bool:
    left = view.line.left(view.at)
    return left is not None and left.total_seconds() < 0


def facts_of(view: Viewed, say: Speech) -> Iterator[tuple[str, str]]:
    """What is known of the case, label and text, some texts empty; who answers for it, where it is filed."""
    case, words = view.case, say.language
    field = {name: label("fields", name)[words] for name in ("household", "name", "phone", "summary")}
    yield field["household"], case.household
    yield field["name"], view.name
    yield field["phone"], view.phone
    yield field["summary"], view.hidden("summary", case.text("summary"))
    for name, value in case.facts.items():
        if name not in _LEFT_OUT and value not in ("", False):
            yield fact_label(name)[words], shown(name, view.hidden(name, value), say)
    yield label("words", "first_contact")[words], view.person(case.first_contact)
    yield label("words", "owner")[words], view.person(case.owner)
    yield label("words", "stand_in")[words], view.person(case.stand_in) if case.stand_in else ""
    yield label("words", "handler")[words], listed(tuple(label("roles", each) for each in case.handlers))[words]
    yield label("words", "filed")[words], listed(tuple(label("words", each) for each in case.filed))[words]


def _pairs(pairs: Iterator[tuple[str, str]]) -> Iterator[str]:
    return (f"{name}  {still(value)}" for name, value in pairs if value)


def duty_lines(view: Viewed, say: Speech) -> Iterator[str]:
    """Its duties, a line each."""
    words = say.language
    for each in view.case.duties:
        name, status = duty_label(each.name)[words], label("statuses", each.status(view.at))[words]
        provisional = f" {label('words', 'provisional')[words]}" if each.provisional else ""
        done = f"  {local(each.discharged)} {view.person(each.by)}".rstrip() if each.discharged else ""
        yield f"{name}  {status}  {say('到期', 'due')} {local(each.due)}{provisional}  [{each.clause}]{done}"


def history_lines(view: Viewed, say: Speech) -> Iterator[str]:
    """What happened, a line an event."""
    for event in view.case.history:
        words = (
            field_text(name, value, view, say)
            for name, value in event.fields.items()
            if name != "kind" and value not in ("", False, ())
        )
        struck = say("(已撤销)", " (taken back)") if event.seq in view.case.struck else ""
        yield still(f"{event_head(event, view, say)}{struck}  {'  '.join(words)}".rstrip())


def event_head(event: Event, view: Viewed, say: Speech) -> str:
    """When, who and what."""
    return f"{local(event.at)}  {view.person(event.by)}  {label('commands', event.name)[say.language]}"


def field_text(name: str, value: Any, view: Viewed, say: Speech) -> str:
    """A field with its label, as it may be shown."""
    return f"{label('fields', name)[say.language]}:{shown(name, _named(name, value, view), say)}"


def state_of(case: Case, say: Speech) -> str:
    """Its state for a narrow column."""
    name = case.state
    if name == RECEIVED and case.kind in ("enquiry", "challenge"):
        return say("待答", label("states", name).en)
    return say(entry("states", name).get("short") or label("states", name).zh, label("states", name).en)


def duty_label(name: str) -> Bilingual:
    """The label of a duty."""
    return label("duties", name)


def fact_label(name: str) -> Bilingual:
    """The label of a fact: of the field that it was said in, or its own."""
    return label("fields", name)


def shown(name: str, value: Any, say: Speech) -> str:
    """A value in words: yes and no, times by the site's clock, names of the vocabulary by their labels."""
    match value:
        case bool():
            return say("是", "yes") if value else say("否", "no")
        case datetime():
            return local(value)
        case tuple():
            values = erased_names(value) if name == "erased" else value
            return say("、", ", ").join(shown(name, each, say) for each in values)
        case str():
            for group in _GROUPS.get(name, ("values",)):
                if entry(group, value):
                    return label(group, value)[say.language]
            return value
        case _:
            return str(value)


_GROUPS: Mapping[str, tuple[str, ...]] = {
    "channel": ("channels",),
    "reply_channel": ("channels",),
    "call_back_channel": ("channels",),
    "to": ("roles",),
    "also": ("roles",),
    "lead": ("roles",),
    "told": ("roles",),
    "field": ("fields",),
    "erased": ("fields",),
}
