"""A program on a terminal of its own: what is pressed there, and what is seen."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import struct
import subprocess
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.keys import Keys

from tests.tui.drawn import Drawn
from tests.tui.waiting import LONGEST

SIZE = 120, 36


def _sent() -> dict[str, str]:
    """What a terminal sends for a key, by Textual's name of it."""
    found: dict[str, str] = {}
    for sequence, keys in ANSI_SEQUENCES_KEYS.items():
        match keys:
            case (Keys() as key,) if key not in found:
                found[key.value] = sequence
    return found


SENT = _sent()


class OwnTerminal:
    """The terminal's near side."""

    def __init__(self, process: subprocess.Popen[bytes], near: int) -> None:
        self.process, self._near, self._drawn = process, near, Drawn()
        self._signs = codecs.getincrementaldecoder("utf-8")("replace")
        self.written = ""

    @property
    def screen(self) -> str:
        """What is seen."""
        return self._drawn.text

    def press(self, *keys: str) -> None:
        """Presses keys by Textual's names of them; what does not name one is typed."""
        for each in keys:
            os.write(self._near, SENT.get(each, each).encode())

    def see(self, words: str) -> None:
        """Waits until these words are on the screen."""
        self._until(lambda: words in self.screen, f"{words!r} is not to be seen")

    def see_no_more(self, words: str) -> None:
        """Waits until these words are gone from the screen."""
        self._until(lambda: words not in self.screen, f"{words!r} is still to be seen")

    def end(self) -> int:
        """Waits until the program has ended; its exit code."""
        self._until(lambda: not self._read(), "the program goes on")
        return self.process.wait(LONGEST)

    def hang_up(self) -> int:
        """Takes the terminal away, which a program that does not lead its session is not told; its exit code."""
        os.close(self._near)
        return self.process.wait(LONGEST)

    def _until(self, holds: Callable[[], bool], otherwise: str) -> None:
        end = monotonic() + LONGEST
        while not holds():
            assert monotonic() < end, f"{otherwise}:\n{self.screen}"
            assert self._read() or holds(), f"{otherwise}, and the program has ended:\n{self.written[-3000:]}"

    def _read(self) -> bool:
        if not select.select([self._near], [], [], 0.1)[0]:
            return True
        try:
            sent = os.read(self._near, 1 << 16)
        except OSError:  # nobody is at the far side any more
            return False
        piece = self._signs.decode(sent)
        self.written += piece
        self._drawn.feed(piece)
        return bool(sent)


@contextmanager
def own_terminal(command: Sequence[str], environment: Mapping[str, str]) -> Iterator[OwnTerminal]:
    """Runs a program on a terminal; what is still running at the end is killed."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", *reversed(SIZE), 0, 0))
    process = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, env=environment, start_new_session=True)
    os.close(far)
    try:
        yield OwnTerminal(process, near)
    finally:
        process.kill()
        process.wait()
        with suppress(OSError):  # taken away before
            os.close(near)
