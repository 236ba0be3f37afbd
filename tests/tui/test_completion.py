"""Completion: the script that a shell reads, and what it offers where Tab is pressed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qiantai.clauses import clauses
from qiantai.requests import REQUESTS
from qiantai_tui.cli.completion import SHELLS
from qiantai_tui.cli.root import COMMANDS
from tests.tui.command_line import given
from tests.tui.test_cli_root import HEAVY

BASH = shutil.which("bash")
TAB = """
source "$1"
complete -p qiantai >/dev/null || exit 9
shift
COMP_WORDS=(qiantai "$@")
COMP_CWORD=$#
_qiantai_completion qiantai
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the program under its own name."""
    folder = tmp_path_factory.mktemp("bin")
    script = folder / "qiantai"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m qiantai_tui "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def environment(program: Path) -> dict[str, str]:
    return {**os.environ, "PATH": f"{program}{os.pathsep}{os.environ['PATH']}"}


def offered(environment: dict[str, str], *words: str) -> list[str]:
    """What bash offers after these words, the last of them only begun."""
    script = Path(environment["PATH"].split(os.pathsep)[0]) / "completion.bash"
    if not script.exists():
        printed = subprocess.run(["qiantai", "completion", "bash"], env=environment, capture_output=True, check=True)
        script.write_bytes(printed.stdout)
    command = [str(BASH), "--norc", "-c", TAB, "bash", str(script), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.skipif(BASH is None or sys.platform == "win32", reason="no bash here")
def test_bash_offers_what_there_is(environment: dict[str, str]) -> None:
    assert offered(environment, "") == list(COMMANDS)
    assert offered(environment, "cas") == ["case"]
    assert offered(environment, "case", "") == ["list", "show", "receive", "do"]
    assert offered(environment, "--lang", "") == ["zh", "en"]
    assert offered(environment, "case", "list", "--ki") == ["--kind"]
    assert offered(environment, "case", "list", "--kind", "") == list(REQUESTS)
    assert "dispatch" in offered(environment, "case", "do", "BX-20261123-001", "dis")
    first = clauses()[0].id
    assert first in offered(environment, "clauses", first[:2].lower())
    assert offered(environment, "completion", "") == list(SHELLS)
    assert offered(environment, "config", "c") == ["check"]
    assert offered(environment, "no-such-command", "") == list(COMMANDS)


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_has_its_script(shell: str) -> None:
    result = given("completion", shell)
    assert result.exit_code == 0
    assert "_QIANTAI_COMPLETE" in result.stdout


def test_another_shell_is_told_which_there_are() -> None:
    result = given("completion", "tcsh")
    assert result.exit_code == 2
    assert "bash、zsh、fish" in result.stderr


def test_commands_are_offered_without_loading_what_they_need() -> None:
    code = (
        "import os, sys\n"
        "os.environ.update(_QIANTAI_COMPLETE='bash_complete', COMP_WORDS='qiantai c', COMP_CWORD='1')\n"
        "from qiantai_tui.__main__ import main\n"
        "try: main([])\n"
        "finally: print('|', *sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, encoding="utf-8")
    offered, _, loaded = done.stdout.rpartition("|")
    assert offered.split() == [f"plain,{each}" for each in COMMANDS if each.startswith("c")]
    assert {each.partition(".")[0] for each in loaded.split()} & HEAVY == set()
