"""What a signature brings about on the cases, in the name of who signs, before its line is written [Q-S2b]."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve

from qiantai.case import Case
from qiantai.commands import Command
from qiantai.decision import decide
from qiantai.refusals import Refusal
from qiantai.shift.asked import Asked, unanswered
from qiantai.shift.bars import BARS, UNANSWERED
from qiantai.shift.deciding import against
from qiantai.shift.summary import theirs
from qiantai.words import Bilingual

TAKEN_BACK = Bilingual("交接班撤回,仍由本人跟进", "the hand-over is taken back, and they go on with it")
"""The reason on record where the giver ends an offer of theirs, unless the command names another."""
ABOUT = Bilingual("{number} {why}", "{number}: {why}")
STAYS = Bilingual("把 {number} 标记为留下", "mark {number} as staying")


def steps(asked: Asked) -> tuple[Command, ...] | Refusal:
    """What is to be carried out on the cases, in this order, before the line is asked for; or why nothing is.

    Whatever could refuse it is asked before any of it is done: the bars, the rules of each case, and of a case that is
    to be offered whether the receiver may accept it. So who did half of them can go on with the rest.
    """
    bars = [each for each in BARS[asked.command.name] if each is not UNANSWERED]
    if (refused := against(asked, bars)) is not None:
        return refused
    cases = {case.number: case for case in asked.cases}
    found = tuple(_steps(asked))
    for each in found:
        if (refused := _refused(asked, cases[each.case], each)) is not None:
            return refused
    return found


def _refused(asked: Asked, case: Case, step: Command) -> Refusal | None:
    outcome = decide(case, step, asked.at, asked.handbook)
    if isinstance(outcome, Refusal):
        return evolve(outcome, why=ABOUT.format(number=case.number, why=outcome.why))
    if step.name != "offer":
        return None
    answer = Command("accept", asked.there.receiver, case.number)
    outcome = decide(evolve(case, offered_to=answer.by), answer, asked.at, asked.handbook)
    if isinstance(outcome, Refusal):
        why = ABOUT.format(number=case.number, why=outcome.why)
        return evolve(outcome, why=why, would_do=STAYS.format(number=case.number))
    return None


def _steps(asked: Asked) -> Iterator[Command]:
    match asked.command.name:
        case "sign_off":
            yield from _offers(asked)
        case "take_over":
            yield from _answers(asked)
        case "take_back":
            yield from (_kept(asked, case) for case in _offered(asked))
        case _:
            """The other lines of the book do nothing to a case."""


def _offers(asked: Asked) -> Iterator[Command]:
    """What goes is offered to the receiver, and what stays no longer is."""
    here, staying = asked.there, asked.command.fields.get("staying", ())
    offered = _offered(asked)
    for case in theirs(asked.cases, here.giver):
        if case.number in staying:
            if case in offered:
                yield _kept(asked, case)
        elif case not in offered:
            yield Command("offer", here.giver, case.number, {"to": here.receiver})


def _answers(asked: Asked) -> Iterator[Command]:
    """What was offered by the signature is accepted, or declined for a reason."""
    declining: Mapping[str, str] = asked.command.fields.get("declining", {})
    for number in unanswered(asked):
        reason = declining.get(number)
        command, said = ("decline_offer", {"reason": reason}) if reason else ("accept", {})
        yield Command(command, asked.by, number, said)


def _offered(asked: Asked) -> tuple[Case, ...]:
    """What the giver follows up, and has offered to the receiver."""
    here = asked.there
    return tuple(case for case in theirs(asked.cases, here.giver) if case.offered_to == here.receiver)


def _kept(asked: Asked, case: Case) -> Command:
    """Ends the offer: who hands a case over to themself goes on with it."""
    giver = asked.there.giver
    return Command("hand_over", giver, case.number, {"to": giver, "reason": asked.text("reason") or TAKEN_BACK.zh})
