"""`qiantai rehearsal new`: a small rehearsal to begin with, playable at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files, words
from .sitting import by_options, whoever
from .speech import Speech
from .spoken import Spoken, json_option, misuse, site_option
from .stopped import DONE, NOT_ALLOWED, REFUSED, Stopped

if TYPE_CHECKING:
    from qiantai.people import Person

_KINDS = ("repair", "complaint", "suggestion", "enquiry", "challenge", "help")


def command(say: Speech) -> click.Command:
    """JSON: `file rehearsal points`. A file that is there is left alone, with exit code 1."""
    return Spoken(
        say,
        "new",
        help=say(
            "新做一个演练:马上能练,每一处写着改什么。默认放进小区的 rehearsals 文件夹。",
            "Begin a rehearsal: it can be played at once, and says at each part what to change. By default it goes "
            "into the site's folder rehearsals.",
        ),
        params=[
            click.Argument(["name"], required=False, metavar=say("[名称|文件]", "[NAME|FILE]"), shell_complete=files),
            click.Option(
                ["--kind"],
                metavar="|".join(_KINDS),
                default="repair",
                help=say("哪一类,默认报修", "of what kind, by default a repair"),
                shell_complete=words(*_KINDS),
            ),
            click.Option(["--title"], metavar="TEXT", help=say("标题", "the title")),
            click.Option(
                ["--household"],
                metavar=say("房号", "ROOM"),
                help=say("谁来找我们,编的房号", "who comes, an invented room"),
            ),
            click.Option(
                ["--grade"],
                type=click.IntRange(1, 5),
                metavar="1-5",
                default=1,
                help=say("难度,1 最易", "how hard, 1 is a first day"),
            ),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_new,
    )


@click.pass_context
def _new(
    ctx: click.Context, name: str | None, kind: str, title: str | None, household: str | None, grade: int,
    by: str | None, site: str | None, as_json: bool,
) -> int:  # fmt: skip
    from qiantai_scenarios.making.checking import checked
    from qiantai_scenarios.making.fresh import BEGINNINGS, fresh
    from qiantai_tui.writing.shelf import begin

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if kind not in BEGINNINGS:
        there = say("、", ", ").join(BEGINNINGS)
        misuse(ctx, f"--kind 没有 {kind};有 {there}", f"no --kind {kind}; there are {there}", say)
    file = file_for(ctx, name, f"my-{kind}", by, site, say, must_be_new=True)
    text = fresh(kind, file.stem, _day(), say.language, title or "", household or "", grade)
    found = checked(text, file.name)
    if not found.ok:
        raise Stopped(REFUSED, found.findings[0].mistake.sentence[say.language])
    begin(file, text)
    if as_json:
        from .answers import write_json

        write_json({"file": str(file), "rehearsal": file.stem, "points": found.points})
        return DONE
    click.echo(
        say(
            f"✓ 已写入 {file}。示范得 {found.points} 分,现在就能练",
            f"✓ written: {file}. The model scores {found.points}; it can be played now",
        )
    )
    click.echo(say(f"  练一遍:qiantai rehearse {file}", f"  play it:  qiantai rehearse {file}"))
    click.echo(say(f"  改:qiantai rehearsal edit {file}", f"  edit it:  qiantai rehearsal edit {file}"))
    click.echo(say(f"  核对:qiantai rehearsal check {file}", f"  check it: qiantai rehearsal check {file}"))
    return DONE


def file_for(
    ctx: click.Context, name: str | None, default: str, by: str | None, site: str | None, say: Speech,
    *, must_be_new: bool = False,
) -> Path:  # fmt: skip
    """The file that was named; by a name alone, or none, one of the site's own, which are for who may train.

    Ends the run as not allowed where somebody else asks. Raises what `site_tables` and `named` do.
    """
    from qiantai_tui.sites.files import path_of
    from qiantai_tui.writing.shelf import free, named

    from .opening import folder_of

    folder = folder_of(ctx, site)
    if name is not None and Path(name).suffix and not inside(folder, path_of(name)):
        return path_of(name)
    trainer(ctx, by, site, say)
    if name is not None and Path(name).suffix:
        return path_of(name)
    if name is None and must_be_new:
        return free(folder, default)
    return named(folder, name or default)


def inside(folder: Path, file: Path) -> bool:
    """Whether a file lies in a site's folder, where it is the site's own."""
    try:
        return file.resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError):
        return False


def trainer(ctx: click.Context, by: str | None, site: str | None, say: Speech) -> Person:
    """Who asks, where they may train at that site. Ends the run as not allowed where they may not."""
    from qiantai.desk import now
    from qiantai_scenarios.rehearsing.records import SEES_ALL

    from .opening import folder_of
    from .rehearse import pins_of, site_tables

    people = site_tables(ctx, site, say).handbook.people
    person = whoever(ctx, pins_of(folder_of(ctx, site)), people, by, now(), say)
    if not person.has(*SEES_ALL, "admin"):
        raise Stopped(
            NOT_ALLOWED,
            say(
                f"{person.name} 不是培训员或主管。请他们来做",
                f"{person.name} is neither a trainer nor a supervisor: ask one of them",
            ),
            {"rule": "may_not_make"},
        )
    return person


def _day() -> date:
    """The day on which a new rehearsal takes place: today, or the next that is worked."""
    from qiantai.calendar import national
    from qiantai.desk import now
    from qiantai.hours import local

    today, calendar = local(now()).date(), national()
    return today if calendar.working(today) else calendar.after(today, 1)
