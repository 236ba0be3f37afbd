"""`qiantai retention`: which closed cases have passed their term, what is held back and why, and the erasure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.retention import Judged
    from qiantai.terms import Retention


def command(say: Speech) -> click.Command:
    """Nothing is erased without `--apply`. JSON: `today`, `terms` (by kind), `erased`, `groups[]` (`key year cases due
    held`), `due[]` (numbers), `held[]` (`number key ends rule clause why`); or `refusal` as in `case do`.
    """
    return Spoken(
        say,
        "retention",
        help=say("保存期限:先看哪些到期、哪些留下、为什么;--apply 抹除到期的内容,不能撤销。",
                 "Retention: what has passed its term, what is held back and why; --apply erases it for good."),
        params=[
            click.Option(["--apply"], is_flag=True, help=say("抹除到期的内容", "erase what has passed its term")),
            *by_options(say),
            click.Option(["--reason"], metavar="TEXT", help=say("为什么抹除", "why it is erased")),
            site_option(say),
            json_option(say),
        ],
        callback=_retention,
    )  # fmt: skip


@click.pass_context
def _retention(
    ctx: click.Context, apply: bool, by: str | None, reason: str | None, site: str | None, as_json: bool
) -> int:
    from qiantai.refusals import Refusal
    from qiantai.rights import MAY_ANSWER, MAY_ERASE
    from qiantai.store import local_day
    from qiantai.words import label
    from qiantai_tui.sites.sweeping import Sweeping

    from .answers import write_json
    from .commanding import refused
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if apply and not (by and reason):
        raise Stopped(USAGE, say("--apply 要有 --by 和 --reason", "--apply needs --by and --reason"))
    with opened(ctx, site) as found:
        seat, sweeping = seat_of(ctx, found, by, say), Sweeping(found)
        if not seat.person.has(*MAY_ANSWER, *MAY_ERASE):
            raise withheld(label("screens", "retention")[say.language], seat, say)
        today, terms, several = local_day(found.desk.clock()), sweeping.residents.retention, sweeping.residents.judged()
        if not as_json:
            _tell(several, terms, today, say)
        if apply:
            due = [each.case for each in several if each.due(today)]
            done = sweeping.residents.expire(seat.person.id, reason or "", due)
            if isinstance(done, Refusal):
                return refused(seat, None, done, as_json, say)
    if as_json:
        write_json({"today": today.isoformat(), **_out(several, terms, today), "erased": apply})
    elif apply:
        click.echo(say("已抹除。", "Erased."))
    return DONE


def key_label(key: str) -> tuple[str, str]:
    """What the key of a term is called."""
    from qiantai.terms import MAJOR
    from qiantai.words import label

    found = label("words" if key == MAJOR else "kinds", key)
    return found.zh, found.en


def _tell(several: Sequence[Judged], terms: Retention, today: date, say: Speech) -> None:
    from qiantai.plainly import still

    from .answers import write_table

    if not terms.terms:
        click.echo(
            say("没有定保存期限,什么都不会抹除。在 site.toml 的 [[retention]] 里定",
                "no term is set, and nothing goes; set them in site.toml under [[retention]]"),
            err=True,
        )  # fmt: skip
    headings = (
        ("类别", "Kind"), ("办结年份", "Closed in"), ("件数", "Cases"), ("期限", "Term"),
        ("到期可抹除", "Would go"), ("留下", "Held back"),
    )  # fmt: skip
    write_table([say(*each) for each in headings], _rows(several, terms, today, say))
    for each in several:
        for hold in each.holds:
            click.echo(still(f"! {each.case.number} {hold.why[say.language]} [{hold.clause}]"))


def _rows(several: Iterable[Judged], terms: Retention, today: date, say: Speech) -> Iterator[tuple[str, ...]]:
    from qiantai.retention import grouped

    for key, year, cases, due, held in grouped(several, today):
        term = terms.terms.get(key)
        said = term.label[say.language] if term else say("不限", "without end")
        yield (say(*key_label(key)), str(year), str(cases), said, str(due), str(held))


def _out(several: Sequence[Judged], terms: Retention, today: date) -> dict[str, Any]:
    from qiantai.retention import grouped

    return {
        "terms": {key: str(term) for key, term in terms.terms.items()},
        "groups": [
            dict(zip(("key", "year", "cases", "due", "held"), each, strict=True)) for each in grouped(several, today)
        ],
        "due": [each.case.number for each in several if each.due(today)],
        "held": [
            {
                "number": each.case.number,
                "key": each.key,
                "ends": each.ends.isoformat() if each.ends else None,
                "rule": hold.rule,
                "clause": hold.clause.id,
                "why": hold.why,
            }
            for each in several
            for hold in each.holds
        ],
    }
