"""A desk with its book of shifts, to test hand-overs with: what is asked of it, and what the book then is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import evolve

from qiantai import Command, Person, Refusal
from qiantai.books import SHIFTS, line_after
from qiantai.shift.asked import Asked
from qiantai.shift.book import HandOver, ShiftBook, fold_book
from qiantai.shift.deciding import decide_shift
from qiantai.shift.steps import steps
from qiantai.shift.summary import Summary, summed_up
from tests.kernel.front_desk import FrontDesk

__all__ = ["ShiftChange"]


class ShiftChange(FrontDesk):
    """The front desk with the book."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.book = ShiftBook()

    def summary(self, giver: str = "desk") -> Summary:
        """What this person's shift leaves now."""
        begun = self.book.running.get(giver)
        since = begun.since if begun else self.at
        return summed_up(self.desk.store.all_cases(), giver, since, self.at, self.handbook.scripts)

    def _asked(self, name: str, by: str, fields: dict[str, Any]) -> Asked:
        giver = fields.pop("giver", by)
        command, cases = Command(name, by, "", fields), self.desk.store.open_cases()
        return Asked(self.book, command, self.at, self.handbook, cases, self.summary(giver))

    def signs(self, name: str, by: str, **fields: Any) -> Refusal | None:
        """Signs it: what it brings about on the cases, then its line; the refusal has changed nothing."""
        found = steps(self._asked(name, by, dict(fields)))
        if isinstance(found, Refusal):
            return found
        for each in found:
            self.do(each.case, each.name, each.by, **each.fields)
        return self.asked(name, by, **fields)

    def signed(self, name: str, by: str, **fields: Any) -> HandOver:
        """The same, which has to be taken; gives the last hand-over."""
        refused = self.signs(name, by, **fields)
        assert refused is None, refused.sentence.en
        return self.book.hand_overs[-1]

    def asked(self, name: str, by: str, **fields: Any) -> Refusal | None:
        """Asks it of the book, which is then with its line, or as it was with the refusal."""
        found = decide_shift(self._asked(name, by, fields))
        if isinstance(found, Refusal):
            return found
        line = line_after(self.book.history, SHIFTS, self.at, by, name, found, "0123456789abcdef")
        self.book = fold_book((*self.book.history, line))
        return None

    def takes(self, name: str, by: str, **fields: Any) -> HandOver | None:
        """What has to be taken; gives the last hand-over."""
        refused = self.asked(name, by, **fields)
        assert refused is None, refused.sentence.en
        return self.book.hand_overs[-1] if self.book.hand_overs else None

    def refuses(self, name: str, by: str, **fields: Any) -> tuple[str, str]:
        """Rule and clause of the refusal that has to come, and that leaves the book as it was."""
        before = self.book
        found = self.asked(name, by, **fields)
        assert found is not None, f"{name} was taken"
        assert self.book is before
        assert found.sentence.zh
        assert found.sentence.en
        assert "{" not in found.sentence.zh + found.sentence.en
        return found.rule, found.clause_id

    def drawn_up(self, giver: str = "desk", receiver: str = "desk2") -> int:
        """A hand-over that has begun; gives its number."""
        found = self.takes("draw_up", giver, to=receiver)
        assert found is not None
        return found.number

    def signed_off(self, giver: str = "desk", receiver: str = "desk2") -> int:
        """The same, signed by the giver, who has offered nothing."""
        number = self.drawn_up(giver, receiver)
        self.takes("sign_off", giver, hand_over=number)
        return number

    def leave_staff(self, people: Mapping[str, Person]) -> None:
        """Goes on with these people alone."""
        self.handbook = evolve(self.handbook, people=people)
        self.desk = self.desk.with_handbook(self.handbook)
