"""F1 on a field: each field of each form says in both languages what goes there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qiantai import Handbook
from qiantai.commands import RECEIVE, Type
from qiantai.requests import REQUESTS
from qiantai_tui.dialogs.emergency_form import EmergencyForm
from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.help import focused_about
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.resident_forms import CopyForm, CorrectForm
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.text.field_help import _all, field_help
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.field_rows import FieldRow
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.pictured import LANGUAGES

GENERIC = "一行文字"


def fields_of_steps() -> Iterator[tuple[str, str]]:
    """Every command with every field that its form may ask for."""
    handbook = Handbook()
    for request in (*REQUESTS.values(), handbook.incident):
        for step in request.steps:
            yield from ((step.command, each.name) for each in step.fields)
        for command, fields in request.fields.items():
            yield from ((command, each.name) for each in fields.values() if each.type != Type.CASES)
    yield from (("receive", each.name) for each in RECEIVE)


@pytest.mark.parametrize(("form", "field"), sorted(set(fields_of_steps())))
def test_every_field_of_every_step_is_explained(form: str, field: str) -> None:
    words = field_help(form, field)
    assert len(words.zh) >= 8
    assert len(words.en) >= 8


def test_what_is_explained_is_a_field() -> None:
    steps, known = set(fields_of_steps()), {field for _, field in fields_of_steps()}
    forms = {
        "emergency": {"what", "where", "people", "hurt", "called"},
        "resident": {"applicant"},
        "register": {"first", "last"},
        "script": {"from", "valid_until", "spokesperson", "purpose"},
    }
    asked = known.union(*forms.values(), {"cases"})
    for form, field in _all():
        assert field in asked, (form, field)
        assert form in {"field", *forms} or (form, field) in steps, (form, field)


async def _rows(desk: Driver, name: str) -> FormDialog[object]:
    queue = desk.app.screen
    assert isinstance(queue, QueueScreen)
    read = queue.read_line("1-2-301 漏水")
    made: dict[str, FormDialog[object]] = {
        "receive": IntakeForm(read),  # type: ignore[dict-item]
        "emergency": EmergencyForm(read),  # type: ignore[dict-item]
        "copy": CopyForm("1-2-301"),  # type: ignore[dict-item]
        "correct": CorrectForm("1-2-301"),  # type: ignore[dict-item]
    }
    desk.app.push_screen(made[name])
    await desk.pilot.pause()
    return made[name]


@pytest.mark.parametrize("name", ["receive", "emergency", "copy", "correct"])
async def test_every_row_of_a_form_says_what_goes_there(name: str) -> None:
    async with at_the_desk("lin") as desk:
        form = await _rows(desk, name)
        rows = list(form.all_rows())
        assert rows
        for row in rows:
            assert field_help(form.form_name, row.field).zh, row.field
            assert field_help(form.form_name, row.field) == row.ABOUT


@pytest.mark.parametrize("language", LANGUAGES)
async def test_f1_speaks_of_the_field_and_then_of_how_it_is_used(language: Language) -> None:
    async with at_the_desk(language=language, size=(120, 50)) as desk:
        form = await _rows(desk, "receive")
        row = form.row("place")
        assert isinstance(row, FieldRow)
        row.focus_field()
        await desk.pilot.pause()
        told = focused_about(form)
        assert told is not None
        assert told.zh.startswith(field_help("receive", "place").zh)
        assert GENERIC in told.zh
        await desk.press("f1")
        await desk.pilot.pause()
        assert ("派出去的人照这里找" if language == "zh" else "Where it is, such as") in desk.screen


async def test_one_field_is_explained_by_the_form_it_stands_in() -> None:
    async with at_the_desk() as desk:
        form = await _rows(desk, "emergency")
        row = form.row("phone")
        assert row is not None
        assert "断线" in row.ABOUT.zh
        assert "断线" not in field_help("receive", "phone").zh
