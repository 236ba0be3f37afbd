"""What a rule looks at: one command on one case, by somebody, at a time, under a handbook."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.handbook import Handbook
from qiantai.people import Household, Person
from qiantai.policy import Policy
from qiantai.scripts import Script
from qiantai.values import revised

if TYPE_CHECKING:
    from qiantai.lifecycle import Request

NO_OTHERS: Mapping[str, Case] = {}


@frozen(slots=False)
class Moment:
    """The case is as it stood before the command; `others` are the further cases it touches, by number.

    `given` are the command's fields, read and with their defaults; empty while only asking what is offered.
    """

    case: Case
    command: Command
    at: datetime
    by: Person
    handbook: Handbook
    request: Request
    others: Mapping[str, Case] = NO_OTHERS
    given: dict[str, Any] = field(factory=dict[str, Any])

    def on(self, case: Case) -> Moment:
        """The same on the case as it stands later, or before."""
        return revised(self, case=case)

    def saying(self, given: dict[str, Any]) -> Moment:
        """The same with the command's fields read."""
        return revised(self, given=given)

    def another(self, name: str) -> Case | None:
        """The further case whose number this field of the command gives."""
        return self.others.get(self.text(name))

    @property
    def policy(self) -> Policy:
        """The limits that the case goes by: those of the day of its receipt."""
        return self.handbook.policy(self.case.received)

    @property
    def script(self) -> Script | None:
        """The agreed answer in force on the case's topic now."""
        return self.handbook.script(self.case.text("topic"), self.at)

    @property
    def household(self) -> Household | None:
        """The household of the case, from the roll."""
        return self.handbook.households.get(self.case.household)

    @property
    def phone(self) -> str:
        """The number that is known: with this command, of the case, or of the household."""
        return self._known("phone")

    @property
    def email(self) -> str:
        """The address that is known, likewise."""
        return self._known("email")

    @property
    def name(self) -> str:
        """The name that is known, likewise."""
        return self._known("name")

    def text(self, name: str) -> str:
        """A field of the command that is a text, empty where it was left out."""
        value = self.given.get(name)
        return value if isinstance(value, str) else ""

    def says(self, name: str) -> bool:
        """Whether a truth value of the command was given as true."""
        return self.given.get(name) is True

    def _known(self, name: str) -> str:
        found = self.text(name) or self.case.text(name)
        if found or (household := self.household) is None:
            return found
        value: str = getattr(household, name)
        return value
