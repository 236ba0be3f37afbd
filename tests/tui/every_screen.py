"""Every screen and dialog of the program, with the way to it on a busy morning: one line each, in `STOPS`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from attrs import evolve, frozen
from textual.screen import Screen

import qiantai_tui
from qiantai.deeds import WITHDRAW
from qiantai_tui.actions.incident_actions import Taken
from qiantai_tui.actions.palette import Palette
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.asked import Asked
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.codes import CodeDialog
from qiantai_tui.dialogs.colours import ColoursDialog
from qiantai_tui.dialogs.compare import CompareDialog
from qiantai_tui.dialogs.completion_form import CompletionForm, IncompleteDialog
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
from qiantai_tui.dialogs.register_export import RegisterExportForm
from qiantai_tui.dialogs.resident_forms import CopyForm, CorrectForm
from qiantai_tui.dialogs.restore_form import RestoreForm
from qiantai_tui.dialogs.sample_form import SampleForm
from qiantai_tui.dialogs.script_forms import DraftForm, ScriptStepForm
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.dialogs.told_export import ToldExportForm
from qiantai_tui.dialogs.why import WhyDialog, why_it_stands
from qiantai_tui.program.brought import RAISED
from qiantai_tui.room.briefing import Briefing
from qiantai_tui.room.controls import Controls, Heard
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.room.ending import NOBODYS
from qiantai_tui.screens.alerts import AlertsScreen
from qiantai_tui.screens.call_backs import CallBacksScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figure import FigureScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.first_run import FirstRunScreen, OwnSiteForm
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.incident import IncidentScreen
from qiantai_tui.screens.not_made import NotMadeScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.screens.rehearsal import RehearsalScreen
from qiantai_tui.screens.retention import RetentionScreen
from qiantai_tui.screens.sample import SampleScreen
from qiantai_tui.screens.scripts import ScriptsScreen
from qiantai_tui.screens.staff import StaffScreen
from qiantai_tui.screens.told import ToldScreen
from qiantai_tui.screens.training import TrainingScreen
from qiantai_tui.writing.form import RowForm
from qiantai_tui.writing.screen import WritingScreen
from tests.tui.busy_estate import CLOSED_HOME, DONE, FEE, LEAK, LIGHT, NOISE, POWER
from tests.tui.desk_driver import Driver
from tests.tui.stages import Stage, home
from tests.tui.waiting import gathered
from tests.tui.ways import (
    Way,
    _change_pin,
    _code,
    _compared,
    _completion,
    _due,
    _expire,
    _figure,
    _figures,
    _figures_shut,
    _in_stead,
    _new_rehearsal,
    _nobody,
    _palette,
    _palette_without,
    _refused_form,
    _refused_why,
    _retention,
    _ringing,
    _script,
    _signing,
    _toast,
    _training,
    asked,
    at_home,
    keys,
    opened,
    played,
    refused,
    shown,
    step,
    typed,
    writing,
)


@frozen
class Stop:
    """A screen to look at: its name, its class, and the way to it from the first screen of its stage."""

    name: str
    kind: type[Screen[Any]]
    way: Way
    stage: Stage = "desk"


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
    Stop("register_export", RegisterExportForm, keys("f7", "ctrl+e")),
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
    Stop(
        "not_made",
        NotMadeScreen,
        shown(lambda _: NotMadeScreen("inspection", "house", RAISED.format(what="OSError: 8"))),
    ),
    Stop("palette", Palette, _palette),
    Stop("palette_none", Palette, _palette_without),
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
    Stop("refusal_incomplete", IncompleteDialog, shown(lambda app: IncompleteDialog(refused(app)))),
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
    Stop("writing", WritingScreen, writing()),
    Stop("writing_wrong", WritingScreen, writing(wrong=True)),
    Stop("writing_text", WritingScreen, writing("f6")),
    Stop("writing_row", RowForm, writing(*["down"] * 7, "enter")),
    Stop("writing_step", RowForm, writing(*["down"] * 6, "enter")),
    Stop("writing_sorts", ChooseDialog, writing("f2")),
    Stop("writing_check", RowForm, writing("f2", *["down"] * 10, "enter")),
    Stop("writing_may", RowForm, writing("f2", *["down"] * 11, "enter")),
    Stop("writing_new", ChooseDialog, _new_rehearsal),
    Stop("writing_leave", ChooseDialog, writing("down", "delete", "escape")),
    Stop("room_ringing", QueueScreen, _ringing, "room"),
    Stop("room_briefing", Briefing, shown(lambda app: Briefing(played(app).play)), "room"),
    Stop("room_controls", Controls, keys("f11"), "room"),
    Stop("room_heard", Heard, shown(lambda app: Heard(played(app))), "room"),
    Stop("room_debrief", DebriefScreen, shown(lambda app: DebriefScreen(played(app).play, NOBODYS)), "room"),
    Stop("first_run", FirstRunScreen, keys(), "first"),
    Stop("own_site", OwnSiteForm, keys("2"), "first"),
    Stop("restore", RestoreForm, keys("3"), "first"),
)


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


async def walk(desk: Driver, on: Stage) -> AsyncIterator[Stop]:
    """Every stop of a stage, the program standing there."""
    for each in STOPS:
        if each.stage == on:
            await each.way(desk)
            await gathered(desk.pilot)
            assert type(desk.app.screen) is each.kind, f"{each.name}: stands at {desk.app.screen}"
            yield each
            await home(desk, on)
