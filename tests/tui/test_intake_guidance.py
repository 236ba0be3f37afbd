"""Guidance while a call is taken in: what is on record already, what may be said and by whom, nothing typed twice."""

from __future__ import annotations

from typing import Any

import pytest

from qiantai import MemoryStore
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.already import Already
from qiantai_tui.widgets.field_rows import FieldRow
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.pictured import LANGUAGES
from tests.tui.waiting import until


async def begin(desk: Driver, line: str) -> IntakeForm:
    """The form for a line."""
    await desk.press("f2")
    await desk.type(line)
    await desk.press("enter")
    form = desk.app.screen
    assert isinstance(form, IntakeForm), desk.screen
    return form


def row(form: IntakeForm, name: str) -> FieldRow:
    found = form.row(name)
    assert found is not None, name
    return found


async def choose(desk: Driver, *words: str) -> None:
    dialog = desk.app.screen
    assert isinstance(dialog, ChooseDialog), desk.screen
    place = next(n for n, each in enumerate(dialog._items, 1) if all(word in " ".join(each.cells) for word in words))
    await desk.press(str(place))


def filed(desk: Driver, **fields: Any) -> str:
    """A case of this morning that is closed by now."""
    number = desk.receive(**fields)
    desk.give(number, "withdraw", "li", reason="好了")
    return number


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_open_and_earlier_cases_are_told_while_the_call_is_taken_in(
    size: tuple[int, int], language: Language
) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        old = filed(desk, kind="repair", household="1-2-301", summary="门锁坏了")
        mine = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        beside = desk.receive(kind="repair", household="1-2-302", summary="卫生间漏水")
        await desk.press("f2")
        await desk.type("1-2-301 又漏水了")
        assert mine in desk.screen.splitlines()[4], "told under the line, before anything was entered"
        await desk.press("enter")
        form = desk.app.screen
        assert isinstance(form, IntakeForm)
        await until(desk.pilot, lambda: bool(form._earlier))
        told = form.query_one(Already).render().plain
        assert told.index(mine) < told.index(beside) < told.index(old)
        assert "F7" in desk.screen
        await until(desk.pilot, lambda: ("Enter 受理" if language == "zh" else "Enter Take in") in desk.screen)


async def test_a_call_without_anything_on_record_shows_nothing_and_says_so_on_f7() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "1-2-301 灯不亮")
        assert not form.query_one(Already).has_class("-some")
        await desk.press("f7")
        assert "没有在办的事项,照常受理" in desk.screen


async def test_the_call_is_noted_on_the_case_that_is_open_already_instead() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        await begin(desk, "1-2-301 漏水漏到走廊了")
        await desk.press("f7")
        await choose(desk, "备注", number)
        case = desk.app.desk.case(number)
        assert (case.last_command.name, case.last_command.fields["text"]) == ("note", "漏水漏到走廊了")
        assert len(desk.app.desk.store.open_cases()) == 1
        assert f"已在 {number} 备注" in desk.screen
        assert desk.app.screen.query_one("#quick").value == ""  # type: ignore[attr-defined]
        assert not desk.app.drafts.get("receive:1-2-301 漏水漏到走廊了")


async def test_the_household_presses_for_what_it_reported() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        await begin(desk, "1-2-301 怎么还没人来修漏水")
        await desk.press("f7")
        await choose(desk, "催办")
        assert desk.app.desk.case(number).last_command.name == "urge"


async def test_another_household_joins_and_its_words_are_kept() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="5-1-101", summary="电梯抖动", place="5栋1单元 电梯")
        await begin(desk, "5-1-201 5栋1单元电梯抖动还有异响")
        await desk.press("f7")
        await choose(desk, "加入联名", number)
        case = desk.app.desk.case(number)
        assert case.households == ("5-1-101", "5-1-201")
        assert "电梯抖动还有异响" in str(case.last_command.fields["text"])
        await desk.press("ctrl+z")
        case = desk.app.desk.case(number)
        assert [case.history[seq].name for seq in case.struck] == ["note"], "what was done last is taken back first"


async def test_taken_in_and_merged_at_once() -> None:
    async with at_the_desk() as desk:
        older = desk.receive(kind="complaint", household="5-1-101", summary="装修太吵")
        await begin(desk, "5-1-201 投诉5栋1单元装修太吵")
        await desk.press("f7")
        await choose(desk, "受理后并入", older)
        (case,) = desk.app.desk.store.open_cases()
        assert case.number == older
        assert case.households == ("5-1-101", "5-1-201")
        await desk.go(seconds=1)
        await desk.press("ctrl+z")
        assert len(desk.app.desk.store.open_cases()) == 2, desk.screen


async def test_the_case_is_looked_at_and_the_form_stands_as_it_was() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水")
        form = await begin(desk, "1-2-301 漏水")
        await desk.press("f7")
        await choose(desk, "先看看", number)
        assert isinstance(desk.app.screen, CaseScreen)
        await desk.press("escape")
        assert desk.app.screen is form  # type: ignore[comparison-overlap]


async def test_the_third_of_one_cause_is_told_at_intake() -> None:
    async with at_the_desk() as desk:
        for door in (101, 102):
            desk.receive(kind="repair", household=f"5-1-{door}", summary="家里停电了")
        await begin(desk, "5-1-201 停电")
        assert "同因同地已有 2 件,受理后按 ^L 登记突发事件" in desk.screen


@pytest.mark.parametrize(
    ("person", "line", "told", "text"),
    [
        ("li", "1-2-301 问遛狗", "您可以说 v1「您好,小区里遛狗要牵绳", True),
        ("li", "1-2-301 问充电桩", "您可以说 v2「您好,东门和西门", True),
        ("li", "1-2-301 听说物业费又涨", "不由您解答:v1 由 赵颖(客服部门负责人)", False),
        ("zhao", "1-2-301 听说物业费又涨", "由您统一解答 v1「您好,物业费要不要调整", True),
        ("li", "1-2-301 换电梯的事", "“换电梯”现在没有口径:能解释", False),
    ],
)
async def test_what_may_be_said_is_shown_with_its_version_and_to_whom_it_belongs(
    person: str, line: str, told: str, text: bool
) -> None:
    async with at_the_desk(person) as desk:
        await desk.press("f2")
        await desk.type(line)
        assert told in desk.screen, "as the line is typed"
        assert ("您好" in desk.screen) is text
        await desk.press("enter")
        await desk.pilot.pause()
        flat = "".join(part.strip() for part in desk.screen.replace("│", "\n").splitlines())
        assert told[:12] in flat, "and in the form"


async def test_the_matter_written_in_the_form_tells_kind_topic_and_alarm() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "1-2-301")
        assert desk.app.focused is row(form, "summary").control, "the cursor is on what has to be said"
        await desk.type("问遛狗要不要牵绳")
        assert row(form, "kind").value() == "enquiry"
        assert "您可以说 v1" in desk.screen
        row(form, "summary").load("厨房水管爆了在漏水")
        row(form, "kind").load("repair")
        await desk.pilot.pause()
        assert row(form, "emergency").value() is True
        assert "先问" in desk.screen


async def test_a_second_matter_of_the_same_household_by_one_key() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "99-1-101 漏水")
        row(form, "name").load("赵六")
        row(form, "phone").load("139 0000 2222")
        row(form, "channel").load("visit")
        await desk.press("f10")
        await desk.press("f19")
        again = desk.app.screen
        assert isinstance(again, IntakeForm), desk.screen
        texts = {each.field: each.text() for each in again.all_rows()}
        assert (texts["name"], texts["phone"], texts["channel"]) == ("赵六", "13900002222", "visit")
        await desk.type("灯也不亮")
        await desk.press("enter")
        one, two = sorted(desk.app.desk.store.open_cases(), key=lambda each: each.number)
        assert (two.text("summary"), two.text("name"), two.text("phone")) == ("灯也不亮", "赵六", "13900002222")
        assert two.text("place") == one.text("place") == "99栋1单元101"


async def test_from_a_case_anywhere_another_of_its_household() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.pilot.pause()
        await desk.press("f19")
        assert isinstance(desk.app.screen, IntakeForm)
        assert "→ 1栋2单元301 王*" in desk.screen
        await desk.press("escape")
        desk.app.open_case(number)
        await desk.pilot.pause()
        await desk.press("f2")
        assert isinstance(desk.app.screen, IntakeForm)
        assert "→ 1栋2单元301 王*" in desk.screen


async def test_what_one_caller_said_is_not_put_in_for_the_next_home_nor_for_the_next_clerk() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "99-1-101 漏水")
        row(form, "name").load("赵六")
        await desk.press("f10")
        assert row(await begin(desk, "99-1-102 漏水"), "name").text() == ""
        await desk.press("escape")
        desk.app.be("bao")
        desk.app.screen.query_one("#quick").load("")  # type: ignore[attr-defined]
        await desk.press("escape")
        assert row(await begin(desk, "99-1-101 灯不亮"), "name").text() == ""


@pytest.mark.parametrize("pasted", ["138 0013 8000", "１３８　００１３　８０００", "138-0013-8000", "138\n0013\n8000"])
async def test_a_number_is_one_number_however_it_is_pasted(pasted: str) -> None:
    async with at_the_desk(store=MemoryStore()) as desk:
        form = await begin(desk, "99-1-101 灯不亮")
        row(form, "phone").focus_field()
        await desk.type(pasted)
        await desk.press("enter")
        if isinstance(desk.app.screen, IntakeForm):
            row(form, "name").load("赵六")
            await desk.press("f10")
        (case,) = desk.app.desk.store.open_cases()
        assert case.text("phone") == "13800138000"


async def test_who_calls_is_asked_once_before_it_is_taken_in() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "9-9-999 门锁坏了")
        assert desk.app.focused is row(form, "name").control
        await desk.type("张三")
        await desk.press("enter")
        assert desk.app.focused is row(form, "phone").control
        assert "请问电话" in desk.screen
        await desk.type("13800001111")
        await desk.press("enter")
        (case,) = desk.app.desk.store.open_cases()
        assert (case.text("name"), case.text("phone")) == ("张三", "13800001111")


async def test_who_will_not_say_holds_nothing_up() -> None:
    async with at_the_desk() as desk:
        await begin(desk, "9-9-999 门锁坏了")
        await desk.press("enter", "enter")
        assert len(desk.app.desk.store.open_cases()) == 1, "asked for the name, then for the phone"


@pytest.mark.parametrize("line", ["1-2-301 门锁坏了", "3栋1单元 电梯困人", "不留姓名 门锁坏了", "问一下几点下班"])
async def test_of_a_home_that_is_known_in_an_emergency_and_of_who_only_asks_nothing_is_asked(line: str) -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, line)
        await desk.press("enter")
        assert desk.app.screen is not form, desk.screen
        assert len(desk.app.desk.store.open_cases()) == 1


async def test_a_field_that_waits_to_be_seen_keeps_what_was_put_back() -> None:
    async with at_the_desk() as desk:
        form = await begin(desk, "1-2-301 厨房漏水")
        assert not row(form, "promised").children, "it is not made before it is seen"
        await desk.press("f8")
        await until(desk.pilot, lambda: row(form, "promised").control.is_mounted)
        row(form, "promised").load("明天 9:00")
        row(form, "against").load("lin")
        await desk.press("escape")
        await desk.press("enter")
        again = desk.app.screen
        assert isinstance(again, IntakeForm)
        assert again is not form
        assert not row(again, "promised").children
        assert (row(again, "promised").text(), row(again, "against").value()) == ("明天 9:00", "lin")
        await desk.press("f8")
        row(again, "promised").focus_field()
        await until(desk.pilot, lambda: "明天 9:00" in desk.screen and "→" in desk.screen)
        await until(desk.pilot, lambda: row(again, "against").value() == "lin")
