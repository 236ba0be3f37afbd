"""Forms about what is kept of residents: nothing of them is a draft, and what takes long goes on beside the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import work
from textual.widget import Widget
from textual.worker import get_current_worker

from qiantai import Command, Refusal, Residents, StoreError
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..desk_screen import NOT_KEPT
from ..followed import Followed, GivenUp
from ..giving_way import giving_way
from ..sites.files import SiteError
from ..text.words import say
from ..widgets.how_far import HowFar
from ..widgets.reading import Reading
from .form import FormDialog

T = TypeVar("T")

STILL_READING = Bilingual("还在读,读完再按 F10;Esc 返回", "Still reading: F10 once it is read; Esc goes back")
STILL_WRITING = Bilingual("正在写,写完才能离开", "It is being written, and is left once that is done")


class OnRecordForm(FormDialog[None]):
    """A form about a household; nothing of it is kept as a draft, as it may be the very thing to be erased."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("确定", "Do it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    OnRecordForm .about { margin-bottom: 1; color: $foreground 80%; }
    """
    about: Bilingual | str = ""
    form_name = "resident"
    command = ""

    @property
    def residents(self) -> Residents:
        """What residents may ask of the desk."""
        return Residents(self.program.desk, self.program.site.books)

    def before(self) -> Iterable[Widget]:
        """What it is for."""
        yield Reading(say(self.about), classes="about")

    def keep(self) -> bool:
        """Nothing is kept."""
        return False

    def done(self, ask: Callable[[], T | Refusal]) -> T | None:
        """What came of it; a refusal and what the store or the disk did not take are shown, and give None."""
        try:
            outcome = ask()
        except (StoreError, SiteError) as error:
            outcome = self.not_kept(error)
        if isinstance(outcome, Refusal):
            self.took(outcome)
            return None
        return outcome

    def not_kept(self, error: StoreError | SiteError) -> Refusal:
        """What the store or the disk did not take, as a refusal."""
        return Refusal(Command(self.command, self.me, ""), self.now, NOT_KEPT, None, error.why)


def _nothing(_: Any) -> None:
    """Nothing but the form is to know of it."""


class FollowedForm(OnRecordForm):
    """One that reads and writes beside the screen, one thing at a time, and says how far that is.

    What is read is given up where the form is left; what is being written is waited for.
    """

    _going: Followed | None = None
    _answer: Callable[[], None] | None = None

    def after(self) -> Iterable[Widget]:
        """How far it is."""
        yield HowFar()

    def begin(
        self,
        says: Bilingual,
        ask: Callable[[Followed], T],
        take: Callable[[T], None],
        told: Callable[[T], None] = _nothing,
    ) -> None:
        """Has it asked beside the screen. The form takes what comes once it is seen; `told` is the program at once."""
        self._going = Followed(says, lambda: get_current_worker().is_cancelled)
        self.query_one(HowFar).follow(self._going)
        self._ask(self._going, ask, take, told)

    @work(thread=True, group="followed")
    def _ask(
        self, going: Followed, ask: Callable[[Followed], T], take: Callable[[T], None], told: Callable[[T], None]
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
