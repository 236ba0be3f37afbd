"""The duties of a case as lines of a page: how each stands, by when, what is left, by which clause, who did it when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from qiantai import Case, Duty, Handbook, label
from qiantai.words import Bilingual

from ..text.clocktime import LEFT_WIDTH, left
from ..text.facts import clause_name, near
from ..text.safe import fit
from ..text.showing import duty_sign, staff
from ..text.words import say
from .items import Item, Line, Span, cells, label_width, line

NO_DUTY = Bilingual("没有时限", "No time limit")
PROVISIONAL = Bilingual("暂定", "provisional")
DUE = Bilingual("到期", "due")
DONE_BY = Bilingual("{at} {by}", "{at} {by}")
NOBODY_DID = Bilingual("{at} 止,没有办", "ended {at}, not done")
OWED_BY = {
    "owner": label("words", "owner"),
    "handler": label("words", "handler"),
    "first_contact": label("words", "first_contact"),
    "desk": label("roles", "desk"),
}
_WIDE = 84
_GAP = "  "


def duty_items(case: Case, handbook: Handbook, now: datetime, width: int) -> list[Item]:
    """The duties, the earliest due first and those no longer owed after them; each opens its clause.

    A key ends with the duty's place in the case: two duties may rest on one clause.
    """
    if not case.duties:
        return [Item((line(Span(say(NO_DUTY), "label")),))]
    places = sorted(enumerate(case.duties), key=lambda each: (not each[1].owed, each[1].due, each[1].opened))
    ordered = [duty for _, duty in places]
    status = _status_width(ordered, now)
    most = width - status - LEFT_WIDTH - 6
    widths = (min(most, label_width(say(label("duties", each.name)) for each in ordered)), status)
    return [
        Item(_lines(case, duty, handbook, now, widths, width), f"clause:{duty.clause.id}:duty:{place}")
        for place, duty in places
    ]


def _status_width(duties: Sequence[Duty], now: datetime) -> int:
    return label_width(say(duty_sign(each, now).word) for each in duties)


def _lines(
    case: Case, duty: Duty, handbook: Handbook, now: datetime, widths: tuple[int, int], width: int
) -> tuple[Line, ...]:
    sign = duty_sign(duty, now, urgent=case.holds("emergency"))
    name = say(label("duties", duty.name))
    head = line(
        Span(f"{sign.mark} {fit(name, widths[0])}{_GAP}", sign.tone), Span(fit(say(sign.word), widths[1]), sign.tone)
    )
    count = left(duty.due, now) if duty.owed else ""
    due = f"{say(DUE)} {near(duty.due, now)}"
    last = clause_name(duty.clause.id) + (f"{_GAP}{say(PROVISIONAL)}" if duty.provisional else "")
    ended = _ended(case, duty, handbook, now)
    rest = _GAP.join(each for each in (last, ended) if each)
    counted = Span(fit(count, LEFT_WIDTH, "right"), sign.tone)
    if width < _WIDE and cells(head) + LEFT_WIDTH + cell_len(due) + cell_len(rest) + 6 > width:
        second = line("  ", due, _GAP, Span(last, "label"))
        if not ended:
            return ((*head, Span(_GAP), counted), second)
        if cells(second) + 2 + cell_len(ended) <= width:
            return ((*head, Span(_GAP), counted), (*second, Span(_GAP + ended, "label")))
        return ((*head, Span(_GAP), counted), second, line("  ", Span(ended, "label")))
    return ((*head, Span(_GAP), counted, Span(_GAP + due + _GAP), Span(rest, "label")),)


def _ended(case: Case, duty: Duty, handbook: Handbook, now: datetime) -> str:
    if duty.void:
        return ""
    if duty.discharged is None:
        return say(OWED_BY[case.owing(duty)]) if case.owing(duty) in OWED_BY else ""
    at = near(duty.discharged, now)
    if not duty.by:
        return say(NOBODY_DID.format(at=at))
    return say(DONE_BY.format(at=at, by=staff(duty.by, handbook)))
