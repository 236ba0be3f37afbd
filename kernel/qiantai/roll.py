"""Correcting the roll: one household's entry with other facts, and the open cases that carry the old ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, fields, frozen

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.handbook import Handbook
from qiantai.people import Household
from qiantai.refusals import Refusal
from qiantai.rights import MAY_ANSWER, barred, no, without_reason
from qiantai.words import Bilingual, label, listed

CORRECTABLE = tuple(each.name for each in fields(Household) if each.name != "id")


@frozen
class Corrected:
    """A household's entry as it was and is, what differs, and the open cases that carry what it was, by number."""

    before: Household
    after: Household
    fields: tuple[str, ...]
    carrying: tuple[str, ...]


def corrected(
    household: str, by: str, reason: str, values: Mapping[str, Any], cases: Iterable[Case], at: datetime,
    handbook: Handbook,
) -> Corrected | Refusal:  # fmt: skip
    """The entry with these values, an empty one for what is not known; or the refusal [M-3.4b, M-3.4c].

    `cases` are the open ones: `correct` on those that carry an old value is for whoever works on them.
    """
    command = Command("correct", by, "", {"household": household, "reason": reason, **values})
    if refused := barred(command, at, handbook, MAY_ANSWER) or without_reason(command, at):
        return refused
    before = handbook.households.get(household)
    if before is None:
        return no(command, at, "not_on_roll", _NOT_ON_ROLL.format(household=household))
    wrong = [name for name, value in values.items() if name not in CORRECTABLE or not _fits(name, value)]
    if wrong:
        return no(command, at, "unknown_field", _UNFIT.format(names=", ".join(wrong)), _FIELDS)
    said: dict[str, Any] = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    different = tuple(name for name in CORRECTABLE if name in said and said[name] != getattr(before, name))
    if not different:
        return no(command, at, "nothing_changes", _SAME)
    old = [text for name in ("name", "phone", "email") if name in different and (text := getattr(before, name))]
    carrying = tuple(case.number for case in cases if case.open and case.household == household and _carries(case, old))
    return Corrected(before, evolve(before, **said), different, carrying)


def _fits(name: str, value: Any) -> bool:
    return isinstance(value, bool) == (name == "important") and isinstance(value, str | bool)


def _carries(case: Case, old: Iterable[str]) -> bool:
    texts = [each for each in case.facts.values() if isinstance(each, str)]
    return any(each in text for each in old for text in texts)


_FIELDS = listed(tuple(Bilingual(f"{label('fields', each).zh} {each}", each) for each in CORRECTABLE))
_NOT_ON_ROLL = Bilingual("花名册里没有 {household}", "{household} is not on the roll")
_UNFIT = Bilingual("花名册里没有这样的 {names}", "the roll has no such {names}")
_SAME = Bilingual("花名册里已经是这样", "the roll says so already")
