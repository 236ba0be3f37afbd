"""A clock that was set back: which event of a case then lies ahead of it, and how that is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from math import ceil

from qiantai.case import Case
from qiantai.events import Event
from qiantai.handbook import Handbook
from qiantai.mention import mentioned, to_the_second
from qiantai.words import Bilingual


def ahead(cases: Iterable[Case | None], at: datetime) -> Event | None:
    """The newest event of these cases, where it lies ahead of that time; nothing can happen before what has."""
    newest = None
    for each in cases:
        if each is not None and each.history and each.history[-1].at > at:
            newest = each.history[-1]
            at = newest.at
    return newest


def told(event: Event, at: datetime, handbook: Handbook) -> Bilingual:
    """What lies ahead of that time: which case, who did what, when, against what the clock says."""
    return _AHEAD.format(now=to_the_second(at), case=event.case, event=mentioned(event, handbook))


def remedy(event: Event, at: datetime) -> Bilingual:
    """What would do: a clock that is right; where it is, so many minutes (rounded up) of waiting."""
    return _REMEDY.format(then=to_the_second(event.at), minutes=ceil((event.at - at).total_seconds() / 60))


_AHEAD = Bilingual(
    "电脑时间 {now} 早于 {case} 的上一步({event})",
    "the clock says {now}, earlier than the last step of {case} ({event})",
)
_REMEDY = Bilingual(
    "先核对电脑时钟;时钟没有错的话,{then} 起可办(还有 {minutes} 分钟)",
    "check the computer's clock; if it is right, this can be done from {then} (in {minutes} min)",
)
