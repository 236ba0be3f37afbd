"""The style sheets of a theme: each is parsed once, and anew where a variable is another."""

from __future__ import annotations

import pytest
from textual.css.parse import parse
from textual.widgets import Static

from qiantai_tui.program.stylesheet import OnceParsed

BOARD, PANE = "Static { color: $ink; }", "Label { color: $ink; }"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was parsed, in its order."""
    found: list[str] = []

    def noted(scope: str, css: str, *given: object, **named: object) -> object:
        found.append(css)
        return parse(scope, css, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("textual.css.stylesheet.parse", noted)
    return found


def sheet(**variables: str) -> OnceParsed:
    """A style sheet with the board's source."""
    made = OnceParsed(variables=variables)
    made.add_source(BOARD, read_from=("", "board"))
    return made


def colour(made: OnceParsed) -> str:
    """The colour that a text has by it."""
    text = Static()
    made.apply(text)
    return str(text.styles.color.hex)


def test_a_screen_that_comes_up_parses_its_own_source_alone(parsed: list[str]) -> None:
    made = sheet(ink="#102030")
    made.reparse()
    made.add_source(PANE, read_from=("", "pane"))
    made.reparse()
    made.set_variables({"ink": "#102030"})
    made.reparse()
    assert parsed == [BOARD, PANE]
    assert [each.selector_names for each in made.rules] == [{"Static"}, {"Label"}]


def test_another_theme_has_everything_parsed_anew(parsed: list[str]) -> None:
    made = sheet(ink="#102030")
    assert colour(made) == "#102030"
    made.set_variables({"ink": "#405060"})
    made.reparse()
    assert colour(made) == "#405060"
    assert parsed == [BOARD, BOARD]


def test_the_rules_of_every_source_are_kept_however_many_there_are(parsed: list[str]) -> None:
    made = OnceParsed(variables={"ink": "#102030"})
    for n in range(100):
        made.add_source(f"#n{n} {{ color: $ink; }}", read_from=("", str(n)))
    made.reparse()
    made.add_source(PANE, read_from=("", "pane"))
    made.reparse()
    assert len(parsed) == 101
