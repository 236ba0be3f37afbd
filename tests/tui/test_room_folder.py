"""The folder that a rehearsal is played in: gone when it ends, and swept where it was killed; never a living one's."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from filelock import FileLock

from qiantai_tui.room.folder import LOCK, PREFIX, folder_to_play_in, sweep_left

PLAYS = """
import sys
from qiantai_tui.room.folder import folder_to_play_in
with folder_to_play_in() as folder:
    (folder / "drafts.json").write_text("{}")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place of temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def playing(under: Path) -> tuple[subprocess.Popen[str], Path]:
    """Somebody who plays in another process, and where."""
    pipe, env = subprocess.PIPE, {**os.environ, "TMPDIR": str(under)}
    process = subprocess.Popen([sys.executable, "-c", PLAYS], stdin=pipe, stdout=pipe, text=True, env=env)
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_it_goes_with_its_end(tmp_path: Path) -> None:
    with folder_to_play_in() as folder:
        assert folder.parent == tmp_path
    assert not folder.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal")
def test_killed_it_is_swept_by_the_next_and_a_living_one_stays(tmp_path: Path) -> None:
    killed, left = playing(tmp_path)
    living, kept = playing(tmp_path)
    try:
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        assert (left / "drafts.json").exists()
        with folder_to_play_in() as here:
            assert not left.exists()
            assert (kept / "drafts.json").exists()
            assert here.exists()
    finally:
        living.communicate("")
    assert not kept.exists()


def test_what_is_none_of_ours_stays(tmp_path: Path) -> None:
    begun, other, elsewhere = tmp_path / f"{PREFIX}begun", tmp_path / "others", tmp_path / f"{PREFIX}link"
    for each in (begun, other):
        each.mkdir()
    (other / LOCK).write_text("theirs", encoding="utf-8")
    elsewhere.symlink_to(other)
    held = tmp_path / f"{PREFIX}held"
    held.mkdir()
    with FileLock(held / LOCK):
        sweep_left(tmp_path)
        assert {each.name for each in tmp_path.iterdir()} == {begun.name, "others", elsewhere.name, held.name}
    assert (other / LOCK).read_text(encoding="utf-8") == "theirs"
