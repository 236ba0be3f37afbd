"""Rehearsals and their debriefs on paper: the list, one of them, and what came of a run."""

from __future__ import annotations

from collections.abc import Sequence

import click

from qiantai.plainly import still
from qiantai.words import Bilingual, label
from qiantai_scenarios.rehearsal import COVERS
from qiantai_scenarios.rehearsing import Debrief, debrief_shown, rehearsal_shown
from qiantai_scenarios.rehearsing.debrief import MODEL
from qiantai_scenarios.scenario import Scenario

from .answers import local, write_json, write_table
from .speech import Speech

_HEADINGS = (
    ("名称", "Name"),
    ("级", "Grade"),
    ("内容", "Title"),
    ("练什么", "Covers"),
    ("类别", "Kinds"),
    ("分钟", "Minutes"),
)


def write_listed(found: Sequence[Scenario], say: Speech, as_json: bool) -> None:
    """All rehearsals, a line each."""
    if as_json:
        write_json({"rehearsals": [rehearsal_shown(each) for each in found]})
        return
    write_table([say(*each) for each in _HEADINGS], (_cells(each, say) for each in found), widest=44)


def _cells(scenario: Scenario, say: Speech) -> tuple[str, ...]:
    shown = rehearsal_shown(scenario)
    covers = say("、", ", ").join(COVERS[each][say.language] for each in shown["covers"])
    kinds = say("、", ", ").join(label("kinds", each)[say.language] for each in shown["kinds"])
    title, grade, minutes = scenario.title[say.language], shown["grade"] or "", shown["minutes"] or ""
    return scenario.id, str(grade), title, covers, kinds, str(minutes)


def write_one(scenario: Scenario, say: Speech, as_json: bool) -> None:
    """One rehearsal: what it is about and how to have a run of it scored."""
    if as_json:
        write_json({"rehearsal": rehearsal_shown(scenario)})
        return
    for (zh, en), cell in zip(_HEADINGS, _cells(scenario, say), strict=True):
        click.echo(f"{say(zh, en)}: {still(cell)}")
    click.echo(still(scenario.about[say.language]))
    click.echo(
        say(
            f"评分:qiantai rehearse {scenario.id} --run 文件;看示范:--model",
            f"To score a run: qiantai rehearse {scenario.id} --run FILE; for the model: --model",
        )
    )


def write_told(told: Debrief, say: Speech, as_json: bool) -> None:
    """The score and the debrief of a run."""
    if as_json:
        write_json(debrief_shown(told))
        return
    words, score = say.language, told.score
    verdict = say("合格", "passed") if score.passed else say("未合格", "not passed")
    bar = say(f"{score.passing} 分合格", f"{score.passing} to pass")
    click.echo(f"{score.points}/100 {verdict} ({bar})  {still(told.scenario.title[words])}")
    for each in score.judged:
        if each.mark.points > 0 or each.holds:
            clause = f" [{each.clause.id}]" if each.clause else ""
            lacks = f": {_in(each.lacks, say)}" if each.lacks.zh else ""
            click.echo(f"{'✓' if each.points > 0 else '✗'} {each.points:+4d}  {_in(each.mark.why, say)}{lacks}{clause}")
    if told.next_time:
        click.echo(say("下次:", "Next time:"))
    for said in told.next_time:
        click.echo(f"  {_in(said, say)}")
    click.echo(say("经过(» 是示范):", "What happened (» is the model):"))
    for line in told.line:
        sign = "»" if line.side == MODEL else "✗" if line.refused else " "
        click.echo(f"{local(line.at, '%m-%d %H:%M:%S')} {sign} {still(line.case)} {_in(line.said, say)}")


def _in(words: Bilingual, say: Speech) -> str:
    return still(words[say.language])
