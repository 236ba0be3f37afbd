"""`qiantai rehearsal check`: everything that is wrong with rehearsals, with its line and what would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from .completing import files
from .speech import Speech
from .spoken import Spoken, json_option, tell_failures
from .stopped import DONE, REFUSED, USAGE

if TYPE_CHECKING:
    from qiantai_scenarios.making.checking import Checked, Finding


def command(say: Speech) -> click.Command:
    """Exit code 0: all may be played as they are; 1: one can be read and something of it is to be mended; 2: one cannot
    be read as a rehearsal.

    JSON: `ok`, `files[]`: `file ok points given findings`; `findings[]`: `line column table number key wrong wrong_en
    would_do would_do_en grave`.
    """
    return Spoken(
        say,
        "check",
        help=say(
            "核对演练:一次说出全部毛病,第几行、怎样可行;示范是不是 100 分,有没有白给的分,什么都不做是不是不合格。",
            "Check rehearsals: everything that is wrong at once, on which line and what would do; whether the model "
            "scores 100, anything is earned for nothing, and who does nothing fails.",
        ),
        epilog=say(
            "退出码:0 都可以 1 有要改的 2 有读不懂的",
            "Exit codes: 0 all will do, 1 something is to be mended, 2 one cannot be read",
        ),
        params=[
            click.Argument(["paths"], nargs=-1, required=True, metavar=say("文件…", "FILE..."), shell_complete=files),
            json_option(say),
        ],
        callback=_check,
    )


@click.pass_context
def _check(ctx: click.Context, paths: tuple[str, ...], as_json: bool) -> int:
    from qiantai.plugins import load_plugins

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    plugins = load_plugins()
    kinds, failed = plugins.kinds()
    tell_failures((*plugins.failures, *failed), say)
    found = [(path, _looked_at(path, kinds)) for path in paths]
    if as_json:
        from .answers import write_json

        write_json({"ok": all(each.ok for _, each in found), "files": [_shown(path, each) for path, each in found]})
    else:
        for path, each in found:
            _tell(path, each, say)
    if not all(each.readable for _, each in found):
        return USAGE
    return DONE if all(each.ok for _, each in found) else REFUSED


def _looked_at(path: str, kinds: Any) -> Checked:
    from qiantai.mistakes import Mistake
    from qiantai_scenarios.making.checking import Checked, Finding, checked
    from qiantai_tui.sites.files import SiteError, path_of
    from qiantai_tui.writing.shelf import read

    try:
        return checked(read(path_of(path)).text, path, kinds)
    except SiteError as error:
        return Checked((Finding(0, 0, Mistake("", 0, "", error.why)),))


def _tell(path: str, found: Checked, say: Speech) -> None:
    from qiantai.plainly import still

    head = say("读不懂", "cannot be read")
    if found.points is not None:
        head = say(f"示范 {found.points} 分", f"the model scores {found.points}")
    click.echo(still(f"{'✓' if found.ok else '✗'} {path}  {head}"))
    for each in found.findings:
        sign = "✗" if each.grave else "!"
        said = each.sentence if each.line else each.mistake.sentence
        click.echo(f"  {sign} {said[say.language]}")


def _shown(path: str, found: Checked) -> dict[str, Any]:
    findings = [_finding(each) for each in found.findings]
    return {"file": path, "ok": found.ok, "points": found.points, "given": found.given, "findings": findings}


def _finding(of: Finding) -> dict[str, Any]:
    said = of.mistake
    return {
        "line": of.line,
        "column": of.column,
        "table": said.table,
        "number": said.number,
        "key": said.key,
        "wrong": said.wrong.zh,
        "wrong_en": said.wrong.en,
        "would_do": said.would_do.zh,
        "would_do_en": said.would_do.en,
        "grave": of.grave,
    }
