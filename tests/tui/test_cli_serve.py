"""`qiantai serve` on the command line: what it refuses to serve, and how a password is kept."""

from __future__ import annotations

import importlib.util
import os
import socket
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qiantai_tui.serving import running
from qiantai_tui.serving.listening import bound_to
from qiantai_tui.serving.password import VARIABLE, digest_of, read_digest
from qiantai_tui.serving.terms import Terms
from qiantai_tui.sign_in.secrecy import fits
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.files import SiteError
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import given
from tests.tui.sites import a_site

GOOD = "four dry lamps agree"


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo")


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A site where people sign in, and somebody has a PIN."""
    site = a_site(tmp_path / "site")
    (site / "settings.toml").unlink()
    with open_site(site) as opened:
        opened.pins.choose(opened.desk.handbook.people["desk1"], "fox under stairs")
    return site


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Terms]:
    """The terms of what would be served."""
    found: list[Terms] = []

    def serve(site: Path, terms: Terms, *_: object, **__: object) -> None:
        assert site.is_absolute()
        found.append(terms)

    monkeypatch.setattr(running, "serve", serve)
    return found


def refused(*arguments: str | Path, code: int = 1) -> str:
    """What is said in Chinese; in English the same ends so too."""
    for language in ("en", "zh"):
        result = given("serve", *arguments, language=language)
        assert result.exit_code == code, result.output
        assert "可行" in result.stderr or "What would do" in result.stderr
    return result.stderr


def test_beyond_this_machine_everything_has_to_be_there(
    demo: Path, signed: Path, tmp_path: Path, begun: list[Terms], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = ("--listen", "0.0.0.0", "--name", "desk.example.cn")
    tls = ("--cert", tmp_path / "c.pem", "--key", tmp_path / "k.pem")
    assert "TLS" in refused("--site", signed, *out)
    assert "--password-file" in refused("--site", signed, *out, *tls)
    file = tmp_path / "password"
    monkeypatch.setenv(VARIABLE, GOOD)
    assert given("serve", "--new-password", file).exit_code == 0
    by_password = ("--password-file", file)
    assert "sign_in = true" in refused("--site", demo, *out, *tls, *by_password)
    assert "--name" in refused("--site", signed, "--listen", "0.0.0.0", *tls, *by_password)
    (signed / "sign_in.json").unlink()
    assert "qiantai pin set" in refused("--site", signed, *out, *tls, *by_password)
    assert begun == []


def test_with_everything_there_it_is_served(signed: Path, tmp_path: Path, begun: list[Terms]) -> None:
    file = tmp_path / "password"
    file.touch(0o600)
    file.write_text(digest_of(GOOD), encoding="utf-8")
    (signed / "settings.toml").write_text("serve_desks = 3\nserve_idle = 5\nstore = 'sqlite'\n", encoding="utf-8")
    tls = ("--cert", tmp_path / "c.pem", "--key", tmp_path / "k.pem")
    result = given("serve", "--site", signed, "--listen", "192.0.2.7", "--password-file", file, *tls)
    assert result.exit_code == 0, result.output
    (terms,) = begun
    assert (terms.address, terms.scheme, terms.desks) == ("192.0.2.7", "https", 3)
    assert terms.idle.total_seconds() == 300
    assert fits(GOOD, terms.password)


def test_for_this_machine_alone_nothing_is_needed(demo: Path, begun: list[Terms]) -> None:
    assert given("serve", "--site", demo).exit_code == 0
    (terms,) = begun
    assert (terms.address, terms.scheme, terms.desks, terms.password) == ("127.0.0.1", "http", 1, "")


def test_a_password_in_the_environment_is_taken_out_of_it(
    demo: Path, begun: list[Terms], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, GOOD)
    assert given("serve", "--site", demo).exit_code == 0
    assert VARIABLE not in os.environ
    assert fits(GOOD, begun[0].password)


def test_a_certificate_and_its_key_go_together(demo: Path) -> None:
    assert given("serve", "--site", demo, "--cert", "c.pem").exit_code == 2
    assert given("serve", "--site", demo, "--key", "k.pem").exit_code == 2


def test_a_certificate_that_is_none_is_told(demo: Path, tmp_path: Path) -> None:
    (tmp_path / "c.pem").write_text("no certificate", encoding="utf-8")
    assert "PEM" in refused("--site", demo, "--port", "0", "--cert", tmp_path / "c.pem", "--key", tmp_path / "c.pem")
    assert "PEM" in refused("--site", demo, "--port", "0", "--cert", tmp_path / "x.pem", "--key", tmp_path / "x.pem")


def test_a_port_that_is_taken_is_told(demo: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "--port" in refused("--site", demo, "--port", str(taken.getsockname()[1]))


@pytest.mark.parametrize("address", ["192.0.2.7", "desk..example"])
def test_an_address_that_is_not_this_machines_is_told(address: str) -> None:
    """By what would do: another port would not."""
    with pytest.raises(SiteError) as refused:
        bound_to(Terms(address=address, port=0))
    assert all("--listen" in each and address in each for each in (refused.value.why.zh, refused.value.why.en))
    assert "--port" not in refused.value.why.en


def test_where_there_is_no_site_none_is_served(tmp_path: Path) -> None:
    assert "不是一个小区" in refused("--site", tmp_path / "none", code=3)


def test_without_its_library_it_says_which(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there: Callable[..., Any] = importlib.util.find_spec
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "textual_serve" else there(name))
    assert "qiantai[desk,serve]" in refused("--site", demo)


def test_a_password_is_kept_as_its_digest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "password"
    assert "QIANTAI_SERVE_PASSWORD" in given("serve", "--new-password", file).stderr, "there is no terminal to ask on"
    monkeypatch.setenv(VARIABLE, "1234567890")
    assert "太弱" in given("serve", "--new-password", file).stderr
    assert not file.exists()
    monkeypatch.setenv(VARIABLE, GOOD)
    result = given("serve", "--new-password", file)
    assert result.exit_code == 0
    assert GOOD not in result.output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert fits(GOOD, read_digest(file))


def test_no_password_is_an_argument() -> None:
    from qiantai_tui.cli.serve import command
    from qiantai_tui.cli.speech import Speech

    named = {each.name for each in command(Speech("zh")).params if "password" in str(each.name)}
    assert named == {"password_file", "new_password"}, "both are files"
