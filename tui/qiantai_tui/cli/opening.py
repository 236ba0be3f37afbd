"""The site that a command works on, and the desk on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from qiantai_tui.site import NoSite, Site, open_site
from qiantai_tui.sitefiles import VARIABLE, is_site, site_folder

from .speech import Speech
from .spoken import DONE


def folder_of(ctx: click.Context, site: str | None) -> Path:
    """The folder that the command names, or `qiantai --site`, or the environment, or this person's own."""
    said = site or ctx.find_root().params.get("site")
    return Path(said).expanduser() if said else site_folder()


def opened(ctx: click.Context, site: str | None) -> Site:
    """The site of the command, open; plugins that failed are named on standard error. Raises what `open_site` does."""
    found = open_site(folder_of(ctx, site))
    say = Speech(getattr(ctx.command, "say", Speech("zh")).language)
    for each in found.failures:
        click.echo(say(f"插件 {each.name}:", f"plugin {each.name}: ") + each.why[say.language], err=True)
    return found


def desk(site: str | None, say: Speech) -> int:
    """Opens the desk; with no site yet, on its first-run screen. Raises `NoSite` where one was named that is none."""
    folder = Path(site).expanduser() if site else site_folder()
    named = bool(site or os.environ.get(VARIABLE))
    if not is_site(folder) and named:
        from .answers import ending

        error = NoSite(folder)
        raise ending(error, say) or error
    return open_desk(folder if is_site(folder) else None, say)


def open_desk(folder: Path | None, say: Speech) -> int:
    """The desk on a terminal; elsewhere it says that it needs one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from .spoken import REFUSED, Stopped

        raise Stopped(
            REFUSED,
            say(
                "前台要在终端里打开;要数据请用 qiantai case、qiantai register(看 qiantai --help)",
                "the desk needs a terminal; for data use qiantai case, qiantai register (see qiantai --help)",
            ),
        )
    from qiantai_tui.terminal import prepare

    prepare()
    from qiantai_tui.app import run_desk

    code: int = run_desk(folder, say.language)
    return code or DONE
