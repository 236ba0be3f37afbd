"""`qiantai register`: the front desk's register over some days, telephone numbers masked, the taking away recorded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.projections.register import Entry


def command(say: Speech) -> click.Command:
    """JSON: `from`, `to`, and `entries` by the names of the vocabulary, times with their offset, `phone` masked.

    On a terminal an aligned table; elsewhere the same columns whole, tab-separated.
    """
    return Spoken(
        say,
        "register",
        help=say(
            "前台受理登记表,默认今天;电话打码,导出留痕。", "The register, by default of today; numbers are masked."
        ),
        params=[
            click.Option(["--from", "first"], metavar="DATE", help=say("起,如 2026-11-01", "first day, as 2026-11-01")),
            click.Option(["--to", "last"], metavar="DATE", help=say("止,含当天", "last day, itself included")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_register,
    )


@click.pass_context
def _register(
    ctx: click.Context, first: str | None, last: str | None, by: str | None, site: str | None, as_json: bool
) -> int:
    from qiantai.store import local_day
    from qiantai.words import label

    from ..register_list import COLUMNS, cells, which_register
    from .answers import write_json, write_table
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        desk = found.desk
        today = local_day(desk.clock())
        end = _day("--to", last, say) or today
        start = _day("--from", first, say) or min(end, today)
        if start > end:
            raise Stopped(USAGE, say(f"起 {start} 晚于止 {end}", f"--from {start} is after --to {end}"))
        seat = seat_of(ctx, found, by, say)
        entries = tuple(seat.register(start, end))
        if seat.take_away("register", which_register(start, end, len(entries))) is not None:
            raise withheld(label("words", "register")[say.language], seat, say)
    if as_json:
        write_json({"from": start.isoformat(), "to": end.isoformat(), "entries": [entry_out(each) for each in entries]})
        return DONE
    write_table([say(*each) for each in COLUMNS], (cells(each, desk.handbook, say.language) for each in entries))
    return DONE


def _day(option: str, given: str | None, say: Speech) -> date | None:
    try:
        return None if given is None else date.fromisoformat(given)
    except ValueError:
        raise Stopped(
            USAGE, say(f"{option} 要日期如 2026-11-01,不是 {given}", f"{option}: a day as 2026-11-01, not {given}")
        ) from None


def entry_out(entry: Entry) -> dict[str, Any]:
    """A line of the register as data."""
    from attrs import asdict

    from qiantai.privacy import mask_name, mask_phone, mask_words

    masked = {name: mask_words(getattr(entry, name)) for name in ("summary", "result", "remark")}
    name = mask_name(entry.name) if entry.name else ""
    return {**asdict(entry), **masked, "name": name, "phone": mask_phone(entry.phone)}
