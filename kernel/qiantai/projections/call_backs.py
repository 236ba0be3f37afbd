"""The call-backs that are owed, and the topics that so many residents challenge that an agreed answer is called for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.handbook import Handbook


@frozen
class CallBack:
    """A case whose resident is to be called back, by when, and how often nobody was reached."""

    case: Case
    duty: Duty | None
    tries: int


def call_backs(cases: Iterable[Case]) -> tuple[CallBack, ...]:
    """What is to be called back on, the earliest due first [H-4.5.1, M-3.3c, M-4.4a]."""
    waiting = (case for case in cases if case.state == "awaiting_call_back")
    found = [CallBack(case, case.duty("call_back") if case.owes("call_back") else None, case.tries) for case in waiting]
    return tuple(sorted(found, key=lambda each: (each.duty.due if each.duty else each.case.since, each.case.number)))


def wanting_an_answer(cases: Iterable[Case], at: datetime, handbook: Handbook) -> tuple[tuple[str, int], ...]:
    """The topics, with how often they were challenged of late, on which an agreed answer is called for [H-4.4.5]."""
    many = handbook.policy(at).many_challenges
    since = at - many.within.length
    topics = Counter(
        case.text("topic")
        for case in cases
        if case.kind == "challenge" and case.text("topic") and since <= case.received <= at
    )
    return tuple(
        (topic, count)
        for topic, count in topics.most_common()
        if count >= many.count and handbook.script(topic, at) is None
    )
