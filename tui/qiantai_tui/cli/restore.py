"""`qiantai restore`: a backup made into a site again, held against the one there is, and put in its place if asked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .completing import files, folders
from .sealed import key_option, opening, phrase_option
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, USAGE, Stopped

if TYPE_CHECKING:
    from qiantai.carrying import Inventory
    from qiantai.exported import Export
    from qiantai_tui.backups.restoring import Compared

MOST = 20
"""So many differences are named; the others are counted."""
HOW = {
    "only": ("只有现在的小区里有,恢复后就没有了", "only in the site there is: it would be lost"),
    "missing": ("只有备份里有", "only in the backup"),
    "ahead": ("现在的小区里办得更多,恢复后退回到备份时", "goes on in the site there is: later steps would be lost"),
    "behind": ("备份里办得更多", "goes on in the backup"),
    "other": ("两边不同", "not the same in both"),
}
WHAT = {"case": ("事项", "cases"), "household": ("户", "households"), "look": ("查看记录", "looks")}


def command(say: Speech) -> click.Command:
    """With no site there the backup is put in its place. Else it goes into a folder of its own, and only `--replace`
    puts it in the place of the site there is, once that was agreed to; the old folder stays beside it.

    JSON: `ok`, `folder`, `cases`, `events`, `households`, `looks`, `breaks`, `replaced` (the old folder or null),
    `differs` (null where there was no site): `files[]`, `store[]`: `what` (`case`, `household`, `look`) `which how`
    (`only`, `missing`, `ahead`, `behind`, `other`, told from the site there is), `unread` (why that cannot be read).
    """
    return Spoken(
        say,
        "restore",
        help=say(
            "从备份恢复:先恢复到新文件夹并说明有什么不同;加 --replace 才换上。",
            "Restore a backup: into a new folder first, saying what differs; --replace puts it in place.",
        ),
        params=[
            click.Argument(["backup"], metavar=say("备份", "BACKUP"), shell_complete=files),
            click.Option(
                ["--to"],
                metavar="FOLDER",
                shell_complete=folders,
                help=say("恢复到这个新文件夹", "restore into this new folder"),
            ),
            click.Option(
                ["--replace"], is_flag=True, help=say("换上去;旧文件夹留在旁边", "put it in place; the old one stays")
            ),
            click.Option(["--yes"], is_flag=True, help=say("照此换上,不再问", "replace it, without asking")),
            phrase_option(say),
            key_option(say),
            site_option(say),
            json_option(say),
        ],
        callback=_restoring,
    )


@click.pass_context
def _restoring(
    ctx: click.Context, backup: str, to: str | None, replace: bool, yes: bool, passphrase_file: str | None,
    key_file: str | None, site: str | None, as_json: bool,
) -> int:  # fmt: skip
    from qiantai.desk import now
    from qiantai_tui.backups.reading import open_export
    from qiantai_tui.backups.restoring import compared, take_in, trial
    from qiantai_tui.sites.files import is_site

    from .answers import write_json
    from .opening import folder_of

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if to and replace:
        raise Stopped(USAGE, say("--to 和 --replace 只能给一个", "give --to or --replace, not both"))
    file, folder = Path(backup).expanduser(), folder_of(ctx, site)
    export = open_export(file, opening(file, passphrase_file, key_file, say))
    if not is_site(folder) and not to:
        return _end(folder, take_in(export, folder), None, None, as_json, say)
    if not replace:
        new = Path(to).expanduser() if to else folder.with_name(f"{folder.name}-restored")
        found = take_in(export, new)
        return _end(new, found, compared(folder, new) if is_site(folder) else None, None, as_json, say)
    with trial(export, folder) as (new, found):
        differs = compared(folder, new)
        if not as_json:
            _tell_differing(differs, say)
        if not (yes or (not as_json and _agreed(say))):
            if as_json:
                write_json({"ok": False, "replaced": None, "differs": differs_out(differs)})
            click.echo(say("没有换上;要换上请加 --yes", "nothing was replaced; to replace it add --yes"), err=True)
            return REFUSED
    return _replace(export, folder, differs, now(), as_json, say)


def _replace(export: Export, folder: Path, differs: Compared, at: Any, as_json: bool, say: Speech) -> int:
    from qiantai_tui.backups.restoring import replace_site

    old, found = replace_site(folder, at, export)
    return _end(folder, found, differs, old, as_json, say, told=True)


def _agreed(say: Speech) -> bool:
    from .sitting import says_yes

    return says_yes(say("用备份换掉现在的小区?(y/n)", "put the backup in the place of the site there is? (y/n)"))


def _end(
    folder: Path, found: Inventory, differs: Compared | None, old: Path | None, as_json: bool, say: Speech,
    told: bool = False,
) -> int:  # fmt: skip
    from qiantai.plainly import still

    from .answers import write_json

    breaks = found.audited.count
    if as_json:
        replaced = str(old) if old else None
        counts = {**found.counts, "breaks": breaks}
        write_json(
            {"ok": not breaks, "folder": str(folder), **counts, "replaced": replaced, "differs": differs_out(differs)}
        )
        return REFUSED if breaks else DONE
    counted = found.counts
    click.echo(
        still(
            say(
                f"✓ 已恢复并核对:{folder}({counted['cases']} 件事项,{counted['households']} 户)",
                f"✓ restored and read back: {folder} ({counted['cases']} cases, {counted['households']} households)",
            )
        )
    )
    if old is not None:
        click.echo(still(say(f"旧的在 {old}", f"the old one is {old}")))
    if differs is not None and not told:
        _tell_differing(differs, say)
        click.echo(say("要换上:qiantai restore 备份 --replace", "to put it in place: qiantai restore BACKUP --replace"))
    if breaks:
        click.echo(say(f"! 有 {breaks} 处经过与封印不符", f"! {breaks} histories do not verify"))
    return REFUSED if breaks else DONE


def differs_out(differs: Compared | None) -> dict[str, Any] | None:
    """What differs, as data."""
    if differs is None:
        return None
    store = [{"what": each.what, "which": each.which, "how": str(each.how)} for each in differs.store]
    return {"files": list(differs.files), "store": store, "unread": differs.unread}


def _tell_differing(differs: Compared, say: Speech) -> None:
    from qiantai.plainly import still

    if differs.nothing:
        click.echo(say("与现在的小区没有不同", "the site there is has all of it, and nothing else"))
        return
    if differs.unread is not None:
        click.echo(
            still(say("现在的小区读不出来:", "the site there is cannot be read: ") + differs.unread[say.language])
        )
    for name in differs.files:
        click.echo(still(say(f"{name} 不同", f"{name} is not the same")))
    for (what, how), count in sorted(Counter((each.what, str(each.how)) for each in differs.store).items()):
        click.echo(f"{say(*WHAT[what])}: {count} {say(*HOW[how])}")
        some = [each.which for each in differs.store if (each.what, str(each.how)) == (what, how)]
        more = f" … {count - MOST}" if count > MOST else ""
        click.echo(still("  " + " ".join(some[:MOST]) + more))
