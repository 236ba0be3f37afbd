"""`qiantai rehearse`: the rehearsals there are, and the score and debrief of a recorded run or of the model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files
from .opening import config_of, folder_of, on_a_terminal
from .sitting import by_options, person_of, whoever
from .speech import Speech
from .spoken import Spoken, json_option, misuse, site_option, tell_failures
from .stopped import DONE, NOT_ALLOWED, NOT_FOUND, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from qiantai.lifecycle import Request
    from qiantai.people import Person
    from qiantai.reading import Site as Tables
    from qiantai_scenarios.rehearsing import Debrief, Deed
    from qiantai_scenarios.scenario import Scenario
    from qiantai_tui.sign_in.book import PinBook


def command(say: Speech) -> click.Command:
    """JSON: without a name `rehearsals`; with one the `rehearsal`; of a run or the model the debrief whole:
    `rehearsal`, `score`, `lost`, `line`, `duties`, `unable`, `next_time`. Exit code 0: passed; 1: not passed; 2: a file
    cannot be read; 3: no such rehearsal. Nothing is written but `--html` and, with `--record`, the book of training.
    """
    return Spoken(
        say,
        "rehearse",
        help=say(
            "演练:不写名字就列出自带的和本小区的;写名字就开始练;给出一次演练的记录(--run)或示范(--model)就评分、讲评。",
            "Rehearsals: without a name the list, the site's own first; with one it begins; of a recorded run "
            "(--run) or the model (--model) score and debrief.",
        ),
        epilog=say(
            "退出码:0 合格 1 未合格 2 文件读不懂 3 没有这个演练",
            "Exit codes: 0 passed, 1 not passed, 2 a file cannot be read, 3 no such rehearsal",
        ),
        params=[
            click.Argument(["name"], required=False, metavar=say("[名称|文件]", "[NAME|FILE]"), shell_complete=files),
            _file("--run", "run", say("学员做过什么,每行一条 JSON", "what a trainee did, JSON lines"), say),
            click.Option(["--model"], is_flag=True, help=say("演示范做法", "play the model solution")),
            click.Option(
                ["--about"], is_flag=True, help=say("只说它讲什么,不开始", "tell what it is about, begin nothing")
            ),
            _file("--html", "html", say("把讲评写成可打印的网页", "write the debrief as a page to print"), say),
            click.Option(
                ["--record"],
                metavar="ID",
                help=say("把成绩记给小区的这位员工", "put the result on record for this member of the site's staff"),
            ),
            *by_options(say),
            click.Option(
                ["--scripts"],
                is_flag=True,
                help=say("小区的统一口径,每条一个小演练", "a drill of each of the site's agreed answers"),
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_rehearse,
    )


def _file(option: str, name: str, help: str, say: Speech) -> click.Option:
    return click.Option([option, name], metavar=say("文件", "FILE"), help=help, shell_complete=files)


@click.pass_context
def _rehearse(
    ctx: click.Context,
    name: str | None,
    run: str | None,
    model: bool,
    about: bool,
    html: str | None,
    record: str | None,
    by: str | None,
    scripts: bool,
    site: str | None,
    as_json: bool,
) -> int:
    from .rehearsing import write_listed, write_one, write_told

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if run and model:
        misuse(ctx, "--run 和 --model 只要一个", "give --run or --model, not both", say)
    if html and not (run or model):
        misuse(ctx, "--html 要有 --run 或 --model", "--html goes with --run or --model", say)
    if record and model:
        misuse(ctx, "示范不记成绩;--record 要有 --run", "the model is nobody's result: --record goes with --run", say)
    if name is None:
        if run or model:
            misuse(ctx, "要给出演练的名称或文件", "name a rehearsal, or give its file", say)
        write_listed(_all(ctx, site, scripts, say), say, as_json)
        return DONE
    scenario = _found(ctx, name, site, scripts, say)
    if not (run or model):
        if as_json or about or not on_a_terminal():
            if record:
                misuse(
                    ctx, "--record 要有 --run,或在终端里练", "--record goes with --run, or a terminal to play on", say
                )
            write_one(scenario, say, as_json)
            return DONE
        return _played(ctx, scenario, record, by, site, say)
    told = _told(scenario, run, say)
    who = _trainee(ctx, record, by, site, say, of_a_file=True) if record else None
    if html:
        _write_page(told, Path(html))
    if who:
        _put_on_record(ctx, told, who, site)
    write_told(told, say, as_json)
    return DONE if told.score.passed else REFUSED


def _all(ctx: click.Context, site: str | None, scripts: bool, say: Speech) -> Sequence[Scenario]:
    if not scripts:
        from qiantai_scenarios.library import rehearsals

        from .rehearsals_own import own_rehearsals

        kinds = kinds_of(say)
        shipped = rehearsals(kinds)
        taken = {each.id for each in shipped}
        return (*(each for each in own_rehearsals(folder_of(ctx, site), kinds, say) if each.id not in taken), *shipped)
    from qiantai.desk import now
    from qiantai.hours import local
    from qiantai.words import Role
    from qiantai_scenarios.rehearsing.drills import drills

    tables = site_tables(ctx, site, say)
    clerk = next((each.id for each in tables.handbook.people.values() if each.has(Role.DESK)), None)
    if clerk is None:
        raise Stopped(REFUSED, say("小区没有前台岗位的员工", "nobody of the site's staff is at the desk"))
    return drills(tables.handbook, local(now()).date(), clerk, tables.topics)


def kinds_of(say: Speech) -> Mapping[str, Request]:
    from qiantai.plugins import load_plugins

    plugins = load_plugins()
    kinds, failed = plugins.kinds()
    tell_failures((*plugins.failures, *failed), say)
    return kinds


def _found(ctx: click.Context, name: str, site: str | None, scripts: bool, say: Speech) -> Scenario:
    """The rehearsal in that file, else of that name. Ends the run where there is none, or the file is none."""
    from qiantai_tui.sites.files import is_file

    if Path(name).suffix or is_file(Path(name)):
        return _in_file(name, say)
    every = _all(ctx, site, scripts, say)
    found = next((each for each in every if each.id == name), None)
    if found is None:
        there = say("、", ", ").join(each.id for each in every)
        raise Stopped(NOT_FOUND, say(f"没有演练 {name};有:{there}", f"no rehearsal {name}; there are {there}"))
    return found


def _in_file(name: str, say: Speech) -> Scenario:
    from qiantai_scenarios import BadScenario, read_scenario
    from qiantai_scenarios.rehearsing import NoRehearsal, Play

    try:
        return Play(read_scenario(name, kinds_of(say))).scenario
    except BadScenario as bad:
        raise Stopped(USAGE, bad.as_text(say.language)) from bad
    except NoRehearsal as none:
        raise Stopped(USAGE, f"{name}: {none.why[say.language]}") from none


def _played(
    ctx: click.Context, scenario: Scenario, record: str | None, by: str | None, site: str | None, say: Speech
) -> int:
    """Plays it on the terminal; the exit code says whether it was passed."""
    who = None if record is None else _trainee(ctx, record, by, site, say)
    from qiantai_tui.terminal import prepare

    prepare()
    from qiantai_tui.preferences import take_preferences
    from qiantai_tui.room.trying import rehearsed, trainee_at

    taken = take_preferences(config_of(ctx.find_root().params.get("config")))
    language = say.language if say.asked else taken.preferences.language or say.language
    trainee = None if who is None else trainee_at(folder_of(ctx, site), who)
    ended = rehearsed(scenario, language, taken, trainee)
    if ended is None:
        return REFUSED
    return DONE if ended.score.passed else REFUSED


def _told(scenario: Scenario, run: str | None, say: Speech) -> Debrief:
    from qiantai_scenarios.rehearsing import debrief, model, performed

    return debrief(performed(scenario, _recorded(scenario, run, say) if run else model(scenario)))


def _recorded(scenario: Scenario, run: str, say: Speech) -> tuple[Deed, ...]:
    from qiantai.tomltext import LARGEST, BadToml, decoded
    from qiantai_scenarios.rehearsing import BadRun, read_run

    try:
        with Path(run).open("rb") as file:
            return read_run(decoded(file.read(LARGEST + 1)), scenario, run).deeds
    except BadRun as bad:
        raise Stopped(USAGE, bad.as_text(say.language)) from bad
    except BadToml as bad:
        raise Stopped(USAGE, f"{run}: {bad.mistakes[0].sentence[say.language]}") from bad
    except (OSError, ValueError) as error:  # the latter for a name with a NUL in it
        why = getattr(error, "strerror", None) or str(error)
        raise Stopped(USAGE, say(f"打不开 {run}:{why}", f"{run} cannot be opened: {why}")) from error


def _write_page(told: Debrief, file: Path) -> None:
    from qiantai_scenarios.rehearsing import page
    from qiantai_tui.sites.files import replace_private

    replace_private(file, page(told))


def _put_on_record(ctx: click.Context, told: Debrief, person: Person, site: str | None) -> None:
    from qiantai.desk import now
    from qiantai_scenarios.rehearsing.records import attempt
    from qiantai_tui.sites.books import books_of
    from qiantai_tui.sites.training_book import write_attempt

    with books_of(folder_of(ctx, site)) as books:
        write_attempt(books, attempt(person.id, told.scenario, told.score, now()))


def _trainee(
    ctx: click.Context, record: str, by: str | None, site: str | None, say: Speech, *, of_a_file: bool = False
) -> Person:
    """The member of the site's staff whose result it is. Ends the run where there is none.

    Where people sign in it is put on record by whoever proves to be there: the one who is about to play it, else a
    trainer or a supervisor; those alone for a run out of a file, which anybody could have written.
    """
    from qiantai.desk import now
    from qiantai.words import label, listed
    from qiantai_scenarios.rehearsing.records import SEES_ALL

    people = site_tables(ctx, site, say).handbook.people
    trainee, pins = person_of(people, record, say), pins_of(folder_of(ctx, site))
    if pins is None and by is None:
        return trainee
    giver = whoever(ctx, pins, people, by or (None if of_a_file else trainee.id), now(), say)
    if not giver.has(*SEES_ALL) and (of_a_file or giver.id != trainee.id):
        roles = listed(tuple(label("roles", each) for each in SEES_ALL))[say.language]
        raise Stopped(
            NOT_ALLOWED,
            say(
                f"成绩由{roles}记入。可行:--by 写他们中的一位",
                f"a result is put on record by {roles}. What would do: --by one of them",
            ),
            {"rule": "not_their_role"},
        )
    return trainee


def pins_of(folder: Path) -> PinBook | None:
    """The PINs of a site's people, None where nobody signs in. Raises `BadSite`."""
    from qiantai_tui.sign_in.book import PinBook
    from qiantai_tui.sites.site import read_settings

    return PinBook(folder) if read_settings(folder).sign_in else None


def site_tables(ctx: click.Context, site: str | None, say: Speech) -> Tables:
    """What the site's files say, its store left alone. Raises what `open_site` does for files that cannot be taken."""
    from qiantai.plugins import load_plugins
    from qiantai_tui.sites.files import NoSite, is_site
    from qiantai_tui.sites.site import read_settings, read_tables

    folder = folder_of(ctx, site)
    if not is_site(folder):
        raise NoSite(folder)
    plugins = load_plugins(read_settings(folder).plugins_off)
    requests, failed = plugins.kinds()
    failures = dict.fromkeys((*plugins.failures, *failed))
    tables = read_tables(folder, plugins, failures, requests)
    tell_failures(failures, say)
    return tables
