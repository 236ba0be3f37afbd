"""Two versions of an agreed answer, one made into the other: what went stands in 〔-〕, what came in 〔+〕."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.cells import cell_len

from qiantai import label
from qiantai.comparing import How, compared
from qiantai.scripts import Script
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text.facts import NO, YES
from ..text.showing import staff
from ..text.wordings import days
from ..text.words import say
from ..widgets.items import Item, Line, Span, heading, labelled
from .frame import FramedPage

TITLE = Bilingual("{topic}:v{old} 改为 v{new}", "{topic}: v{old} made into v{new}")
OTHERWISE = Bilingual("其他不同", "What else differs")
SAME = Bilingual("原文一字不差", "The wording is the same, sign for sign")
CHANGE = Bilingual("{old} → {new}", "{old} → {new}")
NONE = Bilingual("无", "none")
_SIGNS = {How.GONE: ("〔-", "〕", "struck"), How.NEW: ("〔+", "〕", "strong"), How.KEPT: ("", "", "")}


class CompareDialog(FramedPage):
    """The wording with what went and what came, and whatever else is not the same."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_away", Bilingual("返回", "Back"), "escape,enter,f8", "put_away", footer=10),
    )
    BINDINGS = bound(ACTIONS)

    def __init__(self, old: Script, new: Script, topic: str) -> None:
        super().__init__()
        self._old, self._new = old, new
        self.title_words = TITLE.format(topic=topic, old=old.version, new=new.version)

    def items(self, width: int) -> Sequence[Item]:
        """The wording, and under it what else differs."""
        pieces = [
            Span(f"{before}{each.text}{after}", part)
            for each in compared(self._old.text, self._new.text)
            for before, after, part in (_SIGNS[each.how],)
        ]
        same = [Item(labelled("", say(SAME), width))] if self._old.text == self._new.text else []
        found = [*same, Item(tuple(_wrapped(pieces, max(2, width))))]
        others = [Item(labelled(name, said, width)) for name, said in self._others()]
        return [*found, heading(OTHERWISE, width), *others] if others else found

    def _others(self) -> Iterator[tuple[str, str]]:
        handbook = self.program.handbook
        for name, shown in (
            ("from", days),
            ("spokesperson", lambda script: staff(script.spokesperson, handbook) or say(NONE)),
            ("sensitive", lambda script: say(YES if script.sensitive else NO)),
        ):
            old, new = shown(self._old), shown(self._new)
            if old != new:
                yield say(label("fields", name)), say(CHANGE.format(old=old, new=new))

    def action_put_away(self) -> None:
        """Back to what is under it."""
        self.dismiss(None)


def _wrapped(pieces: Sequence[Span], width: int) -> Iterator[Line]:
    """Pieces in lines so many cells wide, each sign in the style of its piece."""
    row: list[Span] = []
    left = width
    for piece in pieces:
        run = ""
        for sign in piece.text:
            if sign == "\n" or cell_len(sign) > left:
                yield (*row, Span(run, piece.part))
                row, run, left = [], "", width
            if sign != "\n":
                run, left = run + sign, left - cell_len(sign)
        row.append(Span(run, piece.part))
    yield tuple(row)
