"""One day and one year of the working calendar: what a notice says of them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from qiantai.plainly import shown
from qiantai.words import Bilingual


class BadCalendar(ValueError):
    """Calendar data that contradicts itself or cannot be read; `why` says in both languages what, and what would do."""

    def __init__(self, why: Bilingual) -> None:
        super().__init__(why.en)
        self.why = why


class Reason(StrEnum):
    """Why a day counts as a working day, or does not."""

    WORKDAY = "workday"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"
    SITE_OFF = "site_off"
    SITE_WORK = "site_work"

    @property
    def label(self) -> Bilingual:
        """The reason as shown; a holiday's own name is on the day."""
        return _REASONS[self]


_REASONS: Mapping[Reason, Bilingual] = {
    Reason.WORKDAY: Bilingual("工作日", "working day"),
    Reason.WEEKEND: Bilingual("周末", "weekend"),
    Reason.HOLIDAY: Bilingual("放假", "holiday"),
    Reason.MAKE_UP: Bilingual("调休上班", "make-up working day"),
    Reason.SITE_OFF: Bilingual("本项目休息", "day off at this site"),
    Reason.SITE_WORK: Bilingual("本项目上班", "worked at this site"),
}
_NAMED: Mapping[Reason, Bilingual] = {
    Reason.HOLIDAY: Bilingual("{name}放假", "{name} holiday"),
    Reason.MAKE_UP: Bilingual("{name}调休上班", "make-up working day for {name}"),
}
_PROVISIONAL = Bilingual("{label}(暂按周末推算)", "{label} (provisional, from weekends only)")
NO_NAME = Bilingual("", "")


@frozen
class Day:
    """One day: whether it counts as a working day and why; `name` is its holiday's, or empty.

    `provisional` says that no notice covers its year, so that only weekends are known.
    """

    date: date
    working: bool
    reason: Reason
    name: Bilingual = NO_NAME
    provisional: bool = False

    @property
    def label(self) -> Bilingual:
        """The reason in words, as `国庆节放假` or `weekend (provisional, from weekends only)`."""
        said = _NAMED[self.reason].format(name=self.name) if self.name.zh else self.reason.label
        guessed = self.provisional and self.reason in (Reason.WORKDAY, Reason.WEEKEND)
        return _PROVISIONAL.format(label=said) if guessed else said


@frozen
class Year:
    """One year as the State Council's notice has it: days off and make-up days, each by its holiday's Chinese name.

    `notice` says which notice that is. `names` gives English names of holidays. A notice may also name days of the
    December before, which then go before what that year said. Raises `BadCalendar` for a day of another year, a day
    both off and worked, a make-up day from Monday to Friday (worked anyway), and a notice that is not named.
    """

    year: int
    off: Mapping[date, str] = field(hash=False)
    work: Mapping[date, str] = field(hash=False)
    notice: str
    names: Mapping[str, str] = field(factory=dict[str, str], hash=False)

    def __attrs_post_init__(self) -> None:
        if not 1900 <= self.year <= 9000:
            told = shown(self.year)
            raise _bad(f"{told} 不是年份,要 1900 到 9000", f"{told} is no year; 1900 to 9000 would do")
        if not self.notice.strip():
            raise _bad(f"{self.year} 年没有写依据的通知", f"{self.year} names no notice; give its number or title")
        for day in sorted({*self.off, *self.work}):
            self._check(day)

    def _check(self, day: date) -> None:
        if isinstance(day, datetime) or (day.year != self.year and (day.year, day.month) != (self.year - 1, 12)):
            raise _bad(
                f"{day} 不在 {self.year} 年,也不在上一年12月",
                f"{day} is not a day of {self.year}, nor of the December before",
            )
        if day in self.off and day in self.work:
            raise _bad(f"{day} 又放假又上班,留一个", f"{day} is both off and worked; keep one")
        if day in self.work and day.weekday() < 5:
            raise _bad(
                f"{day} 是周一至周五,本来上班;调休上班的是周六、周日",
                f"{day} is one of Monday to Friday, worked anyway; make-up days are Saturdays and Sundays",
            )

    def called(self, name: str) -> Bilingual:
        """A holiday's name in both languages; the Chinese one twice where no English one is known."""
        return Bilingual(name, self.names.get(name, name))

    def marks(self) -> dict[date, Day]:
        """The days of which the notice speaks."""
        off = {day: Day(day, False, Reason.HOLIDAY, self.called(name)) for day, name in self.off.items()}
        work = {day: Day(day, True, Reason.MAKE_UP, self.called(name)) for day, name in self.work.items()}
        return off | work


def _bad(zh: str, en: str) -> BadCalendar:
    return BadCalendar(Bilingual(zh, en))
