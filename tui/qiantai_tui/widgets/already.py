"""What is on record already about a call that is being taken in, a line each: open cases, then earlier ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from qiantai import Case
from qiantai.projections.before import Before
from qiantai.words import Bilingual

from ..text import showing
from ..text.facts import day_of
from ..text.safe import crop
from ..text.words import say
from .laid_once import LaidOnce

THEIRS, THERE = Bilingual("同户", "household"), Bilingual("同处", "same place")
EARLIER = Bilingual("以前", "earlier")
MORE = Bilingual("另有 {n} 件在办", "{n} more open")
NEARLY = Bilingual(
    "同因同地已有 {n} 件,受理后按 ^L 登记突发事件", "{n} of one cause here already; ^L opens an incident after this"
)
INSTEAD = Bilingual("F7 办到已有的里:备注、催办、加入、并单", "F7 puts it to one of these: note, urge, join, merge")
MOST_EARLIER = 2
_FEW, _MANY, _TALL = 2, 4, 30


class Already(LaidOnce, Widget):
    """As high as its lines; gone where there are none."""

    DEFAULT_CSS = """
    Already { height: auto; display: none; margin-bottom: 1; }
    Already.-some { display: block; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._open, self._earlier, self._key = Before(), tuple[Case, ...](), True

    def show(self, found: Before, earlier: Sequence[Case] = (), *, key: bool = True) -> None:
        """Shows these; `key` names the key that puts the call to one of the open ones."""
        shown = found, tuple(earlier)[:MOST_EARLIER], key
        if shown != (self._open, self._earlier, self._key):
            self._open, self._earlier, self._key = shown
            self.set_class(bool(found.cases or earlier), "-some")
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A row a line."""
        del container, viewport
        return len(list(self._lines(max(2, width))))

    def render(self) -> Content:
        """The lines, each cropped."""
        return Content("\n").join(self._lines(max(2, self.content_size.width)))

    def _lines(self, width: int) -> Iterator[Content]:
        most = _MANY if self.app.size.height >= _TALL else _FEW
        cases = self._open.cases
        for case in cases[:most]:
            whose = THEIRS if case in self._open.household else THERE
            yield _line(case, f"{say(whose)} {showing.state(case)}", width, "$text-warning")
        if self._open.proposes:
            yield _cropped(say(NEARLY.format(n=len(self._open.alike))), width, "bold $text-warning")
        for case in self._earlier if most == _MANY or not cases else self._earlier[:1]:
            yield _line(case, f"{say(EARLIER)} {day_of(case.received)}", width, "$text-muted")
        more = f"{say(MORE.format(n=len(cases) - most))} · " if len(cases) > most else ""
        if cases and self._key:
            yield _cropped(f"{more}{say(INSTEAD)}", width, "$accent")


def _line(case: Case, how: str, width: int, style: str) -> Content:
    place = "" if case.household and showing.place(case) == showing.room(case.household) else showing.place(case)
    about = " ".join(each for each in (showing.kind(case.kind), place, showing.summary(case)) if each)
    return _cropped(f"{how}  {case.number}  {about}", width, style)


def _cropped(words: str, width: int, style: str) -> Content:
    return Content.styled(crop(words, width), style)
