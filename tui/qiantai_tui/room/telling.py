"""What the trainee is told while a rehearsal goes on: who rings, what is said, what colleagues did."""

from __future__ import annotations

from rich.cells import cell_len

from qiantai.words import NOTHING, Bilingual, Channel, label
from qiantai_scenarios.rehearsing.happenings import Acted, Happening, Rang, Said
from qiantai_scenarios.rehearsing.telling import colleague_did, rang_told, said_told

from ..text.words import say
from .room import Room

NOT_REAL = Bilingual("演练 · 不是真事,不进小区的数据", "REHEARSAL · none of it is real")
IN_SHORT = Bilingual("演练 · 不是真事", "REHEARSAL · not real")
PRACTICE = Bilingual(" · 不记成绩", " · practice")
PAUSED = Bilingual("已暂停", "paused")
LEFT, OVER = Bilingual(" · 还剩 {time}", " · {time} left"), Bilingual(" · 时间用完", " · time is up")
WAITING = Bilingual(" · {channel}在等 {seconds} 秒,F2 接", " · {channel} waits {seconds} s: F2")
OTHERS = Bilingual("(共 {n} 位)", " ({n} in all)")
RINGS = Bilingual("电话响了,F2 接", "The phone rings; F2 answers")
THERE = Bilingual("有人到柜台,F2 招呼", "Somebody is at the counter; F2 attends to them")
CAME = Bilingual("收到{channel},F2 拆开", "Something came by {channel}; F2 opens it")
_IN_PERSON = (Channel.VISIT, Channel.PATROL)


def framed(room: Room, width: int) -> str:
    """The upper edge of every screen, in so many cells: that it is a rehearsal, what time it is, and who waits.

    Where it is narrow it says first the hour alone, then in fewer words that nothing of it is real.
    """
    pace = say(PAUSED) if not room.pace else f"×{room.pace:g}"
    rest = f" {pace}{say(PRACTICE) if room.practice else ''}{say(_left(room))}{say(_waiting(room))}"
    now = room.now()
    told = [
        f"{say(lead)} · {time}{rest}"
        for lead in (NOT_REAL, IN_SHORT)
        for time in (f"{now:%m-%d %H:%M:%S}", f"{now:%H:%M:%S}")
    ]
    return next((each for each in told if cell_len(each) <= width), told[-1])


def _left(room: Room) -> Bilingual:
    """How much is left of the real time that there is."""
    left = room.seconds_left
    if left is None:
        return NOTHING
    minutes, seconds = divmod(int(left), 60)
    return LEFT.format(time=f"{minutes}:{seconds:02}") if left >= 0 else OVER


def _waiting(room: Room) -> Bilingual:
    """Who waits to be attended to, and how long already."""
    waiting = [each for each in room.play.ringing if each.case != room.picked]
    if not waiting:
        return NOTHING
    first = waiting[0]
    seconds = int((room.now() - first.at).total_seconds())
    said = WAITING.format(channel=label("channels", first.channel), seconds=seconds)
    others = OTHERS.format(n=len(waiting)) if len(waiting) > 1 else NOTHING
    return Bilingual(said.zh + others.zh, said.en + others.en)


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
        case _:
            return NOTHING
