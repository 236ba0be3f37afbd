"""Every screen and dialog of the program, with the way to it on a busy morning: one line each, in `STOPS`."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any, Literal, cast

import pytest
from attrs import evolve, frozen
from textual import _wait
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.command import CommandPalette
from textual.screen import Screen

import qiantai_tui
from qiantai import Command, Refusal, Residents, Script
from qiantai.deeds import WITHDRAW
from qiantai.words import Bilingual
from qiantai_scenarios.rehearsing import Play
from qiantai_tui.actions.hand_over_signing import SIGN_AS_GIVER
from qiantai_tui.actions.incident_actions import Taken
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.asked import Asked
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.codes import CodeDialog
from qiantai_tui.dialogs.colours import ColoursDialog
from qiantai_tui.dialogs.compare import CompareDialog
from qiantai_tui.dialogs.completion_form import CompletionForm
from qiantai_tui.dialogs.elsewhere import ElsewhereDialog
from qiantai_tui.dialogs.emergency_form import EmergencyForm
from qiantai_tui.dialogs.erasure_forms import EraseForm, ExpireForm
from qiantai_tui.dialogs.hand_over_words import WordsForm
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.in_stead import InSteadDialog
from qiantai_tui.dialogs.incident_form import IncidentForm
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.jump import JumpScreen
from qiantai_tui.dialogs.keys import KeysDialog
from qiantai_tui.dialogs.new_pin import PinDialog
from qiantai_tui.dialogs.pins import SignInDialog
from qiantai_tui.dialogs.receiver import ReceiverDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.resident_forms import CopyForm, CorrectForm
from qiantai_tui.dialogs.restore_form import RestoreForm
from qiantai_tui.dialogs.sample_form import SampleForm
from qiantai_tui.dialogs.script_forms import DraftForm, ScriptStepForm
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.dialogs.told_export import ToldExportForm
from qiantai_tui.dialogs.why import WhyDialog, why_it_is_due, why_it_stands, why_it_was_refused
from qiantai_tui.room.app import RehearsalApp
from qiantai_tui.room.briefing import Briefing
from qiantai_tui.room.controls import Controls, Heard
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.room.room import Room
from qiantai_tui.screens import modes
from qiantai_tui.screens.alerts import AlertsScreen
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figure import FigureScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.first_run import FirstRunApp, FirstRunScreen, OwnSiteForm
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.incident import IncidentScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.screens.rehearsal import RehearsalScreen
from qiantai_tui.screens.retention import RetentionScreen
from qiantai_tui.screens.sample import SampleScreen
from qiantai_tui.screens.scripts import ScriptsScreen
from qiantai_tui.screens.staff import StaffScreen
from qiantai_tui.screens.told import ToldScreen
from qiantai_tui.screens.training import TrainingScreen
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.site import Settings
from qiantai_tui.text.words import Language
from tests.tui.busy_estate import CLOSED_HOME, DONE, FEE, HOME, LEAK, LIGHT, NOISE, POWER, Say, busy_site
from tests.tui.desk_driver import Clock, Driver
from tests.tui.door import PINS
from tests.tui.room_driver import named
from tests.tui.waiting import gathered, until

Stage = Literal["desk", "door", "first", "room"]
"""Which program a screen belongs to: the desk, one where people sign in, the first start, or the training room."""
FOLDER = Path(__file__).parent
Way = Callable[[Driver], Awaitable[None]]


@frozen
class Stop:
    """A screen to look at: its name, its class, and the way to it from the first screen of its stage."""

    name: str
    kind: type[Screen[Any]]
    way: Way
    stage: Stage = "desk"


# ── Ways ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


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
    shutil.copy(FOLDER / "training.jsonl", desk.app.site.folder)
    desk.app.be("gu")
    await desk.press("f17", "t")


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


# ── The registry ─────────────────────────────────────────────────────────────────────────────────────────────────────

STOPS: tuple[Stop, ...] = (
    Stop("queue", QueueScreen, keys("down", "down")),
    Stop("queue_none", QueueScreen, keys("left")),
    Stop("queue_nobody", QueueScreen, _nobody),
    Stop("queue_line", QueueScreen, typed("1-2-301 漏水", after="f2")),
    Stop("queue_toast", QueueScreen, _toast),
    Stop("find", FindScreen, keys("f3")),
    Stop("find_initials", FindScreen, typed("wm", after="f3")),
    Stop("find_none", FindScreen, typed("没有的字", after="f3")),
    Stop("register", RegisterScreen, keys("f7")),
    Stop("register_none", RegisterScreen, keys("f7", "left")),
    Stop("figures", FiguresScreen, _figures),
    Stop("figures_shut", FiguresScreen, _figures_shut),
    Stop("figure", FigureScreen, _figure),
    Stop("case_repair", CaseScreen, opened(LEAK)),
    Stop("case_complaint", CaseScreen, opened(NOISE)),
    Stop("case_gone", CaseScreen, shown(lambda _: CaseScreen("BX-20200101-001"))),
    Stop("case_withheld", CaseScreen, opened(LEAK, by="tang")),
    Stop("dossier", DossierScreen, at_home()),
    Stop("dossier_shut", DossierScreen, at_home(by="sun")),
    Stop("incident", IncidentScreen, opened(POWER)),
    Stop("agreed_answers", ScriptsScreen, keys("shift+f3")),
    Stop("script_told", ToldScreen, shown(lambda app: ToldScreen(_script(app), "物业费"))),
    Stop("script_told_export", ToldExportForm, shown(lambda app: ToldExportForm(_script(app), (), every=False))),
    Stop("script_draft", DraftForm, shown(lambda app: DraftForm(_script(app)))),
    Stop("script_step", ScriptStepForm, shown(lambda app: ScriptStepForm(_script(app), WITHDRAW, "物业费"))),
    Stop("script_compare", CompareDialog, shown(_compared)),
    Stop("call_backs", CallBacksScreen, keys("shift+f6")),
    Stop("sample", SampleScreen, shown(lambda _: SampleScreen(), by="lin")),
    Stop("sample_form", SampleForm, shown(lambda app: SampleForm(app.desk.case(DONE)), by="lin")),
    Stop("alerts", AlertsScreen, keys("shift+f4")),
    Stop("hand_over", HandOverScreen, keys("shift+f12")),
    Stop("hand_over_notes", WordsForm, keys("shift+f12", "n")),
    Stop("hand_over_receiver", ReceiverDialog, shown(lambda _: ReceiverDialog())),
    Stop("hand_over_sign", SignDialog, shown(_signing), "door"),
    Stop("retention", RetentionScreen, _retention),
    Stop("palette", CommandPalette, _palette),
    Stop("palette_none", CommandPalette, _palette_without),
    Stop("help", HelpDialog, keys("f1")),
    Stop("keys", KeysDialog, keys("shift+f1")),
    Stop("jump", JumpScreen, keys("ctrl+o")),
    Stop("jump_form", JumpScreen, typed("1-2-301 漏水", "enter", "ctrl+o", after="f2")),
    Stop("elsewhere", ElsewhereDialog, keys("ctrl+o", "ctrl+o")),
    Stop("colours", ColoursDialog, keys("shift+f2")),
    Stop("staff", StaffScreen, keys("f12")),
    Stop("staff_none", StaffScreen, typed("没有的人", after="f12")),
    Stop("hand_over_leave", SignDialog, keys("f24", "l")),
    Stop("steps", ChooseDialog, keys("f4")),
    Stop("which_household", ChooseDialog, typed("wm 漏水", "enter", after="f2")),
    Stop("incident_choices", ChooseDialog, opened(LIGHT, "ctrl+l")),
    Stop("intake", IntakeForm, typed("1-2-301 漏水", "enter", after="f2")),
    Stop("intake_more", IntakeForm, typed("1-2-301 漏水", "enter", "f8", after="f2")),
    Stop("intake_incident", IntakeForm, typed("5-1-202 没电了", "enter", after="f2")),
    Stop("intake_unlisted", IntakeForm, typed("99-9-999 吵", "enter", after="f2")),
    Stop("emergency", EmergencyForm, keys("f9")),
    Stop("incident_form", IncidentForm, shown(lambda _: IncidentForm(Taken("停电", "5栋", (LEAK, LIGHT))))),
    Stop("form_note", StepForm, step(LEAK, "note")),
    Stop("form_dispatch", StepForm, step(LIGHT, "dispatch")),
    Stop("form_wait", StepForm, step(LEAK, "wait", "sun")),
    Stop("form_call_back", StepForm, step(DONE, "call_back")),
    Stop("form_correct", StepForm, step(NOISE, "correct")),
    Stop("form_answer", StepForm, step(FEE, "answer")),
    Stop("completion", CompletionForm, shown(_completion)),
    Stop("form_refused", RefusalDialog, _refused_form),
    Stop("refusal", RefusalDialog, shown(lambda app: RefusalDialog(refused(app)))),
    Stop("why_due", WhyDialog, shown(_due)),
    Stop("why_case", WhyDialog, shown(lambda app: why_it_stands(app.desk.case(LEAK), app.clock(), app.handbook))),
    Stop("why_refused", WhyDialog, shown(_refused_why)),
    Stop("clause", ClauseDialog, opened(NOISE, "enter")),
    Stop("copy", CopyForm, at_home("c")),
    Stop("correct", CorrectForm, at_home("r")),
    Stop("erase", EraseForm, at_home("x", of=CLOSED_HOME, by="zhao")),
    Stop("expire", ExpireForm, shown(_expire, by="zhao")),
    Stop("sign_in", SignInDialog, keys("down"), "door"),
    Stop("sign_in_wrong", SignInDialog, keys("林晓", "enter", "1111", "enter"), "door"),
    Stop("pin_first", PinDialog, shown(lambda app: PinDialog(app.desk.handbook.people["li"])), "door"),
    Stop("pin", PinDialog, _change_pin, "door"),
    Stop("code_for", ChooseDialog, _code, "door"),
    Stop("code", CodeDialog, shown(lambda app: CodeDialog(app.desk.handbook.people["li"].name, "48213975")), "door"),
    Stop("in_stead", InSteadDialog, shown(_in_stead), "door"),
    Stop("rehearsals", RehearsalScreen, keys("f17")),
    Stop("training", TrainingScreen, _training),
    Stop("room_ringing", QueueScreen, _ringing, "room"),
    Stop("room_briefing", Briefing, shown(lambda app: Briefing(played(app).play)), "room"),
    Stop("room_controls", Controls, keys("f11"), "room"),
    Stop("room_heard", Heard, shown(lambda app: Heard(played(app))), "room"),
    Stop("room_debrief", DebriefScreen, shown(lambda app: DebriefScreen(played(app).play)), "room"),
    Stop("first_run", FirstRunScreen, keys(), "first"),
    Stop("own_site", OwnSiteForm, keys("2"), "first"),
    Stop("restore", RestoreForm, keys("3"), "first"),
)


# ── The walk ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def classes() -> set[type[Screen[Any]]]:
    """The screens and dialogs of the program that nothing of it is derived from: each is one that people see."""
    for module in walk_packages(qiantai_tui.__path__, "qiantai_tui."):
        if not any(each in module.name for each in (".cli", ".serving", "__main__")):
            import_module(module.name)
    found = {each for each in _below(Screen) if each.__module__.startswith("qiantai_tui.")}
    return {each for each in found if not any(issubclass(other, each) for other in found - {each})}


def _below(of: type[Any]) -> Iterator[type[Any]]:
    for each in of.__subclasses__():
        yield each
        yield from _below(each)


def every_form(app: DeskApp) -> Iterator[Asked]:
    """Every step that a life cycle knows, asked for on a case that stands so; forms that ask the same but once."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    for case in (*app.desk.store.open_cases(), app.desk.case(POWER)):
        request = app.handbook.life_cycle(case)
        for state, command in request.table:
            step = evolve(asked(app, case.number, command), case=evolve(case, state=state))
            asks = (command, tuple(each.name for each in step.fields))
            if asks[1] and asks not in found:
                found.add(asks)
                yield step


def _not_drawn(compositor: Compositor, screen_stack: list[Screen[Any]] | None = None, **_: bool) -> None:
    """In the place of `render_update`: what goes to a terminal that nobody sees."""
    visible_screen_stack.set(screen_stack or [])
    compositor._dirty_regions.clear()


@contextmanager
def _briskly() -> Iterator[None]:
    """Draws a screen when it is looked at, waits two milliseconds where Textual waits twenty; toasts stay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Compositor, "render_update", _not_drawn)
        patch.setattr(App, "NOTIFICATION_TIMEOUT", 3600)
        patch.setattr(_wait, "SLEEP_GRANULARITY", 0.002)
        patch.setattr(_wait, "SLEEP_IDLE", 0.0004)
        yield


@asynccontextmanager
async def stage(
    name: Stage, *, size: tuple[int, int] = (120, 36), language: Language = "zh", say: Say = str
) -> AsyncIterator[Driver]:
    """The program of a stage, running on that morning; toasts stay until they are taken away."""
    clock, folder = Clock(), Path(tempfile.mkdtemp())
    if name == "first":
        app = _first(clock, folder, language)
    elif name == "room":
        app = _room(folder, language)
    else:
        app = _desk(name, clock, folder, language, say)
    with _briskly():
        async with app.run_test(size=size, notifications=True) as pilot:
            await pilot.pause()
            yield Driver(cast("DeskApp", app), pilot, clock)


def _first(clock: Clock, folder: Path, language: Language) -> App[int]:
    return FirstRunApp(Path("site"), Path("demo"), clock=clock, reports=folder, language=language)


def _room(folder: Path, language: Language) -> App[int]:
    wall = iter((0.0, 0.0))
    room = Room(Play(named("first-dripping-tap")), lambda: next(wall, 24.0))
    room.run(1)
    return RehearsalApp(room, folder, reports=folder, language=language)


def _desk(name: Stage, clock: Clock, folder: Path, language: Language, say: Say) -> App[int]:
    settings = Settings(sign_in=name == "door")
    site = busy_site(clock, folder, say, settings)
    app = DeskApp(site, clock=clock, reports=folder, language=language)
    if name == "door":
        book = PinBook(folder)
        for id, pin in PINS.items():
            book.choose(app.desk.handbook.people[id], pin)
    else:
        app.person = app.handbook.people["li"]
    return app


async def resized(desk: Driver, size: tuple[int, int]) -> None:
    """The same screen in a terminal of another size."""
    if desk.app.size != size:
        await desk.pilot.resize_terminal(*size)
    await until(desk.pilot, lambda: tuple(desk.app.screen._compositor.size) == size)
    for under in desk.app._background_screens:  # what a scroll bar comes to there is otherwise a matter of time
        for _ in range(2):
            under._refresh_layout(desk.app.size)
    await desk.pilot.pause()


async def home(desk: Driver, on: Stage) -> None:
    """Back to the first screen of the stage as it was at the start."""
    app, first = desk.app, modes()[0].id
    if on == "first":
        while len(app.screen_stack) > 2:
            await app.pop_screen()
        return
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    left = {app.current_mode, *(each.id for each in modes())} - {first}
    await app.switch_mode(first)
    for mode in modes():
        if mode.id in left and mode.id in app._screen_stacks:
            await app.remove_mode(mode.id)
            app.add_mode(mode.id, mode.make)
    app.clear_notifications()
    for each in app.book.names():
        app.book.drop(each)
    app.last_done, app.in_stead = "", None
    if on == "room":
        await desk.pilot.pause()
        return
    if on == "door":
        app.lock()
    else:
        await _fresh_queue(desk)
    await desk.pilot.pause()


async def _fresh_queue(desk: Driver) -> None:
    app = desk.app
    app.person = app.desk.handbook.people["li"]
    screen = app.screen
    assert isinstance(screen, QueueScreen)
    screen._kind = ""
    screen.line.clear()
    app.tell_screens()
    screen.query_one("#queue").focus()
    await desk.press("home")


async def walk(desk: Driver, on: Stage) -> AsyncIterator[Stop]:
    """Every stop of a stage, the program standing there."""
    for each in STOPS:
        if each.stage == on:
            await each.way(desk)
            await gathered(desk.pilot)
            assert type(desk.app.screen) is each.kind, f"{each.name}: stands at {desk.app.screen}"
            yield each
            await home(desk, on)
