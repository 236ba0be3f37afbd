"""A book of a site: a file by itself, a line of JSON for whatever is on record in it, shared by all its desks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import frozen

from qiantai.tables import Mistake
from qiantai.words import Bilingual

from .files import PRIVATE_FILE, BadSite, SiteError, replace_private

Entry = TypeVar("Entry")
UNFIT = (KeyError, TypeError, ValueError, AttributeError, RecursionError)
"""What reading a line that is none of the book raises."""
_WAIT = 10
"""Seconds that another desk is waited for, which writes a line and is gone."""
_IN_USE = Bilingual("{file} 正被占用。可行:过一会儿再试", "{file} is in use. What would do: try again in a while")
_UNUSABLE = Bilingual(
    "用不了 {file}:{why}。可行:让这个文件夹可写",
    "{file} cannot be used: {why}. What would do: a folder that can be written",
)


@frozen
class LineBook(Generic[Entry]):
    """`read` makes an entry of a line's JSON; `no_line` says of a line that it is none, `mend` what would do."""

    file: Path
    read: Callable[[Any], Entry]
    no_line: Bilingual
    mend: Bilingual

    def entries(self) -> tuple[Entry, ...]:
        """What is on record, in the order in which it was written; nothing where there is no book yet.

        Raises `BadSite` with the number of every line that is none, and `SiteError` where it cannot be read.
        """
        found, wrong = [], []
        for number, line in enumerate(self._text().splitlines(), 1):
            try:
                found.append(self.read(json.loads(line)))
            except UNFIT:
                wrong.append(Mistake("", 0, str(number), self.no_line, self.mend))
        if wrong:
            raise BadSite(self.file, wrong)
        return tuple(found)

    def add(self, given: Mapping[str, Any]) -> None:
        """Puts a line on record, for the owner's eyes alone; the book is there whole before and after.

        To be called within `alone`.
        """
        before = self._text()
        line = json.dumps(given) + "\n"  # in ASCII: half a character can be typed
        replace_private(self.file, (before if not before or before.endswith("\n") else before + "\n") + line)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keeps the site's other desks out meanwhile. Raises `SiteError` where that, or the disk, cannot be had."""
        from filelock import FileLock, Timeout  # who only reads needs none

        try:
            with FileLock(self.file.with_name(f".{self.file.stem}.lock"), timeout=_WAIT, mode=PRIVATE_FILE):
                yield
        except Timeout as error:
            raise SiteError(_IN_USE.format(file=self.file)) from error
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> SiteError:
        """What the system said against the file."""
        return SiteError(_UNUSABLE.format(file=self.file, why=error.strerror or error))

    def _text(self) -> str:
        try:
            return self.file.read_bytes().decode("utf-8")
        except FileNotFoundError:
            return ""
        except UnicodeDecodeError as error:
            raise BadSite(self.file, [Mistake("", 0, "", self.no_line, self.mend)]) from error
        except OSError as error:
            raise self.unusable(error) from error
