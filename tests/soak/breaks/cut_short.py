"""A file is cut short at some length, from nothing to all but its last byte."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.soak.outcome import Given, Outcome
from tests.soak.specimen import Specimen


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every length."""
    chance = Random(given.seed)
    specimen = Specimen(given.folder, given.seed)
    for name, data in specimen.files.items():
        each_file = min(len(data), max(given.tries // len(specimen.files), 3))
        some = chance.sample(range(len(data)), each_file)
        for length in sorted({0, len(data) - 1, *some} if data else ()):
            (specimen.site / name).write_bytes(data[:length])
            yield specimen.ask(name, f"cut at byte {length}", name)
            specimen.put_back()
