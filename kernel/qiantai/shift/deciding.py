"""What may be signed by whom: a line for the book of shifts, or a refusal with its clause [Q-S2b]."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from attrs import evolve

from qiantai.events import Value
from qiantai.refusals import Refusal
from qiantai.shift.asked import Asked
from qiantai.shift.bars import BARS, Bar
from qiantai.shift.book import HandOver
from qiantai.shift.summary import old_ones, summary_out, theirs


def decide_shift(asked: Asked) -> Mapping[str, Value] | Refusal:
    """What the book is to say of the command, or why not: the first bar of the command's that holds [Q-S2b].

    Raises `KeyError` for a command that the book has not.
    """
    return against(asked, BARS[asked.command.name]) or _fields(asked)


def against(asked: Asked, bars: Iterable[Bar]) -> Refusal | None:
    """The refusal by the first of these bars that holds; None where none does."""
    bar = next((each for each in bars if each.when(asked)), None)
    if bar is None:
        return None
    named = {**asked.names, "cases": ", ".join(bar.cases(asked))}
    why, would_do = (words.format(**named) for words in (bar.why, bar.would_do))
    return Refusal(asked.command, asked.at, bar.rule, bar.clause, why, would_do)


def _fields(asked: Asked) -> Mapping[str, Value]:
    number = asked.there.number if asked.hand_over else 0
    match asked.command.name:
        case "begin_shift":
            return _given(old=old_ones(asked.cases, asked.at))
        case "draw_up":
            begun = asked.book.running.get(asked.by)
            return {"to": asked.text("to"), "since": begun.since if begun else asked.at}
        case "sign_off":
            return {"hand_over": number, **_signed(asked)}
        case "take_over":
            return _given(hand_over=number, **_answers(asked), old=old_ones(asked.cases, asked.at))
        case "take_back":
            return _given(hand_over=number, accepted=_accepted(asked, asked.there))
        case "leave_open":
            drawn = asked.book.given_by(asked.summary.giver) if asked.summary else None
            accepted = _accepted(asked, drawn) if drawn else ()
            return _given(reason=asked.text("reason"), accepted=accepted, **_signed(asked))
        case "end_shift":
            return {}
        case _:
            return {"hand_over": number}


def _signed(asked: Asked) -> Mapping[str, Value]:
    """The summary as it is signed, with the notes for the next."""
    assert asked.summary is not None, "who signs has seen a summary"
    return _given(**summary_out(evolve(asked.summary, until=asked.at)), notes=asked.text("notes"))


def _answers(asked: Asked) -> Mapping[str, Value]:
    """What came of every case that the giver has offered by a signature."""
    here = asked.there
    accepted, still = _accepted(asked, here), _followed(asked, here.giver, here.offered)
    gone = tuple(each for each in here.offered if each not in (*accepted, *still))
    return {"accepted": accepted, "declined": tuple(each for each in still if each in here.signed), "gone": gone}


def _accepted(asked: Asked, here: HandOver) -> tuple[str, ...]:
    """What the receiver follows up by now of all that was offered to them."""
    return _followed(asked, here.receiver, here.offered)


def _followed(asked: Asked, person: str, among: Collection[str]) -> tuple[str, ...]:
    """Which of these cases the person follows up by now."""
    return tuple(case.number for case in theirs(asked.cases, person) if case.number in among)


def _given(**fields: Value) -> Mapping[str, Value]:
    """What there is something of."""
    return {name: value for name, value in fields.items() if value not in ((), "")}
