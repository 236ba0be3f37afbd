"""`qiantai case receive` and `qiantai case do`: commands given on the line, and what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .completing import commands
from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, NOT_ALLOWED, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.desk import Done
    from qiantai.refusals import Refusal
    from qiantai.seat import Seat

_BEGUN = {
    "receive": ("受理用 qiantai case receive", "to take in: qiantai case receive"),
    "incident": ("登记突发事件用 qiantai incident open", "to open an incident: qiantai incident open"),
}
ABOUT_WHO = frozenset(
    {
        "about_them",
        "answer_by_others",
        "call_back_by_others",
        "call_back_on_own_work",
        "decided_by_the_handler_alone",
        "not_the_spokesperson",
        "not_their_role",
        "not_theirs_to_agree",
        "outside_area",
        "the_desk_sends",
        "unknown_person",
    }
)
"""The rules that refuse somebody, not something: their exit code is that of what is not allowed."""


def receive(say: Speech) -> click.Command:
    """JSON: `ok`, `case` as in `case show`, `events`, `left`; or `refusal` with `rule`, `clause`, `clause_text`, `why`,
    `would_do` (both languages each), `do`, `by`, `at` and `order`, the rules that were asked, in their order.
    """
    return Spoken(
        say,
        "receive",
        help=say("受理:qiantai case receive --by li kind=repair channel=phone household=1-2-301 summary=漏水",
                 "Take in: qiantai case receive --by li kind=repair channel=phone household=1-2-301 summary=leak"),
        params=[click.Argument(["pairs"], nargs=-1, metavar=say("字段=值…", "FIELD=VALUE...")), *_options(say)],
        callback=_receiving,
    )  # fmt: skip


def do(say: Speech) -> click.Command:
    """The JSON of `receive`; `left` are the linked cases that a command on an incident left, with the reasons."""
    return Spoken(
        say,
        "do",
        help=say("下指令:qiantai case do BX-20261123-001 dispatch --by li to=engineering",
                 "Give a command: qiantai case do BX-20261123-001 dispatch --by li to=engineering"),
        params=[
            click.Argument(["number"], metavar=say("单号", "NUMBER")),
            click.Argument(["name"], metavar=say("指令", "COMMAND"), shell_complete=commands),
            click.Argument(["pairs"], nargs=-1, metavar=say("[字段=值]…", "[FIELD=VALUE]...")),
            *_options(say),
        ],
        callback=_doing,
    )  # fmt: skip


def _options(say: Speech) -> list[click.Parameter]:
    return [*by_options(say, required=True), site_option(say), json_option(say)]


@click.pass_context
def _receiving(ctx: click.Context, pairs: tuple[str, ...], by: str, site: str | None, as_json: bool) -> int:
    from .given import named, read_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        handbook, at = found.desk.handbook, found.desk.clock()
        fields = {name: of for each in handbook.requests.values() for name, of in each.fields["receive"].items()}
        given = read_given(pairs, fields, handbook, at, say)
        if "kind" in given:
            given["kind"] = named("kinds", given["kind"], handbook.requests)
        seat = seat_of(ctx, found, by, say)
        return answer(seat, None, seat.receive(**given), as_json, say)


@click.pass_context
def _doing(
    ctx: click.Context, number: str, name: str, pairs: tuple[str, ...], by: str, site: str | None, as_json: bool
) -> int:
    from .given import named, read_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        case = found.desk.case(number.upper())
        request = found.desk.handbook.life_cycle(case)
        command = named("commands", name, request.commands)
        if command in _BEGUN:
            raise Stopped(USAGE, say(*_BEGUN[command]))
        fields = request.fields.get(command, {})
        given = read_given(pairs, fields, found.desk.handbook, found.desk.clock(), say)
        return answer(seat, seat.known(case.number), seat.do(case.number, command, **given), as_json, say)


def answer(seat: Seat, case: Case | None, done: Done | Refusal, as_json: bool, say: Speech) -> int:
    """What came of a command, told; the exit code that it ends with."""
    from qiantai.desk import Done

    if not isinstance(done, Done):
        return refused(seat, case, done, as_json, say)
    from .answers import write_json
    from .shown import Viewed, event_out, told, whole

    view = Viewed(done.case, seat.desk.clock(), seat.handbook)
    if as_json:
        events = [event_out(each, view) for each in done.events]
        write_json({"ok": True, "case": whole(view), "events": events, "left": [left_out(each) for each in done.left]})
        return DONE
    for line in told(view, say):
        click.echo(line)
    for each in done.left:
        click.echo(f"{say('留下', 'left')} {each.command.case}: {each.sentence[say.language]}", err=True)
    return DONE


def refused(seat: Seat, case: Case | None, refusal: Refusal, as_json: bool, say: Speech) -> int:
    """Tells of a refusal; gives the exit code."""
    if as_json:
        from qiantai.why import why_refused

        from .answers import as_data, write_json

        order = why_refused(refusal, case, seat.desk.handbook).order
        write_json({"ok": False, "refusal": {**refusal_out(refusal), "order": as_data(order)}})
    click.echo(refusal.sentence[say.language], err=True)
    if refusal.clause is not None:
        click.echo(f"[{refusal.clause}] {say(refusal.clause.zh, refusal.clause.en)}", err=True)
    return NOT_ALLOWED if refusal.rule in ABOUT_WHO else REFUSED


def left_out(refusal: Refusal) -> dict[str, Any]:
    """A linked case that was left as it is, and why, as data."""
    return {"number": refusal.command.case, **refusal_out(refusal)}


def refusal_out(refusal: Refusal) -> dict[str, Any]:
    """A refusal as data."""
    clause = refusal.clause
    return {
        "rule": refusal.rule,
        "clause": refusal.clause_id,
        "clause_text": {"zh": clause.zh, "en": clause.en} if clause else None,
        "why": refusal.why,
        "would_do": refusal.would_do,
        "do": refusal.command.name,
        "by": refusal.command.by,
        "at": refusal.at,
    }
