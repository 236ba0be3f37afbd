"""The mode of agreed answers: what is listed, drafted, approved, taken out of force and compared, and by whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from rich.cells import cell_len
from textual.app import App

from qiantai.deeds import DRAFT, SUBMIT, WITHDRAW
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.dialogs.form import FormDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.script_forms import DraftForm, ScriptStepForm
from qiantai_tui.screens.scripts import ScriptsScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.key_bar import KeyBar
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.agreed_answers import LANGUAGES, NEW, SIZES, approved, at_hand, challenged, done, foreign, on
from tests.tui.desk_driver import at_the_desk
from tests.tui.hostile import hostile
from tests.tui.screens_text import screen_lines
from tests.tui.waiting import until


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_screen(size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk("zhao", size=size, language=language) as desk:
        await challenged(desk)
        approved(desk, "parking-fee", "您好,地下固定车位每月 400 元。")
        drafted = done(desk, DRAFT, "li", topic="lift-renewal", text=NEW)
        done(desk, SUBMIT, "li", id=drafted.id, version=drafted.version)
        desk.app.take_scripts_anew()
        await on(desk, drafted.id, drafted.version)
        assert foreign(desk, language) == []
        picture(f"scripts_{size[0]}_{language}", desk.app)
        footer = screen_lines(desk.app)[-1]
        assert len([each for each in footer.split("  ") if each.strip()]) <= 8 + (size[0] > 80)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_forms_and_the_comparison(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk("zhao", size=size, language=language) as desk:
        await on(desk, "ev-charging", 2)
        await desk.press("f8")
        picture(f"scripts_compare_{size[0]}_{language}", desk.app)
        await desk.press("escape", "f5", "1")
        assert isinstance(desk.app.screen, DraftForm)
        picture(f"scripts_draft_{size[0]}_{language}", desk.app)
        await desk.press("escape", "f4", "1")
        assert isinstance(desk.app.screen, ScriptStepForm)
        picture(f"scripts_withdraw_{size[0]}_{language}", desk.app)
        assert foreign(desk, language) == []


async def test_the_topic_that_calls_for_an_answer_gets_one_by_the_keys_alone() -> None:
    async with at_the_desk("li") as desk:
        await challenged(desk)
        await desk.press("shift+f3")
        assert "待拟" in desk.screen
        assert "3 次质疑" in desk.screen
        await desk.press("f5")
        await desk.type(NEW)
        await desk.press("f10")
        assert (at_hand(desk).id, at_hand(desk).version, at_hand(desk).text) == ("lift-renewal-2027", 2, NEW)
        await desk.press("f4", "1")
        assert at_hand(desk).submitted
        await desk.press("f4")
        assert "审定" not in desk.screen.split("下一步 · ")[1].split("Esc")[0]
        await desk.press("escape")
        desk.app.be("zhao")
        await on(desk, "lift-renewal-2027", 2)
        await desk.press("f4", "1", "enter")
        assert isinstance(desk.app.screen, ScriptStepForm), "Enter alone approves nothing"
        await desk.press("f10")
        assert at_hand(desk).approved_by == "zhao"
        script = desk.app.handbook.script("lift-renewal", desk.clock())
        assert script == at_hand(desk)
        assert "待拟" not in desk.screen


async def test_a_wanted_topic_with_a_draft_goes_on_with_that() -> None:
    async with at_the_desk("li") as desk:
        await challenged(desk)
        deed = done(desk, DRAFT, "lin", topic="lift-renewal", text=NEW)
        desk.app.take_scripts_anew()
        await desk.press("shift+f3", "f5")
        assert isinstance(desk.app.screen, DraftForm)
        assert NEW in desk.screen
        await desk.press("escape")
        done(desk, SUBMIT, "lin", id=deed.id, version=deed.version)
        desk.app.take_scripts_anew()
        await desk.press("home", "f5")
        assert isinstance(desk.app.screen, ScriptsScreen)
        assert "待审定" in desk.screen


async def test_what_was_half_written_is_there_again() -> None:
    async with at_the_desk("li") as desk:
        await on(desk, "pets", 1)
        await desk.press("f5", "1")
        desk.app.screen.row("wording").load("写到一半")  # type: ignore[attr-defined]
        await desk.press("escape", "f5", "1")
        assert "写到一半" in desk.screen


async def test_another_desk_sees_an_approval_and_a_withdrawal_within_a_second_or_two() -> None:
    async with at_the_desk("li") as desk:
        number = desk.receive(kind="challenge", household="1-2-301", summary="电梯", topic="lift-renewal")
        await desk.pilot.pause()
        assert "v2" not in desk.screen
        deed = approved(desk)
        await until(desk.pilot, lambda: "v2 「您好" in desk.screen)
        desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, FormDialog)
        assert "统一口径 v2,赵颖 审定" in desk.screen
        done(desk, WITHDRAW, "zhao", id=deed.id, version=deed.version, reason="不换了")
        await until(desk.pilot, lambda: "统一口径 v2,赵颖 审定" not in desk.screen)
        assert desk.app.handbook.script("lift-renewal", desk.clock()) is None


async def test_a_wording_that_comes_into_force_is_put_into_the_open_form() -> None:
    async with at_the_desk("li") as desk:
        number = desk.receive(kind="challenge", household="1-2-301", summary="电梯", topic="lift-renewal")
        desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        assert NEW not in desk.screen
        approved(desk)
        await until(desk.pilot, lambda: NEW in desk.screen)
        desk.app.screen.row("satisfied").load("yes")  # type: ignore[attr-defined]
        await desk.press("f10", "f10")
        case = desk.app.desk.store.case(number)
        assert case is not None
        assert (case.state, case.text("script")) == ("closed", "lift-renewal-2027")


async def test_what_the_clerk_wrote_is_not_written_over() -> None:
    async with at_the_desk("li") as desk:
        number = desk.receive(kind="challenge", household="1-2-301", summary="电梯", topic="lift-renewal")
        desk.app.screen.give(number, "answer")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        desk.app.screen.row("text").load("我问一下再告诉您")  # type: ignore[attr-defined]
        approved(desk)
        await until(desk.pilot, lambda: "v2" in desk.screen)
        assert "我问一下再告诉您" in desk.screen


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("充电", {"ev-charging"}),
        ("cdz", {"ev-charging"}),
        ("350", set()),
        ("380", {"parking-fee-2026"}),
        ("lgyqs", {"pets"}),
    ],
)
async def test_it_is_searched_by_words_topic_and_initials(asked: str, found: set[str]) -> None:
    async with at_the_desk("li") as desk:
        await desk.press("shift+f3", "shift+f3")
        await desk.type(asked)
        screen = desk.app.screen
        assert isinstance(screen, ScriptsScreen)
        assert {script.id for script, _ in screen._shown.values()} == found


@pytest.mark.parametrize(
    ("person", "drafts", "every"), [("li", True, True), ("gu", False, True), ("sun", False, False)]
)
async def test_each_sees_and_does_what_they_may(person: str, drafts: bool, every: bool) -> None:
    async with at_the_desk("li") as desk:
        done(desk, DRAFT, "li", topic="lift-renewal", text=NEW)
        desk.app.take_scripts_anew()
        desk.app.be(person)
        await desk.press("shift+f3")
        assert (NEW in desk.screen) is every
        assert ("现行的" in desk.screen) is not every
        await desk.press("f5")
        assert (len(desk.app.screen_stack) > 1) is drafts


async def test_a_refusal_is_shown_with_its_clause() -> None:
    async with at_the_desk("zhao") as desk:
        await on(desk, "pets", 1)
        await desk.press("f4", "1")
        done(desk, WITHDRAW, "qian", id="pets", version=1, reason="先停")
        desk.app.screen.row("reason").load("错了")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert "已停用" in desk.screen
        assert isinstance(desk.app.screen, ScriptStepForm | RefusalDialog)


async def test_a_damaged_book_is_told_once_and_the_desk_goes_on(tmp_path: Path) -> None:
    async with at_the_desk("li", folder=tmp_path) as desk:
        (tmp_path / "scripts.jsonl").write_text("{}\n", encoding="utf-8")
        await until(desk.pilot, lambda: "不是统一口径的记录的一行" in desk.screen)
        desk.app.clear_notifications()
        desk.app._hear()
        await desk.pilot.pause()
        assert "不是统一口径的记录的一行" not in desk.screen
        await desk.press("shift+f3")
        assert "快递柜" in desk.screen


async def test_a_click_chooses_and_opens() -> None:
    async with at_the_desk("li") as desk:
        await desk.press("shift+f3")
        table = desk.app.screen.query_one(LineTable)
        await desk.pilot.click(LineTable, offset=(4, 3))
        await desk.pilot.pause()
        assert table.cursor == 1
        await desk.pilot.click(KeyBar, offset=(cell_len(desk.screen.splitlines()[-1].partition("F4")[0]), 0))
        await desk.pilot.pause()
        assert len(desk.app.screen_stack) > 1


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
@example(text="[/]")
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_it(text: str) -> None:
    async with at_the_desk("zhao", size=(80, 24)) as desk:
        agree(desk.app.site, "li", DRAFT, topic=text.strip() or "x", text=(text.strip() or "x")[:1900])
        agree(desk.app.site, "li", DRAFT, topic="pets", text=(text.strip() or "x")[:1900])
        desk.app.take_scripts_anew()
        for keys in (
            ["shift+f3"],
            ["down"],
            ["f4"],
            ["escape"],
            ["f8"],
            ["escape"],
            ["f6"],
            ["escape"],
            ["home", "f5"],
        ):
            await desk.press(*keys)
            assert {cell_len(each) for each in screen_lines(desk.app)} == {80}
    assert desk.app.return_code in (0, None)
