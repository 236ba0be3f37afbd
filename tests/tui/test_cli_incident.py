"""Incidents on the command line: opened with their cases, proposed, linked, told of progress, ended, one left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai.people import Household
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's staff and four households of one building."""
    folder = make_site(tmp_path / "site", "demo")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder) as opened:
        opened.desk.store.keep_households(
            [Household(f"5-1-{door}01", f"住户{door}", f"1380000{door}000") for door in range(1, 5)]
        )
    return folder


def power_cut(door: int, kind: str = "repair") -> str:
    number: str = answered(
        "case", "receive", "--by", "li", f"kind={kind}", "channel=phone", f"household=5-1-{door}01", "summary=停电了"
    )["case"]["number"]
    return number


def opened(*numbers: str) -> str:
    cases = [f"cases={','.join(numbers)}"] if numbers else []
    done = answered("incident", "open", "--by", "li", "summary=停电", "place=5栋", "wording=20点前恢复", *cases)
    number: str = done["case"]["number"]
    return number


def test_it_is_proposed_opened_and_joined() -> None:
    numbers = [power_cut(door) for door in (1, 2, 3)]
    listed = answered("incident", "list")
    assert listed["incidents"] == []
    [proposal] = listed["proposals"]
    assert (proposal["place"], proposal["cases"], proposal["incident"]) == ("5栋1单元", numbers, None)
    incident = opened(*numbers)
    more = power_cut(4)
    listed = answered("incident", "list")
    [found] = listed["incidents"]
    assert (found["number"], found["cases"], found["wording"]) == (incident, numbers, "20点前恢复")
    assert [(each["incident"], each["cases"]) for each in listed["proposals"]] == [(incident, [more])]
    shown = given("incident", "list").output
    assert incident in shown
    assert f"可关联 {incident}" in shown
    assert "3件" in shown


def test_nothing_under_way_says_how_to_open_one() -> None:
    assert "qiantai incident open" in given("incident", "list").output


def test_linked_told_and_ended_by_commands_on_case_and_incident() -> None:
    one, two = power_cut(1), power_cut(2, "complaint")
    incident = opened()
    assert (
        answered("case", "do", one, "link", "--by", "li", f"incident={incident.lower()}")["case"]["incident"]
        == incident
    )
    answered("case", "do", two, "关联事件", "--by", "li", f"incident={incident}")
    answered("case", "do", one, "unlink", "--by", "li", f"incident={incident}", "reason=另一回事")
    told = answered("case", "do", incident, "broadcast", "--by", "li", "text=抢修中", "channel=微信")
    assert [each["cases"] for each in told["events"] if "cases" in each] == [[two]]
    duties = {each["name"]: each["status"] for each in answered("case", "show", two)["case"]["duties"]}
    assert duties["feedback"] == "met"
    done = answered("case", "do", incident, "complete", "--by", "li", "result=恢复供电")
    assert done["case"]["state"] == "closed"
    [left] = done["left"]
    assert (left["number"], left["clause"]) == (two, "H-4.6.2")


def test_what_is_left_is_told_on_paper() -> None:
    two = power_cut(2, "complaint")
    done = given("case", "do", opened(two), "complete", "--by", "li", "result=恢复供电")
    assert f"留下 {two}: " in done.output
    assert "[H-4.6.2]" in done.output


def test_an_open_incident_is_no_fault_of_a_plugin(site: Path) -> None:
    opened(power_cut(1))
    with open_site(site) as again:
        assert again.failures == ()
    assert given("incident", "list").stderr == ""


def test_an_incident_is_no_case_of_the_list_or_the_register() -> None:
    incident = opened()
    assert answered("case", "list")["cases"] == []
    answered("case", "do", incident, "complete", "--by", "li", "result=误报")
    assert answered("case", "list", "--all")["cases"] == []
    assert answered("register")["entries"] == []
    assert "突发事件" in given("case", "show", incident).output


@pytest.mark.parametrize(("by", "code"), [("sun", 5), ("nobody", 5), ("wu", 0)])
def test_who_may_open_one(by: str, code: int) -> None:
    answered("incident", "open", "--by", by, "summary=停电", "place=5栋", code=code)


def test_it_is_opened_by_its_own_command_alone() -> None:
    assert given("case", "do", opened(), "incident", "--by", "li").exit_code == 2
    refused = answered("case", "receive", "--by", "li", "kind=incident", "channel=phone", "summary=停电", code=1)
    assert refused["refusal"]["rule"] == "unknown_kind"
