"""The end of the program after an error nobody foresaw: a report without a single value in it, and where it lies."""

from __future__ import annotations

import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from traceback import FrameSummary, extract_tb

from rich.console import RenderableType
from rich.text import Text

from qiantai.words import Bilingual

from .sites.files import PRIVATE_FILE
from .text.safe import SafeApp
from .text.words import say

TOLD = Bilingual(
    "程序出错,已停止。已存的记录不受影响,没写完的登记下次启动时还在。\n"
    "出错报告(不含业主信息):\n{path}\n请把这个文件交给维护人员,然后重新启动。",
    "The program met an error and has stopped. What was saved is safe; unfinished entries come back at the start.\n"
    "Error report (no resident's data in it):\n{path}\nPlease hand that file to whoever maintains the program, then "
    "start again.",
)
NOT_WRITTEN = Bilingual("(写不进去,以下就是报告)", "(it could not be written; this is it)")
_ROOT = Path(__file__).parent.parent
_SOURCE_ROOTS = (_ROOT, _ROOT.parent / "kernel", _ROOT.parent / "plugins", _ROOT.parent / "fixtures")


def described(error: BaseException, at: datetime) -> str:
    """The report: versions, and of the error and its causes the type and the lines it passed, ours with their source.

    No message and no local variable: both may hold a resident's words. No path outside the program either.
    """
    lines = [
        f"qiantai {_version('qiantai')}, textual {_version('textual')}, {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()} {platform.release()}",
        at.isoformat(timespec="seconds"),
    ]
    for each in _chain(error):
        lines += ["", f"{type(each).__module__}.{type(each).__qualname__}"]
        lines += [line for frame in extract_tb(each.__traceback__) for line in _frame_lines(frame)]
    return "\n".join(lines) + "\n"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting: list[BaseException] = [error]
    while waiting:
        each = waiting.pop(0)
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        if isinstance(each, BaseExceptionGroup):
            waiting += each.exceptions
        waiting += [cause for cause in (each.__cause__, each.__context__) if cause is not None]


def _frame_lines(frame: FrameSummary) -> Iterator[str]:
    path = Path(frame.filename)
    ours = next((path.relative_to(root) for root in _SOURCE_ROOTS if path.is_relative_to(root)), None)
    if ours is not None and ours.parts[0].startswith("qiantai"):
        yield f"  {ours.as_posix()}:{frame.lineno} in {frame.name}"
        if frame.line:
            yield f"    {frame.line}"
        return
    foreign = "/".join(path.parts[-2:]) if path.is_absolute() else path.name
    yield f"  ({foreign}:{frame.lineno})"


def write_report(error: BaseException, folder: Path, at: datetime) -> Path | None:
    """Writes the report into the folder, else where temporary files go; None where neither takes it."""
    text = described(error, at)
    for place in (folder, Path(tempfile.gettempdir())):
        path = place / f"qiantai-error-{at:%Y%m%d-%H%M%S-%f}.txt"
        try:
            place.mkdir(parents=True, exist_ok=True)
            path.touch(PRIVATE_FILE)
            path.write_text(text, encoding="utf-8")
        except OSError:
            continue
        return path
    return None


def told(error: BaseException, folder: Path, at: datetime) -> str:
    """Writes the report and gives the words for the person at the desk, in the language spoken now."""
    path = write_report(error, folder, at)
    if path is not None:
        return say(TOLD).format(path=path)
    return say(TOLD).format(path=say(NOT_WRITTEN)) + "\n\n" + described(error, at)


class QuietCrash(SafeApp):
    """An app that ends with a report in place of Textual's own crash screen, which prints local variables."""

    reports: Path
    """The folder for error reports."""
    clock: Callable[[], datetime]

    def _fatal_error(self) -> None:
        """Textual's private last step after an unhandled error; a test watches that it still is that."""
        error = sys.exc_info()[1] or self._exception or RuntimeError()
        self._end_with(error)

    def panic(self, *renderables: RenderableType) -> None:
        """Textual comes here in place of `_fatal_error` with an error that can draw itself, values and all."""
        error = next((each for each in renderables if isinstance(each, BaseException)), None)
        if error is None:
            super().panic(*renderables)
        else:
            self._end_with(error)

    def _end_with(self, error: BaseException) -> None:
        self._return_code = 1
        if not self._exit_renderables:
            words = told(error, self.reports, self.clock())
            self._exit_renderables.append(Text(words, overflow="fold"))
        self._close_messages_no_wait()
