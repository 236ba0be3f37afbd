"""How a run ends: the exit codes, and the errors that end it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

DONE, REFUSED, USAGE, NOT_FOUND, LOCKED, NOT_ALLOWED = range(6)
"""The exit codes."""


class Stopped(click.ClickException):
    """A run that ends with this exit code and these words; `data` is what `--json` tells of it besides."""

    def __init__(self, exit_code: int, message: str, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click has it on the class, and reads it off the instance
        self.data = dict(data or {})


class Misused(click.UsageError):
    """A command line that cannot be taken, already in the language of the run."""
