"""`qiantai demo`: the demo estate made, and the desk opened on it."""

from __future__ import annotations

import click

from .completing import folders
from .speech import Speech
from .spoken import Spoken
from .stopped import DONE


def command(say: Speech) -> click.Command:
    """Makes the demo estate where it is not there, and opens the desk on it; `--no-desk` prints the folder instead."""
    return Spoken(
        say,
        "demo",
        help=say("演示小区:编的人和事,随便试。", "The demo estate: invented people and matters, to try things on."),
        params=[
            click.Option(
                ["--fresh"], is_flag=True, help=say("重新做一个,旧的不留", "make it anew, nothing of the old")
            ),
            click.Option(
                ["--store-in", "store_in"],
                metavar="FOLDER",
                help=say("放在这个文件夹", "keep it in this folder"),
                shell_complete=folders,
            ),
            click.Option(["--no-desk"], is_flag=True, help=say("只做好,不打开", "only make it, and say where")),
        ],
        callback=_demo,
    )


@click.pass_context
def _demo(ctx: click.Context, fresh: bool, store_in: str | None, no_desk: bool) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    from qiantai_tui.collecting import held_back

    with held_back():
        from qiantai_tui.sites.demo import make_demo
        from qiantai_tui.sites.files import path_of

        folder = make_demo(path_of(store_in) if store_in else None, fresh=fresh)
        if no_desk:
            click.echo(str(folder))
            return DONE
        from .opening import open_desk

        return open_desk(folder, say, ctx.find_root().params.get("config"))
