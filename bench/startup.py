"""What a start costs: processes side by side in one run, from Python alone to the desk's first screen."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

MARK = 400
"""Milliseconds from the start to a desk that can be used, at most, where Python's bytecode and the files are warm."""

# What Textual itself costs.
TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    def compose(self):
        yield Static("front desk")

Trivial().run()
"""

PYTHON = (sys.executable,)
DESK = (*PYTHON, "-m", "qiantai_tui")
MADE = (
    'from pathlib import Path; from qiantai_tui.sites.own import make_own_site; make_own_site(Path("own"), "甲", "乙")'
)
"""A site of one's own, whose first screen asks who signs in."""

# What is run, and the words on the screen that end the measurement; without words it is the process's own end.
PROBES: dict[str, tuple[tuple[str, ...], str]] = {
    "python -c pass": ((*PYTHON, "-c", "pass"), ""),
    "import attrs, cattrs": ((*PYTHON, "-c", "import attrs, cattrs"), ""),
    "import qiantai": ((*PYTHON, "-c", "import qiantai"), ""),
    "load_plugins()": ((*PYTHON, "-c", "from qiantai.plugins import load_plugins; load_plugins()"), ""),
    "qiantai --help": ((*DESK, "--help"), ""),
    "qiantai --version": ((*DESK, "--version"), ""),
    "a trivial Textual app, first screen": ((*PYTHON, "-c", TRIVIAL), "front desk"),
    "qiantai demo, the question can be answered": ((*DESK, "demo"), "谁在前台"),
    "qiantai demo, the queue under it is whole": ((*DESK, "demo"), "按时限"),
    "the question, with settings, no keys changed": ((*DESK, "--config", "colours.toml", "demo"), "谁在前台"),
    "the question, with a key changed": ((*DESK, "--config", "keys.toml", "demo"), "谁在前台"),
    "qiantai on one's own site, signing in": ((*DESK, "--site", "own"), "登录"),
}
ASKS, WHOLE = "qiantai demo, the question can be answered", "qiantai demo, the queue under it is whole"
JUDGED = (ASKS, WHOLE, "qiantai on one's own site, signing in")
"""The probes that the mark is held against; nothing of the queue is seen through the form for signing in."""

# What a start does one after the other; each is run with all before it, and costs what it takes longer.
STEPS = {
    "Python": "pass",
    "the command line": "import qiantai_tui.cli.root",
    "the rules": "import qiantai.desk",
    "what opens a site": "import qiantai_tui.cli.answers, qiantai_tui.sites.demo, qiantai_tui.cli.opening",
    "Textual": "from qiantai_tui.terminal import prepare; prepare(); import textual.app, textual.widgets",
    "the program": "import qiantai_tui.app",
    "the site and its store opened": "qiantai_tui.sites.site.open_site(qiantai_tui.sites.demo.make_demo())",
    "the question's modules": "import qiantai_tui.screens.staff",
}
DRAWN = {"the question made and drawn": ASKS, "the queue's modules, the queue made and drawn under it": WHOLE}
"""What comes last, by the probe that ends with it."""
END = "import os; os._exit(0)"
"""The desk is stopped where its screen stands, so the steps before it end without tidying up too."""
SETTINGS = {"colours.toml": 'theme = "light"\n', "keys.toml": '[keys]\ntake_in = "F11"\n'}
"""Files of settings, by the names that the probes have for them."""


class Took(NamedTuple):
    """Milliseconds by the clock, and those that a processor worked, which a busy machine does not stretch as much."""

    clock: float
    processor: float


def once(command: tuple[str, ...], words: str, environment: dict[str, str]) -> Took:
    """What it takes until the words stand on a terminal of 120 x 36, or without words until the process has ended.

    Exits with what the process wrote where it failed or ended without the words.
    """
    begun = time.perf_counter()
    process, ours = started(command, environment)
    written = bytearray()
    while not (words and words.encode() in written):
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux's way of saying that the other side is closed.
            break
        if not piece:
            break
        written += piece
    if words:
        took = time.perf_counter() - begun
        process.kill()
    _, code, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(code)
    if words:
        shown = words.encode() in written
    else:
        took = time.perf_counter() - begun
        shown = process.returncode == 0
    os.close(ours)
    if not shown:
        sys.exit(f"{' '.join(command)[:80]} failed:\n{written.decode('utf-8', 'replace')[-2000:]}")
    return Took(took * 1000, (used.ru_utime + used.ru_stime) * 1000)


def started(command: tuple[str, ...], environment: dict[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    """The process on a terminal of its own, and the side of it that we read."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    return process, ours


def steps() -> dict[str, tuple[tuple[str, ...], str]]:
    """The steps of a start as probes: each with all before it, and last the whole."""
    so_far = ["import gc; gc.disable()"]  # as the desk has it
    found: dict[str, tuple[tuple[str, ...], str]] = {}
    for name, code in STEPS.items():
        so_far.append(code)
        found[name] = ((*PYTHON, "-c", "\n".join((*so_far, END))), "")
    return found | {name: PROBES[probe] for name, probe in DRAWN.items()}


def rounds_of(
    probes: dict[str, tuple[tuple[str, ...], str]], rounds: int, environment: dict[str, str]
) -> dict[str, list[Took]]:
    """In each round every probe runs once, so that all share what the machine is doing at the time."""
    for command, words in probes.values():
        once(command, words, environment)
    took: dict[str, list[Took]] = {name: [] for name in probes}
    for _ in range(rounds):
        for name, (command, words) in probes.items():
            took[name].append(once(command, words, environment))
    return took


def main() -> None:
    """Prints the median and the fastest of several rounds, whether the mark is met, and what each step of a start
    costs. Bytecode is kept from a round before, as that of an installed program is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    rounds = asked.parse_args().rounds
    if sys.platform == "win32":
        sys.exit("this measures on a pseudo-terminal, which Windows has not")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": folder, "XDG_DATA_HOME": folder}
        environment |= {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "QIANTAI_LANG": "zh"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, text in SETTINGS.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        once((*PYTHON, "-c", MADE), "", environment)
        took = rounds_of(PROBES, rounds, environment)
        parts = rounds_of(steps(), rounds, environment)
    show(took, rounds)
    show_parts(parts)


def show(took: dict[str, list[Took]], rounds: int) -> None:
    """The table of the probes, and of those that are judged how they stand to the mark."""
    print(f"{'ms, ' + str(rounds) + ' rounds':<56}{'median':>9}{'fastest':>9}{'processor, fastest':>20}")
    for name, times in took.items():
        clock, processor = [each.clock for each in times], min(each.processor for each in times)
        print(f"{name:<56}{statistics.median(clock):>9.0f}{min(clock):>9.0f}{processor:>20.0f}")
    for name in JUDGED:
        over = statistics.median(each.clock for each in took[name]) - MARK
        print(f"mark {MARK} ms, {name}: {'met' if over <= 0 else f'missed by {over:.0f} ms'}")


def show_parts(parts: dict[str, list[Took]]) -> None:
    """What each step of the start of the demo adds, in processor time, the fastest rounds compared."""
    least = {"": 0.0} | {name: min(each.processor for each in times) for name, times in parts.items()}
    print(f"\n{'processor ms of qiantai demo, by step':<56}{'adds':>9}")
    for (_, before), (name, after) in pairwise(least.items()):
        print(f"{name:<56}{after - before:>9.0f}")


if __name__ == "__main__":
    main()
