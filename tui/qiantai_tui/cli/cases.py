"""`qiantai case`: a list of cases, one case, and commands on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from .completing import kinds
from .sitting import at_hand, by_options, seat_of
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE, Stopped

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.seat import Seat
    from qiantai_tui.sites.site import Site

_LINES = {
    "list": ("列出在办的事项", "list the open cases"),
    "show": ("看一件事项", "show one case"),
    "receive": ("受理一件事项", "take in a case"),
    "do": ("对一件事项下指令", "give a command on a case"),
}


def command(say: Speech) -> click.Command:
    """The group; each of its commands answers with JSON where `--json` asks for it."""

    def load(name: str) -> click.Command:
        if name in ("receive", "do"):
            from . import commanding

            return commanding.receive(say) if name == "receive" else commanding.do(say)
        return _list(say) if name == "list" else _show(say)

    return SpokenGroup(say, "case", _LINES, load, help=say("事项。", "Cases."))


def _list(say: Speech) -> click.Command:
    """JSON: `cases`, each with `number`, `kind`, `state`, `emergency`, `received`, `household`, `name` and `phone`
    (masked), `place`, `summary`, `owner`, `handler`, `next` (the next duty, or null) and `left_seconds`.
    """
    return Spoken(
        say,
        "list",
        help=say("在办的事项,按时限排。", "The open cases, in the order of the queue."),
        params=[
            click.Option(["--all", "every"], is_flag=True, help=say("已办结的也列", "the closed ones too")),
            click.Option(
                ["--kind"],
                metavar="KIND",
                help=say("只列这一类", "only those of this kind"),
                shell_complete=kinds,
            ),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_listing,
    )


@click.pass_context
def _listing(ctx: click.Context, every: bool, kind: str | None, by: str | None, site: str | None, as_json: bool) -> int:
    from .answers import write_json
    from .opening import opened
    from .shown import Viewed, brief

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        wanted = kind_of(found, kind, say)
        seat, at = seat_of(ctx, found, by, say), found.desk.clock()
        cases = (case for case in _cases(seat, every) if wanted is None or case.kind == wanted)
        views = [Viewed(case, at, seat.handbook) for case in cases]
    if as_json:
        write_json({"at": at, "cases": [brief(each) for each in views]})
    else:
        _write_list(views, say)
    return DONE


def _cases(seat: Seat, every: bool) -> Iterator[Case]:
    yield from (line.case for line in seat.queue())
    if every:
        yield from (case for case in seat.closed_cases() if case.matter)


def kind_of(site: Site, given: str | None, say: Speech) -> str | None:
    """The kind of this name, in either language; None where none is given. Ends the run where there is no such kind."""
    from qiantai.words import label

    from .given import named

    kinds = site.desk.handbook.requests
    found = None if given is None else named("kinds", given, kinds)
    if found is not None and found not in kinds:
        there = say("、", ", ").join(f"{each} {label('kinds', each)[say.language]}" for each in kinds)
        raise Stopped(2, say(f"没有 {given} 这一类;有:{there}", f"there is no kind {given}; there are {there}"))
    return found


def _write_list(views: Iterable[Any], say: Speech) -> None:
    from qiantai.words import label
    from qiantai_tui.text.clocktime import left

    from .answers import write_table
    from .shown import duty_label, state_of

    words = say.language
    rows = [
        (
            view.case.number,
            label("kinds", view.case.kind)[words],
            state_of(view.case, say),
            view.case.household or view.case.text("place"),
            view.name,
            left(view.line.duty.due, view.at, words) if view.line.duty else "",
            duty_label(view.line.duty.name)[words] if view.line.duty else "",
            view.hidden("summary", view.case.text("summary")),
        )
        for view in views
    ]
    if not rows:
        click.echo(
            say("没有事项。受理:qiantai case receive", "No cases. To take one in: qiantai case receive"), err=True
        )
        return
    headings = (
        ("单号", "Number"), ("类别", "Kind"), ("状态", "State"), ("房号", "Household"),
        ("业户", "Resident"), ("剩余", "Left"), ("时限", "Duty"), ("内容", "Summary"),
    )  # fmt: skip
    write_table([say(*each) for each in headings], rows)


def _show(say: Speech) -> click.Command:
    """JSON: `case`, in the names of the scenarios' JSON, with its `facts`, `households`, `name` and `phone`; `may`, the
    commands that `--by` could give now. The telephone number of an open case is shown in full, and the look recorded.
    """
    return Spoken(
        say,
        "show",
        help=say("一件事项的全部:时限、经过、归档。", "All there is of a case: duties, history, filing."),
        params=[
            click.Argument(["number"], metavar=say("单号", "NUMBER")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_showing,
    )


@click.pass_context
def _showing(ctx: click.Context, number: str, by: str | None, site: str | None, as_json: bool) -> int:
    from .answers import write_json
    from .opening import opened
    from .shown import Viewed, told, whole

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        case, full = at_hand(seat, number.upper(), say)
        view = Viewed(case, found.desk.clock(), seat.handbook, full)
        may = seat.offers(case.number) if by else None
    if as_json:
        write_json({"case": whole(view), **({} if may is None else {"may": may})})
        return DONE
    for line in told(view, say):
        click.echo(line)
    return DONE
