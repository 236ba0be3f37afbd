"""A case in full: its pages at both sizes, live countdowns, the number shown on record, clauses, and who may see it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from rich.cells import cell_len

from qiantai import Clause
from qiantai_tui.dialogs.clause import ClauseDialog
from qiantai_tui.screens import case as case_module
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.screens.household import DossierScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.estate import Estate, estate, morning, untranslated_here
from tests.tui.hostile import a_few, hostile
from tests.tui.screens_text import screen_lines, screen_text
from tests.tui.waiting import until

LEAK, NOISE, ASKED = "BX-20261122-001", "TS-20261122-001", "ZX-20261122-001"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("number", [LEAK, NOISE])
async def test_the_end_of_the_page(language: Language, number: str, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, language=language)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case(number)
        await pilot.pause()
        await pilot.press("end")
        await pilot.pause()
        assert not untranslated_here(screen_text(app), language)


async def test_everything_known_is_told(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path)
    async with app.run_test(size=(140, 60)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        shown = screen_text(app)
    for words in ("1栋2单元301", "王*", "138****1234", "来电", "紧急", "马上来人关水", "工程,经手 孙浩", "M-3.3a"):
        assert words in shown, words
    assert "13800001234" not in shown
    assert "王敏" not in shown
    for words in ("到场  孙浩(工程)", "总阀在走廊水表箱", "✗ 已撤销:李静 11-22 08:54", "撤销的是:备注(11-22 08:53)"):
        assert words in shown, words
    assert "JY-20261122-001  待派" in shown


async def test_a_countdown_lives(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(NOISE)
        await pilot.pause()
        assert "23:30:00" in screen_text(app)
        made.clock.on(seconds=1)
        screen = app.screen
        assert isinstance(screen, CaseScreen)
        screen.tick()
        await pilot.pause()
        assert "23:29:59" in screen_text(app)
        made.clock.on(hours=24)
        screen.tick()
        await pilot.pause()
        assert "+00:30" in screen_text(app)
        assert "! 传到部门  已超时" in screen_text(app)


async def test_the_number_is_shown_on_record_for_a_while(
    noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(case_module, "SHOWN_FOR", timedelta(seconds=0.2))
    made = morning(noon)
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        await pilot.press("ctrl+r")
        await pilot.pause()
        shown = screen_text(app)
        assert "回电13800001234" in shown
        assert "王敏" in shown
        assert [(each.by, each.what, each.which, each.at) for each in made.desk.store.looks()] == [
            ("li", "phone", LEAK, noon)
        ]
        await until(pilot, lambda: "13800001234" not in screen_text(app))
        assert len(made.desk.store.looks()) == 1


async def test_a_closed_case_keeps_its_number(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.open_case(ASKED)
        await pilot.pause()
        await pilot.press("ctrl+r")
        await pilot.pause()
        shown = screen_text(app)
        assert "0755-83215678" not in shown
        assert "M-3.4c" in shown
        assert made.desk.store.looks() == []


@pytest.mark.parametrize(("language", "other"), [("zh", "en"), ("en", "zh")])
async def test_a_duty_opens_its_clause(language: Language, other: Language, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, language=language)
    clause = Clause("R-3.1.3b")
    texts = {"zh": clause.zh, "en": clause.en}
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(NOISE)
        await pilot.pause()
        side = app.screen.query_one("#side", Page)
        side.focus()
        assert side.move_to("clause:R-3.1.3b:duty:1")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ClauseDialog)
        assert texts[language][:12] in screen_text(app)
        assert not untranslated_here("\n".join(screen_lines(app)[8:28]), language)
        await pilot.press("tab")
        await pilot.pause()
        assert texts[other][:12] in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)


async def test_an_event_opens_its_clause_and_a_case_another_case(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        page = app.screen.query_one("#matter", Page)
        assert page.move_to("clause:H-4.6.1:0")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ClauseDialog)
        assert app.screen.clause.id == "H-4.6.1"
        await pilot.press("escape")
        assert page.move_to("case:JY-20261122-001")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == "JY-20261122-001"
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert app.screen.number == LEAK


@pytest.mark.parametrize(("person", "seen"), [("sun", True), ("zhou", False), ("tang", False), ("zhao", True)])
async def test_who_may_see_it(person: str, seen: bool, noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person=person)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        shown = screen_text(app)
        assert ("马上来人关水" in shown) is seen
        assert ("M-3.4c" in shown) is not seen
        if not seen:
            await pilot.press("ctrl+r", "f4", "ctrl+y")
            await pilot.pause()
            assert isinstance(app.screen, CaseScreen)
            assert "13800001234" not in screen_text(app)
            assert "1栋2单元301" not in screen_text(app)
            assert made.desk.store.looks() == []


async def test_a_number_that_no_case_has(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.open_case("BX-20261122-999")
        await pilot.pause()
        assert "没有单号 BX-20261122-999" in screen_text(app)
        await pilot.press("ctrl+r", "f4", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, CaseScreen)


async def test_a_command_given_elsewhere_is_seen_here(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(LEAK)
        await pilot.pause()
        app.carry_out(LEAK, "note", text="阀门已关")
        await pilot.pause()
        assert "阀门已关" in screen_text(app)


async def test_a_due_time_that_may_move_is_marked(tmp_path: Path) -> None:
    made = estate(datetime(2099, 3, 2, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")))
    number = made.receive(kind="complaint", household="5-1-1202", summary="楼上装修噪音")
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(number)
        await pilot.pause()
        assert "M-4.2b  暂定" in screen_text(app)


async def test_f4_works_from_here(noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path)
    async with app.run_test(size=(120, 36)) as pilot:
        app.open_case(NOISE)
        await pilot.pause()
        await pilot.press("f4")
        await pilot.pause()
        assert "下一步 · TS-20261122-001" in screen_text(app)


async def test_the_dossier_opens_from_here(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    without = made.receive(kind="repair", summary="大堂灯不亮", place="大堂", name="路人", phone="13700001111")
    app = made.app(tmp_path)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        app.open_case(without)
        await pilot.pause()
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        assert "没有可打开的业户档案" in screen_text(app)
        app.open_case(LEAK)
        await pilot.pause()
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert isinstance(app.screen, DossierScreen)
        assert app.screen.household == "1-2-301"


def _hostile(text: str, now: datetime) -> Estate:
    made = estate(now, name=text, phone=text, email=text)
    number = made.receive(
        kind="complaint", household="1-2-301", summary=text or "x", place=text, demand=text, name=text, phone=text
    )
    made.do(number, "note", "li", text=text)
    made.receive(kind="repair", household="1-2-301", summary=text or "y")
    return made


@a_few
@given(text=hostile)
@example(text="[/]")
@example(text="[@click=app.quit]x[/]" + "漏" * 200)
async def test_no_words_break_the_page(text: str, noon: datetime, tmp_path: Path) -> None:
    app = _hostile(text, noon).app(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        app.open_case(NOISE)
        await pilot.pause()
        assert isinstance(app.screen, CaseScreen)
        for keys in (("ctrl+r",), ("end",), ("pageup",), ("down", "down")):
            await pilot.press(*keys)
            await pilot.pause()
            assert {cell_len(each) for each in screen_lines(app)} == {80}
        await pilot.resize_terminal(130, 40)
        await pilot.pause()
        assert {cell_len(each) for each in screen_lines(app)} == {130}
    assert app.return_code in (0, None)
