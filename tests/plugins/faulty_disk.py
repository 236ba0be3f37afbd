"""A disk that says no, or a power cut, at a chosen call."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

CALLS = ("write", "fsync", "replace", "ftruncate")


class PowerCut(BaseException):
    """The machine stops here."""


class Failing:
    """One of `os`'s calls, which raises at its `at`-th turn; a write that fails has written its beginning."""

    def __init__(self, name: str, at: int, error: BaseException) -> None:
        self.name, self.at, self.error, self.calls = name, at, error, 0
        self.real: Any = getattr(os, name)

    def __call__(self, *arguments: Any) -> Any:
        self.calls += 1
        if self.calls != self.at:
            return self.real(*arguments)
        if self.name == "write":
            self.real(arguments[0], bytes(arguments[1])[:5])
        raise self.error

    @property
    def failed(self) -> bool:
        """Whether its turn came."""
        return self.calls >= self.at


@contextmanager
def failing(name: str, at: int, error: BaseException) -> Iterator[Failing]:
    """That call fails at that turn inside."""
    with pytest.MonkeyPatch.context() as patch:
        call = Failing(name, at, error)
        patch.setattr(os, name, call)
        yield call


def full() -> OSError:
    """The disk is full."""
    return OSError(28, "No space left on device")


def broken() -> OSError:
    """The disk cannot."""
    return OSError(5, "Input/output error")
