"""The program's stylesheet: Textual's, each source of which is parsed once for a theme, and not at every new screen."""

from __future__ import annotations

from textual.css.stylesheet import Stylesheet


class OnceParsed(Stylesheet):
    """Keeps the rules of what it has parsed for as long as the variables of the theme are the same."""

    def __init__(self, *, variables: dict[str, str]) -> None:
        super().__init__(variables=variables)
        self._known = dict(variables)

    def set_variables(self, variables: dict[str, str]) -> None:
        """Forgets all rules where a variable has changed."""
        if variables != self._known:
            self._known = dict(variables)
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parses what it has no rules of. Raises what `parse` raises."""
        self.parse()
