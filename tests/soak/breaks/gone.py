"""A file or a folder is not there any more."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from tests.soak.outcome import Given, Outcome
from tests.soak.specimen import Specimen


def tried(given: Given) -> Iterator[Outcome]:
    """One outcome for every file, and for the folder of the archive."""
    specimen = Specimen(given.folder, given.seed)
    for name in specimen.files:
        (specimen.site / name).unlink()
        yield specimen.ask(name, "gone", name)
        specimen.put_back()
    shutil.rmtree(specimen.site / "archive")
    yield specimen.ask("archive/", "gone", "archive")
    specimen.put_back()
