"""`qiantai rehearsal`: the book of training, what a quarter still lacks, and rehearsals made, checked and edited."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from .sitting import by_options, whoever
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.handbook import Handbook
    from qiantai_scenarios.rehearsing.records import Attempt, Quarter, Training

_LINES = {
    "records": ("谁练过什么,这一季还差什么", "who was trained in what, and what the quarter lacks"),
    "new": ("新做一个演练,马上能练", "begin a rehearsal, playable at once"),
    "edit": ("在屏幕上做演练", "make a rehearsal on the screen"),
    "check": ("核对演练,说出全部毛病", "check rehearsals, and tell everything that is wrong"),
    "from": ("把办过的事项改编成演练", "make a rehearsal of real cases"),
}


def command(say: Speech) -> click.Command:
    """The group."""

    def load(name: str) -> click.Command:
        if name == "records":
            return _records(say)
        found: click.Command = import_module(f"qiantai_tui.cli.rehearsal_{name}").command(say)
        return found

    return SpokenGroup(
        say,
        "rehearsal",
        _LINES,
        load,
        help=say("演练记录;做演练、核对、由真事改编。", "Records of training; rehearsals begun, checked, made."),
    )


def _records(say: Speech) -> click.Command:
    """JSON: `quarter`, its `attempts[]`, `plan[]`, `missing[]` of it, `tested`, `passed`, and `holds`: whether 90 % of
    the tests were passed, null where none was taken. A trainer and a supervisor see all, everybody else their own.
    """
    return Spoken(
        say,
        "records",
        help=say(
            "谁练过什么、成绩,这一季知识、沟通、应急还差谁 [R-3.2];考核合格率是否到 90% [R-4c]。",
            "Who was trained in what and how it went, who still lacks knowledge, communication or emergencies this "
            "quarter [R-3.2], and whether 90 % passed [R-4c].",
        ),
        params=[
            *by_options(say),
            click.Option(
                ["--quarter"], metavar="2026Q4", help=say("哪一季,默认本季", "which quarter, by default this")
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_recorded,
    )


@click.pass_context
def _recorded(ctx: click.Context, by: str | None, quarter: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.desk import now
    from qiantai_scenarios.rehearsing.records import SEES_ALL, Quarter, seen_by, training
    from qiantai_tui.sites.books import books_of
    from qiantai_tui.sites.training_book import read_training

    from .opening import folder_of
    from .rehearse import pins_of, site_tables

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    wanted = _quarter(quarter, say)
    handbook = site_tables(ctx, site, say).handbook
    folder, people = folder_of(ctx, site), handbook.people
    viewer = whoever(ctx, pins_of(folder), people, by, now(), say)
    with books_of(folder) as books:
        attempts = read_training(books)
    if by is not None:
        attempts = seen_by(attempts, viewer)
        people = people if viewer.has(*SEES_ALL) else {viewer.id: viewer}
    found = training(attempts, people, wanted)
    within = [each for each in attempts if Quarter.of(each.at) == wanted]
    if as_json:
        _write_json(within, found)
    else:
        _write(within, found, handbook, say)
    return DONE


def _quarter(given: str | None, say: Speech) -> Quarter:
    from qiantai.desk import now
    from qiantai_scenarios.rehearsing.records import Quarter

    try:
        return Quarter.of(now()) if given is None else Quarter.parse(given)
    except ValueError as error:
        raise Stopped(
            USAGE, say(f"--quarter 要写作 2026Q4,不是 {given}", f"--quarter is as 2026Q4, not {given}")
        ) from error


def _write_json(attempts: list[Attempt], found: Training) -> None:
    from qiantai_scenarios.rehearsing.records import attempt_out

    from .answers import as_data, write_json

    write_json(
        {
            "quarter": str(found.quarter),
            "attempts": [attempt_out(each) for each in attempts],
            "plan": as_data(found.plan),
            "missing": as_data(found.missing),
            "tested": found.tested,
            "passed": found.passed,
            "holds": found.holds,
        }
    )


def _write(attempts: list[Attempt], found: Training, handbook: Handbook, say: Speech) -> None:
    from qiantai.plainly import still
    from qiantai_scenarios.rehearsal import COVERS

    from .answers import local, write_table

    def name(person: str) -> str:
        return handbook.people[person].name if person in handbook.people else person

    headings = (("何时", "When"), ("谁", "Who"), ("演练", "Rehearsal"), ("分", "Points"), ("结果", "Result"))
    rows = (
        (
            local(each.at),
            name(each.person),
            each.title[say.language] or each.rehearsal,
            str(each.points),
            say("合格", "passed") if each.passed else say("未合格", "not passed"),
        )
        for each in attempts
    )
    write_table([say(*each) for each in headings], rows)
    for part, words in COVERS.items():
        lacking = [name(each.person) for each in found.missing if each.covers == part]
        said = say("、", ", ").join(lacking) or say("都考过了", "everybody was tested")
        click.echo(still(f"{found.quarter} {words[say.language]} {say('还差', 'lacking')}: {said}"))
    if found.tested:
        share = 100 * found.passed // found.tested
        sign = "✓" if found.holds else "✗"
        click.echo(f"{sign} {say('合格率', 'passed')} {share}% ({found.passed}/{found.tested}) [R-4c]")
