"""How a rehearsal goes on: paused, faster, at the next happening, with another who waits, ended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from qiantai.words import Bilingual, label
from qiantai_scenarios.rehearsing.happenings import Acted, Rang, Said
from qiantai_scenarios.rehearsing.telling import rang_told

from ..actions import Action, bound
from ..dialogs.choose import ChooseDialog
from ..dialogs.choose import Item as Choice
from ..dialogs.frame import FramedPage
from ..text.words import say
from ..widgets.items import Item, Span, labelled, line
from ..widgets.rows import Column
from .room import PACES, Room
from .telling import heard, rings

TITLE = Bilingual("演练怎么走?", "How does it go on?")
PAUSE, GO_ON = Bilingual("暂停", "Pause"), Bilingual("继续,按真实时间", "Go on in real time")
FASTER = Bilingual("快 {n} 倍", "{n} times as fast")
JUMP = Bilingual("跳到下一件事", "Go to what happens next")
NOTHING_NEXT = Bilingual("跳到下一件事:没有会自己发生的了", "What happens next: nothing will by itself")
TO = Bilingual("先接这一位:{who}", "Attend to this one: {who}")
HEARD = Bilingual("重看说过的话", "What was said, again")
LEAVE = Bilingual("不练了,不评分也不记", "Leave it, with no score and nothing on record")
END = Bilingual("结束,看讲评", "End it and see the debrief")
SAID = Bilingual("说过的话", "What was said")
NOTHING_SAID = Bilingual("还没有人说过话。Esc 返回", "Nobody has said anything yet. Esc goes back")
_COLUMNS = (Column(Bilingual("", ""), 20, flex=1),)


class Controls(ChooseDialog):
    """Gives what was chosen: `pace:N`, `jump`, `to:CASE`, `heard`, `end`."""

    ABOUT = Bilingual(
        "演练的钟可以停、加快,也可以跳到下一件会自己发生的事;结束就评分、讲评。",
        "The clock of a rehearsal can stand still, run faster, or go to the next thing that happens by itself; "
        "ending it "
        "gives score and debrief.",
    )

    def __init__(self, room: Room) -> None:
        super().__init__(TITLE, _COLUMNS, tuple(_choices(room)))


def _choices(room: Room) -> Iterator[Choice]:
    yield Choice("pace:1", (say(GO_ON),)) if room.pace != 1 else Choice("pace:0", (say(PAUSE),))
    yield Choice("jump", (say(JUMP if room.play.next_at else NOTHING_NEXT),))
    yield from (Choice(f"pace:{n}", (say(FASTER.format(n=n)),)) for n in PACES if n > 1)
    for each in room.play.ringing:
        if each.case != room.picked:
            yield Choice(f"to:{each.case}", (say(TO.format(who=_who(each))),))
    yield Choice("heard", (say(HEARD),))
    yield Choice("leave", (say(LEAVE),))
    yield Choice("end", (say(END),))


def _who(rang: Rang) -> Bilingual:
    return label("channels", rang.channel)


class Heard(FramedPage):
    """What residents said and colleagues did, in order."""

    title_words = SAID
    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,enter", "dismiss", footer=90),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual("到现在为止谁说过什么、同事办了什么。", "Who said what, and what colleagues did, up to now.")

    def __init__(self, room: Room) -> None:
        super().__init__()
        self._room = room

    def items(self, width: int) -> Sequence[Item]:
        """A line each, by time."""
        found = [
            Item(labelled(f"{each.at:%H:%M:%S}", say(self._told(each)), width))
            for each in self._room.play.happened
            if isinstance(each, Rang | Said | Acted)
        ]
        return found or [Item((line(Span(say(NOTHING_SAID), "label")),))]

    def _told(self, happened: Rang | Said | Acted) -> Bilingual:
        """Words of who has not been attended to yet are not known."""
        waiting = {each.case for each in self._room.play.ringing} - {self._room.picked}
        if isinstance(happened, Rang):
            return rings(happened) if happened.case in waiting else rang_told(happened)
        return heard(happened, self._room)
