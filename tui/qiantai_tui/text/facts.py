"""Facts by their labels: times, values of every type, and what was said with a command, residents' data masked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from attrs import frozen

from qiantai import ZONE, Case, Event, Handbook, Household, Period, label
from qiantai.chain import erased_names
from qiantai.clauses import HOUSE_ID
from qiantai.commands import RECEIVE, Field, Type
from qiantai.events import Struck, Value
from qiantai.privacy import mask_email, mask_name, mask_phone, mask_words
from qiantai.words import Bilingual, entry, listed

from .showing import CAUSE, full_name, full_phone, room, staff
from .showing import command as command_label
from .words import language, say

YES, NO = Bilingual("是", "yes"), Bilingual("否", "no")
CALENDAR = Bilingual("放假安排公布,系统重算", "calendar published, counted anew")
RECOUNT = Bilingual("重算到期", "Due times counted anew")
MERGED = Bilingual("并入的单号", "Merged into it")
OUTGOING = frozenset({"explain", "reply", "call_back", "thank", "follow_up", "feedback", "answer", "broadcast"})
"""The commands whose channel is the one our side used."""
HOW = Bilingual("方式", "By")
"""What such a channel is called."""
_WEEKDAYS = Bilingual("一二三四五六日", "MonTueWedThuFriSatSun")
_PERIOD = re.compile(r"[1-9][0-9]{0,3}(?:m|h|d|wd)")
_RECEIVED = {each.name: each for each in RECEIVE}


def moment(at: datetime | None, now: datetime) -> str:
    """A time in the site's zone, `11-22 09:31`, with its year where that is another one; empty for None."""
    if at is None:
        return ""
    local = at.astimezone(ZONE)
    return f"{local:%m-%d %H:%M}" if local.year == now.astimezone(ZONE).year else f"{local:%Y-%m-%d %H:%M}"


def near(at: datetime, now: datetime) -> str:
    """A time as short as it can be said: the time alone today, else with its day, or its year."""
    local = at.astimezone(ZONE)
    return f"{local:%H:%M}" if local.date() == now.astimezone(ZONE).date() else moment(at, now)


def escalation(case: Case, handbook: Handbook, now: datetime) -> str:
    """When it was escalated last, by whom and why, numbers masked; empty where it was not, or is closed."""
    event = case.escalation if case.open else None
    if event is None:
        return ""
    reason = mask_words(str(event.fields.get("reason", "")))
    return " ".join(each for each in (near(event.at, now), staff(event.by, handbook), reason) if each)


def day(on: date) -> str:
    """A day with its weekday: `2026-11-22 周日`, `2026-11-22 Sun`."""
    place, en = on.weekday(), language() == "en"
    return f"{on} {_WEEKDAYS.en[3 * place : 3 * place + 3] if en else '周' + _WEEKDAYS.zh[place]}"


def with_roles(id: str, handbook: Handbook) -> str:
    """A member of staff by name, with the roles: `李静(客服前台)`; the calendar where nobody acted."""
    if not id:
        return say(CALENDAR)
    known = handbook.people.get(id)
    if known is None:
        return id
    roles = say(listed(tuple(label("roles", each) for each in sorted(known.roles))))
    return f"{known.name} ({roles})" if language() == "en" else f"{known.name}({roles})"


def joined(texts: Iterable[str]) -> str:
    """Several texts as one phrase."""
    return (", " if language() == "en" else "、").join(each for each in texts if each)


@frozen
class Resident:
    """Who a case is from, as the case and the roll know it, in full."""

    name: str
    phone: str
    email: str

    def shown(self, *, full: bool = False) -> Resident:
        """The same, masked unless in full [M-3.4c]."""
        if full:
            return self
        return Resident(mask_name(self.name), mask_phone(self.phone), mask_email(self.email))


def resident(case: Case, handbook: Handbook) -> Resident:
    """What the case says of its resident; where it is silent, what the roll says of its household."""
    known = handbook.households.get(case.household) or Household("")
    return Resident(full_name(case, handbook), full_phone(case, handbook), case.text("email") or known.email)


def field_of(case: Case, command: str, name: str, handbook: Handbook) -> Field:
    """What a field of a command holds."""
    request = handbook.request(case.kind)
    rows = request.fields if request is not None else {}
    return rows.get(command, {}).get(name) or _RECEIVED.get(name) or Field(name)


def value(
    field: Field, given: Value, handbook: Handbook, now: datetime, *, full: bool = False, out: bool = False
) -> str:
    """A value by its label: roles, channels and choices in words, people by name, rooms as said, residents masked.

    `out` is for a channel that our side used.
    """
    match field.type, given:
        case _, bool():
            return say(YES if given else NO)
        case _, datetime():
            return moment(given, now)
        case Type.PERSON, str():
            return staff(given, handbook)
        case _, str() if field.name == "kind":
            return say(label("kinds", given))
        case Type.HOUSEHOLD, str():
            return room(given)
        case Type.CHANNEL, str():
            return channel(given, out=out)
        case Type.CHOICE, str():
            return say(label("fields" if field.name == "field" else "values", given))
        case Type.ROLES, (tuple() | str()):
            roles = (given,) if isinstance(given, str) else given
            return joined(say(label("roles", each)) for each in roles)
        case _, tuple():
            return joined(given)
        case _:
            return _words(field.name, str(given), full=full)


def channel(name: str, *, out: bool = False) -> str:
    """A channel by its label, as it came in, or as our side used it."""
    other = entry("channels", name).get("out") if out and language() == "zh" else None
    return other or say(label("channels", name))


def _words(name: str, text: str, *, full: bool) -> str:
    match name:
        case "until":
            return say(Period.parse(text).label) if _PERIOD.fullmatch(text) else text
        case _ if full:
            return text
        case "name":
            return mask_name(text)
        case "phone":
            return mask_phone(text)
        case "email":
            return mask_email(text)
        case _:
            return mask_words(text)


def said(case: Case, event: Event, handbook: Handbook, now: datetime, *, full: bool = False) -> list[tuple[str, str]]:
    """What was said with an event, label and value, in the order it was said."""
    found: list[tuple[str, str]] = []
    for name, given in event.fields.items():
        if name == "topic":
            continue  # the site's own short word, which only the agreed answers need
        if name == "merged":
            found.append((say(MERGED), str(given)))
            continue
        if name == "erased" and isinstance(given, tuple):
            found.append(
                (say(label("fields", name)), joined(say(label("fields", each)) for each in erased_names(given)))
            )
            continue
        field = field_of(case, event.name, name, handbook)
        if name == "value" and (corrected := _RECEIVED.get(str(event.fields.get("field", "")))):
            field = corrected
        shown = value(field, given, handbook, now, full=full, out=event.name in OUTGOING)
        bare = name == "text" and event.name not in ("answer", "reply")
        found.append(("" if bare else say(_called(case, event, name)), shown))
    return found


def _called(case: Case, event: Event, name: str) -> Bilingual:
    match name:
        case "summary" if not case.matter:
            return CAUSE
        case "channel" if event.name in OUTGOING:
            return HOW
        case _:
            return label("fields", name)


def clause_name(id: str) -> str:
    """A clause as it is cited; what no document gives is the site's own rule."""
    return say(label("words", "site_standard")) if id == HOUSE_ID else id


def command(case: Case, event: Event) -> str:
    """What an event of this case is called."""
    return say(RECOUNT if event.name == "recount" else command_label(case, event.name))


def taken_back_by(case: Case) -> dict[int, Event]:
    """Of every event that was taken back: the one that took it back."""
    return {each.seq: event for event in case.history for each in event.changes if isinstance(each, Struck)}


def day_of(at: datetime) -> str:
    """The site's day of a time."""
    return f"{at.astimezone(ZONE):%Y-%m-%d}"
