"""The call-backs that are owed, and the topics that so many residents challenge that an agreed answer is called for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from attrs import field, frozen

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.decision import decide, offered
from qiantai.duties import Duty
from qiantai.events import Event, Tried
from qiantai.handbook import Handbook
from qiantai.refusals import Refusal
from qiantai.words import AWAITING_CALL_BACK, Role

CALLERS = (Role.DESK, Role.SUPERVISOR)
"""Who calls back at all [H-4.5.1]."""


@frozen
class CallBack:
    """A case whose resident is to be called back, by when, and the tries since then that reached nobody."""

    case: Case
    duty: Duty | None
    tried: tuple[Event, ...] = ()
    again: datetime | None = field(default=None)
    """From when the next try is worth it, where there was one: a while after the last [house]."""

    @property
    def tries(self) -> int:
        """How often nobody was reached."""
        return len(self.tried)

    def rests(self, at: datetime) -> bool:
        """Whether somebody tried it so lately that others come first."""
        return self.again is not None and at < self.again


def call_backs(cases: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[CallBack, ...]:
    """What is to be called back on [H-4.5.1, M-3.3c, M-4.4a]: the earliest due first, after them what was tried lately.

    Those rest for `call_back_again` and come in the order in which that ends; they may be called all the same.
    """
    found = [_call_back(case, handbook) for case in cases if case.state == AWAITING_CALL_BACK]
    return tuple(sorted(found, key=lambda each: _order(each, at)))


def _call_back(case: Case, handbook: Handbook) -> CallBack:
    tried = tries(case)
    rest = handbook.policy(case.received).period("call_back_again").length
    return CallBack(case, case.owed_duty("call_back"), tried, tried[-1].at + rest if tried else None)


def _order(each: CallBack, at: datetime) -> tuple[bool, datetime, str]:
    if each.rests(at) and each.again is not None:
        return True, each.again, each.case.number
    return False, each.duty.due if each.duty else each.case.since, each.case.number


def tries(case: Case) -> tuple[Event, ...]:
    """The tries that reached nobody since the case came to be called back on, the first one first."""
    every = [event for event in case.live if any(isinstance(change, Tried) for change in event.changes)]
    return tuple(every[len(every) - case.tries :])


def barred_from_calling(case: Case, person: str, at: datetime, handbook: Handbook) -> Refusal | None:
    """Why this person may not call back on the case now, as the rules say it; None where they may."""
    found = decide(case, Command("call_back", person, case.number, {"reached": False}), at, handbook)
    return found if isinstance(found, Refusal) else None


def kept_out(case: Case, at: datetime, handbook: Handbook) -> tuple[Refusal, ...]:
    """Of those who call back at all, who may not on this case: who did the work, whom it is about [H-4.5.1, M-4.1a]."""
    callers = (each.id for each in handbook.people.values() if each.has(*CALLERS))
    found = (barred_from_calling(case, each, at, handbook) for each in callers)
    return tuple(each for each in found if each is not None)


def may_give_up(case: Case, person: str, at: datetime, handbook: Handbook) -> bool:
    """Whether there were so many tries that this person may close it as unreachable (`call_back_attempts`) [house]."""
    return case.state == AWAITING_CALL_BACK and offered(case, "close", person, at, handbook)


def wanting_an_answer(cases: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[tuple[str, int], ...]:
    """The topics, with how often they were challenged of late, on which an agreed answer is called for [H-4.4.5].

    What was taken in by mistake was no challenge.
    """
    many = handbook.policy(at).many_challenges
    since = at - many.within.length
    topics = Counter(
        case.text("topic")
        for case in cases
        if case.kind == "challenge"
        and case.text("topic")
        and since <= case.received <= at
        and not case.holds("mistaken")
    )
    return tuple(
        (topic, count)
        for topic, count in topics.most_common()
        if count >= many.count and handbook.script(topic, at) is None
    )
