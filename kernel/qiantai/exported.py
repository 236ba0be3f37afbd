"""An export read back line by line, with whatever is wrong named by its line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, TypeVar

from qiantai.case import Case, fold
from qiantai.events import Event
from qiantai.exporting import FORMAT, KINDS, VERSION, Count, Heading
from qiantai.people import Household
from qiantai.plainly import short
from qiantai.store import Look, StoreError
from qiantai.wire import event_in, event_out, household_in, household_out, look_in, look_out
from qiantai.words import Bilingual

_UNFIT = (KeyError, ValueError, TypeError, AttributeError, AssertionError, RecursionError, ExceptionGroup)
_LONGEST = 200

T = TypeVar("T")
Written = Callable[[], Iterable[bytes]]


class BadExport(StoreError):
    """Lines that are no export, or not as they were written; `line` is where, from 1. Nothing of it was taken."""

    def __init__(self, line: int, wrong: Bilingual) -> None:
        self.line = line
        super().__init__(
            Bilingual(
                f"第 {line} 行:{wrong.zh}。什么都没有写入;可行:换一份完整的",
                f"line {line}: {wrong.en}. Nothing was taken; what would do: a copy that is whole",
            )
        )


class Export:
    """An export that can be read again and again, a `Source` as a store is; no more than a case is held at a time.

    `written` gives its lines from the first. Whatever is read, all of it is checked that comes before. Raises
    `BadExport` at the first line that is not as it was written, and what `written` raises.
    """

    def __init__(self, written: Written) -> None:
        self._written = written
        _, given = next(_read(written()))
        name = given["name"]
        try:
            at = datetime.fromisoformat(given["at"])
        except ValueError as error:
            raise BadExport(1, _NO_EXPORT) from error
        self.heading = Heading(Bilingual(name["zh"], name["en"]), at, given["by"], given["masked"])

    def files(self) -> dict[str, str]:
        """The site's own files, by name."""
        found: dict[str, str] = {}
        for at, given in self._of("file"):
            match given:
                case {"name": str(name), "text": str(text)} if len(given) == 2:
                    found[name] = text
                case _:
                    raise BadExport(at, _STRANGE)
        return found

    def households(self) -> Sequence[Household]:
        """The roll."""
        return [_same(at, given, household_in, household_out) for at, given in self._of("household")]

    def all_cases(self) -> Iterator[Case]:
        """Every case once, in the order of the lines."""
        seen: set[str] = set()
        events = ((at, _same(at, given, event_in, event_out)) for at, given in self._of("event"))
        for number, several in groupby(events, key=lambda each: each[1].case):
            lines, history = zip(*several, strict=True)
            if number in seen:
                raise BadExport(lines[0], _TWICE.format(number=number))
            seen.add(number)
            yield _folded(lines, history)

    def looks(self) -> Sequence[Look]:
        """The looks on record, the oldest first."""
        return [_same(at, given, look_in, look_out) for at, given in self._of("look")]

    def _of(self, kind: str) -> Iterator[tuple[int, Any]]:
        for at, given in _read(self._written()):
            if kind in given:
                yield at, given[kind]


def _folded(lines: Sequence[int], history: Sequence[Event]) -> Case:
    for place, event in enumerate(history):
        if event.seq != place:
            raise BadExport(lines[place], _OUT_OF_ORDER.format(number=event.case, place=place + 1))
    try:
        return fold(history)
    except _UNFIT as error:
        raise BadExport(lines[-1], _UNKNOWN.format(what=short(repr(error), _LONGEST))) from error


def _same(at: int, given: Any, read: Callable[[Any], T], write: Callable[[T], Any]) -> T:
    """What is read, where writing it gives the same again: nothing that the line says is left out silently."""
    try:
        found = read(given)
        if write(found) != given:
            raise ValueError("it says more than this version knows")
    except _UNFIT as error:
        raise BadExport(at, _UNKNOWN.format(what=short(repr(error), _LONGEST))) from error
    return found


def _read(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and content of the heading's line, and then of every line but the last, which has to fit them."""
    so_far, before, at, ended = Count(), -1, 0, False
    for at, line in enumerate(lines, 1):
        given = _parsed(at, line)
        kind = next(iter(given), "")
        if ended:
            raise BadExport(at, _AFTER_THE_END)
        if at == 1:
            _heading(given)
        elif kind == "end":
            ended = given["end"] == so_far.end
            if not ended:
                raise BadExport(at, _OTHER)
            continue
        elif not _belongs(given, kind) or KINDS.index(kind) < before:
            raise BadExport(at, _STRANGE)
        else:
            before = KINDS.index(kind)
        so_far.add(given, line)
        yield at, given
    if not ended:
        raise BadExport(at + 1, _CUT)


def _belongs(given: Mapping[str, Any], kind: str) -> bool:
    match given.get(kind):
        case {"seq": int()} if kind == "event":
            return len(given) == 1
        case {}:
            return kind in KINDS and kind != "event" and len(given) == 1
        case _:
            return False


def _parsed(at: int, line: bytes) -> dict[str, Any]:
    try:
        match json.loads(line.decode("utf-8", "surrogatepass")):
            case {**given} if line.endswith(b"\n"):
                return {str(key): each for key, each in given.items()}
            case _:
                raise BadExport(at, _CUT)
    except (ValueError, RecursionError) as error:
        raise BadExport(at, _NO_JSON) from error


def _heading(given: Mapping[str, Any]) -> None:
    match given:
        case {"format": str(said), "version": int(version)} if said == FORMAT and version > VERSION:
            raise BadExport(1, _LATER.format(version=version, known=VERSION))
        case {"name": {"zh": str(), "en": str()}, "at": str(), "by": str(), "masked": bool(), "format": str(said)}:
            if said == FORMAT:
                return
        case _:
            pass
    raise BadExport(1, _NO_EXPORT)


_NO_EXPORT = Bilingual("不是导出文件", "this is no export")
_LATER = Bilingual(
    "更新版本的程序写的(格式 {version},本程序识得 {known}),请升级程序",
    "a later version wrote it (format {version}, this one knows {known}): update the program",
)
_NO_JSON = Bilingual("不是 JSON", "it is not JSON")
_STRANGE = Bilingual("不是这里该有的一行", "no such line belongs here")
_CUT = Bilingual("文件不完整,后面缺了", "the file is cut off here")
_AFTER_THE_END = Bilingual("结尾以后还有内容", "there is something after the end")
_OTHER = Bilingual(
    "与前面各行不符:文件被改过或损坏", "it does not fit the lines before: the file was changed or damaged"
)
_UNKNOWN = Bilingual("读不懂({what})", "it cannot be read ({what})")
_TWICE = Bilingual("{number} 前面已经有了", "{number} has been there before")
_OUT_OF_ORDER = Bilingual("{number} 这里应是第 {place} 步", "event {place} of {number} should be here")
