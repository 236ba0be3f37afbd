"""What can be done with the case at hand, wherever it is shown: its next step, its commands, its number.

Forms are imported when they are opened: the first screenful needs none of them.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from attrs import evolve

from qiantai import Case, Command, Done, Refusal, StoreError, decide, label, offers
from qiantai.projections.before import before
from qiantai.projections.next_step import next_steps
from qiantai.requests import REQUESTS
from qiantai.words import Bilingual

from ..ahead import NOTHING, ahead, because
from ..desk_screen import OfTheDesk
from ..dialogs.choose import ChooseDialog, Item
from ..text import showing
from ..text.words import say
from ..widgets.rows import Column
from . import Action

if TYPE_CHECKING:
    from ..app import DeskApp

NO_CASE = Bilingual("没有选中的事项;F2 登记一件", "No case is chosen; F2 takes one in")
NOT_YOURS = Bilingual("下一步不在您这里", "The next move is not yours")
NOT_SENDABLE = Bilingual("这件事现在不用派;F4 看下一步", "There is nothing to send here; F4 shows the next step")
DONE = Bilingual("{number} 已{what}", "{number}: {what}, done")
MERGED = Bilingual("{number} 已并入 {into}", "{number} is merged into {into}")
CLOSED = Bilingual("{done},已办结归档", "{done}; closed and filed")
STEPS = Bilingual("下一步 · {number} {about}", "Next step · {number} {about}")
NONE_TO_CHOOSE = {
    "merge": Bilingual("没有更早的同类事项可以并入", "No earlier open case of its kind that it could be merged into"),
    "link": Bilingual("没有处置中的突发事件。^L 登记一件", "No incident is under way. ^L opens one"),
    "unlink": Bilingual("没有关联突发事件", "It is linked to no incident"),
}
NO_NUMBER = Bilingual("没有登记电话", "No number is known")
NOT_THEIRS = Bilingual(
    "这件事项不归您经手,看不到内容 [M-3.4c]。可行:请前台或主管查看,或按 F12 换人",
    "You neither received nor handle this case, so it is not shown [M-3.4c]. What would do: ask the desk or a "
    "supervisor, or press F12 to change who is at the desk",
)
CLOSED_CASE = Bilingual(
    "已办结的事项不显示全号 [M-3.4c]。可行:到在办的事项里看",
    "A closed case does not show numbers in full [M-3.4c]. What would do: look on an open one",
)
WHY = Bilingual(
    "时限为什么是这时候、归谁、归档在哪,各依据哪一条",
    "why a time limit is due then, whose it is, where it is filed, by which clause",
)
_ON_KEYS = ("receive", "undo", "call_back", "escalate")
COMMANDS = tuple(dict.fromkeys(name for kind in REQUESTS.values() for name in kind.commands if name not in _ON_KEYS))
"""What the palette gives besides the keys."""
SENDING = ("dispatch", "assign", "hand_to_desk", "broadcast")
SHOWN_FOR = timedelta(seconds=30)

_COLUMNS = (
    Column(Bilingual("办什么", "Step"), 26),
    Column(Bilingual("解决的时限", "For the duty"), 14, flex=1),
    Column(Bilingual("依据", "Clause"), 11),
)


def _step(command: str) -> Action:
    return Action(f"step_{command}", label("commands", command), "", f"step({command!r})")


class CaseActions(OfTheDesk):
    """For a screen with a case at hand: `case_at_hand()` gives it. The keys of the steps, the call-back, the number."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("next_step", Bilingual("下一步", "Next step"), "f4", footer=30),
        Action("send_on", Bilingual("派单", "Send"), "f5", footer=40),
        Action("call_back", Bilingual("回访", "Call back"), "f6", "step('call_back')", footer=50),
        Action("why", Bilingual("为什么", "Why"), "f8", footer=90, help=WHY),
        Action("reveal", Bilingual("显示电话(留痕)", "Show the number (logged)"), "ctrl+r"),
        Action("escalate", Bilingual("升级", "Escalate"), "ctrl+g", "step('escalate')"),
        *(_step(name) for name in COMMANDS),
    )

    def more_actions(self) -> tuple[Action, ...]:
        """The commands of the kinds that plugins brought."""
        kinds = [each for kind, each in self._here.handbook.requests.items() if kind not in REQUESTS]
        names = dict.fromkeys(name for each in kinds for name in each.commands if name not in _ON_KEYS)
        return tuple(_step(name) for name in names)

    def case_at_hand(self) -> Case | None:
        """The case that the keys are for."""
        raise NotImplementedError

    def reveal(self, case: Case) -> None:
        """Shows the telephone number of this case, given in full, for half a minute."""
        raise NotImplementedError

    @property
    def _here(self) -> DeskApp:
        return self.program

    def action_next_step(self) -> None:
        """The steps that who is at the desk could give now, the most pressing first."""
        case = self.case_at_hand()
        if case is None:
            self._here.notify(NO_CASE)
            return
        steps = next_steps(case, self.me, self.now, self._here.handbook)
        if (waits := ahead(case, self.me, self.now, self._here.handbook).waits) is not None:
            self._here.notify(waits, title=NOT_YOURS if waits is not NOTHING else "")
        items = [
            Item(
                step.command,
                (
                    say(showing.command(case, step.command)),
                    showing.duty(step.duty) if step.duty else "",
                    showing.clause(because(case, step)),
                ),
                label("commands", step.command).en,
            )
            for step in steps
        ]
        about = showing.summary(case)[:20]
        title = STEPS.format(number=case.number, about=about)

        def chosen(command: str | None) -> None:
            if command is not None:
                self.give(case.number, command)

        self._here.push_screen(ChooseDialog(title, _COLUMNS, items), chosen)

    def action_step(self, command: str) -> None:
        """One command on the case at hand."""
        if (case := self.case_at_hand()) is None:
            self._here.notify(NO_CASE)
        else:
            self.give(case.number, command)

    def action_send_on(self) -> None:
        """Sends it on: whichever of dispatching, assigning and passing to the desk is offered."""
        case = self.case_at_hand()
        if case is None:
            self._here.notify(NO_CASE)
            return
        offered = offers(case, self.me, self.now, self._here.handbook)
        request = self._here.handbook.life_cycle(case)
        here = [each for each in SENDING if (case.state, each) in request.table]
        command = next((each for each in SENDING if each in offered), here[0] if here else "")
        if command:
            self.give(case.number, command)
        else:
            self._here.notify(NOT_SENDABLE, severity="warning")

    def give(self, number: str, command: str) -> None:
        """Gives a command: at once where it asks nothing, by its form where it does, or shows why it cannot be."""
        from ..dialogs.asked import Asked, nothing_to_ask
        from ..dialogs.completion_form import tell_no

        app = self._here
        case = app.seat.known(number)
        if case is None:
            app.notify(NOT_THEIRS, severity="warning")
            return
        older = self._choices(case, command)
        by = app.giver(number, command).person.id
        asked = Asked(case, command, by, app.handbook, app.directory, app.clock, older)

        def again() -> None:
            self.give(number, command)

        if command == "undo":
            app.take_back(number)
        elif command in NONE_TO_CHOOSE and not older:
            app.notify(NONE_TO_CHOOSE[command], severity="warning")
        elif refused := self._barred(case, command, by):
            app.in_stead = None
            tell_no(app, asked, refused, again)
        elif nothing_to_ask(asked):
            outcome = app.carry_out(number, command)
            if isinstance(outcome, Done):
                self.tell_done(outcome, command)
            else:
                tell_no(app, asked, outcome, again)
        else:
            from ..dialogs.step_form import StepForm

            app.push_screen(StepForm(asked), lambda done: self._after_form(number, command, done=bool(done)))

    def _after_form(self, number: str, command: str, *, done: bool) -> None:
        self._here.in_stead = None
        if not done:
            return
        case = self._here.seat.known(number)
        if case is not None:
            self.tell_done(Done(case, ()), command)

    def _barred(self, case: Case, command: str, by: str) -> Refusal | None:
        """Why the command cannot be given whatever is said with it, told without what it was tried with; else None."""
        from ..dialogs.asked import stand_in

        handbook = self._here.handbook
        if by and command in offers(case, by, self.now, handbook):
            return None
        named = handbook.life_cycle(case).fields.get(command, {})
        fields = {each.name: value for each in named.values() if (value := stand_in(each, by)) is not None}
        found = decide(case, Command(command, by, case.number, fields), self.now, handbook)
        return evolve(found, command=Command(command, by, case.number)) if isinstance(found, Refusal) else None

    def tell_done(self, done: Done, command: str) -> None:
        """Says that it is done, which it is on disk, and how long it may be taken back, or what would do instead."""
        case = done.case
        said = DONE.format(number=case.number, what=showing.command(case, command))
        if command == "merge":
            said = MERGED.format(number=case.number, into=case.text("merged_into"))
        if not case.open and case.matter:
            said = CLOSED.format(done=said)
        self._here.tell_done(said, case.number)

    def _choices(self, case: Case, command: str) -> tuple[Case, ...]:
        """The cases that the command may name: older ones to merge into, incidents to link to, the one it leaves."""
        if command not in NONE_TO_CHOOSE:
            return ()
        if command == "unlink":
            found = self._here.seat.known(case.incident) if case.incident else None
            return (found,) if found is not None else ()
        cases = self._here.seat.open_cases()
        if command == "link":
            return tuple(each for each in cases if not each.matter)
        older = [
            each
            for each in cases
            if each.kind == case.kind and (each.received, each.number) < (case.received, case.number)
        ]
        place, home = case.text("place"), case.household
        likely = before(older, case.text("summary"), place, home, self.now, self._here.handbook).cases
        return (*likely, *(each for each in older if each not in likely))

    def action_why(self) -> None:
        """Why the case at hand stands as it does."""
        from ..dialogs.why import why_it_stands

        case = self.case_at_hand()
        if case is None:
            self._here.notify(NO_CASE)
        else:
            self._here.push_screen(why_it_stands(case, self.now, self._here.handbook))

    def action_reveal(self) -> None:
        """Shows the number in full for half a minute, on record: of an open case, to who may see it [M-3.4c]."""
        case = self.case_at_hand()
        if case is None:
            self._here.notify(NO_CASE)
            return
        if case.open and not showing.full_phone(case, self._here.handbook):
            self._here.notify(NO_NUMBER)
            return
        try:
            found = self._here.seat.reveal(case.number)
        except StoreError as error:
            self._here.notify(error.why, severity="error")
            return
        match found:
            case Refusal(rule="closed_case"):
                self._here.notify(CLOSED_CASE, severity="warning")
            case Refusal():
                self._here.notify(NOT_THEIRS, severity="warning")
            case _:
                self._here.did("look")
                self.reveal(found)
