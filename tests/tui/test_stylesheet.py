"""The style sheets of a theme: each is parsed once, and anew where a variable is another."""

from __future__ import annotations

import pytest
from textual.css.parse import parse
from textual.css.stylesheet import Stylesheet
from textual.widgets import Static

from qiantai_tui.program.stylesheet import OnceParsed
from tests.tui.desk_driver import at_the_desk

KEYS = ("f3", "escape", "f2", "1-2-301 漏水", "enter", "f8", "down", "down", "escape", "f7", "escape", "f9", "escape")
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


async def test_a_widget_is_styled_as_if_its_rules_had_been_looked_for_anew() -> None:
    async with at_the_desk() as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水")
        looked_at = 0
        for key in KEYS * 2:
            await (desk.type(key) if " " in key else desk.press(key))
            for widget in desk.app.screen.walk_children(with_self=True):
                found = dict(widget._css_styles.get_rules())
                Stylesheet.apply(desk.app.stylesheet, widget)
                assert widget._css_styles.get_rules() == found, f"{widget} after {key}"
                looked_at += 1
        assert looked_at > 500
