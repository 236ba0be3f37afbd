"""The register, the clauses, the import of a roll, the replay of scenarios and the demo on the command line."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import pytest

from qiantai import ZONE, clauses
from qiantai.requests import REQUESTS
from qiantai_scenarios.reader import shipped
from qiantai_tui.cli import answers
from qiantai_tui.register_list import COLUMNS
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
ROLL = "楼栋,单元,房号,姓名,电话,积分\n1,2,301,王敏,13800001234,9\n1,2,302,李强,abc,8\n"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo estate as of a Monday morning."""
    return make_demo(tmp_path_factory.mktemp("demo") / "demo", clock=lambda: NOW)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with an empty roll."""
    folder = make_site(tmp_path / "own")
    (folder / "settings.toml").write_text("sign_in = false\n", encoding="utf-8")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    return folder


def homes(folder: Path) -> dict[str, str]:
    """The names of the roll by room."""
    with open_site(folder) as site:
        return {each.id: each.name for each in site.desk.store.households()}


def test_the_register_has_its_columns_and_masks_numbers(demo: Path) -> None:
    result = given("--site", demo, "register", "--from", "2026-11-22", "--to", "2026-11-23")
    assert result.exit_code == 0
    heading, *lines = (line.split("\t") for line in result.stdout.splitlines())
    expected = (
        "单号 日期 时间 来源 房号 姓名 身份 电话 类别 内容 "
        "紧急程度 接待人 转交 派单时间 承诺时限 完成时间 结果 回访时间 回访结果 备注"
    )
    assert heading == expected.split() == [zh for zh, _ in COLUMNS]
    assert all(len(line) == len(heading) for line in lines)
    assert len(lines) >= 8
    lift = next(line for line in lines if "困了两个人" in line[9])
    assert lift[4:9] == ["3-1-1202", "欧阳*", "", "138****3112", "报修"]
    assert (lift[10], lift[11]) == ("紧急", "包洁")
    assert "13800" not in result.stdout


def test_the_register_as_data(demo: Path) -> None:
    found = answered("--site", demo, "register", "--from", "2026-11-13", "--to", "2026-11-23")
    assert (found["from"], found["to"]) == ("2026-11-13", "2026-11-23")
    entries = found["entries"]
    assert [each["received"] for each in entries] == sorted(each["received"] for each in entries)
    assert {each["kind"] for each in entries} == set(REQUESTS)
    assert {each["satisfied"] for each in entries} == {True, False, None}
    assert all("****" in each["phone"] or not each["phone"] for each in entries)
    remarks = [each["remark"] for each in entries if each["remark"]]
    assert remarks == ["mistaken"]
    plain = given("--site", demo, "register", "--from", "2026-11-13", "--to", "2026-11-23").stdout
    assert "登记有误" in plain
    assert "卫生间在哪里" not in plain


def test_every_taking_away_of_the_register_is_on_record(demo: Path) -> None:
    given("--site", demo, "register", "--from", "2026-11-23", "--to", "2026-11-23", "--by", "赵颖")
    with open_site(demo) as site:
        look = site.desk.store.looks()[-1]
    assert (look.by, look.what) == ("zhao", "export")
    assert look.which.startswith("register 2026-11-23..2026-11-23 ")
    assert given("--site", demo, "register", "--by", "sun").exit_code == 5


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--from", "11-22"), "11-22"),
        (("--from", "2026-11-23", "--to", "2026-11-22"), "晚于"),
        (("--to", "2026-02-30"), "--to"),
    ],
)
def test_days_that_cannot_be_read_end_with_2(demo: Path, arguments: tuple[str, ...], said: str) -> None:
    result = given("--site", demo, "register", *arguments)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_table_on_a_terminal_is_aligned_by_cells(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    answers.write_table(["单号", "x"], [["A", "1"], ["漏水漏水漏水", "2"], ["a\tb", "\x1b[2J3"]], widest=9)
    assert capsys.readouterr().out.splitlines() == ["单号       x", "A          1", "漏水漏水…  2", "a b         [2J3"]


def test_the_clauses_are_all_listed() -> None:
    found = answered("clauses")["clauses"]
    assert [each["id"] for each in found] == [*(each.id for each in clauses()), "house"]
    assert all(each["zh"] and each["en"] for each in found)
    assert len(given("clauses").stdout.splitlines()) == len(found) + 1


def test_a_clause_names_the_rules_that_carry_it_out() -> None:
    found = answered("clauses", "m-3.3A")
    assert found["clause"]["id"] == "M-3.3a"
    rules = {(each["what"], each["request"], each["name"]) for each in found["carried_out_by"]}
    assert ("duty", "repair", "arrive") in rules
    assert ("limit", "", "emergency_arrival") in rules
    assert ("bar", "repair", "emergency_not_reached") in rules
    assert any(what == "step" and request == "repair" and "arrive" in name for what, request, name in rules)
    told = given("clauses", "M-3.3a").output
    assert found["clause"]["zh"] in told
    assert found["clause"]["en"] in told
    assert ("bar", "", "about_them") in {
        (each["what"], each["request"], each["name"]) for each in answered("clauses", "M-4.1a")["carried_out_by"]
    }


def test_a_clause_that_is_not_there_is_answered_with_those_like_it() -> None:
    result = given("clauses", "M-33")
    assert (result.exit_code, "M-3.3a" in result.stderr) == (3, True)
    assert answered("clauses", "M-33", code=3)["error"]["exit"] == 3


def test_an_import_writes_nothing_until_it_is_agreed_to(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(ROLL, encoding="utf-8")
    result = given("import", "households", file)
    assert result.exit_code == 1
    assert "--yes" in result.stderr
    for said in ("房号→房号", "积分", "第 3 行", "abc", "1-2-301", "新增 2 户"):
        assert said in result.stdout
    assert homes(own) == {}
    assert given("import", "households", file, "--yes").exit_code == 0
    assert homes(own) == {"1-2-301": "王敏", "1-2-302": "李强"}


def test_a_second_import_updates_and_never_doubles(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(ROLL, encoding="utf-8")
    first = answered("import", "households", file, "--yes")
    assert (first["written"], first["new"], first["same"]) == (True, ["1-2-301", "1-2-302"], [])
    again = answered("import", "households", file)
    assert (again["written"], again["new"], again["changed"]) == (False, [], [])
    file.write_text("房号,姓名\n01-02-0301,王大敏\n1-3-101,新户\n", encoding="gb18030")
    third = answered("import", "households", file, "--yes")
    assert third["changed"] == [{"id": "1-2-301", "fields": ["name"]}]
    assert (third["new"], third["missing"]) == (["1-3-101"], ["1-2-302"])
    assert homes(own) == {"1-2-301": "王大敏", "1-2-302": "李强", "1-3-101": "新户"}


def test_an_import_as_data_tells_what_was_wrong(own: Path, tmp_path: Path) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(ROLL, encoding="utf-8")
    found = answered("import", "households", file, code=1)
    assert found["written"] is False
    assert [each["heading"] for each in found["columns"] if not each["meaning"]] == ["积分"]
    (problem,) = found["problems"]
    assert (problem["row"], problem["value"]) == (3, "abc")
    assert problem["would_do"]["en"]
    assert homes(own) == {}


@pytest.mark.parametrize("content", [None, b"", "姓名,电话\n王敏,13800001234\n".encode(), b"\x00\x01\x02"])
def test_a_file_that_is_no_roll_ends_with_2(own: Path, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "roll.csv"
    if content is not None:
        file.write_bytes(content)
    result = given("import", "households", file, "--yes")
    assert result.exit_code == 2
    assert str(file) in result.stderr
    assert answered("import", "households", file, code=2)["ok"] is False
    assert homes(own) == {}


@pytest.mark.parametrize(("typed", "written"), [("y\n", True), ("是\n", True), ("n\n", False), ("\n", False)])
def test_on_a_terminal_an_import_asks(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, written: bool
) -> None:
    file = tmp_path / "roll.csv"
    file.write_text(ROLL, encoding="utf-8")
    monkeypatch.setattr("qiantai_tui.cli.sitting.on_a_terminal", lambda: True)
    result = given("import", "households", file, typed=typed)
    assert result.exit_code == (0 if written else 1)
    assert bool(homes(own)) is written


SCENARIO = """
id = "lamp"
title = "灯"
[[staff]]
id = "li"
name = "李静"
roles = ["desk"]
[[step]]
at = 2026-11-23T09:00:00
by = "li"
do = "receive"
case = "A"
kind = "repair"
channel = "phone"
summary = "灯不亮"
[[check]]
case = "A"
state = "{state}"
"""


def test_scenarios_are_played_and_checked(tmp_path: Path) -> None:
    file = tmp_path / "lamp.toml"
    file.write_text(SCENARIO.format(state="received"), encoding="utf-8")
    assert given("replay", file).exit_code == 0
    found = answered("replay", file)
    assert (found["ok"], found["scenarios"][0]["cases"]["A"]["state"]) == (True, "received")
    file.write_text(SCENARIO.format(state="closed"), encoding="utf-8")
    failed = given("replay", file)
    assert (failed.exit_code, "closed" in failed.stdout) == (1, True)
    assert answered("replay", file, code=1)["scenarios"][0]["failures"][0]["what"] == "state"


def test_scenarios_that_cannot_be_read_end_with_2_and_none_is_played(tmp_path: Path) -> None:
    file = tmp_path / "lamp.toml"
    file.write_text("id = 1", encoding="utf-8")
    result = given("replay", file, tmp_path / "none.toml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert str(file) in result.stderr
    assert "none.toml" in result.stderr
    assert len(answered("replay", file, tmp_path / "none.toml", code=2)["unread"]) == 2


def test_with_all_every_scenario_that_comes_with_it_is_played() -> None:
    found = json.loads(given("replay", "--all", "--json").stdout)
    assert {Path(each["file"]).name for each in found["scenarios"]} == {each.name for each in shipped()}
    assert len(found["scenarios"]) >= 3


def test_the_demo_is_made_and_said_where(tmp_path: Path) -> None:
    folder = tmp_path / "there"
    result = given("demo", "--no-desk", "--store-in", folder)
    assert (result.exit_code, result.stdout.strip()) == (0, str(folder))
    found = json.loads(given("--site", folder, "case", "list", "--json").stdout)["cases"]
    assert {each["kind"] for each in found} == set(REQUESTS)
    with open_site(folder):
        assert given("demo", "--no-desk", "--fresh", "--store-in", folder).exit_code == 4
    assert given("demo", "--no-desk", "--fresh", "--store-in", folder).exit_code == 0


def test_the_demo_is_made_over_nothing_of_ones_own(own: Path) -> None:
    result = given("demo", "--no-desk", "--fresh", "--store-in", own)
    assert (result.exit_code, str(own) in result.stderr) == (1, True)
    (own.parent / "full").mkdir()
    (own.parent / "full" / "letter.txt").write_text("mine", encoding="utf-8")
    assert given("demo", "--no-desk", "--store-in", own.parent / "full").exit_code == 1
