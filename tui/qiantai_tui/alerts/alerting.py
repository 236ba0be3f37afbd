"""Alerts beside an open desk: told to who is there when they are due, and asked for no sooner."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from qiantai import Case, Person, Seat, StoreError
from qiantai.projections.alerts import Alert, Stage, alerts, next_alert, urgent
from qiantai.words import Bilingual

from ..text import showing
from ..text.safe import clean, crop
from ..text.words import say
from .book import AlertBook, Told, unseen, which
from .settings import AlertSettings
from .title import bring_title_back, keep_title, show_count

if TYPE_CHECKING:
    from textual.widget import Widget

    from ..app import DeskApp

DUE, BEFORE = Bilingual("到时", "Due"), Bilingual("快到时", "Due soon")
ONE = Bilingual("{what} · {number} {about} · Shift+F4", "{what} · {number} {about} · Shift+F4")
THERE, SOON = Bilingual("到时 {n} 条", "{n} due"), Bilingual("快到时 {n} 条", "{n} due soon")
SEVERAL = Bilingual("{counted}。Shift+F4 逐条看", "{counted}. Shift+F4 lists them")
REMINDERS = Bilingual("时限提醒 {n} 条", "{n} alerts of due times")
_ABOUT = 30
_SHOWN_FOR = 12


class Alerting:
    """Tells whoever is at this desk, each thing once, whichever desk of the site they sit at."""

    def __init__(self, app: DeskApp, book: AlertBook, settings: AlertSettings | None) -> None:
        self._app, self.book, self._settings = app, book, settings or AlertSettings()
        self._next: datetime | None = None
        self._stale = True
        self._begun = False
        self._opens: dict[str, str] = {}
        self._seat: Seat | None = None
        self._tidied: set[str] = set()
        self._rung: set[Alert] = set()
        self.unseen = 0
        """How many of what the person at the desk was told, and is owed still, they have not seen to."""

    def begin(self) -> None:
        """Tells what came up meanwhile, and looks from now on."""
        self._begun = True
        keep_title(self._app)
        show_count(self._app, 0)
        self.look()
        self._app.set_interval(1, self.second)

    def end(self) -> None:
        """Gives the terminal its title back."""
        if self._begun:
            bring_title_back(self._app)

    def changed(self) -> None:
        """The cases are others, or somebody else is at the desk: what is to be told has to be reckoned anew."""
        self._stale = True

    def second(self) -> None:
        """Costs a comparison, but at the moments at which there is something to tell."""
        if self._stale or (self._next is not None and self._app.clock() >= self._next) or self.book.changed:
            self.look()

    def look(self) -> None:
        """Tells what is to be told by now, and reckons when to look again."""
        self._stale = False
        try:
            if self._app.person is None:
                self._look_for_nobody()
            else:
                self._look_for(self._app.person)
        except StoreError:  # it is told when it is next needed
            self._stale = True

    def _look_for(self, person: Person) -> None:
        self._seat = seat = self._app.seat
        cases, at = seat.open_cases(), self._app.clock()
        if person.id not in self._tidied:
            self._tidied.add(person.id)
            self.book.forget(person.id, at, [case.number for case in cases])
        told = self._tell(person, cases, at)
        known = frozenset(each.alert for each in self.book.of(person.id))
        self._next = next_alert(cases, person, at, known, self._settings.rules)
        self._count(unseen(self.told(person), cases))
        if told:
            self._speak(told, {case.number: case for case in cases})
            if list_anew := getattr(self._app.screen, "list_anew", None):
                list_anew()

    def _look_for_nobody(self) -> None:
        """Over a locked desk an emergency rings once, and says nothing: it is told to who signs in."""
        self._count(())
        self._next = None
        if self._seat is None:
            return
        cases, at, person = (
            [case for case in self._seat.open_cases() if urgent(case)],
            self._app.clock(),
            self._seat.person,
        )
        known = self._rung | {each.alert for each in self.book.of(person.id)}
        if rings := alerts(cases, person, at, known, self._settings.rules):
            self._rung |= set(rings)
            self._ring()
        self._next = next_alert(cases, person, at, self._rung | known, self._settings.rules)

    def _tell(self, person: Person, cases: tuple[Case, ...], at: datetime) -> tuple[Alert, ...]:
        """What is to be told, on record by then; where there is nothing, no other desk is kept waiting."""

        def choose(before: frozenset[Alert]) -> tuple[Alert, ...]:
            return alerts(cases, person, at, before, self._settings.rules)

        if not choose(frozenset(each.alert for each in self.book.of(person.id))):
            return ()
        return self.book.tell(person.id, at, choose)

    def told(self, person: Person) -> tuple[Told, ...]:
        """What the person was told, the latest first; of one due time its last alert alone."""
        found = self.book.of(person.id)
        there = {which(each.alert) for each in found if each.alert.stage is Stage.DUE}
        return tuple(each for each in found if each.alert.stage is Stage.DUE or which(each.alert) not in there)

    def see(self, told: tuple[Told, ...]) -> None:
        """The person at the desk has seen to these."""
        if self._app.person is not None and any(not each.seen for each in told):
            self.book.see(self._app.person.id, [each.alert for each in told])
            self._stale = True
            self.second()

    def saw(self, number: str) -> None:
        """The person at the desk has the case before them, whatever they were told of it."""
        if self._app.person is not None:
            self.see(tuple(each for each in self.told(self._app.person) if each.alert.case == number))

    def _count(self, found: tuple[Told, ...]) -> None:
        if len(found) != self.unseen:
            self.unseen = len(found)
            show_count(self._app, self.unseen)
            self._app.screen.query("TopBar").refresh()

    def _speak(self, told: tuple[Alert, ...], cases: dict[str, Case]) -> None:
        there = {which(each) for each in told if each.stage is Stage.DUE}
        last = [each for each in told if each.stage is Stage.DUE or which(each) not in there]
        self._ring()
        severity = "warning" if there else "information"
        if len(last) == 1:
            words, title = self._words(last[0], cases[last[0].case]), DUE if there else BEFORE
            self._opens[clean(say(words), lines=True)] = last[0].case
        else:
            words = SEVERAL.format(counted=_counted(len(there), len(last) - len(there)))
            title = REMINDERS.format(n=len(last))
            self._opens[clean(say(words), lines=True)] = ""
        self._app.notify(words, title=title, severity=severity, timeout=_SHOWN_FOR)  # type: ignore[arg-type]

    def _ring(self) -> None:
        if self._settings.bell:
            self._app.bell()

    def _words(self, alert: Alert, case: Case) -> Bilingual:
        about = " ".join(each for each in (showing.place(case), showing.summary(case)) if each)
        return ONE.format(what=showing.duty(alert.duty), number=alert.case, about=crop(about, _ABOUT))

    def clicked(self, widget: Widget | None) -> None:
        """Opens what a toast of ours tells of: its case, or the list where it tells of several."""
        notification = getattr(widget, "_notification", None)
        number = self._opens.get(getattr(notification, "message", ""))
        if number:
            self._app.open_case(number)
        elif number is not None:
            self._app.action_alerts()


def _counted(due: int, soon: int) -> Bilingual:
    """How many of each there are, of which there are any."""
    counted = [words.format(n=n) for words, n in ((THERE, due), (SOON, soon)) if n]
    return Bilingual(",".join(each.zh for each in counted), ", ".join(each.en for each in counted))
