"""Erasing what the books say of a resident: the words go, their digests and the line that tells of it stay."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from attrs import Factory, field, frozen

from qiantai.books import ERASE, SCRIPTS, SHIFTS, line_after, lines_of
from qiantai.case import Case
from qiantai.chain import words_of
from qiantai.clauses import HOUSE, Clause
from qiantai.deeds import deed_of
from qiantai.erasure import emptied, spots
from qiantai.events import Event, Left
from qiantai.handbook import Handbook
from qiantai.people import Household
from qiantai.privacy import mask_phone
from qiantai.retention import Hold
from qiantai.rooms import Rooms, find_rooms, half_width
from qiantai.scripts import Stage, stage
from qiantai.shift.book import Stage as Signed
from qiantai.shift.book import fold_book
from qiantai.words import ERASED, Bilingual

FREE: Mapping[str, tuple[str, ...]] = {SHIFTS: ("notes", "reason"), SCRIPTS: ("text", "reason")}
"""Where a book has words of somebody's own. All else in a book, and all of the others, are names, numbers and times."""
SHORTEST = 6
"""Characters of what was said in a case, from which on the same words in a book are taken to be of it."""
_DIGITS = 7
_WHO = ("name", "phone", "email")


@frozen
class Words:
    """Words in a book: which, the place of the line and of the words in it, and what they are."""

    book: str
    seq: int
    place: str
    text: str


def _known(traces: Traces) -> Rooms:
    return Rooms(traces.rooms)


@frozen
class Traces:
    """What tells that words are of residents whose own words go: rooms, texts, and the digits of numbers."""

    rooms: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    _roll: Rooms = field(init=False, eq=False, repr=False, default=Factory(_known, takes_self=True))

    def within(self, text: str) -> bool:
        """Whether the text has one of them in it, however rooms and numbers are written."""
        plain = half_width(text).casefold()
        digits = re.sub(r"(?<=[0-9*])[\s-]+(?=[0-9*])", "", plain)
        return (
            any(each in plain for each in self.texts)
            or any(each in digits for each in self.numbers)
            or (bool(self.rooms) and any(each.households for each in find_rooms(text, self._roll)))
        )


def traces_of(household: str, entry: Household | None, cases: Iterable[Case]) -> Traces:
    """What tells of a household: its room, the numbers of its cases, and all that the roll or a case said of it."""
    own = tuple(cases)
    said = [each for case in own for each in spots(case)]
    roll = {"name": entry.name, "phone": entry.phone, "email": entry.email} if entry else dict[str, str]()
    who = {name: {each.text for each in said if each.name == name} for name in _WHO}
    who = {name: (who[name] | {roll.get(name, "")}) - {""} for name in _WHO}
    corrected = {each.text for each in said if each.place == "value"}
    shown = {mask_phone(each) for each in who["phone"]}
    texts = {*who["name"], *who["email"], *shown, *_long(each.text for each in said), *_long(corrected)}
    return Traces(
        (household,) if household else (),
        _folded({each for each in texts if len(each) > 1} | {case.number for case in own}),
        frozenset(digits for each in who["phone"] if len(digits := re.sub(r"\D", "", each)) >= _DIGITS),
    )


def traces_within(case: Case, names: Collection[str]) -> Traces:
    """What tells of the words under these names in a case; of the case itself where it is all of them."""
    going = spots(case, names)
    who = [each.text for each in going if each.name in _WHO]
    return traces_of_words((*who, *_long(each.text for each in going)), () if names else (case.number,))


def traces_of_words(texts: Iterable[str], numbers: Iterable[str] = ()) -> Traces:
    """What tells of words that go by themselves, and of the cases of these numbers."""
    known = tuple(texts)
    digits = (re.sub(r"\D", "", each) for each in known)
    shown = {mask_phone(each) for each in known if len(re.sub(r"\D", "", each)) >= _DIGITS}
    return Traces(
        texts=_folded({*(each for each in known if len(each) > 1), *shown, *numbers}),
        numbers=frozenset(each for each in digits if len(each) >= _DIGITS),
    )


def long_words(cases: Iterable[Case]) -> Iterator[str]:
    """What was said in these cases, but for names, numbers and addresses, and what is too short to be told by."""
    return _long(each.text for case in cases for each in spots(case) if each.name not in _WHO)


def _long(texts: Iterable[str]) -> Iterator[str]:
    return (each for each in texts if len(each) >= SHORTEST and each != ERASED)


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(half_width(each).casefold() for each in texts)


def found_in(book: str, history: Sequence[Event], traces: Traces) -> Iterator[Words]:
    """The words of a book that have one of the traces in them, in the order of its lines."""
    for line in lines_of(history):
        gone = (line.left or Left()).digests
        for place, text in words_of(line).items():
            if place in FREE.get(book, ()) and place not in gone and traces.within(text):
                yield Words(book, line.seq, place, text)


def without(
    history: Sequence[Event], several: Sequence[Words], by: str, at: datetime, reason: str, salt: str
) -> tuple[Event, ...]:
    """The history of a book without these words, and last the line that says so; every seal stays as it was."""
    book = history[0].case
    kept = [emptied(line, {each.place for each in several if each.seq == line.seq}) for line in history]
    erased = tuple(f"{each.seq}.{each.place}" for each in several)
    return (*kept, line_after(history, book, at, by, ERASE, {"erased": erased, "reason": reason.strip()}, salt))


def needed(words: Words, history: Sequence[Event], handbook: Handbook, at: datetime) -> Hold | None:
    """Why these words have to stay yet: a hand-over that is still to be signed or read, a wording that is in force."""
    line = history[words.seq]
    if words.book == SHIFTS:
        return _UNSIGNED if line.seq in _waiting(history) else None
    if words.place != "text":
        return None
    deed = deed_of(line)
    script = next((each for each in handbook.scripts if (each.id, each.version) == (deed.id, deed.version)), None)
    if script is None or script.text != words.text or stage(script, handbook.scripts, at) in _OVER:
        return None
    return Hold("wording_in_use", HOUSE, _SPOKEN.format(id=script.id, n=script.version))


def _waiting(history: Sequence[Event]) -> set[int]:
    """The lines whose words somebody is still to read: the last signature of a hand-over that waits for the next."""
    last: dict[object, int] = {}
    for line in lines_of(history):
        if line.name == "sign_off":
            last[line.fields.get("hand_over")] = line.seq
        elif line.name == "leave_open":
            last[line.at] = line.seq
    overs = [each for each in fold_book(history).hand_overs if each.stage in (Signed.SIGNED_OFF, Signed.LEFT_OPEN)]
    keys = {each.number if each.stage is Signed.SIGNED_OFF else each.left_at for each in overs}
    return {seq for key, seq in last.items() if key in keys}


_OVER = (Stage.WITHDRAWN, Stage.EXPIRED, Stage.SUPERSEDED)
_SPOKEN = Bilingual(
    "{id} 第{n}版的措辞提到了,还在用或待审定;先收回或改掉,再抹除",
    "the wording of {id} version {n} mentions it and is in use, or a draft: withdraw or change it, then erase again",
)
_UNSIGNED = Hold(
    "hand_over_under_way",
    Clause("Q-S2b"),
    Bilingual(
        "给下一班的话里提到了,还没有人接班签字或看过;签过、看过就可以抹除",
        "what was written to the next shift mentions it, and nobody has signed or read it yet; then it can be erased",
    ),
)
