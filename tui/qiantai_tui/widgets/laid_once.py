"""A widget for which the room that it was given is no reason to lay all out once more."""

from __future__ import annotations

from textual.geometry import Size


class LaidOnce:
    """Goes before one of Textual's, which ask for another layout each time that a layout has given them a size."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Textual's private taking of a size; bars that come or go ask for a layout themselves."""
        del layout
        return bool(super()._size_updated(size, virtual_size, container_size, layout=False))  # type: ignore[misc]
