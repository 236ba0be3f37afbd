"""`qiantai erase`: what a lawful erasure would take out of a case or a household's cases, and the erasure itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, says_yes, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.book_erasure import Traces, Words
    from qiantai.case import Case
    from qiantai.desk import Desk
    from qiantai.erasure import Spot
    from qiantai_tui.sites.site import Site
    from qiantai_tui.sites.sweeping import Sweeping

    Planned = tuple[Case, tuple[Spot, ...]]


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


def agreed_to(count: int, say: Speech) -> bool:
    """Whether somebody on the terminal agrees to so many erasures."""
    return says_yes(
        say(f"抹除这 {count} 处?抹除后不能恢复 (y/n)", f"erase these {count}? It cannot be taken back (y/n)")
    )


def tell_words(desk: Desk, planned: Iterable[Planned], say: Speech) -> None:
    """The words that go, masked, by case and event; and where others that stay mention them."""
    from qiantai.plainly import still

    from .shown import Viewed, event_head, field_text

    for case, going in planned:
        view = Viewed(case, desk.clock(), desk.handbook)
        click.echo(case.number)
        for seq in dict.fromkeys(each.seq for each in going):
            texts = dict.fromkeys(field_text(each.name, each.text, view, say) for each in going if each.seq == seq)
            click.echo(still(f"  {event_head(case.history[seq], view, say)}  {'  '.join(texts)}"))
        for each in mentions(case, going):
            place = say(f"第{each.seq + 1}步", f"event {each.seq + 1}")
            why = say("里也提到,不会抹除", "mentions some of it, and stays")
            click.echo(still(f"  ! {place} {field_text(each.name, each.text, view, say)} ({why})"))


def tell_beside(told: Iterable[Words], sweeping: Sweeping, traces: Traces, say: Speech) -> None:
    """The words of books that go with them, masked, the files, and where nothing is erased."""
    from qiantai.plainly import still
    from qiantai.privacy import mask_words
    from qiantai.words import label

    for each in told:
        book, name = label("books", each.book)[say.language], label("fields", each.place)[say.language]
        place = say(f"{book} 第{each.seq + 1}行", f"{book}, line {each.seq + 1}")
        click.echo(still(f"{place}  {name}{say(':', ': ')}{mask_words(each.text)}"))
    for file in sweeping.sheets(traces):
        click.echo(say(f"删去 {file}", f"removed: {file}"))
    for folder in sweeping.asides():
        click.echo(
            say(
                f"! {folder} 是搬走以前的存储,里面不会抹除;核对过新的以后请整个移走",
                f"! {folder} is a store that the site has left, where nothing is erased: take it away once the new one "
                "is checked",
            )
        )


def beside_out(told: Iterable[Words], sweeping: Sweeping, traces: Traces) -> dict[str, Any]:
    """The same as data."""
    return {
        "books": [{"book": each.book, "line": each.seq + 1, "name": each.place} for each in told],
        "sheets": [str(each) for each in sweeping.sheets(traces)],
        "asides": [str(each) for each in sweeping.asides()],
    }


def mentions(case: Case, going: Sequence[Spot]) -> list[Spot]:
    """Words of the case that stay and have some of those inside that go, each event and name once."""
    from qiantai.erasure import spots

    gone = {each.text for each in going if len(each.text) > 1}
    stays = (each for each in spots(case) if each not in going and any(text in each.text for text in gone))
    return list({(each.seq, each.name): each for each in stays}.values())


def write_json_of(planned: Sequence[Planned], erased: bool, **more: Any) -> None:
    """The words that go, and those that stay and mention them, as data."""
    from .answers import write_json

    def out(case: Case, several: Iterable[Spot]) -> list[dict[str, Any]]:
        places = dict.fromkeys((each.seq + 1, each.name) for each in several)
        return [{"case": case.number, "event": event, "name": name} for event, name in places]

    words = [each for case, going in planned for each in out(case, going)]
    still = [each for case, going in planned for each in out(case, mentions(case, going))]
    write_json({"ok": True, "erased": erased, "words": words, "still": still, **more})
