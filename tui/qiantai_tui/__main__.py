"""The program's entry: `qiantai`, and `python -m qiantai_tui`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line to its exit code. An error that nobody foresaw ends in a report without any value in it."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _write_chinese()
    if given == ["--version"]:
        from qiantai_tui.cli.version import version

        print(f"qiantai {version()}")
        return 0
    from qiantai_tui.cli.root import root
    from qiantai_tui.cli.running import run
    from qiantai_tui.cli.speech import chosen_speech

    say = chosen_speech(given, os.environ)
    try:
        return run(root(say), say, given, prog_name="qiantai")
    except Exception as error:
        return _ended(error, say.language)


def _write_chinese() -> None:
    """A console that has no Chinese, as one with code page 936 lacks some signs, is written to in UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, LookupError, UnicodeEncodeError, ValueError):
            if sys.platform == "win32" or not _takes_chinese(stream.encoding):
                stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]


def _takes_chinese(encoding: str | None) -> bool:
    try:
        "前台✓".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _ended(error: Exception, language: str) -> int:
    """Says that the program has ended, and where the report lies."""
    from qiantai.desk import now
    from qiantai_tui.crash import told
    from qiantai_tui.sites.files import reports_folder
    from qiantai_tui.text.words import speak

    speak("en" if language == "en" else "zh")
    print(told(error, reports_folder(), now()), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
