"""`qiantai replay`: scenario files played through the kernel, and what held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .completing import files
from .speech import Speech
from .spoken import Spoken, json_option, misuse, tell_failures

if TYPE_CHECKING:
    from qiantai_scenarios.report import Report


def command(say: Speech) -> click.Command:
    """Exit code 0: every check of every file held; 1: one did not; 2: a file cannot be read, and nothing was played.

    With `--json` one object: `ok`, and `scenarios` with `file`, `id`, `ok`, `failures` and `cases` each; where files
    could not be read, `unread` with the mistakes of each.
    """
    return Spoken(
        say,
        "replay",
        help=say("重放情景文件,逐条查验。", "Play scenario files and hold them against their checks."),
        epilog=say(
            "退出码:0 全部成立 1 有不成立的 2 文件读不懂", "Exit codes: 0 all held, 1 some did not, 2 unreadable"
        ),
        params=[
            click.Argument(
                ["paths"], nargs=-1, required=False, metavar=say("[文件]…", "[FILE]..."), shell_complete=files
            ),
            click.Option(
                ["--all", "every"], is_flag=True, help=say("自带的全部情景", "all scenarios that come with it")
            ),
            json_option(say),
        ],
        callback=_replay,
    )


@click.pass_context
def _replay(ctx: click.Context, paths: tuple[str, ...], every: bool, as_json: bool) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if not paths and not every:
        misuse(ctx, "要给出情景文件;自带的用 --all", "name scenario files, or --all for those that come with it", say)
    from qiantai.plugins import load_plugins
    from qiantai_scenarios.reader import shipped
    from qiantai_scenarios.report import replay

    plugins = load_plugins()
    kinds, failed = plugins.kinds()
    tell_failures((*plugins.failures, *failed), say)
    report: Report = replay([*paths, *(shipped() if every else ())], kinds)
    if as_json:
        from .answers import write_json

        write_json(report.as_json())
    elif text := report.as_text(say.language):
        click.echo(text, err=report.exit_code == 2)
    return report.exit_code
