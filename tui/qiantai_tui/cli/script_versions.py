"""`qiantai script list`, `show`: the versions of the agreed answers, and what was done to one of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, NOT_FOUND, Stopped

if TYPE_CHECKING:
    from qiantai.deeds import Deed
    from qiantai.handbook import Handbook
    from qiantai.scripts import Script
    from qiantai.seat import Seat
    from qiantai_tui.sites.site import Site


def version_argument(say: Speech) -> click.Argument:
    """The version, a whole number, which may be left out."""
    return click.Argument(["version"], required=False, type=click.IntRange(1), metavar=say("[第几版]", "[VERSION]"))


def listed(say: Speech) -> click.Command:
    """JSON: `scripts`, each with `id version topic stage text from until approved_by approved spokesperson sensitive
    submitted withdrawn`; `wanted`, each with `topic` and `challenges`.
    """
    return Spoken(
        say,
        "list",
        help=say("各版口径:先是待审定的和草稿,再是现行的。", "The versions: what waits first, then what is in force."),
        params=[
            click.Option(["--topic"], metavar="TOPIC", help=say("只列这个主题", "this topic alone")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_listing,
    )


@click.pass_context
def _listing(ctx: click.Context, topic: str | None, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.words import label
    from qiantai_tui.text.wordings import in_order, topic_word

    from .answers import write_json, write_table
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat, at, handbook = seat_of(ctx, found, by, say), found.desk.clock(), found.desk.handbook
        scripts = [each for each in seat.scripts() if topic in (None, each.topic)]
        wanted = [each for each in seat.wanted_answers() if topic in (None, each[0])]
        staged = in_order(scripts, handbook, at)
        topics = found.topics
    if as_json:
        versions = [script_out(each, handbook, at) for each, _ in staged]
        write_json({"scripts": versions, "wanted": [{"topic": each, "challenges": n} for each, n in wanted]})
        return DONE
    for each, n in wanted:
        word = topic_word(each, topics)
        click.echo(
            say(f"! {word} 有 {n} 次质疑,没有现行口径", f"! {word}: {n} challenges, no answer in force"), err=True
        )
    headings = (
        ("主题", "Topic"), ("编号", "Id"), ("版", "Version"), ("状态", "Stage"), ("生效", "From"), ("到期", "Until"),
        ("审定人", "Approved by"), ("口径", "Wording"),
    )  # fmt: skip
    rows = (
        (
            topic_word(each.topic, topics),
            each.id,
            str(each.version),
            label("stages", where)[say.language],
            each.valid_from.isoformat(),
            each.valid_until.isoformat() if each.valid_until else "",
            _name(each.approved_by, handbook),
            each.text,
        )
        for each, where in staged
    )
    write_table([say(*each) for each in headings], rows)
    return DONE


def script_out(script: Script, handbook: Handbook, at: datetime) -> dict[str, Any]:
    """A version as data."""
    from qiantai.scripts import stage

    return {
        "id": script.id,
        "version": script.version,
        "topic": script.topic,
        "stage": str(stage(script, handbook.scripts, at)),
        "text": script.text,
        "from": script.valid_from.isoformat(),
        "until": script.valid_until.isoformat() if script.valid_until else None,
        "approved_by": script.approved_by,
        "approved": script.approved,
        "spokesperson": script.spokesperson,
        "sensitive": script.sensitive,
        "submitted": script.submitted,
        "withdrawn": script.withdrawn,
    }


def shown(say: Speech) -> click.Command:
    """JSON: `script` as in `script list`, `history` (each `at by do reason`), and `against` (the version it is compared
    with, or null) with `changes`, each `how` (`kept`, `gone`, `new`) and `text`.
    """
    return Spoken(
        say,
        "show",
        help=say("一版口径的原话、有效期、经过,和它改了前一版的哪些话。",
                 "A version's wording, its days, its history, and what it changed of the one before."),
        params=[
            click.Argument(["id"], metavar=say("编号", "ID")),
            version_argument(say),
            click.Option(["--against"], type=click.IntRange(1), metavar="N", help=say("与第几版比", "compare with")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_showing,
    )  # fmt: skip


@click.pass_context
def _showing(
    ctx: click.Context, id: str, version: int | None, against: int | None, by: str | None, site: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    from qiantai.comparing import compared
    from qiantai_tui.agreed.book import read_deeds

    from .answers import write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        script = version_of(seat, id, version, say)
        before = [each for each in seat.scripts() if each.id == id and each.version < script.version]
        old = version_of(seat, id, against, say) if against else max(before, key=_version, default=None)
        deeds = [each for each in read_deeds(found.books) if (each.id, each.version) == (script.id, script.version)]
        pieces = compared(old.text, script.text) if old else ()
        if not as_json:
            _tell(script, deeds, found, say)
    if as_json:
        history = [{"at": each.at, "by": each.by, "do": each.name, "reason": each.text("reason")} for each in deeds]
        changes = [{"how": str(each.how), "text": each.text} for each in pieces]
        now = script_out(script, found.desk.handbook, found.desk.clock())
        write_json({"script": now, "history": history, "against": old.version if old else None, "changes": changes})
    elif old is not None:
        signs = {"gone": "[-{}-]", "new": "{{+{}+}}", "kept": "{}"}
        click.echo(say(f"与第 {old.version} 版比:", f"against version {old.version}:"))
        click.echo("".join(signs[each.how].format(each.text) for each in pieces))
    return DONE


def _version(script: Script) -> int:
    return script.version


def _tell(script: Script, deeds: Iterable[Deed], site: Site, say: Speech) -> None:
    from qiantai.scripts import stage
    from qiantai.words import label

    from .answers import local

    handbook, words = site.desk.handbook, say.language
    where = label("stages", stage(script, handbook.scripts, site.desk.clock()))[words]
    click.echo(f"{script.id} v{script.version}  {script.topic}  {where}")
    click.echo(script.text)
    until = script.valid_until.isoformat() if script.valid_until else ""
    told = (
        (label("fields", "from"), script.valid_from.isoformat()),
        (label("fields", "valid_until"), until),
        (label("fields", "approved_by"), _name(script.approved_by, handbook)),
        (label("fields", "spokesperson"), _name(script.spokesperson, handbook)),
        (label("fields", "sensitive"), say("是", "yes") if script.sensitive else ""),
    )
    for name, text in told:
        if text:
            click.echo(f"{name[words]}: {text}")
    for each in deeds:
        reason = f"  {each.text('reason')}" if each.text("reason") else ""
        click.echo(f"{local(each.at)}  {_name(each.by, handbook)}  {label('commands', each.name)[words]}{reason}")


def version_of(seat: Seat, id: str, version: int | None, say: Speech) -> Script:
    """That version, else the one in force, else the latest. Ends the run where there is none that is theirs to see."""
    at, handbook = seat.desk.clock(), seat.desk.handbook
    theirs = [each for each in seat.scripts() if each.id == id and version in (None, each.version)]
    speaking = (each for each in theirs if handbook.script(each.topic, at) == each)
    found = next(speaking, None) or max(theirs, key=_version, default=None)
    if found is None:
        known = ", ".join(sorted({each.id for each in seat.scripts()}))
        wanted = f"{id} v{version}" if version else id
        raise Stopped(NOT_FOUND, say(f"没有口径 {wanted};有:{known}", f"no agreed answer {wanted}; there is {known}"))
    return found


def _name(person: str, handbook: Handbook) -> str:
    found = handbook.people.get(person)
    return found.name if found else person
