"""The page on the command line names what there is: commands, options, exit codes, keys of the JSON."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from qiantai_tui.cli import stopped
from qiantai_tui.cli.root import root
from qiantai_tui.cli.running import INTERRUPTED
from qiantai_tui.cli.speech import Speech
from qiantai_tui.sites.demo import make_demo
from tests.tui.command_line import answered

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
EVERYWHERE = {"--help", "-h", "--json", "--site", "--lang", "--version", "--pin-file"}


def commands(found: click.Command, path: str = "") -> dict[str, click.Command]:
    """Every command that can be given, by its words."""
    if not isinstance(found, click.Group):
        return {path: found}
    ctx = click.Context(found)
    every: dict[str, click.Command] = {}
    for name in found.list_commands(ctx):
        below = found.get_command(ctx, name)
        assert below is not None
        every |= commands(below, f"{path} {name}".strip())
    return every


COMMANDS = commands(root(Speech("en")))


@pytest.mark.parametrize("path", COMMANDS)
def test_every_command_and_option_is_on_the_page(path: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{path}"))
    options = {name for each in COMMANDS[path].params for name in each.opts if name.startswith("-")}
    assert options - EVERYWHERE == set(re.findall(r"(?<![a-z-])--?[a-z][a-z-]*", row.split("`")[1])), row


def test_no_command_is_on_the_page_that_is_not_there() -> None:
    rows = re.findall(r"^\| `([a-z-]+(?: [a-z]+)?)", PAGE, re.MULTILINE)
    named = [
        each for each in rows if each in COMMANDS or each.split(" ")[0] in {path.split(" ")[0] for path in COMMANDS}
    ]
    assert {each if each in COMMANDS else each.split(" ")[0] for each in named} == set(COMMANDS)


def test_every_exit_code_is_on_the_page() -> None:
    codes = [
        stopped.DONE,
        stopped.REFUSED,
        stopped.USAGE,
        stopped.NOT_FOUND,
        stopped.LOCKED,
        stopped.NOT_ALLOWED,
        INTERRUPTED,
    ]
    assert [int(each) for each in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)] == codes


def test_the_keys_of_the_json_are_on_the_page(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    listed = answered("case", "list", "--site", folder)
    shown = answered("case", "show", listed["cases"][0]["number"], "--site", folder)["case"]
    reason = answered("why", shown["number"], "--site", folder)["why"]
    differs = answered("what-if", "--policy", folder / "site.toml", "--site", folder)
    refused = answered("case", "do", shown["number"], "undo", "--by", "gu", "--site", folder, code=1)["refusal"]
    told = (reason, reason["duties"][0], reason["owner"]["owner"]["act"], differs, refused["order"][0])
    for keys in (listed["cases"][0], shown, shown["duties"][0], *told):
        assert " ".join(keys) in re.sub(r"\s+", " ", PAGE)
    for keys in (answered("verify", "--site", folder), ("case", "event", "what", "why", "where"), ("at", "digest")):
        assert " ".join(keys) in re.sub(r"\s+", " ", PAGE).replace("[]", "")
