"""The lines that reasons are told in: a tree, each line in both languages with its clause and the time it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.hours import local
from qiantai.people import Person
from qiantai.rooms import written
from qiantai.why.reasons import Act
from qiantai.words import Bilingual, label

People = Mapping[str, Person]

_RESTS = Bilingual("依据 {clause}: {text}", "By clause {clause}: {text}")
_HOUSE = Bilingual("本项目规定", "house rule")
_BY_ACT = Bilingual("{command},{by},{at}(经过第{place}步)", "{command} by {by}, {at} (step {place} of its history)")
_CALENDAR = Bilingual("放假安排公布后系统重算", "the system, once the calendar was published")
_RECOUNT = Bilingual("重算到期", "counted anew")


@frozen
class Branch:
    """One line of what is told, and what stands under it; `at` is the time it speaks of, where it is one."""

    text: Bilingual
    clause: Clause | None = None
    at: datetime | None = None
    under: tuple[Branch, ...] = ()


def flat(told: Branch, depth: int = 0) -> Iterator[tuple[int, Branch]]:
    """Every line of what is told with how deep it stands, from the top down."""
    yield depth, told
    for each in told.under:
        yield from flat(each, depth + 1)


def rests_on(clause: Clause) -> Branch:
    """A clause with its text, as a line."""
    return Branch(_RESTS.format(clause=clause_words(clause), text=Bilingual(clause.zh, clause.en)), clause)


def clause_words(clause: Clause) -> Bilingual:
    """A clause as it is cited."""
    return _HOUSE if clause.kind == "house" else Bilingual(clause.id, clause.id)


def act_words(act: Act, people: People) -> Bilingual:
    """A step of the case: what, by whom, when, and where in its history."""
    command = _RECOUNT if act.command == "recount" else label("commands", act.command)
    by = Bilingual(*[named(act.by, people)] * 2) if act.by else _CALENDAR
    return _BY_ACT.format(command=command, by=by, at=clock(act.at), place=act.seq + 1)


def named(person: str, people: People) -> str:
    """Somebody of the staff by name; the id of one who has left."""
    return people[person].name if person in people else person


def clock(at: datetime) -> str:
    """A moment by the site's clock."""
    return f"{local(at):%Y-%m-%d %H:%M}"


def room(household: str) -> Bilingual:
    """A room as it is said at the counter; in English its id."""
    return Bilingual(written(household), household)


def day(on: date) -> Bilingual:
    """A day with its weekday."""
    place = on.weekday()
    return Bilingual(f"{on} 周{'一二三四五六日'[place]}", f"{on} {'MonTueWedThuFriSatSun'[3 * place : 3 * place + 3]}")
