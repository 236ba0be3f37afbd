"""What was wrong with a roll, and what would do."""

from __future__ import annotations

from attrs import frozen

from qiantai.words import Bilingual


class UnreadableRoll(Exception):
    """A file that cannot be read as a roll at all: `what` was wrong, and what `would_do`."""

    def __init__(self, what: Bilingual, would_do: Bilingual) -> None:
        super().__init__(f"{what.zh}。{would_do.zh}。 {what.en}. {would_do.en}.")
        self.what = what
        self.would_do = would_do


@frozen
class Problem:
    """One cell that could not be taken over: where it stands, what it holds, what was wrong and what would do.

    `row` is the row's number in the sheet, counted from 1; `column` its letter and heading; `sheet` is empty for text.
    """

    row: int
    column: str
    value: str
    what: Bilingual
    would_do: Bilingual
    sheet: str = ""
