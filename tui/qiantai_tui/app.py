"""The desk's program: the site it serves, who is at the desk, and the one way in which commands are carried out."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qiantai import Command, Desk, Done, Handbook, Person, Refusal, StoreError, UnknownCase
from qiantai.seat import NOBODY, Seat
from qiantai.words import INCIDENT, Bilingual

from .actions.navigation import CaseChanged, Navigation
from .desk_screen import NOT_KEPT
from .draft_book import DraftBook
from .preferences import NOTHING_TAKEN, Taken
from .screens import modes
from .sitefiles import reports_folder
from .text.words import Language

if TYPE_CHECKING:
    from qiantai.directory import Directory
    from qiantai.plugins import Failure

    from .site import Site

LEFT = Bilingual("{number} 留在原处:{why}", "{number} stays as it is: {why}")
CHECK_THE_CLOCK = Bilingual("核对电脑时钟", "Check the computer's clock")
SET_BACK = Bilingual("{told}。在那之前,这件事项办不了下一步。", "{told}. Until then that case takes no further step.")
PLUGIN = Bilingual("插件 {name}:{why}", "Plugin {name}: {why}")


class DeskApp(Navigation):
    """The program of one site. A screen with `refresh_data()` is told to read anew after every command."""

    def __init__(
        self,
        site: Path | Site,
        *,
        clock: Callable[[], datetime] | None = None,
        reports: Path,
        language: Language = "zh",
    ) -> None:
        """The site, or the folder it lies in; the desk's own clock where no other is given."""
        from .site import open_site  # not needed to look at the class

        self.site = open_site(site) if isinstance(site, Path) else site
        super().__init__(clock=clock or self.site.desk.clock, reports=reports, language=language)
        self.person: Person | None = None
        self._seat: Seat | None = None
        self.last_done = ""
        self._failures_told: set[Failure] = set()
        self.drafts = DraftBook(self.site.folder / "drafts.json")
        for mode in modes():
            self.add_mode(mode.id, mode.make)

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

    def on_mount(self) -> None:
        """Begins with the queue, and with the question who is at the desk where it may be one of several."""
        self.drafts.forget_closed(self.desk.store)
        if self.person is None and len(self.handbook.people) == 1:
            self.person = next(iter(self.handbook.people.values()))
        self.switch_mode(modes()[0].id)
        self.tell_wrong()
        self._tell_failures()
        if told := self.desk.set_back():
            self.notify(SET_BACK.format(told=told), title=CHECK_THE_CLOCK, severity="warning", timeout=30)
        if self.person is None:
            self.action_staff()
        self.set_timer(1, lambda: self.run_worker(self._get_ready, thread=True))

    def _get_ready(self) -> None:
        """Reads a line once beside the screen: the first search by pinyin has a dictionary to load."""
        from qiantai.intake import read_line

        read_line("zz 漏水", self.directory, self.site.topics)
        if not gc.isenabled():
            gc.freeze()
            gc.enable()

    def _tell_failures(self) -> None:
        """Says once of each plugin what it failed at; what was asked of the desk is done all the same."""
        for each in self.site.failures:
            if each not in self._failures_told:
                self._failures_told.add(each)
                self.notify(PLUGIN.format(name=each.name, why=each.why), severity="warning")

    def carry_out(self, number: str | None, command: str, **fields: Any) -> Done | Refusal:
        """Gives a command on a case, or takes in or opens what has no `number` yet, in the name of who is at the desk.

        What comes back as `Done` is on disk, and every screen knows of it. A store that could not keep it, and a case
        that is not there, come back as a refusal without a clause: nothing of it was kept.
        """
        return self.carry_out_for(self.seat, number, command, **fields)

    def carry_out_for(self, seat: Seat, number: str | None, command: str, **fields: Any) -> Done | Refusal:
        """The same in the name of whoever sits there."""
        try:
            done = self._begun(seat, command, fields) if number is None else seat.do(number, command, **fields)
        except (StoreError, UnknownCase) as error:
            asked = Command(command, seat.person.id, number or "", fields)
            return Refusal(asked, self.clock(), NOT_KEPT, None, error.why)
        if isinstance(done, Done):
            self.last_done = done.case.number
            self._tell_failures()
            for each in done.left:
                self.notify(LEFT.format(number=each.command.case, why=each.sentence), severity="warning")
            self.tell_screens(CaseChanged(done.case.number))
        return done

    def _begun(self, seat: Seat, command: str, fields: dict[str, Any]) -> Done | Refusal:
        return seat.open_incident(**fields) if command == INCIDENT else seat.receive(**fields)

    def open_case(self, number: str) -> None:
        """Shows all there is of a case, or of an incident."""
        found = self.seat.known(number)
        if found is None or found.matter:
            super().open_case(number)
            return
        from .screens.incident import IncidentScreen

        self.push_screen(IncidentScreen(number))

    def tell_screens(self, message: CaseChanged | None = None) -> None:
        """Has every screen of the stack read its data anew; a screen that comes back reads anew by itself."""
        for screen in self.screen_stack:
            if refresh := getattr(screen, "refresh_data", None):
                refresh()
            if message is not None:
                screen.post_message(message)

    def be(self, person: str | None) -> None:
        """Puts somebody at the desk; None leaves everything as it is."""
        if person is not None:
            self.person, self.last_done = self.handbook.people[person], ""
            self.clear_notifications()
            self.tell_screens()


def run_desk(folder: Path | None, language: Language = "zh", taken: Taken = NOTHING_TAKEN) -> int:
    """Opens the site and runs the program; gives its exit code. Raises what `open_site` raises.

    With no folder the person is asked first where to begin.
    """
    if folder is None:
        from .screens.first_run import choose_site

        folder = choose_site(language, taken)
    if folder is None:
        return 0
    from .site import open_site

    gc.disable()  # until the first screen stands: while everything is being made there is nothing to collect
    with open_site(folder) as site:
        app = DeskApp(site, reports=reports_folder(), language=language)
        app.settle(taken)
        app.run()
        return app.return_code or 0
