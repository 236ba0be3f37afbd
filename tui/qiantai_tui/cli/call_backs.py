"""`qiantai call-backs`: whom to call back, by when, who may, who was tried; and with a month its sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qiantai.handbook import Handbook
    from qiantai.projections.call_backs import CallBack
    from qiantai.projections.sample import Drawn, Sample
    from qiantai.seat import Seat


def command(say: Speech) -> click.Command:
    """JSON: `at`, and `call_backs`, in the order in which to call; with `--sample` the month's `sample` in their place.

    Telephone numbers are masked.
    """
    return Spoken(
        say,
        "call-backs",
        help=say(
            "待回访的,按该打的次序;--sample 看一个月的抽查。", "Whom to call back, in order; or a month's sample."
        ),
        params=[
            click.Option(["--sample"], metavar="MONTH", help=say("月份,如 2026-11", "a month, as 2026-11")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_call_backs,
    )


@click.pass_context
def _call_backs(ctx: click.Context, sample: str | None, by: str | None, site: str | None, as_json: bool) -> int:
    from .given import month_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat, at = seat_of(ctx, found, by, say), found.desk.clock()
        if sample is not None:
            _tell_sample(month_given("--sample", sample, at, say), seat, at, as_json, say)
        else:
            _tell_list(seat, at, as_json, say)
    return DONE


def _tell_list(seat: Seat, at: datetime, as_json: bool, say: Speech) -> None:
    from qiantai.projections.call_backs import call_backs

    from .answers import write_json

    found = call_backs(seat.open_cases(), at, seat.handbook)
    if as_json:
        write_json({"at": at, "call_backs": [call_back_out(each, at, seat.handbook) for each in found]})
    elif found:
        _write_list(found, seat, at, say)
    else:
        click.echo(say("没有待回访的。", "Nobody is to be called back."), err=True)


def call_back_out(each: CallBack, at: datetime, handbook: Handbook) -> dict[str, Any]:
    """A call-back as data: whose, by when, what to say, the tries in vain, and who may not make it."""
    from qiantai.projections.call_backs import kept_out
    from qiantai.shown import duty_shown

    from .shown import Viewed

    view, case = Viewed(each.case, at, handbook), each.case
    out = kept_out(case, at, handbook)
    return {
        "number": case.number,
        "kind": case.kind,
        "household": case.household,
        "name": view.name,
        "phone": view.phone,
        "summary": view.hidden("summary", case.text("summary")),
        "result": view.hidden("result", case.text("result") or case.text("reply")),
        "promised": case.facts.get("promised"),
        "duty": duty_shown(each.duty, at) if each.duty else None,
        "tried": [{"at": one.at, "by": one.by} for one in each.tried],
        "again": each.again,
        "rests": each.rests(at),
        "not_by": [{"person": one.command.by, "rule": one.rule, "clause": one.clause_id} for one in out],
        "give_up": case.tries >= handbook.policy(case.received).count("call_back_attempts"),
    }


def _write_list(found: Sequence[CallBack], seat: Seat, at: datetime, say: Speech) -> None:
    from qiantai.projections.call_backs import kept_out
    from qiantai.words import label
    from qiantai_tui.text.clocktime import left

    from .answers import local, write_table
    from .shown import Viewed

    def row(each: CallBack) -> tuple[str, ...]:
        view = Viewed(each.case, at, seat.handbook)
        out = (f"{view.person(one.command.by)} {one.clause_id}" for one in kept_out(each.case, at, seat.handbook))
        return (
            each.case.number,
            label("kinds", each.case.kind)[say.language],
            each.case.household,
            view.name,
            view.phone,
            left(each.duty.due, at, say.language) if each.duty else "",
            " ".join(local(one.at, "%m-%d %H:%M") for one in each.tried),
            say("、", ", ").join(out),
            view.hidden("summary", each.case.text("summary")),
        )

    headings = (
        ("单号", "Number"), ("类别", "Kind"), ("房号", "Household"), ("业户", "Resident"), ("电话", "Phone"),
        ("剩余", "Left"), ("试过", "Tried"), ("须回避", "Not by"), ("内容", "Summary"),
    )  # fmt: skip
    write_table([say(*each) for each in headings], map(row, found))


def _tell_sample(month: str, seat: Seat, at: datetime, as_json: bool, say: Speech) -> None:
    from qiantai.projections.sample import ANSWERS, CLAUSE

    from .answers import local, write_json, write_table
    from .shown import Viewed

    found = seat.sample(month)
    if as_json:
        write_json({"at": at, "sample": sample_out(found, seat.handbook)})
        return
    click.echo(
        say(
            f"{month} 办结 {found.completed},回访过 {found.called},应抽 {found.needed},抽中 {len(found.drawn)},"
            f"已打通 {found.done} [{CLAUSE}]",
            f"{month}: {found.completed} completed, {found.called} called back, {found.needed} needed, "
            f"{len(found.drawn)} drawn, {found.done} reached [{CLAUSE}]",
        )
    )

    def row(each: Drawn) -> tuple[str, ...]:
        view = Viewed(each.case, at, seat.handbook)
        calls = (
            f"{local(call.at, '%m-%d')} {view.person(call.by)} {ANSWERS[call.answer][say.language]}"
            for call in each.calls
        )
        return (
            each.case.number,
            local(each.completed),
            view.name,
            view.hidden("summary", each.case.text("summary")),
            ", ".join(calls),
        )

    headings = (
        ("单号", "Number"),
        ("办结", "Completed"),
        ("业户", "Resident"),
        ("内容", "Summary"),
        ("打过", "Called"),
    )
    write_table([say(*each) for each in headings], map(row, found.drawn))


def sample_out(found: Sample, handbook: Handbook) -> dict[str, Any]:
    """A month's sample as data; `may` are those whose call on a case would count."""
    from qiantai.projections.sample import callers

    return {
        "month": found.month,
        "completed": found.completed,
        "called": found.called,
        "needed": found.needed,
        "done": found.done,
        "final": found.final,
        "drawn": [
            {
                "number": each.case.number,
                "completed": each.completed,
                "done": each.done,
                "may": [person.id for person in callers(each.case, handbook)],
                "calls": [
                    {"at": call.at, "by": call.by, "answer": str(call.answer), "words": call.words}
                    for call in each.calls
                ],
            }
            for each in found.drawn
        ],
    }
