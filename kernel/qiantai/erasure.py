"""Erasing what was said in a closed case: words and salts go, their digests and the record of it stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from attrs import evolve as replaced
from attrs import frozen

from qiantai.case import Case
from qiantai.chain import sealed, words_of
from qiantai.commands import Command
from qiantai.events import Change, Event, Kept, Left, Value
from qiantai.handbook import Handbook
from qiantai.refusals import Refusal
from qiantai.rights import MAY_ERASE, barred, no, without_reason
from qiantai.set_back import ahead, remedy, told
from qiantai.words import ERASED, Bilingual, label, listed


@frozen
class Spot:
    """Words in a history: the place of their event, the name of their field or fact, and what they are."""

    seq: int
    place: str
    text: str

    @property
    def name(self) -> str:
        """The field or fact."""
        return self.place.removesuffix("*")


def spots(case: Case, names: Collection[str] = ()) -> tuple[Spot, ...]:
    """The words that stand under these names in the whole history of a case, under all where none is given.

    With them come what a correction made of such a name, and the same words kept again by the same event. The record
    of an earlier erasure is none of them.
    """
    return tuple(spot for event in case.history if event.name != "erase" for spot in _spots(event, names))


def _spots(event: Event, names: Collection[str]) -> Iterator[Spot]:
    gone = (event.left or Left()).digests
    standing = [Spot(event.seq, place, text) for place, text in words_of(event).items() if place not in gone]
    wanted = {each.text for each in standing if not names or each.name in names or _corrects(event, each, names)}
    return (each for each in standing if each.text in wanted)


def _corrects(event: Event, spot: Spot, names: Collection[str]) -> bool:
    return spot.place == "value" and event.fields.get("field") in names


def erase(
    case: Case, names: Collection[str], by: str, at: datetime, reason: str, salt: str, handbook: Handbook
) -> tuple[Event, ...] | Refusal:
    """The history of a case without the words under these names, and last the event that says so; or a refusal.

    Every seal stays as it was. `names` as for `spots`; `salt` is for the new event, as for `sealed`.
    """
    command = Command("erase", by, case.number, {"erased": tuple(names), "reason": reason})
    refused = _refused(case, command, at, handbook)
    if refused is not None:
        return refused
    found = spots(case, names)
    history = tuple(emptied(event, {each.place for each in found if each.seq == event.seq}) for event in case.history)
    fields: dict[str, Value] = {"erased": tuple(f"{each.seq}.{each.place}" for each in found), "reason": reason.strip()}
    record = Event(case.number, len(history), at, by, "erase", fields)
    return (*history, sealed(record, history[-1].seal, salt))


def _refused(case: Case, command: Command, at: datetime, handbook: Handbook) -> Refusal | None:
    if refused := barred(command, at, handbook, MAY_ERASE):
        return refused
    if case.open:
        return no(
            command, at, "still_open", *((_STILL_OPEN, _CLOSE_FIRST) if case.matter else (_UNDER_WAY, _END_FIRST))
        )
    if refused := without_reason(command, at):
        return refused
    if last := ahead((case,), at):
        return no(command, at, "time_runs_backwards", told(last, at, handbook), remedy(last, at))
    known = dict.fromkeys(place.removesuffix("*") for event in case.history for place in words_of(event))
    strangers = [each for each in command.fields["erased"] if each not in known]
    if strangers:
        return no(command, at, "unknown_field", _NO_FIELD.format(names=", ".join(strangers)), _named(known))
    if not spots(case, command.fields["erased"]):
        return no(command, at, "nothing_left", _NOTHING_LEFT)
    return None


def _named(names: Collection[str]) -> Bilingual:
    return listed(tuple(Bilingual(f"{label('fields', each).zh} {each}", each) for each in names))


def emptied(event: Event, places: Collection[str]) -> Event:
    """The event, of a case or a book, with these words taken out; the words that stay keep salts of their own."""
    if not places:
        return event
    from qiantai.seals import digest_of, salt_of

    before = event.left or Left()
    words = words_of(event)
    standing = [place for place in words if place not in before.digests and place not in places]
    left = Left(
        {place: salt_of(event.salt, event.left, place) for place in standing},
        {
            **before.digests,
            **{place: digest_of(event.salt, event.left, place, words[place]) for place in words if place in places},
        },
    )
    fields = {name: ERASED if name in places else value for name, value in event.fields.items()}
    changes = tuple(_cleared(each, places) for each in event.changes)
    return replaced(event, fields=fields, changes=changes, salt="", left=left)


def _cleared(change: Change, places: Collection[str]) -> Change:
    match change:
        case Kept(values):
            return Kept({name: ERASED if f"{name}*" in places else value for name, value in values.items()})
        case _:
            return change


_STILL_OPEN = Bilingual(
    "事项还在办,回访还要用到姓名和电话", "the case is open: its call-back needs the name and number"
)
_CLOSE_FIRST = Bilingual("先办结,再抹除", "close it first")
_UNDER_WAY = Bilingual("事件还在处置", "the incident is still under way")
_END_FIRST = Bilingual("先结束事件,再抹除", "end it first")
_NO_FIELD = Bilingual("这件事项里没有 {names} 的内容", "the case has no words under {names}")
_NOTHING_LEFT = Bilingual("要抹除的都已抹除", "all of it has been erased already")
