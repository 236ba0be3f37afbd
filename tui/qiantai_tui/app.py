"""The desk's program: the site it serves, who is at the desk, and the one way in which commands are carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantai import (
    Case,
    Command,
    Conflict,
    Desk,
    Done,
    Handbook,
    Person,
    Refusal,
    StoreError,
    UnknownCase,
    decide,
    label,
    others_of,
)
from qiantai.seat import NOBODY, Seat
from qiantai.words import INCIDENT, Bilingual

from . import collecting
from .actions.navigation import CaseChanged
from .desk_screen import NOT_KEPT
from .preferences import NOTHING_TAKEN, Taken
from .program.alerted import AlertedApp
from .program.anew import AnewApp
from .program.asking_first import AskingFirstApp
from .program.brought import BroughtApp
from .program.made_ahead import MadeAheadApp
from .program.on_shift import OnShiftApp
from .program.rehearsing import RehearsingApp
from .program.undoing import UndoingApp
from .screens import modes
from .sites.files import reports_folder
from .text.words import Language, say

if TYPE_CHECKING:
    from qiantai.directory import Directory
    from qiantai.plugins import Failure

    from .backups.automatic import Automatic
    from .backups.beside import Backing
    from .dialogs.in_stead import InStead
    from .sites.site import Site

LEFT = Bilingual("{number} 留在原处:{why}", "{number} stays as it is: {why}")
CHECK_THE_CLOCK = Bilingual("核对电脑时钟", "Check the computer's clock")
SET_BACK = Bilingual("{told}。在那之前,这件事项办不了下一步。", "{told}. Until then that case takes no further step.")
IN_STEAD = Bilingual("代{who}办理“{what}”,理由:{why}", "“{what}” in the stead of {who}, because: {why}")
PLUGIN = Bilingual("插件 {name}:{why}", "Plugin {name}: {why}")

_Said = dict[str, Any]


class DeskApp(AskingFirstApp, BroughtApp, MadeAheadApp, AnewApp, AlertedApp, OnShiftApp, RehearsingApp, UndoingApp):
    """The program of one site. A screen with `refresh_data()` is told to read anew after every command."""

    DEFAULT_MODE = "queue"

    def __init__(
        self,
        site: Path | Site,
        *,
        clock: Callable[[], datetime] | None = None,
        reports: Path,
        language: Language = "zh",
        automatic: Automatic | None = None,
        alerts: Path | None = None,
    ) -> None:
        """The site, or the folder it lies in; the desk's own clock where no other is given.

        `automatic` makes backups beside it; without, nobody does. `alerts` is where the book of alerts lies.
        """
        from .sites.site import open_site  # not needed to look at the class

        self.site = open_site(site) if isinstance(site, Path) else site
        super().__init__(clock=clock or self.site.desk.clock, reports=reports, language=language, alerts=alerts)
        self._seat: Seat | None = None
        self._failures_told: set[Failure] = set()
        self.backing = _backing(self, automatic) if automatic else None
        self.book = self.open_drafts()
        for mode in modes():
            self.add_mode(mode.id, self.first_screen if mode.id == self.DEFAULT_MODE else mode.make)
        self.bring()

    @property
    def desk(self) -> Desk:
        """The desk that keeps the cases."""
        return self.site.desk

    @property
    def seat(self) -> Seat:
        """The desk as whoever is at it may see it; every screen reads and gives commands there."""
        person = self.person or NOBODY
        if self._seat is None or self._seat.person is not person or self._seat.desk is not self.desk:
            self._seat = Seat(self.desk, person)
        return self._seat

    @property
    def handbook(self) -> Handbook:
        """What its rules look up, residents masked."""
        return self.seat.handbook

    @cached_property
    def directory(self) -> Directory:
        """The roll, to be searched by room, telephone, name and initials."""
        from qiantai.directory import Directory

        from .text.pinyin import initials

        return Directory(self.desk.handbook.households.values(), initials)

    def on_load(self) -> None:
        """Before the first screen: who is at the desk where it can be but one."""
        self.book.forget_closed(self.desk.store)
        if self.person is None and len(self.handbook.people) == 1:
            self.person = next(iter(self.handbook.people.values()))

    def on_mount(self) -> None:
        """Over the queue, the question who is at the desk where it may be one of several."""
        self.tell_wrong()
        self._tell_failures()
        if told := self.desk.set_back():
            self.notify(SET_BACK.format(told=told), title=CHECK_THE_CLOCK, severity="warning", timeout=30)
        if self.asks_first:
            self.action_staff()
        self.go_on_writing()
        self.make_ahead()
        self.set_timer(1, self._get_ready)
        if self.backing is not None:
            self.backing.begin()

    def _get_ready(self) -> None:
        """Loads beside the screen what a first key would wait for: the roll, the dictionary of pinyin."""
        for each in ("qiantai.directory", "qiantai.intake", "qiantai_tui.text.pinyin"):
            import_module(each)  # not beside, see `make_ahead`
        self.run_worker(self._read_the_roll, thread=True)

    def _read_the_roll(self) -> None:
        from qiantai.intake import read_line

        read_line("zz 漏水", self.directory, self.site.topics)
        collecting.begin()

    def _tell_failures(self) -> None:
        """Says once of each plugin what it failed at; what was asked of the desk is done all the same."""
        for each in self.site.failures:
            if each not in self._failures_told:
                self._failures_told.add(each)
                self.notify(PLUGIN.format(name=each.name, why=each.why), severity="warning")

    def carry_out(self, about: Case | str | None, command: str, **fields: Any) -> Done | Refusal:
        """Gives a command on a case, or takes in or opens what is none yet, in the name of who is at the desk.

        `about` is the case as it was seen: where somebody else has gone on with it since, it is not carried out. Its
        number alone is the case as it stands by now.

        What comes back as `Done` is on disk, and every screen knows of it. A store that could not keep it, and a case
        that is not there, come back as a refusal without a clause: nothing of it was kept.
        """
        number = about.number if isinstance(about, Case) else about
        done = self.give_from(self.giver(number, command), about, command, **fields)
        if isinstance(done, Done):
            self.did_command(command, done.case.number)
        return done

    def give_from(self, seat: Seat, about: Case | str | None, command: str, **fields: Any) -> Done | Refusal:
        """The same from this seat, of whoever has just proved to be there."""
        number, seen = (about.number, len(about.history)) if isinstance(about, Case) else (about, None)
        try:
            done = self._given(seat, number, seen, command, fields)
        except (StoreError, UnknownCase) as error:
            if isinstance(error, Conflict):
                self.tell_screens()
            asked = Command(command, seat.person.id, number or "", fields)
            return Refusal(asked, self.clock(), NOT_KEPT, None, error.why)
        if isinstance(done, Done):
            if self.backing is not None:
                self.backing.changed()
            self._tell_failures()
            for each in done.left:
                self.notify(LEFT.format(number=each.command.case, why=each.sentence), severity="warning")
            self.tell_screens(CaseChanged(done.case.number))
        return done

    def greet(self) -> None:
        """Somebody is about to be taken in; at a desk that is no rehearsal they are there by themselves."""

    def go_on_in_stead(self, agreed: InStead | None) -> None:
        """Goes on with the command that a superior has agreed to give: its form where one stands open, else anew."""
        if agreed is None:
            return
        self.in_stead = agreed
        if send := getattr(self.screen, "action_send", None):
            send()
        elif give := getattr(self.screen, "give", None):
            give(agreed.number, agreed.command)

    def giver(self, number: str | None, command: str) -> Seat:
        """The seat that a command is given from: a superior's, where one has agreed to give this very one."""
        agreed = self.in_stead
        if agreed is not None and (agreed.number, agreed.command) == (number, command):
            return agreed.seat
        return self.seat

    def _given(self, seat: Seat, number: str | None, seen: int | None, command: str, said: _Said) -> Done | Refusal:
        if number is None:
            return seat.open_incident(**said) if command == INCIDENT else seat.receive(**said)
        if self.in_stead is not None and seat is self.in_stead.seat:
            if (refused := self._noted(seat, number, seen, command, said)) is not None:
                return refused
            seen = None if seen is None else seen + 1
        return seat.do(number, command, seen, **said)

    def _noted(self, seat: Seat, number: str, seen: int | None, command: str, said: _Said) -> Refusal | None:
        """Puts on record why a superior gives a command that the rules take; what they do not take is refused."""
        agreed, self.in_stead = self.in_stead, None
        case, asked = self.desk.case(number), Command(command, seat.person.id, number, said)
        found = decide(case, asked, self.clock(), self.desk.handbook, others_of(case, asked, self.desk.store.case))
        if isinstance(found, Refusal):
            return found
        here = self.person.name if self.person else ""
        why = agreed.reason if agreed else ""
        words = say(IN_STEAD.format(who=here, what=label("commands", command), why=why))
        noted = seat.do(number, "note", seen, text=words)
        return noted if isinstance(noted, Refusal) else None

    def open_case(self, number: str) -> None:
        """Shows all there is of a case, or of an incident."""
        try:
            found = self.seat.known(number)
        except StoreError as error:
            self.tell_unread(error)
            return
        if found is None or found.matter:
            super().open_case(number)
            return
        from .screens.incident import IncidentScreen

        self.push_screen(IncidentScreen(number))


def _backing(app: DeskApp, automatic: Automatic) -> Backing:
    from .backups.beside import Backing  # a desk without backups does without

    return Backing(app, automatic)


def _automatic(site: Site, language: Language) -> Automatic | None:
    """The backups of a site; the demo estate has none."""
    from .sites.files import MARK

    if (site.folder / MARK).is_file():
        return None
    from .backups.automatic import Automatic

    return Automatic(site.folder, site.desk.clock, language)


def run_desk(folder: Path | None, language: Language = "zh", taken: Taken = NOTHING_TAKEN) -> int:
    """Opens the site and runs the program; gives its exit code. Raises what `open_site` raises.

    With no folder the person is asked first where to begin.
    """
    if folder is None:
        from .screens.first_run import choose_site

        folder = choose_site(language, taken)
    if folder is None:
        return 0
    from .sites.site import open_site

    with open_site(folder) as site:
        automatic = _automatic(site, language)
        here: Person | None = None
        writing: Path | None = None
        while True:
            app = DeskApp(site, reports=reports_folder(), language=language, automatic=automatic, alerts=folder)
            app.settle(taken)
            app.person, app.to_write = here, writing
            app.run()
            if app.to_rehearse is None or app.person is None:
                break
            from .room.trying import rehearse_at, try_at

            writing = app.to_write
            play_at = rehearse_at if writing is None else try_at
            here = play_at(app.site, app.to_rehearse, app.person, language, taken)
    if automatic is not None:
        automatic.close()
    return app.return_code or 0
