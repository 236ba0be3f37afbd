"""`qiantai verify`: whether a history is what was sealed, the site's or a backup's, alone and against an anchor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .completing import files
from .sealed import key_option, opening, phrase_option
from .speech import Speech
from .spoken import DONE, REFUSED, USAGE, Spoken, Stopped, json_option, site_option

if TYPE_CHECKING:
    from qiantai.auditing import Anchor, Audit
    from qiantai.chain import Break
    from qiantai.store import Source

    Where = Callable[[str], str]

LARGEST_ANCHOR = 64 * 1024 * 1024
"""Bytes; a million cases take so many."""


def command(say: Speech) -> click.Command:
    """Exit code 0 where all is whole, 1 where something is broken.

    JSON: `ok`, `cases` and `events` that were read, `count` of the breaks, `breaks` (the first 20: `case`, `event` from
    1 or null, `what`, `why` in both languages, `where`), `anchor` (`at`, `digest`) of the anchor that was held against
    it, `written` (likewise) of the one that was written; null where there is none.
    """
    return Spoken(
        say,
        "verify",
        help=say("核对全部经过有没有被改过。", "Check that no history was tampered with."),
        params=[
            click.Argument(["backup"], required=False, metavar=say("[备份]", "[BACKUP]"), shell_complete=files),
            phrase_option(say),
            key_option(say),
            click.Option(
                ["--anchor"], metavar=say("文件", "FILE"), help=say("再与这份锚点核对", "check against this anchor too")
            ),
            click.Option(
                ["--write-anchor", "write"],
                metavar=say("文件", "FILE"),
                help=say("无误时写下新的锚点", "write a new anchor where all is whole"),
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_verifying,
    )


@click.pass_context
def _verifying(
    ctx: click.Context, backup: str | None, passphrase_file: str | None, key_file: str | None, anchor: str | None,
    write: str | None, site: str | None, as_json: bool,
) -> int:  # fmt: skip
    from qiantai.auditing import Anchor, Head, audit
    from qiantai.case import Case

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    before = read_anchor(Path(anchor), say) if anchor else None
    heads: dict[str, Head] = {}

    def seen(case: Case) -> None:
        if write:
            heads[case.number] = Head(len(case.history), case.history[-1].seal)

    with _source(ctx, backup, passphrase_file, key_file, site) as (source, where, at):
        audited = audit(source, before, seen)
        breaks = [break_out(each, where) for each in audited.breaks]
    after = Anchor(at, heads) if write and audited.whole else None
    if after is not None:
        write_anchor(Path(write or ""), after, say)
    if as_json:
        _write_json(audited, breaks, before, after)
    else:
        _tell(audited, breaks, after, say)
    return DONE if audited.whole else REFUSED


@contextmanager
def _source(
    ctx: click.Context, backup: str | None, phrase_file: str | None, key_file: str | None, site: str | None
) -> Iterator[tuple[Source, Where, datetime]]:
    """What is to be verified, where its cases lie, and of when it is: of a site now, of a backup when it was made."""
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if not backup:
        with opened(ctx, site) as found:
            yield found.desk.store, found.desk.store.where, found.desk.clock()
        return
    from qiantai.plugins import load_plugins
    from qiantai_tui.backups.reading import open_export

    load_plugins()
    file = Path(backup).expanduser()
    export = open_export(file, opening(file, phrase_file, key_file, say))
    yield export, lambda _: str(file), export.heading.at


def read_anchor(file: Path, say: Speech) -> Anchor:
    """The anchor in a file. Ends the run where it cannot be read, or was changed since it was written."""
    from qiantai.auditing import anchor_in
    from qiantai_tui.jsonfile import read_json

    try:
        return anchor_in(read_json(file, LARGEST_ANCHOR))
    except OSError as error:
        why = error.strerror or str(error)
        raise Stopped(USAGE, say(f"{file} 打不开:{why}", f"{file} cannot be opened: {why}")) from error
    except ValueError as error:
        raise Stopped(
            USAGE,
            say(
                f"{file} 不是锚点,或写下之后被改过。请用另存的那一份",
                f"{file} is no anchor, or was changed since it was written. Take the copy that is kept elsewhere",
            ),
        ) from error


def write_anchor(file: Path, anchor: Anchor, say: Speech) -> None:
    """The anchor is in a new file. Ends the run where there is one already: an anchor is never written over."""
    from qiantai.auditing import anchor_out

    try:
        with file.open("x", encoding="utf-8") as opened:
            json.dump(anchor_out(anchor), opened, ensure_ascii=False, indent=0)
            opened.write("\n")
    except (OSError, ValueError) as error:  # the latter for a name with a NUL in it
        why = getattr(error, "strerror", None) or str(error)
        raise Stopped(
            REFUSED,
            say(f"锚点没有写成 {file}:{why}。请换一个文件名", f"no anchor written to {file}: {why}. Take another name"),
        ) from error


def break_out(found: Break, where: Where) -> dict[str, Any]:
    """A break as data, with the file that the case is kept in where the store can tell."""
    event = None if found.seq is None else found.seq + 1
    lies = where(found.case)
    return {"case": found.case, "event": event, "what": found.what, "why": found.sentence, "where": lies}


def _anchor_out(anchor: Anchor | None) -> dict[str, Any] | None:
    return {"at": anchor.at, "digest": anchor.digest} if anchor else None


def _write_json(audited: Audit, breaks: list[dict[str, Any]], before: Anchor | None, after: Anchor | None) -> None:
    from .answers import write_json

    counts = {"cases": audited.cases, "events": audited.events, "count": audited.count, "breaks": breaks}
    write_json({"ok": audited.whole, **counts, "anchor": _anchor_out(before), "written": _anchor_out(after)})


def _tell(audited: Audit, breaks: list[dict[str, Any]], after: Anchor | None, say: Speech) -> None:
    read = say(f"{audited.cases} 件事项,{audited.events} 步", f"{audited.cases} cases, {audited.events} events")
    if audited.whole:
        click.echo(say(f"✓ 完整:{read}", f"✓ whole: {read}"))
    else:
        count = audited.count
        click.echo(say(f"✗ 有 {count} 处不对,共 {read}", f"✗ {count} broken, of {read}"))
        for each in breaks:
            where = f" ({each['where']})" if each["where"] else ""
            click.echo(f"{each['why'][say.language]}{where}")
    if after is not None:
        click.echo(say(f"锚点摘要:{after.digest}", f"digest of the anchor: {after.digest}"))
