"""The ways to the screens of the program, by keys where there are keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from attrs import evolve
from textual.screen import Screen

from qiantai import Command, Refusal, Residents, Script
from qiantai.words import Bilingual
from qiantai_tui.actions.hand_over_signing import SIGN_AS_GIVER
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.asked import Asked
from qiantai_tui.dialogs.compare import CompareDialog
from qiantai_tui.dialogs.completion_form import CompletionForm
from qiantai_tui.dialogs.erasure_forms import ExpireForm
from qiantai_tui.dialogs.in_stead import InSteadDialog
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.dialogs.why import why_it_is_due, why_it_was_refused
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.room.room import Room
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.text.words import language
from qiantai_tui.writing.screen import WritingScreen
from qiantai_tui.writing.shelf import drop_draft
from tests.tui.busy_estate import HOME, LEAK, NOISE
from tests.tui.desk_driver import Driver
from tests.tui.door import PINS
from tests.tui.trained import train
from tests.tui.waiting import gathered, until
from tests.tui.writing_driver import leak

Way = Callable[[Driver], Awaitable[None]]


def keys(*pressed: str) -> Way:
    """By keys; what does not name a key is typed."""

    async def way(desk: Driver) -> None:
        for each in pressed:
            await (desk.press(each) if each.isascii() and " " not in each else desk.type(each))

    return way


def typed(text: str, *pressed: str, after: str = "") -> Way:
    """By a text, typed after a key, and keys after it."""

    async def way(desk: Driver) -> None:
        if after:
            await desk.press(after)
        await desk.type(text)
        await desk.press(*pressed)
        await _looked_for(desk)

    return way


def shown(make: Callable[[DeskApp], Screen[Any]], by: str = "") -> Way:
    """As it is put up by the program, for whoever may have it."""

    async def way(desk: Driver) -> None:
        if by:
            desk.app.be(by)
        await desk.app.push_screen(make(desk.app))
        await desk.pilot.pause()

    return way


def opened(number: str, *pressed: str, by: str = "") -> Way:
    """By opening a case or an incident, and keys on it."""

    async def way(desk: Driver) -> None:
        if by:
            desk.app.be(by)
        desk.app.open_case(number)
        await desk.pilot.pause()
        await desk.press(*pressed)

    return way


def at_home(*pressed: str, of: str = HOME, by: str = "lin") -> Way:
    """By opening a household's dossier, and keys on it."""

    async def way(desk: Driver) -> None:
        desk.app.be(by)
        desk.app.open_household(of)
        await desk.pilot.pause()
        await desk.press(*pressed)

    return way


async def _looked_for(desk: Driver) -> None:
    """Lets a search go to its end."""
    await gathered(desk.pilot)
    screen = desk.app.screen
    if isinstance(screen, FindScreen):
        await until(desk.pilot, lambda: not screen.searching)


async def _palette(desk: Driver) -> None:
    await desk.press("ctrl+p")
    await gathered(desk.pilot)


async def _palette_without(desk: Driver) -> None:
    await _palette(desk)
    await desk.type("没有这个功能")
    await gathered(desk.pilot)


async def _retention(desk: Driver) -> None:
    desk.app.be("zhao")
    desk.app.action_retention()
    await gathered(desk.pilot)


async def _figures(desk: Driver) -> None:
    await desk.press("f20")
    await gathered(desk.pilot)


async def _figures_shut(desk: Driver) -> None:
    desk.app.be("sun")
    await _figures(desk)


async def _figure(desk: Driver) -> None:
    await _figures(desk)
    await desk.press("enter")
    await gathered(desk.pilot)


async def _nobody(desk: Driver) -> None:
    desk.app.person = None
    desk.app.tell_screens()
    await desk.pilot.pause()


def asked(app: DeskApp, number: str, command: str, by: str = "li") -> Asked:
    """A step on a case, as a form asks for it."""
    case = app.desk.case(number)
    older = tuple(each for each in app.desk.store.open_cases() if each.received < case.received)[:3]
    return Asked(case, command, by, app.handbook, app.directory, app.clock, older)


def step(number: str, command: str, by: str = "li") -> Way:
    """By the form of a step."""
    return shown(lambda app: StepForm(asked(app, number, command, by)))


def refused(app: DeskApp, by: str = "sun", command: str = "withdraw", number: str = LEAK) -> Refusal:
    """A command that is not theirs to give."""
    found = app.desk.do(number, command, by, reason="不修了")
    assert isinstance(found, Refusal)
    return found


def _completion(app: DeskApp) -> Screen[Any]:
    return CompletionForm(asked(app, NOISE, "assign"), ("place", "demand"))


def _due(app: DeskApp) -> Screen[Any]:
    return why_it_is_due(app.desk.case(NOISE), 0, app.clock(), app.handbook)


def _refused_why(app: DeskApp) -> Screen[Any]:
    return why_it_was_refused(refused(app), app.desk.case(LEAK), app.handbook)


def _expire(app: DeskApp) -> Screen[Any]:
    return ExpireForm([each for each in Residents(app.desk).judged() if each.due(app.clock().date())])


def _in_stead(app: DeskApp) -> Screen[Any]:
    people = [app.handbook.people[each] for each in ("lin", "zhao")]
    return InSteadDialog(people, Command("withdraw", "sun", LEAK))


def _script(app: DeskApp, topic: str = "property-fee") -> Script:
    found = app.handbook.script(topic, app.clock())
    assert found is not None
    return found


def _compared(app: DeskApp) -> Screen[Any]:
    new = _script(app)
    return CompareDialog(evolve(new, version=1, text=f"您好,{new.text}"), evolve(new, version=2), "物业费")


def _signing(app: DeskApp) -> Screen[Any]:
    return SignDialog([app.desk.handbook.people["li"]], SIGN_AS_GIVER, Bilingual("交 3 件", "3 cases are handed over"))


async def _signed_in(desk: Driver) -> None:
    for each in ("林晓", "enter", PINS["lin"], "enter"):
        await (desk.press(each) if each == "enter" else desk.type(each))
    await desk.pilot.pause()


async def _code(desk: Driver) -> None:
    await _signed_in(desk)
    desk.app.action_give_code()
    await desk.pilot.pause()


async def _change_pin(desk: Driver) -> None:
    await _signed_in(desk)
    desk.app.action_change_pin()
    await desk.pilot.pause()


async def _refused_form(desk: Driver) -> None:
    desk.app.be("sun")
    form = StepForm(asked(desk.app, LEAK, "wait", "sun"))
    await desk.app.push_screen(form)
    for name, text in (("reason", "parts"), ("eta", "11-24 9:00")):
        row = form.row(name)
        assert row is not None
        row.load(text)
    await desk.press("f10")


async def _training(desk: Driver) -> None:
    train(desk.app.site.folder)
    desk.app.be("gu")
    await desk.press("f17", "t")


def writing(*pressed: str, wrong: bool = False) -> Way:
    """By a rehearsal that is being written, and keys on it; with `wrong` a few of its lines will not do."""

    async def way(desk: Driver) -> None:
        desk.app.be("gu")
        folder = desk.app.site.folder / "rehearsals"
        folder.mkdir(exist_ok=True)
        file = leak(folder, "my-repair", language())
        if wrong:
            text = file.read_text(encoding="utf-8").replace("points = 40", "points = 30")
            file.write_text(text.replace('do = "arrive"', 'do = "arive"'), encoding="utf-8")
        drop_draft(file)
        await desk.app.push_screen(WritingScreen(file, desk.app.handbook.requests))
        await desk.pilot.pause()
        await until(desk.pilot, lambda: cast("WritingScreen", desk.app.screen).checked is not None)
        desk.app.screen.query_one("#rows").focus()
        for each in pressed:
            await desk.press(each)

    return way


async def _new_rehearsal(desk: Driver) -> None:
    desk.app.be("gu")
    await desk.press("f17", "n")


def played(app: DeskApp) -> Room:
    """The rehearsal that this program plays."""
    assert isinstance(app, RehearsalApp)
    return app.room


async def _ringing(desk: Driver) -> None:
    while len(desk.app.screen_stack) > 1:
        await desk.app.pop_screen()
    assert isinstance(desk.app, RehearsalApp)
    desk.app.go_on()
    desk.app.clear_notifications()
    await desk.pilot.pause()


async def _toast(desk: Driver) -> None:
    await desk.press("ctrl+c")
    await desk.pilot.pause()
