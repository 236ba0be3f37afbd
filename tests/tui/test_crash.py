"""The quiet end: nothing a resident said leaves the program with an error."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from qiantai_tui.crash import QuietCrash, described, told, write_report
from qiantai_tui.text.words import speak

SECRET = "13800138000王阿姨"

PROGRAM = """
from datetime import datetime, timezone
from pathlib import Path
import sys
import tempfile
from qiantai_tui.program.base import BaseApp
class Breaking(BaseApp):
    def on_mount(self):
        phone = "13800138000王阿姨"
        {breaking}
app = Breaking(clock=lambda: datetime(2026, 11, 22, 9, 31, tzinfo=timezone.utc), reports=Path(sys.argv[1]))
app.run(headless=True, size=(80, 24))
sys.exit(app.return_code)
"""

WAYS = {
    "a value in the message": "raise ValueError(phone)",
    "two errors": "self.call_later(lambda: 1 / 0); raise KeyError(phone)",
    "in a worker": "self.run_worker(lambda: int(phone), thread=True)",
    "in a timer": "self.set_timer(0.01, lambda: {}[phone])",
    "markup": "from textual.widgets import Static; self.mount(Static('[/]' + phone))",
    "a rich error": "E = type('E', (Exception,), {'__rich__': lambda self: phone}); raise E(phone)",
    "a chain": """
        try:
            int(phone)
        except ValueError as error:
            raise RuntimeError(phone) from error""",
}


def _private(name: str) -> Any:
    return getattr(App, name)


def test_the_private_step_is_still_textuals() -> None:
    assert "show_locals=True" in inspect.getsource(_private("_fatal_error"))
    assert "self._fatal_error()" in inspect.getsource(_private("_handle_exception"))
    assert "self.panic(error)" in inspect.getsource(_private("_handle_exception"))
    assert "_exit_renderables" in inspect.getsource(_private("_print_error_renderables"))
    assert QuietCrash._fatal_error is not _private("_fatal_error")


@pytest.mark.parametrize("way", WAYS)
def test_nothing_personal_is_printed_or_written(way: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("{breaking}", WAYS[way]), str(tmp_path / "reports")],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    [report] = (tmp_path / "reports").iterdir()
    written = report.read_text(encoding="utf-8")
    assert str(report) in done.stderr.replace("\n", "")
    assert "程序出错" in done.stderr
    for text in (done.stdout, done.stderr, written):
        assert "13800138000" not in text
        assert "王阿姨" not in text
        assert str(Path.home()) not in text.replace(str(tmp_path), "")
    assert "Traceback" not in done.stderr
    assert "Error" in written or ".E" in written


def _caught(phone: str, at: datetime) -> ValueError:
    try:
        write_report(phone, Path("/nowhere"), at)  # type: ignore[arg-type]
    except (AttributeError, TypeError) as inner:
        try:
            raise ValueError(phone) from inner
        except ValueError as error:
            return error
    raise AssertionError


def test_a_report_names_types_and_our_lines(noon: datetime) -> None:
    text = described(_caught(SECRET, noon), noon)
    assert "builtins.ValueError" in text
    assert "qiantai_tui/crash.py:" in text
    assert "in write_report" in text
    assert "2026-11-22T09:31:00+08:00" in text
    assert SECRET not in text


def test_a_folder_that_cannot_be_written(noon: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    other = tmp_path / "other"
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(other))
    error = _caught(SECRET, noon)
    assert str(other) in told(error, blocked, noon)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(blocked))
    words = told(error, blocked, noon)
    assert "builtins.ValueError" in words
    assert SECRET not in words


def test_in_english(noon: datetime, tmp_path: Path) -> None:
    speak("en")
    assert "has stopped" in told(_caught(SECRET, noon), tmp_path, noon)
