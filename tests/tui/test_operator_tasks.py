"""What the operator's page tells to do is done here, key by key, and what it says is then seen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.first_run import FirstRunApp
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.sites.site import open_site
from tests.tui.desk_driver import Clock
from tests.tui.operator_tasks import PAGES, TASKS, Performer, commands, keys, missing, performing, sections

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
    body = ast.get_source_segment(source, found[0]) or ""
    if any(keys(task, language) or commands(task, language) for language in PAGES):
        assert any(f'{way}("{task}"' in body for way in ("performing", "missing", "ungiven"))


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
        await desk.press("1", "enter")
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
