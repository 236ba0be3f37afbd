"""Cases and households with the numbers, addresses and names of residents masked [M-3.4c]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve as replaced
from attrs import frozen

from qiantai.case import Case
from qiantai.events import Change, Event, Kept, Value
from qiantai.people import Household
from qiantai.privacy import mask_email, mask_name, mask_phone, mask_words
from qiantai.values import revised
from qiantai.words import is_words


def masked_case(case: Case) -> Case:
    """The case with everything masked that was said of its residents, in its facts and in its history."""
    history = tuple([masked_event(each) for each in case.history])
    return revised(case, facts=masked_values(case.facts), history=history)


def masked_event(event: Event) -> Event:
    """The event with what was said, and what that made known, masked; its seal is that of the words in full."""
    fields = masked_values(event.fields)
    changes = tuple([_masked_change(each) for each in event.changes])
    if fields == event.fields and changes == event.changes:
        return event
    return replaced(event, fields=fields, changes=changes)


def masked_values(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Fields or facts, masked each by its name; a corrected value by the name of what it corrects."""
    corrected = values.get("field", "")
    return {
        name: _masked(corrected if name == "value" and isinstance(corrected, str) else name, value)
        for name, value in values.items()
    }


def masked_household(household: Household) -> Household:
    """The household's entry in the roll, masked."""
    return replaced(
        household,
        name=mask_name(household.name) if household.name else "",
        phone=mask_phone(household.phone),
        email=mask_email(household.email),
    )


def masked_own(case: Case, by: str) -> Case:
    """Of a case that is not theirs to see: that it is there, how it stands, and what they said themselves."""
    said = tuple(masked_event(each) for each in case.history if each.by == by)
    return Case(case.number, case.kind, case.state, case.received, case.since, "", "", history=said)


@frozen
class MaskedRoll(Mapping[str, Household]):
    """A roll by id whose households are masked when they are looked up."""

    _roll: Mapping[str, Household]

    def __getitem__(self, id: str) -> Household:
        return masked_household(self._roll[id])

    def __iter__(self) -> Iterator[str]:
        return iter(self._roll)

    def __len__(self) -> int:
        return len(self._roll)

    def __contains__(self, id: object) -> bool:
        return id in self._roll


def _masked_change(change: Change) -> Change:
    match change:
        case Kept(values):
            return Kept(masked_values(values))
        case _:
            return change


def _masked(name: str, value: Value) -> Value:
    match name, value:
        case "phone", str():
            return mask_phone(value)
        case "email", str():
            return mask_email(value)
        case "name", str() if value:
            return mask_name(value)
        case _ if is_words(value, name):
            return mask_words(value)
        case _:
            return value
