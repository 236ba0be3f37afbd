"""Forms that read and write beside the screen, say how far that is, and can be left until it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, TypeVar

from textual import work
from textual.widget import Widget
from textual.worker import get_current_worker

from qiantai import Command, Refusal, StoreError
from qiantai.words import Bilingual

from ..desk_screen import NOT_KEPT, Answer
from ..followed import Followed, GivenUp
from ..giving_way import giving_way
from ..sites.files import SiteError
from ..widgets.how_far import HowFar
from .form import FormDialog

T = TypeVar("T")

STILL_READING = Bilingual("还在读,读完再按 F10;Esc 返回", "Still reading: F10 once it is read; Esc goes back")
STILL_WRITING = Bilingual("正在写,写完才能离开", "It is being written, and is left once that is done")


def _nothing(_: Any) -> None:
    """Nothing but the form is to know of it."""


class FollowedForm(FormDialog[Answer]):
    """A form that reads and writes beside the screen, one thing at a time, and says how far that is.

    What is read is given up where the form is left; what is being written is waited for.
    """

    command = ""
    """What it asks for, as a refusal names it."""
    _going: Followed | None = None
    _answer: Callable[[], None] | None = None

    def after(self) -> Iterable[Widget]:
        """How far it is."""
        yield HowFar()

    def begin(
        self,
        says: Bilingual,
        ask: Callable[[Followed], T],
        take: Callable[[T], object],
        told: Callable[[T], None] = _nothing,
    ) -> None:
        """Has it asked beside the screen. The form takes what comes once it is seen; `told` is the program at once."""
        self._going = Followed(says, lambda: get_current_worker().is_cancelled)
        self.query_one(HowFar).follow(self._going)
        self._ask(self._going, ask, take, told)

    @work(thread=True, group="followed")
    def _ask(
        self, going: Followed, ask: Callable[[Followed], T], take: Callable[[T], object], told: Callable[[T], None]
    ) -> None:
        try:
            with giving_way():
                found = ask(going)
        except GivenUp:
            return
        except (StoreError, SiteError) as error:
            self.program.call_from_thread(self._answered, partial(self.failed, self.not_kept(error)))
        else:
            self.program.call_from_thread(told, found)
            self.program.call_from_thread(self._answered, partial(take, found))

    def _answered(self, answer: Callable[[], None]) -> None:
        """Where another screen covers the form, it waits until that is gone; where it was left, nobody does."""
        self._going = None
        self._answer = answer
        if self.is_attached:
            self.query_one(HowFar).follow(None)
        if self.is_current:
            self.on_screen_resume()

    def on_screen_resume(self) -> None:
        """Takes what has come meanwhile."""
        answer, self._answer = self._answer, None
        if answer is not None:
            answer()

    def not_kept(self, error: StoreError | SiteError) -> Refusal:
        """What the store or the disk did not take, as a refusal."""
        return Refusal(Command(self.command, self.me, ""), self.now, NOT_KEPT, None, error.why)

    def failed(self, refusal: Refusal) -> None:
        """Shows what the store or the disk did not give or take; all is as it was, for the next try."""
        self.took(refusal)

    def action_send(self) -> None:
        """As any form does, once what was begun has ended."""
        if self._going is not None:
            self.program.notify(STILL_WRITING if self._going.written else STILL_READING)
        else:
            super().action_send()

    def action_leave(self) -> None:
        """Leaves, and gives up what is being read; what is being written goes to its end first."""
        if self._going is not None and not self._going.give_up():
            self.program.notify(STILL_WRITING)
        else:
            super().action_leave()
