"""What a screen has to draw anew: also where something stood that has gone since a list on it was scrolled."""

from __future__ import annotations

from textual._compositor import Compositor, CompositorMap


class Drawing(Compositor):
    """Textual's own, which after a scroll forgets what was drawn: a toast that goes then would be seen for good."""

    @property
    def full_map(self) -> CompositorMap:
        """As Textual has it; made anew, the places of what is no longer there are drawn again."""
        drawn = self._visible_map if self._full_map_invalidated else None
        found = super().full_map
        gone = [place for widget, place in (drawn or {}).items() if widget not in found]
        self._dirty_regions.update(filter(None, (place.clip.intersection(place.region) for place in gone)))
        return found
