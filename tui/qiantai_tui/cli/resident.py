"""`qiantai resident`: what a resident may ask of what is kept on a household: a copy, and a correction of the roll."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files
from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from qiantai.handbook import Handbook
    from qiantai.resident_copy import ResidentCopy
    from qiantai_tui.sites.site import Site

_LINES = {
    "copy": ("给业户一份复制件,留痕", "a copy for a resident, on record"),
    "correct": ("更正花名册里的一户,留痕", "correct a household of the roll, on record"),
}


def command(say: Speech) -> click.Command:
    """The group. To erase what is kept on a household: `qiantai erase --household`."""
    return SpokenGroup(
        say,
        "resident",
        _LINES,
        lambda name: _copy(say) if name == "copy" else _correct(say),
        help=say("业户要复制件、要更正。要抹除:qiantai erase --household",
                 "A resident asks for a copy or a correction. To erase: qiantai erase --household"),
    )  # fmt: skip


def _household(say: Speech) -> click.Argument:
    return click.Argument(["household"], metavar=say("房号", "ROOM"))


def _copy(say: Speech) -> click.Command:
    """One HTML page in Chinese, other residents masked or left out; with `--json` the same as data: `at household
    entry cases[] joined[] looks[]`, each case as `case show` has it. `-o` writes a new file that its owner alone reads.
    """
    return Spoken(
        say,
        "copy",
        help=say("保存的这一户的全部资料,一个网页文件;其他业户打码或略去。",
                 "All that is kept on a household, as one HTML page; other residents are masked or left out."),
        params=[
            _household(say),
            *by_options(say, required=True),
            click.Option(
                ["--for", "applicant"], metavar="TEXT", required=True,
                help=say("给谁、怎样核实的身份", "for whom, and how they were identified"),
            ),
            click.Option(
                ["-o", "--out"], metavar="FILE", shell_complete=files,
                help=say("写进这个新文件,只有本人可读", "write this new file, which its owner alone can read"),
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_copying,
    )  # fmt: skip


@click.pass_context
def _copying(
    ctx: click.Context, household: str, by: str, applicant: str, out: str | None, site: str | None, as_json: bool
) -> int:
    from qiantai.refusals import Refusal
    from qiantai.residents import Residents
    from qiantai_tui.sites.files import write_private

    from .commanding import refused
    from .given import household_of
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        handbook, name = found.desk.handbook, found.name.zh
        seat, room = seat_of(ctx, found, by, say), household_of(household, handbook)
        copy = Residents(found.desk).copy(room, seat.person.id, applicant)
        if isinstance(copy, Refusal):
            return refused(seat, None, copy, as_json, say)
    text = _text(copy, handbook, name, as_json)
    if out is None:
        click.echo(text, nl=False)
        return DONE
    write_private(Path(out).expanduser(), text)
    click.echo(say(f"已写入 {out}", f"written: {out}"), err=True)
    return DONE


def _text(copy: ResidentCopy, handbook: Handbook, site: str, as_json: bool) -> str:
    import json

    from qiantai_tui.resident_copy import data_of, page_of

    from .answers import plain

    if not as_json:
        return page_of(copy, handbook, site)
    return json.dumps(plain(data_of(copy, handbook)), ensure_ascii=False, indent=2) + "\n"


def _correct(say: Speech) -> click.Command:
    """`name`, `phone`, `email`, `important`, `area`; an empty value takes one away. On record are the fields and the
    reason, not what they said. JSON: `ok fields[] carrying[]`, the open cases that carry the old value; or `refusal`.
    """
    return Spoken(
        say,
        "correct",
        help=say("更正花名册:qiantai resident correct 1-2-301 phone=13900001111 --by lin --reason 本人更正",
                 "Correct the roll: qiantai resident correct 1-2-301 phone=13900001111 --by lin --reason asked"),
        params=[
            _household(say),
            click.Argument(["pairs"], nargs=-1, required=True, metavar=say("字段=值…", "FIELD=VALUE...")),
            *by_options(say, required=True),
            click.Option(["--reason"], metavar="TEXT", required=True, help=say("为什么更正", "why it is corrected")),
            site_option(say),
            json_option(say),
        ],
        callback=_correcting,
    )  # fmt: skip


@click.pass_context
def _correcting(
    ctx: click.Context, household: str, pairs: tuple[str, ...], by: str, reason: str, site: str | None, as_json: bool
) -> int:
    from qiantai.refusals import Refusal
    from qiantai.residents import Residents
    from qiantai.words import label, listed

    from .answers import write_json
    from .commanding import refused
    from .given import household_of
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat, room = seat_of(ctx, found, by, say), household_of(household, found.desk.handbook)
        done = Residents(found.desk).correct(room, seat.person.id, reason, **_values(found, pairs, say))
        if isinstance(done, Refusal):
            return refused(seat, None, done, as_json, say)
    if as_json:
        write_json({"ok": True, "fields": done.fields, "carrying": done.carrying})
        return DONE
    names = listed(tuple(label("fields", each) for each in done.fields))[say.language]
    click.echo(say(f"已更正 {room}:{names}", f"{room} corrected: {names}"))
    if done.carrying:
        numbers = say("、", ", ").join(done.carrying)
        click.echo(
            say(f"在办的 {numbers} 还记着原来的,要改用 case do 单号 correct",
                f"open cases that still carry what it was: {numbers}; to change them: case do NUMBER correct"),
            err=True,
        )  # fmt: skip
    return DONE


def _values(site: Site, pairs: tuple[str, ...], say: Speech) -> dict[str, object]:
    """The values by the names of the roll's fields, a label serving as well as a name."""
    from qiantai.commands import RECEIVE
    from qiantai.roll import CORRECTABLE

    from .given import named, read_given

    fields = {each.name: each for each in RECEIVE if each.name in CORRECTABLE}
    parts = (each.partition("=") for each in pairs)
    texts = [f"{named('fields', name, CORRECTABLE)}{sign}{text}" for name, sign, text in parts]
    return read_given(texts, fields, site.desk.handbook, site.desk.clock(), say)
