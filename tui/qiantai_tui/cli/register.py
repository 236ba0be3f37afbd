"""`qiantai register`: the front desk's register over some days, telephone numbers masked, the taking away recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.handbook import Handbook
    from qiantai.projections.register import Entry

COLUMNS = (
    ("单号", "Number"), ("日期", "Date"), ("时间", "Time"), ("来源", "Channel"), ("房号", "Household"),
    ("姓名", "Name"), ("身份", "Capacity"), ("电话", "Phone"), ("类别", "Kind"), ("内容", "Summary"),
    ("紧急程度", "Urgency"), ("接待人", "Received by"), ("转交", "Passed to"), ("派单时间", "Sent at"),
    ("承诺时限", "Promised"), ("完成时间", "Finished at"), ("结果", "Result"), ("回访时间", "Called back at"),
    ("回访结果", "Call-back"), ("备注", "Remark"),
)  # fmt: skip
"""Whether somebody owns or rents is nowhere on record: that column is for the pen."""


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
        entries = seat.register(start, end)
        if seat.take_away("register", f"register {start}..{end} {len(entries)}") is not None:
            raise withheld(label("words", "register")[say.language], seat, say)
    if as_json:
        write_json({"from": start.isoformat(), "to": end.isoformat(), "entries": [entry_out(each) for each in entries]})
        return DONE
    write_table([say(*each) for each in COLUMNS], (tuple(_cells(each, desk.handbook, say)) for each in entries))
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


def _cells(entry: Entry, handbook: Handbook, say: Speech) -> Iterator[str]:
    from qiantai.words import label, listed

    from .answers import local

    words, data = say.language, entry_out(entry)

    def at(moment: datetime | None) -> str:
        return local(moment, "%m-%d %H:%M")

    receiver = handbook.people.get(entry.receiver)
    yield entry.number
    yield local(entry.received, "%Y-%m-%d")
    yield local(entry.received, "%H:%M")
    yield label("channels", entry.channel)[words] if entry.channel else ""
    yield entry.household
    yield data["name"]
    yield ""
    yield data["phone"]
    yield label("kinds", entry.kind)[words]
    yield data["summary"]
    yield say("紧急", "Emergency") if entry.emergency else say("一般", "Ordinary")
    yield receiver.name if receiver else entry.receiver
    yield listed(tuple(label("roles", each) for each in entry.sent_to))[words]
    yield at(entry.sent_at)
    yield at(entry.promised)
    yield at(entry.finished_at)
    yield data["result"]
    yield at(entry.called_back_at)
    yield (
        ""
        if entry.satisfied is None
        else say("满意", "Satisfied")
        if entry.satisfied
        else say("不满意", "Not satisfied")
    )
    yield _remark(data["remark"], say)


def _remark(remark: str, say: Speech) -> str:
    match remark:
        case "mistaken":
            return say("登记有误", "Entered by mistake")
        case "withdrawn":
            return say("业户撤回", "Withdrawn")
        case "":
            return ""
        case number:
            return say(f"并入 {number}", f"Merged into {number}")
