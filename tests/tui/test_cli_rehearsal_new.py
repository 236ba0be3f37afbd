"""`qiantai rehearsal new` and `check`: begun in a moment, never over another, and everything that is wrong told."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai_scenarios import parse_scenario
from qiantai_tui.cli import rehearsal_edit
from qiantai_tui.cli.stopped import DONE, NOT_ALLOWED, REFUSED, USAGE
from qiantai_tui.room import trying
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.writing.app import WritingApp
from tests.tui.command_line import answered, given


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo")


@pytest.mark.parametrize("kind", ["repair", "complaint", "suggestion", "enquiry", "challenge", "help"])
def test_a_new_one_plays_at_once(kind: str, tmp_path: Path) -> None:
    file = tmp_path / f"{kind}.toml"
    assert answered("rehearsal", "new", file, "--kind", kind)["points"] == 100
    assert answered("rehearse", file, "--model")["score"]["points"] == 100
    assert given("replay", file).exit_code == DONE
    assert answered("rehearsal", "check", file)["ok"] is True


def test_it_goes_into_the_sites_folder_and_over_no_other(folder: Path) -> None:
    first = given("rehearsal", "new", "--title", "夜里漏水", "--grade", "3", "--household", "8-1-902", "--site", folder)
    file = folder / "rehearsals" / "my-repair.toml"
    assert (first.exit_code, file.exists()) == (DONE, True)
    assert f"qiantai rehearse {file}" in first.stdout
    about = answered("rehearse", file)["rehearsal"]
    assert (about["title"]["zh"], about["grade"]) == ("夜里漏水", 3)
    assert Path(answered("rehearsal", "new", "--site", folder)["file"]).name == "my-repair-2.toml"
    named = folder / "rehearsals" / "夜班.toml"
    assert given("rehearsal", "new", "夜班", "--site", folder).exit_code == DONE
    before = named.read_bytes()
    again = given("rehearsal", "new", "夜班", "--site", folder)
    assert (again.exit_code, named.read_bytes()) == (REFUSED, before)
    assert "已经有了" in again.stderr


def test_its_remarks_are_in_the_language_of_the_run(tmp_path: Path) -> None:
    assert given("rehearsal", "new", tmp_path / "a.toml").exit_code == DONE
    assert given("rehearsal", "new", tmp_path / "b.toml", language="en").exit_code == DONE
    assert "# 谁在场" in (tmp_path / "a.toml").read_text(encoding="utf-8")
    assert "# Who is there" in (tmp_path / "b.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../out", "-x", "a b", "x" * 70])
def test_a_name_that_is_none_is_refused(name: str, folder: Path) -> None:
    found = given("rehearsal", "new", "--site", folder, "--", name)
    assert found.exit_code == REFUSED
    assert not (folder / "rehearsals").exists()
    assert not (folder / "out.toml").exists()


def test_it_is_for_trainers_and_supervisors(folder: Path) -> None:
    refused = given("rehearsal", "new", "--by", "li", "--site", folder)
    assert (refused.exit_code, (folder / "rehearsals").exists()) == (NOT_ALLOWED, False)
    assert given("rehearsal", "new", "--by", "gu", "--site", folder).exit_code == DONE


def test_a_kind_that_is_none_is_told_with_those_there_are(tmp_path: Path) -> None:
    found = given("rehearsal", "new", tmp_path / "a.toml", "--kind", "leak")
    assert (found.exit_code, (tmp_path / "a.toml").exists()) == (USAGE, False)
    assert "repair" in found.stderr


def test_the_check_tells_all_at_once_each_at_its_line(tmp_path: Path) -> None:
    good, bad, wrong = (tmp_path / f"{each}.toml" for each in ("good", "bad", "wrong"))
    for each in (good, bad, wrong):
        given("rehearsal", "new", each)
    bad.write_text(bad.read_text(encoding="utf-8").replace("points = 40", "points = 30"), encoding="utf-8")
    text = wrong.read_text(encoding="utf-8").replace('name = "李静"', "name = 李静").replace('"emergency"', '"fire"')
    wrong.write_text(text, encoding="utf-8")
    assert given("rehearsal", "check", good).exit_code == DONE
    short = given("rehearsal", "check", good, bad)
    assert short.exit_code == REFUSED
    assert "加分的合起来是 90" in short.stdout
    found = answered("rehearsal", "check", good, bad, wrong, tmp_path / "none.toml", code=USAGE)
    assert [each["ok"] for each in found["files"]] == [True, False, False, False]
    lines = text.splitlines()
    told = [each["line"] for each in found["files"][2]["findings"]]
    assert told == [lines.index("name = 李静") + 1, lines.index('covers = ["fire"]') + 1]
    assert all(each["would_do"] and each["would_do_en"] for each in found["files"][2]["findings"])
    english = given("rehearsal", "check", wrong, tmp_path / "none.toml", language="en").stdout
    assert "line " in english
    assert "there is no such file" in english


def test_the_editor_needs_a_terminal_and_somebody_who_trains(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    given("rehearsal", "new", file)
    found = given("rehearsal", "edit", file)
    assert (found.exit_code, "终端" in found.stderr) == (REFUSED, True)
    given("rehearsal", "new", "own", "--site", folder)
    for name in ("own", folder / "rehearsals" / "own.toml"):
        assert given("rehearsal", "edit", name, "--by", "li", "--site", folder).exit_code == NOT_ALLOWED


def test_the_editor_opens_the_file_and_comes_back_after_each_try(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.toml"
    given("rehearsal", "new", file)
    done: list[str] = []

    def run(app: WritingApp) -> None:
        done.append("written")
        if len(done) == 1:
            app.to_try = parse_scenario(file.read_text(encoding="utf-8"), "a.toml")

    monkeypatch.setattr(WritingApp, "run", run)
    monkeypatch.setattr(trying, "rehearsed", lambda *_: done.append("played"))
    monkeypatch.setattr("qiantai_tui.terminal.prepare", lambda: None)
    monkeypatch.setattr(rehearsal_edit, "on_a_terminal", lambda: True)
    monkeypatch.setattr("qiantai_tui.writing.app.home", lambda: tmp_path / "home")
    assert given("rehearsal", "edit", file, "--site", folder).exit_code == DONE
    assert done == ["written", "played", "written"]
    assert given("rehearsal", "edit", "not-there", "--site", folder).exit_code == REFUSED
