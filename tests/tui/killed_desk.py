"""A desk in a process of its own, at which somebody writes into a form until the process is killed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic
from typing import Any

from attrs import frozen
from textual.screen import Screen

from qiantai import MemoryStore
from qiantai_tui.actions.incident_actions import Taken
from qiantai_tui.dialogs.asked import Asked
from qiantai_tui.dialogs.completion_form import CompletionForm
from qiantai_tui.dialogs.emergency_form import EmergencyForm
from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.incident_form import IncidentForm
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.desk_driver import MONDAY, Driver, at_the_desk

SAID = "".join(f"厨房漏水第{n}回;" for n in range(200))
"""What is written, a character at a time; no beginning of it is another's."""


@frozen
class Writing:
    """Where somebody writes: how it is opened, the field, and what opens there."""

    open: Callable[[Driver, str], object]
    field: str
    screen: type[Screen[Any]]


def _line(desk: Driver, _: str) -> None:
    desk.app.screen.query_one("#quick").focus()


def _receive(desk: Driver, _: str) -> None:
    queue = desk.app.screen
    assert isinstance(queue, QueueScreen)
    desk.app.push_screen(IntakeForm(queue.read_line("1-2-301")))


def _emergency(desk: Driver, _: str) -> None:
    desk.app.screen.action_emergency()  # type: ignore[attr-defined]


def _step(command: str) -> Callable[[Driver, str], object]:
    return lambda desk, number: desk.app.screen.give(number, command)  # type: ignore[attr-defined]


def _completion(desk: Driver, number: str) -> None:
    app = desk.app
    asked = Asked(app.desk.case(number), "assign", "li", app.handbook, app.directory, app.clock)
    app.push_screen(CompletionForm(asked, ("demand",)))


def _incident(desk: Driver, _: str) -> None:
    desk.app.push_screen(IncidentForm(Taken("停电", "5栋1单元")))


FORMS: Mapping[str, Writing] = {
    "line": Writing(_line, "line", QueueScreen),
    "receive": Writing(_receive, "summary", IntakeForm),
    "emergency": Writing(_emergency, "what", EmergencyForm),
    "note": Writing(_step("note"), "text", StepForm),
    "complete": Writing(_step("complete"), "result", StepForm),
    "completion": Writing(_completion, "demand", CompletionForm),
    "incident": Writing(_incident, "wording", IncidentForm),
}


async def opened(desk: Driver, name: str) -> None:
    """Opens a form with the cursor in its field; the case that it is of is always the same one."""
    number = desk.receive(
        kind="complaint", household="5-1-101", summary="太吵", place="5栋", demand="停工", occurred_at=MONDAY
    )
    if name == "complete":
        desk.give(number, "assign", "li", to=["engineering"])
        desk.app.be("sun")
    await desk.pilot.pause()
    FORMS[name].open(desk, number)
    await desk.pilot.pause()
    screen = desk.app.screen
    assert isinstance(screen, FORMS[name].screen), desk.screen
    if isinstance(screen, FormDialog):
        row = screen.row(FORMS[name].field)
        assert row is not None, desk.screen
        row.focus_field()
    await desk.pilot.pause()


def written(desk: Driver, name: str) -> str:
    """What stands in the field."""
    screen = desk.app.screen
    if isinstance(screen, FormDialog):
        row = screen.row(FORMS[name].field)
        assert row is not None
        return row.text()
    return str(screen.query_one("#quick").value)  # type: ignore[attr-defined]


def write(name: str, folder: Path, told: Connection) -> None:
    """Writes into the form, and tells after each character how many there are, and when."""

    async def writing() -> None:
        async with at_the_desk(store=MemoryStore(), folder=folder) as desk:
            await opened(desk, name)
            for count, character in enumerate(SAID, 1):
                await desk.type(character)
                told.send((count, monotonic()))

    asyncio.run(writing())
