"""The one outlet of the command line: nobody's text reaches a terminal as anything but words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast


class Outlet:
    """A stream of text in which control characters, escapes and what turns a line round are spaces."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str | bytes) -> int:
        """Writes the text, its line ends and tabs as they are; bytes, as of a completion, as the UTF-8 they are.

        Raises `TypeError` for no bytes at all, which is how one asks whether a stream is one of text.
        """
        if not isinstance(text, str):
            if not text:
                raise TypeError("a stream of text")
            text = text.decode("utf-8", "replace")
        return self._stream.write(text if text.replace("\n", "").replace("\t", "").isprintable() else _still(text))

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)  # there is no way around
        return getattr(self._stream, name)


def _still(text: str) -> str:
    from qiantai.plainly import UNSTILL  # of no use to a run that only helps

    return UNSTILL.sub(lambda found: found[0] if found[0] in "\n\t" else " ", text)


@contextmanager
def outlets() -> Iterator[None]:
    """Whatever is written to standard output and standard error meanwhile goes through an outlet."""
    out, error = cast(TextIO, Outlet(sys.stdout)), cast(TextIO, Outlet(sys.stderr))
    with redirect_stdout(out), redirect_stderr(error):
        yield
