"""Commands that speak Chinese or English in their help and their errors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import click

from .completing import folders
from .speech import Speech
from .stopped import DONE, Misused

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from qiantai.plugins import Failure

_VALUES = {
    "AREA": "片区",
    "DATE": "日期",
    "FILE": "文件",
    "FOLDER": "文件夹",
    "ID": "编号",
    "KIND": "类别",
    "MONTH": "月份",
    "STORE": "存储",
    "TEXT": "文字",
    "TOPIC": "主题",
}
"""What the values of options are called in Chinese."""


class Spoken(click.Command):
    """A command whose help is in the language of the run, and whose callback gives the exit code."""

    def __init__(self, say: Speech, name: str, **given: Any) -> None:
        self.say = say
        params = list(given.pop("params", ()))
        super().__init__(name, params=params, options_metavar=say("[选项]", "[OPTIONS]"), **given)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """The help option, in words of this language."""
        del ctx
        return help_option(self.say)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        write_usage(self, self.say, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        write_options(self, self.say, ctx, formatter)

    def invoke(self, ctx: click.Context) -> Any:
        """Runs it; what can be foreseen to go wrong ends it with a code and words, as JSON too where that is asked."""
        try:
            code = super().invoke(ctx)
        except (click.exceptions.Exit, click.Abort, click.UsageError, BrokenPipeError):
            raise
        except Exception as error:
            from .answers import ending  # a desk is made with nothing imported before it

            stopped = ending(error, self.say)
            if stopped is None:
                raise
            if ctx.params.get("as_json"):
                from .answers import write_json

                write_json({"ok": False, "error": {"exit": stopped.exit_code, "why": stopped.message, **stopped.data}})
            raise stopped from error
        ctx.exit(code or DONE)


class SpokenGroup(click.Group):
    """Commands that are loaded only when one of them is given: `commands_of` has their modules and one line each."""

    def __init__(
        self, say: Speech, name: str, commands_of: Mapping[str, tuple[str, str]], load: Callable[[str], click.Command],
        **given: Any,
    ) -> None:  # fmt: skip
        self.say, self._lines, self._load = say, commands_of, load
        super().__init__(
            name,
            params=list(given.pop("params", ())),
            options_metavar=say("[选项]", "[OPTIONS]"),
            subcommand_metavar=say("命令 [参数]…", "COMMAND [ARGS]..."),
            **given,
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click has it, except that a group without a command names those there are."""
        if not args and not self.invoke_without_command and not ctx.resilient_parsing:
            names = self.say("、", ", ").join(self._lines)
            raise Misused(self.say(f"要给出命令:{names}", f"a command is missing: {names}"), ctx)
        return super().parse_args(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """The commands that begin so, none of them loaded, and the options."""
        from click.shell_completion import CompletionItem

        named = ((name, self.say(*lines)) for name, lines in self._lines.items() if name.startswith(incomplete))
        options = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(name, help=line) for name, line in named), *options]

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of the help."""
        del ctx
        return list(self._lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name; its module is loaded here."""
        del ctx
        return self._load(cmd_name) if cmd_name in self._lines else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was given; one that is not there is answered with those that are like it."""
        if args and args[0] not in self._lines and not args[0].startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(args[0], self._lines) or list(self._lines)
            names = self.say("、", ", ").join(near)
            raise Misused(self.say(f"没有命令 {args[0]};有:{names}", f"no command {args[0]}; there is {names}"), ctx)
        return super().resolve_command(ctx, args)

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """The help option, in words of this language."""
        del ctx
        return help_option(self.say)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        write_usage(self, self.say, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, and the commands with a line each, none of them loaded."""
        write_options(self, self.say, ctx, formatter)
        with formatter.section(self.say("命令", "Commands")):
            formatter.write_dl([(name, self.say(*lines)) for name, lines in self._lines.items()])


def help_option(say: Speech) -> click.Option:
    """`--help`."""

    def show(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
        if asked and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()

    return click.Option(
        ["--help", "-h"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=say("显示帮助", "show help"),
    )


def write_usage(command: click.Command, say: Speech, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The usage line of a command."""
    pieces = " ".join(command.collect_usage_pieces(ctx))
    formatter.write_usage(ctx.command_path, pieces, prefix=say("用法: ", "Usage: "))


def write_options(command: click.Command, say: Speech, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """The options of a command with what each does."""
    rows = [row for each in command.get_params(ctx) if (row := each.get_help_record(ctx)) is not None]
    if say.language == "zh":
        rows = [(_in_chinese(option), does.replace("[required]", "[必填]")) for option, does in rows]
    with formatter.section(say("选项", "Options")):
        formatter.write_dl(rows)


def _in_chinese(option: str) -> str:
    """An option with its value by its Chinese name."""
    name, _, value = option.rpartition(" ")
    return f"{name} {_VALUES[value]}" if value in _VALUES else option


def json_option(say: Speech) -> click.Option:
    """`--json`, whose value is `as_json`."""
    return click.Option(["--json", "as_json"], is_flag=True, help=say("输出 JSON", "answer as JSON"))


def site_option(say: Speech) -> click.Option:
    """`--site`."""
    help = say("小区的文件夹(QIANTAI_SITE)", "the site's folder (QIANTAI_SITE)")
    return click.Option(["--site"], metavar="FOLDER", help=help, shell_complete=folders)


def misuse(ctx: click.Context, zh: str, en: str, say: Speech) -> NoReturn:
    """Ends the run as one that cannot be taken."""
    raise Misused(say(zh, en), ctx)


def tell_failures(failures: Iterable[Failure], say: Speech) -> None:
    """Names the plugins that failed, each with its reason, on standard error."""
    for each in failures:
        click.echo(say(f"插件 {each.name}:", f"plugin {each.name}: ") + each.why[say.language], err=True)
