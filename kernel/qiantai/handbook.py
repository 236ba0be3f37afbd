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
from qiantai.terms import Retention
from qiantai.words import INCIDENT

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.lifecycle import Request


def _kinds() -> Mapping[str, Request]:
    from qiantai.requests import REQUESTS

    return REQUESTS


def _all_kinds(given: Mapping[str, Request]) -> Mapping[str, Request]:
    from qiantai.requests import Kinds

    return Kinds(given)


def _incident() -> Request:
    from qiantai.requests import INCIDENT_REQUEST

    return INCIDENT_REQUEST


@frozen(slots=False)
class Handbook:
    """All that the rules look up, a value: a host that changes something makes a new one.

    `people` and `households` (the roll) are by id, `scripts` the agreed answers in every version, drafts too [H-4.4.5],
    `policies` dated versions of the limits [M-1.3], `requests` the kinds by name; of a kind that is not among them
    cases can be shown, and nothing can be done with them.
    `incident` is the life cycle of what gathers cases and is no kind of them. `retentions` are the dated versions of
    how long words are kept.
    """

    people: Mapping[str, Person] = field(factory=dict[str, Person])
    households: Mapping[str, Household] = field(factory=dict[str, Household])
    scripts: tuple[Script, ...] = ()
    policies: tuple[Policy, ...] = field(factory=lambda: (Policy(),))
    calendar: Calendar = field(factory=national)
    requests: Mapping[str, Request] = field(factory=_kinds, converter=_all_kinds)
    incident: Request = field(factory=_incident)
    retentions: tuple[Retention, ...] = ()

    @property
    def defaults(self) -> Policy:
        """The limits of all kinds at their defaults, which a site's first version goes on from."""
        return Policy().with_limits(limit for each in self.requests.values() for limit in each.limits)

    def request(self, kind: str) -> Request | None:
        """The life cycle of a kind of case or of an incident; None where there is no such kind."""
        return self.incident if kind == INCIDENT else self.requests.get(kind)

    def life_cycle(self, case: Case) -> Request:
        """The life cycle that a case goes by. Raises `KeyError` where its kind's plugin is gone."""
        return self.requests[case.kind] if case.matter else self.incident

    def policy(self, at: datetime) -> Policy:
        """The version in force on the day of `at`: a case goes by that of its receipt."""
        on = local(at).date()
        for version in self._newest_first:
            if version.valid_from <= on:
                return version
        return self._newest_first[-1]

    def script(self, topic: str, at: datetime) -> Script | None:
        """The agreed answer in force on a topic at that time (H-4.4.5)."""
        return script_in_force(self.scripts, topic, at)

    @cached_property
    def _newest_first(self) -> tuple[Policy, ...]:
        defaults = self.defaults
        versions = (*(each.with_limits(defaults.limits.values()) for each in self.policies), defaults)
        return tuple(sorted(versions, key=lambda each: each.valid_from, reverse=True))
