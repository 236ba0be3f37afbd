"""Who may see what [M-3.4c]: cases, dossiers, the roll, the register, the figures, the record of looks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import Command
from qiantai.people import Person
from qiantai.refusals import Refusal
from qiantai.words import NOTHING, Bilingual, Role, label, listed

SEE_ALL = ("desk", "supervisor", "area_manager", "cs_head", "centre_head", "admin")
SEE_THEIRS = ("engineering", "security", "monitor", "cleaning", "staff")
OPEN_TO: Mapping[str, tuple[str, ...]] = {
    "cases": SEE_ALL,
    "dossier": SEE_ALL,
    "roll": SEE_ALL,
    "register": SEE_ALL,
    "figures": (*SEE_ALL, Role.HQ),
    "looks": ("supervisor", "cs_head", "centre_head", "admin"),
}
"""The roles that what is kept, as a whole, may be seen by and taken away by; who looked is for those who answer."""
LOOK, REVEAL, TAKE_AWAY = "look", "reveal", "take_away"
"""What a refused look is called, of which the number in full and an export are kinds."""
_PRIVACY = Clause("M-3.4c")
_NOT_THEIRS = Bilingual("不归此人经手", "they neither received nor handle it")
_ASK_WHO_SEES = Bilingual("请前台或主管查看", "ask the desk or a supervisor")
_CLOSED = Bilingual("已办结的事项不显示全号", "a closed case does not show numbers in full")
_OPEN_ONE = Bilingual("到在办的事项里看", "look on an open one")


def may_see(case: Case, person: Person) -> bool:
    """Whether the person may see the case [M-3.4c]."""
    if person.has(*SEE_ALL):
        return True
    if person.has(*SEE_THEIRS) and (
        person.id in (case.first_contact, case.owner, *case.workers) or person.has(*case.handlers)
    ):
        return True
    return person.has(Role.HQ) and case.duty("report_up") is not None


def may_know_of(case: Case, person: Person) -> bool:
    """Whether the person may see the case; or the incident, which is nobody's matter, for all who work with cases."""
    return may_see(case, person) or (not case.matter and person.has(*SEE_ALL, *SEE_THEIRS, Role.HQ))


def may_have(what: str, person: Person) -> bool:
    """Whether what is kept under this name of `OPEN_TO` is the person's to see as a whole [M-3.4c]."""
    return person.has(*OPEN_TO[what])


def unseen(number: str, person: Person, at: datetime, command: str = LOOK) -> Refusal:
    """The refusal of a look at a case that is not the person's to see."""
    return _refused(Command(command, person.id, number), at, "may_not_see", _NOT_THEIRS, _ASK_WHO_SEES)


def closed_to(case: Case, person: Person, at: datetime) -> Refusal:
    """The refusal to show a number in full on a case that is closed."""
    return _refused(Command(REVEAL, person.id, case.number), at, "closed_case", _CLOSED, _OPEN_ONE)


def withheld(what: str, person: Person, at: datetime, command: str = LOOK) -> Refusal:
    """The refusal of what is not the person's to see as a whole, with the roles that may."""
    name = label("words", what)
    why = Bilingual(f"{name.zh}不归此人查看", f"not theirs to see: {name.en}")
    may = listed(tuple(label("roles", each) for each in OPEN_TO[what]))
    return _refused(Command(command, person.id, ""), at, "may_not_see", why, Bilingual(f"请{may.zh}", f"ask: {may.en}"))


def _refused(command: Command, at: datetime, rule: str, why: Bilingual, would_do: Bilingual = NOTHING) -> Refusal:
    return Refusal(command, at, rule, _PRIVACY, why, would_do)
