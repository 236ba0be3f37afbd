"""The form that an incident is opened by: its cause, its place, and what the desk says to whoever calls next."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from textual.widget import Widget

from qiantai import Done, label
from qiantai.commands import Type
from qiantai.words import Bilingual

from ..actions import Action, bound
from ..text import showing
from ..text.facts import joined
from ..text.words import say
from ..widgets.choice_rows import ListRow
from ..widgets.field_rows import FieldRow, NotesRow, WordsRow
from ..widgets.options import Option
from ..widgets.reading import Reading
from .form import FormDialog

if TYPE_CHECKING:
    from ..actions.incident_actions import Taken

WITH = Bilingual("一起关联:{cases}", "Linked at once: {cases}")


class IncidentForm(FormDialog[str | None]):
    """Gives the number of the incident that was opened."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("send", Bilingual("登记", "Open it"), "enter,f10,ctrl+s", "send", footer=10),
    )
    BINDINGS = bound(ACTIONS)
    ABOUT = Bilingual(
        "登记突发事件:原因、地点必填;对外口径是接下来的来电都这样说的话。关联的事项各走各的时限。",
        "Opening an incident: cause and place have to be given; the wording is what every caller is told from now on. "
        "The linked cases keep their own due times.",
    )

    form_name = "incident"

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.title_words = label("commands", "incident")
        self.taken = taken
        self.draft_name = f"incident:{taken.place}:{taken.summary}"

    def before(self) -> Iterable[Widget]:
        """The cases that are linked with its opening."""
        if self.taken.cases:
            found = [each for number in self.taken.cases if (each := self.known(number)) is not None]
            names = joined(f"{each.number} {showing.place(each)}" for each in found)
            yield Reading(say(WITH.format(cases=names)))

    def rows(self) -> Iterable[FieldRow]:
        """The lines of its row in the life cycle, but for the cases."""
        known = {"summary": self.taken.summary, "place": self.taken.place}
        request = self.program.handbook.incident
        for field in request.fields[request.kind].values():
            words = showing.CAUSE if field.name == "summary" else label("fields", field.name)
            match field.name:
                case "wording":
                    yield NotesRow(field.name, words)
                case "topic":
                    topics = self.program.site.topics
                    options = [Option(each, said[0] if said else each) for each, said in topics.items()]
                    if options:
                        yield ListRow(field.name, words, options)
                case name if field.type != Type.CASES:
                    yield WordsRow(name, words, must=field.must, text=known.get(name, ""))
                case _:
                    """The cases stand over the lines."""

    def send(self, values: dict[str, Any]) -> None:
        """Opens it."""
        cases = {"cases": self.taken.cases} if self.taken.cases else {}
        outcome = self.program.carry_out(None, "incident", **values, **cases)
        if self.took(outcome) and isinstance(outcome, Done):
            self.dismiss(outcome.case.number)
