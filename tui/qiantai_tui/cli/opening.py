"""The site that a command works on, and the desk on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from qiantai_tui.sites.files import VARIABLE, is_site, path_of, site_folder
from qiantai_tui.sites.site import NoSite, Site, open_site

from .answers import ending
from .speech import Speech
from .spoken import tell_failures
from .stopped import DONE, REFUSED, Stopped


def folder_of(ctx: click.Context, site: str | None) -> Path:
    """The folder that the command names, or `qiantai --site`, or the environment, or this person's own."""
    said = site or ctx.find_root().params.get("site")
    return path_of(said) if said else site_folder()


def config_of(config: str | None) -> Path:
    """The file of settings that the run names, or the environment, or this person's own."""
    from qiantai_tui.preferences import preferences_file

    return path_of(config) if config else preferences_file()


def opened(ctx: click.Context, site: str | None) -> Site:
    """The site of the command, open; plugins that failed are named on standard error. Raises what `open_site` does."""
    found = open_site(folder_of(ctx, site))
    say = Speech(getattr(ctx.command, "say", Speech("zh")).language)
    tell_failures(found.failures, say)
    return found


def desk(site: str | None, say: Speech, config: str | None = None) -> int:
    """Opens the desk; with no site yet, on its first-run screen. A site that cannot be opened ends the run."""
    folder = path_of(site) if site else site_folder()
    there = is_site(folder)
    try:
        if not there and (site or os.environ.get(VARIABLE)):
            raise NoSite(folder)
        return open_desk(folder if there else None, say, config)
    except Exception as error:
        stopped = ending(error, say)
        if stopped is None:
            raise
        raise stopped from error


def open_desk(folder: Path | None, say: Speech, config: str | None = None) -> int:
    """The desk on a terminal or in a served tab, with the settings of that file; elsewhere it says what it needs."""
    from qiantai_tui.terminal import prepare, served

    if not (on_a_terminal() or served()):
        raise Stopped(
            REFUSED,
            say(
                "前台要在终端里打开;要数据请用 qiantai case、qiantai register(看 qiantai --help)",
                "the desk needs a terminal; for data use qiantai case, qiantai register (see qiantai --help)",
            ),
        )
    prepare()
    from qiantai_tui.app import run_desk
    from qiantai_tui.preferences import take_preferences

    taken = take_preferences(config_of(config))
    language = say.language if say.asked else taken.preferences.language or say.language
    return run_desk(folder, language, taken) or DONE


def on_a_terminal() -> bool:
    """Whether a desk can be shown."""
    return sys.stdin.isatty() and sys.stdout.isatty()
