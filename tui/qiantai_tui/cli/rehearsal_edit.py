"""`qiantai rehearsal edit`: a rehearsal made on the screen."""

from __future__ import annotations

from pathlib import Path

import click

from .completing import files
from .opening import config_of, folder_of, on_a_terminal
from .sitting import by_options
from .speech import Speech
from .spoken import Spoken, site_option
from .stopped import REFUSED, Stopped


def command(say: Speech) -> click.Command:
    """Nothing of the site's cases is opened. One that comes along, or cannot be written, is copied into the site's
    folder first; a name that is not there yet is begun with `rehearsal new`.
    """
    return Spoken(
        say,
        "edit",
        help=say(
            "在屏幕上做演练:一行一件,用表单改;随时说哪里不对、怎样可行,示范怎么演;马上试练。不用会编程。",
            "Make a rehearsal on the screen: a row for each thing, changed by forms; what is wrong, what would do and "
            "how the model plays stand beside it; tried at once. No programming.",
        ),
        params=[
            click.Argument(["name"], required=True, metavar=say("名称|文件", "NAME|FILE"), shell_complete=files),
            *by_options(say),
            site_option(say),
        ],
        callback=_edit,
    )


@click.pass_context
def _edit(ctx: click.Context, name: str, by: str | None, site: str | None) -> int:
    from qiantai_tui.sites.files import path_of
    from qiantai_tui.writing.opening import to_edit, writable
    from qiantai_tui.writing.shelf import read

    from .rehearsal_new import inside, trainer
    from .rehearse import kinds_of

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    folder, given = folder_of(ctx, site), path_of(name)
    if not Path(name).suffix or inside(folder, given):
        trainer(ctx, by, site, say)
    if not on_a_terminal():
        raise Stopped(REFUSED, say("要在终端里改", "this needs a terminal"))
    if Path(name).suffix:
        read(given)
        file, said = writable(folder, given)
    else:
        file, said = to_edit(folder, name)
    from qiantai_tui.terminal import prepare

    prepare()
    from qiantai_tui.preferences import take_preferences
    from qiantai_tui.writing.app import write

    taken = take_preferences(config_of(ctx.find_root().params.get("config")))
    language = say.language if say.asked else taken.preferences.language or say.language
    return write(file, kinds_of(say), language=language, taken=taken, said=said)
