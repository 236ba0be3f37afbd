"""Incidents at the desk: proposed on the board, taken, joined at intake, told of progress, unlinked, ended; by keys."""

from __future__ import annotations

import pytest

from qiantai import Case
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.incident_form import IncidentForm
from qiantai_tui.dialogs.intake_form import IntakeForm
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.incident import IncidentScreen
from tests.tui.desk_driver import Driver, at_the_desk


async def power_cut(desk: Driver, *doors: int) -> list[str]:
    numbers = []
    for door in doors or (101, 102, 201):
        numbers.append(desk.receive(kind="repair", household=f"5-1-{door}", summary="家里停电了"))
        await desk.go(minutes=1)
    await desk.pilot.pause()
    return numbers


def case(desk: Driver, number: str) -> Case:
    return desk.app.desk.case(number)


def fill(desk: Driver, **texts: str) -> None:
    for name, text in texts.items():
        row = desk.app.screen.row(name)  # type: ignore[attr-defined]
        assert row is not None, name
        row.load(text)


async def choose(desk: Driver, words: str) -> None:
    """Chooses the line that says so."""
    dialog = desk.app.screen
    assert isinstance(dialog, ChooseDialog), dialog
    place = next(n for n, each in enumerate(dialog._items, 1) if words in " ".join(each.cells))
    await desk.press(str(place))


async def under_way(desk: Driver) -> tuple[str, list[str]]:
    """An incident opened as proposed, and its cases."""
    numbers = await power_cut(desk)
    await desk.press("ctrl+l", "1")
    fill(desk, wording="20点前恢复")
    await desk.press("f10")
    return case(desk, numbers[0]).incident, numbers


async def test_three_of_one_cause_are_told_and_taken_by_one_key() -> None:
    async with at_the_desk() as desk:
        numbers = await power_cut(desk, 101, 102)
        assert "同因" not in desk.screen
        numbers += await power_cut(desk, 201)
        assert "提示 5栋1单元 停电/断电 3 件同因,^L 登记" in desk.screen
        await desk.press("ctrl+l")
        await choose(desk, "登记:5栋1单元")
        form = desk.app.screen
        assert isinstance(form, IncidentForm)
        assert all(number in desk.screen for number in numbers)
        fill(desk, wording="20点前恢复")
        await desk.press("f10")
        incident = case(desk, case(desk, numbers[0]).incident)
        assert incident.linked == tuple(numbers)
        assert (incident.text("place"), incident.text("wording")) == ("5栋1单元", "20点前恢复")
        assert "同因" not in desk.screen
        assert desk.screen.count("◆ 家里停电了") == 3
        assert "「20点前恢复」" in desk.screen


async def test_a_proposal_that_another_desk_took_meanwhile_takes_no_other() -> None:
    async with at_the_desk() as desk:
        numbers = await power_cut(desk, 101, 102, 201)
        await desk.press("ctrl+l")
        for each in numbers:
            desk.give(each, "withdraw", "li", reason="来电了")
        await choose(desk, "登记:5栋1单元")
        assert isinstance(desk.app.screen, IncidentForm)
        await desk.press("f10")
        assert all(not case(desk, each).incident for each in numbers)


async def test_a_proposal_that_an_incident_fits_links_to_it() -> None:
    async with at_the_desk() as desk:
        incident, _ = await under_way(desk)
        [more] = await power_cut(desk, 202)
        assert f"1 件可关联 {incident}" in desk.screen
        await desk.press("ctrl+l")
        await choose(desk, f"关联到 {incident}")
        assert case(desk, more).incident == incident


async def test_a_call_about_it_is_known_at_intake_and_linked_at_once() -> None:
    async with at_the_desk() as desk:
        incident, numbers = await under_way(desk)
        await desk.press("f2")
        await desk.type("5-1-202 没电了")
        await desk.press("enter")
        assert isinstance(desk.app.screen, IntakeForm)
        assert f"已知事件 {incident}:5栋1单元 停电/断电。口径:20点前恢复" in desk.screen
        await desk.press("f10")
        linked = case(desk, incident).linked
        assert linked[:3] == tuple(numbers)
        assert case(desk, linked[3]).household == "5-1-202"


async def test_taken_in_without_the_link_where_the_clerk_says_so() -> None:
    async with at_the_desk() as desk:
        incident, numbers = await under_way(desk)
        await desk.press("f2")
        await desk.type("5-1-202 没电了")
        await desk.press("enter")
        fill(desk, incident="no")
        await desk.press("f10")
        assert case(desk, incident).linked == tuple(numbers)
        assert len(desk.app.desk.store.open_cases()) == 5


@pytest.mark.parametrize("line", ["5-1-202 太吵", "3-1-101 停电"])
async def test_a_call_about_something_else_is_taken_in_as_ever(line: str) -> None:
    async with at_the_desk() as desk:
        await under_way(desk)
        await desk.press("f2")
        await desk.type(line)
        await desk.press("enter")
        assert "已知事件" not in desk.screen


async def test_broadcast_unlinked_and_ended_on_its_page() -> None:
    async with at_the_desk() as desk:
        incident, numbers = await under_way(desk)
        complaint = desk.receive(kind="complaint", household="5-1-101", summary="太吵", place="5栋")
        desk.give(complaint, "link", "li", incident=incident)
        await desk.press("ctrl+l")
        await choose(desk, f"查看 {incident}")
        page = desk.app.screen
        assert isinstance(page, IncidentScreen)
        assert all(number in desk.screen for number in (*numbers, complaint))
        await desk.press("f5")
        assert isinstance(desk.app.screen, StepForm)
        fill(desk, text="正在换总开关")
        await desk.press("f10")
        duty = case(desk, complaint).duty("feedback")
        assert duty is not None
        assert duty.discharged == desk.clock.at
        assert "原因:停电/断电;地点:5栋1单元" in desk.screen
        assert "正在换总开关;方式:" in desk.screen
        await desk.press("ctrl+l")
        await choose(desk, numbers[2])
        assert isinstance(desk.app.screen, StepForm)
        assert f"{incident} 5栋1单元" in desk.screen, "it is said from which incident, and not asked"
        await desk.type("那一户是跳闸")
        await desk.press("enter")
        left = case(desk, numbers[2])
        assert (left.incident, left.last_command.fields["reason"]) == ("", "那一户是跳闸")
        assert numbers[2] not in case(desk, incident).linked
        await desk.press("f4")
        await choose(desk, "结束事件")
        fill(desk, result="恢复供电")
        await desk.press("f10")
        assert case(desk, incident).state == "closed"
        assert [case(desk, each).state for each in numbers] == ["awaiting_call_back", "awaiting_call_back", "received"]
        assert case(desk, complaint).state == "received"
        assert f"▌ {complaint}" in desk.screen
        assert "留在原处:" in desk.screen
        assert "H-4.6.2" in desk.screen
        await desk.press("ctrl+z")
        assert case(desk, incident).state == "open"
        assert case(desk, numbers[0]).state == "received"


async def test_once_it_has_ended_its_cases_are_called_back_from_its_page() -> None:
    async with at_the_desk() as desk:
        incident, numbers = await under_way(desk)
        desk.app.open_case(incident)
        await desk.press("f6")
        assert not isinstance(desk.app.screen, StepForm)
        assert "关联的事项没有待回访的" in desk.screen
        await desk.press("f4")
        await choose(desk, "结束事件")
        fill(desk, result="恢复供电")
        await desk.press("f10", "f5")
        assert "不能统一通报:现在的状态是“已办结”" in desk.screen
        await desk.press("enter", "down", "f6")
        assert isinstance(desk.app.screen, StepForm)
        fill(desk, satisfied="yes", quality_ok="yes")
        await desk.press("f10")
        assert case(desk, numbers[1]).state == "closed"
        await desk.press("f6")
        fill(desk, satisfied="yes", quality_ok="yes")
        await desk.press("f10")
        assert case(desk, numbers[0]).state == "closed"
        assert isinstance(desk.app.screen, IncidentScreen)


async def test_why_an_incident_stands_so_speaks_of_no_book_and_no_handler() -> None:
    async with at_the_desk() as desk:
        incident, _ = await under_way(desk)
        desk.app.open_case(incident)
        await desk.press("f8")
        assert "事件本身不派人,也不归档" in desk.screen
        assert "登记表" not in desk.screen


async def test_its_form_calls_what_it_is_about_its_cause() -> None:
    async with at_the_desk() as desk:
        await power_cut(desk)
        await desk.press("ctrl+l", "1")
        assert "原因*" in desk.screen
        assert "Enter 登记" in desk.screen


async def test_from_its_page_to_a_case_and_back() -> None:
    async with at_the_desk(size=(80, 24)) as desk:
        incident, numbers = await under_way(desk)
        desk.app.open_case(incident)
        await desk.pilot.pause()
        await desk.press("enter")
        assert isinstance(desk.app.screen, CaseScreen)
        assert desk.app.screen.number == numbers[0]
        assert incident in desk.screen
        await desk.press("escape")
        assert isinstance(desk.app.screen, IncidentScreen)


async def test_one_case_alone_is_linked_by_hand_and_a_new_incident_opened_with_it() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="complaint", household="5-1-101", summary="太吵", place="5栋")
        await desk.pilot.pause()
        await desk.press("ctrl+l")
        await choose(desk, "登记新的突发事件并关联")
        await desk.press("f10")
        incident = case(desk, number).incident
        assert case(desk, incident).linked == (number,)
        other = desk.receive(kind="repair", household="3-1-101", summary="门锁坏了")
        desk.app.screen.stand_on(other)  # type: ignore[attr-defined]
        await desk.press("ctrl+l")
        await choose(desk, f"关联到 {incident}")
        assert case(desk, other).incident == incident


async def test_an_engineer_is_refused_and_told_who_opens_one() -> None:
    async with at_the_desk("sun") as desk:
        await desk.press("ctrl+l")
        await choose(desk, "登记新的突发事件")
        fill(desk, summary="停电", place="5栋")
        await desk.press("f10")
        assert isinstance(desk.app.screen, IncidentForm)
        assert "不归这个岗位办" in desk.screen
        assert desk.app.desk.store.open_cases() == []


async def test_with_no_incident_a_link_says_how_to_open_one() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="3-1-101", summary="门锁坏了")
        desk.app.screen.give(number, "link")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "没有处置中的突发事件。^L 登记一件" in desk.screen
