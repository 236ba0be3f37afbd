"""What is marked and written at a hand-over before anybody signs: on disk, so that it goes on where it stopped."""

from __future__ import annotations

from collections.abc import Mapping

from ..sites.draft_book import DraftBook

_DECLINING = "declining:"


class Marks:
    """The marks of one hand-over: notes for the next, what stays with the giver, what is not taken and why."""

    def __init__(self, book: DraftBook, giver: str, number: int = 0) -> None:
        """`number` is the hand-over's; 0 has the notes that the giver writes before there is one."""
        self._book, self._giver = book, giver
        self._name = f"hand_over:{giver}:{number}" if number else f"hand_over:{giver}"

    @property
    def notes(self) -> str:
        """The notes for the next shift."""
        return self._kept.get("notes", "")

    @property
    def staying(self) -> frozenset[str]:
        """The numbers of the cases that stay with the giver."""
        return frozenset(self._kept.get("staying", "").split())

    @property
    def declining(self) -> Mapping[str, str]:
        """The numbers of the cases that the receiver does not take, each with the reason."""
        found = self._kept.items()
        return {name.removeprefix(_DECLINING): why for name, why in found if name.startswith(_DECLINING) and why}

    def write(self, notes: str) -> None:
        """Other notes."""
        self._keep({"notes": notes})

    def stay(self, *numbers: str, stays: bool) -> None:
        """These stay with the giver, or are handed over."""
        left = self.staying | set(numbers) if stays else self.staying - set(numbers)
        self._keep({"staying": " ".join(sorted(left))})

    def decline(self, number: str, reason: str) -> None:
        """This one is not taken; it is, where there is no reason."""
        self._keep({_DECLINING + number: reason})

    def take_all(self) -> None:
        """All that is offered is taken."""
        self._keep(dict.fromkeys((_DECLINING + each for each in self.declining), ""))

    def drop(self) -> None:
        """Nothing is marked any more, as it was signed."""
        self._book.drop(self._name)

    def go_over_to(self, number: int = 0) -> None:
        """The notes go over to another hand-over of the same giver, all other marks are dropped."""
        notes = self.notes
        self.drop()
        if notes:
            Marks(self._book, self._giver, number).write(notes)

    @property
    def _kept(self) -> Mapping[str, str]:
        return self._book.get(self._name)

    def _keep(self, texts: Mapping[str, str]) -> None:
        self._book.keep(self._name, {**self._kept, **texts})
