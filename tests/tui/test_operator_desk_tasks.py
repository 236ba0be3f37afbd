"""Tasks of the operator's page beside the cases themselves, performed as it tells them: by its keys, in their order."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.elsewhere import ElsewhereDialog
from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.jump import JumpScreen
from qiantai_tui.dialogs.new_pin import PinDialog
from qiantai_tui.dialogs.pins import SignInDialog
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.screens.alerts import AlertsScreen
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.figure import FigureScreen
from qiantai_tui.screens.figures import FiguresScreen
from qiantai_tui.screens.scripts import ScriptsScreen
from qiantai_tui.screens.told import ToldScreen
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.agreed_answers import NEW, at_hand, challenged
from tests.tui.agreed_answers import on as on_the_answer
from tests.tui.at_the_figures import filled
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.door import door, people_at
from tests.tui.hand_over_driver import on, stage, two_open
from tests.tui.months import a_year
from tests.tui.operator_tasks import Performer, missing, performing
from tests.tui.room_driver import in_the_room, named
from tests.tui.test_alert_list import busy
from tests.tui.test_alerts import alerted


def doing(desk: Driver) -> Performer:
    """The same desk, its keys remembered."""
    return Performer(desk.app, desk.pilot, desk.clock)


async def test_people_sign_in(tmp_path: Path) -> None:
    async with door(tmp_path, pins=False) as opened:
        desk = doing(opened)
        await desk.type("林")
        await desk.press("enter")
        assert isinstance(desk.app.screen, PinDialog)
        for _ in range(2):
            await desk.type("8264")
            await desk.press("enter")
        assert people_at(desk) == "lin"
        await desk.press("ctrl+p")
        await desk.type("代码")
        await desk.pilot.pause(0.3)
        await desk.press("enter")
        await desk.type("李静")
        await desk.press("enter")
        (code,) = [word for word in desk.screen.split() if word.isdigit() and len(word) == 8]
        await desk.press("escape", "f12")
        assert isinstance(desk.app.screen, SignInDialog)
        desk.sees("林晓 的 PIN 或口令")
        await desk.type("8264")
        await desk.press("enter")
        assert people_at(desk) == "lin"
        await desk.press("f12")
        table = desk.app.screen.query_one("#people", LineTable)
        while table.key != "li":
            await desk.press("down" if table.cursor == 0 else "up")
        await desk.press("down", "up")
        desk.sees("李静 的 PIN 或口令")
        await desk.type(code)
        await desk.press("enter")
        for _ in range(2):
            await desk.type("7391")
            await desk.press("enter")
        assert people_at(desk) == "li"
    async with door(tmp_path) as again:
        await again.type("lj")
        await again.press("enter")
        await again.type("7391")
        await again.press("enter")
        assert people_at(again) == "li"
        desk.pressed += ["enter", "enter"]
    assert not (lacks := missing("Signing in", desk.pressed)), lacks


async def test_what_was_told_is_gone_through(tmp_path: Path) -> None:
    async with alerted(tmp_path) as told:
        desk = doing(told)
        await busy(desk)
        await desk.press("f16")
        assert isinstance(desk.app.screen, AlertsScreen)
        alerting = desk.app.alerting
        assert alerting is not None
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape")
        before = alerting.unseen
        await desk.press("down", "space")
        assert alerting.unseen == before - 1
        await desk.press("a")
        assert alerting.unseen == 0
        await desk.press("right")
        desk.sees("[未看]", "都看过了")
        await desk.press("right", "left", "left")
        desk.sees("[全部]")
    assert not (lacks := missing("Alerts", desk.pressed)), lacks


async def test_a_letter_a_figure_and_the_list() -> None:
    async with performing("Jumping") as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        place = form.row("place")
        assert place is not None
        await desk.press("ctrl+o")
        marks = desk.app.screen
        assert isinstance(marks, JumpScreen)
        await desk.press(next(key for key, there in marks.there.items() if there is place.control))
        assert form.focused is place.control
        await desk.press("escape", "ctrl+o", "3")
        assert isinstance(desk.app.screen, ScriptsScreen)
        await desk.press("ctrl+o", "ctrl+o")
        assert isinstance(desk.app.screen, ElsewhereDialog)
        await desk.press("escape")
        assert isinstance(desk.app.screen, ScriptsScreen)


async def test_a_rehearsal_is_played_and_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qiantai_tui.room.debriefing.home", lambda: tmp_path)
    pressed: list[str] = []
    async with at_the_desk(folder=tmp_path) as opened:
        desk = doing(opened)
        await desk.press("f17", "enter")
        chosen = desk.app.to_rehearse
        assert chosen is not None, "the desk is closed for it"
        pressed += desk.pressed
    async with in_the_room(named(chosen.id), begun=False) as trainee:

        async def press(*keys: str) -> None:
            pressed.extend(keys)
            await trainee.press(*keys)

        await press("enter")
        await trainee.wait(4)
        assert "来电在等 4 秒" in trainee.screen
        await press("f2")
        await trainee.type("2-1-301 水龙头滴水")
        await press("enter", "enter")
        assert len(trainee.room.play.deeds) == 1
        await press("f11", "end", "enter")
        told = trainee.app.screen
        assert isinstance(told, DebriefScreen)
        await press("p")
        await trainee.pilot.pause()
        assert list((tmp_path / "debriefs").iterdir())
        for _ in range(60):
            await press("down", "enter")
            if isinstance(trainee.app.screen, ClauseDialog):
                await press("escape")
            elif trainee.room.practice:
                break
        assert trainee.room.practice, trainee.screen
    assert not (lacks := missing("Rehearsing", pressed)), lacks


async def test_a_figure_is_followed_to_its_cases() -> None:
    async with performing("The figures", "lin", store=a_year()) as desk:
        await desk.press("f20")
        await filled(desk)
        assert isinstance(desk.app.screen, FiguresScreen)
        for key, month in (("left", "2026-10"), ("right", "2026-11"), ("0", "2026-11")):
            await desk.press(key)
            await filled(desk)
            desk.sees(month)
        for key in ("f5", "f6"):
            await desk.press(key)
            assert isinstance(desk.app.screen, ChooseDialog), key
            await desk.press("enter")
            await filled(desk)
        assert desk.app.screen.query_one("#figures", LineTable).move_to("satisfaction")
        await desk.pilot.pause()
        await desk.press("f8")
        desk.sees("R-4a")
        await desk.press("escape", "enter")
        await filled(desk)
        assert isinstance(desk.app.screen, FigureScreen)
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)


async def test_the_shift_is_handed_over(tmp_path: Path) -> None:
    async with performing("Handing over the shift", folder=tmp_path) as desk:
        desk.app.be("li")
        leak, noise = await two_open(desk)
        await desk.press("f24", "f4")
        await desk.type("何悦")
        await desk.press("enter")
        on(desk, noise)
        await desk.press("f5")
        desk.sees("○ 留下")
        await desk.press("f6")
        if desk.screen.count("✓ 移交") < 2:
            await desk.press("f6")
        assert desk.screen.count("✓ 移交") == 2
        await desk.press("n")
        await desk.type("电梯维保明早来 13800001111")
        await desk.press("f10")
        desk.sees("电梯维保明早来 138****1111")
        await desk.press("f4")
        await desk.type("lj")
        await desk.press("enter")
        assert stage(desk) is Stage.SIGNED_OFF
        on(desk, leak)
        await desk.press("f5")
        await desk.type("明天休假")
        await desk.press("enter", "f4")
        await desk.type("hy")
        await desk.press("enter")
        assert stage(desk) is Stage.TAKEN_OVER
        assert desk.app.desk.case(leak).owner == "li"
        assert desk.app.desk.case(noise).stand_in == "he"


async def test_an_agreed_answer_from_draft_to_those_who_were_told(tmp_path: Path) -> None:
    async with performing("Agreed answers", folder=tmp_path) as desk:
        await challenged(desk)
        await desk.press("f15", "f5")
        await desk.type(NEW)
        await desk.press("f10")
        id = at_hand(desk).id
        await desk.press("f4", "enter")
        assert at_hand(desk).submitted
        desk.app.be("zhao")
        await on_the_answer(desk, id, 2)
        await desk.press("f4", "enter")
        desk.sees(NEW)
        await desk.press("f10")
        assert at_hand(desk).approved_by == "zhao"
        asked = next(each for each in desk.app.desk.store.open_cases() if each.text("topic") == "lift-renewal")
        desk.give(asked.number, "answer", "li", text=NEW, script=id, satisfied=True)
        await on_the_answer(desk, id, 2)
        await desk.press("f4", "enter")
        reason = desk.app.screen
        assert isinstance(reason, FormDialog)
        await desk.type("换梯的安排有变")
        await desk.press("f10")
        assert desk.app.handbook.script("lift-renewal", desk.clock()) is None
        await on_the_answer(desk, id, 2)
        await desk.press("f6")
        assert isinstance(desk.app.screen, ToldScreen)
        await desk.app.workers.wait_for_complete()
        await desk.pilot.pause()
        desk.sees("告知过 1 次")
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == asked.number
        await desk.press("escape", "f10")
        await desk.type("逐一回访")
        await desk.press("enter")
        await desk.pilot.pause()
        assert [look.why for look in desk.app.desk.store.looks() if look.what == "export"] == ["逐一回访"]
        await desk.press("escape", "f8")
        desk.sees("〔+")
