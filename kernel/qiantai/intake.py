"""One line as the desk hears it, read into what it proposes: who, what kind, how urgent, where."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from attrs import frozen

from qiantai.caller import read_caller
from qiantai.directory import Directory
from qiantai.intakewords import Alarm, Heard, alarms_heard, first_questions, kinds_heard, topic_heard
from qiantai.people import Household
from qiantai.rooms import Match, find_rooms, half_width, written
from qiantai.words import Bilingual

_SHARED = re.compile(
    r"电梯|大堂|门厅|楼道|走廊|过道|楼梯|天台|楼顶|单元门|门禁|管道井|水井|电井|信报箱|[0-9]{1,2}[层楼]"
)
_ENDS_OPEN = re.compile(r"[栋座]$|单元$")
_AT_HOME = re.compile(r"门口|楼下|外墙|平台")
_WHERE_THEY_LIVE = frozenset({"repair", "help"})


@frozen
class Intake:
    """What a line proposes; nothing of it is decided.

    `households` are the candidates, and `found_by` what found them (`room`, `phone`, `name`, `surname`, `initials`, or
    nothing). `unlisted` are rooms the line names and the roll does not know. `name` and `phone` are as
    the line gives them. `kinds` are the kinds it speaks for with the words that did, the likeliest first. `alarms` are
    the words that propose an emergency, the gravest first. `questions` are what to ask first in one: nothing that the
    line or the roll already tells.
    """

    line: str
    summary: str
    households: tuple[Household, ...] = ()
    found_by: str = ""
    unlisted: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""
    kinds: tuple[Heard, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    place: str = ""
    topic: str = ""
    questions: tuple[Bilingual, ...] = ()

    @property
    def emergency(self) -> bool:
        """Whether a word of the line proposes an emergency."""
        return bool(self.alarms)

    @property
    def emergency_word(self) -> str:
        """The word that does, as it stands in the line; empty where none does."""
        return self.alarms[0].word if self.alarms else ""

    @property
    def kind(self) -> str:
        """The likeliest kind, empty where no word speaks for one."""
        return self.kinds[0].kind if self.kinds else ""

    @property
    def household(self) -> Household | None:
        """The household where the line settles it; a surname never does."""
        return settled(self.households, self.found_by)


def settled(households: tuple[Household, ...], found_by: str) -> Household | None:
    """The one household of several candidates, where there is but one and more than a surname found it."""
    return households[0] if len(households) == 1 and found_by != "surname" else None


def read_line(
    line: str,
    directory: Directory,
    topics: Mapping[str, Collection[str]] | None = None,
    called: Mapping[str, Collection[str]] | None = None,
) -> Intake:
    """What one line proposes: `1-2-301 漏水`, `13800001234 电梯困人`, `李姐 问物业费`.

    `topics` are the words of each topic that has an agreed answer: the topic of the longest word found is proposed.
    `called` are the names of kinds besides the six.
    """
    text = half_width(line).strip()
    rooms = find_rooms(text, directory.rooms)
    caller = read_caller(text, rooms, directory)
    alarms = alarms_heard(caller.summary)
    kinds = kinds_heard(caller.summary, alarms, called)
    known = settled(caller.households, caller.found_by)
    elsewhere = [each for each in rooms if each != caller.room or (known and known.id not in each.households)]
    place = _place(elsewhere, caller.room, known, kinds)
    phone = caller.phone or (known.phone if known else "")
    return Intake(
        line=line,
        summary=caller.summary,
        households=caller.households,
        found_by=caller.found_by,
        unlisted=tuple(each.place for each in rooms if each.room and not each.households),
        name=caller.name,
        phone=caller.phone,
        kinds=kinds,
        alarms=alarms,
        place=place,
        topic=topic_heard(caller.summary, topics or {}),
        questions=first_questions(alarms, [name for name, value in (("place", place), ("phone", phone)) if value]),
    )


def _place(others: list[Match], room: Match | None, known: Household | None, kinds: tuple[Heard, ...]) -> str:
    """Where it is: a place or second room the line names, else, for what is mended or helped on the spot, the home."""
    home = written(known.id) if known else room.place if room else ""
    building = next((each for each in others if each.parts), None)
    spot = next((each.place for each in others if not each.parts), "")
    if building:
        return f"{building.place} {spot}".strip() if _ENDS_OPEN.search(building.place) else building.place
    if spot and known and _SHARED.match(spot):
        return f"{_stairs(known.id)} {spot}".strip()
    if spot:
        return f"{home} {spot}".strip() if _AT_HOME.match(spot) else spot
    return home if kinds and kinds[0].kind in _WHERE_THEY_LIVE else ""


def _stairs(id: str) -> str:
    """The building and unit of a household, as they are written; nothing for a villa, a shop or a garage."""
    stairs = written(id).removesuffix(id.rpartition("-")[2])
    return "" if stairs.endswith("-") else stairs
