"""The outlet of the command line: what goes through it are words, whatever was written."""

from __future__ import annotations

import io
import sys

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.plainly import UNSTILL
from qiantai_tui.cli.outlet import Outlet, outlets


@given(st.text(st.characters()))
def test_nothing_but_words_goes_through(text: str) -> None:
    stream = io.StringIO()
    Outlet(stream).write(text)
    written = stream.getvalue()
    assert not UNSTILL.search(written.replace("\n", "").replace("\t", ""))
    assert len(written) == len(text)
    assert [a for a, b in zip(text, written, strict=True) if a != b and not UNSTILL.match(a)] == []


def test_both_streams_go_through_and_are_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    before = sys.stdout, sys.stderr
    with outlets():
        print("漏水\x1b[2J", "二\t列")
        print("\u202e", file=sys.stderr)
        assert sys.stdout.isatty() is before[0].isatty()
    assert (sys.stdout, sys.stderr) == before
    assert capsys.readouterr() == ("漏水 [2J 二\t列\n", " \n")


def test_bytes_are_words_too(capsys: pytest.CaptureFixture[str]) -> None:
    with outlets():
        click.echo("plain,值班\x1b[2J\n".encode(), nl=False)
        click.echo("文字")
    assert capsys.readouterr().out == "plain,值班 [2J\n文字\n"


def test_there_is_no_way_around() -> None:
    with pytest.raises(AttributeError):
        Outlet(io.TextIOWrapper(io.BytesIO())).buffer.write(b"\x1b")
