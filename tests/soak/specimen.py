"""A site that has something in every one of its files, whole, and what it answers when something is done to one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from qiantai.store import Damaged
from qiantai_tinydb.store import TinyStore
from tests.plugins.sites import kill
from tests.soak.day import QUESTIONS, Day, answer
from tests.soak.outcome import Ended, Outcome, said

DEEDS = 130
BESIDE = ("lock", "lock.json", "open.json.journal.mark", "looks.jsonl.mark")
"""The files that hold no record: whatever happens to them, nothing is lost, and nobody need be told."""


class Specimen:
    """The site in a folder; after every trial it is put back as it was."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.site = folder / "site"
        store = TinyStore(self.site)
        for n in range(DEEDS):
            Day(seed, store).do(n)
        store.close()
        store = TinyStore(self.site)
        for n in range(DEEDS, DEEDS + 6):
            Day(seed, store).do(n)
        self._answers = {each: answer(store, each) for each in QUESTIONS}
        kill(store)
        self.files = self._read()

    def _read(self) -> Mapping[str, bytes]:
        paths = (each for each in self.site.rglob("*") if each.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in paths}

    @property
    def records(self) -> list[str]:
        """The names of the files that hold what was acknowledged."""
        return [each for each in self.files if each not in BESIDE]

    def put_back(self) -> None:
        """As it was in the beginning."""
        shutil.rmtree(self.site)
        for name, data in self.files.items():
            path = self.site / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def ask(self, place: str, at: str, name: str) -> Outcome:
        """What came of what was done to the file of that name: it must be refused by that name, or cost nothing."""
        before = self._read()
        found = self._asked(name)
        after = self._read()
        if found[0] is Ended.REFUSED and any(
            after.get(each) != data for each, data in before.items() if each != "lock.json"
        ):
            return Outcome(place, Ended.LOST, f"{at}: refused, and yet something was changed")
        return Outcome(place, found[0], f"{at}: {found[1]}")

    def _asked(self, name: str) -> tuple[Ended, str]:
        told = ""
        try:
            store = TinyStore(self.site)
        except Damaged as error:
            return _named(error, name)
        except Exception as error:
            return Ended.LOST, said(error)
        try:
            for question, expected in self._answers.items():
                try:
                    if answer(store, question) != expected:
                        return Ended.LOST, f"a wrong answer to: {question}"
                except Damaged as error:
                    ended, told = _named(error, name)
                    if ended is Ended.LOST:
                        return ended, told
        except Exception as error:
            return Ended.LOST, said(error)
        finally:
            kill(store)
        return (Ended.REFUSED, told) if told else (Ended.KEPT, "")


def _named(error: Damaged, name: str) -> tuple[Ended, str]:
    told = said(error)
    return (Ended.REFUSED if Path(name).name in told else Ended.LOST), told
