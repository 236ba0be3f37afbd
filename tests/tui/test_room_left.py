"""A rehearsal whose terminal is closed under it leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
BEGINS = "第一通电话".encode()


@pytest.mark.parametrize("end", [None, signal.SIGHUP, signal.SIGTERM], ids=["closed", "hung up", "ended"])
def test_it_takes_its_folder_along(end: signal.Signals | None, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    given = os.environ | {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "qiantai_tui", "rehearse", "first-dripping-tap"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=_take_the_terminal,
        env=given,
    ) as running:
        os.close(theirs)
        try:
            seen = b""
            while BEGINS not in seen:
                seen += os.read(ours, 4096)
            assert list(tmp_path.glob("qiantai-rehearsal-*"))
            if end is None:
                os.close(ours)
            else:
                running.send_signal(end)
                _read_to_the_end(ours)
            running.wait(timeout=60)
        finally:
            running.kill()
    assert not list(tmp_path.glob("qiantai-rehearsal-*"))


def _take_the_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read_to_the_end(ours: int) -> None:
    try:
        while os.read(ours, 4096):
            """What it still writes."""
    except OSError:
        """It has gone."""
    finally:
        os.close(ours)
