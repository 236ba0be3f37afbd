"""The agreed answers: what may be said on a topic, in which wording, from when to when, and by whom (H-4.4.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from attrs import frozen

from qiantai.hours import local
from qiantai.words import Role

MAY_APPROVE = (Role.CS_HEAD, Role.CENTRE_HEAD)
"""Who agrees to a wording, and takes one out of force: the head of customer service, and the centre's [H-4.4.4]."""
MAY_DRAFT = (Role.DESK, Role.SUPERVISOR, Role.AREA_MANAGER, *MAY_APPROVE)
"""Who writes a wording: those who answer residents by it [H-4.4.1, H-4.4.3], and those who agree to it."""

MAY_READ = (*MAY_DRAFT, Role.ADMIN)
"""Who reads every version, drafts too; everybody else of the staff reads what is in force."""


@frozen
class Script:
    """One version of an agreed answer, in force on its first and last day and between them [H-4.4.5].

    `spokesperson`, where there is one, is the id of the only person who may give it.
    Nothing is in force that nobody approved, before it was `approved`, or from when it was `withdrawn` on; times that
    nobody noted are None. A draft is `submitted` once it waits for its approval.
    """

    id: str
    topic: str
    text: str
    valid_from: date
    approved_by: str
    valid_until: date | None = None
    sensitive: bool = False
    spokesperson: str = ""
    version: int = 1
    approved: datetime | None = None
    withdrawn: datetime | None = None
    submitted: bool = False

    def in_force(self, at: datetime) -> bool:
        """Whether it may be given at that time."""
        on = local(at).date()
        known = bool(self.approved_by) and (self.approved is None or self.approved <= at)
        stands = self.withdrawn is None or at < self.withdrawn
        return known and stands and self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


class Stage(StrEnum):
    """Where a version stands in its life, those that somebody has to see to first."""

    SUBMITTED = "submitted"
    DRAFT = "draft"
    IN_FORCE = "in_force"
    TO_COME = "to_come"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def script_in_force(scripts: Iterable[Script], topic: str, at: datetime) -> Script | None:
    """The agreed answer on a topic at that time; of several the one that came into force last."""
    if not topic:
        return None
    valid = [each for each in scripts if each.topic == topic and each.in_force(at)]
    return max(valid, key=lambda each: (each.valid_from, each.version), default=None)


def stage(script: Script, scripts: Iterable[Script], at: datetime) -> Stage:
    """Where a version stands at that time; superseded is one that would be in force, were there not a later one."""
    if not script.approved_by:
        return Stage.SUBMITTED if script.submitted else Stage.DRAFT
    if script.withdrawn is not None and script.withdrawn <= at:
        return Stage.WITHDRAWN
    if script.valid_until is not None and script.valid_until < local(at).date():
        return Stage.EXPIRED
    if not script.in_force(at):
        return Stage.TO_COME
    return Stage.IN_FORCE if script_in_force(scripts, script.topic, at) == script else Stage.SUPERSEDED
