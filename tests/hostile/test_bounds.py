"""Memory and work stay within bounds: what would not is refused first, in a process that may have no more."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qiantai_roll import UnreadableRoll, read_roll
from tests.hostile.bombs import BOMBS

ROOT = Path(__file__).parents[2]
MEGABYTES = 900
"""Of address space, of which Python and its libraries take some two hundred."""

BOUND = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({MEGABYTES} << 20, {MEGABYTES} << 20))\n"
PROGRAM = BOUND + "import sys; from qiantai_tui.__main__ import main; sys.exit(main(sys.argv[1:]))"
READER = (
    BOUND
    + """
import sys
from tests.hostile.bombs import BOMBS
from qiantai_roll import UnreadableRoll, read_roll
for name, make in BOMBS.items():
    with open(sys.argv[1], "wb") as file:
        file.write(make())
    try:
        read_roll(sys.argv[1])
        print(name, "was read")
    except UnreadableRoll as error:
        print(name, "refused:", error.what.en)
"""
)

linux = pytest.mark.skipif(sys.platform != "linux", reason="address space is bounded on Linux alone")


def limited(code: str, *arguments: str, site: Path) -> subprocess.CompletedProcess[str]:
    """A process with so much memory and no more."""
    environment = {**os.environ, "XDG_DATA_HOME": str(site.parent), "QIANTAI_LANG": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=environment, cwd=ROOT, encoding="utf-8")


@linux
def test_no_roll_takes_more_memory_than_there_is(tmp_path: Path) -> None:
    done = limited(READER, str(tmp_path / "roll"), site=tmp_path)
    assert done.returncode == 0, done.stderr
    outcomes = {line.partition(" ")[0]: line.partition(" ")[2] for line in done.stdout.splitlines()}
    assert list(outcomes) == list(BOMBS)
    assert {name: each for name, each in outcomes.items() if not each.startswith("refused:")} == {}


@linux
def test_a_bomb_ends_with_a_word_and_nothing_written(tmp_path: Path) -> None:
    site, file = tmp_path / "site", tmp_path / "roll"
    file.write_bytes(BOMBS["entities"]())
    assert limited(PROGRAM, "demo", "--no-desk", "--store-in", str(site), site=site).returncode == 0
    before = (site / "households.json").read_bytes()
    done = limited(PROGRAM, "--site", str(site), "import", "households", str(file), "--yes", site=site)
    assert (done.returncode, "What would do: Ask where it came from" in done.stderr) == (2, True), done.stderr
    assert (site / "households.json").read_bytes() == before


@linux
@pytest.mark.parametrize(
    "command",
    [("replay", "/dev/zero"), ("--site", "SITE", "what-if", "--policy", "/dev/zero"), ("config", "check")],
    ids=lambda command: command[0],
)
def test_a_file_without_end_is_no_file(command: tuple[str, ...], tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert limited(PROGRAM, "demo", "--no-desk", "--store-in", str(site), site=site).returncode == 0
    arguments = [str(site) if each == "SITE" else each for each in command]
    done = limited(PROGRAM, "--config", "/dev/zero", *arguments, site=site)
    assert (done.returncode, "it is larger than" in done.stderr) == (2, True), done.stderr


@linux
def test_an_anchor_without_end_is_none(tmp_path: Path) -> None:
    done = limited(PROGRAM, "verify", "--anchor", "/dev/zero", site=tmp_path)
    assert (done.returncode, "is no anchor" in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("name", ["entities", "outside", "many_sheets", "depth", "attributes"])
def test_what_no_spreadsheet_program_writes_is_told_apart(name: str, tmp_path: Path) -> None:
    file = tmp_path / "roll.xlsx"
    file.write_bytes(BOMBS[name]())
    with pytest.raises(UnreadableRoll, match="no spreadsheet program builds"):
        read_roll(file)
