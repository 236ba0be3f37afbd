"""What a closing needs is asked for in time, and where it is still missing, in one form; then the step goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qiantai_tui.dialogs.asked import Asked
from qiantai_tui.dialogs.completion_form import CompletionForm, IncompleteDialog
from qiantai_tui.dialogs.step_form import StepForm
from tests.tui.desk_driver import MONDAY, Driver, at_the_desk


def _fixed(desk: Driver) -> str:
    """A repair that is finished and waits for its call-back."""
    number = desk.receive(kind="repair", summary="门锁坏了", place="3栋大堂")
    desk.give(number, "dispatch", "li", to=["engineering"])
    desk.give(number, "arrive", "sun")
    desk.give(number, "complete", "sun", result="换了锁芯")
    return number


async def test_a_call_back_whose_record_lacks_name_and_number_completes_them_and_goes_on() -> None:
    async with at_the_desk() as desk:
        number = _fixed(desk)
        desk.app.screen.give(number, "call_back")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        form = desk.app.screen
        assert isinstance(form, StepForm)
        for name, said in {"reached": "yes", "satisfied": "yes", "quality_ok": "yes"}.items():
            row = form.row(name)
            assert row is not None
            row.load(said)
        await desk.pilot.pause()
        await desk.press("f10")
        assert isinstance(desk.app.screen, IncompleteDialog), desk.screen
        assert "H-4.6.2" in desk.screen
        assert "Enter 现在补齐" in desk.screen
        await desk.press("escape")
        assert isinstance(desk.app.screen, StepForm), "it need not be filled in now"
        await desk.press("f10", "enter")
        assert isinstance(desk.app.screen, CompletionForm)
        assert [row.field for row in desk.app.screen.all_rows()] == ["name", "phone"]
        await desk.type("张三")
        await desk.press("down")
        await desk.type("13800138000")
        await desk.press("enter")
        case = desk.app.desk.case(number)
        assert (case.state, case.text("name"), case.text("phone")) == ("closed", "张三", "13800138000")
        assert not isinstance(desk.app.screen, StepForm)


async def test_what_no_correction_can_add_is_only_refused() -> None:
    async with at_the_desk() as desk:
        number = desk.receive(kind="repair", summary="门锁坏了", household="1-2-301")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.give(number, "complete", "sun")
        desk.app.screen.give(number, "call_back")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        form = desk.app.screen
        assert isinstance(form, StepForm)
        for name in ("reached", "satisfied", "quality_ok"):
            row = form.row(name)
            assert row is not None
            row.load("yes")
        await desk.pilot.pause()
        await desk.press("f10")
        assert "H-4.6.2" in desk.screen
        await desk.press("enter")
        assert desk.app.screen is form


NEEDED = [
    ("repair", "complete", {"result"}),
    ("complaint", "complete", {"result", "valid"}),
    ("complaint", "reply", {"text", "channel"}),
    ("suggestion", "decide", {"outcome", "reason"}),
    ("suggestion", "reply", {"text", "channel"}),
    ("help", "complete", {"log"}),
    ("enquiry", "reply", {"text", "satisfied", "channel"}),
    ("challenge", "reply", {"text", "satisfied", "channel"}),
    ("enquiry", "answer", {"satisfied"}),
    ("repair", "note", set()),
]


@pytest.mark.parametrize(("kind", "command", "needed"), NEEDED)
async def test_the_form_of_a_step_wants_what_closing_will_want(kind: str, command: str, needed: set[str]) -> None:
    async with at_the_desk() as desk:
        app = desk.app
        case = app.desk.case(desk.receive(kind=kind, summary="甲", household="1-2-301"))
        found: set[str] = set()
        for state in app.handbook.requests[kind].states:
            from attrs import evolve

            asked = Asked(evolve(case, state=state), command, "li", app.handbook, app.directory, app.clock)
            found |= {each.name for each in asked.fields if each.must}
        assert found == needed


async def test_a_result_left_empty_is_not_sent() -> None:
    async with at_the_desk("sun") as desk:
        number = desk.receive(kind="repair", summary="门锁坏了", household="1-2-301")
        desk.give(number, "dispatch", "li", to=["engineering"])
        desk.give(number, "arrive", "sun")
        desk.app.screen.give(number, "complete")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert "结果*" in desk.screen
        await desk.press("f10")
        assert "这一项要填" in desk.screen
        assert desk.app.desk.case(number).state == "on_site"
        await desk.type("换了锁芯")
        assert "这一项要填" not in desk.screen
        await desk.press("f10")
        assert desk.app.desk.case(number).facts["result"] == "换了锁芯"
        assert desk.clock.at - MONDAY == timedelta()
