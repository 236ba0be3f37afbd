"""The register 前台受理工作登记表: every matter that the desk took in, a line each [H-4.6.1, P-2.1b]."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from qiantai.case import Case
from qiantai.events import Event
from qiantai.filing import REGISTER
from qiantai.handbook import Handbook
from qiantai.words import NOTED

SENT = ("dispatch", "assign")
ENDED = ("complete", "reply", "answer", "decide")


@frozen
class Entry:
    """One line of the register; times are moments, everything else is text as it was said, empty where unknown."""

    number: str
    kind: str
    state: str
    received: datetime
    channel: str
    household: str
    name: str
    phone: str
    summary: str
    emergency: bool
    receiver: str
    sent_to: tuple[str, ...]
    sent_at: datetime | None
    promised: datetime | None
    finished_at: datetime | None
    result: str
    called_back_at: datetime | None
    satisfied: bool | None
    remark: str


def registered(case: Case) -> bool:
    """Whether it belongs in the register: what other staff answered away from the desk does not [H-4.6.1]."""
    return case.matter and (REGISTER in case.filed if not case.open else case.state != NOTED)


def entry(case: Case, handbook: Handbook) -> Entry:
    """The register's line of one case."""
    household = handbook.households.get(case.household)
    sent, ended, called = (_last(case, SENT), _last(case, ENDED), _last(case, ("call_back",)))
    satisfied = case.facts.get("satisfied") if called is not None else None
    promised = case.facts.get("promised")
    return Entry(
        number=case.number,
        kind=case.kind,
        state=case.state,
        received=case.received,
        channel=case.text("channel"),
        household=case.household,
        name=case.text("name") or (household.name if household else ""),
        phone=case.text("phone") or (household.phone if household else ""),
        summary=case.text("summary"),
        emergency=case.holds("emergency"),
        receiver=case.first_contact,
        sent_to=case.handlers,
        sent_at=sent.at if sent else None,
        promised=promised if isinstance(promised, datetime) else None,
        finished_at=ended.at if ended else None,
        result=case.text("result") or case.text("reply"),
        called_back_at=called.at if called else None,
        satisfied=satisfied if isinstance(satisfied, bool) else None,
        remark=_remark(case),
    )


def register(cases: Iterable[Case], handbook: Handbook) -> tuple[Entry, ...]:
    """The register over these cases, in order of receipt."""
    kept = sorted((case for case in cases if registered(case)), key=lambda case: (case.received, case.number))
    return tuple(entry(case, handbook) for case in kept)


def _last(case: Case, names: tuple[str, ...]) -> Event | None:
    return next((event for event in reversed(case.live) if event.name in names), None)


def _remark(case: Case) -> str:
    if case.holds("mistaken"):
        return "mistaken"
    if case.holds("withdrawn"):
        return "withdrawn"
    return case.text("merged_into")
