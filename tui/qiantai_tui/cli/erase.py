"""`qiantai erase`: what a lawful erasure would take out of a case or a household's cases, and the erasure itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import DONE, NOT_FOUND, REFUSED, USAGE, Spoken, Stopped, json_option, site_option

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.desk import Done
    from qiantai.erasure import Spot
    from qiantai.refusals import Refusal
    from qiantai_tui.site import Site

    Planned = tuple[Case, tuple[Spot, ...]]


def command(say: Speech) -> click.Command:
    """Nothing is erased without `--yes` or an agreement on the terminal; else the exit code is 1.

    JSON: `ok`, `erased` (whether it was done), `words[]` (`case`, `event` from 1, `name`) that go, `still[]` (likewise)
    that mention some of them and stay; or `refusal` as in `case do`.
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
                help=say("这一户全部事项里的内容", "all that was said in a household's cases"),
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
    from qiantai.refusals import Refusal

    from .commanding import refused
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if bool(what) == bool(household):
        raise Stopped(USAGE, say("给出单号和字段,或 --household", "give a number and fields, or --household"))
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        person = seat.person.id
        cases, names = _asked_of(found, what, household, say)
        planned = _planned(found, cases, names, person, reason)
        if isinstance(planned, Refusal):
            return refused(seat, None, planned, as_json, say)
        if not as_json:
            _tell(found, planned, say)
        agreed = yes or (not as_json and _agreed(sum(len(each) for _, each in planned), say))
        if agreed:
            done = _erase(found, cases, names, household, person, reason)
            if isinstance(done, Refusal):
                return refused(seat, None, done, as_json, say)
    if as_json:
        _write_json(planned, agreed)
    if agreed:
        if not as_json:
            click.echo(say("已抹除。", "Erased."))
        return DONE
    click.echo(say("什么都没抹除;要抹除请加 --yes", "nothing was erased; to erase it add --yes"), err=True)
    return REFUSED


def _asked_of(site: Site, what: Sequence[str], household: str | None, say: Speech) -> tuple[list[Case], list[str]]:
    """The cases, and the names of what is to go in them; all of it where none is given."""
    from qiantai.chain import words_of

    from .given import named

    if household is None:
        case = site.desk.case(what[0].upper())
        known = dict.fromkeys(place.removesuffix("*") for event in case.history for place in words_of(event))
        return [case], [named("fields", each, known) for each in what[1:]]
    theirs = site.desk.cases_with_words(household)
    if not theirs:
        raise Stopped(
            NOT_FOUND, say(f"{household} 没有要抹除的事项", f"{household} has no case with anything to erase")
        )
    return list(theirs), []


def _planned(site: Site, cases: Iterable[Case], names: Sequence[str], by: str, reason: str) -> list[Planned] | Refusal:
    from qiantai.erasure import erase, spots
    from qiantai.refusals import Refusal

    planned: list[Planned] = []
    for case in cases:
        tried = erase(case, names, by, site.desk.clock(), reason, "", site.desk.handbook)
        if isinstance(tried, Refusal):
            return tried
        planned.append((case, spots(case, names)))
    return planned


def _erase(
    site: Site, cases: Sequence[Case], names: Sequence[str], household: str | None, by: str, reason: str
) -> Done | tuple[Done, ...] | Refusal:
    if household is not None:
        return site.desk.erase_household(household, by, reason=reason)
    return site.desk.erase(cases[0].number, by, *names, reason=reason)


def _agreed(count: int, say: Speech) -> bool:
    from .importing import on_a_terminal

    if not on_a_terminal():
        return False
    answer = click.prompt(
        say(f"抹除这 {count} 处?抹除后不能恢复 (y/n)", f"erase these {count}? It cannot be taken back (y/n)"),
        default="n",
        show_default=False,
    )
    return str(answer).strip().casefold() in ("y", "yes", "是", "好")


def _tell(site: Site, planned: Iterable[Planned], say: Speech) -> None:
    from .answers import still
    from .shown import Viewed, event_head, field_text

    for case, going in planned:
        view = Viewed(case, site.desk.clock(), site.desk.handbook)
        click.echo(case.number)
        for seq in dict.fromkeys(each.seq for each in going):
            texts = dict.fromkeys(field_text(each.name, each.text, view, say) for each in going if each.seq == seq)
            click.echo(still(f"  {event_head(case.history[seq], view, say)}  {'  '.join(texts)}"))
        for each in mentions(case, going):
            place = say(f"第{each.seq + 1}步", f"event {each.seq + 1}")
            why = say("里也提到,不会抹除", "mentions some of it, and stays")
            click.echo(still(f"  ! {place} {field_text(each.name, each.text, view, say)} ({why})"))


def mentions(case: Case, going: Sequence[Spot]) -> list[Spot]:
    """Words of the case that stay and have some of those inside that go, each event and name once."""
    from qiantai.erasure import spots

    gone = {each.text for each in going if len(each.text) > 1}
    stays = (each for each in spots(case) if each not in going and any(text in each.text for text in gone))
    return list({(each.seq, each.name): each for each in stays}.values())


def _write_json(planned: Sequence[Planned], erased: bool) -> None:
    from .answers import write_json

    def out(case: Case, several: Iterable[Spot]) -> list[dict[str, Any]]:
        places = dict.fromkeys((each.seq + 1, each.name) for each in several)
        return [{"case": case.number, "event": event, "name": name} for event, name in places]

    words = [each for case, going in planned for each in out(case, going)]
    still = [each for case, going in planned for each in out(case, mentions(case, going))]
    write_json({"ok": True, "erased": erased, "words": words, "still": still})
