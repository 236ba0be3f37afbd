"""What the form of a case still lacks before a step may be taken, asked for in one place; then the step goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from attrs import evolve

from qiantai import Case, Refusal, filing, label, offers
from qiantai.commands import CORRECTABLE, RECEIVE
from qiantai.lifecycle import Step
from qiantai.requests.complaint import NEEDED
from qiantai.words import AWAITING_CALL_BACK, CLOSED, Bilingual

from ..actions import Action, bound
from ..text.words import say
from ..widgets.field_rows import FieldRow
from .asked import Asked
from .form import FormDialog
from .refusal import RefusalDialog, Refused
from .step_rows import row_for

if TYPE_CHECKING:
    from ..app import DeskApp

TITLE = Bilingual("补齐处理单 · {number}", "Complete the form · {number}")
_FIELDS = {each.name: each for each in RECEIVE}
REASON = Bilingual("补齐处理单", "completing the form")


def lacking(asked: Asked, refusal: Refusal) -> tuple[str, ...]:
    """What a correction could add of what a step was refused for; nothing where that would not be enough."""
    if "correct" not in offers(asked.case, asked.by, asked.clock(), asked.handbook):
        return ()
    match refusal.rule:
        case "form_incomplete":
            found = _to_pass_on(asked.case)
        case filing.FORM_INCOMPLETE.rule:
            closing = [each for each in asked.steps if _closes(asked.case, each)]
            found = tuple(dict.fromkeys(name for step in closing for name in _to_close(asked, step)))
        case _:
            found = ()
    return found if set(found) <= set(CORRECTABLE) else ()


def _to_pass_on(case: Case) -> tuple[str, ...]:
    """What a complaint's form lacks of what it needs before it is passed on [M-4.2a]."""
    nobody = () if case.household or case.text("name") or case.holds("anonymous") else ("name",)
    return (*nobody, *(name for name in NEEDED if not case.facts.get(name)))


def _closes(case: Case, step: Step) -> bool:
    return step.to == CLOSED or (step.to == AWAITING_CALL_BACK and case.holds("anonymous"))


def _to_close(asked: Asked, step: Step) -> tuple[str, ...]:
    """What the form lacks of what closing needs, besides what the step itself asks for [H-4.6.2]."""
    said = dict.fromkeys(step.keeps.values(), "-")
    moment = asked.moment.on(evolve(asked.case, facts={**asked.case.facts, **said}))
    return filing.lacking(moment, step)


def tell_no(program: DeskApp, asked: Asked, refusal: Refusal, go_on: Callable[[], None]) -> None:
    """Shows why a step was refused; where only its form was incomplete, asks for the rest, and the step goes on."""

    def completed(done: bool | None) -> None:
        if done:
            go_on()

    def complete(wanted: bool | None) -> None:
        if wanted:
            program.push_screen(CompletionForm(asked, lacks), completed)

    if lacks := lacking(asked, refusal):
        program.push_screen(IncompleteDialog(refusal), complete)
    else:
        program.push_screen(RefusalDialog(refusal))


class IncompleteDialog(Refused):
    """A refusal for what is missing alone; gives True where it is to be filled in now."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("complete", Bilingual("现在补齐", "Fill it in now"), "enter,f10", "complete", footer=10),
        Action("leave", Bilingual("返回", "Back"), "escape", "put_away", footer=90),
    )
    BINDINGS = bound(ACTIONS)

    def action_complete(self) -> None:
        """What is missing is asked for next."""
        self.dismiss(True)


class CompletionForm(FormDialog[bool | None]):
    """Gives True once all of it is on record; each line is a correction of its own."""

    form_name = "receive"

    def __init__(self, asked: Asked, lacks: tuple[str, ...]) -> None:
        super().__init__()
        self._asked, self._lacks = evolve(asked, command="correct"), lacks
        self.title_words = TITLE.format(number=asked.case.number)
        self.draft_name = f"{asked.case.number}:form"

    def rows(self) -> Iterable[FieldRow]:
        """A line for each."""
        for name in self._lacks:
            row = row_for(evolve(_FIELDS[name], must=True), self._asked)
            row.label_words = label("fields", name)
            yield row

    def send(self, values: dict[str, Any]) -> None:
        """Puts each on record; stops at the first that is refused."""
        number = self._asked.case.number
        for name, value in values.items():
            if not self.took(self.program.carry_out(number, "correct", field=name, value=value, reason=say(REASON))):
                return
        self.dismiss(True)
