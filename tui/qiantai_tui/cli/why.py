"""`qiantai why`: why a case is whose it is, is filed where it is, and why each of its duties is due when it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from .sitting import by_options, seat_of, theirs
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, NOT_FOUND, Stopped

if TYPE_CHECKING:
    from qiantai.why import Branch, CaseReason, DutyReason


def command(say: Speech) -> click.Command:
    """JSON: `why`: `number`, `kind`, `state`, `at`, `owner`, `handler`, `filing` and `duties`; with a duty's name the
    `duties` of that name alone. A clause comes with its text, a step as `seq`, `command`, `at`, `by` and `clause`.
    """
    return Spoken(
        say,
        "why",
        help=say(
            "为什么:归谁、谁处理、归档在哪、每个时限;给出时限就讲全部理由。撤销了的不算理由。",
            "Why: owner, handler, filing, each duty; with a duty's name all its reasons. What was taken back is none.",
        ),
        params=[
            click.Argument(["number"], metavar=say("单号", "NUMBER")),
            click.Argument(["duty"], required=False, metavar=say("[时限]", "[DUTY]")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_why,
    )


@click.pass_context
def _why(ctx: click.Context, number: str, duty: str | None, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.why import tell_case, tell_duty, why

    from .answers import as_data, write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        case, people = theirs(seat_of(ctx, found, by, say), number.upper(), say), found.desk.handbook.people
        reason = why(case, found.desk.clock(), found.desk.handbook)
    duties = reason.duties if duty is None else _of_name(reason, duty, say)
    if as_json:
        data = as_data(reason)
        told = {"number": reason.number, "at": reason.at} if duty else data
        write_json({"why": {**told, "duties": as_data(duties)}})
        return DONE
    _write([tell_case(reason, people)] if duty is None else [tell_duty(each, people) for each in duties], say)
    return DONE


def _of_name(reason: CaseReason, given: str, say: Speech) -> tuple[DutyReason, ...]:
    """The duties of the case of that name. Ends the run as not found where it never had one, with those there are."""
    from qiantai.words import label

    from .given import named

    there = tuple(dict.fromkeys(each.name for each in reason.duties))
    name = named("duties", given, there)
    if name not in there:
        names = say("、", ", ").join(f"{each} {label('duties', each)[say.language]}" for each in there)
        raise Stopped(
            NOT_FOUND,
            say(
                f"{reason.number} 没有 {given} 这个时限。有:{names}" if names else f"{reason.number} 没有时限",
                f"{reason.number} has no duty {given}. There are: {names}" if names else f"{reason.number} has no duty",
            ),
        )
    return tuple(each for each in reason.duties if each.name == name)


def _write(told: Iterable[Branch], say: Speech) -> None:
    """The lines, what stands under a line indented, each with the clause it rests on."""
    from qiantai.plainly import still
    from qiantai.why import flat

    for tree in told:
        for depth, each in flat(tree):
            text = each.text[say.language]
            cited = f"  [{each.clause}]" if each.clause and each.clause.id not in text else ""
            click.echo(f"{'  ' * depth}{still(text)}{cited}")
