"""`qiantai completion`: the script that has a shell complete the command line when Tab is pressed."""

from __future__ import annotations

import click

from .completing import words
from .speech import Speech
from .spoken import Spoken
from .stopped import DONE, Misused

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_QIANTAI_COMPLETE"
"""By which the script asks the program; click looks for it under the program's name."""


def command(say: Speech) -> click.Command:
    """Prints the script; the shell reads it at its start."""
    return Spoken(
        say,
        "completion",
        help=say(
            "打印让 bash、zsh 或 fish 用 Tab 补全命令的脚本。",
            "Prints the script that has bash, zsh or fish complete commands with Tab.",
        ),
        params=[click.Argument(["shell"], metavar="bash|zsh|fish", shell_complete=words(*SHELLS))],
        callback=_completion,
    )


@click.pass_context
def _completion(ctx: click.Context, shell: str) -> int:
    from click.shell_completion import get_completion_class

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    found = get_completion_class(shell) if shell in SHELLS else None
    if found is None:
        raise Misused(say(f"没有 {shell} 的;有 bash、zsh、fish", f"none for {shell}; there are bash, zsh, fish"), ctx)
    click.echo(found(ctx.find_root().command, {}, "qiantai", VARIABLE).source())
    return DONE
