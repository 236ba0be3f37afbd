"""From the list of rehearsals to the one that is written, and on with it after it was tried out."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from qiantai.hours import local
from qiantai.words import Bilingual
from qiantai_scenarios.making.fresh import BEGINNINGS, fresh

from ..dialogs.choose import ChooseDialog, Item
from ..room.offered import OWN, SHIPPED, Offer
from ..sites.files import SiteError
from ..text.words import language, say
from ..widgets.rows import Column
from .opening import may_write, to_edit, writable
from .screen import WritingScreen
from .shelf import begin, free, shelf

if TYPE_CHECKING:
    from ..app import DeskApp

NOT_YOURS = Bilingual("做演练是培训员、主管的事。F12 换人", "Rehearsals are made by trainers and supervisors. F12")
OF_WHICH_KIND = Bilingual("新做一个:练哪一类?", "A new one: of which kind?")
BEGUN = Bilingual("做好了 {file},马上能练。改成您要的", "{file} is made and can be played. Change it as you like")
NO_FILE = Bilingual("口径的小演练随口径变,不能改", "A drill goes with its agreed answer and cannot be edited")
_COLUMNS = (Column(Bilingual("", ""), 12), Column(Bilingual("", ""), 20, flex=1))


def begin_one(app: DeskApp) -> None:
    """Asks of which kind, writes it among the site's own, and opens it."""
    from qiantai.words import label

    if not may_write(app.person):
        app.notify(NOT_YOURS, severity="warning")
        return
    items = [Item(kind, (say(label("kinds", kind)), say(of.title))) for kind, of in BEGINNINGS.items()]
    app.push_screen(ChooseDialog(OF_WHICH_KIND, _COLUMNS, items), lambda kind: _begun(app, kind))


def _begun(app: DeskApp, kind: str | None) -> None:
    if kind is None:
        return
    file = free(app.site.folder, f"my-{kind}")
    calendar, today = app.desk.handbook.calendar, _today(app.clock())
    day = today if calendar.working(today) else calendar.after(today, 1)
    try:
        begin(file, fresh(kind, file.stem, day, language()))
    except SiteError as error:
        app.notify(error.why, severity="error")
        return
    _open(app, file, BEGUN.format(file=file.name))


def _today(now: datetime) -> date:
    return local(now).date()


def edit(app: DeskApp, offer: Offer) -> None:
    """Opens a rehearsal of the list; one that comes along, or that cannot be written, as a copy."""
    if not may_write(app.person):
        app.notify(NOT_YOURS, severity="warning")
        return
    folder = app.site.folder
    try:
        if offer.source is OWN:
            name = offer.id if offer.id.endswith(".toml") else f"{offer.id}.toml"
            file, said = writable(folder, shelf(folder) / name)
        elif offer.source is SHIPPED:
            file, said = to_edit(folder, offer.id)
        else:
            app.notify(NO_FILE)
            return
    except SiteError as error:
        app.notify(error.why, severity="error")
        return
    _open(app, file, said)


def write_on(app: DeskApp, file: Path) -> None:
    """Opens a file again, after it was tried out, for the same person."""
    if may_write(app.person) and file.is_file():
        app.switch_mode("rehearsal")
        app.call_later(_open, app, file, None)


def _open(app: DeskApp, file: Path, said: Bilingual | None) -> None:
    try:
        screen = WritingScreen(file, app.desk.handbook.requests)
    except SiteError as error:
        app.notify(error.why, severity="error")
        return
    app.push_screen(screen)
    if said is not None:
        app.notify(said, timeout=10)
