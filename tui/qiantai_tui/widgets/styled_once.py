"""A widget that is styled as it comes on a screen, and not before, however its classes change while it is made."""

from __future__ import annotations


class StyledOnce:
    """Goes before one of Textual's fields, which style themselves anew for every class, on a screen or not."""

    def update_node_styles(self, animate: bool = True) -> None:
        """Styles it where it is on a screen; it is styled when it is put there."""
        if self.is_attached:  # type: ignore[attr-defined]
            super().update_node_styles(animate)  # type: ignore[misc]
