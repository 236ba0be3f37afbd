"""A trainer makes a rehearsal: rows by forms, the text by hand, what is wrong while one types; nothing gets lost."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from qiantai_scenarios.making.checking import checked
from qiantai_scenarios.making.statements import remarks
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.widgets.field_rows import FieldRow
from qiantai_tui.writing import screen
from qiantai_tui.writing.form import RowForm
from qiantai_tui.writing.source import Source
from tests.tui.writing_driver import leak, writing


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks it as soon as it is written."""
    monkeypatch.setattr(screen, "_LOOK_AFTER", 0.01)


async def test_it_is_told_in_rows_with_the_model_as_it_plays_beside_them(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        for words in (
            "09:00      来电 1栋2单元301 王女士:“厨房的水都流到客厅了,快来人!”",
            "+40   五分钟内派了人(派人,受理后5分钟内)",
            "都好了",
            "示范 100 分 · 加分合起来 100",
            "要派人,11-23 09:05 前 [M-3.3a]",
        ):
            assert words in trainer.screen
        await trainer.press("f10")
        assert "保存了" in trainer.screen


async def test_a_row_is_changed_by_its_form_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        before = trainer.text
        await trainer.on("rehearsal.mark:2")
        await trainer.press("enter")
        assert isinstance(trainer.app.screen, RowForm)
        await trainer.fill("30")
        await trainer.press("f10")
        await trainer.looked()
        assert trainer.text == before.replace("points = 40", "points = 30")
        assert "加分的合起来是 90" in trainer.screen
        assert trainer.saved == before, "nothing is saved unasked"
        await trainer.press("ctrl+z")
        await trainer.looked()
        assert trainer.text == before
        assert "都好了" in trainer.screen


async def test_a_step_whose_time_is_typed_as_at_the_desk_goes_where_it_belongs(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.on("step:2")
        await trainer.press("enter")
        assert "李静 派人" in trainer.screen
        assert "交给" in trainer.screen, "the desk's own field of that step"
        trainer.app.screen.query(FieldRow).first().focus_field()
        await trainer.fill("9点09")
        await trainer.press("f10")
        await trainer.looked()
        steps = tomllib.loads(trainer.text)["step"]
        assert [(f"{each['at']:%H:%M}", each["do"]) for each in steps][1:] == [
            ("09:08", "arrive"),
            ("09:09", "dispatch"),
        ]
        assert "“派人”办不成" in trainer.told or "“到场”办不成" in trainer.told
        assert "要改的 4 处" in trainer.screen


async def test_a_step_of_the_model_is_added_out_of_those_that_can_be_taken_then(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.press("a", "2")
        assert isinstance(trainer.app.screen, RowForm)
        await trainer.press("f10")
        assert isinstance(trainer.app.screen, ChooseDialog)
        assert "李静办什么?" in trainer.screen
        await trainer.type("备注")
        await trainer.press("enter")
        await trainer.press("tab")
        await trainer.type("总阀已关")
        await trainer.press("f10")
        await trainer.looked()
        last = tomllib.loads(trainer.text)["step"][-1]
        assert (last["by"], last["do"], last["text"], f"{last['at']:%H:%M}") == ("li", "note", "总阀已关", "09:09")
        assert "李静 备注:总阀已关" in trainer.screen
        assert "都好了" in trainer.screen


async def test_rows_of_the_other_sorts_are_added_and_deleted(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        before = trainer.text
        await trainer.press("a", "8")
        await trainer.type("8-1-902")
        await trainer.press("tab")
        await trainer.type("赵奶奶")
        await trainer.press("f10")
        await trainer.press("a", "4")
        await trainer.type("怎么还不来?")
        await trainer.press("f10")
        await trainer.press("a", "6")
        await trainer.type("乱答应")
        await trainer.press("f10")
        await trainer.looked()
        top = tomllib.loads(trainer.text)
        assert top["household"][1] == {"id": "8-1-902", "name": "赵奶奶"}
        assert top["rehearsal"]["answer"][1] == {
            "case": "A", "missing": "dispatch", "within": "3m", "says": "怎么还不来?",
        }  # fmt: skip
        assert top["rehearsal"]["mark"][4] == {"points": -10, "refused": "P-2.1", "case": "A", "why": "乱答应"}
        assert remarks(trainer.text) == remarks(before)
        await trainer.on("household:2")
        await trainer.press("delete")
        assert len(tomllib.loads(trainer.text)["household"]) == 1
        await trainer.press("ctrl+z")
        assert len(tomllib.loads(trainer.text)["household"]) == 2


async def test_a_mark_is_for_one_thing_and_says_so_otherwise(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.on("rehearsal.mark:2")
        await trainer.press("enter", "tab", "tab", "right", "right")
        assert "哪一步" not in trainer.screen
        await trainer.press("f10")
        await trainer.looked()
        mark = tomllib.loads(trainer.text)["rehearsal"]["mark"][1]
        assert mark == {"points": 40, "why": "五分钟内派了人", "duties": "met"}


@pytest.mark.parametrize("typed", ["五", "0", "101", "1.5"])
async def test_points_that_are_none_are_told_in_the_form(typed: str, tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.on("rehearsal.mark:2")
        await trainer.press("enter")
        await trainer.fill(typed)
        await trainer.press("f10")
        assert isinstance(trainer.app.screen, RowForm)
        assert "-100 到 100 的整数" in trainer.screen


async def test_a_slip_in_the_text_is_told_while_one_types_and_gone_to(tmp_path: Path) -> None:
    async with writing(leak(tmp_path), size=(80, 24)) as trainer:
        await trainer.press("f6")
        assert "[[staff]]" in trainer.screen
        await trainer.write('name = "李静"', "name = “李静”")
        assert "第 8 行" in trainer.screen
        assert "全角标点" in trainer.screen
        await trainer.press("f4")
        assert trainer.writing.query_one(Source).cursor_location[0] == 7
        await trainer.press("f5")
        assert trainer.app.to_try is None
        assert "先改好第 8 行" in trainer.screen
        await trainer.write("name = “李静”", 'name = "李静"')
        assert "都好了" in trainer.screen
        await trainer.press("f6")
        assert "学员扮演 李静" in trainer.screen


async def test_a_part_to_fill_in_is_put_into_the_text(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.press("f6", "f2", "3")
        await trainer.looked()
        source = trainer.writing.query_one(Source)
        assert source.document.get_line(source.cursor_location[0]) == "[[step]]"
        assert tomllib.loads(source.text)["step"][-1]["by"] == "sun"


async def test_what_no_form_knows_survives_the_forms(tmp_path: Path) -> None:
    file = leak(tmp_path)
    more = '\n[[check]]  # how it ends\ncase = "A"\nstate = "on_site"\n[check.duty.arrive]\nstatus = "met"\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    async with writing(file) as trainer:
        await trainer.on(":0")
        await trainer.press("enter")
        await trainer.fill("夜里漏水")
        await trainer.press("f10")
        await trainer.looked()
        assert trainer.text.endswith(more)
        assert 'title = "夜里漏水"  # 列表里看到的名字' in trainer.text


async def test_a_file_that_is_no_toml_opens_in_the_text_at_the_slip(tmp_path: Path) -> None:
    file = leak(tmp_path)
    file.write_text(file.read_text(encoding="utf-8").replace("pass = 80", "pass = "), encoding="utf-8")
    async with writing(file) as trainer:
        source = trainer.writing.query_one(Source)
        assert trainer.writing.in_text
        assert source.document.get_line(source.cursor_location[0]) == "pass = "
        assert "等号后面是空的" in trainer.told
        assert "grade = 1" in trainer.screen


async def test_trying_it_out_ends_the_program_with_what_to_play(tmp_path: Path) -> None:
    async with writing(leak(tmp_path)) as trainer:
        await trainer.press("f6")
        await trainer.write("王女士", "赵奶奶")
        await trainer.press("f5")
        assert trainer.app.to_try is not None
        assert [each.name for each in trainer.app.to_try.handbook.households.values()] == ["赵奶奶"]
    assert "王女士" in trainer.saved


async def test_in_english_everything_is_said_in_english(tmp_path: Path) -> None:
    async with writing(leak(tmp_path, language="en"), language="en") as trainer:
        assert "The model scores 100" in trainer.screen
        assert "owed: Dispatch" in trainer.screen
        await trainer.press("a")
        assert "Somebody rings or comes" in trainer.screen


HOSTILE = '[@click=app.quit]走[/] [急修]…[/急修] \u202e\x1b[2J"\\'


async def test_hostile_words_are_words(tmp_path: Path) -> None:
    file = leak(tmp_path)
    async with writing(file) as trainer:
        await trainer.on("step:1")
        await trainer.press("enter", "tab", "tab", "tab", "tab")
        await trainer.fill(HOSTILE)
        await trainer.press("f10")
        await trainer.looked()
        assert "[@click=app.quit]走[/]" in trainer.screen
        await trainer.press("f6")
        assert "[@click=app.quit]" in trainer.screen
        assert checked(trainer.text, "leak.toml").ok
