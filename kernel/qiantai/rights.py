"""Who may act on what is kept on residents, and what they have to say for it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from qiantai.clauses import Clause
from qiantai.commands import Command
from qiantai.handbook import Handbook
from qiantai.refusals import Refusal
from qiantai.words import NOTHING, Bilingual, Role, label, listed

PRIVACY = Clause("M-3.4c")
MAY_ANSWER = (Role.SUPERVISOR, Role.CS_HEAD, Role.ADMIN)
"""Who may give a resident a copy, and correct the roll."""
MAY_ERASE = (Role.CS_HEAD, Role.CENTRE_HEAD, Role.ADMIN)


def barred(command: Command, at: datetime, handbook: Handbook, may: Collection[Role]) -> Refusal | None:
    """The refusal where `by` is nobody of the staff or holds none of these roles; None where they may [M-3.4c]."""
    by = handbook.people.get(command.by)
    if by is not None and by.roles & set(may):
        return None
    rule, why = ("not_their_role", _NOT_THEIRS) if by else ("unknown_person", _NOBODY.format(by=command.by))
    return Refusal(command, at, rule, None, why, listed(tuple(label("roles", each) for each in may)))


def without_reason(command: Command, at: datetime, name: str = "reason") -> Refusal | None:
    """The refusal where the field that says why, or for whom, is empty; None where it is not."""
    if str(command.fields.get(name, "")).strip():
        return None
    why = _WHY if name == "reason" else _FOR_WHOM
    return Refusal(command, at, "field_missing", None, why, label("fields", name))


def no(command: Command, at: datetime, rule: str, why: Bilingual, would_do: Bilingual = NOTHING) -> Refusal:
    """A refusal that no clause makes: what was asked is impossible as things stand."""
    return Refusal(command, at, rule, None, why, would_do)


_NOBODY = Bilingual("员工里没有 {by}", "nobody of the staff is {by}")
_NOT_THEIRS = Bilingual("不归这个岗位办", "not for this role to do")
_WHY = Bilingual("没有写明原因", "no reason is given")
_FOR_WHOM = Bilingual("没有写明给谁、怎样核实的身份", "it is not said for whom, and how they were identified")
