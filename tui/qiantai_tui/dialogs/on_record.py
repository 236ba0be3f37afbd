"""Forms about what is kept of residents: nothing of them is a draft, as it may be the very thing to be erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar, TypeVar

from textual.widget import Widget

from qiantai import Refusal, Residents, StoreError
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..sites.files import SiteError
from ..text.words import say
from ..widgets.reading import Reading
from .followed_form import FollowedForm

T = TypeVar("T")


class OnRecordForm(FollowedForm[None]):
    """A form about a household."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("确定", "Do it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    DEFAULT_CSS = """
    OnRecordForm .about { margin-bottom: 1; color: $foreground 80%; }
    """
    about: Bilingual | str = ""
    form_name = "resident"

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
