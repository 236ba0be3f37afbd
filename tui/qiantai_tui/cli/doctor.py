"""`qiantai doctor`: whether the terminal, the site and its data are as they should be, and what would do."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from .speech import Speech
from .spoken import Spoken, json_option, site_option
from .stopped import DONE, REFUSED, Stopped

if TYPE_CHECKING:
    from qiantai_tui.doctor.finding import Finding
    from qiantai_tui.preferences import Taken


def command(say: Speech) -> click.Command:
    """JSON: `ok` and `findings`, each with `id`, `state` (`fine`, `attention`, `not_asked`), `said` and `would_do`."""
    return Spoken(
        say,
        "doctor",
        help=say(
            "查看终端、小区、数据、日历、插件和设置;什么都不改。有要处理的以 1 结束。",
            "Looks at the terminal, the site, its data, the calendar, the plugins and the settings, and changes "
            "nothing. Ends with 1 where something wants attention.",
        ),
        params=[
            click.Option(["--keys"], is_flag=True, help=say("按键看看到达的是什么", "press keys and see what arrives")),
            site_option(say),
            json_option(say),
        ],
        callback=_doctor,
    )


@click.pass_context
def _doctor(ctx: click.Context, keys: bool, site: str | None, as_json: bool) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if keys:
        return _keys(ctx, say)
    from qiantai_tui.doctor.finding import State

    findings = tuple(_findings(ctx, site))
    well = all(each.state is not State.ATTENTION for each in findings)
    if as_json:
        from .answers import write_json

        told = [{"id": f.id, "state": str(f.state), "said": f.said, "would_do": f.would_do} for f in findings]
        write_json({"ok": well, "findings": told})
    else:
        _write(findings, say)
    return DONE if well else REFUSED


def _findings(ctx: click.Context, site: str | None) -> Iterator[Finding]:
    from qiantai.desk import now
    from qiantai_tui.doctor.asking import asking
    from qiantai_tui.doctor.sites import about_site
    from qiantai_tui.doctor.terminals import Terminal, about_terminal
    from qiantai_tui.preferences import take_preferences

    from .opening import config_of, folder_of, on_a_terminal

    there = on_a_terminal()
    size = shutil.get_terminal_size()
    terminal = Terminal(os.environ, there, (size.columns, size.lines), sys.stdout.encoding or "")
    with asking(sys.stdin.fileno(), sys.stdout.fileno()) if there else nullcontext() as ask:
        yield from tuple(about_terminal(terminal, ask))
    yield _settings(take_preferences(config_of(ctx.find_root().params.get("config"))))
    yield from about_site(folder_of(ctx, site), now().date())


def _settings(taken: Taken) -> Finding:
    from qiantai.words import Bilingual
    from qiantai_tui.doctor.finding import attention, fine

    about, file = Bilingual("本人设置", "Your settings"), str(taken.file)
    if taken.wrong is None:
        return fine("config", about, Bilingual(file, file))
    would_do = Bilingual("照所说的改好;现在全按默认", "mend it as it says; for now the defaults hold")
    return attention("config", about, taken.wrong.why, would_do)


def _write(findings: tuple[Finding, ...], say: Speech) -> None:
    from rich.cells import cell_len

    from qiantai.plainly import still
    from qiantai_tui.doctor.finding import SIGNS

    width = max(cell_len(each.about[say.language]) for each in findings)
    for each in findings:
        about = each.about[say.language]
        first, *others = (still(line) for line in each.said[say.language].split("\n"))
        click.echo(f"{SIGNS[each.state]} {about}{' ' * (width - cell_len(about))}  {first}")
        if each.would_do.zh:
            others.append(say("可行:", "What would do: ") + each.would_do[say.language])
        for line in others:
            click.echo(" " * (width + 4) + line)


def _keys(ctx: click.Context, say: Speech) -> int:
    from .opening import config_of, on_a_terminal

    if not on_a_terminal():
        raise Stopped(REFUSED, say("按键要在终端里试", "keys can be tried on a terminal only"))
    from qiantai_tui.terminal import prepare

    prepare()
    from qiantai_tui.doctor.keys import KeysApp
    from qiantai_tui.preferences import take_preferences
    from qiantai_tui.text.words import speak

    speak(say.language)
    return KeysApp(take_preferences(config_of(ctx.find_root().params.get("config"))).preferences).run() or DONE
