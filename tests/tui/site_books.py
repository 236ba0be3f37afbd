"""Something in every book of a site, written as its desks write it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from qiantai import Command, Refusal
from qiantai.deeds import APPROVE, DRAFT, SUBMIT, Deed
from qiantai.projections.alerts import Alert, Stage
from qiantai.shift.asked import Asked
from qiantai.shift.book import ShiftBook
from qiantai.shift.summary import Summary
from qiantai_scenarios.rehearsing.records import Attempt
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.alerts.book import AlertBook
from qiantai_tui.shift.shifts import Shifts
from qiantai_tui.sites.site import Site, open_site
from qiantai_tui.sites.training_book import write_attempt
from tests.tui.sites import NOON

NOTES = "电梯维保明早来"
WORDING = "水费按表计费"


def signed(site: Site, name: str, by: str, at: datetime = NOON, **fields: object) -> ShiftBook:
    """A line of the book of shifts, of which `desk1` gives."""
    summary = Summary("desk1", at, at)
    found = Shifts(site.books).write(
        lambda book: Asked(book, Command(name, by, "", fields), at, site.desk.handbook, (), summary)
    )
    assert isinstance(found, ShiftBook), found
    return found


def handed_over(site: Site, notes: str = NOTES, *, take: bool = True) -> int:
    """A hand-over of `desk1` to `lead` that was signed; gives its number."""
    signed(site, "draw_up", "desk1", to="lead")
    number = Shifts(site.books).book().hand_overs[-1].number
    signed(site, "sign_off", "desk1", hand_over=number, notes=notes)
    if take:
        signed(site, "take_over", "lead", hand_over=number)
    return number


def agreed_on(site: Site, text: str = WORDING, topic: str = "water", **said: object) -> Deed:
    """A wording that is approved."""
    deed = agree(site, "desk1", DRAFT, topic=topic, text=text, **said)
    assert isinstance(deed, Deed), deed
    for name, by in ((SUBMIT, "desk1"), (APPROVE, "head")):
        done = agree(site.with_scripts(), by, name, id=deed.id, version=deed.version)
        assert not isinstance(done, Refusal), done
    return deed


def fill(folder: Path, at: datetime = NOON) -> None:
    """Lines in all four."""
    with open_site(folder, lambda: at) as site:
        handed_over(site)
        agreed_on(site)
        write_attempt(site.books, Attempt("desk1", "small", at, ("knowledge",), 90, 80, 12.5))
    alert = Alert("BX-20261122-001", "finish", at, Stage.DUE)
    assert AlertBook(folder).tell("desk1", at, lambda told: {alert} - told) == (alert,)
