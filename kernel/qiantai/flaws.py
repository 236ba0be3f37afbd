"""What is wrong with the tables of a kind from outside, found as it comes in and not when a clerk first needs it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from qiantai.clauses import Clause
from qiantai.lifecycle import Request
from qiantai.periods import Period
from qiantai.policy import Limit
from qiantai.words import CLOSED, Bilingual

_NO_RECEIPT = Bilingual("没有受理这一步", "no step receives it")
_NO_END = Bilingual("没有 closed 这个状态", "it has no state closed")
_NO_STATE = Bilingual("{step} 通往没有的状态 {name}", "{step} leads to {name}, which is no state of it")
_NO_DUTY = Bilingual("{step} 开出没有的时限 {name}", "{step} opens {name}, which is no duty of it")
_NEVER_DONE = Bilingual("没有哪一步履行时限 {name}", "no step discharges the duty {name}")
_NO_LIMIT = Bilingual("时限 {name} 的标准 {limit} 没有", "the duty {name} goes by {limit}, which is no length of time")
_NO_PREFIX = Bilingual("单号没有字头", "its numbers have no prefix")
_PREFIX_THERE = Bilingual("单号的字头 {name} 已经有了", "the prefix {name} of its numbers is there already")
_LIMIT_THERE = Bilingual("标准 {name} 已经有了", "the limit {name} is there already")
_NO_CLAUSE = Bilingual("引用了没有的条款 {name}", "it cites {name}, which is no clause")


def flaw(request: Request, limits: Mapping[str, Limit], prefixes: Collection[str] = ()) -> Bilingual | None:
    """The first thing that is wrong with a kind's tables, None where nothing is.

    `limits` and `prefixes` are those there are.
    """
    found = (_ends(request), _duties(request), _limits(request, limits), _clauses(request), _numbers(request, prefixes))
    return next((each for wrong in found for each in wrong), None)


def _numbers(request: Request, prefixes: Collection[str]) -> Iterator[Bilingual]:
    if not request.prefix:
        yield _NO_PREFIX
    if request.prefix in prefixes:
        yield _PREFIX_THERE.format(name=request.prefix)


def _ends(request: Request) -> Iterator[Bilingual]:
    if ("", "receive") not in request.table:
        yield _NO_RECEIPT
    if CLOSED not in request.states:
        yield _NO_END
    for step in (*request.steps, *request.linked):
        if step.to and step.to not in request.states:
            yield _NO_STATE.format(step=step.key, name=step.to)


def _duties(request: Request) -> Iterator[Bilingual]:
    there = {each.name for each in request.duties}
    opened = [*((step.key, on) for step in (*request.steps, *request.linked) for on in step.opens)]
    opened += [("reactions", on) for on in request.reactions]
    yield from (_NO_DUTY.format(step=key, name=on.name) for key, on in opened if on.name not in there)
    done = {on.name for step in request.steps for on in step.discharges}
    yield from (_NEVER_DONE.format(name=each.name) for each in request.duties if each.name not in done)


def _limits(request: Request, limits: Mapping[str, Limit]) -> Iterator[Bilingual]:
    yield from (_LIMIT_THERE.format(name=each.key) for each in request.limits if each.key in limits)
    known = {**limits, **{each.key: each for each in request.limits}}
    for duty in request.duties:
        match known.get(duty.limit):
            case Limit(default=Period()):
                """A length of time."""
            case _:
                yield _NO_LIMIT.format(name=duty.name, limit=duty.limit)


def _clauses(request: Request) -> Iterator[Bilingual]:
    steps = (*request.steps, *request.linked)
    bars = (*request.bars, *(bar for step in steps for bar in step.bars))
    cited: list[Clause] = [each.clause for each in request.duties]
    cited += [each.clause for each in request.limits]
    cited += [each.clause for each in steps]
    cited += [each.clause for each in bars if each.clause is not None]
    yield from (_NO_CLAUSE.format(name=each) for each in dict.fromkeys(cited) if not each.known)
