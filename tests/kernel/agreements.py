"""A desk whose agreed answers are drafted, approved and withdrawn, for the tests of their life."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from attrs import define, field

from qiantai import Command, Handbook, Refusal, Script
from qiantai.agreeing import decide_script
from qiantai.deeds import APPROVE, DRAFT, SUBMIT, Deed, agreed
from qiantai.scripts import Stage, stage
from tests.kernel.front_desk import MONDAY, STAFF, WATER

TODAY = MONDAY.date()


@define
class Agreements:
    """The answers of a site and their book, and short ways to do something to them."""

    given: tuple[Script, ...] = (WATER,)
    at: datetime = MONDAY
    deeds: list[Deed] = field(factory=list)

    @property
    def handbook(self) -> Handbook:
        """The handbook as the book leaves it now."""
        return Handbook(people=STAFF, scripts=agreed(self.given, self.deeds))

    def asked(self, name: str, by: str = "desk", **fields: Any) -> Deed | Refusal:
        """What would come of it; `first` and `last` are the first and the last day."""
        days = {"first": "from", "last": "until"}
        said = {days.get(each, each): value for each, value in fields.items()}
        return decide_script(Command(name, by, "", said), self.at, self.handbook)

    def do(self, name: str, by: str = "desk", **fields: Any) -> Script | None:
        """Does it, a minute later; gives the version as it is then."""
        found = self.asked(name, by, **fields)
        assert isinstance(found, Deed), found
        self.deeds.append(found)
        self.at += timedelta(minutes=1)
        return self.version(found.id, found.version)

    def approved(self, topic: str = "water", text: str = "按表计费,每月抄一次。", **fields: Any) -> Script:
        """A version drafted by the desk, submitted, and approved by the head of customer service."""
        script = self.do(DRAFT, topic=topic, text=text, **fields)
        assert script is not None
        self.do(SUBMIT, id=script.id, version=script.version)
        found = self.do(APPROVE, "cs_head", id=script.id, version=script.version)
        assert found is not None
        return found

    def version(self, id: str, version: int) -> Script | None:
        """That version as it is now, None where there is none."""
        return next((each for each in self.handbook.scripts if (each.id, each.version) == (id, version)), None)

    def stage(self, id: str, version: int, at: datetime | None = None) -> Stage:
        """Where that version stands."""
        script = self.version(id, version)
        assert script is not None
        return stage(script, self.handbook.scripts, at or self.at)

    def in_force(self, topic: str = "water") -> Script | None:
        """What is said on a topic now."""
        return self.handbook.script(topic, self.at)


def day(days: int) -> date:
    """So many days from today."""
    return TODAY + timedelta(days=days)


def refused(found: Deed | Refusal) -> Refusal:
    """The refusal that it is."""
    assert isinstance(found, Refusal), found
    return found
