"""What a search found, a row each: a household with what found it, a case as who asks may see it."""

from __future__ import annotations

from qiantai import Case, Handbook, label
from qiantai.directory import Found
from qiantai.privacy import mask_name, mask_phone
from qiantai.words import Bilingual

from ..text.facts import day_of
from ..text.showing import kind, place, resident, room, state, summary
from ..text.words import say
from .rows import Column, Row

HOUSEHOLD_COLUMNS = (
    Column(label("fields", "household"), 16, flex=2),
    Column(label("fields", "name"), 10, flex=1),
    Column(label("fields", "phone"), 16, flex=1),
    Column(Bilingual("在办", "Open"), 4, align="right"),
    Column(Bilingual("按什么找到", "Found by"), 10),
)
CASE_COLUMNS = (
    Column(label("fields", "number"), 16),
    Column(label("fields", "kind"), 10, since=100),
    Column(Bilingual("状态", "State"), 9),
    Column(Bilingual("受理", "Taken in"), 10, since=96),
    Column(Bilingual("位置", "Place"), 14, flex=1),
    Column(label("words", "resident"), 8, since=70),
    Column(label("fields", "summary"), 14, flex=2),
)
UNREAD = Bilingual("读不出来", "Unreadable")
ENTER_SAYS_WHY = Bilingual("Enter 看坏在哪里", "Enter says where and why")
FOUND_BY = {
    "room": label("fields", "household"),
    "phone": label("fields", "phone"),
    "name": label("fields", "name"),
    "surname": Bilingual("姓", "surname"),
    "initials": Bilingual("拼音首字母", "initials"),
}


def household_row(found: Found, open_cases: int) -> Row:
    """A household, masked, with how many cases it has open."""
    known = found.household
    cells = (
        room(known.id),
        mask_name(known.name),
        mask_phone(known.phone),
        str(open_cases or ""),
        say(FOUND_BY[found.by]),
    )
    return Row(known.id, cells)


def case_row(case: Case, handbook: Handbook) -> Row:
    """A case, masked; one that is closed is toned down."""
    cells = (
        case.number,
        kind(case.kind),
        state(case),
        day_of(case.received),
        place(case),
        resident(case, handbook),
        summary(case),
    )
    return Row(case.number, cells, "" if case.open else "void")


def unread_row(place: int) -> Row:
    """What stands at the place of a case that the store cannot read."""
    return Row(f"{UNREAD.en} {place}", (say(UNREAD), "", "", "", "", "", say(ENTER_SAYS_WHY)), "late")
