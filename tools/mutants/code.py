"""Mutants of the code: a function's live code is exchanged in place, so that nothing has to be imported anew."""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from importlib import import_module
from types import CodeType, FunctionType

from attrs import frozen

from qiantai_scenarios import play
from tools.mutants.mutant import Mutant
from tools.mutants.places import breaks, parsed
from tools.mutants.tables import every_scenario

ROOMS = ("complaint", "suggestion", "enquiry", "challenge", "help", "repair", "incident")
COMMON = ("bars", "effects", "linked", "steps", "undoing")
LEANT_ON = ("outcome", "standing", "access", "rules", "linking")
MODULES = (
    *(f"qiantai.requests.{name}" for name in ROOMS),
    *(f"qiantai.requests.common.{name}" for name in COMMON),
    *(f"qiantai.{name}" for name in ("duties", "periods", "decision", *LEANT_ON)),
)
Place = tuple[str, int, int, int]


@frozen
class Code:
    """A module's code as it is in force: its source, the codes in it in their order, and the functions made of them."""

    name: str
    source: str
    codes: tuple[CodeType, ...]
    functions: Mapping[int, tuple[FunctionType, ...]]


def read(name: str) -> Code:
    """The code of a module."""
    module = import_module(name)
    source = inspect.getsource(module)
    codes = tuple(_within(compile(parsed(source), module.__file__ or "", "exec")))
    places = {_place(each): number for number, each in enumerate(codes)}
    found: dict[int, tuple[FunctionType, ...]] = {}
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and each.__code__.co_filename == module.__file__:
            number = places.get(_place(each.__code__))
            if number is not None:
                found[number] = (*found.get(number, ()), each)
    return Code(name, source, codes, found)


def _within(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _within(each)


def _place(code: CodeType) -> Place:
    """Where a code stands; lambdas of one line are told apart by their columns."""
    columns = [each[2] for each in code.co_positions() if each[2] is not None]
    ends = [each[3] for each in code.co_positions() if each[3] is not None]
    return code.co_qualname, code.co_firstlineno, min(columns, default=0), max(ends, default=0)


def mutants(code: Code, runs: Callable[[str, int], Collection[str]]) -> Iterator[Mutant]:
    """The mutants of a module; `runs` gives the tests in which its code of that number is run."""
    for each in breaks(code.source, code.codes[0].co_filename):
        changed = _changed(code, tuple(_within(each.code)))
        if changed:
            tests = frozenset(test for number, _ in changed for test in runs(code.name, number))
            what = f"{changed[-1][1].co_qualname} {each.line}: {each.how}"
            yield Mutant(code.name, what, partial(_put, code, changed), (noticed_by_scenarios,), tests.__contains__)


def _changed(code: Code, new: tuple[CodeType, ...]) -> list[tuple[int, CodeType]]:
    """The codes with functions in force that came out otherwise, by their number, as far as they fit their place."""
    if len(new) == len(code.codes):
        pairs = [(number, new[number]) for number in sorted(code.functions)]
    else:
        by_name = {(each.co_qualname, each.co_firstlineno): each for each in new}
        named = {number: code.codes[number] for number in code.functions}
        pairs = [
            (number, by_name[old.co_qualname, old.co_firstlineno])
            for number, old in named.items()
            if (old.co_qualname, old.co_firstlineno) in by_name
        ]
    return [
        (number, other)
        for number, other in pairs
        if other != code.codes[number] and other.co_freevars == code.codes[number].co_freevars
    ]


def _put(code: Code, changed: list[tuple[int, CodeType]]) -> None:
    """Exchange the code, and forget all that was reckoned with the old one."""
    for number, new in changed:
        for function in code.functions[number]:
            function.__code__ = new
    for name in [each for each in sys.modules if each.startswith(("qiantai.", "tests."))]:
        for each in vars(sys.modules[name]).values():
            if callable(forget := getattr(each, "cache_clear", None)):
                forget()


def noticed_by_scenarios() -> bool:
    """Whether any shipped scenario comes out otherwise."""
    return any(not play(each).ok for each in every_scenario())
