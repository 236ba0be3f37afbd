"""A resident's copy, correction and erasure, and the site's terms, on the command line."""

from __future__ import annotations

import json
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from qiantai import ZONE, Desk, Done, Term
from qiantai.schema import schema
from qiantai.words import ERASED
from qiantai_tui.cli import sitting
from qiantai_tui.sites.files import SETTINGS, make_site
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import answered, given

NOW = datetime.now(ZONE).replace(microsecond=0)
"""The command line has this machine's clock."""
LONG_AGO = NOW - timedelta(days=800)
TOMORROW = str((NOW + timedelta(days=1)).date())
HOME, NEXT_DOOR = "1-2-301", "1-2-302"
STAFF = """
[[staff]]
id = "lin"
name = "林晓"
roles = ["supervisor"]
[[staff]]
id = "zhao"
name = "赵颖"
roles = ["cs_head", "desk"]
"""
ROLL = "楼栋,单元,房号,姓名,电话,邮箱,重要,片区\n1,2,301,王敏,13800001234,,是,东区\n1,2,302,李芳,13900005678,,,\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site of two households, with terms of one and two years."""
    folder = make_site(tmp_path / "site")
    (folder / SETTINGS).write_text("sign_in = false\n", encoding="utf-8")
    settings = folder / "site.toml"
    terms = '[[retention]]\nvalid = 2020-01-01\nby = "zhao"\nrepair = "1y"\nmajor = "2y"\n'
    settings.write_text(settings.read_text(encoding="utf-8") + STAFF + terms, encoding="utf-8")
    roll = tmp_path / "roll.csv"
    roll.write_text(ROLL, encoding="utf-8")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    assert given("import", "households", roll, "--yes").exit_code == 0
    return folder


def a_repair(folder: Path, *, at: datetime = NOW, close: bool = True, **said: Any) -> str:
    """A repair of the household, closed unless it is to stay open."""
    with open_site(folder, lambda: at) as opened:
        desk: Desk = opened.desk
        facts = {"household": HOME, "phone": "13800001234", "summary": "李芳(13900005678)家往下漏水"} | said
        done = desk.receive("zhao", kind="repair", channel="phone", **facts)
        assert isinstance(done, Done)
        if close:
            assert isinstance(desk.do(done.case.number, "withdraw", "zhao", reason="好了"), Done)
    return done.case.number


def looks(folder: Path) -> list[tuple[str, str, str, str]]:
    with open_site(folder, lambda: NOW) as opened:
        return [(each.by, each.what, each.which, each.why) for each in opened.desk.store.looks()]


def data_files(folder: Path) -> str:
    return "".join(each.read_text(encoding="utf-8") for each in folder.rglob("*.json*"))


def test_a_copy_is_one_page_in_chinese_for_its_owners_eyes_alone(site: Path, tmp_path: Path) -> None:
    number, file = a_repair(site), tmp_path / "copy.html"
    result = given(
        "resident", "copy", "1栋2单元301", "--by", "林晓", "--for", "本人,看过身份证", "-o", file, language="en"
    )
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", f"written: {file}\n")
    page = file.read_text(encoding="utf-8")
    for there in (number, "13800001234", "王敏", "本人,看过身份证", "李*(139****5678)家往下漏水", "到期"):
        assert there in page, there
    for another in ("李芳", "13900005678", NEXT_DOOR):
        assert another not in page, another
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    assert looks(site)[-1] == ("lin", "copy", HOME, "本人,看过身份证")
    assert given("resident", "copy", HOME, "--by", "lin", "--for", "本人", "-o", file).exit_code == 1, (
        "no file is replaced"
    )


def test_a_copy_as_data_has_cases_as_the_schema_has_them(site: Path) -> None:
    closed, open_one = a_repair(site), a_repair(site, close=False)
    copy = answered("resident", "copy", HOME, "--by", "lin", "--for", "本人")
    assert (copy["household"], copy["entry"]["phone"], copy["joined"]) == (HOME, "13800001234", [])
    assert [each["number"] for each in copy["cases"]] == [open_one, closed]
    check = Draft202012Validator(schema("case"))
    for each in copy["cases"]:
        assert list(check.iter_errors(each)) == []
        assert (each["name"], each["phone"]) == ("王敏", "13800001234")
    assert copy["looks"][-1]["why"] == "本人"


def test_what_somebody_said_cannot_become_part_of_the_page(site: Path) -> None:
    a_repair(site, summary="<script>alert(1)</script>&amp;")
    page = given("resident", "copy", HOME, "--by", "lin", "--for", "<b>本人</b>").stdout
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page


def test_a_correction_names_the_open_cases_that_carry_the_old_number(site: Path) -> None:
    number = a_repair(site, close=False)
    given_so = ("resident", "correct", HOME, "电话=13700000000", "important=否", "--by", "lin", "--reason", "本人更正")
    result = given(*given_so)
    assert (result.exit_code, result.stdout) == (0, f"已更正 {HOME}:电话、重要\n")
    assert number in result.stderr
    assert looks(site)[-1] == ("lin", "roll", HOME, "phone, important: 本人更正")
    assert answered(*given_so, code=1)["refusal"]["rule"] == "nothing_changes"
    other = answered("resident", "correct", HOME, "phone=", "--by", "lin", "--reason", "停机")
    assert other == {"ok": True, "fields": ["phone"], "carrying": []}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("copy", HOME, "--by", "sun", "--for", "本人"), 5),
        (("copy", HOME, "--by", "lin", "--for", " "), 1),
        (("copy", "9-9-999", "--by", "lin", "--for", "本人"), 1),
        (("copy", HOME, "--by", "lin"), 2),
        (("correct", HOME, "colour=red", "--by", "lin", "--reason", "x"), 1),
        (("correct", HOME, "phone", "--by", "lin", "--reason", "x"), 2),
        (("correct", HOME, "--by", "lin", "--reason", "x"), 2),
        (("correct", "9-9-999", "phone=1", "--by", "lin", "--reason", "x"), 1),
    ],
)
def test_what_cannot_be_asked_so(site: Path, line: tuple[str, ...], code: int) -> None:
    before = looks(site)
    assert given("resident", *line).exit_code == code
    assert looks(site) == before


def test_an_erasure_shows_what_goes_and_what_stays_and_why(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = a_repair(site)
    line = ("erase", "--household", HOME, "--by", "zhao", "--reason", "已搬走")
    shown = given(*line)
    assert shown.exit_code == 1
    assert f"花名册 {HOME}:姓名、电话、重要" in shown.stdout
    assert number in shown.stdout
    assert "登记表里的事实和时间:" in shown.stdout
    assert "[H-4.6.1]" in shown.stdout
    assert "王敏" in data_files(site)
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    assert given(*line, typed="n\n").exit_code == 1
    assert given(*line, typed="y\n").exit_code == 0
    for gone in ("王敏", "13800001234", "家往下漏水"):
        assert gone not in data_files(site)
    assert "李芳" in data_files(site), "the neighbour's entry in the roll"
    assert answered("case", "show", number)["case"]["facts"]["summary"] == ERASED
    assert looks(site)[-1] == ("zhao", "erase", HOME, "已搬走")
    assert given("verify").exit_code == 0
    assert given(*line).exit_code == 3


def test_an_open_case_stays_with_the_roll_and_says_until_when(site: Path) -> None:
    closed, open_one = a_repair(site), a_repair(site, close=False)
    line = ("erase", "--household", HOME, "--by", "zhao", "--reason", "已搬走")
    found = answered(*line, "--yes")
    assert (found["erased"], found["entry"], {each["case"] for each in found["words"]}) == (True, [], {closed})
    held = {each["what"]: each for each in found["stays"]}
    assert set(held) == {open_one, "roll", "register", "looks"}
    assert (held[open_one]["rule"], held[open_one]["until"]) == ("still_open", TOMORROW)
    refused = given(*line, "--yes", language="en")
    assert (refused.exit_code, TOMORROW in refused.stderr, open_one in refused.stderr) == (1, True, True)
    assert given("erase", "--household", HOME, "--by", "lin", "--reason", "x", "--yes").exit_code == 5


def test_the_terms_are_looked_at_first_and_then_applied(site: Path) -> None:
    old, new = (a_repair(site, at=at) for at in (LONG_AGO, NOW))
    shown = given("retention")
    assert shown.exit_code == 0
    rows = [line.split("\t") for line in shown.stdout.splitlines()]
    assert rows[0] == ["类别", "办结年份", "件数", "期限", "到期可抹除", "留下"]
    assert [row[:4] for row in rows[1:3]] == [["报修", str(at.year), "1", "1年"] for at in (LONG_AGO, NOW)]
    before = answered("retention")
    assert (before["terms"], before["erased"]) == ({"repair": "1y", "major": "2y"}, False)
    assert old in before["due"]
    assert new not in before["due"]
    assert "家往下漏水" in data_files(site)
    assert answered("retention", "--apply", "--by", "zhao", "--reason", "期满")["erased"] is True
    assert answered("case", "show", old)["case"]["facts"]["summary"] == ERASED
    assert looks(site)[-1][:2] == ("zhao", "retention")
    assert answered("retention")["due"] == []


def test_what_is_held_back_is_named_with_its_reason(site: Path) -> None:
    old = a_repair(site, at=LONG_AGO)
    with open_site(site) as opened:
        facts = {"household": HOME, "summary": "说好修的没修"}
        done = opened.desk.receive("zhao", kind="challenge", channel="phone", **facts)
        assert isinstance(done, Done)
    (held,) = answered("retention")["held"]
    ends = str(Term.parse("1y").end(LONG_AGO.date()))
    assert (held["number"], held["rule"], held["clause"], held["ends"]) == (old, "contested", "house", ends)
    assert done.case.number in held["why"]["zh"]
    assert f"! {old} " in given("retention").stdout
    refused = answered("retention", "--apply", "--by", "zhao", "--reason", "期满", code=1)
    assert refused["refusal"]["rule"] == "nothing_left"


def test_applying_needs_somebody_and_a_reason(site: Path) -> None:
    a_repair(site, at=LONG_AGO)
    assert given("retention", "--apply").exit_code == 2
    assert given("retention", "--apply", "--by", "zhao").exit_code == 2
    assert given("retention", "--apply", "--by", "lin", "--reason", "期满").exit_code == 5
    assert "家往下漏水" in data_files(site)


def test_an_import_of_the_roll_is_on_record(site: Path) -> None:
    (look,) = looks(site)
    assert (look[0].startswith("os:"), look[1:]) == (True, ("roll", "import 2", "roll.csv"))


def test_without_terms_it_says_where_they_are_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_site(tmp_path / "bare")
    (folder / SETTINGS).write_text("sign_in = false\n", encoding="utf-8")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    result = given("retention")
    assert (result.exit_code, "[[retention]]" in result.stderr) == (0, True)
    assert json.loads(given("retention", "--json").stdout)["terms"] == {}
