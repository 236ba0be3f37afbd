"""Cases on the command line: taken in, listed, shown, commanded, refused; typed values, masked numbers, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qiantai.people import Household
from qiantai.requests import REQUESTS
from qiantai_scenarios.report import replay
from qiantai_tui.cli.commanding import ABOUT_WHO
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given

PHONE, MASKED = "13800001234", "138****1234"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's staff and one household."""
    folder = make_site(tmp_path / "site", "demo")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder) as opened:
        opened.desk.store.keep_households([Household("1-2-301", "王敏", PHONE)])
    return folder


def taken_in(*more: str) -> str:
    """The number of a new emergency repair by 李静."""
    pairs = ("kind=repair", "channel=phone", "household=1-2-301", f"summary=漏水,回电{PHONE}", "emergency=true", *more)
    number: str = answered("case", "receive", "--by", "li", *pairs)["case"]["number"]
    return number


def test_a_repair_from_the_call_to_the_call_back(site: Path) -> None:
    number = taken_in()
    assert answered("case", "do", number, "dispatch", "--by", "li", "to=engineering")["case"]["state"] == "dispatched"
    assert answered("case", "do", number.lower(), "arrive", "--by", "孙浩")["case"]["state"] == "on_site"
    assert answered("case", "do", number, "complete", "--by", "sun", "result=换了阀门")["ok"]
    done = answered(
        "case", "do", number, "call_back", "--by", "bao", "channel=phone", "quality_ok=是", "satisfied=是", "score=5"
    )
    assert done["case"]["state"] == "closed"
    assert done["case"]["filed"] == ["register", "dossier"]
    assert [each["name"] for each in done["events"]] == ["call_back"]
    with open_site(site) as opened:
        assert opened.desk.case(number).facts["score"] == 5


def test_everything_may_be_given_in_chinese(site: Path) -> None:
    done = given(
        "case", "receive", "--by", "李静", "kind=报修", "channel=电话", "household=1栋2单元301", "summary=灯不亮"
    )
    assert done.exit_code == 0
    with open_site(site) as opened:
        (case,) = opened.desk.store.open_cases()
        assert (case.kind, case.facts["channel"], case.household) == ("repair", "phone", "1-2-301")
    done = given("case", "do", case.number, "派人", "--by", "李静", "to=工程")
    assert "已派人" in done.output


def test_the_json_has_what_the_scenarios_json_has(tmp_path: Path) -> None:
    scenario = tmp_path / "a.toml"
    scenario.write_text(
        'id = "a"\ntitle = "a"\n[[staff]]\nid = "li"\nname = "李静"\nroles = ["desk"]\n'
        '[[step]]\nat = 2026-11-23T09:00:00\nby = "li"\ndo = "receive"\ncase = "A"\nkind = "repair"\n'
        'channel = "phone"\nsummary = "x"\n',
        encoding="utf-8",
    )
    played = replay([scenario]).as_json()["scenarios"][0]["cases"]["A"]
    shown = answered("case", "show", taken_in())["case"]
    assert set(played) - {"refusals"} <= set(shown)
    assert set(played["duties"][0]) == set(shown["duties"][0])
    assert set(played["events"][0]) <= set(shown["events"][0])


def test_numbers_are_shown_in_full_on_the_open_case_at_hand_alone(site: Path) -> None:
    number = taken_in()
    assert MASKED in given("case", "list", "--json").output
    assert PHONE not in given("case", "list", "--json").output
    assert PHONE not in given("case", "do", number, "note", "--by", "li", f"text=再打{PHONE}").output
    shown = given("case", "show", number, "--by", "li")
    assert f"电话  {PHONE}" in shown.output
    with open_site(site) as opened:
        assert [(each.by, each.what, each.which) for each in opened.desk.store.looks()] == [("li", "phone", number)]
    assert given("case", "do", number, "withdraw", "--by", "li", "reason=撤回").exit_code == 0
    closed = given("case", "show", number, "--json").output
    assert PHONE not in closed
    assert MASKED in closed
    assert "王敏" not in closed
    with open_site(site) as opened:
        assert len(opened.desk.store.looks()) == 1


def test_who_may_not_see_a_case_sees_nothing_of_it() -> None:
    number = taken_in()
    refused = given("case", "show", number, "--by", "zhou")
    assert refused.exit_code == 5
    assert "M-3.4c" in refused.stderr
    assert refused.stdout == ""
    assert answered("case", "list", "--by", "zhou")["cases"] == []
    assert answered("case", "list", "--by", "zhao")["cases"][0]["number"] == number


def test_what_somebody_may_do_is_offered() -> None:
    number = taken_in()
    assert "dispatch" in answered("case", "show", number, "--by", "li")["may"]
    assert "may" not in answered("case", "show", number)


def test_the_list_is_the_queue_and_with_all_the_closed_ones_too() -> None:
    first = answered("case", "receive", "--by", "li", "kind=repair", "channel=phone", "summary=灯")["case"]["number"]
    urgent = taken_in()
    assert [each["number"] for each in answered("case", "list")["cases"]] == [urgent, first]
    assert given("case", "do", first, "withdraw", "--by", "li", "mistaken=true", "reason=错").exit_code == 0
    assert [each["number"] for each in answered("case", "list")["cases"]] == [urgent]
    assert [each["number"] for each in answered("case", "list", "--all")["cases"]] == [urgent, first]
    assert answered("case", "list", "--kind", "投诉")["cases"] == []
    assert given("case", "list", "--kind", "问诊").exit_code == 2
    line = answered("case", "list")["cases"][0]
    assert line["next"]["name"] == "dispatch"
    assert 0 < line["left_seconds"] <= 300
    lines = given("case", "list").output.splitlines()
    assert lines[0].split("\t")[0] == "单号"
    assert lines[1].split("\t")[0] == urgent
    assert len(lines) == 2


def test_an_empty_list_names_what_comes_next() -> None:
    assert "qiantai case receive" in given("case", "list").stderr


@pytest.mark.parametrize(
    ("arguments", "code", "rule"),
    [
        (("complete", "--by", "li", "result=x"), 1, "not_in_this_state"),
        (("dispatch", "--by", "li"), 1, "field_missing"),
        (("dispatch", "--by", "li", "to=engineering", "colour=red"), 1, "field_misread"),
        (("dispatch", "--by", "li", "to=nobody"), 1, "field_misread"),
        (("fly", "--by", "li"), 1, "unknown_command"),
        (("call_back", "--by", "sun", "satisfied=true"), 5, "call_back_by_others"),
        (("merge", "--by", "sun", "into=BX-20261123-009"), 5, "not_their_role"),
    ],
)
def test_a_refusal_says_why_and_changes_nothing(site: Path, arguments: tuple[str, ...], code: int, rule: str) -> None:
    number = taken_in()
    refusal = answered("case", "do", number, *arguments, code=code)["refusal"]
    assert refusal["rule"] == rule
    assert refusal["why"]["zh"]
    assert refusal["why"]["en"]
    plain = given("case", "do", number, *arguments)
    assert plain.exit_code == code
    assert refusal["why"]["zh"] in plain.stderr
    assert plain.stdout == ""
    with open_site(site) as opened:
        assert len(opened.desk.case(number).history) == 1


def test_a_refusal_by_a_clause_gives_its_text() -> None:
    pairs = ("kind=建议", "channel=来访", "name=王女士", f"phone={PHONE}", "summary=加长椅")
    number = answered("case", "receive", "--by", "li", *pairs)["case"]["number"]
    refusal = answered("case", "do", number, "decide", "--by", "zhao", "outcome=采纳", code=1)["refusal"]
    assert refusal["clause"] == "H-4.1.1.3"
    assert refusal["clause_text"]["zh"] in given("case", "do", number, "decide", "--by", "zhao").stderr


def test_who_is_no_member_of_staff_is_told_who_is() -> None:
    result = given("case", "do", taken_in(), "note", "--by", "nobody", "text=x")
    assert result.exit_code == 5
    assert "li 李静" in result.stderr


def test_rules_about_who_are_rules_that_there_are() -> None:
    from qiantai.decision import ENGINE_BARS

    bars = {bar.rule for each in REQUESTS.values() for bar in (*each.bars, *(b for s in each.steps for b in s.bars))}
    assert {
        *bars,
        *(each.rule for each in ENGINE_BARS),
        "not_their_role",
        "unknown_person",
        "not_theirs_to_agree",
    } >= ABOUT_WHO


@pytest.mark.parametrize("number", ["BX-20200101-001", "no number"])
def test_a_case_that_is_not_there_ends_with_3(number: str) -> None:
    assert answered("case", "show", number, code=3)["error"]["why"]
    assert given("case", "do", number, "note", "--by", "li").exit_code == 3


def test_a_site_in_use_ends_with_4(site: Path) -> None:
    with open_site(site):
        assert answered("case", "list", code=4)["ok"] is False
        result = given("case", "receive", "--by", "li", "kind=repair", "channel=phone")
        assert result.exit_code == 4
        assert str(site) in result.stderr


@pytest.mark.parametrize("pair", ["emergency", "=x", "emergency=maybe", "joint=1.5", "promised=tomorrow"])
def test_a_value_that_cannot_be_read_ends_with_2(site: Path, pair: str) -> None:
    result = given("case", "receive", "--by", "li", "kind=repair", "channel=phone", pair)
    assert result.exit_code == 2
    assert pair.split("=")[0] in result.stderr
    twice = given("case", "receive", "--by", "li", "kind=repair", "kind=help")
    assert (twice.exit_code, "两遍" in twice.stderr) == (2, True)
    with open_site(site) as opened:
        assert list(opened.desk.store.open_cases()) == []


def test_taking_in_is_a_command_of_its_own() -> None:
    result = given("case", "do", taken_in(), "receive", "--by", "li")
    assert (result.exit_code, "qiantai case receive" in result.stderr) == (2, True)


def test_what_is_stored_cannot_move_the_terminal() -> None:
    number = taken_in("place=\x1b[2J\u202e1栋\n\t楼下")
    for arguments in (("case", "list"), ("case", "show", number)):
        output = given(*arguments).output
        assert "\x1b" not in output
        assert "\u202e" not in output
    assert "\x1b" in json.loads(given("case", "show", number, "--json").output)["case"]["facts"]["place"]


def test_english_is_spoken_throughout() -> None:
    pairs = ("kind=repair", "channel=phone", "name=Smith", "phone=13800001234", "summary=leak", "emergency=true")
    output = given("case", "receive", "--by", "li", *pairs, language="en").output
    output += given("case", "list", language="en").output
    assert not [each for each in output.replace("李静", "") if "\u4e00" <= each <= "\u9fff"], output
