"""What a search is narrowed to: a key each for the kind, the state and the month."""

from __future__ import annotations

from contextlib import suppress
from itertools import count, takewhile
from typing import ClassVar

from attrs import evolve

from qiantai import StoreError, label
from qiantai.projections.months import later, month_of
from qiantai.words import AWAITING_CALL_BACK, CLOSED, Bilingual

from ..actions import Action
from ..desk_screen import OfTheDesk
from ..dialogs.choose import ChooseDialog, Item
from ..text.words import say
from ..widgets.rows import Column
from .search import EVERYTHING, UNFINISHED, Only

NARROWED = Bilingual(
    "只看 {only}  ·  F4 类别  F5 状态  F6 月份  Esc 去掉", "Only {only}  ·  F4 kind  F5 state  F6 month  Esc"
)
ANY_KIND, ANY_STATE, ANY_MONTH = (
    Bilingual("全部类别", "Every kind"),
    Bilingual("全部状态", "Every state"),
    Bilingual("全部月份", "Every month"),
)
UNFINISHED_WORDS = Bilingual("在办", "Open")
MONTHS = 36
"""Months back that may be chosen where it is not known which the first one is."""
_ONE_COLUMN = (Column(Bilingual("只看", "Only"), 20, flex=1),)


class Narrowing(OfTheDesk):
    """For the screen that searches; `narrowed()` searches anew."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("only_kind", Bilingual("类别", "Kind"), "f4", "only('kind')", footer=30),
        Action("only_state", Bilingual("状态", "State"), "f5", "only('state')", footer=40),
        Action("only_month", Bilingual("月份", "Month"), "f6", "only('month')", footer=50),
    )
    only: Only = EVERYTHING

    def narrowed(self) -> None:
        """Searches anew."""
        raise NotImplementedError

    def only_words(self) -> Bilingual:
        """What it is narrowed to, in words."""
        only = self.only
        state = UNFINISHED_WORDS if only.state == UNFINISHED else label("states", only.state) if only.state else None
        kind = label("kinds", only.kind) if only.kind else None
        month = Bilingual(only.month, only.month) if only.month else None
        parts = [each for each in (kind, state, month) if each is not None]
        return Bilingual(" ".join(each.zh for each in parts), ", ".join(each.en for each in parts))

    def action_only(self, what: str) -> None:
        """Asks which kind, state or month alone is to be looked at."""
        title, items = {"kind": self._kinds, "state": self._states, "month": self._months}[what]()

        def chosen(value: str | None) -> None:
            if value is not None:
                self.only = evolve(self.only, **{what: value})
                self.narrowed()

        dialog = ChooseDialog(title, _ONE_COLUMN, items, chosen=getattr(self.only, what), filtered=what == "month")
        self.program.push_screen(dialog, chosen)

    def _kinds(self) -> tuple[Bilingual, list[Item]]:
        kinds = [Item(each, (say(label("kinds", each)),)) for each in self.program.handbook.requests]
        return ANY_KIND, [Item("", (say(ANY_KIND),)), *kinds]

    def _states(self) -> tuple[Bilingual, list[Item]]:
        requests = self.program.handbook.requests.values()
        names = dict.fromkeys((CLOSED, AWAITING_CALL_BACK, *(name for each in requests for name in each.states)))
        states = [Item(each, (say(label("states", each)),)) for each in names]
        return ANY_STATE, [Item("", (say(ANY_STATE),)), Item(UNFINISHED, (say(UNFINISHED_WORDS),)), *states]

    def _months(self) -> tuple[Bilingual, list[Item]]:
        this = month_of(self.now)
        first = min(this, self._first_month(this))
        months = takewhile(lambda each: each >= first, (later(this, -back) for back in count()))
        return ANY_MONTH, [Item("", (say(ANY_MONTH),)), *(Item(each, (each,)) for each in months)]

    def _first_month(self, this: str) -> str:
        """The month of the first receipt of all."""
        seat = self.program.seat
        with suppress(StoreError):
            closed = seat.closed_count()
            if closed is not None:
                oldest = seat.closed_page(closed - 1, 1) if closed else ()
                return min((month_of(each.received) for each in (*seat.open_cases(), *oldest)), default=this)
        return later(this, 1 - MONTHS)
