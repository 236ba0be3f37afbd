"""The figures in words and signs: values, goals, bars of █ and lines of months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from qiantai.projections.readings import Reading, Result
from qiantai.projections.reckoning import Verdict
from qiantai.projections.targets import EVERY_ONE, Target, Unit
from qiantai.words import Bilingual, label

from .clocktime import Sign
from .words import say

BAR = 10
"""Cells of a bar."""
NO_VALUE = "—"
HOURS = Bilingual("{n}小时", "{n} h")
ONE_A_QUARTER = Bilingual("每季1次", "quarterly")
ONE_A_YEAR = Bilingual("每年1次", "yearly")
AGAINST = Bilingual("现在 {now},上年 {before}", "{now} now, {before} a year before")
_LEVELS = "▁▂▃▄▅▆▇█"
_GAP = "·"
_MARKS = {
    Result.MISSED: ("✗", "late"),
    Result.AT_RISK: ("▲", "soon"),
    Result.MET: ("✓", "met"),
    Result.NOTHING: ("○", "void"),
    Result.NO_GOAL: ("●", "open"),
    Result.UNMEASURED: ("—", "void"),
}
VERDICT_TONES = {
    Verdict.MISSES: "late",
    Verdict.SOON: "soon",
    Verdict.DUE: "open",
    Verdict.MEETS: "met",
    Verdict.COUNTED: "open",
}


def result_sign(result: Result) -> Sign:
    """How a figure stands, as a mark, a tone and a word."""
    mark, tone = _MARKS[result]
    return Sign(mark, tone, label("results", result))


def value(reading: Reading) -> str:
    """The value in the unit of its target; a share never says more than it is: 94.96 % is 94.9%."""
    found = reading.value
    if found is None:
        return NO_VALUE
    match reading.target.unit:
        case Unit.SHARE:
            return share(found)
        case Unit.CHANGE:
            return f"{round(found * 100, 1):+.1f}%"
        case Unit.HOURS:
            return say(HOURS.format(n=f"{found:g}"))
        case _:
            return f"{found:g}"


def share(part: float) -> str:
    """A share in percent, never more than it is."""
    return _percent(floor(part * 1000 + 1e-6) / 10)


def against(reading: Reading) -> str:
    """Of a change, the share now and the one that it is held against."""
    if reading.target.unit is not Unit.CHANGE or reading.share is None or not reading.before:
        return ""
    return say(AGAINST.format(now=share(reading.share), before=share(reading.before)))


def goal(target: Target) -> str:
    """What is asked for, empty where nothing is."""
    if target.goal is None:
        return ""
    match target.unit:
        case Unit.SHARE:
            return "100%" if target.goal == EVERY_ONE else f"≥{_percent(target.goal * 100)}"
        case Unit.CHANGE:
            sign = "≤" if target.goal < 0 else "≥"
            return f"{sign}{round(target.goal * 100):+}%"
        case Unit.HOURS:
            return "≥" + say(HOURS.format(n=f"{target.goal:g}"))
        case _:
            return say(ONE_A_YEAR if target.id == "survey" else ONE_A_QUARTER)


def tally(reading: Reading) -> str:
    """How many of how many: `12/13`, or the plain count."""
    met = reading.count(Verdict.MEETS, Verdict.COUNTED)
    if reading.target.unit not in (Unit.SHARE, Unit.CHANGE):
        return str(met) if met else ""
    of = met + reading.count(Verdict.MISSES, Verdict.BESIDES)
    return f"{met}/{of}" if of else ""


def due(reading: Reading) -> str:
    """How many are still due, empty where none is."""
    n = reading.count(Verdict.DUE, Verdict.SOON)
    return str(n) if n else ""


def bar(reading: Reading) -> str:
    """A share as a bar; empty for what is none."""
    if reading.target.unit is not Unit.SHARE or reading.value is None:
        return ""
    full = floor(reading.value * BAR + 1e-6)
    return "█" * full + "░" * (BAR - full)


def trend(values: Sequence[float | None]) -> str:
    """A cell a month, as high as its value against the highest, from nothing on; · where a month has none.

    >>> trend([0.5, None, 1.0, 0.75, 0.0])
    '▄·█▆▁'
    """
    highest = max((each for each in values if each is not None), default=0.0)
    return "".join(_GAP if each is None else _LEVELS[_level(each, highest)] for each in values)


def verdicts(reading: Reading) -> Iterable[tuple[str, str]]:
    """Each verdict in words with how many there are, those that there are."""
    for each in Verdict:
        if n := reading.count(each):
            yield say(label("verdicts", each)), str(n)


def _level(value: float, highest: float) -> int:
    return floor(value / highest * (len(_LEVELS) - 1)) if highest > 0 else 0


def _percent(percent: float) -> str:
    return f"{percent:.0f}%" if percent in (0, 100) or percent == int(percent) else f"{percent:.1f}%"
