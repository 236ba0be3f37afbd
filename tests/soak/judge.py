"""Whether everything that was acknowledged is in a site that something happened to."""

from __future__ import annotations

from pathlib import Path

from qiantai_tinydb.store import TinyStore
from tests.plugins.sites import kill
from tests.soak.day import Ledger, content
from tests.soak.outcome import Ended, Outcome, said


def compared(place: str, site: Path, ledger: Ledger, least: int, most: int) -> Outcome:
    """Kept, where the site opens and has the content of a day after so many deeds."""
    try:
        store = TinyStore(site)
    except Exception as error:
        return Outcome(place, Ended.LOST, f"it does not open: {said(error)}")
    try:
        found = content(store)
    except Exception as error:
        return Outcome(place, Ended.LOST, said(error))
    finally:
        kill(store)
    if ledger.reached(found, least, most) is None:
        return Outcome(place, Ended.LOST, f"not what there was after {least} to {most} deeds")
    return Outcome(place, Ended.KEPT)
