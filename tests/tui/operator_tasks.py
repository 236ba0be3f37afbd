"""The tasks of the operator's page: which test performs each, and the keys that its numbered steps name."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tests.tui.desk_driver import Driver, at_the_desk

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"zh": DOCS / "operator.zh-CN.md", "en": DOCS / "operator.en.md"}
TASKS: Mapping[str, str] = {
    "The first start": "test_operator_tasks.py::test_the_first_minute",
    "Signing in": "test_operator_desk_tasks.py::test_people_sign_in",
    "To do": "test_operator_tasks.py::test_the_list_is_gone_through",
    "Taking a call": "test_operator_tasks.py::test_a_call_is_taken_in",
    "It is there already": "test_operator_tasks.py::test_a_call_is_put_to_the_case_that_is_there",
    "An emergency": "test_operator_tasks.py::test_an_emergency_is_taken_in",
    "What may be said": "test_operator_tasks.py::test_what_may_be_said_is_read_off_and_passed_on",
    "Sending it on": "test_operator_tasks.py::test_it_is_sent_on",
    "One cause, many households": "test_operator_more_tasks.py::test_an_incident_from_its_opening_to_its_end",
    "When it is refused": "test_operator_more_tasks.py::test_a_refusal_is_read_and_put_right",
    "Calling back": "test_operator_more_tasks.py::test_it_is_called_back",
    "One case in full": "test_operator_more_tasks.py::test_a_case_is_read_in_full",
    "How far is it, a word more, a word corrected": "test_operator_more_tasks.py::test_the_resident_rings_again",
    "Asking why": "test_operator_more_tasks.py::test_it_is_asked_why",
    "Before a limit changes": "test_operator_command_tasks.py::test_it_is_asked_what_would_change",
    "Find": "test_operator_more_tasks.py::test_something_is_found",
    "Going through what is closed": "test_find_list.py::test_what_is_closed_is_gone_through",
    "A household's dossier": "test_operator_more_tasks.py::test_a_resident_is_served_at_the_dossier",
    "The register": "test_operator_more_tasks.py::test_the_register_of_other_days",
    "Alerts": "test_operator_desk_tasks.py::test_what_was_told_is_gone_through",
    "A slip": "test_operator_more_tasks.py::test_a_slip_is_taken_back",
    "Keys": "test_operator_more_tasks.py::test_help_is_asked_for",
    "Jumping": "test_operator_desk_tasks.py::test_a_letter_a_figure_and_the_list",
    "Other keys": "test_operator_command_tasks.py::test_a_key_is_changed",
    "Rehearsing": "test_operator_desk_tasks.py::test_a_rehearsal_is_played_and_read_again",
    "Something is wrong": "test_operator_command_tasks.py::test_it_is_looked_at_what_is_wrong",
    "Backing up and restoring": "test_operator_command_tasks.py::test_it_is_backed_up_and_restored",
    "Other colours": "test_operator_more_tasks.py::test_other_colours_are_chosen",
    "The figures": "test_operator_desk_tasks.py::test_a_figure_is_followed_to_its_cases",
    "Handing over the shift": "test_operator_desk_tasks.py::test_the_shift_is_handed_over",
    "Agreed answers": "test_operator_desk_tasks.py::test_an_agreed_answer_from_draft_to_those_who_were_told",
}
"""By the English heading; whoever adds a section to the page adds its line here."""

_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_STEP = re.compile(r"^\d+\. (.+)$", re.MULTILINE)
_KEY = re.compile(r"\*\*(Shift\+F\d{1,2}|F\d{1,2}|\^[A-Z]|Enter|Esc|Space|[↑↓←→]|[0-9])\*\*|`([a-z])`")
_COMMAND = re.compile(r"`qiantai ([^`]+)`")
_WORD = re.compile(r"-{0,2}[a-z][a-z-]*")
_NAMES = {"Enter": "enter", "Esc": "escape", "Space": "space", "↑": "up", "↓": "down", "←": "left", "→": "right"}


def sections(language: str) -> Mapping[str, str]:
    """The text under each heading of the page in a language, in order; under the English headings in both."""
    texts = {each: _HEADING.split(page.read_text(encoding="utf-8")) for each, page in PAGES.items()}
    assert len(texts["zh"]) == len(texts["en"])
    return dict(zip(texts["en"][1::2], texts[language][2::2], strict=True))


def steps(heading: str, language: str) -> list[str]:
    """The numbered steps of a section."""
    return _STEP.findall(sections(language)[heading])


def keys(heading: str, language: str) -> list[str]:
    """The keys that the steps of a section name, in their order, as a pilot presses them."""
    return keys_named(steps(heading, language))


def keys_named(lines: Iterable[str]) -> list[str]:
    """The keys that some lines of a page name, in their order, as a pilot presses them."""
    return [_pressed(bold or letter) for line in lines for bold, letter in _KEY.findall(line)]


def _pressed(key: str) -> str:
    if key.startswith("Shift+F"):
        return f"f{int(key.removeprefix('Shift+F')) + 12}"
    return _NAMES.get(key, f"ctrl+{key[1:].lower()}" if key.startswith("^") else key.lower())


def missing(heading: str, pressed: Iterable[str]) -> list[str]:
    """The keys of the steps, in either language, that were not pressed in their order."""
    found: list[str] = []
    for language in PAGES:
        left = iter(pressed)
        wanted = keys(heading, language)
        assert wanted, f"the steps of “{heading}” name no key"
        found += [f"{language}: {key}" for key in wanted if key not in left]
    return found


def commands(heading: str, language: str) -> list[list[str]]:
    """The commands that the steps of a section name, in their order: their words and options alone."""
    named = [each for step in steps(heading, language) for each in _COMMAND.findall(step)]
    return [_words(each.split()) for each in named]


def _words(command: Iterable[str]) -> list[str]:
    return [each for each in command if _WORD.fullmatch(each)]


def ungiven(heading: str, given: Iterable[Sequence[object]]) -> list[str]:
    """The commands of the steps, in either language, that were not given in their order."""
    found: list[str] = []
    told = [[str(each) for each in one] for one in given]
    for language in PAGES:
        left = iter(told)
        wanted = commands(heading, language)
        assert wanted, f"the steps of “{heading}” name no command"
        found += [f"{language}: {' '.join(each)}" for each in wanted if not any(_says(one, each) for one in left)]
    return found


def _says(given: Sequence[str], wanted: Sequence[str]) -> bool:
    left = iter(given)
    return all(each in left for each in wanted)


class Performer(Driver):
    """Somebody who does what the page says; the keys are remembered."""

    def __init__(self, app: Any, pilot: Pilot[int], clock: Any) -> None:
        super().__init__(app, pilot, clock)
        self.pressed: list[str] = []

    async def press(self, *keys: str) -> None:
        """Presses keys."""
        self.pressed += keys
        await super().press(*keys)

    def sees(self, *words: str) -> None:
        """Sees these words on the screen."""
        for each in words:
            assert each in self.screen, f"no {each!r} in\n{self.screen}"


@asynccontextmanager
async def performing(heading: str, person: str | None = "li", **given: Any) -> AsyncIterator[Performer]:
    """A desk at which the steps of a section are done; fails where a key that they name was not pressed in order."""
    async with at_the_desk(person, **given) as desk:
        doing = Performer(desk.app, desk.pilot, desk.clock)
        yield doing
    assert not (lacks := missing(heading, doing.pressed)), f"{heading}: {lacks} of {doing.pressed}"
