"""`qiantai erase`: what a lawful erasure would take out of a case or a household's cases, and the erasure itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai_tui.sites.site import Site


def command(say: Speech) -> click.Command:
    """Nothing is erased without `--yes` or an agreement on the terminal; else the exit code is 1.

    JSON: `ok`, `erased` (whether it was done), `words[]` (`case`, `event` from 1, `name`) that go, `still[]` (likewise)
    that mention some of them and stay, `books[]` (`book`, `line` from 1, `name`) that mention them and go, `sheets[]`
    (files that were written out) likewise, `asides[]` (folders of stores that the site has left, where nothing is
    erased); of a household also `entry[]` (fields of the roll) and `stays[]` (`what rule
    clause why until`); or `refusal` as in `case do`.
    """
    return Spoken(
        say,
        "erase",
        help=say(
            "抹除已办结事项里的内容:先看会抹除什么,再抹除。抹除不能撤销。",
            "Erase words of closed cases: see what would go, then erase it. It cannot be taken back.",
        ),
        params=[
            click.Argument(["what"], nargs=-1, metavar=say("[单号 字段…]", "[NUMBER FIELD...]")),
            click.Option(
                ["--household"],
                metavar=say("房号", "ROOM"),
                help=say("这一户:花名册和已办结的事项", "a household: its entry in the roll, and its closed cases"),
            ),
            click.Option(["--reason"], metavar="TEXT", required=True, help=say("为什么抹除", "why it is erased")),
            *by_options(say, required=True),
            click.Option(["--yes"], is_flag=True, help=say("照此抹除,不再问", "erase it, without asking")),
            site_option(say),
            json_option(say),
        ],
        callback=_erasing,
    )


@click.pass_context
def _erasing(
    ctx: click.Context, what: tuple[str, ...], household: str | None, reason: str, by: str, yes: bool, site: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    from qiantai.book_erasure import traces_within
    from qiantai.erasure import erase, spots
    from qiantai.refusals import Refusal
    from qiantai_tui.sites.sweeping import Sweeping

    from .commanding import refused
    from .erasure_told import agreed_to, beside_out, tell_beside, tell_words, write_json_of
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if bool(what) == bool(household):
        raise Stopped(USAGE, say("给出单号和字段,或 --household", "give a number and fields, or --household"))
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        person = seat.person.id
        if household:
            from .erase_household import erase_household

            return erase_household(found, seat, household, reason, yes=yes, as_json=as_json, say=say)
        case, names = _asked_of(found, what)
        tried = erase(case, names, person, found.desk.clock(), reason, "", found.desk.handbook)
        if isinstance(tried, Refusal):
            return refused(seat, None, tried, as_json, say)
        words, sweeping, traces = [(case, spots(case, names))], Sweeping(found), traces_within(case, names)
        told = sweeping.residents.mentioning(case, names)
        beside = beside_out(told, sweeping, traces)
        if not as_json:
            tell_words(found.desk, words, say)
            tell_beside(told, sweeping, traces, say)
        agreed = yes or (not as_json and agreed_to(len(words[0][1]) + len(told), say))
        if agreed:
            done = sweeping.residents.erase_words(case, names, person, reason)
            if isinstance(done, Refusal):
                return refused(seat, None, done, as_json, say)
    if as_json:
        write_json_of(words, agreed, **beside)
    if agreed:
        if not as_json:
            click.echo(say("已抹除。", "Erased."))
        return DONE
    click.echo(say("什么都没抹除;要抹除请加 --yes", "nothing was erased; to erase it add --yes"), err=True)
    return REFUSED


def _asked_of(site: Site, what: Sequence[str]) -> tuple[Case, list[str]]:
    """The case, and the names of what is to go in it; all of it where none is given."""
    from qiantai.chain import words_of

    from .given import named

    case = site.desk.case(what[0].upper())
    known = dict.fromkeys(place.removesuffix("*") for event in case.history for place in words_of(event))
    return case, [named("fields", each, known) for each in what[1:]]
