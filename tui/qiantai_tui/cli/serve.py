"""`qiantai serve`: the desk in a browser, on this machine alone unless it is secured."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve

from .completing import files
from .speech import Speech
from .spoken import Spoken, misuse, site_option
from .stopped import DONE, REFUSED, Stopped

if TYPE_CHECKING:
    from qiantai.words import Bilingual
    from qiantai_tui.serving.terms import Terms


def command(say: Speech) -> click.Command:
    """Serves the site's desk until it is stopped; with `--new-password` it only writes what is kept of a password."""
    file = say("文件", "FILE")
    return Spoken(
        say,
        "serve",
        help=say(
            "在浏览器里用前台。默认只有这台电脑连得上;别的机器要连,须有 TLS 证书、口令和登录。",
            "The desk in a browser. This machine alone reaches it, unless there are a TLS certificate, a password and "
            "sign-in.",
        ),
        params=[
            site_option(say),
            click.Option(
                ["--listen"],
                metavar=say("地址", "ADDRESS"),
                default="127.0.0.1",
                help=say("在哪个地址上听(默认 127.0.0.1)", "the address to listen at (127.0.0.1)"),
            ),
            click.Option(
                ["--port"], type=click.IntRange(0, 65535), default=8020, help=say("端口(默认 8020)", "the port (8020)")
            ),
            click.Option(
                ["--name"],
                multiple=True,
                metavar=say("名字", "NAME"),
                help=say("浏览器用的名字,可多个", "a name that browsers use; may be repeated"),
            ),
            click.Option(["--cert"], metavar=file, shell_complete=files, help=say("TLS 证书", "the TLS certificate")),
            click.Option(["--key"], metavar=file, shell_complete=files, help=say("它的私钥", "its key")),
            click.Option(
                ["--password-file"],
                metavar=file,
                shell_complete=files,
                help=say("口令的摘要所在(或 QIANTAI_SERVE_PASSWORD)", "the password's digest (QIANTAI_SERVE_PASSWORD)"),
            ),
            click.Option(
                ["--new-password"],
                metavar=file,
                shell_complete=files,
                help=say("问一个口令,把摘要写进这个文件就结束", "ask for a password, write its digest there, and end"),
            ),
            click.Option(["--open", "open_it"], is_flag=True, help=say("在浏览器里打开", "open the browser")),
        ],
        callback=_serve,
    )


@click.pass_context
def _serve(
    ctx: click.Context,
    site: str | None,
    listen: str,
    port: int,
    name: tuple[str, ...],
    cert: str | None,
    key: str | None,
    password_file: str | None,
    new_password: str | None,
    open_it: bool,
) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    from qiantai_tui.sites.files import path_of

    if new_password is not None:
        return _keep_password(path_of(new_password), say)
    if (cert is None) != (key is None):
        misuse(ctx, "--cert 和 --key 要一起给", "--cert and --key go together", say)
    _need_library(say)
    from qiantai_tui.preferences import take_preferences
    from qiantai_tui.serving.password import read_digest, taken_from
    from qiantai_tui.serving.terms import Terms

    from .opening import config_of, folder_of

    folder, config = folder_of(ctx, site), config_of(ctx.find_root().params.get("config"))
    terms = Terms(
        listen,
        port,
        name,
        None if cert is None or key is None else (path_of(cert), path_of(key)),
        taken_from(os.environ) if password_file is None else read_digest(path_of(password_file)),
        language=say.language if say.asked else take_preferences(config).preferences.language or say.language,
    )
    return _run(folder, terms, say, config, open_it)


def _keep_password(file: Path, say: Speech) -> int:
    from qiantai_tui.serving.password import VARIABLE, write_digest

    given = os.environ.pop(VARIABLE, "") or _typed(say)
    write_digest(file, given)
    click.echo(say(f"口令的摘要已写入 {file}。", f"The password's digest is in {file}."))
    return DONE


def _typed(say: Speech) -> str:
    if not sys.stdin.isatty():
        raise Stopped(
            REFUSED,
            say(
                "没有口令。可行:在终端里输入,或放进环境变量 QIANTAI_SERVE_PASSWORD",
                "there is no password. What would do: type it on a terminal, or put it into QIANTAI_SERVE_PASSWORD",
            ),
        )
    again = say("再输一遍", "Once more")
    said: str = click.prompt(say("口令", "Password"), hide_input=True, err=True, confirmation_prompt=again)
    return said


def _need_library(say: Speech) -> None:
    from importlib.util import find_spec

    if find_spec("textual_serve") is None:
        raise Stopped(
            REFUSED,
            say(
                "要用 Python 库 textual-serve。可行:pip install 'qiantai[desk,serve]'",
                "it needs the library textual-serve. What would do: pip install 'qiantai[desk,serve]'",
            ),
        )


def _run(folder: Path, terms: Terms, say: Speech, config: Path, open_it: bool) -> int:
    from qiantai_tui.serving import running
    from qiantai_tui.serving.names import is_loopback
    from qiantai_tui.serving.password import digest_of
    from qiantai_tui.serving.terms import desks_of, missing
    from qiantai_tui.sign_in.book import PinBook
    from qiantai_tui.sites.files import is_site
    from qiantai_tui.sites.site import NoSite, read_settings

    if not is_site(folder):
        raise NoSite(folder)
    settings = read_settings(folder)
    if not terms.password and not is_loopback(terms.address) and sys.stdin.isatty():
        terms = evolve(terms, password=digest_of(_typed(say)))
    lacking = missing(terms, settings, pins=not PinBook(folder).empty)
    if lacking is not None:
        raise Stopped(REFUSED, lacking[say.language])
    terms = evolve(terms, desks=desks_of(settings), idle=timedelta(minutes=settings.serve_idle))
    running.serve(folder.absolute(), terms, config, _notes(say), click.echo, open_it=open_it)
    return DONE


def _notes(say: Speech) -> Callable[[Bilingual], None]:
    from qiantai.desk import now

    def note(what: Bilingual) -> None:
        click.echo(f"{now():%m-%d %H:%M:%S} {what[say.language]}", err=True)

    return note
