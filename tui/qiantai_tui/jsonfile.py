"""A JSON file read with a bound on its size: whatever its bytes are, they are JSON or a `ValueError`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

LARGEST = 4 * 1024 * 1024
"""Bytes."""


def read_json(file: Path, largest: int = LARGEST) -> Any:
    """What the file says. Raises `OSError`, or `ValueError` for what is no JSON, too deep, or too many bytes."""
    with file.open("rb") as opened:
        data = opened.read(largest + 1)
    if len(data) > largest:
        raise ValueError(f"more than {largest} bytes")
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError("nested too deeply") from None
