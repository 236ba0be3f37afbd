"""The terminal: what it is, what it can show, and how wide it draws the signs of the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from attrs import frozen
from rich.cells import cell_len

from qiantai.words import Bilingual

from ..terminal import SMALLEST
from .finding import Finding, attention, fine, not_asked

TERMINAL = Bilingual("终端", "Terminal")
COLOURS = Bilingual("颜色", "Colours")
SIZE = Bilingual("窗口", "Window")
ENCODING = Bilingual("编码", "Encoding")
WIDTHS = Bilingual("字宽", "Widths")

SIGNS = ("前", "台", "：", "●", "○", "▲", "✓", "✗", "→", "…", "─", "│", "╭", "█")
"""Chinese, and what the screens draw that some terminals take for twice as wide."""

Ask = Callable[[str], int | None]
"""How many cells the terminal moved its cursor by for a text; None where it did not say in time."""


@frozen
class Terminal:
    """What is known of the terminal without asking it: its size in cells, the encoding of what is written to it."""

    environment: Mapping[str, str]
    there: bool
    size: tuple[int, int]
    encoding: str


def about_terminal(terminal: Terminal, ask: Ask | None) -> Iterator[Finding]:
    """Everything about it; `ask` is None where there is nobody to ask."""
    yield _kind(terminal)
    yield _colours(terminal)
    yield _size(terminal)
    yield _encoding(terminal.encoding)
    yield _widths(ask) if terminal.there else not_asked("widths", WIDTHS, _NO_TERMINAL)


def _kind(terminal: Terminal) -> Finding:
    kind = terminal.environment.get("TERM", "")
    through = [name for name, sign in _THROUGH.items() if terminal.environment.get(sign)]
    named = " ".join([kind or "TERM=?", *through])
    if not terminal.there:
        return not_asked("terminal", TERMINAL, _NO_TERMINAL)
    if kind in ("", "dumb", "unknown"):
        return attention("terminal", TERMINAL, _NO_KIND.format(kind=named), _SET_KIND)
    return fine("terminal", TERMINAL, Bilingual(named, named))


def _colours(terminal: Terminal) -> Finding:
    given = terminal.environment
    kind = given.get("TERM", "")
    if given.get("NO_COLOR"):
        return fine("colours", COLOURS, _NO_COLOURS)
    if given.get("COLORTERM") in ("truecolor", "24bit"):
        return fine("colours", COLOURS, _ALL_COLOURS)
    return fine("colours", COLOURS, _SOME_COLOURS.format(n=256 if "256" in kind else 16))


def _size(terminal: Terminal) -> Finding:
    width, height = terminal.size
    said = Bilingual(f"{width}x{height}", f"{width}x{height}")
    if not terminal.there:
        return not_asked("size", SIZE, _NO_TERMINAL)
    if width < SMALLEST[0] or height < SMALLEST[1]:
        return attention("size", SIZE, said, _WIDER.format(least="x".join(map(str, SMALLEST))))
    return fine("size", SIZE, said)


def _encoding(encoding: str) -> Finding:
    said = Bilingual(encoding or "?", encoding or "?")
    if encoding.lower().replace("-", "").replace("_", "") == "utf8":
        return fine("encoding", ENCODING, said)
    return attention("encoding", ENCODING, said, _UTF_8)


def _widths(ask: Ask | None) -> Finding:
    if ask is None:
        return not_asked("widths", WIDTHS, _NOT_HERE)
    other: list[str] = []
    for sign in SIGNS:
        drawn = ask(sign)
        if drawn is None:
            return not_asked("widths", WIDTHS, _NO_ANSWER)
        if drawn != cell_len(sign):
            other.append(f"{sign}={drawn}")
    if other:
        return attention("widths", WIDTHS, _OTHER.format(signs=" ".join(other)), _NARROW)
    return fine("widths", WIDTHS, _AS_COUNTED.format(n=len(SIGNS)))


_THROUGH = {"tmux": "TMUX", "screen": "STY", "ssh": "SSH_CONNECTION"}
_NO_TERMINAL = Bilingual("不在终端里,没有问", "not on a terminal, not asked")
_NOT_HERE = Bilingual("这个系统上没有办法问,没有问", "there is no way to ask on this system, not asked")
_NO_ANSWER = Bilingual("终端没有在时限内回答,没有问到", "the terminal did not answer in time, not asked")
_NO_KIND = Bilingual("{kind}:画不出画面", "{kind}: screens cannot be drawn on it")
_SET_KIND = Bilingual("换一个终端,或设 TERM=xterm-256color", "another terminal, or TERM=xterm-256color")
_NO_COLOURS = Bilingual("NO_COLOR:不用颜色", "NO_COLOR: none are used")
_ALL_COLOURS = Bilingual("全部颜色", "all colours")
_SOME_COLOURS = Bilingual("{n} 色", "{n} colours")
_WIDER = Bilingual("拉大窗口,至少 {least}", "a larger window, {least} at least")
_UTF_8 = Bilingual(
    "设 LANG=C.UTF-8(Windows 设 PYTHONUTF8=1),终端也用 UTF-8",
    "LANG=C.UTF-8 (on Windows PYTHONUTF8=1), and UTF-8 in the terminal too",
)
_OTHER = Bilingual("与画面所算的不同:{signs}", "not what the screens count on: {signs}")
_NARROW = Bilingual(
    "在终端的设置里把“宽度不明的字符”设为窄(一格),换一种等宽中文字体",
    "set ambiguous-width characters to narrow in the terminal, and take a monospaced Chinese font",
)
_AS_COUNTED = Bilingual("{n} 个字和符号都与画面所算的一样", "{n} signs, each as the screens count on")
