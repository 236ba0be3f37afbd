"""A resident's copy: all that is kept on one household, with what is another resident's masked or left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import evolve, frozen

from qiantai.case import Case
from qiantai.events import Value
from qiantai.people import Household
from qiantai.privacy import mask_name, mask_words
from qiantai.store import Look
from qiantai.words import is_words

ANOTHERS = "他人 / another's"
"""What stands in the place of another resident's room."""
_WHOSE = frozenset({"household", "name", "phone", "email"})


@frozen
class ResidentCopy:
    """What is kept on a household at a time: its entry in the roll, its cases, those it joined, the looks into it.

    Cases come the latest receipt first, and are for showing alone: their words may not be those that were said.
    """

    at: datetime
    household: str
    entry: Household | None
    cases: tuple[Case, ...]
    joined: tuple[Case, ...]
    looks: tuple[Look, ...]


def resident_copy(
    household: str, cases: Iterable[Case], looks: Iterable[Look], roll: Mapping[str, Household], at: datetime
) -> ResidentCopy:
    """The copy of a household from the cases that concern it and all looks on record.

    In its own cases other households of the roll, their names and every telephone number but its own are masked; of a
    case of another household that it joined there are numbers, times and duties, and no words.
    """
    found = sorted((case for case in cases if case.matter), key=lambda case: (case.received, case.number), reverse=True)
    own = [case for case in found if case.household == household]
    entry = roll.get(household)
    known_as = {*_given(own, "name"), entry.name if entry else ""}
    numbers = {*_given(own, "phone"), entry.phone if entry else ""} - {""}
    others = {each.name for each in roll.values() if len(each.name) > 1} - known_as
    hiding = _Hiding(household, frozenset(numbers), tuple(sorted(others, key=len, reverse=True)))
    known = {household, *(case.number for case in own)}
    return ResidentCopy(
        at,
        household,
        entry,
        tuple(map(hiding.own, own)),
        tuple(hiding.joined(case) for case in found if case.household != household and household in case.households),
        tuple(each for each in looks if each.which in known),
    )


@frozen
class _Hiding:
    """Whose copy it is: the household, its numbers, and the names of all others."""

    household: str
    numbers: frozenset[str]
    others: tuple[str, ...]

    def own(self, case: Case) -> Case:
        """A case of the household, what others are in it hidden."""
        return evolve(
            case,
            households=(self.household,),
            facts=self._said(case.facts),
            history=tuple(evolve(each, fields=self._said(each.fields)) for each in case.history),
        )

    def joined(self, case: Case) -> Case:
        """A case of another household, without words and without that household."""
        return evolve(
            case,
            households=(self.household,),
            facts=_wordless(case.facts),
            history=tuple(evolve(each, fields=_wordless(each.fields)) for each in case.history),
        )

    def _said(self, values: Mapping[str, Value]) -> dict[str, Value]:
        corrected = {"value": str(values.get("field", ""))}
        return {name: self._value(corrected.get(name, name), value) for name, value in values.items()}

    def _value(self, name: str, value: Value) -> Value:
        match value:
            case str() if name == "household":
                return value if value in (self.household, "") else ANOTHERS
            case str() if is_words(value, name) and name not in _WHOSE:
                return self._text(value)
            case _:
                return value

    def _text(self, text: str) -> str:
        """The text with other people's numbers and names masked."""
        for number in self.numbers:
            if number in text:
                before, _, after = text.partition(number)
                return f"{self._text(before)}{number}{self._text(after)}"
        for name in self.others:
            text = text.replace(name, mask_name(name)) if name in text else text
        return mask_words(text)


def _given(cases: Iterable[Case], name: str) -> set[str]:
    """What was ever given as this fact of these cases, corrections too."""
    events = [event.fields for case in cases for event in case.history]
    values = [each.get(name, "") for each in events] + [
        each.get("value", "") for each in events if each.get("field") == name
    ]
    return {each for each in values if isinstance(each, str)} | {case.text(name) for case in cases}


def _wordless(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if not is_words(value, name) and name != "household"}
