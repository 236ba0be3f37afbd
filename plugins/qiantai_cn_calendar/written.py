"""Whether a library's data file writes a year at all, found out without the cost of importing the library."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path


def may_know(library: str, data: str, year: int) -> bool:
    """Whether the library may have data for the year: the year is written in its file `data`, as `countries/china.py`.

    False where it is not installed. True, so that it is asked itself, where that costs nothing more as it is imported
    already, and where the file is not to be found or read.
    """
    if library in sys.modules:
        return True
    spec = find_spec(library)
    if spec is None:
        return False
    try:
        return str(year).encode() in (Path(spec.origin or "").parent / data).read_bytes()
    except OSError:
        return True
