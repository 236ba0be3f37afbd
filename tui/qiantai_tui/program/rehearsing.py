"""An app that gives way to a rehearsal, of whoever is at the desk or of one who writes it, and goes on afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .base import BaseApp

if TYPE_CHECKING:
    from qiantai_scenarios.scenario import Scenario


class RehearsingApp(BaseApp):
    """It ends with `to_rehearse`, and with `to_write` where a file is gone on with once that was tried out."""

    def __init__(self, **given: Any) -> None:
        """Nothing is to be rehearsed yet."""
        super().__init__(**given)
        self.to_rehearse: Scenario | None = None
        self.to_write: Path | None = None

    def rehearse(self, scenario: Scenario) -> None:
        """Closes the desk for a rehearsal of whoever is at it; what is being written is kept."""
        self.to_rehearse = scenario
        self.exit(0)

    def try_out(self, scenario: Scenario, file: Path) -> None:
        """Closes the desk to play a rehearsal that is being written, without a record; then the writing goes on."""
        self.to_write = file
        self.rehearse(scenario)

    def go_on_writing(self) -> None:
        """Goes on with what was tried out, where there is such a thing."""
        if self.to_write is not None:
            self.call_later(self.write_on, self.to_write)

    def write_on(self, file: Path) -> None:
        """Goes on with the writing of a rehearsal, where whoever is at the desk may do so."""
        from ..writing.going_on import write_on

        self.to_write = None
        write_on(self, file)  # type: ignore[arg-type]  # which is the desk's app
