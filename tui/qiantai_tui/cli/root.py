"""`qiantai` itself: its commands, and the desk where none is given."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from .completing import files, words
from .running import run
from .speech import LANGUAGES, Speech
from .spoken import SpokenGroup, misuse, site_option

COMMANDS = {
    "demo": ("演示小区:做好并打开", "the demo estate, made and opened"),
    "case": ("事项:查看、受理、下指令", "cases: look, take in, give commands"),
    "why": ("为什么:时限、归谁、归档,各依据哪一条", "why: due times, owner, filing, each by its clause"),
    "what-if": ("换一套标准、日历或口径,会有什么不同", "what would differ under other limits, days or answers"),
    "incident": ("突发事件:查看、登记", "incidents: look, open"),
    "script": ("统一口径:拟、审定、停用,告知过谁", "agreed answers: draft, approve, withdraw, who was told"),
    "serve": ("在浏览器里用前台", "the desk in a browser"),
    "call-backs": ("待回访的和每月抽查", "whom to call back, and the monthly sample"),
    "register": ("前台受理登记表", "the front desk's register"),
    "figures": ("看板:一个月的指标和时限", "the figures: a month's targets and duties"),
    "shift": ("交接班:班上有谁,以前的交接班", "hand-overs: who is on shift, the earlier ones"),
    "pin": ("登录用的 PIN:设、给代码、解锁", "PINs to sign in with: choose, give a code, unlock"),
    "import": ("导入花名册,或把导出的导入成小区", "take over a household roll, or a site from an export"),
    "export": ("导出全部", "export everything"),
    "backup": ("备份", "back the site up"),
    "restore": ("从备份恢复", "restore a backup"),
    "resident": ("业户要复制件、要更正", "a resident asks for a copy or a correction"),
    "erase": ("抹除已办结事项里的内容、一户的资料", "erase words of closed cases, or a household"),
    "retention": ("保存期限:到期的先看、再抹除", "retention: see what has passed its term, erase it"),
    "verify": ("核对经过有没有被改过", "check that no history was tampered with"),
    "move": ("把资料搬进另一个存储", "move the data into another store"),
    "clauses": ("条款,和落实它们的规则", "the clauses, and the rules that carry them out"),
    "replay": ("重放情景文件并查验", "play scenario files and check them"),
    "rehearse": ("演练:列出、评分、讲评", "rehearsals: the list, the score of a run, the debrief"),
    "rehearsal": ("演练记录:谁练过什么,这一季还差什么", "who was trained in what, and what a quarter lacks"),
    "schema": ("JSON 的样子", "what the JSON looks like"),
    "doctor": ("查看终端、数据、日历、插件是否正常", "whether terminal, data, calendar and plugins are well"),
    "completion": ("让 shell 用 Tab 补全", "have the shell complete with Tab"),
    "config": ("本人的设置:在哪里、有哪些、对不对", "your settings: where, which, and whether they hold"),
}
_MODULES = {"import": "importing", "case": "cases", "what-if": "what_if", "call-backs": "call_backs"}


class Root(SpokenGroup):
    """The whole command line."""

    def main(self, args: Any = None, prog_name: str | None = None, **given: Any) -> Any:  # type: ignore[override]
        """As click has it, except that errors speak the run's language; it exits with the code unless told not to."""
        if not given.pop("standalone_mode", True):
            return super().main(args, prog_name, standalone_mode=False, **given)
        sys.exit(run(self, self.say, args, prog_name=prog_name, **given))


def root(say: Speech) -> Root:
    """The command line in one language."""

    def load(name: str) -> click.Command:
        module = import_module(f"qiantai_tui.cli.{_MODULES.get(name, name)}")
        command: click.Command = module.command(say)
        return command

    return Root(
        say,
        "qiantai",
        COMMANDS,
        load,
        invoke_without_command=True,
        callback=_desk,
        help=say(
            "物业前台:受理、派单、时限、回访、归档。", "The front desk: take in, dispatch, due times, call-backs."
        ),
        epilog=say(
            "不带命令就打开前台。退出码:0 办成 1 被拒或失败 2 写法不对或文件读不懂 3 没找到 4 被占用 5 不该由此人办",
            "With no command it opens the desk. Exit codes: 0 done, 1 refused or failed, 2 usage or unreadable input, "
            "3 not found, 4 in use elsewhere, 5 not this person's to do",
        ),
        params=[
            site_option(say),
            click.Option(
                ["--config"],
                metavar="FILE",
                help=say("设置文件(QIANTAI_CONFIG)", "file of settings (QIANTAI_CONFIG)"),
                shell_complete=files,
            ),
            click.Option(
                ["--lang"],
                metavar="zh|en",
                help=say("语言(QIANTAI_LANG)", "language (QIANTAI_LANG)"),
                shell_complete=words(*LANGUAGES),
            ),
            click.Option(
                ["--version"],
                is_flag=True,
                is_eager=True,
                expose_value=False,
                callback=_version,
                help=say("显示版本", "show the version"),
            ),
        ],
    )


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from .version import version

        click.echo(f"qiantai {version()}")
        ctx.exit()


@click.pass_context
def _desk(ctx: click.Context, site: str | None, config: str | None, lang: str | None) -> None:
    """Opens the desk where no command is given."""
    command = ctx.command
    assert isinstance(command, Root)
    if lang not in (None, *LANGUAGES):
        misuse(ctx, f"没有语言 {lang};有 zh、en", f"no language {lang}; there are zh, en", command.say)
    if ctx.invoked_subcommand is None:
        from qiantai_tui.collecting import held_back

        with held_back():
            from .opening import desk

            ctx.exit(desk(site, command.say, config))
