"""`qiantai script draft`, `submit`, `approve`, `return`, `withdraw`, `drop`: what is done to an agreed answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from .script_versions import version_argument
from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from qiantai.seat import Seat
    from qiantai_tui.sites.site import Site


def deed(name: str, lines: tuple[str, str], say: Speech) -> click.Command:
    """JSON: `ok`, `script` as in `script list`, or null where the draft is gone; or `refusal` as in `case do`."""
    if name == "draft":
        return _draft(say)
    reasoned = name in ("return", "withdraw")
    reason = click.Option(["--reason"], metavar="TEXT", required=True, help=say("为什么", "why"))
    return Spoken(
        say,
        name,
        help=say(*lines),
        params=[
            click.Argument(["id"], metavar=say("编号", "ID")),
            version_argument(say),
            *([reason] if reasoned else []),
            *by_options(say, required=True),
            site_option(say),
            json_option(say),
        ],
        callback=_doing(name),
    )


def _draft(say: Speech) -> click.Command:
    return Spoken(
        say,
        "draft",
        help=say(
            "拟一版:qiantai script draft --by li topic=parking-fee text=… from=2026-12-01;照旧版拟写 id=…,改草稿再写 "
            "version=…",
            "Draft: qiantai script draft --by li topic=parking-fee text=... from=2026-12-01; of an old one id=..., to "
            "change a draft version=... too",
        ),
        params=[
            click.Argument(["pairs"], nargs=-1, metavar=say("字段=值…", "FIELD=VALUE...")),
            *by_options(say, required=True),
            site_option(say),
            json_option(say),
        ],
        callback=_drafting,
    )


@click.pass_context
def _drafting(ctx: click.Context, pairs: tuple[str, ...], by: str, site: str | None, as_json: bool) -> int:
    from qiantai.commands import Field, Type
    from qiantai.deeds import DRAFT

    from .given import read_given
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    types = {"version": Type.NUMBER, "sensitive": Type.FLAG, "spokesperson": Type.PERSON}
    fields = {name: Field(name, type_) for name, type_ in types.items()}
    with opened(ctx, site) as found:
        given = read_given(pairs, fields, found.desk.handbook, found.desk.clock(), say)
        for name in {"from", "until"} & given.keys():
            given[name] = _day(given[name])
        return _told(found, seat_of(ctx, found, by, say), DRAFT, given, as_json, say)


def _day(text: str) -> date | str | None:
    """The day that is written; an empty one is none, and what is no day stays as it is, to be refused."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _doing(name: str) -> Any:
    @click.pass_context
    def doing(
        ctx: click.Context, id: str, version: int | None, by: str, site: str | None, as_json: bool, reason: str = ""
    ) -> int:
        from qiantai.deeds import WITHDRAW

        from .opening import opened

        say: Speech = ctx.command.say  # type: ignore[attr-defined]
        command = f"{name}_script"
        with opened(ctx, site) as found:
            seat = seat_of(ctx, found, by, say)
            meant = version or _meant(found, id, in_force=command == WITHDRAW)
            said = {"id": id, "version": meant} | ({"reason": reason} if reason else {})
            return _told(found, seat, command, said, as_json, say)

    return doing


def _meant(site: Site, id: str, *, in_force: bool) -> int:
    """The version that is meant where none is named: the one in force to be withdrawn, else the draft; 0 for none."""
    handbook, at = site.desk.handbook, site.desk.clock()
    theirs = [each for each in handbook.scripts if each.id == id]
    speaking = [each.version for each in theirs if handbook.script(each.topic, at) == each]
    drafts = [each.version for each in theirs if not each.approved_by]
    return next(iter(speaking if in_force else drafts), max((each.version for each in theirs), default=0))


def _told(site: Site, seat: Seat, command: str, said: dict[str, Any], as_json: bool, say: Speech) -> int:
    """Does it, and tells what came of it; gives the exit code."""
    from qiantai.refusals import Refusal
    from qiantai_tui.agreed.carrying_out import agree

    from .answers import write_json
    from .commanding import refused
    from .script_versions import script_out

    done = agree(site, seat.person.id, command, **said)
    if isinstance(done, Refusal):
        return refused(seat, None, done, as_json, say)
    now, key = site.with_scripts().desk, (done.id, done.version)
    script = next((each for each in now.handbook.scripts if (each.id, each.version) == key), None)
    shown = script_out(script, now.handbook, now.clock()) if script else None
    if as_json:
        write_json({"ok": True, "script": shown})
        return DONE
    from qiantai.words import label

    words = say.language
    where = f": {label('stages', shown['stage'])[words]}" if shown else ""
    click.echo(f"{done.id} v{done.version} {label('commands', command)[words]}{where}")
    told = seat.told(done.id, done.version) if command == "withdraw_script" else ()
    if told and not isinstance(told, Refusal):
        how = f"qiantai script told {done.id} {done.version} --for …"
        click.echo(say(f"告知过 {len(told)} 次:{how}", f"told {len(told)} times: {how}"))
    return DONE
