"""What can be done about incidents where a case is at hand: one taken as proposed, opened, linked to, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from attrs import frozen

from qiantai import Case, Done, label
from qiantai.projections.incidents import Proposal, proposals
from qiantai.words import Bilingual

from ..dialogs.choose import ChooseDialog, Item
from ..text import showing
from ..text.facts import joined
from ..text.words import say
from ..widgets.rows import Column
from . import Action
from .case_actions import CaseActions

TITLE = Bilingual("突发事件", "Incidents")
TAKE = Bilingual("登记:{place} {cause}", "Open: {place} {cause}")
JOIN = Bilingual("关联到 {number}", "Link to {number}")
LOOK = Bilingual("查看 {number}", "Look at {number}")
NEW = Bilingual("登记新的突发事件", "Open one")
NEW_WITH = Bilingual("登记新的突发事件并关联", "Open one and link it")
OPENED = Bilingual("{number} 已登记,关联 {n} 件。^L 查看", "{number} is open, {n} linked. ^L looks at it")
LINKED = Bilingual("{case} 已关联 {number}", "{case} is linked to {number}")
PROPOSED = Bilingual("提示 {place} {cause} {n} 件同因,^L 登记", "{place}: {cause}, {n} alike; ^L opens an incident")
FITS = Bilingual("提示 {place} {cause} {n} 件可关联 {number},^L", "{place}: {cause}, {n} fit {number}; ^L links them")

_COLUMNS = (Column(Bilingual("办什么", "What"), 24), Column(Bilingual("内容", "About"), 16, flex=1))


@frozen
class Taken:
    """What is taken from a proposal into the form of an incident, and the cases that are linked at once."""

    summary: str = ""
    place: str = ""
    cases: tuple[str, ...] = ()


def so_many(cases: int) -> Bilingual:
    """How many cases, counted."""
    return Bilingual(f"{cases} 件", f"{cases} case" if cases == 1 else f"{cases} cases")


def proposed_words(proposal: Proposal) -> Bilingual:
    """One line on what the open cases propose."""
    words = FITS if proposal.incident else PROPOSED
    number = proposal.incident.number if proposal.incident else ""
    return words.format(place=proposal.place, cause=proposal.cause, n=len(proposal.cases), number=number)


class IncidentActions(CaseActions):
    """For a screen with a case at hand: one key for all that concerns incidents."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (Action("incident", Bilingual("突发事件", "Incident"), "ctrl+l"),)

    def proposed(self) -> tuple[Proposal, ...]:
        """The incidents that the cases propose which who is at the desk may see."""
        return proposals(self.program.seat.open_cases(), self.now, self.program.handbook)

    def action_incident(self) -> None:
        """What there is to do: proposals to take, incidents to link the case at hand to, to look at, a new one."""
        case, offered = self.case_at_hand(), self.proposed()
        items = self._items(case, offered)
        self.program.push_screen(
            ChooseDialog(TITLE, _COLUMNS, items), lambda chosen: self._chosen_incident(chosen, offered)
        )

    def _items(self, case: Case | None, offered: Sequence[Proposal]) -> list[Item]:
        """What it stands for is a verb and what it is about, with a colon between."""
        loose = case is not None and case.matter and case.open and not case.incident
        under_way = sorted(
            (each for each in self.program.seat.open_cases() if not each.matter), key=lambda each: each.received
        )
        items = [self._proposal(place, each) for place, each in enumerate(offered)]
        if case is not None and loose:
            about = f"{case.number} {showing.summary(case)}"
            items += [Item(f"link:{each.number}", (say(JOIN.format(number=each.number)), about)) for each in under_way]
        elif case is not None and not case.matter:
            items += [
                Item(f"unlink:{number}", (say(label("commands", "unlink")), f"{number} {self._about(number)}"))
                for number in case.linked
                if self._about(number)
            ]
        mine = case.incident if case is not None else ""
        for each in sorted(under_way, key=lambda one: one.number != mine):
            about = " ".join((showing.place(each), showing.summary(each), say(so_many(len(each.linked)))))
            items.append(Item(f"look:{each.number}", (say(LOOK.format(number=each.number)), about)))
        about = showing.summary(case) if case is not None and loose else ""
        return [*items, Item("new:", (say(NEW_WITH if loose else NEW), about))]

    def _about(self, number: str) -> str:
        """What a linked case is about that can still be unlinked; empty for one that is closed."""
        case = self.program.seat.known(number)
        return f"{showing.place(case)} {showing.summary(case)}" if case is not None and case.open else ""

    def _proposal(self, place: int, each: Proposal) -> Item:
        words = (
            JOIN.format(number=each.incident.number)
            if each.incident
            else TAKE.format(place=each.place, cause=each.cause)
        )
        places = joined(dict.fromkeys(showing.place(case) for case in each.cases))
        return Item(f"take:{place}", (say(words), f"{say(so_many(len(each.cases)))} {places}"))

    def _chosen_incident(self, chosen: str | None, offered: Sequence[Proposal]) -> None:
        verb, _, what = (chosen or "").partition(":")
        case = self.case_at_hand()
        match verb:
            case "take":
                self._take(offered[int(what)])
            case "link" if case is not None:
                self._link((case.number,), what)
            case "unlink":
                self.give(what, "unlink")
            case "look":
                self.program.open_case(what)
            case "new":
                loose = case is not None and case.matter and case.open and not case.incident
                self.open_incident(
                    Taken(case.text("summary"), showing.place(case), (case.number,)) if case and loose else Taken()
                )
            case _:
                """None was chosen."""

    def _take(self, proposal: Proposal) -> None:
        numbers = tuple(each.number for each in proposal.cases)
        if proposal.incident is not None:
            self._link(numbers, proposal.incident.number)
        else:
            self.open_incident(Taken(proposal.cause.zh, proposal.place, numbers))

    def _link(self, cases: tuple[str, ...], incident: str) -> None:
        for number in cases:
            outcome = self.program.carry_out(number, "link", incident=incident)
            if not isinstance(outcome, Done):
                self.program.refuse(outcome)
                return
            self.program.tell_done(LINKED.format(case=number, number=incident), number)

    def open_incident(self, taken: Taken) -> None:
        """The form of a new incident, with what is known filled in."""
        from ..dialogs.incident_form import IncidentForm

        def opened(number: str | None) -> None:
            if number is not None:
                incident = self.program.seat.known(number)
                self.program.tell_done(OPENED.format(number=number, n=len(incident.linked) if incident else 0), number)

        self.program.push_screen(IncidentForm(taken), opened)
