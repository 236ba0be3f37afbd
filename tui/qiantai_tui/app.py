"""The desk's program: the site it serves, who is at the desk, and the one way in which commands are carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import Binding
from textual.message import Message

from qiantai import Command, Desk, Done, Handbook, Person, Refusal, StoreError, UnknownCase
from qiantai.directory import Directory
from qiantai.words import Bilingual

from .actions import Action, bound
from .base import BaseApp
from .desk_screen import NOT_KEPT
from .draft_book import DraftBook
from .screens import modes
from .words import Language

if TYPE_CHECKING:
    from .site import Site


class CaseChanged(Message):
    """A case has gone on; it is kept already."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number


class DeskApp(BaseApp):
    """The program of one site. A screen with `refresh_data()` is told to read anew after every command."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("help", Bilingual("帮助", "Help"), "f1", footer=80, priority=True),
        Action("staff", Bilingual("换人", "Who is at the desk"), "f12"),
        Action("take_in", Bilingual("登记", "Take in"), "f2"),
        Action("emergency", Bilingual("应急", "Emergency"), "f9"),
        Action("jump", Bilingual("去别处", "Go elsewhere"), "ctrl+o"),
        *(mode.action for mode in modes()),
    )
    BINDINGS = [*bound(ACTIONS), Binding("question_mark,？", "help", show=False)]

    def __init__(
        self,
        site: Path | Site,
        *,
        clock: Callable[[], datetime] | None = None,
        reports: Path,
        language: Language = "zh",
    ) -> None:
        """The site, or the folder it lies in; the desk's own clock where no other is given."""
        self.site = opened(site) if isinstance(site, Path) else site
        super().__init__(clock=clock or self.site.desk.clock, reports=reports, language=language)
        self.person: Person | None = None
        self.last_done = ""
        self.drafts = DraftBook(self.site.folder / "drafts.json")
        for mode in modes():
            self.add_mode(mode.id, mode.make)

    @property
    def desk(self) -> Desk:
        """The desk that keeps the cases."""
        return self.site.desk

    @property
    def handbook(self) -> Handbook:
        """What its rules look up."""
        return self.desk.handbook

    @cached_property
    def directory(self) -> Directory:
        """The roll, to be searched by room, telephone, name and initials."""
        from .pinyin import initials

        return Directory(self.handbook.households.values(), initials)

    def on_mount(self) -> None:
        """Begins with the queue, and with the question who is at the desk."""
        self.switch_mode(modes()[0].id)
        if self.person is None:
            self.action_staff()

    def carry_out(self, number: str | None, command: str, **fields: Any) -> Done | Refusal:
        """Gives a command on a case, or takes one in where `number` is None, in the name of who is at the desk.

        What comes back as `Done` is on disk, and every screen knows of it. A store that could not keep it, and a case
        that is not there, come back as a refusal without a clause: nothing of it was kept.
        """
        by = self.person.id if self.person else ""
        try:
            done = self.desk.receive(by, **fields) if number is None else self.desk.do(number, command, by, **fields)
        except (StoreError, UnknownCase) as error:
            return Refusal(Command(command, by, number or "", fields), self.clock(), NOT_KEPT, None, error.why)
        if isinstance(done, Done):
            self.last_done = done.case.number
            self.tell_screens(CaseChanged(done.case.number))
        return done

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
            self.person = self.handbook.people[person]
            self.tell_screens()

    def refuse(self, refusal: Refusal) -> None:
        """Shows why a command was not carried out, by which clause, and what would do."""
        from .dialogs.refusal import RefusalDialog

        self.push_screen(RefusalDialog(refusal))

    def open_case(self, number: str) -> None:
        """Shows all there is of a case."""
        from .screens.case import CaseScreen

        self.push_screen(CaseScreen(number))

    def open_household(self, household: str) -> None:
        """Shows a household's dossier."""
        from .screens.find import DossierScreen

        self.push_screen(DossierScreen(household))

    def action_mode(self, mode: str) -> None:
        """Goes to another mode."""
        self.switch_mode(mode)

    async def action_take_in(self) -> None:
        """From anywhere to the line that calls are taken in by."""
        await self._at_the_board("take_in")

    async def action_emergency(self) -> None:
        """From anywhere to the first questions of an emergency."""
        await self._at_the_board("emergency")

    async def _at_the_board(self, action: str) -> None:
        await self.switch_mode(modes()[0].id)
        await self.screen.run_action(action)

    def action_jump(self) -> None:
        """Asks where to go."""
        from .dialogs.jump import JumpDialog

        self.push_screen(JumpDialog(), lambda mode: self.action_mode(mode) if mode else None)

    def action_staff(self) -> None:
        """Asks who is at the desk."""
        from .screens.staff import StaffScreen

        self.push_screen(StaffScreen(), self.be)

    def action_help(self) -> None:
        """Explains what has the focus."""
        from .dialogs.help import HelpDialog

        self.push_screen(HelpDialog())


def opened(folder: Path) -> Site:
    """The site that lies in a folder. Raises what `open_site` raises."""
    from .site import open_site

    return open_site(folder)


def run_desk(folder: Path | None, language: Language = "zh") -> int:
    """Opens the site and runs the program; gives its exit code. Raises what `open_site` raises."""
    if folder is None:
        from .screens.first_run import choose_site

        folder = choose_site(language)
    if folder is None:
        return 0
    site = opened(folder)
    app = DeskApp(site, reports=site.folder / "reports", language=language)
    app.run()
    return app.return_code or 0
