"""What the operator's page tells to do is done here, key by key, and what it says is then seen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.screens.first_run import FirstRunApp
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.screens.incident import IncidentScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.screens.register import RegisterScreen
from qiantai_tui.site import open_site
from tests.tui.desk_driver import MONDAY, Clock
from tests.tui.operator_tasks import TASKS, Performer, missing, performing, sections
from tests.tui.waiting import until

HERE = Path(__file__).parent
FEWEST_KEYS = 40
"""Keys that the first minute may take, a text counted as one."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_task_of_the_page_is_performed_by_a_test(language: str) -> None:
    assert list(sections(language)) == list(dict.fromkeys(sections(language)))
    assert set(sections(language)) == set(TASKS), "a line in tests/tui/operator_tasks.py says which test performs it"


@pytest.mark.parametrize("task", TASKS)
def test_the_test_of_a_task_is_there_and_does_what_the_page_says(task: str) -> None:
    file, _, name = TASKS[task].partition("::")
    source = (HERE / file).read_text(encoding="utf-8")
    found = [node for node in ast.walk(ast.parse(source)) if getattr(node, "name", "") == name]
    assert found, TASKS[task]
    if file == Path(__file__).name:
        body = ast.get_source_segment(source, found[0]) or ""
        assert f'performing("{task}"' in body or f'missing("{task}"' in body


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


async def test_the_first_minute(tmp_path: Path) -> None:
    clock, pressed, typed = Clock(), list[str](), 0
    first = FirstRunApp(tmp_path / "site", tmp_path / "demo", clock=clock, reports=tmp_path)
    async with first.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        pressed.append("enter")
        await pilot.press("enter")
        await first.workers.wait_for_complete()
        await pilot.pause()
    assert first.folder is not None
    with open_site(first.folder, clock) as site:
        app = DeskApp(site, clock=clock, reports=tmp_path)
        async with app.run_test(size=(120, 36), notifications=True) as pilot:
            desk = Performer(app, pilot, clock)
            desk.pressed = pressed
            await pilot.pause()
            await desk.type("李静")
            await desk.press("enter")
            before = {each.number for each in app.desk.store.open_cases()}
            await call(desk, "1-2-301 灯不亮")
            await desk.press("enter", "enter")
            [number] = {each.number for each in app.desk.store.open_cases()} - before
            await desk.press("f5", "enter")
            assert app.desk.case(number).state == "dispatched", desk.screen
            await desk.press("f12")
            await desk.type("孙浩")
            await desk.press("enter", "f4", "enter")
            assert app.desk.case(number).state == "on_site", desk.screen
            await desk.press("f4")
            await choose(desk, "回单")
            await desk.type("换了灯管")
            await desk.press("f10")
            await desk.press("f12")
            await desk.type("李静")
            await desk.press("enter", "f6", "1", "enter", "1", "enter")
            assert app.desk.case(number).state == "closed", desk.screen
    typed = 5
    print(f"the first minute: {len(pressed)} keys and {typed} texts")
    assert len(pressed) + typed <= FEWEST_KEYS
    assert not missing("The first start", pressed)


async def test_the_list_is_gone_through() -> None:
    async with performing("To do") as desk:
        for summary in ("灯不亮", "门锁坏了"):
            desk.receive(kind="repair", household="1-2-301", summary=summary)
        await desk.pilot.pause()
        desk.sees("下一步")
        await desk.press("down", "enter")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape", "right")
        desk.sees("[投诉]", "←→ 换类别")
        await desk.press("left")
        desk.sees("[全部]")


async def test_a_call_is_taken_in() -> None:
    async with performing("Taking a call") as desk:
        desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        await call(desk, "1幢2门301 灯不亮")
        desk.sees("→ 1栋2单元301 王*", "在办 BX-20261123-001")
        await desk.press("enter", "f1")
        assert isinstance(desk.app.screen, HelpDialog)
        desk.sees("光标所在")
        await desk.press("escape", "enter")
        desk.sees("BX-20261123-002 已受理")
        await desk.press("f19")
        assert isinstance(desk.app.screen, IntakeForm)
        await desk.type("门锁也坏了")
        await desk.press("enter")
        assert desk.app.desk.case("BX-20261123-003").household == "1-2-301"


async def test_a_call_is_put_to_the_case_that_is_there() -> None:
    async with performing("It is there already") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        await call(desk, "1-2-301 漏水怎么还没人来")
        await desk.press("enter")
        desk.sees("同户")
        await desk.press("f7")
        await choose(desk, "先看看")
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape")
        assert isinstance(desk.app.screen, IntakeForm)
        await desk.press("f7")
        await choose(desk, "催办")
        assert desk.app.desk.case(number).last_command.name == "urge"
        await desk.press("ctrl+z")
        desk.sees("已撤销")


async def test_an_emergency_is_taken_in() -> None:
    async with performing("An emergency") as desk:
        await desk.press("f9")
        await desk.type("电梯困人")
        await desk.press("down")
        await desk.type("3栋1单元 电梯")
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.holds("emergency")
        assert isinstance(desk.app.screen, StepForm)
        await desk.press("enter")
        assert desk.app.desk.case(case.number).state == "dispatched", desk.screen


async def test_what_may_be_said_is_read_off_and_passed_on() -> None:
    async with performing("What may be said") as desk:
        await call(desk, "1-2-301 问遛狗")
        desk.sees("您可以说 v1「您好")
        desk.app.screen.query_one("#quick").load("")  # type: ignore[attr-defined]
        await desk.type("1-2-301 听说物业费又涨")
        desk.sees("不由您解答", "赵颖")
        await desk.press("enter")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        kind = form.row("kind")
        assert kind is not None
        kind.load("enquiry")
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert case.text("topic") == "fee-increase"


async def test_it_is_sent_on() -> None:
    async with performing("Sending it on") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        await desk.press("f5", "enter")
        assert desk.app.desk.case(number).state == "dispatched"
        await desk.press("f4")
        assert isinstance(desk.app.screen, ChooseDialog)
        desk.sees("依据")
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)


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
