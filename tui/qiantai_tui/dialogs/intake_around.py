"""What stands around a form of receipt: what is on record already, what may be said, and the way to another case."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any, ClassVar

from attrs import frozen
from textual.widget import Widget

from qiantai import Case, Done, Refusal, StoreError
from qiantai.intakewords import topic_heard
from qiantai.projections.before import Before
from qiantai.projections.before import before as on_record
from qiantai.words import Bilingual

from ..actions import Action
from ..text.agreed import MayBeSaid, may_be_said
from ..text.words import say
from ..widgets.already import MOST_EARLIER, Already
from ..widgets.reading import Reading
from .belonging import Belongs, belonging, chosen, fields_of
from .form import FormDialog

NOTHING_OPEN = Bilingual("这一户、这一处没有在办的事项,照常受理", "Nothing open of this household or place: take it in")
NO_WORDS = Bilingual("先写上内容", "Say first what it is about")


@frozen
class Caller:
    """Who called and how, to be taken over where the same home calls about something else."""

    home: str = ""
    name: str = ""
    phone: str = ""
    channel: str = ""


@frozen
class Received:
    """What came of a form of receipt: the case, how it was put to one that was there already, and who called."""

    number: str
    put: Belongs | None = None
    caller: Caller = Caller()


@frozen
class Call:
    """A call as far as its form has been filled in."""

    kind: str = ""
    summary: str = ""
    place: str = ""
    household: str = ""
    topic: str = ""


class Around(FormDialog[Received | None]):
    """A form that gives `call()`; `look_around()` follows what is written in it."""

    ACTIONS: ClassVar[tuple[Action, ...]] = (
        Action("put_to_another", Bilingual("办到已有的", "To an open case"), "f7", footer=30),
    )
    DEFAULT_CSS = """
    Around .agreed { color: $accent; margin-top: 1; max-height: 4; display: none; }
    Around .agreed.-theirs, Around .agreed.-not-theirs { display: block; }
    Around .agreed.-not-theirs { color: $text-warning; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._before = Before()
        self._earlier: tuple[Case, ...] = ()
        self._looked: tuple[str, ...] = ()
        self._home: str | None = None
        self._agreed: MayBeSaid | None = None

    @property
    def incident(self) -> str:
        """The incident that the call is known to be about: its cases are told by it, not one by one."""
        return ""

    def call(self) -> Call:
        """What has been written so far."""
        raise NotImplementedError

    def before(self) -> Iterable[Widget]:
        """What is on record already."""
        yield Already(id="already")

    def after(self) -> Iterable[Widget]:
        """What may be said on the topic."""
        yield Reading(classes="agreed", id="agreed")

    def stand(self) -> None:
        """Looks around first."""
        self.look_around()
        super().stand()

    def look_around(self) -> None:
        """Shows what the call as it is written now has to do with what is there."""
        call = self.call()
        asked = (call.summary, call.place, call.household, call.topic)
        if asked == self._looked:
            return
        self._looked = asked
        program, now = self.program, self.now
        told = [each for each in self.open_cases() if not each.incident or each.incident != self.incident]
        self._before = on_record(told, call.summary, call.place, call.household, now, program.handbook)
        if call.household != self._home:
            self._home, self._earlier = call.household, ()
            if call.household:
                self.call_after_refresh(self._look_back)
        topic = call.topic or topic_heard(call.summary, program.site.topics)
        called = next(iter(program.site.topics.get(topic, ())), topic)
        self._show_agreed(may_be_said(topic, called, self.me, now, program.handbook))
        self._show_already()

    def _look_back(self) -> None:
        """The household's closed cases, once the form stands."""
        try:
            closed = self.program.seat.closed_cases(household=self._home or "")
            self._earlier = tuple(islice(closed, MOST_EARLIER)) if self._home else ()
        except StoreError as error:
            self.program.tell_unread(error)
            return
        self._show_already()

    def _show_already(self) -> None:
        self.query_one(Already).show(self._before, self._earlier)

    def _show_agreed(self, found: MayBeSaid | None) -> None:
        if found == self._agreed:
            return
        self._agreed, agreed = found, self.query_one("#agreed", Reading)
        agreed.set_class(found is not None and found.theirs, "-theirs")
        agreed.set_class(found is not None and not found.theirs, "-not-theirs")
        agreed.show(say(found.words) if found is not None else "")

    def action_put_to_another(self) -> None:
        """Asks to which case that is there already the call belongs, and puts it there."""
        call = self.call()
        if not self._before.cases:
            self.program.notify(NOTHING_OPEN)
        elif not call.summary:
            self.program.notify(NO_WORDS, severity="warning")
        else:
            asked = belonging(self._before.cases, call.kind, call.household, self.program.seat)
            self.program.push_screen(asked, lambda answer: self._put(chosen(answer), call))

    def _put(self, way: Belongs | None, call: Call) -> None:
        match way:
            case None:
                """None of them."""
            case Belongs("look", number):
                self.program.open_case(number)
            case Belongs("merge"):
                self.merge_into = way
                self.action_send()
            case _:
                self._put_to(way, call)

    def _put_to(self, way: Belongs, call: Call) -> None:
        """Gives the command on that case; a household that joins has its words noted there as well."""
        outcome = self.program.carry_out(way.number, way.command, **fields_of(way, call.summary, call.household))
        if self.took(outcome) and isinstance(outcome, Done):
            if way.command == "join":
                self._noted(way.number, call.summary)
            self.dismiss(Received(way.number, way))

    def _noted(self, number: str, text: str) -> None:
        noted = self.program.carry_out(number, "note", text=text)
        if isinstance(noted, Refusal):
            self.program.notify(noted.sentence, severity="warning")

    merge_into: Belongs | None = None
    """The case into which what is taken in is merged at once."""

    def received(self, outcome: Done, caller: Caller) -> Received:
        """What came of taking it in; merged where that was chosen, though it is taken in whether or not that goes."""
        number, way = outcome.case.number, self.merge_into
        self.merge_into = None
        if way is None:
            return Received(number, caller=caller)
        merged = self.program.carry_out(number, "merge", into=way.number)
        if isinstance(merged, Refusal):
            self.program.notify(merged.sentence, severity="warning")
            return Received(number, caller=caller)
        return Received(way.number, way, caller)

    def send(self, values: dict[str, Any]) -> None:
        """Takes it in."""
        raise NotImplementedError
