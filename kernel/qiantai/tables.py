"""A file's tables as TOML or JSON has them, read key by key; every mistake is noted with its place and a remedy."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar, cast

from attrs import field, frozen

from qiantai.hours import ZONE
from qiantai.mistakes import MOST, BadInput, Mistake, names
from qiantai.plainly import short, shown
from qiantai.words import NOTHING, Bilingual

__all__ = ["BadInput", "Mistake", "Table", "moment", "names"]

T = TypeVar("T")

LARGEST = 10**9
"""No whole number that a file may give is larger."""
_LONGEST, _LOOKED_AT = 80, 5000  # characters of a name, and names that may be meant: the likeness of each is reckoned
_MORE = Bilingual(
    f"不止这 {MOST} 处,其余没有再查", f"there are more than these {MOST}; no further ones were looked for"
)
_NONE_YET = Bilingual("还一个都没有,先写上,或删去这一项", "there is none yet: give one first, or leave this out")
_FIRST = Bilingual("先改好上面的", "mend those above first")
A_MOMENT = Bilingual(
    "1900 到 9000 年间的日期和时间,如 2026-11-23T09:00:00", "date and time from 1900 to 9000, as 2026-11-23T09:00:00"
)


@frozen
class Table:
    """One table. Each reader gives the value, or its default after it has noted a mistake, so that reading goes on.

    `mistakes` is the list that all tables of one file share. A key that is read with `must` has to be there.
    `within` is where a table inside a numbered one stands, as `duty.arrive`.
    """

    name: str
    given: Mapping[str, Any]
    mistakes: list[Mistake] = field(factory=list[Mistake])
    number: int = 0
    within: str = ""

    def note(self, key: str, wrong: Bilingual, would_do: Bilingual = NOTHING) -> None:
        """Note a mistake at a key of this table; after very many only that there are more."""
        if len(self.mistakes) < MOST:
            self.mistakes.append(Mistake(self.name, self.number, _joined(self.within, key), wrong, would_do))
        elif len(self.mistakes) == MOST:
            self.mistakes.append(Mistake("", 0, "", _MORE, _FIRST))

    def only(self, *known: str) -> None:
        """Note every key that is none of these."""
        for key in self.given:
            if key not in known:
                what = short(key)
                self.note(key, Bilingual(f"没有 {what} 这一项", f"there is no key {what}"), self._near(key, known, 1))

    def text(self, key: str, *, must: bool = False, default: str = "") -> str:
        """A text."""
        value = self._typed(key, str, Bilingual('文字,写在引号里,如 "…"', 'text in quotes, as "…"'), must, default)
        if must and key in self.given and value == "" and isinstance(self.given[key], str):
            self.note(key, Bilingual("不能为空", "it is empty"), Bilingual("写上内容", "say something"))
        return value

    def flag(self, key: str, *, default: bool = False) -> bool:
        """A truth value."""
        return self._typed(key, bool, Bilingual("true 或 false", "true or false"), False, default)

    def count(
        self, key: str, *, least: int = 1, must: bool = False, default: int = 0, unit: Bilingual = NOTHING
    ) -> int:
        """A whole number that is not less than `least`, nor more than `LARGEST`."""
        zh, en = (f",按{unit.zh}", f", of {unit.en}") if unit.zh else ("", "")
        would_do = Bilingual(f"{least} 到 {LARGEST} 的整数{zh}", f"a whole number from {least} to {LARGEST}{en}")
        value = self._typed(key, int, would_do, must, default)
        if isinstance(value, bool) or (not least <= value <= LARGEST and value == self.given.get(key)):
            self._unfit(key, would_do)
            return default
        return value

    def day(self, key: str, *, must: bool = False) -> date | None:
        """A calendar day, as TOML has it or as ISO text."""
        if self._absent(key, must):
            return None
        found = _day(self.given[key])
        if found is None:
            self._unfit(key, Bilingual("日期,如 2026-11-23", "a day, as 2026-11-23"))
        return found

    def days(self, key: str) -> tuple[date, ...]:
        """A list of calendar days."""
        value = self.given.get(key, ())
        found = tuple(_day(each) for each in cast("list[Any]", value)) if isinstance(value, list | tuple) else (None,)
        if None in found:
            self._unfit(key, Bilingual("日期的列表,如 [2026-11-24]", "a list of days, as [2026-11-24]"))
        return tuple(each for each in found if each is not None)

    def time(self, key: str, *, must: bool = False) -> datetime | None:
        """A moment in the zone of the site; one without an offset is the site's local time."""
        if self._absent(key, must):
            return None
        found = moment(self.given[key])
        if found is None:
            self._unfit(key, A_MOMENT)
        return found

    def texts(self, key: str, *, must: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        if self._absent(key, must):
            return ()
        value = self.given[key]
        found = cast("list[Any]", value) if isinstance(value, list | tuple) else [None]
        if not all(isinstance(each, str) for each in found):
            self._unfit(key, Bilingual('文字的列表,如 ["…"]', 'a list of texts, as ["…"]'))
            return ()
        return tuple(str(each) for each in found)

    def known(self, key: str, value: str, of: Collection[str], what: Bilingual) -> bool:
        """Whether a value is one of those there are; if not, that is noted."""
        if value in of:
            return True
        told = shown(value)
        self.note(
            key, Bilingual(f"没有 {told} 这个{what.zh}", f"there is no {what.en} {told}"), self._near(value, of, 3)
        )
        return False

    def _near(self, value: str, of: Collection[str], most: int) -> Bilingual:
        """Those there are that are like it, else all; nothing is looked for once no more mistakes are told."""
        if len(self.mistakes) >= MOST:
            return NOTHING
        if not of:
            return _NONE_YET
        return names(get_close_matches(value[:_LONGEST], list(of)[:_LOOKED_AT], most) or of)

    def table(self, key: str) -> Table:
        """The table of this key, empty where there is none."""
        name, within = (self.name, _joined(self.within, key)) if self.number else (_joined(self.name, key), "")
        value = self.given.get(key, {})
        if not isinstance(value, Mapping):
            whole = _joined(name, within)
            self._unfit(key, Bilingual(f"一个 [{whole}] 表", f"one table [{whole}]"))
            value = {}
        return Table(name, cast("Mapping[str, Any]", value), self.mistakes, self.number, within)

    def tables(self, key: str) -> tuple[Table, ...]:
        """The tables `[[key]]` of this key, numbered from 1."""
        name = _joined(self.name, key)
        value = self.given.get(key, [])
        rows = cast("list[Any]", value) if isinstance(value, list | tuple) else [value]
        if not isinstance(value, list | tuple) or not all(isinstance(each, Mapping) for each in rows):
            self._unfit(key, Bilingual(f"一个个 [[{name}]] 表", f"tables, each under [[{name}]]"))
            return ()
        return tuple(Table(name, each, self.mistakes, place) for place, each in enumerate(rows, 1))

    def _absent(self, key: str, must: bool) -> bool:
        if key in self.given:
            return False
        if must:
            self.note(key, Bilingual(f"缺少 {key}", f"{key} is missing"), Bilingual(f"写上 {key}", f"give {key}"))
        return True

    def _typed(self, key: str, type_: type[T], would_do: Bilingual, must: bool, default: T) -> T:
        if self._absent(key, must):
            return default
        value = self.given[key]
        if isinstance(value, type_):
            return value
        self._unfit(key, would_do)
        return default

    def _unfit(self, key: str, would_do: Bilingual) -> None:
        told = shown(self.given[key])
        self.note(key, Bilingual(f"不能是 {told}", f"it cannot be {told}"), would_do)


def _joined(*keys: str) -> str:
    return ".".join(each for each in keys if each)


def moment(value: Any) -> datetime | None:
    """The moment that a value stands for, in the zone of the site; None for what is none or no year of ours."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value) if "T" in value or " " in value.strip() else None
        except ValueError:
            return None
    if not isinstance(value, datetime) or not 1900 <= value.year <= 9000:
        return None
    return value.replace(tzinfo=ZONE) if value.tzinfo is None else value.astimezone(ZONE)


def _day(value: Any) -> date | None:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return None
    return value if isinstance(value, date) and not isinstance(value, datetime) else None
