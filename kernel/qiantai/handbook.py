"""The handbook: the policy, the calendar, the agreed answers and the people that a decision looks things up in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from attrs import field, frozen

from qiantai.calendar import Calendar, national
from qiantai.people import Household, Person
from qiantai.periods import local
from qiantai.policy import Policy
from qiantai.scripts import Script, script_in_force

if TYPE_CHECKING:
    from qiantai.lifecycle import Request


def _kinds() -> Mapping[str, Request]:
    from qiantai.requests import REQUESTS

    return REQUESTS


@frozen
class Handbook:
    """All that the rules look up. `policies` are dated versions, `households` the roll, `requests` the kinds."""

    people: Mapping[str, Person] = field(factory=dict[str, Person])
    households: Mapping[str, Household] = field(factory=dict[str, Household])
    scripts: tuple[Script, ...] = ()
    policies: tuple[Policy, ...] = field(factory=lambda: (Policy(),))
    calendar: Calendar = field(factory=national)
    requests: Mapping[str, Request] = field(factory=_kinds)

    def policy(self, at: datetime) -> Policy:
        """The version in force on the day of `at`: a case goes by that of its receipt."""
        on = local(at).date()
        for each in self._newest_first:
            if each.valid_from <= on:
                return each
        return Policy()

    def script(self, topic: str, at: datetime) -> Script | None:
        """The agreed answer in force on a topic at that time (H-4.4.5)."""
        return script_in_force(self.scripts, topic, local(at).date()) if topic else None

    @cached_property
    def _newest_first(self) -> tuple[Policy, ...]:
        return tuple(sorted(self.policies, key=lambda each: each.valid_from, reverse=True))
