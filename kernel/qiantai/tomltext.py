"""A TOML file out of its bytes, held against bounds before the parser sees it; what is none is told with its place."""

from __future__ import annotations

import re
from typing import Any

from qiantai.mistakes import BadInput, Mistake
from qiantai.plainly import short
from qiantai.words import NOTHING, Bilingual

LARGEST = 1024 * 1024
"""Bytes of a file; the parser and what it makes of them take some hundred times that at the worst."""

_DEEPEST = 32
_SEGMENT = r"""(?:(?<![A-Za-z0-9_-])[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\[^\n]){0,99}+"|'[^'\n]{0,99}+')"""
# The parser takes a dotted key's length squared, and what it makes of one is nested past what can be walked through.
_TOO_DOTTED = re.compile(rf"{_SEGMENT}(?:[ \t]*+\.[ \t]*+{_SEGMENT}){{{_DEEPEST}}}")


class BadToml(BadInput):
    """Bytes that are no TOML; its one mistake says why and what would do. `line` is from 1, 0 where there is none."""

    def __init__(self, wrong: Bilingual, would_do: Bilingual = NOTHING, line: int = 0) -> None:
        super().__init__([Mistake("", 0, "", wrong, would_do)])
        self.line = line


def decoded(data: bytes, largest: int = LARGEST) -> str:
    """The text of a file, without a byte-order mark, its lines ended as TOML has them.

    Raises `BadToml` for what is no UTF-8 and for more bytes than `largest`: read one more than that, and no further.
    """
    if len(data) > largest:
        size = f"{largest // 1024} KB"
        raise BadToml(Bilingual(f"大于 {size}", f"it is larger than {size}"), _SMALLER)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        wrong = Bilingual(f"不是 UTF-8 文字(第 {at} 行)", f"its text is not UTF-8 (line {at})")
        raise BadToml(wrong, Bilingual("另存为 UTF-8", "save it as UTF-8")) from error


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text says. Raises `BadToml`."""
    import tomllib  # milliseconds that `import qiantai` need not pay

    dotted = _TOO_DOTTED.search(text)
    if dotted is not None:
        raise _nested(text.count("\n", 0, dotted.start()) + 1)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _nested() from error
    except ValueError as error:
        raise _no_toml(error, text) from error


def _nested(line: int = 0) -> BadToml:
    where = Bilingual(f"(第 {line} 行)", f" (line {line})") if line else NOTHING
    return BadToml(Bilingual(f"嵌套得太深{where.zh}", f"it is nested too deeply{where.en}"), _SYNTAX, line)


def _no_toml(error: ValueError, text: str) -> BadToml:
    found = re.search(r"at line (\d+)", str(error))
    line = int(found[1]) if found else max(1, text.rstrip("\n").count("\n") + 1)
    why = short(str(error), 200)
    return BadToml(Bilingual(f"不是 TOML:{why}", f"it is not TOML: {why}"), _SYNTAX, line)


_SYNTAX = Bilingual("TOML 1.0 的写法,文字要加引号", "TOML 1.0, with text in quotes")
_SMALLER = Bilingual("分成几个文件,或删去用不着的", "several files, or without what is of no use")
