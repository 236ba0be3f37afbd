"""What is taken away in a table is no formula in a spreadsheet program, and as JSON it is what it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from qiantai_tui.cli.answers import write_table
from qiantai_tui.sites.demo import make_demo
from tests.tui.command_line import answered, given

FORMULAS = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+1+cmd|'x'!A0",
    "-2+3+cmd|'x'!A0",
    "@SUM(A1:A9)",
    "＝1+1",
    " =1+1",
    "\t=1+1",
    "==1",
)
NO_FORMULAS = ("-", "+", "=", "漏水", "1-2-301", "+86 138 0000 1234", "+02:00", "-5", "–", "a=b", "")


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_table(["内容"], [[text]])
    cell = capsys.readouterr().out.splitlines()[1]
    assert cell.startswith("'")
    assert cell.strip("' \t") == text.strip()


@pytest.mark.parametrize("text", NO_FORMULAS)
def test_what_is_none_stays_as_it_is(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    write_table(["内容"], [[text]])
    assert capsys.readouterr().out.splitlines()[1] == text


def test_the_register_takes_no_formula_from_a_resident_to_a_spreadsheet(tmp_path: Path) -> None:
    site = make_demo(tmp_path / "demo")
    said = ("kind=complaint", "channel=phone", f"summary={FORMULAS[1]}", "demand=x")
    assert answered("case", "receive", "--by", "li", "--site", site, *said)["ok"]
    rows = list(csv.reader(io.StringIO(given("register", "--site", site).stdout), delimiter="\t"))
    cells = [cell for row in rows for cell in row if "calc" in cell]
    assert cells
    assert all(cell.startswith("'=") for cell in cells)
    assert FORMULAS[1] in json.dumps(answered("register", "--site", site), ensure_ascii=False)


def test_a_formula_in_a_roll_is_text_in_the_roll_and_in_what_is_told(tmp_path: Path) -> None:
    site, roll = make_demo(tmp_path / "demo"), tmp_path / "roll.csv"
    roll.write_text(f'房号,姓名\n9-9-901,"{FORMULAS[1]}"\n', encoding="utf-8")
    assert answered("import", "households", roll, "--yes", "--site", site)["new"] == ["9-9-901"]
    said = ("kind=complaint", "channel=phone", "household=9-9-901", "summary=x", "demand=x")
    assert answered("case", "receive", "--by", "li", "--site", site, *said)["ok"]
    cells = given("register", "--site", site).stdout.replace("\n", "\t").split("\t")
    assert not any(each.startswith("=") for each in cells)
