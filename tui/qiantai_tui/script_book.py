"""The book of the agreed answers: a file of the site by itself, a deed a line, over what its tables say."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from qiantai.deeds import Deed, deed_in, deed_out
from qiantai.refusals import Refusal
from qiantai.tables import Mistake
from qiantai.words import Bilingual

from .sitefiles import PRIVATE_FILE, BadSite, SiteError, replace_private

FILE, LOCK = "scripts.jsonl", ".scripts.lock"
Stamp = tuple[int, int, int] | None
"""What tells one state of the file from another; None where there is no file."""
_WAIT = 10
"""Seconds that another desk is waited for, which writes a line and is gone."""


def stamp_of(folder: Path) -> Stamp:
    """The state that the book is in; every line that is written makes another. Asks the disk, reads nothing."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def read_deeds(folder: Path) -> tuple[Deed, ...]:
    """The deeds on record, in the order in which they were done; none where there is no book yet.

    Raises `BadSite` with the number of every line that is none, and `SiteError` where it cannot be read.
    """
    file = folder / FILE
    found, wrong = [], []
    for number, line in enumerate(_text(file).splitlines(), 1):
        try:
            found.append(deed_in(json.loads(line)))
        except (KeyError, TypeError, ValueError, RecursionError):
            wrong.append(Mistake("", 0, str(number), _NO_DEED, _MEND))
    if wrong:
        raise BadSite(file, wrong)
    return tuple(found)


def write_deed(folder: Path, decide: Callable[[Sequence[Deed]], Deed | Refusal]) -> Deed | Refusal:
    """Put a deed on record, or learn why it cannot be; `decide` is told of all that was done before, by any desk.

    The book is there whole before and after, for the owner's eyes alone. Raises what `read_deeds` raises, and
    `SiteError` where it cannot be written.
    """
    from filelock import FileLock, Timeout

    file = folder / FILE
    try:
        with FileLock(folder / LOCK, timeout=_WAIT, mode=PRIVATE_FILE):
            before, deed = _text(file), decide(read_deeds(folder))
            match deed:
                case Deed():
                    line = json.dumps(deed_out(deed)) + "\n"  # in ASCII: half a character can be typed
                    replace_private(file, (before if not before or before.endswith("\n") else before + "\n") + line)
                case Refusal():
                    pass
            return deed
    except Timeout as error:
        raise SiteError(_IN_USE.format(file=file)) from error
    except OSError as error:
        raise _failed(file, error) from error


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise BadSite(file, [Mistake("", 0, "", _NO_DEED, _MEND)]) from error
    except OSError as error:
        raise _failed(file, error) from error


def _failed(file: Path, error: OSError) -> SiteError:
    return SiteError(_UNUSABLE.format(file=file, why=error.strerror or error))


_NO_DEED = Bilingual("不是一条口径记录", "it is no record of an agreed answer")
_MEND = Bilingual("从备份取回这个文件", "bring the file back from a backup")
_IN_USE = Bilingual("{file} 正被占用。可行:过一会儿再试", "{file} is in use. What would do: try again in a while")
_UNUSABLE = Bilingual(
    "用不了 {file}:{why}。可行:让这个文件夹可写",
    "{file} cannot be used: {why}. What would do: a folder that can be written",
)
