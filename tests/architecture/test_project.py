"""The project as text: files that can be read in one sitting, and that speak of the project alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("kernel", "tui", "plugins", "fixtures", "examples", "tests", "bench", "tools")
LONGEST = 300

# Bracketed so that this file does not find itself.
ELSEWHERE = re.compile(
    r"/wor[k]/|/roo[t]/|/home/[a-z]+[/]|/User[s]/|[A-Z]:\\User[s]"
    r"|pypi\.or[g]|pythonhosted\.or[g]|npmjs\.(?:or[g]|com\b)|proxy\.golang\.or[g]|--index-ur[l]|extra-index-ur[l]"
)


def tracked() -> list[Path]:
    """The files under version control; where there is none (an unpacked archive), all files of its folders."""
    asked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if asked.returncode == 0:
        return [ROOT / each for each in asked.stdout.decode("utf-8").split("\0") if each and (ROOT / each).is_file()]
    folders = [ROOT / each for each in (*CODE, "docs", ".ci")]
    inside = [each for folder in folders for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc"]
    return [*inside, *(each for each in ROOT.iterdir() if each.is_file())]


def lines_that_speak_of_elsewhere(text: str) -> list[str]:
    """Lines with a path of one machine or a package registry's host."""
    return [f"line {n}: {each.strip()}" for n, each in enumerate(text.splitlines(), 1) if ELSEWHERE.search(each)]


def too_long(path: Path) -> bool:
    """Whether it has more lines than one sitting reads."""
    return len(path.read_text(encoding="utf-8").splitlines()) > LONGEST


def test_no_file_is_too_long() -> None:
    files = [each for folder in CODE for ending in ("*.py", "*.tcss") for each in (ROOT / folder).rglob(ending)]
    assert len(files) > 20
    assert [each.relative_to(ROOT).as_posix() for each in files if too_long(each)] == []


def test_a_long_file_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "a.py"
    file.write_text("x = 1\n" * LONGEST, encoding="utf-8")
    assert not too_long(file)
    file.write_text("x = 1\n" * (LONGEST + 1), encoding="utf-8")
    assert too_long(file)


def test_the_project_speaks_of_itself_alone() -> None:
    found = {}
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if lines := lines_that_speak_of_elsewhere(text):
            found[path.relative_to(ROOT).as_posix()] = lines
    assert found == {}


@pytest.mark.parametrize(
    "bad",
    ["open('/wor" + "k/main/a')", "HOME=/roo" + "t/", "https://pypi.or" + "g/simple", "registry.npmjs.or" + "g"],
)
def test_a_line_that_speaks_of_elsewhere_is_seen(bad: str) -> None:
    assert lines_that_speak_of_elsewhere(f"fine\n{bad}\n") == [f"line 2: {bad}"]
