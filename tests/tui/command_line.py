"""The command line as tests give it: one line, its exit code and what it wrote."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from qiantai_tui.cli.root import root
from qiantai_tui.cli.speech import Speech


def given(*arguments: str | Path, language: str = "zh", typed: str | None = None) -> Result:
    """What came of these arguments; an error that nobody foresaw is raised."""
    say = Speech("en" if language == "en" else "zh")
    return CliRunner().invoke(root(say), [str(each) for each in arguments], input=typed, catch_exceptions=False)


def answered(*arguments: str | Path, code: int = 0) -> Any:
    """The JSON of these arguments, which end with that code."""
    result = given(*arguments, "--json")
    assert result.exit_code == code, result.output
    return json.loads(result.stdout)
