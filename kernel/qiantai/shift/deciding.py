"""What may be signed by whom: a line for the book of shifts, or a refusal with its clause [Q-S2b]."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from attrs import evolve

from qiantai.events import Value
from qiantai.refusals import Refusal
from qiantai.shift.bars import BARS, Asked, Bar
from qiantai.shift.summary import old_ones, summary_out, theirs


def decide_shift(asked: Asked) -> Mapping[str, Value] | Refusal:
    """What the book is to say of the command, or why not: the first bar of the command's that holds [Q-S2b].

    Raises `KeyError` for a command that the book has not.
    """
    for bar in BARS[asked.command.name]:
        if bar.when(asked):
            return _refused(asked, bar)
    return _fields(asked)


def _refused(asked: Asked, bar: Bar) -> Refusal:
    why, would_do = (words.format(**asked.names) for words in (bar.why, bar.would_do))
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
            signed = asked.there.summary
            offered = [each for each, to in signed.offered.items() if to == asked.by] if signed else []
            sides = {"accepted": asked.by, "declined": asked.there.giver}
            answers = {name: _followed(asked, person, offered) for name, person in sides.items()}
            return _given(hand_over=number, **answers, old=old_ones(asked.cases, asked.at))
        case "leave_open":
            return {"reason": asked.text("reason"), **_signed(asked)}
        case "end_shift":
            return {}
        case _:
            return {"hand_over": number}


def _signed(asked: Asked) -> Mapping[str, Value]:
    """The summary as it is signed, with the notes for the next."""
    assert asked.summary is not None, "who signs has seen a summary"
    return _given(**summary_out(evolve(asked.summary, until=asked.at)), notes=asked.text("notes"))


def _followed(asked: Asked, person: str, among: Collection[str]) -> tuple[str, ...]:
    """Which of these cases the person follows up by now."""
    return tuple(case.number for case in theirs(asked.cases, person) if case.number in among)


def _given(**fields: Value) -> Mapping[str, Value]:
    """What there is something of."""
    return {name: value for name, value in fields.items() if value not in ((), "")}
