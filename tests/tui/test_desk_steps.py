"""Steps given by their forms: refused with their clause and nothing lost, every kind to its end by keys."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from qiantai import Conflict, MemoryStore, clauses
from qiantai.words import Bilingual
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.dialogs.step_rows import row_for
from qiantai_tui.widgets.field_rows import FieldRow
from tests.tui.desk_driver import MONDAY, Driver, at_the_desk

COMPLAINT: dict[str, Any] = {
    "kind": "complaint",
    "household": "5-1-101",
    "summary": "太吵",
    "place": "5栋",
    "demand": "停工",
}


def _row(desk: Driver, name: str) -> FieldRow:
    form = desk.app.screen
    assert isinstance(form, StepForm), form
    row = form.row(name)
    assert row is not None, name
    return row


async def _at(desk: Driver, name: str) -> None:
    _row(desk, name).focus_field()
    await desk.pilot.pause()


async def test_a_refused_step_shows_the_clause_whole_and_leaves_what_was_typed() -> None:
    async with at_the_desk("sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="门锁坏了")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        await desk.pilot.pause()
        desk.app.screen.give(number, "wait")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.press("1")
        await _at(desk, "eta")
        await desk.type("明天 9:00")
        assert "→ 11-24 09:00" in desk.screen
        await desk.press("enter")
        assert isinstance(desk.app.screen, RefusalDialog)
        clause = next(each for each in clauses() if each.id == "M-3.3b")
        shown = "".join(line.strip(" │╭╮╰╯─") for line in desk.screen.splitlines())
        assert "M-3.3b" in shown
        assert clause.zh[:12] in shown
        assert "告知后再挂起" in shown
        await desk.press("enter")
        assert "明天 9:00" in desk.screen
        await _at(desk, "informed")
        await desk.press("1", "enter")
        case = desk.app.desk.case(number)
        assert case.state == "waiting"
        duty = case.duty("finish")
        assert duty is not None
        assert duty.due == MONDAY.replace(day=24, hour=9, minute=0)


async def test_a_complaint_whose_form_lacks_something_is_refused_then_completed_in_one_place() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="complaint", household="5-1-101", summary="太吵")
        await desk.press("f5")
        assert "M-4.2a" in desk.screen
        await desk.press("enter")
        assert "补齐处理单" in desk.screen
        await desk.type("昨天 22:00")
        await desk.press("down")
        await desk.type("楼上")
        await desk.press("down")
        await desk.type("十点以后停工")
        await desk.press("enter")
        assert "派单 · " in desk.screen, "the step that was asked for comes next"
        case = desk.app.desk.case(number)
        assert case.facts["occurred_at"] == (MONDAY - timedelta(days=1)).replace(hour=22, minute=0)
        assert case.text("demand") == "十点以后停工"
        await desk.press("space", "enter")
        assert desk.app.desk.case(number).state == "handling"


async def test_a_refusal_without_a_clause_marks_the_form_itself() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(**COMPLAINT, occurred_at=MONDAY)
        desk.app.screen.give(number, "correct")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.press("enter")
        assert "这一项要填" in desk.screen
        assert isinstance(desk.app.screen, StepForm)


async def test_what_a_bar_without_a_clause_wants_stands_in_the_form() -> None:
    async with at_the_desk("zhao") as desk:
        number = desk.receive(**COMPLAINT, occurred_at=MONDAY)
        desk.give(number, "assign", "li", to=["cs_head"])
        desk.app.screen.give(number, "complete")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        _row(desk, "result").load("当面调解")
        await _at(desk, "valid")
        await desk.press("1")
        await desk.press("f10")
        assert isinstance(desk.app.screen, StepForm)
        assert "有效投诉要写明责任人员" in desk.screen


async def test_a_step_that_is_not_theirs_says_whose_it_is() -> None:
    async with at_the_desk("sun") as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水", emergency=True)
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun", result="好了")
        await desk.press("f6")
        assert "H-4.5.1" in desk.screen
        assert "请客服前台或客服主管回访" in desk.screen


async def test_a_correction_asks_for_the_new_value_by_a_field_of_its_kind() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(**COMPLAINT, occurred_at=MONDAY)
        desk.app.screen.give(number, "correct")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        options = _row(desk, "field")
        options.load("household")
        await desk.pilot.pause()
        await _at(desk, "value")
        for _ in "5-1-101":
            await desk.press("backspace")
        await desk.type("5-1-102")
        assert "→ 5栋1单元102" in desk.screen
        await desk.press("enter")
        assert desk.app.desk.case(number).household == "5-1-102"


async def test_a_case_that_went_on_meanwhile_is_told_and_keeps_what_was_typed() -> None:
    class Late(MemoryStore):
        def append(self, events: object) -> None:
            if self.stop:  # type: ignore[attr-defined]
                raise Conflict(Bilingual("刚被别人更新,请重看后再办", "has just been changed"))
            super().append(events)  # type: ignore[arg-type]

    Late.stop = False  # type: ignore[attr-defined]
    async with at_the_desk(store=Late()) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="漏水")
        Late.stop = True  # type: ignore[attr-defined]
        desk.app.screen.give(number, "note")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.type("业户说下午在家")
        await desk.press("enter")
        assert "刚被别人更新" in desk.screen
        await desk.press("enter")
        assert "业户说下午在家" in desk.screen
        Late.stop = False  # type: ignore[attr-defined]
        await desk.press("enter")
        assert desk.app.desk.case(number).history[-1].fields["text"] == "业户说下午在家"


async def test_two_cases_become_one_by_a_list_of_the_older() -> None:
    async with at_the_desk() as desk:
        older = desk.receive(kind="repair", household="1-2-301", summary="漏水")
        desk.clock.go(minutes=1)
        younger = desk.receive(kind="repair", household="1-1-201", summary="楼上漏水")
        desk.app.screen.give(younger, "merge")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        _row(desk, "into").load(older)
        await desk.press("f10")
        assert desk.app.desk.case(younger).state == "closed"
        assert desk.app.desk.case(older).joint == 2


async def test_the_agreed_answer_is_shown_and_named_in_the_answer_to_a_challenge() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="challenge", household="2-1-101", summary="物业费怎么算的", topic="property-fee")
        desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "统一口径 v1" in desk.screen
        assert _row(desk, "script").value() == "property-fee-2026"
        _row(desk, "satisfied").load("yes")
        await desk.press("f10")
        assert desk.app.desk.case(number).state == "closed"


ENDS = {
    "repair": [("dispatch", "li"), ("arrive", "sun"), ("complete", "sun"), ("call_back", "li")],
    "help": [("dispatch", "li"), ("arrive", "zhou"), ("complete", "zhou"), ("call_back", "li")],
    "complaint": [("assign", "li"), ("complete", "zhao"), ("reply", "li"), ("call_back", "li")],
    "suggestion": [("thank", "li"), ("assign", "li"), ("decide", "zhao"), ("reply", "zhao"), ("call_back", "li")],
    "enquiry": [("take_contact", "li"), ("assign", "li"), ("reply", "chen"), ("call_back", "li")],
    "challenge": [
        ("take_contact", "li"),
        ("assign", "li"),
        ("ask_approval", "chen"),
        ("approve", "zhao"),
        ("reply", "chen"),
        ("call_back", "li"),
    ],
}
SAID: dict[str, str | dict[str, str]] = {
    "to": {"complaint": "cs_head", "suggestion": "cs_head", "help": "security"},
    "valid": "no",
    "satisfied": "yes",
    "quality_ok": "yes",
    "outcome": "declined",
}


@pytest.mark.parametrize("kind", list(ENDS))
async def test_every_kind_goes_to_its_end_by_its_forms(kind: str) -> None:
    facts: dict[str, Any] = {**COMPLAINT, "kind": kind, "occurred_at": MONDAY, "household": "1-1-101"}
    async with at_the_desk() as desk:
        number = desk.receive(**facts)
        for command, person in ENDS[kind]:
            desk.app.person = desk.app.handbook.people[person]
            desk.app.tell_screens()
            desk.app.screen.give(number, command)  # type: ignore[attr-defined]
            await desk.pilot.pause()
            if isinstance(desk.app.screen, StepForm):
                _fill(desk, kind)
                await desk.pilot.pause()
                await desk.press("f10")
            assert desk.app.desk.case(number).last_command.name == command, desk.screen
        assert desk.app.desk.case(number).state == "closed", desk.screen


def _fill(desk: Driver, kind: str) -> None:
    for row in desk.app.screen.query(FieldRow):
        said = SAID.get(row.field)
        text = said.get(kind, "") if isinstance(said, dict) else said
        if text and not row.text():
            row.load(text)
        elif not row.text() and row.field in ("text", "result", "log", "reason", "draft"):
            row.load("已处理好")


async def test_a_row_is_made_for_every_field_of_every_command() -> None:
    from qiantai.requests import REQUESTS
    from qiantai_tui.dialogs.asked import Asked

    async with at_the_desk() as desk:
        for kind, request in REQUESTS.items():
            number = desk.receive(kind=kind, summary="甲", household="1-2-301")
            case = desk.app.desk.case(number)
            for command, fields in request.fields.items():
                app = desk.app
                asked = Asked(case, command, "li", app.handbook, app.directory, app.clock)
                for field in fields.values():
                    row = row_for(field, asked)
                    assert row.field == field.name
                    assert row.must in (True, False)


async def test_a_repeat_is_merged_into_the_households_own_without_looking_for_it() -> None:
    async with at_the_desk() as desk:
        own = desk.receive(kind="repair", household="3-2-101", summary="停水了")
        desk.clock.go(minutes=1)
        desk.receive(kind="repair", household="5-1-101", summary="没电")
        desk.clock.go(minutes=1)
        again = desk.receive(kind="repair", household="3-2-101", summary="没水")
        desk.app.open_case(again)
        await desk.pilot.pause()
        await desk.app.run_action("step('merge')", desk.app.screen)
        await desk.pilot.pause()
        assert _row(desk, "into").value() == own
        await desk.press("f10")
        assert any(f"{again} 已并入 {own}" in str(each.message) for each in desk.app._notifications)


async def test_of_a_closed_case_it_is_not_said_that_the_next_move_is_somebody_elses() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", household="3-2-101", summary="停水了")
        desk.give(number, "withdraw", "li", reason="来水了")
        desk.app.open_case(number)
        await desk.pilot.pause()
        await desk.press("f4")
        assert "没有要办的" in desk.screen
        assert "下一步不在您这里" not in desk.screen
