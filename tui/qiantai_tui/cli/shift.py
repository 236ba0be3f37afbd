"""`qiantai shift`: who is on shift, and every hand-over with what was handed over and who has signed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files
from .sitting import by_options, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE, NOT_FOUND, REFUSED, Stopped

if TYPE_CHECKING:
    from qiantai.seat import Seat
    from qiantai.shift.book import HandOver

_LINES = {
    "list": ("班上有谁,以前的交接班", "who is on shift, and the hand-overs"),
    "show": ("一次交接班的全部", "all there is of one hand-over"),
}


def command(say: Speech) -> click.Command:
    """The group. A hand-over is begun and signed at the desk alone, where both are."""
    return SpokenGroup(
        say,
        "shift",
        _LINES,
        lambda name: _list(say) if name == "list" else _show(say),
        help=say(
            "交接班。起草和签字都在前台里(Shift+F12)。", "Hand-overs. They are begun and signed at the desk, Shift+F12."
        ),
    )


def _list(say: Speech) -> click.Command:
    """JSON: `running`, by person since when; `hand_overs[]`, the latest first, each as `shift show` has it; `broken`,
    what is wrong at the first line that is not as it was sealed, null where the book is whole.
    """
    return Spoken(
        say,
        "list",
        help=say("班上有谁,以前的交接班;记录被改过就说在哪一行。",
                 "Who is on shift, and the hand-overs; where the book was tampered with, in which line."),
        params=[*by_options(say), site_option(say), json_option(say)],
        callback=_listing,
    )  # fmt: skip


@click.pass_context
def _listing(ctx: click.Context, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai_tui.shift.record import GIVER, PERIOD, RECEIVER, STAGE, data_of
    from qiantai_tui.shift.shifts import Shifts
    from qiantai_tui.shift.telling import STAGES, name

    from .answers import local, write_json, write_table
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat, file = seat_of(ctx, found, by, say), Shifts(found.books)
        book, broken, handbook = file.book(), file.broken(), seat.handbook
        seen = [each for each in reversed(book.hand_overs) if _theirs(each, seat)]
    if as_json:
        running = {person: begun.since for person, begun in book.running.items()}
        why = broken.sentence if broken else None
        write_json({"running": running, "hand_overs": [data_of(each) for each in seen], "broken": why})
        return REFUSED if broken else DONE
    on = [f"{name(person, handbook)} {local(begun.since, '%m-%d %H:%M')}" for person, begun in book.running.items()]
    click.echo(say("班上:", "on shift: ") + (say("、", ", ").join(on) or say("没有人", "nobody")))
    headings = [say("编号", "No."), *(each[say.language] for each in (GIVER, RECEIVER, PERIOD, STAGE))]
    write_table(
        headings,
        (
            (
                str(each.number),
                name(each.giver, handbook),
                name(each.receiver, handbook),
                f"{local(each.since, '%m-%d %H:%M')} – {local(each.signed_off or each.left_at, '%m-%d %H:%M')}",
                STAGES[each.stage][say.language],
            )
            for each in seen
        ),
    )
    if broken:
        click.echo(f"✗ {broken.sentence[say.language]}", err=True)
    return REFUSED if broken else DONE


def _show(say: Speech) -> click.Command:
    """JSON: `number stage giver receiver since drawn_up summary notes signed_off taken_over offered[] accepted[]
    declined[] gone[] left_at superior reason read_by read_at`; `summary` has its period and the numbers of each part,
    null before the giver has signed; `gone` is what was closed by then, or with somebody else.
    """
    return Spoken(
        say,
        "show",
        help=say("一次交接班:时段、留下的、交接备注、谁签的;--html 写成可打印的网页。",
                 "One hand-over: period, what was left, notes, who signed; --html writes a page to print."),
        params=[
            click.Argument(["number"], type=int, metavar=say("编号", "NUMBER")),
            *by_options(say),
            click.Option(
                ["--html"], metavar="FILE", shell_complete=files,
                help=say("写进这个新文件,留痕", "write this new file, on record"),
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_showing,
    )  # fmt: skip


@click.pass_context
def _showing(ctx: click.Context, number: int, by: str | None, html: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.plainly import still
    from qiantai.shift.summary import Summary
    from qiantai.words import label
    from qiantai_tui.shift.record import data_of, page_of, text_of
    from qiantai_tui.shift.shifts import Shifts
    from qiantai_tui.sites.files import write_private

    from .answers import write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        here = Shifts(found.books).book().hand_over(number)
        if here is None or not _theirs(here, seat):
            raise Stopped(NOT_FOUND, say(f"没有交接班 {number}", f"there is no hand-over {number}"))
        summary = here.summary or Summary(here.giver, here.since, here.drawn_up)
        if html is not None:
            if seat.take_away("cases", f"hand-over {number}") is not None:
                raise withheld(label("screens", "handover")[say.language], seat, say)
            write_private(Path(html).expanduser(), page_of(here, summary, seat, found.name, say.language))
        lines = [still(each) for each in text_of(here, summary, seat, say.language)]
    if as_json:
        write_json(data_of(here))
    elif html is not None:
        click.echo(say(f"已写入 {html}", f"written: {html}"), err=True)
    else:
        click.echo("\n".join(lines))
    return DONE


def _theirs(here: HandOver, seat: Seat) -> bool:
    """Whether it is theirs to see: who sees every case sees every hand-over, others their own [M-3.4c]."""
    from qiantai.access import may_have

    return may_have("cases", seat.person) or seat.person.id in (here.giver, here.receiver)
