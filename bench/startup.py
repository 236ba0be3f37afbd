"""What a start costs: whole processes side by side in one run, from Python alone to the desk's first screen."""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec

# An app that ends once it is drawn: what Textual itself costs.
TRIVIAL = """
from textual.app import App
from textual.widgets import Static

class Trivial(App):
    def compose(self):
        yield Static("front desk")

    def on_ready(self):
        self.exit()

Trivial().run()
"""

PYTHON = (sys.executable,)
PROBES: dict[str, tuple[str, ...]] = {
    "python -c pass": (*PYTHON, "-c", "pass"),
    "import attrs, cattrs": (*PYTHON, "-c", "import attrs, cattrs"),
    "import qiantai": (*PYTHON, "-c", "import qiantai"),
    "load_plugins()": (*PYTHON, "-c", "from qiantai.plugins import load_plugins; load_plugins()"),
    "qiantai --version": (*PYTHON, "-m", "qiantai_tui", "--version"),
    "a trivial Textual app": (*PYTHON, "-c", TRIVIAL),
}


def in_terminal(command: tuple[str, ...], environment: dict[str, str]) -> tuple[int, str]:
    """Runs it on a terminal of its own, 120 x 36, and gives its exit status and what it wrote."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, close_fds=True)
    os.close(theirs)
    written = bytearray()
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so when the other side is closed.
            break
        if not piece:
            break
        written += piece
    os.close(ours)
    return process.wait(), written.decode("utf-8", "replace")


def once(command: tuple[str, ...], environment: dict[str, str]) -> float:
    """Milliseconds of one whole process. Exits with what the process wrote if it fails."""
    begun = time.perf_counter()
    status, written = in_terminal(command, environment)
    took = (time.perf_counter() - begun) * 1000
    if status != 0:
        sys.exit(f"{' '.join(command)[:80]} failed with {status}:\n{written[-2000:]}")
    return took


def main() -> None:
    """Prints the median and the fastest of several rounds; in each round every probe runs once, so that all share
    what the machine is doing at the time."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=9)
    rounds = asked.parse_args().rounds
    if sys.platform == "win32":
        sys.exit("this measures on a pseudo-terminal, which Windows has not")
    probes = {name: command for name, command in PROBES.items() if "qiantai_tui" not in command or ready()}
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "TERM": "xterm-256color", "HOME": folder, "XDG_DATA_HOME": folder}
        for command in probes.values():
            once(command, environment)
        took: dict[str, list[float]] = {name: [] for name in probes}
        for _ in range(rounds):
            for name, command in probes.items():
                took[name].append(once(command, environment))
    print(f"{'ms a whole process, ' + str(rounds) + ' rounds':<34}{'median':>9}{'fastest':>9}")
    for name, times in took.items():
        print(f"{name:<34}{statistics.median(times):>9.0f}{min(times):>9.0f}")


def ready() -> bool:
    """Whether the terminal program is there."""
    return find_spec("qiantai_tui.__main__") is not None


if __name__ == "__main__":
    main()
