"""Verifying, anchoring and erasing on the command line, over a site that somebody has been into by hand."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from qiantai import ZONE, Case, Desk, Done
from qiantai.words import ERASED
from qiantai_tinydb.archive import Archive
from qiantai_tinydb.cases import Cases
from qiantai_tui.cli import sitting
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import answered, given

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
WHY = ("--reason", "业主要求删除个人信息")


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo estate as of a Monday morning."""
    folder = make_demo(tmp_path / "demo", clock=lambda: NOW)
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    return folder


def a_closed_case(folder: Path, **said: Any) -> str:
    """A repair that the desk took in and its resident took back."""
    with open_site(folder, lambda: NOW) as site:
        desk: Desk = site.desk
        clerk = next(each.id for each in desk.handbook.people.values() if "desk" in each.roles)
        facts = {"channel": "phone", "name": "王小丫", "phone": "13912345678", "summary": "王小丫说灯不亮"} | said
        done = desk.receive(clerk, kind="repair", **facts)
        assert isinstance(done, Done)
        number = done.case.number
        assert isinstance(desk.do(number, "withdraw", clerk, reason="已好"), Done)
    return number


def head(folder: Path) -> str:
    """Somebody who may erase."""
    with open_site(folder, lambda: NOW) as site:
        return next(each.id for each in site.desk.handbook.people.values() if "cs_head" in each.roles)


def whole_folder(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in folder.rglob("*") if each.is_file())


def by_hand(folder: Path, number: str, change: Callable[[dict[str, Any]], None]) -> None:
    """The case's document changed with the store's own means, so that all its checksums hold."""
    cases = Cases(folder)
    month = f"{number[3:7]}-{number[7:9]}"
    document = json.loads(json.dumps(cases.find(number)))
    change(document)
    if number in cases.hot():
        cases.put({number: document})
    else:
        Archive(folder / "archive").file(month, {number: document})
    cases.close()


def test_the_demo_estate_is_whole(demo: Path) -> None:
    found = answered("verify")
    with open_site(demo, lambda: NOW) as site:
        cases: list[Case] = [*site.desk.store.open_cases(), *site.desk.store.closed_cases()]
    assert found == {
        "ok": True,
        "cases": len(cases),
        "events": sum(len(each.history) for each in cases),
        "books": {"scripts": 0, "shifts": 0, "training": 0},
        "count": 0,
        "breaks": [],
        "remarks": [],
        "anchor": None,
        "written": None,
    }
    assert given("verify").stdout == f"✓ 完整:{found['cases']} 件事项,{found['events']} 步\n"


def test_what_a_careful_hand_changed_is_named_with_its_place(demo: Path) -> None:
    number = a_closed_case(demo)

    def later(document: dict[str, Any]) -> None:
        document["events"][1]["at"] = "2026-11-23T09:30:00+08:00"

    by_hand(demo, number, later)
    result = given("verify")
    assert result.exit_code == 1
    first, second = result.stdout.splitlines()
    assert first.startswith("✗ 有 1 处不对")
    assert second == f"{number} 第2步:内容与封印不符:这一步被改过,或前一步被改后重新封过 (archive/2026-11.json)"
    (found,) = answered("verify", code=1)["breaks"]
    assert (found["case"], found["event"], found["what"], found["where"]) == (
        number, 2, "altered", "archive/2026-11.json",
    )  # fmt: skip


def test_an_anchor_shows_a_tail_that_was_cut_off(demo: Path, tmp_path: Path) -> None:
    number, file = a_closed_case(demo), tmp_path / "anchor.json"
    written = answered("verify", "--write-anchor", file)["written"]
    assert written["digest"] == json.loads(file.read_text("utf-8"))["digest"]
    assert answered("verify", "--anchor", file)["anchor"] == written

    def cut(document: dict[str, Any]) -> None:
        document["events"].pop()
        document["state"] = "received"

    by_hand(demo, number, cut)
    assert given("verify").exit_code == 0, "the chain alone cannot tell"
    (found,) = answered("verify", "--anchor", file, code=1)["breaks"]
    assert (found["case"], found["event"], found["what"]) == (number, 2, "cut_short")


def test_no_anchor_is_written_over_another_nor_of_a_broken_site(demo: Path, tmp_path: Path) -> None:
    number, file = a_closed_case(demo), tmp_path / "anchor.json"
    assert given("verify", "--write-anchor", file).exit_code == 0
    before = file.read_bytes()
    result = given("verify", "--write-anchor", file, language="en")
    assert (result.exit_code, file.read_bytes()) == (1, before)
    assert "Take another name" in result.stderr
    by_hand(demo, number, lambda document: document["events"][0].update(by="nobody"))
    assert answered("verify", "--write-anchor", tmp_path / "other.json", code=1)["written"] is None
    assert not (tmp_path / "other.json").exists()


@pytest.mark.parametrize("text", [None, "{", "[]", '{"version": 1}'])
def test_an_anchor_that_cannot_be_read_is_told(demo: Path, tmp_path: Path, text: str | None) -> None:
    assert demo.exists()
    file = tmp_path / "anchor.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    assert answered("verify", "--anchor", file, code=2)["error"]["exit"] == 2


def test_an_anchor_that_was_changed_is_told(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "anchor.json"
    assert demo.exists()
    assert given("verify", "--write-anchor", file).exit_code == 0
    kept = json.loads(file.read_text("utf-8"))
    kept["cases"].popitem()
    file.write_text(json.dumps(kept), encoding="utf-8")
    result = given("verify", "--anchor", file)
    assert (result.exit_code, "写下之后被改过" in result.stderr) == (2, True)


def test_an_erasure_is_shown_first_and_then_done(demo: Path) -> None:
    number, by = a_closed_case(demo), head(demo)
    shown = given("erase", number, "姓名", "phone", "--by", by, *WHY)
    assert shown.exit_code == 1
    assert "什么都没抹除" in shown.stderr
    assert "姓名:王**" in shown.stdout
    assert "电话:139****5678" in shown.stdout
    assert "! 第1步 内容:王小丫说灯不亮 (里也提到,不会抹除)" in shown.stdout
    assert b"13912345678" in whole_folder(demo)
    done = given("erase", number, "name", "phone", "summary", "--by", by, *WHY, "--yes")
    assert done.exit_code == 0, done.output
    assert "已抹除。" in done.stdout
    data = whole_folder(demo)
    assert "王小丫".encode() not in data
    assert b"13912345678" not in data
    assert given("verify").exit_code == 0
    case = answered("case", "show", number)["case"]
    assert (case["name"], case["phone"], case["facts"]["summary"]) == (ERASED,) * 3
    assert case["events"][-1]["name"] == "erase"
    told = given("case", "show", number, language="en").stdout.splitlines()[-1]
    assert told.endswith("Erase  Erased:Name, Phone, Summary  Reason:业主要求删除个人信息")


NOTHING_BESIDE: dict[str, object] = {"books": [], "sheets": [], "asides": []}


def test_an_erasure_as_data(demo: Path) -> None:
    number, by = a_closed_case(demo), head(demo)
    words = [{"case": number, "event": 1, "name": "name"}]
    found = answered("erase", number, "name", "--by", by, *WHY, code=1)
    assert found == {
        "ok": True,
        "erased": False,
        "words": words,
        "still": [{"case": number, "event": 1, "name": "summary"}],
        **NOTHING_BESIDE,
    }
    assert answered("erase", number, "name", "--by", by, *WHY, "--yes")["erased"] is True
    again = answered("erase", number, "name", "--by", by, *WHY, "--yes", code=1)
    assert again["refusal"]["rule"] == "nothing_left"


def test_an_agreement_on_the_terminal_will_do(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, by = a_closed_case(demo), head(demo)
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    assert given("erase", number, "name", "--by", by, *WHY, typed="n\n").exit_code == 1
    assert given("erase", number, "name", "--by", by, *WHY, typed="y\n").exit_code == 0


def test_all_of_a_household_is_erased_at_once(demo: Path) -> None:
    with open_site(demo, lambda: NOW) as site:
        taken = {case.household for case in site.desk.store.open_cases()}
        taken |= {case.household for case in site.desk.store.closed_cases()}
        room, busy = (
            next(each for each in site.desk.handbook.households if (each in taken) is of) for of in (False, True)
        )
    numbers = [a_closed_case(demo, household=room) for _ in range(2)]
    by = head(demo)
    assert answered("erase", "--household", room, "--by", by, *WHY, "--yes")["erased"] is True
    for number in numbers:
        assert answered("case", "show", number)["case"]["facts"]["summary"] == ERASED
    assert "王小丫说灯不亮".encode() not in whole_folder(demo)
    assert given("erase", "--household", room, "--by", by, *WHY, "--yes").exit_code == 3
    assert busy


def test_who_may_not_what_cannot_and_what_is_no_command_line(demo: Path) -> None:
    number, by = a_closed_case(demo), head(demo)
    with open_site(demo, lambda: NOW) as site:
        clerk = next(each.id for each in site.desk.handbook.people.values() if each.roles == {"desk"})
        open_one = next(iter(site.desk.store.open_cases())).number
    assert given("erase", number, "name", "--by", clerk, *WHY, "--yes").exit_code == 5
    still = given("erase", open_one, "phone", "--by", by, *WHY, "--yes", language="en")
    assert (still.exit_code, "close it first" in still.stderr) == (1, True)
    assert given("erase", number, "colour", "--by", by, *WHY, "--yes").exit_code == 1
    assert given("erase", "BX-20200101-001", "name", "--by", by, *WHY).exit_code == 3
    assert given("erase", number, "--household", "1", "--by", by, *WHY).exit_code == 2
    assert given("erase", "--by", by, *WHY).exit_code == 2
    assert given("erase", number, "name", "--by", by).exit_code == 2
    assert given("verify").exit_code == 0
