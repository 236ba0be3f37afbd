"""Looks on record: who saw a telephone number in full or took lines away, when and which [M-3.4c]."""

from __future__ import annotations

import getpass

from qiantai.case import Case
from qiantai.people import Person
from qiantai.store import Look, Unwritable
from qiantai_tui.site import Site

from .shown import Viewed


def at_hand(site: Site, case: Case, person: Person | None) -> Viewed:
    """The case as it is shown at the desk: an open one in full, once the look is on record; else masked."""
    at = site.desk.clock()
    full = case.open
    if full:
        try:
            site.desk.store.record(Look(at, seer(person), "phone", case.number))
        except Unwritable:
            full = False
    return Viewed(case, at, site.desk.handbook, full)


def seer(person: Person | None) -> str:
    """Who looked: the member of staff, or as whom the system knows whoever did not say."""
    if person is not None:
        return person.id
    try:
        return f"os:{getpass.getuser()}"
    except (OSError, KeyError, ImportError):
        return "os:"
