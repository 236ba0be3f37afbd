"""The terminal before Textual, and the small window."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from textual.app import ComposeResult

from qiantai_tui.program.base import BaseApp
from qiantai_tui.terminal import too_small
from qiantai_tui.widgets.small_notice import SmallNotice
from tests.tui.screens_text import screen_text


def _run(code: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    kept = {k: v for k, v in os.environ.items() if k not in ("TEXTUAL_DISABLE_KITTY_KEY", "PYTHONIOENCODING")}
    return subprocess.run([sys.executable, "-c", code], capture_output=True, env=kept | environment, check=False)


def test_textual_reads_what_prepare_set() -> None:
    done = _run(
        "from qiantai_tui.terminal import prepare; prepare()\n"
        "from textual import constants; print(constants.DISABLE_KITTY_KEY)"
    )
    assert done.stdout.strip() == b"True", done.stderr


def test_too_late_is_said() -> None:
    done = _run("import textual.constants\nfrom qiantai_tui.terminal import prepare; prepare()")
    assert b"before the first import" in done.stderr


def test_output_that_cannot_write_chinese_becomes_utf8() -> None:
    code = "from qiantai_tui.__main__ import main; main(['--version']); print('前台✓⚠')"
    assert _run(code, PYTHONIOENCODING="gbk").stdout.decode().splitlines()[-1] == "前台✓⚠"
    assert _run(code, PYTHONIOENCODING="ascii").stdout.decode().splitlines()[-1] == "前台✓⚠"


def test_small_is_below_80_by_20() -> None:
    assert too_small(80, 20) is None
    assert "79x20" in str(too_small(79, 20))
    assert "80x19" in str(too_small(80, 19))


class Small(BaseApp):
    def compose(self) -> ComposeResult:
        yield SmallNotice()


async def test_the_notice_comes_and_goes(noon: datetime, tmp_path: Path) -> None:
    app = Small(clock=lambda: noon, reports=tmp_path)
    async with app.run_test(size=(60, 15)) as pilot:
        await pilot.pause()
        assert "窗口 60x15" in screen_text(app)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert "窗口" not in screen_text(app)
        await pilot.resize_terminal(80, 19)
        await pilot.pause()
        assert "窗口 80x19" in screen_text(app)
