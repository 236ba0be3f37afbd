"""More tasks of the operator's page, performed as it tells them: what is done with a case that is there."""

from __future__ import annotations

from pathlib import Path

from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.incident import IncidentScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from tests.tui.desk_driver import MONDAY
from tests.tui.operator_tasks import Performer, performing
from tests.tui.waiting import until

HERE = Path(__file__).parent
FEWEST_KEYS = 40
"""Keys that the first minute may take, a text counted as one."""


async def choose(desk: Performer, words: str) -> None:
    """Chooses the line that says so."""
    dialog = desk.app.screen
    assert isinstance(dialog, ChooseDialog), desk.screen
    place = next(n for n, each in enumerate(dialog._items, 1) if words in " ".join(each.cells))
    await desk.press(str(place))


async def call(desk: Performer, line: str) -> None:
    """To the line that calls are taken in by, and what is said."""
    await desk.press("f2")
    await desk.type(line)


async def test_an_incident_from_its_opening_to_its_end() -> None:
    async with performing("One cause, many households") as desk:
        numbers = [
            desk.receive(kind="repair", household=f"5-1-{door}", summary="家里停电了") for door in (101, 102, 201)
        ]
        await desk.pilot.pause()
        desk.sees("3 件同因,^L 登记")
        await desk.press("ctrl+l", "1")
        form = desk.app.screen
        form.row("wording").load("20点前恢复")  # type: ignore[attr-defined]
        await desk.press("f10")
        incident = desk.app.desk.case(numbers[0]).incident
        await call(desk, "5-1-202 没电了")
        await desk.press("enter")
        desk.sees("已知事件", "20点前恢复")
        await desk.press("f10")
        assert len(desk.app.desk.case(incident).linked) == 4
        await desk.press("ctrl+l")
        await choose(desk, "查看")
        assert isinstance(desk.app.screen, IncidentScreen)
        await desk.press("f5")
        desk.app.screen.row("text").load("正在换总开关")  # type: ignore[attr-defined]
        await desk.press("f10")
        for number in desk.app.desk.case(incident).linked:
            desk.give(number, "dispatch", "li", to=["engineering"])
            if desk.app.desk.case(number).holds("emergency"):
                desk.give(number, "arrive", "sun")
        await desk.press("f4")
        await choose(desk, "结束事件")
        desk.app.screen.row("result").load("换了总开关")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert not desk.app.desk.case(incident).open, desk.screen
        await desk.press("f6")
        assert isinstance(desk.app.screen, StepForm), desk.screen


async def test_a_refusal_is_read_and_put_right() -> None:
    async with performing("When it is refused") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True)
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.app.be("sun")
        await desk.pilot.pause()
        desk.app.screen.give(number, "complete")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        desk.sees("可行")
        await desk.press("f8")
        await desk.press("escape")
        assert isinstance(desk.app.screen, RefusalDialog)
        await desk.press("enter")
        desk.give(number, "arrive", "sun")
        desk.app.screen.give(number, "complete")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        desk.app.screen.row("result").load("换了软管")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert desk.app.desk.case(number).state == "awaiting_call_back"


async def test_it_is_called_back() -> None:
    async with performing("Calling back") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun", result="换了灯管")
        await desk.press("ctrl+r")
        desk.sees("13800001234")
        await desk.press("f6", "1", "enter", "1", "enter")
        assert desk.app.desk.case(number).state == "closed"
        number = desk.receive(kind="repair", household="1-2-302", summary="门锁坏了")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun", result="换了锁芯")
        await desk.press("f18")
        desk.sees(number)
        await desk.press("ctrl+r", "f6", "1", "enter", "1", "enter")
        assert desk.app.desk.case(number).state == "closed"


async def test_a_case_is_read_in_full() -> None:
    async with performing("One case in full") as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        await desk.press("enter", "ctrl+r")
        desk.sees("13800001234", "已留痕")
        await desk.press("ctrl+r")
        screen = desk.app.screen
        assert isinstance(screen, CaseScreen)
        for _ in range(20):
            if isinstance(desk.app.screen, ClauseDialog):
                break
            await desk.press("down", "enter")
        assert isinstance(desk.app.screen, ClauseDialog)
        await desk.press("escape", "ctrl+y")
        assert isinstance(desk.app.screen, DossierScreen)
        await desk.press("escape", "f2")
        assert isinstance(desk.app.screen, IntakeForm)


async def test_it_is_asked_why() -> None:
    async with performing("Asking why") as desk:
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        await desk.press("f8")
        desk.sees("为什么")
        await desk.press("escape", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        desk.app.screen.query_one("#side").focus()
        await desk.press("f8")
        desk.sees("M-3.3b")


async def test_the_resident_rings_again() -> None:
    async with performing("How far is it, a word more, a word corrected") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮", place="1栋大堂")
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.press("f3")
        await desk.type("灯不亮")
        screen = desk.app.screen
        assert isinstance(screen, FindScreen)
        await until(desk.pilot, lambda: not screen.searching)
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        desk.sees("灯不亮", "已派人")
        for step, lines in (
            ("催办", {"text": "问了两次了"}),
            ("备注", {"text": "晚上六点后在家"}),
            ("更正", {"field": "place", "value": "1栋2层", "reason": "听错了"}),
            ("业户撤回", {"reason": "登记到别家了", "mistaken": "yes"}),
        ):
            await desk.press("f4")
            dialog = desk.app.screen
            assert isinstance(dialog, ChooseDialog)
            dialog.dismiss(next(each.value for each in dialog._items if each.cells[0] == step))
            await desk.pilot.pause()
            for name, text in lines.items():
                desk.app.screen.row(name).load(text)
                await desk.pilot.pause()
            await desk.press("f10")
        case = desk.app.desk.case(number)
        assert [each.name for each in case.history][-4:] == ["urge", "note", "correct", "withdraw"]
        assert (case.text("place"), case.state, case.holds("mistaken")) == ("1栋2层", "closed", True)


async def test_something_is_found() -> None:
    async with performing("Find") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        await desk.press("f3")
        await desk.type("漏")
        screen = desk.app.screen
        assert isinstance(screen, FindScreen)
        await until(desk.pilot, lambda: not screen.searching)
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == number
        await desk.press("escape")
        for key, words in (("f4", "投诉"), ("f5", "全部"), ("f6", "全部")):
            await desk.press(key)
            dialog = desk.app.screen
            assert isinstance(dialog, ChooseDialog)
            dialog.dismiss(next(each.value for each in dialog._items if words in each.cells[0]))
            await desk.pilot.pause()
        desk.sees("只看 投诉")
        await desk.press("escape", "escape", "escape")
        assert isinstance(desk.app.screen, QueueScreen)


async def test_a_resident_is_served_at_the_dossier(tmp_path: Path) -> None:
    async with performing("A household's dossier", "zhao", folder=tmp_path) as desk:
        desk.app.open_household("1-2-301")
        await desk.pilot.pause()
        await desk.press("c")
        await desk.type("业主本人,看过身份证")
        await desk.press("enter")
        assert list(tmp_path.rglob("*.html")), desk.screen
        await desk.press("r")
        desk.app.screen.row("email").load("new@example.com")  # type: ignore[attr-defined]
        desk.app.screen.row("reason").load("业主来更正")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert desk.app.desk.handbook.households["1-2-301"].email == "new@example.com"
        await desk.press("x")
        desk.sees("抹除(不能撤销)")
        desk.app.screen.row("reason").load("业主要求")  # type: ignore[attr-defined]
        await desk.press("f10")
        desk.sees("已抹除")
        await desk.press("t", "x")


async def test_the_register_of_other_days() -> None:
    async with performing("The register") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("f7", "left")
        desk.sees(f"{MONDAY:%Y-%m}-22")
        await desk.press("right", "left", "0")
        assert isinstance(desk.app.screen, RegisterScreen)
        desk.sees(number)
        await desk.press("ctrl+e")
        await desk.type("月度检查")
        await desk.press("enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, RegisterScreen))
        assert [each.why for each in desk.app.desk.store.looks() if each.what == "export"] == ["月度检查"]
        desk.app.clear_notifications()
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)


async def test_a_slip_is_taken_back() -> None:
    async with performing("A slip") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        await desk.press("f5", "enter", "ctrl+z")
        assert desk.app.desk.case(number).state == "received"
        desk.sees("已撤销")
        await desk.press("f5", "enter")
        await call(desk, "1")
        await desk.press("ctrl+z")
        assert desk.app.desk.case(number).state == "dispatched", "typing goes first"
        await desk.press("escape", "ctrl+z")
        assert desk.app.desk.case(number).state == "received"


async def test_help_is_asked_for() -> None:
    async with performing("Keys") as desk:
        await desk.press("f1")
        assert isinstance(desk.app.screen, HelpDialog)
        await desk.press("escape", "f13")
        desk.sees("全部按键")


async def test_other_colours_are_chosen() -> None:
    async with performing("Other colours") as desk:
        before = desk.app.theme
        await desk.press("f14", "down", "enter")
        assert desk.app.theme != before
