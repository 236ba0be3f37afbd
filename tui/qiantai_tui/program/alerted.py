"""An app that tells whoever is at the desk of due times, and shows how many of them they have not seen to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from textual.events import Click

from ..actions.navigation import CaseChanged
from .signed_in import SignedInApp

if TYPE_CHECKING:
    from ..alerts.alerting import Alerting
    from ..app import DeskApp

FIRST = 2
"""Seconds after the first screen stands until what came up meanwhile is told."""


class AlertedApp(SignedInApp):
    """Without a folder for the book of what its people are told, nobody is told anything."""

    def __init__(self, *, alerts: Path | None = None, **given: Any) -> None:
        """`alerts` is the folder in which the site's book lies."""
        super().__init__(**given)
        self._alerts = alerts
        self.alerting: Alerting | None = None

    @property
    def unseen_alerts(self) -> int:
        """How many alerts the person at the desk has not seen to."""
        return self.alerting.unseen if self.alerting is not None else 0

    def on_mount(self) -> None:
        """Begins once the first screen stands."""
        if self._alerts is not None:
            self.set_timer(FIRST, self._begin_alerts)

    def _begin_alerts(self) -> None:
        from ..alerts.alerting import Alerting  # the first screen does without
        from ..alerts.book import AlertBook

        self.alerting = Alerting(cast("DeskApp", self), AlertBook(self._alerts), self.site.settings.alerts)
        self.alerting.begin()

    def on_unmount(self) -> None:
        """Leaves the terminal as it was."""
        if self.alerting is not None:
            self.alerting.end()

    def on_click(self, event: Click) -> None:
        """A click on a toast that tells of a due time opens what it tells of."""
        if self.alerting is not None:
            self.alerting.clicked(event.widget)

    def tell_screens(self, message: CaseChanged | None = None) -> None:
        """The same, and has what is to be told reckoned anew."""
        super().tell_screens(message)
        if self.alerting is not None:
            self.alerting.changed()

    def open_case(self, number: str) -> None:
        """The same; whoever has the case before them has seen to what they were told of it."""
        super().open_case(number)
        if self.alerting is not None:
            self.alerting.saw(number)
