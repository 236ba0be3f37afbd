"""`qiantai verify`: whether a history is what was sealed, the site's or a backup's, alone and against an anchor."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from .completing import files
from .sealed import key_option, opening, phrase_option
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.auditing import Anchor, Audit
    from qiantai.books import BookSource
    from qiantai.chain import Break
    from qiantai.events import Event
    from qiantai.store import Source
    from qiantai.words import Bilingual
    from qiantai_tui.sites.site import Site

    Where = Callable[[str], str]

LARGEST_ANCHOR = 64 * 1024 * 1024
"""Bytes; a million cases take so many."""


def command(say: Speech) -> click.Command:
    """Exit code 0 where all is whole, 1 where something is broken.

    JSON: `ok`, `cases` and `events` that were read, `books` (the lines of each that were), `count` of the breaks,
    `breaks` (the first 20: `case`, or the name of the book, `event` from 1 or null, `what`, `why` in both languages,
    `where`), `remarks` (in both languages: what is passed over in a book), `anchor` (`at`, `digest`) of the anchor that
    was held against it, `written` (likewise) of the one that was written; null where there is none.
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

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    before = read_anchor(Path(anchor), say) if anchor else None
    heads: dict[str, Head] = {}

    def seen(history: Sequence[Event]) -> None:
        if write:
            heads[history[0].case] = Head(len(history), history[-1].seal)

    with _source(ctx, backup, passphrase_file, key_file, site) as read:
        audited = audit(read.source, before, seen, read.books)
        breaks = [break_out(each, read.where) for each in audited.breaks]
    after = Anchor(read.at, heads) if write and audited.whole else None
    if after is not None:
        write_anchor(Path(write or ""), after, say)
    if as_json:
        _write_json(audited, breaks, read.remarks, before, after)
    else:
        _tell(audited, breaks, read.remarks, after, say)
    return DONE if audited.whole else REFUSED


@frozen
class _Read:
    """What is to be verified, where it lies, of when it is, and what there is to say of its books besides."""

    source: Source
    books: BookSource
    where: Where
    at: datetime
    remarks: tuple[Bilingual, ...]


@contextmanager
def _source(
    ctx: click.Context, backup: str | None, phrase_file: str | None, key_file: str | None, site: str | None
) -> Iterator[_Read]:
    """What is to be verified, as it is: of a site now, of a backup when it was made."""
    from qiantai_tui.sites.books import TextBooks
    from qiantai_tui.sites.remarks import ALERTS, raw_files, remarks_on

    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if not backup:
        with opened(ctx, site) as found:
            said = tuple(remarks_on(raw_files(found.folder), found.books))
            yield _Read(found.desk.store, found.books, _place_in(found), found.desk.clock(), said)
        return
    from qiantai.plugins import load_plugins
    from qiantai_tui.backups.reading import open_export

    load_plugins()
    file = Path(backup).expanduser()
    export = open_export(file, opening(file, phrase_file, key_file, say))
    texts = export.files()
    said = tuple(remarks_on({ALERTS: texts.get(ALERTS, "").encode("utf-8", "replace")}, None))
    yield _Read(export, TextBooks(texts, str(file)), lambda _: str(file), export.heading.at, said)


def _place_in(site: Site) -> Where:
    """Where a case or a book is kept."""
    from qiantai_tui.sites.books import place_of

    return lambda name: place_of(site.books, name) or site.desk.store.where(name)


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
    """A break as data, with the file that the case or the book is kept in where that can be told."""
    event = None if found.seq is None else found.seq + 1
    lies = where(found.case)
    return {"case": found.case, "event": event, "what": found.what, "why": found.sentence, "where": lies}


def _anchor_out(anchor: Anchor | None) -> dict[str, Any] | None:
    return {"at": anchor.at, "digest": anchor.digest} if anchor else None


def _write_json(
    audited: Audit, breaks: list[dict[str, Any]], remarks: Sequence[Bilingual], before: Anchor | None,
    after: Anchor | None,
) -> None:  # fmt: skip
    from .answers import write_json

    read = {"cases": audited.cases, "events": audited.events, "books": dict(audited.lines)}
    found = {"count": audited.count, "breaks": breaks, "remarks": list(remarks)}
    write_json({"ok": audited.whole, **read, **found, "anchor": _anchor_out(before), "written": _anchor_out(after)})


def _tell(
    audited: Audit, breaks: list[dict[str, Any]], remarks: Sequence[Bilingual], after: Anchor | None, say: Speech
) -> None:
    from qiantai.words import label

    books = "".join(
        say(f",{label('books', name).zh} {lines} 行", f", {lines} lines in the {label('books', name).en}")
        for name, lines in audited.lines.items()
        if lines
    )
    read = say(f"{audited.cases} 件事项,{audited.events} 步", f"{audited.cases} cases, {audited.events} events") + books
    if audited.whole:
        click.echo(say(f"✓ 完整:{read}", f"✓ whole: {read}"))
    else:
        count = audited.count
        click.echo(say(f"✗ 有 {count} 处不对,共 {read}", f"✗ {count} broken, of {read}"))
        for each in breaks:
            where = f" ({each['where']})" if each["where"] else ""
            click.echo(f"{each['why'][say.language]}{where}")
    for remark in remarks:
        click.echo(f"! {remark[say.language]}")
    if after is not None:
        click.echo(say(f"锚点摘要:{after.digest}", f"digest of the anchor: {after.digest}"))
