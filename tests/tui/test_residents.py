"""A resident asks at the counter: a copy, a correction, an erasure from the dossier; and the terms on a screen."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

import pytest

from qiantai import Household
from qiantai.words import ERASED
from qiantai_tui.dialogs.erasure_forms import EraseForm
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.resident_forms import CopyForm, CorrectForm
from qiantai_tui.screens.household import DossierScreen
from tests.tui.at_the_dossier import HOME, at_the_dossier, roll, terms, type_in
from tests.tui.estate import morning
from tests.tui.screens_text import screen_text
from tests.tui.waiting import gathered


@pytest.mark.parametrize("key", ["c", "r", "x"])
async def test_the_forms_show_nobody_in_full(key: str, noon: datetime, tmp_path: Path) -> None:
    made = terms(morning(noon), enquiry="2y")
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_dossier(pilot, app, key, household="1-2-301" if key == "x" else HOME)
        shown = screen_text(app)
        for hidden in ("周建国", "83215678", "王敏", "13800001234"):
            assert hidden not in shown


async def test_a_copy_is_written_for_its_owners_eyes_and_on_record(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "c", "enter")
        assert isinstance(app.screen, CopyForm)
        assert "这一项要填" in screen_text(app)
        await type_in(pilot, app, "业主本人,看过身份证")
        await pilot.press("enter")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
    (file,) = (tmp_path / "copies").iterdir()
    assert "周建国" in file.read_text(encoding="utf-8")
    if os.name != "nt":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    look = made.desk.store.looks()[-1]
    assert (look.by, look.what, look.which, look.why) == ("lin", "copy", HOME, "业主本人,看过身份证")


async def test_where_the_copy_cannot_be_written_it_is_said_and_the_desk_goes_on(noon: datetime, tmp_path: Path) -> None:
    (tmp_path / "copies").write_text("", encoding="utf-8")
    app = morning(noon).app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "c", "enter")
        await type_in(pilot, app, "业主本人,看过身份证")
        await pilot.press("enter")
        await gathered(pilot)
        assert "建不了" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, CopyForm), "what was written is still there"


async def test_a_correction_begins_where_it_is_written_and_a_number_is_one_however_it_is_spaced(
    noon: datetime, tmp_path: Path
) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "r")
        assert isinstance(app.screen, CorrectForm)
        await type_in(pilot, app, "吴静")
        await pilot.press("down")
        await type_in(pilot, app, "１３７ ６６６６ ８８８８")
        await pilot.press(*["down"] * 4)
        await type_in(pilot, app, "换了租户")
        await pilot.press("enter")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
    found = next(each for each in made.desk.store.households() if each.id == HOME)
    assert (found.name, found.phone) == ("吴静", "13766668888")


async def test_a_correction_is_seen_at_once_everywhere(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    made.receive(kind="repair", household=HOME, phone="0755-83215678", summary="灯不亮")
    app = made.app(tmp_path, person="lin")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        assert app.directory.find("周建国")
        await at_the_dossier(pilot, app, "r")
        form = app.screen
        assert isinstance(form, CorrectForm)
        for name, text in (("name", "吴静"), ("phone", "13766668888"), ("reason", "换了租户")):
            row = form.row(name)
            assert row is not None
            row.load(text)
        await pilot.press("f10")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
        shown = screen_text(app)
        assert "吴*" in shown
        assert "137****8888" in shown
        assert "BX-20261122-002" in shown, "the open case that still carries the old number is named"
        assert not app.directory.find("周建国")
        assert app.directory.find("吴静")
    assert roll(made)[HOME] == Household(HOME, "吴静", "13766668888")
    assert made.desk.store.looks()[-1].why == "name, phone: 换了租户"


async def test_nothing_of_a_correction_is_kept_as_a_draft(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person="lin")
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_dossier(pilot, app, "r")
        await type_in(pilot, app, "吴静")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, DossierScreen)
        assert app.drafts.names() == ()
    assert roll(made)[HOME].name == "周建国"


async def test_an_erasure_is_looked_at_and_not_done_by_enter_alone(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await at_the_dossier(pilot, app, "x")
        assert isinstance(app.screen, EraseForm)
        shown = screen_text(app)
        for said in ("花名册:姓名、电话", "ZX-20261122-001", "登记表里的事实和时间", "H-4.6.1"):
            assert said in shown, said
        await type_in(pilot, app, "已搬走")
        await pilot.press("enter")
        await gathered(pilot)
        assert isinstance(app.screen, EraseForm)
        assert roll(made)[HOME].name == "周建国"
        await pilot.press("f10")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
        assert "未知" in screen_text(app)
    assert roll(made)[HOME] == Household(HOME)
    assert made.desk.case("ZX-20261122-001").text("summary") == ERASED
    assert made.desk.store.looks()[-1].what == "erase"


async def test_what_closes_while_an_erasure_is_looked_at_is_shown_before_it_goes(
    noon: datetime, tmp_path: Path
) -> None:
    made = morning(noon)
    meanwhile = made.receive(kind="repair", household=HOME, summary="灯不亮")
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_dossier(pilot, app, "x")
        await type_in(pilot, app, "已搬走")
        made.do(meanwhile, "withdraw", "li", reason="好了")
        await pilot.press("f10")
        await gathered(pilot)
        assert isinstance(app.screen, EraseForm)
        assert made.desk.case(meanwhile).text("summary") == "灯不亮"
        assert f"又有 姓名、电话、{meanwhile} 要抹除" in screen_text(app)
        assert f"{meanwhile} 报修" in screen_text(app), "it stands there now"
        await pilot.press("f10")
        await gathered(pilot)
        assert isinstance(app.screen, DossierScreen)
    assert made.desk.case(meanwhile).text("summary") == ERASED


async def test_what_is_refused_changes_nothing_and_says_until_when(noon: datetime, tmp_path: Path) -> None:
    made = morning(noon)
    app = made.app(tmp_path, person="zhao")
    async with app.run_test(size=(120, 36)) as pilot:
        await at_the_dossier(pilot, app, "x", household="1-2-301")
        await type_in(pilot, app, "已搬走")
        await pilot.press("f10")
        await gathered(pilot)
        assert isinstance(app.screen, EraseForm), "said in the form itself"
        assert "还在办" in screen_text(app)
        assert "办结后再抹除" in screen_text(app)
    assert roll(made)["1-2-301"].name == "王敏"


@pytest.mark.parametrize(
    ("person", "key", "whose"),
    [
        *(("li", key, False) for key in "crx"),
        *(("lin", key, key != "x") for key in "crx"),
        *(("zhao", key, True) for key in "crx"),
    ],
)
async def test_whose_it_is_to_do(person: str, key: str, whose: bool, noon: datetime, tmp_path: Path) -> None:
    app = morning(noon).app(tmp_path, person=person)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_the_dossier(pilot, app, key)
        assert isinstance(app.screen, RefusalDialog) is not whose
