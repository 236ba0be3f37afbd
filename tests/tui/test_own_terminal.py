"""The program as it is run, in a process and on a terminal of its own: every mode, the forms, and the first start.

From Python 3.12 on Textual starts its tasks at once there, and later under a pilot: what is not ready yet shows here.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytest.importorskip("pty", reason="there is no pseudo-terminal here")

from tests.tui.own_terminal import OwnTerminal, own_terminal

PIN = "fox under stairs"
MODES = (
    ("f3", "─ 查找 F3 ─"),
    ("f15", "─ 口径 Shift+F3 ─"),
    ("f20", "─ 统计 20"),
    ("f17", "─ 演练 "),
    ("f7", "─ 登记表 "),
    ("f18", "─ 回访 "),
    ("f16", "─ 提醒 "),
    ("f24", "─ 交接班 ─"),
    ("1", "─ 待办 "),
    ("4", "─ 统计 20"),
    ("1", "─ 待办 "),
)
"""Keys, and what is seen then."""
BOXES = (
    ("f1", "─ 帮助 ─"),
    ("f13", "─ 全部按键 ─"),
    ("f14", "─ 配色 ─"),
    ("ctrl+o", "按字母到那一处"),
    ("ctrl+p", "功能名、拼音首字母或按键"),
    ("f4", "─ 下一步 · "),
    ("f5", "─ 派单 · "),
    ("f8", "─ 为什么 ─"),
    ("f9", "─ 应急登记 F9 ─"),
    ("f12", "─ 谁在前台? ─"),
    ("ctrl+l", "─ 突发事件 ─"),
)
"""What opens over the queue, and is closed by Esc."""


@contextmanager
def running(home: Path, *arguments: str) -> Iterator[OwnTerminal]:
    """The program in a home where it was never run."""
    given = {name: each for name, each in os.environ.items() if not name.startswith(("QIANTAI", "TEXTUAL", "COLUMNS"))}
    here = {"HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
    own = {"TERM": "xterm-256color", "QIANTAI_LANG": "zh", "QIANTAI_CONFIG": str(home / "config.toml")}
    with own_terminal((sys.executable, "-m", "qiantai_tui", *arguments), given | here | own) as terminal:
        yield terminal


def test_a_walk_through_the_demo_estate(tmp_path: Path) -> None:
    with running(tmp_path, "demo") as desk:
        desk.see("─ 谁在前台? ─")
        desk.press("林晓", "enter")
        desk.see("阳光花园 · 林晓(")
        for key, title in MODES:
            desk.press(key)
            desk.see(title)
        for key, title in BOXES:
            desk.press(key)
            desk.see(title)
            desk.press("escape")
            desk.see_no_more(title)
        desk.press("f2", "1-2-301 阳台漏水", "enter")
        desk.see("─ 受理登记 ─")
        desk.press("f8", "enter")
        desk.see_no_more("─ 受理登记 ─")
        desk.see("报修 阳台漏水")
        desk.press("enter")
        desk.see("经过(新的在上)")
        desk.press("ctrl+y")
        desk.see("─ 业户档案 ")
        desk.press("c")
        desk.see("─ 给业户复制件 ")
        desk.press("escape", "f17", "enter")
        desk.see("Esc 不练了")
        desk.press("enter")
        desk.see_no_more("Esc 不练了")
        desk.press("f11")
        desk.see("─ 演练怎么走? ─")
        desk.press("escape")
        desk.see_no_more("─ 演练怎么走? ─")
        desk.press("ctrl+q")
        desk.see_no_more("不是真事")
        desk.press("ctrl+q")
        assert desk.end() == 0
        assert "Traceback" not in desk.written
    assert not list(tmp_path.rglob("qiantai-error-*"))


def test_the_first_start_leads_to_an_estate_of_ones_own(tmp_path: Path) -> None:
    """Where its first administrator is to choose a PIN."""
    with running(tmp_path) as desk:
        desk.see("第一次使用")
        desk.press("2")
        desk.see("─ 我的小区 ")
        desk.press("阳光花园", "f10")
        desk.see("两项都要填")
        desk.press("林晓", "f10")
        desk.see("─ 登录 · 阳光花园 ─")
        desk.press("enter")
        desk.see("─ 设 PIN")
        desk.press(PIN)
        desk.see("•" * len(PIN))
        desk.press("ctrl+q")
        assert desk.end() == 0


def test_a_terminal_that_is_taken_away_ends_the_program_and_frees_the_site(tmp_path: Path) -> None:
    with running(tmp_path, "demo") as desk:
        desk.see("─ 谁在前台? ─")
        assert desk.hang_up() in (-signal.SIGHUP, 128 + signal.SIGHUP), "the other where nohup has begun all this"
    with running(tmp_path, "demo") as desk:
        desk.see("─ 谁在前台? ─")
        desk.press("ctrl+q")
        assert desk.end() == 0
