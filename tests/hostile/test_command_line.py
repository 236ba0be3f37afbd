"""Whatever stands on the command line, in the environment or in a resident's words: no traceback, no escape."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai.plainly import UNSTILL
from qiantai_tui.__main__ import main
from qiantai_tui.sites.demo import make_demo
from tests.tui.hostile import hostile

OSC_52 = "\x1b]52;c;cm0gLXJmIC8=\x07"
BIDI = "\u202egnp.exe\u202c"
ARGUMENTS = (OSC_52, BIDI, "\udcff", "~nosuch/x", "a\0b", "/" + "a" * 5000, "9" * 5000, "²", "-", "", "一\n二\u2028三")
ENVIRONMENT = (OSC_52, "\udcff", "~nosuch/x", "/" + "a" * 5000)
AS_ASKED = re.compile(r"[\n\t]")

Captured = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("estate") / "demo")


@pytest.fixture(autouse=True)
def _no_report(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is raised, in place of the report that it would end in."""

    def raised(error: Exception, _: str) -> int:
        raise error

    monkeypatch.setattr("qiantai_tui.__main__._ended", raised)


def run(capsys: Captured, *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    for each in (out, err):
        assert not UNSTILL.search(AS_ASKED.sub("", each)), "nothing that a terminal takes for anything but words"
        each.encode()
    return code, out, err


def every_place(text: str, site: str) -> Iterator[tuple[str, ...]]:
    """Everywhere that a text can stand on the command line without anything being written outside the site."""
    yield (text or "x",)
    yield ("--lang", text, "clauses")
    yield ("--site", text, "case", "list")
    yield ("--config", text, "config", "check")
    yield ("--config", text, "config", "path", "--json")
    yield "case", text
    yield "clauses", text
    yield "replay", text
    yield "rehearse", text
    yield "rehearse", "a-dog-at-midnight", "--run", text
    yield "why", text, "--site", site
    yield "import", "households", text, "--site", site
    yield "verify", "--anchor", text, "--site", site
    yield "what-if", "--policy", text, "--site", site
    yield "case", "show", text, "--site", site
    yield "case", "list", "--by", text, "--site", site
    yield "case", "do", text, "note", "--by", "li", "--site", site
    yield "case", "do", "BX-20260101-001", text, "--by", "li", "--site", site
    yield "register", "--from", text, "--site", site
    yield "serve", "--listen", text, "--site", site
    yield "serve", "--password-file", text, "--site", site
    yield "serve", "--cert", text, "--key", text, "--site", site
    yield "erase", text, "name", "--reason", text, "--by", text, "--site", site
    yield "case", "receive", "--by", "li", text, "--site", site
    for name in ("kind", "summary", "household", "phone", "joint", "found_at", "emergency", "channel", text):
        yield "case", "receive", "--by", "li", "kind=complaint", f"{name}={text}", "--site", site
        yield "case", "receive", "--by", "li", "kind=complaint", f"{name}={text}", "--site", site, "--json"


@pytest.mark.parametrize("text", ARGUMENTS, ids=lambda text: ascii(text)[:20])
def test_every_argument_is_answered(text: str, demo: Path, capsys: Captured) -> None:
    for arguments in every_place(text, str(demo)):
        code, out, err = run(capsys, *arguments)
        assert code in range(6)
        assert code == 0 or err or out
        assert len(err) < 40_000


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile, place=st.integers(0, 33))
def test_any_argument_is_answered(text: str, place: int, demo: Path, capsys: Captured) -> None:
    places = list(every_place(text, str(demo)))
    assert run(capsys, *places[place % len(places)])[0] in range(6)


@pytest.mark.parametrize("text", ENVIRONMENT, ids=lambda text: ascii(text)[:20])
@pytest.mark.parametrize("variable", ["QIANTAI_SITE", "QIANTAI_LANG", "QIANTAI_CONFIG", "LANG"])
def test_the_environment_is_answered(
    variable: str, text: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setitem(os.environ, variable, text)
    for arguments in (("config", "show"), ("case", "list", "--json"), ("case", "list")):
        assert run(capsys, *arguments)[0] in range(6)


@pytest.mark.parametrize("text", [OSC_52, BIDI, "\x1b[2J", "\ud800", "两行\n三行\u2028四"], ids=ascii)
def test_a_residents_words_are_read_back_as_they_were_and_shown_still(
    text: str, tmp_path: Path, capsys: Captured
) -> None:
    site = str(make_demo(tmp_path / "demo"))
    given = ("kind=complaint", "channel=phone", f"summary={text}", f"name={text}", f"demand={text}")
    code, out, _ = run(capsys, "case", "receive", "--by", "li", "--site", site, *given, "--json")
    number = json.loads(out)["case"]["number"]
    code, out, _ = run(capsys, "case", "show", number, "--site", site, "--json")
    assert (code, json.loads(out)["case"]["facts"]["summary"]) == (0, text)
    for arguments in (
        ("case", "show", number), ("case", "list"), ("case", "list", "--json"), ("register",), ("register", "--json"),
        ("why", number), ("why", number, "--json"), ("case", "do", number, "note", f"text={text}", "--by", "li"),
    ):  # fmt: skip
        assert run(capsys, *arguments, "--site", site)[0] in range(6)


def test_no_file_name_or_key_is_an_escape(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "a\x1b[2J\u202e.toml"
    file.write_text('"\\u001b]52;c;x\\u0007\\u202e\\n✓ all held" = 1', encoding="utf-8")
    for arguments in (
        ("replay", str(file)),
        ("replay", str(file), "--json"),
        ("--config", str(file), "config", "check"),
    ):
        code, out, err = run(capsys, *arguments)
        assert (code, "52;c;x" in out + err) == (2, True)
        assert not any(line.startswith("✓") for line in (out + err).splitlines())
