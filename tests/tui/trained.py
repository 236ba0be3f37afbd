"""Three results of training, as the screens with the book of training on them are pictured."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qiantai.periods import ZONE
from qiantai_scenarios.rehearsing.records import Attempt
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.sites.training_book import write_attempt

RESULTS = (
    Attempt("li", "first-dripping-tap", datetime(2026, 10, 12, 9, 30, tzinfo=ZONE), ("knowledge",), 100, 80, 300.0),
    Attempt(
        "bao",
        "storm-night",
        datetime(2026, 11, 2, 15, tzinfo=ZONE),
        ("emergency", "communication", "knowledge"),
        52,
        85,
        300.0,
    ),
    Attempt("li", "repair-first-morning", datetime(2026, 11, 16, 16, 20, tzinfo=ZONE), ("emergency",), 85, 80, 300.0),
)


def train(folder: Path) -> None:
    """Puts them into the book of a site."""
    for each in RESULTS:
        write_attempt(FileBooks(folder), each)
