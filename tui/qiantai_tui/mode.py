"""A mode of the program: one of the screens that stand side by side, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from attrs import frozen
from textual.screen import Screen

from qiantai.words import Bilingual

from .actions import Action


@frozen
class Mode:
    """One mode. `key` is Textual's name of its key, `order` its place among the modes, `make` makes its screen."""

    id: str
    label: Bilingual
    key: str
    order: int
    make: Callable[[], Screen[Any]]
    footer: int = 0

    @property
    def action(self) -> Action:
        """Going there; a digit does it too while no field has the focus."""
        digit = str(self.order) if 1 <= self.order <= 9 else ""
        keys = ",".join(each for each in (self.key, digit) if each)
        return Action(f"mode_{self.id}", self.label, keys, f"app.mode('{self.id}')", footer=self.footer)
