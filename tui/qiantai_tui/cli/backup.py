"""`qiantai backup`: the site backed up, to where its settings say or elsewhere; and a key to seal backups for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .completing import folders
from .sealed import phrase_option, sealing_by_phrase
from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED

if TYPE_CHECKING:
    from qiantai.carrying import Inventory
    from qiantai_tui.backups.sealing import Sealing


def command(say: Speech) -> click.Command:
    """The site may be open meanwhile. Exit code 1 where nothing could be written, or some history does not verify.

    JSON: `ok`, `file`, `new` (false where the last one holds all there is), `cases`, `events`, `households`, `looks`,
    `breaks` (histories that do not verify), `gone` (older ones that the rule let go).
    """
    return Spoken(
        say,
        "backup",
        help=say(
            "备份小区:读回核对以后才算数,前台开着也能备份。", "Back the site up; it counts once it was read back."
        ),
        params=[
            click.Option(
                ["--to"],
                metavar=say("文件夹或文件", "FOLDER|FILE"),
                shell_complete=folders,
                help=say("备份到这里;不给就照小区的设置", "write it there; else where the settings say"),
            ),
            click.Option(["--encrypt"], is_flag=True, help=say("用口令加密", "seal it by a passphrase")),
            phrase_option(say),
            click.Option(
                ["--new-key"],
                metavar=say("文件", "FILE"),
                help=say(
                    "做一把钥匙:私钥写进文件,公钥打印出来", "make a key: the secret in FILE, the public one shown"
                ),
            ),
            click.Option(["--automatic"], is_flag=True, hidden=True),
            site_option(say),
            json_option(say),
        ],
        callback=_backing_up,
    )


@click.pass_context
def _backing_up(
    ctx: click.Context, to: str | None, encrypt: bool, passphrase_file: str | None, new_key: str | None,
    automatic: bool, site: str | None, as_json: bool,
) -> int:  # fmt: skip
    from qiantai.desk import now
    from qiantai_tui.backups.making import back_up
    from qiantai_tui.backups.sealing import Sealing

    from .opening import folder_of

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if new_key:
        return _make_key(Path(new_key).expanduser(), as_json, say)
    folder, at = folder_of(ctx, site), now()
    sealing = sealing_by_phrase(passphrase_file, say) if encrypt or passphrase_file else None
    if to:
        return _elsewhere(folder, Path(to).expanduser(), at, sealing or Sealing(), as_json, say)
    if automatic:
        _step_back()
    made = back_up(folder, at, sealing, only_changed=automatic)
    _tell(made.good.file, made.found, made.new, made.gone, as_json, say)
    return REFUSED if made.good.breaks else DONE


def _elsewhere(folder: Path, to: Path, at: datetime, sealing: Sealing, as_json: bool, say: Speech) -> int:
    from qiantai_tui.backups.making import back_up_to, site_name
    from qiantai_tui.backups.shelf import Shelf

    from .sitting import owner_of_the_files

    file = Shelf(to, site_name(folder).zh).file(at, sealing.seals) if to.is_dir() else to
    found = back_up_to(folder, file, at, owner_of_the_files().id, sealing)
    _tell(str(file), found, True, (), as_json, say)
    return DONE if found.audited.whole else REFUSED


def _tell(file: str, found: Inventory, new: bool, gone: tuple[Path, ...], as_json: bool, say: Speech) -> None:
    from qiantai.plainly import still

    from .answers import write_json

    breaks = found.audited.count
    if as_json:
        said: dict[str, Any] = {"ok": not breaks, "file": file, "new": new, **found.counts, "breaks": breaks}
        write_json({**said, "gone": [str(each) for each in gone]})
        return
    counts = found.counts
    held = say(
        "{cases} 件事项,{events} 步,{households} 户,{looks} 条查看记录",
        "{cases} cases, {events} events, {households} households, {looks} looks",
    ).format(**counts)
    done = (
        say("已备份并核对", "backed up and read back") if new else say("没有新的,上次的还是全的", "nothing new since")
    )
    click.echo(still(say(f"✓ {done}:{file}", f"✓ {done}: {file}")))
    click.echo(held)
    for each in gone:
        click.echo(still(say(f"按规则去掉旧的:{each.name}", f"let go by the rule: {each.name}")))
    if breaks:
        click.echo(
            say(
                f"! 有 {breaks} 处经过与封印不符,旧的备份都留着。可行:qiantai verify",
                f"! {breaks} histories do not verify, and no older backup went. What would do: qiantai verify",
            )
        )


def _make_key(file: Path, as_json: bool, say: Speech) -> int:
    from qiantai_tui.backups.sealing import new_key
    from qiantai_tui.sites.files import write_private

    from .answers import write_json

    public, secret = new_key()
    write_private(file, f"# public key: {public}\n{secret}\n")
    if as_json:
        write_json({"ok": True, "file": str(file), "public": public})
        return DONE
    click.echo(f'backup_key = "{public}"')
    click.echo(
        say(
            f"把上面一行写进小区的 settings.toml;{file} 另存到别处(丢了就打不开备份),不要留在这台电脑上",
            f"put that line into the site's settings.toml; keep {file} elsewhere, off this machine: without it no "
            "backup opens",
        ),
        err=True,
    )
    return DONE


def _step_back() -> None:
    """Whoever is at the desk goes first."""
    import os

    if hasattr(os, "nice"):
        os.nice(10)
