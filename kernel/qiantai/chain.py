"""The chain of a case or a book: each event sealed over the one before it, what was said by digests that outlive it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from qiantai.events import Event, Kept
from qiantai.words import Bilingual, entry, is_words, label


@frozen
class Break:
    """Where a history is not what was sealed: whose, the place in it (None: the whole of it), and how.

    `case` is the number of the case, or the name of the book.
    """

    case: str
    seq: int | None
    what: str

    @property
    def sentence(self) -> Bilingual:
        """The place and what is wrong there, as one line."""
        what, whose, book = label("breaks", self.what), label("books", self.case), bool(entry("books", self.case))
        if self.seq is None:
            return Bilingual(f"{whose.zh}:{what.zh}", f"{whose.en}: {what.en}")
        zh, en, place = ("行", "line", self.seq + 1) if book else ("步", "event", self.seq + 1)
        return Bilingual(f"{whose.zh} 第{place}{zh}:{what.zh}", f"{whose.en}, {en} {place}: {what.en}")


def sealed(event: Event, before: str, salt: str) -> Event:
    """The event with its seal, `before` being that of the event before it in its case, empty for the first.

    `salt` is 16 random characters; an event without words keeps none.
    """
    from qiantai.seals import seal_of  # hashlib and json take milliseconds, which not every host need pay

    salt = salt if words_of(event) else ""
    seal = seal_of(event, before, salt, None)
    return Event(
        event.case, event.seq, event.at, event.by, event.name, event.fields, event.changes, seal, salt, event.left
    )


def verify(history: Sequence[Event]) -> Break | None:
    """The first place where a case's history is not what was sealed; None where it is whole.

    An event that was changed and sealed anew shows at the event after it; the last of a history only by an `Anchor`.
    """
    before = ""
    for place, event in enumerate(history):
        wrong = _wrong(event, place, history, before)
        if wrong:
            return Break(history[0].case, place, wrong)
        before = event.seal
    return _unrecorded(history)


def _wrong(event: Event, place: int, history: Sequence[Event], before: str) -> str:
    from qiantai.seals import seal_of

    if event.seq != place:
        return "out_of_order" if any(each.seq == place for each in history) else "missing"
    if not event.seal:
        return "unsealed"
    holds = _salted_well(event) and event.seal == seal_of(event, before, event.salt, event.left)
    return "" if holds else "altered"


def _salted_well(event: Event) -> bool:
    """Whether there are salts for the words that stand, and no others."""
    words = words_of(event)
    if event.left is None:
        return bool(event.salt) == bool(words)
    parts = (*event.left.salts, *event.left.digests)
    return not event.salt and sorted(parts) == sorted(words)


def _unrecorded(history: Sequence[Event]) -> Break | None:
    """What is gone and no event says so, or stands though one says that it is gone."""
    told = {each for event in history for each in erased_by(event)}
    gone = {(event.seq, place) for event in history if event.left for place in event.left.digests}
    for seq, place in sorted(told ^ gone):
        return Break(history[0].case, seq, "erased_unrecorded" if (seq, place) in gone else "not_erased")
    return None


def erased_by(event: Event) -> frozenset[tuple[int, str]]:
    """The words that an erasure took out: the event's place in the history, and theirs in it."""
    several = event.fields.get("erased", ()) if event.name == "erase" else ()
    if not isinstance(several, tuple):
        return frozenset()
    parts = (each.partition(".") for each in several)
    return frozenset((int(seq), place) for seq, _, place in parts if seq.isdecimal())


def erased_names(erased: Sequence[str]) -> tuple[str, ...]:
    """The fields and facts that an erasure took words out of, each once, by its field `erased`."""
    return tuple(dict.fromkeys(each.partition(".")[2].removesuffix("*") for each in erased))


def words_of(event: Event) -> Mapping[str, str]:
    """What people said in an event by its place: the name of its field, or that of its fact and a `*`."""
    found: dict[str, str] = {name: text for name, text in event.fields.items() if is_words(text, name)}
    for change in event.changes:
        match change:
            case Kept(values):
                found.update({f"{name}*": text for name, text in values.items() if is_words(text, name)})
            case _:
                """It holds names and times."""
    return found
