"""`field=value` as it is typed, read by the field's type: yes and no, times of today, roles by comma, labels too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from qiantai.commands import RECEIVE, Field, Type
from qiantai.handbook import Handbook
from qiantai.periods import ZONE
from qiantai.plainly import short, shown
from qiantai.rooms import Rooms, find_rooms
from qiantai.words import Channel, Role, entry, label

from .speech import Speech
from .stopped import USAGE, Stopped

_YES = frozenset({"true", "yes", "y", "1", "是", "对", "有"})
_NO = frozenset({"false", "no", "n", "0", "否", "不", "不是", "没有"})
_OF_TODAY = re.compile(r"([0-9]{1,2})[::]([0-9]{2})")
_DIGITS = 9
_SEVERAL = re.compile(r"[,,、]")
_CORRECTED = {each.name: each for each in RECEIVE}


def read_given(
    pairs: Iterable[str], fields: Mapping[str, Field], handbook: Handbook, at: datetime, say: Speech
) -> dict[str, Any]:
    """The values of a command's fields. What is no `field=value`, or no value of its type, ends the run as misused.

    A field that the command has not stays text: the kernel refuses it, and names those there are.
    """
    found: dict[str, Any] = {}
    texts = dict(_pair(each, say) for each in _once(pairs, say))
    for name, text in texts.items():
        field = fields.get(name)
        if field is not None and field.type == Type.ANY:
            field = _CORRECTED.get(named("fields", texts.get("field", ""), _CORRECTED))
        found[name] = text if field is None else _read(field, name, text, handbook, at, say)
    return found


def named(group: str, given: str, known: Iterable[str]) -> str:
    """The name of the vocabulary that is meant, by itself, a label or an alias; what is none of them stays as it is."""
    names = list(known)
    if given in names:
        return given
    return next((each for each in names if given in _called(group, each)), given)


def _called(group: str, name: str) -> set[str]:
    found = entry(group, name)
    return {found.get(each, "") for each in ("zh", "en", "short", "out")} | set(found.get("alias", "").split("、"))


def _once(pairs: Iterable[str], say: Speech) -> Iterable[str]:
    seen: set[str] = set()
    for each in pairs:
        name = each.partition("=")[0]
        if name in seen:
            raise Stopped(USAGE, say(f"{short(name)} 写了两遍", f"{short(name)} is given twice"))
        seen.add(name)
        yield each


def _pair(given: str, say: Speech) -> tuple[str, str]:
    name, sign, text = given.partition("=")
    if not sign or not name:
        raise Stopped(
            USAGE,
            say(f"{short(given)} 不是 字段=值,例:summary=漏水", f"{short(given)} is no field=value, as summary=leak"),
        )
    return name, text


def _read(field: Field, name: str, text: str, handbook: Handbook, at: datetime, say: Speech) -> Any:
    match field.type:
        case Type.FLAG:
            if text.casefold() in _YES | _NO:
                return text.casefold() in _YES
            raise _unfit(name, text, say, "true 或 false(是、否)", "true or false")
        case Type.TIME:
            return _time(name, text, at, say)
        case Type.NUMBER:
            if text.isdecimal() and len(text) <= _DIGITS:
                return int(text)
            raise _unfit(name, text, say, "整数", "a whole number")
        case Type.ROLES:
            return tuple(named("roles", each.strip(), tuple(Role)) for each in _SEVERAL.split(text) if each.strip())
        case Type.CHANNEL:
            return named("channels", text, tuple(Channel))
        case Type.CHOICE:
            return named("fields" if name == "field" else "values", text, field.choices)
        case Type.PERSON:
            by_name = [each.id for each in handbook.people.values() if each.name == text]
            return by_name[0] if text not in handbook.people and len(by_name) == 1 else text
        case Type.HOUSEHOLD:
            return household_of(text, handbook)
        case Type.CASE:
            return text.upper()
        case Type.CASES:
            return tuple(each.strip().upper() for each in _SEVERAL.split(text) if each.strip())
        case _:
            return text


def household_of(text: str, handbook: Handbook) -> str:
    """The household of the roll that a room means, however it is written; the text itself where none or several do."""
    if text in handbook.households:
        return text
    matches = find_rooms(text, Rooms(handbook.households))
    ids = matches[0].households if len(matches) == 1 else ()
    return ids[0] if len(ids) == 1 else text


def _time(name: str, text: str, at: datetime, say: Speech) -> datetime:
    today = _OF_TODAY.fullmatch(text)
    try:
        if today is not None:
            local = at.astimezone(ZONE)
            return local.replace(hour=int(today[1]), minute=int(today[2]), second=0, microsecond=0)
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or (len(text) <= len("2026-11-23") and found.tzinfo is None):
        raise _unfit(
            name, text, say, "时间,如 2026-11-23T09:00,当天的可写 09:30", "a time, as 2026-11-23T09:00 or 09:30"
        )
    return found if found.tzinfo is not None else found.replace(tzinfo=ZONE)


def _unfit(name: str, text: str, say: Speech, zh: str, en: str) -> Stopped:
    what = label("fields", name)
    return Stopped(
        USAGE,
        say(
            f"{what.zh}({name})不能是 {shown(text)}。可行:{zh}",
            f"{what.en} ({name}) cannot be {shown(text)}. What would do: {en}",
        ),
    )


def month_given(option: str, given: str | None, at: datetime, say: Speech) -> str:
    """The month that an option names, this one where it names none. Ends the run for none, and for one to come."""
    from qiantai.projections.months import later, month_of, parsed

    this = month_of(at)
    if given is None:
        return this
    try:
        ahead = parsed(given) > parsed(this)
        parsed(later(given, -12))  # a year before it is read too
    except ValueError:
        raise Stopped(
            USAGE, say(f"{option} 要写作 2026-11,不是 {given}", f"{option} is as 2026-11, not {given}")
        ) from None
    if ahead:
        raise Stopped(
            USAGE,
            say(f"{given} 还没到,最晚是本月 {this}", f"{given} has not come yet; the latest is this month, {this}"),
        )
    return given
