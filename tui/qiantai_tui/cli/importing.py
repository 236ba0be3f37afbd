"""`qiantai import`: a roll taken over where what it would change is agreed to, and a whole site from an export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from .completing import files
from .sealed import key_option, opening, phrase_option
from .sitting import by_options, says_yes, seat_of, withheld
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE, REFUSED, USAGE, Stopped


def command(say: Speech) -> click.Command:
    """The group."""
    lines = {
        "households": ("导入业户花名册(xlsx、csv)", "take over the household roll (xlsx, csv)"),
        "site": ("把导出的全部导入成一个新小区", "make a new site of an export"),
    }
    made = {"households": _households, "site": _site}
    return SpokenGroup(say, "import", lines, lambda name: made[name](say), help=say("导入。", "Take over."))


def _site(say: Speech) -> click.Command:
    """The folder that `--site` names must be empty or not there; all of the export is there, or nothing.

    JSON: `ok`, `folder`, `cases`, `events`, `households`, `looks`, `breaks`.
    """
    return Spoken(
        say,
        "site",
        help=say("把导出的全部导入成一个新小区,逐条核对。", "Make a new site of an export, each line checked."),
        params=[
            click.Argument(["file"], metavar=say("文件", "FILE"), shell_complete=files),
            phrase_option(say),
            key_option(say),
            site_option(say),
            json_option(say),
        ],
        callback=_taking_in,
    )


@click.pass_context
def _taking_in(
    ctx: click.Context, file: str, passphrase_file: str | None, key_file: str | None, site: str | None, as_json: bool
) -> int:
    from qiantai_tui.backups.reading import open_export
    from qiantai_tui.backups.restoring import take_in

    from .answers import write_json
    from .opening import folder_of

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    path, folder = Path(file).expanduser(), folder_of(ctx, site)
    found = take_in(open_export(path, opening(path, passphrase_file, key_file, say)), folder)
    breaks = found.audited.count
    if as_json:
        write_json({"ok": not breaks, "folder": str(folder), **found.counts, "breaks": breaks})
    else:
        click.echo(say(f"✓ 已导入并核对:{folder}", f"✓ taken in and read back: {folder}"))
        if breaks:
            click.echo(say(f"! 有 {breaks} 处经过与封印不符", f"! {breaks} histories do not verify"))
    return REFUSED if breaks else DONE


def _households(say: Speech) -> click.Command:
    """Nothing is written without `--yes` or an agreement on the terminal; else the exit code is 1 where there was
    something to write. A second import updates, and what the file does not name stays. It is on record as a look.

    JSON: `written`, `columns` (`heading`, `meaning`, empty where not understood), `new`, `changed` (`id`, `fields`),
    `same`, `missing`, `similar` (`id`, `known`), `problems` (`sheet`, `row`, `column`, `value`, `what`, `would_do`),
    `duplicates` (`id`, `rows`, `differing`), `notes`.
    """
    return Spoken(
        say,
        "households",
        help=say("先看会改什么,再导入;多次导入只更新,不重复。", "See what would change, then take it over."),
        params=[
            click.Argument(["file"], metavar=say("文件", "FILE"), shell_complete=files),
            click.Option(["--yes"], is_flag=True, help=say("照此写入,不再问", "write it, without asking")),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_importing,
    )


@click.pass_context
def _importing(ctx: click.Context, file: str, yes: bool, by: str | None, site: str | None, as_json: bool) -> int:
    from qiantai.access import may_have
    from qiantai.plugins import roll_reader
    from qiantai.store import Look
    from qiantai.words import label

    from .answers import write_json
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    reader = roll_reader()
    try:
        reading = reader.read_roll(Path(file))
    except reader.UnreadableRoll as error:
        why, would_do = error.what[say.language], error.would_do[say.language]
        raise Stopped(USAGE, f"{file}: {why}{say('。可行:', '. What would do: ')}{would_do}") from error
    with opened(ctx, site) as found:
        seat = seat_of(ctx, found, by, say)
        if not may_have("roll", seat.person):
            raise withheld(label("words", "roll")[say.language], seat, say)
        preview = reader.compare(reading, found.desk.handbook.households)
        if not as_json:
            _tell(reading, preview, say)
        agreed = bool(preview.to_save) and (yes or (not as_json and _agreed(len(preview.to_save), say)))
        if agreed:
            desk, which = found.desk, f"import {len(preview.to_save)}"
            desk.store.record(Look(desk.clock(), seat.person.id, "roll", which, Path(file).name))
            desk.store.keep_households(preview.to_save)
    if as_json:
        write_json({"written": agreed, **preview_out(reading, preview)})
    elif agreed:
        click.echo(say(f"已写入 {len(preview.to_save)} 户。", f"{len(preview.to_save)} households written."))
    if preview.to_save and not agreed:
        click.echo(say("什么都没写;要写入请加 --yes", "nothing was written; to write it add --yes"), err=True)
        return REFUSED
    return DONE


def preview_out(reading: Any, preview: Any) -> dict[str, Any]:
    """What would change, and what was wrong with the file, as data."""
    return {
        "columns": [
            {"sheet": each.sheet, "heading": each.heading, "meaning": each.meaning} for each in reading.columns
        ],
        "new": [each.id for each in preview.new],
        "changed": [{"id": each.new.id, "fields": each.fields} for each in preview.changed],
        "same": [each.id for each in preview.same],
        "missing": [each.id for each in preview.missing],
        "similar": [{"id": each.id, "known": each.known} for each in preview.similar],
        "problems": [
            {name: getattr(each, name) for name in ("sheet", "row", "column", "value", "what", "would_do")}
            for each in reading.problems
        ],
        "duplicates": [{"id": each.id, "rows": each.rows, "differing": each.differing} for each in reading.duplicates],
        "notes": reading.notes,
    }


def _tell(reading: Any, preview: Any, say: Speech) -> None:
    from qiantai.plainly import still
    from qiantai.words import label

    words = say.language

    def line(zh: str, en: str, names: list[str]) -> None:
        if names:
            click.echo(still(f"{say(zh, en)}{say('、', ', ').join(names)}"))

    address = {"building": say("楼栋", "Building"), "unit": say("单元", "Unit"), "room": say("房号", "Room")}
    taken = [
        f"{each.heading}→{address.get(each.meaning) or label('fields', each.meaning)[words]}"
        for each in reading.understood
    ]
    line("读懂的列:", "Columns understood: ", taken)
    line("没读懂的列(不导入):", "Columns not understood (left out): ", [str(each) for each in reading.not_understood])
    for each in reading.notes:
        click.echo(still(each[words]))
    for each in reading.problems:
        place = say(f"第 {each.row} 行 {each.column}", f"row {each.row} {each.column}")
        where = f"{each.sheet} {place}".strip()
        click.echo(still(f"{where}:{each.value}  {each.what[words]} → {each.would_do[words]}"))
    for each in reading.duplicates:
        rows = ", ".join(map(str, each.rows))
        click.echo(still(say(f"{each.id} 在第 {rows} 行重复,以第一行为准", f"{each.id}: rows {rows}; the first holds")))
    line("新增:", "New: ", _few([each.id for each in preview.new], say))
    line("变更:", "Changed: ", _few([f"{each.new.id}({'/'.join(each.fields)})" for each in preview.changed], say))
    line(
        "疑似同一户,请核对:",
        "Perhaps one household: ",
        [f"{each.id}≈{'/'.join(each.known)}" for each in preview.similar],
    )
    click.echo(preview.summary[words])


def _few(names: list[str], say: Speech, most: int = 12) -> list[str]:
    rest = len(names) - most
    return names if rest <= 0 else [*names[:most], say(f"……另有 {rest} 户", f"… and {rest} more")]


def _agreed(count: int, say: Speech) -> bool:
    return says_yes(say(f"写入 {count} 户?(y/n)", f"write {count} households? (y/n)"))
