"""What a start costs: processes side by side in one run, from Python alone to the desk's first screen."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

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

# What is run, and the words on the screen that end the measurement; without words it is the process's own end.
PROBES: dict[str, tuple[tuple[str, ...], str]] = {
    "python -c pass": ((*PYTHON, "-c", "pass"), ""),
    "import attrs, cattrs": ((*PYTHON, "-c", "import attrs, cattrs"), ""),
    "import qiantai": ((*PYTHON, "-c", "import qiantai"), ""),
    "load_plugins()": ((*PYTHON, "-c", "from qiantai.plugins import load_plugins; load_plugins()"), ""),
    "qiantai --help": ((*DESK, "--help"), ""),
    "qiantai --version": ((*DESK, "--version"), ""),
    "a trivial Textual app, first screen": ((*PYTHON, "-c", TRIVIAL), "front desk"),
    "qiantai demo, first screen": ((*DESK, "demo"), "F2"),
    "the same with settings, no keys changed": ((*DESK, "--config", "colours.toml", "demo"), "F2"),
    "the same with a key changed": ((*DESK, "--config", "keys.toml", "demo"), "F11"),
}
SETTINGS = {"colours.toml": 'theme = "light"\n', "keys.toml": '[keys]\ntake_in = "F11"\n'}
"""Files of settings, by the names that the probes have for them."""


def once(command: tuple[str, ...], words: str, environment: dict[str, str]) -> float:
    """Milliseconds until the words stand on a terminal of 120 x 36, or without words until the process has ended.

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
        shown = words.encode() in written
        process.kill()
        process.wait()
    else:
        shown = process.wait() == 0
        took = time.perf_counter() - begun
    os.close(ours)
    if not shown:
        sys.exit(f"{' '.join(command)[:80]} failed:\n{written.decode('utf-8', 'replace')[-2000:]}")
    return took * 1000


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


def main() -> None:
    """Prints the median and the fastest of several rounds; in each round every probe runs once, so that all share
    what the machine is doing at the time. Bytecode is kept from a round before, as that of an installed program is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    rounds = asked.parse_args().rounds
    if sys.platform == "win32":
        sys.exit("this measures on a pseudo-terminal, which Windows has not")
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": folder, "XDG_DATA_HOME": folder}
        environment |= {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, text in SETTINGS.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        os.chdir(folder)
        for command, words in PROBES.values():
            once(command, words, environment)
        took: dict[str, list[float]] = {name: [] for name in PROBES}
        for _ in range(rounds):
            for name, (command, words) in PROBES.items():
                took[name].append(once(command, words, environment))
    print(f"{'ms, ' + str(rounds) + ' rounds':<38}{'median':>9}{'fastest':>9}")
    for name, times in took.items():
        print(f"{name:<38}{statistics.median(times):>9.0f}{min(times):>9.0f}")


if __name__ == "__main__":
    main()
