"""A step that is about to be given, and what its form may look things up in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from attrs import evolve, frozen

from qiantai import Case, Command, Handbook, Role
from qiantai.commands import CORRECTABLE, Field, Type
from qiantai.directory import Directory
from qiantai.lifecycle import Step
from qiantai.moment import Moment
from qiantai.privacy import mask_name
from qiantai.standing import permitted
from qiantai.words import Bilingual, Channel

from ..text import showing

NO_ROOM = Bilingual("花名册里没有这个房号", "no such room on the roll")
WHICH_ROOM = Bilingual("不止一户:{rooms}", "More than one: {rooms}")


@frozen
class Asked:
    """A step that is to be given: of which case, by whom, and what its form may look things up in."""

    case: Case
    command: str
    by: str
    handbook: Handbook
    directory: Directory
    clock: Callable[[], datetime]
    older: tuple[Case, ...] = ()

    @property
    def moment(self) -> Moment:
        """The moment the rules would see, nothing said yet."""
        request = self.handbook.life_cycle(self.case)
        command = Command(self.command, self.by, self.case.number)
        return Moment(self.case, command, self.clock(), self.handbook.people[self.by], self.handbook, request)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The rows that this person may take; all of the state's where there is none, so that the refusal can say."""
        moment = self.moment
        rows = moment.request.table.get((self.case.state, self.command), ())
        return tuple(each for each in rows if permitted(moment, each)) or rows

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields over these rows; one has to be given where any row says so."""
        found: dict[str, Field] = {}
        for step in self.steps:
            for each in step.fields:
                known = found.get(each.name, each)
                found[each.name] = evolve(each, must=each.must or known.must or self._needed(step, each))
        return tuple(found.values())

    def _needed(self, step: Step, field: Field) -> bool:
        """Whether closing will ask for it when nothing can put it right any more [H-4.6.2].

        What is answered on the spot closes without it.
        """
        fact = step.keeps.get(field.name, "")
        if step.command == "answer" or (fact == "reply" and self.case.holds("anonymous")):
            return False
        return fact in self.handbook.life_cycle(self.case).form and fact not in CORRECTABLE


def look_up(directory: Directory) -> Callable[[str], tuple[str, Bilingual | str]]:
    """What a room field asks: the household that a text means, and what to say of it."""

    def found(text: str) -> tuple[str, Bilingual | str]:
        households = [each.household for each in directory.by_room(text)]
        match households:
            case []:
                return "", NO_ROOM
            case [one]:
                return one.id, f"→ {showing.room(one.id)} {mask_name(one.name)}"
            case many:
                if exact := next((each for each in many if each.id == text), None):
                    return exact.id, f"→ {showing.room(exact.id)} {mask_name(exact.name)}"
                rooms = "、".join(showing.room(each.id) for each in many[:6]) + ("…" if len(many) > 6 else "")
                return "", WHICH_ROOM.format(rooms=rooms)

    return found


def nothing_to_ask(asked: Asked) -> bool:
    """Whether the step can be given at once."""
    return not asked.fields


def stand_in(field: Field, person: str) -> object:
    """Something that a field would take, to learn from the rules why a step is barred whatever is said with it."""
    if not field.must:
        return None
    match field.type:
        case Type.ROLES:
            return (field.choices or (str(Role.DESK),))[:1]
        case Type.CHOICE:
            return field.choices[0]
        case Type.CHANNEL:
            return str(Channel.PHONE)
        case Type.FLAG:
            return True
        case Type.PERSON:
            return person
        case Type.TEXT | Type.CASE | Type.ANY:
            return "-"
        case _:
            return None
