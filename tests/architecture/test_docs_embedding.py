"""What the pages on embedding say is so: their examples run, their store keeps the contract, every name is there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from tools.public_names import ZH, documentation

import qiantai
from qiantai import Desk
from qiantai.testing import StoreContract

DOCS = Path(__file__).parents[2] / "docs"
PROMISES = [each for each in dir(StoreContract) if each.startswith("test_")]

pytestmark = pytest.mark.parametrize("page", ["embedding.zh-CN.md", "embedding.en.md"])


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def run(page: str, number: int, capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    """What a block makes of an empty scope, and what it prints."""
    scope: dict[str, Any] = {}
    exec(compile(blocks(page, "python")[number], page, "exec"), scope)  # the page's own words are what is tested
    return scope, capsys.readouterr().out


def test_the_ten_lines_print_what_stands_under_them(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, printed = run(page, 0, capsys)
    assert printed == blocks(page, "text")[0]
    lines = [each for each in blocks(page, "python")[0].splitlines() if each and "import" not in each]
    assert len(lines) <= 10


def test_the_store_of_the_page_keeps_what_a_store_promises(page: str, tmp_path: Path) -> None:
    _, store, test, _ = blocks(page, "python")
    (tmp_path / "sqlite_store.py").write_text(store, encoding="utf-8")
    (tmp_path / "test_sqlite_store.py").write_text(test, encoding="utf-8")
    (line,) = [each for each in blocks(page, "sh") if "pytest" in each]
    command = [sys.executable, *line.split()[1:], "-q", "-p", "no:cacheprovider", "-p", "no:xdist"]
    said = subprocess.run(command, cwd=tmp_path, env=os.environ, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout
    assert f"{2 * len(PROMISES)} passed" in said.stdout


def test_the_installed_kinds_are_taken_along(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    scope, printed = run(page, 3, capsys)
    assert set(scope["handbook"].requests) >= {"repair", "complaint"}
    assert printed == ""


def test_the_promised_modules_are_there(page: str) -> None:
    promised = re.findall(r"^\| (`qiantai\..*?`) \|", text_of(page), re.MULTILINE)
    names = [name for cell in promised for name in re.findall(r"`([a-z._]+)`", cell)]
    assert len(names) == 19
    for name in names:
        assert import_module(name).__doc__


def test_every_public_name_is_explained(page: str) -> None:
    said = documentation()
    assert sorted(said) == sorted(qiantai.__all__) == sorted(ZH)
    assert [name for name, text in said.items() if not text] == []
    table = text_of(page).partition("<!-- made: names -->")[2]
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| .+ \|$", table, re.MULTILINE)
    assert sorted(name for name, _ in rows) == sorted(qiantai.__all__)


def test_both_pages_have_the_same_code(page: str) -> None:
    other = "embedding.en.md" if "zh" in page else "embedding.zh-CN.md"
    same = [[block.replace(".zh", ".en") for block in blocks(each, "python")] for each in (page, other)]
    assert same[0] == same[1]


def test_whatever_can_be_asked_is_there_and_takes_what_the_page_gives_it(page: str) -> None:
    _, asked, _ = re.split(r"还可以问:|And there is more to ask:|同样的事说得长|The same at length", text_of(page))
    calls = re.findall(r"`((?:desk|qiantai)[\w.]*|audit|verify)\(([^`]*)\)`", asked)
    assert len(calls) >= 7
    for name, given in calls:
        owner, _, function = name.rpartition(".")
        found = getattr(Desk if owner == "desk" else import_module(owner or "qiantai"), function)
        keywords = dict.fromkeys(re.findall(r"(\w+)=", given))
        others = [each for each in given.split(", ") if "=" not in each]
        signature(found).bind(*(["the desk"] if owner == "desk" else []), *others, **keywords)
