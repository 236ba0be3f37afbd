"""A command on an agreed answer carried out: decided on all that any desk has done before, and on record when it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from attrs import evolve

from qiantai import Command, Refusal, StoreError
from qiantai.agreeing import decide_script
from qiantai.deeds import Deed, agreed

from ..sites.site import Site
from .book import write_deed

if TYPE_CHECKING:
    from ..app import DeskApp


def agree(site: Site, by: str, name: str, /, **fields: Any) -> Deed | Refusal:
    """What `by` does to an agreed answer, once it is in the site's book, or why not; see `decide_script`.

    The open site has it by `Site.with_scripts`. Raises `StoreError` where it cannot be put on record.
    """
    desk, command = site.desk, Command(name, by, "", fields)

    def decided(before: Sequence[Deed]) -> Deed | Refusal:
        handbook = desk.handbook
        now = evolve(handbook, scripts=agreed(handbook.scripts, before))
        return decide_script(command, desk.clock(), now)

    return write_deed(site.books, decided)


def agree_here(app: DeskApp, name: str, /, **fields: Any) -> Deed | Refusal:
    """The same by who is at the desk, made known to every screen; what the disk did not take is refused."""
    from ..desk_screen import NOT_KEPT  # the command line does without screens

    by = app.person.id if app.person else ""
    try:
        done = agree(app.site, by, name, **fields)
    except StoreError as error:
        return Refusal(Command(name, by, "", fields), app.clock(), NOT_KEPT, None, error.why)
    if isinstance(done, Deed):
        app.take_scripts_anew()
        if app.backing is not None:
            app.backing.changed()
    return done
