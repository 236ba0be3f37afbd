"""What the trainee is told while a rehearsal goes on: who rings, what is said, what colleagues did."""

from __future__ import annotations

from qiantai.words import NOTHING, Bilingual, Channel, label
from qiantai_scenarios.rehearsing.happenings import Acted, Happening, Rang, Said, Waits
from qiantai_scenarios.rehearsing.telling import colleague_did, rang_told, said_told

from .room import Room

FRAME = Bilingual("演练 · 不是真事,不进小区的数据 · {time} {pace}", "REHEARSAL · none of it is real · {time} {pace}")
PAUSED = Bilingual("停着", "paused")
WAITING = Bilingual(" · {channel}在等 {seconds} 秒,F2 接", " · {channel} waiting {seconds} s, F2 answers")
OTHERS = Bilingual("(共 {n} 位)", " ({n} in all)")
RINGS = Bilingual("电话响了,F2 接", "The phone rings; F2 answers")
THERE = Bilingual("有人到柜台,F2 招呼", "Somebody is at the counter; F2 attends to them")
CAME = Bilingual("收到{channel},F2 拆开", "Something came by {channel}; F2 opens it")
_IN_PERSON = (Channel.VISIT, Channel.PATROL)


def framed(room: Room) -> Bilingual:
    """The upper edge of every screen: that it is a rehearsal, what time it is in it, and who waits."""
    pace = PAUSED if not room.pace else Bilingual(f"×{room.pace:g}", f"×{room.pace:g}")
    told = FRAME.format(time=f"{room.now():%m-%d %H:%M:%S}", pace=pace)
    waiting = [each for each in room.play.ringing if each.case != room.picked]
    if not waiting:
        return told
    first = waiting[0]
    seconds = int((room.now() - first.at).total_seconds())
    said = WAITING.format(channel=label("channels", first.channel), seconds=seconds)
    others = OTHERS.format(n=len(waiting)) if len(waiting) > 1 else NOTHING
    return Bilingual(told.zh + said.zh + others.zh, told.en + said.en + others.en)


def rings(rang: Rang) -> Bilingual:
    """That somebody has come, before they are spoken to."""
    match rang.channel:
        case Channel.PHONE:
            return RINGS
        case channel if channel in _IN_PERSON:
            return THERE
        case channel:
            return CAME.format(channel=label("channels", channel))


def heard(happened: Happening, room: Room) -> Bilingual:
    """What the trainee hears of something that happened; nothing of their own deeds."""
    people = room.play.scenario.handbook.people
    match happened:
        case Rang(case=case):
            return rang_told(happened) if case == room.picked else rings(happened)
        case Said(_, case, says):
            return said_told(says)
        case Acted(_, played):
            return colleague_did(played.step, people)
        case Waits():
            return NOTHING
        case _:
            return NOTHING
