"""The facts of a case as lines of a page: whose it is, who works on it, what was said of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import frozen

from qiantai import Case, Handbook, label
from qiantai.commands import Field, Type
from qiantai.privacy import mask_words
from qiantai.words import NOTHING, Bilingual, Role, entry

from ..text.facts import channel, escalation, joined, moment, near, resident, value
from ..text.showing import NOT_KNOWN, room, staff
from ..text.words import language, say
from .items import Item, Line, beside, label_width, labelled

NO_HOUSEHOLD = Bilingual("未归户", "no household yet")
ANONYMOUS = Bilingual("匿名", "anonymous")
REVEAL = Bilingual("^R 显示", "^R")
OFFERED = Bilingual("已提请 {name} 接手", "offered to {name}")
WORKED = Bilingual("经手 {names}", "worked on by {names}")
SINCE = Bilingual("{state},{at} 起", "{state}, since {at}")
RECEIVED = Bilingual("受理时间", "Received")
STATE = Bilingual("状态", "State")
MARKS = Bilingual("标记", "Marks")
_MARKS = ("emergency", "major", "important", "sensitive", "dispute", "anonymous", "withdrawn", "mistaken")
_NAMED = {"withdrawn": label("commands", "withdraw")}
_SHOWN = frozenset(
    {"topic", "household", "name", "phone", "email", "channel", "occurred_at", "promised", "joint", *_MARKS}
)
_LONG = ("summary", "place", "demand")
_TWO_COLUMNS = 70


@frozen
class Known:
    """One fact: its label, its text, and the style it is shown in."""

    label: Bilingual
    text: str
    part: str = ""


def matter_items(case: Case, handbook: Handbook, now: datetime, width: int, *, full: bool = False) -> list[Item]:
    """The facts of the case in one column or two; numbers and names masked unless `full` [M-3.4c]."""
    return known_items(_short(case, handbook, now, full=full), _long(case, handbook, now, full=full), width)


def known_items(short: Sequence[Known], long: Sequence[Known], width: int) -> list[Item]:
    """Facts as lines: the short ones in two columns where there is room, then the long ones; no empty ones."""
    short, long = [each for each in short if each.text], [each for each in long if each.text]
    names = label_width(say(each.label) for each in (*short, *long))
    found = _columns(short, width, names) if width >= _TWO_COLUMNS else [_single(each, width, names) for each in short]
    return found + [_single(each, width, names) for each in long]


def _single(each: Known, width: int, names: int) -> Item:
    return Item(labelled(say(each.label), each.text, width, name_width=names, part=each.part))


def _columns(facts: Sequence[Known], width: int, names: int) -> list[Item]:
    half = (width - 2) // 2
    found: list[Item] = []
    for place in range(0, len(facts), 2):
        columns: list[tuple[Line, ...]] = [
            labelled(say(each.label), each.text, half, name_width=names, part=each.part)
            for each in facts[place : place + 2]
        ]
        found.append(Item(beside(columns[0], columns[1], half) if len(columns) > 1 else columns[0]))
    return found


def _short(case: Case, handbook: Handbook, now: datetime, *, full: bool) -> list[Known]:
    who = resident(case, handbook).shown(full=full)
    household = room(case.household) if case.household else say(NO_HOUSEHOLD)
    anonymous = case.holds("anonymous")
    name = say(ANONYMOUS) if anonymous and not who.name else who.name or say(NOT_KNOWN)
    hint = f"  {say(REVEAL)}" if who.phone and not full and case.open else ""
    owner = staff(case.owner, handbook)
    if case.offered_to:
        owner += f" ({say(OFFERED.format(name=staff(case.offered_to, handbook)))})"
    return [
        Known(_field("household"), household),
        Known(_field("name"), name),
        Known(_field("phone"), (who.phone or say(NOT_KNOWN)) + hint),
        Known(_field("channel"), channel(case.text("channel"))),
        Known(STATE, say(SINCE.format(state=label("states", case.state), at=near(case.since, now)))),
        Known(RECEIVED, moment(case.received, now)),
        Known(_word("owner"), owner),
        Known(_word("first_contact"), staff(case.first_contact, handbook)),
        Known(_field("stand_in"), staff(case.stand_in, handbook)),
        Known(_word("handler"), _handlers(case, handbook)),
        Known(_field("occurred_at"), _time(case, "occurred_at", now)),
        Known(_field("promised"), _time(case, "promised", now)),
        Known(_field("joint"), str(case.joint) if case.joint > 1 else ""),
        Known(_field("email"), who.email),
        Known(MARKS, joined(say(_NAMED.get(each, _field(each))) for each in _MARKS if case.holds(each)), "urgent"),
        Known(label("commands", "escalate"), escalation(case, handbook, now), "urgent"),
        Known(_word("filed"), joined(say(_word(each)) for each in case.filed)),
    ]


def _long(case: Case, handbook: Handbook, now: datetime, *, full: bool) -> list[Known]:
    found = [Known(_field(each), case.text(each) if full else mask_words(case.text(each))) for each in _LONG]
    for name, given in case.facts.items():
        if name not in _SHOWN and name not in _LONG and given not in ("", ()):
            names = (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ()
            roles = bool(names) and set(names) <= set(Role)
            field = Field(name, Type.ROLES) if roles else _fact(case, name, handbook)
            shown = value(field, given, handbook, now, full=full, out=name != "channel")
            found.append(Known(_field(name), shown))
    return found


def _fact(case: Case, name: str, handbook: Handbook) -> Field:
    """The field that a fact was given in: a step may keep it under another name."""
    request = handbook.request(case.kind)
    for step in request.steps if request else ():
        given = next((field for field, fact in step.keeps.items() if fact == name), "")
        if found := next((each for each in step.fields if each.name == given), None):
            return found
    found = next((fields[name] for fields in (request.fields if request else {}).values() if name in fields), None)
    return found or Field(name)


def _handlers(case: Case, handbook: Handbook) -> str:
    roles = joined(say(label("roles", each)) for each in case.handlers)
    people = joined(staff(each, handbook) for each in case.workers)
    worked = say(WORKED.format(names=people)) if people else ""
    return (", " if language() == "en" else ",").join(each for each in (roles, worked) if each)


def _time(case: Case, name: str, now: datetime) -> str:
    given = case.facts.get(name)
    return moment(given, now) if isinstance(given, datetime) else ""


def _field(name: str) -> Bilingual:
    return label("fields", name) if entry("fields", name) else label("words", name)


def _word(name: str) -> Bilingual:
    return label("words", name) or NOTHING
