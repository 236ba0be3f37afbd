"""Which years a library's data file writes at all, found out without the cost of importing the library."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path


def may_know(library: str, data: str, years: Iterable[int]) -> frozenset[int]:
    """Those of the years that the library may have data for: they are written in its file `data`, as
    `countries/china.py`.

    None where it is not installed. All of them, so that it is asked itself, where that costs nothing more as it is
    imported already, and where the file is not to be found or read.
    """
    if library in sys.modules:
        return frozenset(years)
    spec = find_spec(library)
    if spec is None:
        return frozenset()
    try:
        text = (Path(spec.origin or "").parent / data).read_bytes()
    except OSError:
        return frozenset(years)
    return frozenset(year for year in years if str(year).encode() in text)
