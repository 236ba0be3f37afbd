"""`qiantai why` and `qiantai what-if`: the reasons of a case, and what would differ under another handbook."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qiantai.people import Household
from qiantai.what_if import what_if
from qiantai.why import flat, tell_case, tell_duty, why
from qiantai_tui.cli.answers import as_data, plain
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given

PHONE = "13800001234"
TIGHTER = '[[policy]]\nvalid = 2026-01-01\nby = "zhao"\nat_once = "4m"\n'
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's staff and one household."""
    folder = make_site(tmp_path / "site", "demo")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder) as opened:
        opened.desk.store.keep_households([Household("1-2-301", "Wang Min", PHONE)])
    return folder


def complaint() -> str:
    """The number of a complaint that 李静 took in and 赵颖 extended."""
    pairs = ("kind=complaint", "channel=phone", "household=1-2-301", "summary=noise", "place=lift", "demand=quiet")
    number: str = answered("case", "receive", "--by", "li", *pairs, "occurred_at=2026-11-01T09:00")["case"]["number"]
    answered("case", "do", number, "assign", "--by", "li", "to=engineering")
    answered("case", "do", number, "extend", "--by", "zhao", "until=7wd", "informed=true", f"reason=call {PHONE}")
    return number


def test_why_a_case_gives_owner_handler_filing_and_each_duty() -> None:
    number = complaint()
    told = given("case", "show", number).output
    assert number in told
    said = given("why", number.lower()).output
    for words in ("跟进人: 李静", "处理人: 工程", "业户档案", "说明流程: ", "处理答复: ", "[M-4.2b]", "[M-4.3a]"):
        assert words in said, words
    reason = answered("why", number)["why"]
    assert (reason["owner"]["owner"]["person"], reason["owner"]["owner"]["clause"]["id"]) == ("li", "M-4.3a")
    assert reason["handler"]["sent"]["command"] == "assign"
    assert [(each["book"], each["kept"]) for each in reason["filing"]] == [("register", True), ("dossier", True)]
    assert {each["name"] for each in reason["duties"]} == {"explain", "pass_on", "feedback", "resolve"}


def test_why_a_duty_gives_all_of_its_reasons_with_the_clause_and_its_text() -> None:
    number = complaint()
    (duty,) = answered("why", number, "resolve")["why"]["duties"]
    assert duty["clause"]["id"] == "M-4.2b"
    assert duty["clause"]["zh"]
    assert duty["standard"]["key"] == "complaint_resolve"
    assert duty["runs_from"]["command"] == "receive"
    assert len([each for each in duty["reckoning"]["days"] if each["working"]]) == 2
    (shift,) = duty["shifts"]
    assert (shift["how"], shift["act"]["by"], shift["period"]) == ("extension", "zhao", "7wd")
    assert shift["reason"]["en"] == "call 138****1234"
    assert shift["after"] == duty["due"]
    assert given("why", number, "处理答复").output.startswith("处理答复: ")
    assert PHONE not in given("why", number, "resolve").output


def test_english_speaks_english() -> None:
    number = complaint()
    said = given("why", number, "resolve", language="en").output
    assert "Extended: from " in said
    assert "Owed by: Owner" in said
    assert not [line for line in said.splitlines() if CHINESE.search(re.sub("李静|赵颖|顾敏", "", line))]


def test_a_case_or_a_duty_that_is_not_there() -> None:
    number = complaint()
    assert given("why", "TS-20200101-001").exit_code == 3
    missing = given("why", number, "arrive")
    assert missing.exit_code == 3
    assert "explain 说明流程" in missing.stderr
    assert missing.stdout == ""
    error = answered("why", number, "arrive", code=3)["error"]
    assert error["exit"] == 3


def test_why_is_not_told_to_who_may_not_see_the_case() -> None:
    refused = given("why", complaint(), "--by", "zhou")
    assert refused.exit_code == 5
    assert refused.stdout == ""
    assert "M-3.4c" in refused.stderr


def test_a_refusal_has_the_order_of_the_rules_in_its_json() -> None:
    number = complaint()
    refusal = answered("case", "do", number, "extend", "--by", "zhao", "until=9wd", "informed=true", code=1)["refusal"]
    assert [each["outcome"] for each in refusal["order"]] == [*["passed"] * 6, "refused", "not_reached"]
    assert refusal["order"][6]["tested"][-1]["rule"] == refusal["rule"] == "past_the_limit"
    assert refusal["order"][6]["tested"][-1]["clause"]["id"] == "M-4.2c"
    received = answered("case", "receive", "--by", "li", "kind=help", "channel=phone", "joint=0", code=1)["refusal"]
    assert next(each["place"] for each in received["order"] if each["outcome"] == "refused") == "fields"


def written(folder: Path, name: str, text: str) -> Path:
    """A file with that text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_if_a_limit_were_tighter(tmp_path: Path) -> None:
    number = complaint()
    file = written(tmp_path, "policy.toml", TIGHTER + 'complaint_resolve = "1wd"\n')
    found = answered("what-if", "--policy", file)
    assert not found["nothing"]
    due = next(each for each in found["dues"] if each["duty"] == "explain")
    assert due["case"] == number
    assert due["then"]["due"] < due["now"]["due"]
    assert (found["refused"], found["allowed"], found["unplayed"]) == ([], [], [])
    said = given("what-if", "--policy", file).output
    assert number in said
    assert "说明流程" in said
    assert answered("why", number, "explain")["why"]["duties"][0]["due"] == due["now"]["due"]


def test_what_if_a_figure_were_another_in_a_month(tmp_path: Path) -> None:
    number = complaint()
    answered("case", "do", number, "explain", "--by", "li")
    file = written(tmp_path, "policy.toml", TIGHTER)
    assert answered("what-if", "--policy", file)["figures"] == []
    limit = written(tmp_path, "limit.toml", '[[policy]]\nvalid = 2026-01-01\nby = "zhao"\ncomplaint_limit = "5wd"\n')
    found = answered("what-if", "--policy", limit)
    (ruling,) = found["refused"]
    assert (ruling["command"], ruling["now"], ruling["then"]["rule"]) == ("extend", None, "past_the_limit")
    assert ruling["then"]["clause"] == "M-4.2c"
    (figure,) = [each for each in found["figures"] if each["now"]["duty"] == "explain"]
    assert (figure["now"]["met"], figure["then"]["met"], figure["then"]["open"]) == (1, 0, 1)
    assert figure["now"]["in_time"] == 1.0
    assert "M-4.2c" in given("what-if", "--policy", limit, language="en").output


def test_what_if_nothing_were_different(site: Path) -> None:
    complaint()
    same = answered("what-if", "--policy", site / "site.toml", "--scripts", site / "site.toml")
    assert same["nothing"]
    assert all(same[each] == [] for each in ("dues", "refused", "allowed", "offers", "figures", "unplayed"))
    assert "没有不同" in given("what-if", "--policy", site / "site.toml").output
    assert "Nothing would differ" in given("what-if", "--policy", site / "site.toml", language="en").output


def test_what_if_a_day_were_off(tmp_path: Path) -> None:
    number = complaint()
    due = answered("why", number, "resolve")["why"]["duties"][0]["due"][:10]
    single = written(tmp_path, "days.toml", f"[calendar]\noff = [{due}]\n")
    (found,) = answered("what-if", "--calendar", single)["dues"]
    assert (found["case"], found["duty"], found["now"]["due"][:10]) == (number, "resolve", due)
    assert found["then"]["due"][:10] > due
    year = written(tmp_path, "year.toml", '[[year]]\nyear = 2031\nnotice = "x"\n[year.off]\n"元旦" = [2031-01-01]\n')
    assert answered("what-if", "--calendar", year)["nothing"]


def test_what_if_an_answer_were_agreed_on(tmp_path: Path) -> None:
    pairs = ("kind=challenge", "channel=phone", "household=1-2-301", "summary=x", "topic=novel", "important=true")
    number = answered("case", "receive", "--by", "li", *pairs)["case"]["number"]
    text = (
        '[[script]]\nid = "novel"\ntopic = "novel"\ntext = "it is so"\nfrom = 2026-01-01\n'
        'approved_by = "zhao"\nspokesperson = "zhou"\n'
    )
    (offer,) = [
        each
        for each in answered("what-if", "--scripts", written(tmp_path, "s.toml", text))["offers"]
        if each["command"] == "answer"
    ]
    assert (offer["case"], offer["gained"], offer["lost"]) == (number, ["zhou"], [])


@pytest.mark.parametrize(
    ("option", "text", "words"),
    [
        ("--policy", TIGHTER + 'complaint_resolve = "3wd"\n', "[M-4.2b]"),
        ("--policy", TIGHTER.replace("zhao", "nobody"), "nobody"),
        ("--policy", "[[script]]\n", "policy"),
        ("--policy", "[[policy]\n", "TOML"),
        ("--policy", None, "policy.toml"),
        ("--calendar", "[calendar]\noff = [1]\n", "off"),
        ("--calendar", "[[year]]\nyear = 2031\n", "notice"),
        ("--scripts", '[[script]]\nid = "x"\n', "topic"),
        ("--scripts", "colour = 1\n[[script]]\n", "colour"),
    ],
)
def test_what_if_takes_no_file_that_the_site_would_not_take(
    option: str, text: str | None, words: str, tmp_path: Path
) -> None:
    complaint()
    file = tmp_path / "policy.toml"
    if text is not None:
        written(tmp_path, file.name, text)
    for language in ("zh", "en"):
        refused = given("what-if", option, file, language=language)
        assert refused.exit_code == 2
        assert words in refused.stderr
        assert refused.stdout == ""


def test_what_if_asks_what_is_to_change() -> None:
    asked = given("what-if", language="en")
    assert asked.exit_code == 2
    assert "--policy" in asked.stderr


def test_every_case_of_the_demo_tells_its_reasons_and_follows_from_its_handbook(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    with open_site(folder) as opened:
        desk = opened.desk
        cases = [*desk.store.open_cases(), *desk.store.closed_cases()]
        assert len({each.kind for each in cases}) == 6
        for case in cases:
            reason = why(case, desk.clock(), desk.handbook)
            data = json.loads(json.dumps(plain(as_data(reason))))
            assert [each["name"] for each in data["duties"]] == [each.name for each in case.duties]
            for told in (tell_case(reason, {}), *(tell_duty(each, {}) for each in reason.duties)):
                assert all(each.text.zh and each.text.en for _, each in flat(told))
        differs = what_if(cases, desk.handbook, desk.handbook, desk.clock())
    assert differs.nothing
    assert differs.unplayed == ()
