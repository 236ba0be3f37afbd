"""What is wrong in a file: each mistake with its place and what would do, and the error that carries all of them."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from qiantai.plainly import short, still
from qiantai.words import NOTHING, Bilingual

MOST = 100
"""So many mistakes of a file are told; whoever made more mends these first."""
_MOST_NAMES = 40


@frozen
class Mistake:
    """One thing that is wrong in a file: in which table, which of its kind (from 1; 0: the only one), at which key.

    `table` is empty for the file's top level, `key` where the whole table or file is meant.
    """

    table: str
    number: int
    key: str
    wrong: Bilingual
    would_do: Bilingual = NOTHING

    @property
    def place(self) -> Bilingual:
        """Where it is, as `[[step]] 3, at` and 第3个 [[step]] 的 at."""
        zh = en = short(self.key)
        if self.number:
            zh, en = f"第{self.number}个 [[{self.table}]]", f"[[{self.table}]] {self.number}"
        elif self.table:
            zh = en = f"[{self.table}]"
        if self.key and self.table:
            zh, en = f"{zh} 的 {short(self.key)}", f"{en}, {short(self.key)}"
        return Bilingual(zh, en)

    @property
    def sentence(self) -> Bilingual:
        """Place, what was wrong and what would do, as one line."""
        zh, en = self.wrong.zh, self.wrong.en
        if self.place.zh:
            zh, en = f"{self.place.zh}:{zh}", f"{self.place.en}: {en}"
        if self.would_do.zh:
            zh, en = f"{zh}。可行:{self.would_do.zh}", f"{en}. What would do: {self.would_do.en}"
        return Bilingual(still(zh), still(en))


class BadInput(ValueError):
    """A file that cannot be taken, with all of its mistakes."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(mistakes)
        super().__init__("\n".join(each.sentence.en for each in self.mistakes))


def names(given: Iterable[str]) -> Bilingual:
    """Several names of the vocabulary as one phrase; of very many the first."""
    found = tuple(given)
    told = [*found[:_MOST_NAMES], *(["…"] if len(found) > _MOST_NAMES else [])]
    return Bilingual("、".join(told), ", ".join(told))
