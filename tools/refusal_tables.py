"""What a kind refuses, as a table: by which clause, in which words, and what would do instead."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from qiantai.clauses import Clause
from qiantai.decision import ENGINE_BARS
from qiantai.filing import FORM_INCOMPLETE
from qiantai.lifecycle import Bar, Request
from qiantai.words import Bilingual, label, listed
from tools.markdown import bracketed, cited, quoted, table

HEADS = (
    Bilingual("步骤", "step"),
    Bilingual("为什么", "why"),
    Bilingual("怎样可行", "what would do"),
    Bilingual("条款", "clause"),
)
ANY = Bilingual("任何步骤", "any step")
CLOSING = Bilingual("办结的步骤", "any step that closes")
MISSING = Bilingual("所缺的项目", "what is missing")
NAMED = {
    "missing": MISSING,
    "last": Bilingual("哪道指令、谁、何时", "which command, by whom, when"),
    "window": Bilingual("规定的时间", "its time"),
    "others": Bilingual("哪一件,那里的哪道指令、谁、何时", "which case, and there which command, by whom, when"),
    "which": Bilingual("…", "…"),
}
NONE_OF_ITS_OWN = Bilingual("只有每一类都有的那些。", "Only what is refused in every kind.")


@frozen
class Refused:
    """A bar with the commands it speaks for, and the states where it names some."""

    bar: Bar
    commands: dict[str, None] = field(factory=dict[str, None])
    states: tuple[str, ...] = ()


def refused(request: Request) -> tuple[Refused, ...]:
    """A kind's bars, each under its clause once, with all commands it stands among."""
    found: dict[tuple[str, Clause | None], Refused] = {}
    for bar in request.bars:
        found[bar.rule, bar.clause] = Refused(bar, dict.fromkeys(bar.commands), bar.states)
    for step in request.steps:
        for bar in step.bars:
            found.setdefault((bar.rule, bar.clause), Refused(bar)).commands[step.command] = None
    return tuple(found.values())


def _told(found: Refused) -> tuple[str, Clause | None, tuple[str, ...]]:
    return found.bar.rule, found.bar.clause, tuple(found.commands)


def shared(kinds: Iterable[Request]) -> frozenset[tuple[str, Clause | None, tuple[str, ...]]]:
    """The rules that every kind has under one clause for the same commands."""
    return frozenset(set.intersection(*({_told(each) for each in refused(kind)} for kind in kinds)))


def bars(request: Request, kinds: tuple[Request, ...], language: str) -> str:
    """What this kind refuses beside what all do."""
    common = shared(kinds)
    rows = [_row(each, language) for each in refused(request) if _told(each) not in common]
    return table((head[language] for head in HEADS), rows) if rows else NONE_OF_ITS_OWN[language]


def bars_of_every_kind(kinds: tuple[Request, ...], language: str) -> str:
    """What every kind refuses."""
    common = shared(kinds)
    rows = (each for each in refused(kinds[0]) if _told(each) in common)
    everywhere = (Refused(bar) for bar in ENGINE_BARS)
    return table((head[language] for head in HEADS), (_row(each, language) for each in (*everywhere, *rows)))


def _row(found: Refused, language: str) -> tuple[str, ...]:
    bar = found.bar
    everywhere = CLOSING if bar is FORM_INCOMPLETE else ANY
    names = listed(tuple(label("commands", each) for each in found.commands)) if found.commands else everywhere
    where = bracketed(quoted(label("states", each) for each in found.states)[language], language)
    why = bar.why.format(**NAMED)[language]
    return f"{names[language]}{where}", why, bar.would_do[language] or "–", cited(bar.clause, language)
