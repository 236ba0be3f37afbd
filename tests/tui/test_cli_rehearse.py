"""`qiantai rehearse` and `qiantai rehearsal records`: lists, scores, debriefs, and a site that stays as it is."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest

from qiantai import Person
from qiantai_scenarios import read_scenario
from qiantai_scenarios.library import rehearsal_files
from qiantai_scenarios.rehearsing import model, run_lines
from qiantai_tui.cli.stopped import DONE, NOT_ALLOWED, NOT_FOUND, REFUSED, USAGE
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import make_site
from qiantai_tui.sites.training_book import read_training
from tests.tui.command_line import answered, given

NAME = "a-dog-at-midnight"
BAD = Path(str(files("qiantai_scenarios"))) / "rehearsals" / f"{NAME}.bad.jsonl"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """The model of a rehearsal, as somebody's run."""
    scenario = read_scenario(next(each for each in rehearsal_files() if each.name == f"{NAME}.toml"))
    file = tmp_path / "good.jsonl"
    file.write_text(run_lines(model(scenario), NAME), encoding="utf-8")
    return file


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site of one's own: its staff is `own_site.toml`'s."""
    return make_site(tmp_path / "site", "demo")


def test_all_are_listed_with_what_they_train() -> None:
    found = answered("rehearse")["rehearsals"]
    assert found[0]["grade"] == 1
    assert {each["id"] for each in found} == {each.name.removesuffix(".toml") for each in rehearsal_files()}
    lines = given("rehearse", language="en").stdout.splitlines()
    assert lines[0] == "Name\tGrade\tTitle\tCovers\tKinds\tMinutes"
    [line] = [each for each in lines if each.startswith(NAME)]
    assert line.split("\t") == [NAME, "2", "A dog that barks at midnight", "communication", "Complaint", "12"]


def test_the_sites_own_come_first_and_a_file_that_is_none_is_told_beside_the_list(site: Path) -> None:
    own = site / "rehearsals"
    own.mkdir()
    shipped = next(each for each in rehearsal_files() if each.name == f"{NAME}.toml")
    text = shipped.read_text(encoding="utf-8").replace(NAME, "our-dog")
    (own / "our-dog.toml").write_text(text, encoding="utf-8")
    (own / "broken.toml").write_text("id =", encoding="utf-8")
    found = given("rehearse", "--site", str(site))
    assert found.stdout.splitlines()[1].startswith("our-dog\t")
    assert "broken.toml" in found.stderr
    assert answered("rehearse", "our-dog", "--site", str(site))["rehearsal"]["trainee"] == "li"


def test_one_is_told_with_how_to_go_on() -> None:
    assert answered("rehearse", NAME)["rehearsal"]["trainee"] == "li"
    told = given("rehearse", NAME).stdout
    assert "半夜狗叫的投诉" in told
    assert "--run" in told


def test_the_model_has_all_points() -> None:
    found = answered("rehearse", NAME, "--model")
    assert (found["score"]["points"], found["lost"]) == (100, [])
    assert "100/100 合格" in given("rehearse", NAME, "--model").stdout


def test_a_run_is_scored_and_told(good: Path) -> None:
    assert answered("rehearse", NAME, "--run", good)["score"]["points"] == 100
    bad = answered("rehearse", NAME, "--run", BAD, code=REFUSED)
    assert (bad["score"]["passed"], bad["score"]["refusals"][0]["clause"]) == (False, "M-4.2a")
    told = given("rehearse", NAME, "--run", BAD, language="en")
    assert told.exit_code == REFUSED
    assert told.stdout.startswith("0/100 not passed (80 to pass)")
    assert "[R-3.1.3a]" in told.stdout
    assert "Next time:" in told.stdout


def test_a_file_of_ones_own_is_rehearsed(tmp_path: Path) -> None:
    text = next(each for each in rehearsal_files() if each.name == f"{NAME}.toml").read_text(encoding="utf-8")
    own = tmp_path / "own.toml"
    own.write_text(text.replace(NAME, "own"), encoding="utf-8")
    assert answered("rehearse", own, "--model")["rehearsal"]["id"] == "own"
    own.write_text(text[: text.index("[rehearsal]")], encoding="utf-8")
    assert "no [rehearsal]" in given("rehearse", own, language="en").stderr
    own.write_text(text.replace("grade = 2", "grade = 9"), encoding="utf-8")
    result = given("rehearse", own, "--model", language="en")
    assert (result.exit_code, "grade: it cannot be 9. What would do: 1 to 5" in result.stderr) == (USAGE, True)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["nothing"], NOT_FOUND, "no rehearsal nothing; there are "),
        (["nothing.toml"], USAGE, "it cannot be opened"),
        ([NAME, "--run", "nothing.jsonl"], USAGE, "nothing.jsonl cannot be opened"),
        (["--model"], USAGE, "name a rehearsal, or give its file"),
        ([NAME, "--model", "--run", "x"], USAGE, "not both"),
        ([NAME, "--html", "x.html"], USAGE, "goes with --run or --model"),
        ([NAME, "--model", "--record", "li"], USAGE, "--record goes with --run"),
    ],
)
def test_what_cannot_be_taken_is_told(arguments: list[str], code: int, said: str) -> None:
    result = given("rehearse", *arguments, language="en")
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr


def test_a_run_that_is_none_is_told_by_its_lines(tmp_path: Path) -> None:
    run = tmp_path / "run.jsonl"
    run.write_text('{"rehearsal": "another"}\n{"at": "nine", "do": "note", "case": "A"}\n', encoding="utf-8")
    result = given("rehearse", NAME, "--run", run, language="en")
    assert result.exit_code == USAGE
    assert f"{run}:1: rehearsal: it is of another" in result.stderr
    assert f"{run}:2: at: it cannot be 'nine'" in result.stderr
    run.write_bytes("好".encode("gbk"))
    assert "not UTF-8" in given("rehearse", NAME, "--run", run, language="en").stderr


def test_the_debrief_is_written_as_a_page_and_again(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    for _ in range(2):
        assert given("rehearse", NAME, "--run", BAD, "--html", page).exit_code == REFUSED
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert given("rehearse", NAME, "--run", BAD, "--html", tmp_path / "none" / "x.html").exit_code == REFUSED


def test_the_sites_agreed_answers_are_drills(site: Path) -> None:
    found = answered("rehearse", "--scripts", "--site", site)["rehearsals"]
    assert "script-pets-1" in {each["id"] for each in found}
    assert answered("rehearse", "script-pets-1", "--scripts", "--model", "--site", site)["score"]["points"] == 100
    missing = given("rehearse", "--scripts", "--site", site / "none")
    assert missing.exit_code == NOT_FOUND


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each.relative_to(folder)): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_nothing_of_a_rehearsal_reaches_the_site_but_its_line_in_the_book(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    before = contents(folder)
    given("rehearse", NAME, "--run", BAD, "--site", folder)
    given("rehearse", "script-pets-1", "--scripts", "--model", "--site", folder)
    assert contents(folder) == before
    given("rehearse", NAME, "--run", BAD, "--record", "li", "--site", folder)
    after = contents(folder)
    assert {name: after[name] for name in before} == before
    assert {name.strip(".").split(".")[0] for name in set(after) - set(before)} == {"training"}
    line = json.loads((folder / "training.jsonl").read_text(encoding="utf-8"))
    assert (line["by"], line["fields"]["rehearsal"]) == ("li", NAME)
    assert line["fields"]["points"] < line["fields"]["pass"]


def test_a_result_goes_on_record_and_who_may_sees_it(site: Path, good: Path) -> None:
    assert given("rehearse", NAME, "--run", good, "--record", "李静", "--site", site).exit_code == DONE
    assert given("rehearse", NAME, "--run", BAD, "--record", "bao", "--site", site).exit_code == REFUSED
    every = answered("rehearsal", "records", "--by", "gu", "--site", site)
    assert [(each["person"], each["passed"]) for each in every["attempts"]] == [("li", True), ("bao", False)]
    assert (every["tested"], every["passed"], every["holds"]) == (2, 1, False)
    assert {each["covers"] for each in every["missing"] if each["person"] == "li"} == {"knowledge", "emergency"}
    own = answered("rehearsal", "records", "--by", "bao", "--site", site)
    assert {each["person"] for each in own["plan"]} == {"bao"}
    assert [each["person"] for each in own["attempts"]] == ["bao"]
    assert answered("rehearsal", "records", "--site", site) == every
    assert answered("rehearsal", "records", "--by", "lin", "--site", site) == every
    told = given("rehearsal", "records", "--site", site, language="en").stdout
    assert "50% (1/2) [R-4c]" in told
    assert "lacking: " in told


def test_where_people_sign_in_the_records_are_shown_to_those_who_prove_it(site: Path, tmp_path: Path) -> None:
    (site / "settings.toml").unlink()
    refused = given("rehearsal", "records", "--site", site, language="en")
    assert (refused.exit_code, "people sign in" in refused.stderr) == (NOT_ALLOWED, True)
    pin = tmp_path / "pin"
    pin.write_text("7391\n", encoding="utf-8")
    assert PinBook(site).choose(Person("gu", "顾培", ("trainer",)), "7391") is None
    assert answered("rehearsal", "records", "--by", "gu", "--pin-file", pin, "--site", site)["attempts"] == []
    pin.write_text("1937\n", encoding="utf-8")
    wrong = given("rehearsal", "records", "--by", "gu", "--pin-file", pin, "--site", site)
    assert wrong.exit_code == NOT_ALLOWED


def test_where_people_sign_in_a_trainer_puts_a_run_on_record_and_nobody_their_own(
    site: Path, good: Path, tmp_path: Path
) -> None:
    (site / "settings.toml").unlink()
    pins = {"li": "7391", "gu": "8246"}
    for person, role in (("li", "desk"), ("gu", "trainer")):
        (tmp_path / person).write_text(pins[person], encoding="utf-8")
        assert PinBook(site).choose(Person(person, person, (role,)), pins[person]) is None
    run = ("rehearse", NAME, "--run", good, "--record", "li", "--site", site)
    for by in ((), ("--by", "li", "--pin-file", tmp_path / "li"), ("--by", "gu", "--pin-file", tmp_path / "li")):
        refused = given(*run, *by, language="en")
        assert refused.exit_code == NOT_ALLOWED
        assert refused.stderr
    assert "a result is put on record by Trainer, Customer-service supervisor" in given(
        *run, "--by", "li", "--pin-file", tmp_path / "li", language="en"
    ).stderr  # fmt: skip
    assert not (site / "training.jsonl").exists()
    assert given(*run, "--by", "gu", "--pin-file", tmp_path / "gu").exit_code == DONE
    assert [each.person for each in read_training(FileBooks(site))] == ["li"]


def test_another_quarter_has_none_of_it(site: Path, good: Path) -> None:
    given("rehearse", NAME, "--run", good, "--record", "li", "--site", site)
    found = answered("rehearsal", "records", "--quarter", "2020q1", "--site", site)
    assert (found["quarter"], found["attempts"], found["holds"]) == ("2020Q1", [], None)
    assert "2020Q1 knowledge lacking" in given(
        "rehearsal", "records", "--quarter", "2020Q1", "--site", site, language="en"
    ).stdout  # fmt: skip
    assert given("rehearsal", "records", "--quarter", "winter", "--site", site).exit_code == USAGE


def test_nobody_of_the_staff_is_told(site: Path, good: Path) -> None:
    assert given("rehearse", NAME, "--run", good, "--record", "nobody", "--site", site).exit_code == NOT_ALLOWED
    assert given("rehearsal", "records", "--by", "nobody", "--site", site).exit_code == NOT_ALLOWED
    assert not (site / "training.jsonl").exists()
