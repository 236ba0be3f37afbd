"""`qiantai move`: the site's data carried from one store to another, and proved equal there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from qiantai_tui.sites.moving import Moved


def command(say: Speech) -> click.Command:
    """JSON: `ok`, `from`, `to`, `aside` (the folder of the old store, or null), `cases`, `events`, `households`,
    `looks`, and `digest`, which stands for all of them.
    """
    return Spoken(
        say,
        "move",
        help=say(
            "把全部资料搬进另一个存储,核对无误才改用。先关掉所有前台。",
            "Carry all data into another store, used only once it is proved equal. Close all desks first.",
        ),
        params=[
            click.Option(
                ["--to"],
                metavar="STORE",
                required=True,
                help=say("tinydb、sqlite 或 postgresql://…", "tinydb, sqlite or postgresql://..."),
            ),
            site_option(say),
            json_option(say),
        ],
        callback=_moving,
    )


@click.pass_context
def _moving(ctx: click.Context, to: str, site: str | None, as_json: bool) -> int:
    from qiantai.desk import now
    from qiantai_tui.sites.moving import move

    from .opening import folder_of

    moved = move(folder_of(ctx, site), to, now())
    if as_json:
        from .answers import write_json

        names = {"from": moved.source, "to": moved.target, "aside": str(moved.aside) if moved.aside else None}
        write_json({"ok": True, **names, **moved.holds.counts, "digest": moved.holds.digest})
    else:
        _tell(moved, ctx.command.say)  # type: ignore[attr-defined]
    return DONE


def _tell(moved: Moved, say: Speech) -> None:
    counts = moved.holds.counts
    click.echo(
        say(
            "✓ 已从 {source} 搬到 {target},逐字相同:{cases} 件事项,{events} 步,{households} 户,查看记录 {looks} 条",
            "✓ moved from {source} to {target}, the same word for word: {cases} cases, {events} events, "
            "{households} households, {looks} looks",
        ).format(source=moved.source, target=moved.target, **counts)
    )
    if moved.aside is not None:
        click.echo(say(f"原来的留在 {moved.aside}", f"the old store is kept in {moved.aside}"))
    else:
        click.echo(say("原来的数据库没有动", "the old database was left as it is"))
