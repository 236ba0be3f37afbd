"""`qiantai config`: where this person's settings lie, which of them hold, and what is wrong in the file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import click

from .answers import write_json, write_table
from .speech import LOCALE, Speech
from .speech import VARIABLE as SPOKEN
from .spoken import Spoken, SpokenGroup, json_option
from .stopped import DONE, USAGE

if TYPE_CHECKING:
    from qiantai_tui.actions import Action
    from qiantai_tui.preferences import Taken

_LINES = {
    "path": ("设置文件在哪里", "where the file lies"),
    "show": ("现在起作用的设置,各从哪里来", "the settings that hold, and where each comes from"),
    "check": ("设置文件写得对不对", "what is wrong in the file"),
}
_DEFAULT = "default"


class Setting(NamedTuple):
    """A setting as it holds: its value, and where it comes from: an option, a variable, a file, or the default."""

    name: str
    value: str
    source: str


def command(say: Speech) -> click.Command:
    """The group; each of its commands answers with JSON where `--json` asks for it."""
    callbacks = {"path": _path, "show": _show, "check": _check}

    def load(name: str) -> click.Command:
        sentence = say(f"{_LINES[name][0]}。", f"{_LINES[name][1].capitalize()}.")
        return Spoken(say, name, help=sentence, params=[json_option(say)], callback=callbacks[name])

    return SpokenGroup(
        say, "config", _LINES, load, help=say("本人在这台电脑上的设置。", "Your settings at this machine.")
    )


def _taken(ctx: click.Context) -> Taken:
    from qiantai_tui.preferences import take_preferences

    from .opening import config_of

    return take_preferences(config_of(ctx.find_root().params.get("config")))


@click.pass_context
def _path(ctx: click.Context, as_json: bool) -> int:
    from qiantai_tui.sites.files import is_file

    from .opening import config_of

    file = config_of(ctx.find_root().params.get("config"))
    if as_json:
        write_json({"file": str(file), "there": is_file(file)})
    else:
        click.echo(str(file))
    return DONE


@click.pass_context
def _show(ctx: click.Context, as_json: bool) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    taken = _taken(ctx)
    settings = tuple(_settings(ctx, taken))
    from qiantai_tui.actions import shown_keys
    from qiantai_tui.actions.everything import all_actions
    from qiantai_tui.sites.files import is_file

    actions = sorted(all_actions(), key=lambda each: each.id)
    keys = {each.id: shown_keys(taken.preferences.keys.get(each.id, each.key)) for each in actions}
    if as_json:
        told = [
            {"id": each.id, "label": each.label, "keys": keys[each.id], "from": _source(each, taken)}
            for each in actions
        ]
        where = {"file": str(taken.file), "there": bool(taken.file and is_file(taken.file))}
        write_json({**where, "settings": [each._asdict() for each in settings], "keys": told})
    else:
        headings = say("设置 值 来自", "setting value from").split(" ")
        rows = [(f"keys.{each.id}", " ".join(keys[each.id]), _source(each, taken)) for each in actions]
        write_table([*headings, say("功能", "action")], [
            *((*each, "") for each in settings),
            *((*row, each.label[say.language]) for row, each in zip(rows, actions, strict=True)),
        ])  # fmt: skip
    return _ended(taken, say)


def _settings(ctx: click.Context, taken: Taken) -> Iterator[Setting]:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    root, wanted = ctx.find_root().params, taken.preferences
    if say.asked:
        yield Setting("language", say.language, "--lang" if root.get("lang") else SPOKEN)
    elif wanted.language:
        yield Setting("language", wanted.language, str(taken.file))
    else:
        spoken = next((each for each in LOCALE if os.environ.get(each)), "")
        yield Setting("language", say.language, spoken if say.language == "en" else _DEFAULT)
    yield Setting("theme", wanted.theme or "dark", str(taken.file) if wanted.theme else _DEFAULT)
    from qiantai_tui.sites.files import SETTINGS, VARIABLE, is_site
    from qiantai_tui.sites.site import read_settings

    from .opening import folder_of

    folder = folder_of(ctx, None)
    source = "--site" if root.get("site") else VARIABLE if os.environ.get(VARIABLE) else _DEFAULT
    yield Setting("site", str(folder), source)
    kept = read_settings(folder) if is_site(folder) else None
    file = str(folder / SETTINGS)
    yield Setting("store", kept.store if kept and kept.store else "tinydb", file if kept and kept.store else _DEFAULT)
    if kept and kept.plugins_off:
        yield Setting("plugins_off", " ".join(kept.plugins_off), file)


def _source(action: Action, taken: Taken) -> str:
    return str(taken.file) if action.id in taken.preferences.keys else _DEFAULT


@click.pass_context
def _check(ctx: click.Context, as_json: bool) -> int:
    from qiantai_tui.sites.files import is_file

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    taken = _taken(ctx)
    there = bool(taken.file and is_file(taken.file))
    if as_json:
        findings = taken.wrong.findings if taken.wrong else ()
        told = [
            {"line": line, "table": each.table, "key": each.key, "wrong": each.wrong, "would_do": each.would_do}
            for line, each in findings
        ]
        write_json({"ok": not findings, "file": str(taken.file), "there": there, "mistakes": told})
        return USAGE if findings else DONE
    if taken.wrong is None:
        well = say("没有错误", "nothing is wrong in it")
        click.echo(
            f"{taken.file}: {well if there else say('没有这个文件,全按默认', 'no such file; the defaults hold')}"
        )
    return _ended(taken, say)


def _ended(taken: Taken, say: Speech) -> int:
    """Names the mistakes of a file that was not taken, on standard error."""
    if taken.wrong is None:
        return DONE
    click.echo(taken.wrong.why[say.language], err=True)
    click.echo(say("没有采用其中任何一项。", "Nothing of it was taken."), err=True)
    return USAGE
