"""Who speaks in a line: the room, telephone, name, initials or last four digits it begins with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from attrs import frozen

from qiantai.directory import Directory, Found
from qiantai.names import person_at, titled
from qiantai.people import Household
from qiantai.rooms import Match

_PHONE = re.compile(
    r"(?<![0-9-])(?:(?:\+?86[\s-]?)?1[3-9][0-9][\s-]?[0-9]{4}[\s-]?[0-9]{4}|0[0-9]{2,3}[\s-]?[0-9]{7,8})(?![0-9-])"
)
_STOPS = r"[\s,，。.:：、;；()（）-]*"
_GREETING = re.compile(
    rf"{_STOPS}(?:(?:你好|您好|喂|我是|我住在?|我家是?|这里是|这边是|电话|手机|(?:的)?(?:业主|住户|租户|户主)){_STOPS})*"
)
_SAID = re.compile(
    rf"{_STOPS}(?:的(?=[\s,，:：、]))?{_STOPS}(?:的?(?:业主|租户|住户|户主)|家(?=里?(?:说|反映|反应|来电|打电话)))?(?:里(?=说|反映|反应|来电|打电话))?\s*(?:来电|打电话来?|打来电话|来访|到前台|微信)?\s*"
    rf"(?:(?:说|反映|反应|称|讲|表示)(?![好话]))?{_STOPS}"
)
_TOKEN = re.compile(r"(?:[A-Za-z]{2,6}|[0-9]{4}|[\u4e00-\u9fff·]{2,5})(?=[\s,，:：、]|$)")
_SAYS_WHERE = re.compile(r"我(?:是|住在?|家是?|家在|在)\s*$")
_NAME_LENGTH = 12


@frozen
class Caller:
    """Who a line seems to speak for, what found them, the name and telephone it gives, and what is left of it."""

    summary: str
    households: tuple[Household, ...]
    found_by: str
    name: str
    phone: str
    room: Match | None


def read_caller(text: str, rooms: Iterable[Match], directory: Directory) -> Caller:
    """The caller of a half-width line whose rooms are known.

    A room counts as the caller's where the line begins with it, where "我是" or the like stands before it, or where
    nothing else tells who calls. Room, telephone and name narrow one another where they agree; where room and telephone
    do not, both are candidates, and a name that agrees with neither is a tenant's or a visitor's.
    """
    numbered = [each for each in rooms if each.room]
    phone = _PHONE.search(text)
    spans = {each.start: each.end for each in numbered} | ({phone.start(): phone.end()} if phone else {})
    end, said = _head(text, spans, directory)
    named = _by_word(said, directory)
    room = next((each for each in numbered if each.start < end or _SAYS_WHERE.search(text[: each.start])), None)
    if not (room or phone or named):
        room = next(iter(numbered), None)
    found = _narrowed(
        [Found(each, "room") for id in (room.households if room else ()) if (each := directory.get(id))],
        directory.by_number(phone[0]) if phone else (),
        named or (() if room or phone else directory.named_in(text)),
    )
    return Caller(
        summary=_after(text, end),
        households=tuple(each.household for each in found),
        found_by=found[0].by if found else "",
        name=said if said and not said.isascii() else "",
        phone=re.sub(r"[\s-]", "", phone[0]) if phone else "",
        room=room,
    )


def _head(text: str, spans: Mapping[int, int], directory: Directory) -> tuple[int, str]:
    """Where the part of a line ends that says who calls, and the word in it for a person."""
    end, said = 0, ""
    while True:
        gap = _GREETING.match(text, end)
        start = gap.end() if gap else end
        if start in spans:
            end = spans[start]
        elif not said and (said := _word_at(text[start:], directory)):
            end = start + len(said)
        else:
            return end, said


def _word_at(rest: str, directory: Directory) -> str:
    if person := person_at(rest):
        return person
    if (token := _TOKEN.match(rest)) and _by_word(token[0], directory):
        return token[0]
    names = (each.household.name for each in directory.named_in(rest[:_NAME_LENGTH]))
    return max((each for each in names if rest.startswith(each)), key=len, default="")


def _by_word(word: str, directory: Directory) -> tuple[Found, ...]:
    if not word:
        return ()
    if word.isdigit():
        return directory.by_number(word) or directory.by_room(word)
    if word.isascii():
        return directory.by_initials(word)
    named = directory.by_name(word)
    return named if titled(word) else tuple(each for each in named if each.household.name == word)


def _narrowed(*ways: Iterable[Found]) -> tuple[Found, ...]:
    """What the ways found, each narrowed by every later one that agrees with some of it."""
    found: tuple[Found, ...] = ()
    for way in map(tuple, ways):
        ids = {each.household.id for each in way}
        agreed = tuple(each for each in found if each.household.id in ids)
        found = agreed or (*found, *(each for each in way if each.by == "phone" or not found))
    return found


def _after(text: str, end: int) -> str:
    verb = _SAID.match(text, end) if end else None
    return text[verb.end() if verb else end :].strip()
