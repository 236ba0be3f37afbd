"""Hostile words at every field of every screen and dialog, and in every list: they stand still, and none is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.widgets import Input, TextArea

from qiantai import Done
from qiantai_tui.dialogs.emergency_form import EmergencyForm
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.text.safe import clean
from qiantai_tui.widgets.entry import Entry, half_width, one_line
from tests.tui.desk_driver import Driver
from tests.tui.every_screen import STOPS, Stop
from tests.tui.hostile import SEEN, hostile
from tests.tui.screen_lint import unsteady
from tests.tui.stages import Stage, home, stage
from tests.tui.waiting import gathered
from tests.tui.ways import asked, keys, typed

LONG = "漏水[/]" * 2_000
"""Ten thousand signs."""
SAID = "[@click=app.quit]点[/]\x1b[31m\u202e👍🏽"
"""What everybody says and is called in the lists."""
SOAK = settings().max_examples // 1_000
"""Each example is a program that walks all its screens: none beside the named one, three in `make soak`."""
a_walk = settings(
    max_examples=max(1, SOAK),
    phases=[Phase.explicit, Phase.generate] if SOAK else [Phase.explicit],
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
Field = Input | TextArea


async def _taken_in(desk: Driver) -> None:
    app = desk.app
    done = app.carry_out(None, "receive", kind="repair", channel="phone", household="2-1-301", summary=SAID)
    assert isinstance(done, Done), done
    await desk.app.push_screen(StepForm(asked(app, done.case.number, "note")))
    await desk.pilot.pause()


IN_A_REHEARSAL = (
    Stop("room_intake", IntakeForm, typed("2-1-301 漏水", "enter", after="f2"), "room"),
    Stop("room_emergency", EmergencyForm, keys("f9"), "room"),
    Stop("room_note", StepForm, _taken_in, "room"),
)
"""The desk's own forms there, whose pictures are the desk's."""


def fields(desk: Driver) -> Iterator[Field]:
    """Everything on the screen that takes words."""
    found: list[Field] = [*desk.app.screen.query(Input), *desk.app.screen.query(TextArea)]
    for each in found:
        if each.focusable and each.region and not getattr(each, "read_only", False):
            yield each


def shown(field: Field) -> str:
    """What stands in a field."""
    return field.value if isinstance(field, Input) else field.text


def taken(field: Field, text: str) -> str:
    """What a field is to hold of a text: all of it, each sign one that stands still."""
    match field:
        case TextArea():
            return clean(text, lines=True)
        case Entry(halfwidth=True):
            return half_width(one_line(text))
        case _:
            return one_line(text)


def emptied(field: Field) -> None:
    """Nothing stands in it any more."""
    if isinstance(field, Input):
        field.value = ""
    else:
        field.text = ""


async def put(desk: Driver, field: Field, text: str, *, typed: bool = False) -> list[str]:
    """What is wrong after a text was pasted or typed into an empty field."""
    emptied(field)
    field.focus()
    await desk.pilot.pause()
    told = len(desk.app._notifications)
    if typed:
        for each in text:
            desk.app.post_message(Key(each, each))
    else:
        desk.app.post_message(Paste(text))
    await gathered(desk.pilot)
    name = f"{type(field).__name__}#{field.id} given {text[:30]!a}"
    wrong = [f"{name}: {each}" for each in unsteady(desk.app)]
    pieces = [each for each in text if each.isprintable()] if typed else [text]
    want = "".join(taken(field, each) for each in pieces)
    if shown(field) != want and len(desk.app._notifications) == told:
        wrong.append(f"{name}: holds {shown(field)[:40]!a} and not {want[:40]!a}, and nothing was said")
    return wrong


async def thrown_at(desk: Driver, words: Sequence[str]) -> list[str]:
    """What is wrong after all of it was thrown at every field of the screen."""
    wrong: list[str] = []
    kinds: set[type[Field]] = set()
    for field in [*fields(desk)]:
        wrong += await put(desk, field, "".join(words))
        if type(field) not in kinds:
            kinds.add(type(field))
            wrong += await put(desk, field, LONG)
            wrong += await put(desk, field, "".join(words)[:12], typed=True)
    return wrong


async def walked(on: Stage, words: Sequence[str], said: str) -> tuple[list[str], set[type[Any]]]:
    """What is wrong on the way through the screens of a stage, each kind of fields once, and where fields were."""
    wrong: list[str] = []
    seen: set[tuple[type[Any], tuple[str | None, ...]]] = set()
    without: set[type[Any]] = set()
    async with stage(on, size=(80, 24), say=lambda text: f"{text}{said}" if text else text) as desk:
        for stop in (each for each in (*STOPS, *IN_A_REHEARSAL) if each.stage == on):
            if stop.kind in without:
                continue
            await _there(desk, stop)
            wrong += [f"{stop.name}: {each}" for each in unsteady(desk.app)]
            found = (stop.kind, tuple(each.id for each in fields(desk)))
            if not found[1]:
                without.add(stop.kind)
            elif found not in seen:
                seen.add(found)
                wrong += [f"{stop.name}: {each}" for each in await thrown_at(desk, words)]
            assert desk.app.is_running
            await home(desk, on)
    return wrong, {kind for kind, _ in seen}


async def _there(desk: Driver, stop: Stop) -> None:
    await stop.way(desk)
    await gathered(desk.pilot)


@pytest.mark.parametrize(("on", "least"), [("desk", 20), ("door", 3), ("first", 2), ("room", 4)])
@a_walk
@example(words=list(SEEN), said=SAID)
@given(words=st.lists(hostile, min_size=1, max_size=12), said=hostile.map(lambda text: text.replace("\ud800", "")))
def test_no_words_break_a_field_or_a_list(on: Stage, least: int, words: list[str], said: str) -> None:
    wrong, stood = asyncio.run(walked(on, words, said))
    assert not wrong, "\n".join(wrong)
    assert len(stood) >= least, stood


async def test_a_name_that_has_room_in_the_bar_is_not_obeyed_by_the_terminal() -> None:
    async with stage("desk", say=lambda text: f"{text}\x1b" if text else text) as desk:
        assert "␛" in desk.screen.splitlines()[0]
        assert not unsteady(desk.app)


async def test_a_rehearsal_of_hostile_words_is_played_and_debriefed() -> None:
    words = "".join(each for each in SEEN if "\ud800" not in each)
    async with stage("room", size=(80, 24), say=lambda text: f"{text}{words}" if text else text) as desk:
        app = desk.app
        assert isinstance(app, RehearsalApp)
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        assert "␛" in app.room.play.scenario.title.zh or "\x1b" in app.room.play.scenario.title.zh
        done = app.carry_out(None, "receive", kind="repair", channel="phone", household="2-1-301", summary=words)
        assert isinstance(done, Done), done
        number = done.case.number
        app.carry_out(number, "dispatch", to=["engineering"])
        app.carry_out(number, "note", text=words)
        app.room.jump()
        app.go_on()
        await desk.pilot.pause()
        assert not unsteady(app)
        for pressed in (("escape",), ("enter",), ("escape", "f11")):
            await desk.press(*pressed)
            assert not unsteady(app)
        await desk.press("escape")
        app._controlled("heard")
        await desk.pilot.pause()
        assert not unsteady(app)
        await desk.press("escape")
        app._controlled("end")
        await desk.pilot.pause()
        assert isinstance(app.screen, DebriefScreen)
        for key in ("home", "pagedown", "pagedown", "end"):
            await desk.press(key)
            assert not unsteady(app)
        assert app.ended is not None
        assert app.is_running
