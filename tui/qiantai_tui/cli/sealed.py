"""The passphrase and the key of a sealed file: from a file, or typed without an echo; never on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .completing import files
from .speech import Speech
from .stopped import USAGE, Stopped

if TYPE_CHECKING:
    from qiantai_tui.backups.sealing import Sealing


def phrase_option(say: Speech) -> click.Option:
    """`--passphrase-file`."""
    return click.Option(
        ["--passphrase-file"],
        metavar=say("文件", "FILE"),
        shell_complete=files,
        help=say("口令在这个文件的第一行;不给就在终端里问", "the passphrase is its first line; else it is asked for"),
    )


def key_option(say: Speech) -> click.Option:
    """`--key-file`."""
    return click.Option(
        ["--key-file"],
        metavar=say("文件", "FILE"),
        shell_complete=files,
        help=say("私钥文件,用于按公钥加密的备份", "the file of the secret key, for what was sealed for a key"),
    )


def sealing_by_phrase(phrase_file: str | None, say: Speech) -> Sealing:
    """What seals by a passphrase: of the file, or typed twice. Ends the run where there is none."""
    from qiantai_tui.backups.sealing import Sealing

    phrase = _first_line(phrase_file, say) if phrase_file else _typed(say, again=True)
    if not phrase:
        raise Stopped(USAGE, say("口令是空的", "the passphrase is empty"))
    return Sealing(phrase=phrase)


def opening(file: Path, phrase_file: str | None, key_file: str | None, say: Speech) -> Sealing:
    """What opens that file; a passphrase is asked for where it needs one and no file gives it."""
    from qiantai_tui.backups.reading import asks
    from qiantai_tui.backups.sealing import Sealing, asks_phrase

    keys = _text(key_file, say) if key_file else ""
    if phrase_file:
        return Sealing(phrase=_first_line(phrase_file, say), keys=keys)
    return Sealing(phrase=_typed(say, again=False) if asks_phrase(asks(file)) else "", keys=keys)


def _typed(say: Speech, again: bool) -> str:
    from .sitting import on_a_terminal

    if not on_a_terminal():
        return ""
    said: str = click.prompt(
        say("口令", "Passphrase"),
        hide_input=True,
        err=True,
        confirmation_prompt=say("再输一遍", "Once more") if again else False,
    )
    return said


def _first_line(file: str, say: Speech) -> str:
    return next(iter(_text(file, say).splitlines()), "")


def _text(file: str, say: Speech) -> str:
    try:
        return Path(file).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise Stopped(USAGE, say(f"{file} 打不开:{why}", f"{file} cannot be opened: {why}")) from error
