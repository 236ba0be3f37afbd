"""A store that forgets nothing: it is closed and opened anew before everything that is asked of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from qiantai.store import Store


def restarting(opening: Callable[[], Store]) -> Store:
    """The store that `opening` opens, closed and opened anew before everything that is asked of it."""
    return cast(Store, _Restarting(opening))


class _Restarting:
    def __init__(self, opening: Callable[[], Store]) -> None:
        self._opening, self._store = opening, opening()

    def __getattr__(self, name: str) -> Any:
        self._store.close()
        self._store = self._opening()
        return getattr(self._store, name)
