"""One bit of one file is another: of every file, at bytes spread over all of it."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tests.soak.outcome import Ended, Given, Outcome
from tests.soak.specimen import Specimen


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every flip. One that nobody notices in a file that holds a record counts as a loss."""
    chance = Random(given.seed)
    specimen = Specimen(given.folder, given.seed)
    for name, data in specimen.files.items():
        each_file = min(len(data), max(given.tries // len(specimen.files), 1))
        for turn in range(each_file):
            at, bit = (turn * len(data) + chance.randrange(len(data))) // each_file, chance.randrange(8)
            flipped = data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]
            (specimen.site / name).write_bytes(flipped)
            outcome = specimen.ask(name, f"bit {bit} of byte {at}", name)
            if outcome.ended is Ended.KEPT and name in specimen.records:
                outcome = Outcome(name, Ended.LOST, f"bit {bit} of byte {at}: nobody noticed")
            yield outcome
            specimen.put_back()
