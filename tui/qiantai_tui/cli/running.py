"""A command line run to its exit code, its errors in the language of the run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

from .outlet import outlets
from .speech import Speech
from .stopped import DONE, REFUSED, USAGE, Misused

INTERRUPTED = 130


def told(error: click.UsageError, say: Speech) -> str:
    """What was wrong with a command line, in the language of the run."""
    match error:
        case Misused():
            return error.message
        case click.NoSuchOption():
            return say(f"没有选项 {error.option_name}", f"no such option {error.option_name}")
        case click.MissingParameter():
            return say(f"缺少 {_named(error)}", f"missing {_named(error)}")
        case click.BadOptionUsage():
            return say(f"选项 {error.option_name} 的写法不对,看 --help", f"option {error.option_name}: see --help")
        case click.BadParameter():
            name = "/".join(error.param.opts) if error.param else ""
            return say(f"{name} 的值不行:{error.message}", f"{name}: {error.message}")
        case _:
            return say(f"写法不对:{error.message}", error.message)


def _named(error: click.MissingParameter) -> str:
    """How what is missing is written: an option as it is typed, an argument as the line of usage calls it."""
    match error.param:
        case click.Option() as option:
            return "/".join(option.opts)
        case None:
            return ""
        case argument:
            return argument.make_metavar(error.ctx) if error.ctx else ""


def run(command: click.Command, say: Speech, args: Sequence[str] | None, **given: Any) -> int:
    """Runs a command line to its exit code; whatever can be foreseen to go wrong is said on standard error.

    One that asks for JSON is answered with JSON where it cannot be taken, too.
    """
    try:
        with outlets():
            return _run(command, say, args, **given)
    except BrokenPipeError:
        sys.stdout = None  # nobody reads it any more, and the interpreter would flush it
        return REFUSED


def _run(command: click.Command, say: Speech, args: Sequence[str] | None, **given: Any) -> int:
    try:
        code = command.main(list(args) if args is not None else None, standalone_mode=False, **given)
        return code if isinstance(code, int) else DONE
    except click.UsageError as error:
        if error.ctx is not None:
            click.echo(error.ctx.get_usage(), err=True)
        click.echo(told(error, say), err=True)
        if "--json" in (sys.argv[1:] if args is None else args):
            from .answers import write_json

            write_json({"ok": False, "error": {"exit": USAGE, "why": told(error, say)}})
        return USAGE
    except click.ClickException as error:
        click.echo(error.message, err=True)
        return error.exit_code
    except click.Abort:
        click.echo(say("已中断", "interrupted"), err=True)
        return INTERRUPTED
