"""The check of terminal, site, data, calendar and plugins: what wants attention is named, and nothing is changed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from qiantai.plugins import Failure, Plugins, load_plugins
from qiantai.words import Bilingual
from qiantai_tui.doctor import sites
from qiantai_tui.doctor.asking import asking
from qiantai_tui.doctor.finding import Finding, State
from qiantai_tui.doctor.keys import KeysApp
from qiantai_tui.doctor.sites import about_site
from qiantai_tui.doctor.terminals import SIGNS, Ask, Terminal, about_terminal
from qiantai_tui.preferences import Preferences
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import make_site, open_site
from qiantai_tui.text.words import Language, speak
from tests.tui.command_line import answered, given
from tests.tui.screens_text import screen_text

XTERM = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
MARCH, OCTOBER = date(2026, 3, 1), date(2026, 10, 1)


def terminal(
    environment: Mapping[str, str] = XTERM,
    there: bool = True,
    size: tuple[int, int] = (120, 36),
    encoding: str = "utf-8",
    ask: Ask | None = lambda text: 2 if text in "前台：" else 1,
) -> dict[str, Finding]:
    """What is found of such a terminal, by the ids."""
    return {each.id: each for each in about_terminal(Terminal(environment, there, size, encoding), ask)}


def test_a_good_terminal_wants_nothing() -> None:
    found = terminal()
    assert {each.state for each in found.values()} == {State.FINE}
    assert str(len(SIGNS)) in found["widths"].said.zh


@pytest.mark.parametrize(
    ("changed", "id", "state", "said"),
    [
        ({"environment": {"TERM": "dumb"}}, "terminal", State.ATTENTION, "dumb"),
        ({"environment": {"TERM": "xterm", "TMUX": "/x"}}, "terminal", State.FINE, "tmux"),
        ({"environment": {"TERM": "xterm-256color"}}, "colours", State.FINE, "256"),
        ({"environment": {"TERM": "linux"}}, "colours", State.FINE, "16"),
        ({"environment": {**XTERM, "NO_COLOR": "1"}}, "colours", State.FINE, "NO_COLOR"),
        ({"size": (79, 24)}, "size", State.ATTENTION, "79x24"),
        ({"encoding": "gbk"}, "encoding", State.ATTENTION, "gbk"),
        ({"encoding": "UTF8"}, "encoding", State.FINE, "UTF8"),
        ({"ask": lambda _: 2}, "widths", State.ATTENTION, "●=2"),
        ({"ask": lambda _: None}, "widths", State.NOT_ASKED, "时限"),
        ({"ask": None}, "widths", State.NOT_ASKED, "没有办法"),
        ({"there": False}, "widths", State.NOT_ASKED, "不在终端里"),
        ({"there": False, "size": (10, 10)}, "size", State.NOT_ASKED, "不在终端里"),
    ],
)
def test_what_it_lacks_is_named(changed: dict[str, object], id: str, state: State, said: str) -> None:
    found = terminal(**changed)[id]  # type: ignore[arg-type]
    assert found.state is state
    assert said in found.said.zh
    assert bool(found.would_do.zh) == bool(found.would_do.en) == (state is State.ATTENTION)


pty = pytest.importorskip("pty", reason="no such terminal on this system")


def answering(master: int, column: int | None) -> threading.Thread:
    """A terminal at the other end that says so, or nothing, each time it is asked."""

    def answer() -> None:
        heard = b""
        while b"end" not in heard:
            heard += os.read(master, 1024)
            if b"\x1b[6n" in heard and column is not None:
                heard = heard.replace(b"\x1b[6n", b"", 1)
                os.write(master, b"\x1b[7;%dR" % column)

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    return thread


@pytest.mark.parametrize(("column", "moved", "seconds"), [(3, 2, 30.0), (12, 11, 30.0), (None, None, 0.05)])
def test_the_terminal_is_asked_and_left_as_it_was(column: int | None, moved: int | None, seconds: float) -> None:
    import termios

    master, slave = pty.openpty()
    before = termios.tcgetattr(slave)
    thread = answering(master, column)
    with asking(slave, slave, seconds) as ask:
        assert ask is not None
        assert [ask("前"), ask("●")] == [moved, moved]
    assert termios.tcgetattr(slave) == before
    os.write(slave, b"end")
    thread.join()
    os.close(master)
    os.close(slave)


def site_of(folder: Path, today: date = MARCH) -> dict[str, Finding]:
    """What is found of a site, by the ids."""
    return {each.id: each for each in about_site(folder, today)}


def every_byte(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {str(each): (each.read_bytes(), each.stat().st_mtime_ns) for each in folder.rglob("*") if each.is_file()}


def test_a_good_site_wants_nothing_and_is_left_as_it_is(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    before = every_byte(folder)
    found = site_of(folder)
    assert found.pop("backup").state is State.NOT_ASKED, "a demo needs none"
    assert {each.state for each in found.values()} == {State.FINE}, found
    assert set(found) == {"site", "folder", "disk", "holder", "store", "books", "calendar", "plugins"}
    assert "370" in found["store"].said.en
    assert every_byte(folder) == before


def test_no_site_is_no_fault(tmp_path: Path) -> None:
    found = site_of(tmp_path)
    assert found["site"].state is State.NOT_ASKED
    assert list(tmp_path.iterdir()) == []


def test_a_site_in_use_is_not_looked_into(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    with open_site(folder):
        found = site_of(folder)
    assert str(os.getpid()) in found["holder"].said.zh
    assert (found["holder"].state, found["store"].state) == (State.NOT_ASKED, State.NOT_ASKED)
    assert "{" not in found["holder"].said.zh


@pytest.mark.skipif(sys.platform == "win32", reason="nobody can tell there")
def test_the_note_of_a_process_that_is_gone_keeps_nobody_from_looking(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    open_site(folder).close()
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    note = {"pid": gone.pid, "host": socket.gethostname(), "since": "2026-11-23 09:00"}
    (folder / "lock.json").write_text(json.dumps(note), encoding="utf-8")
    assert site_of(folder)["store"].state is State.FINE
    (folder / "lock.json").write_text(json.dumps({**note, "host": "elsewhere"}), encoding="utf-8")
    assert site_of(folder)["store"].state is State.NOT_ASKED


def test_damage_is_named_in_the_folder_itself(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    hot = folder / "open.json"
    hot.write_bytes(hot.read_bytes()[:-20])
    before = every_byte(folder)
    found = site_of(folder)["store"]
    assert found.state is State.ATTENTION
    assert str(hot) in found.said.zh
    assert every_byte(folder) == before


def test_damage_in_the_archive_is_found_too(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo")
    [month, *_] = sorted((folder / "archive").glob("*.json"))
    text = month.read_bytes()
    at = text.index(b'"state": "closed"')
    month.write_bytes(text[:at] + text[at:].replace(b"closed", b"closeb", 1))
    assert site_of(folder)["store"].state is State.ATTENTION


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    (folder / "site.toml").write_text("name =", encoding="utf-8")
    (folder / "settings.toml").write_text("stoer = 1", encoding="utf-8")
    found = site_of(folder)
    assert found["site"].state is found["settings"].state is State.ATTENTION
    assert "site.toml" in found["site"].said.en
    assert "store" in found["settings"].said.en


@pytest.mark.skipif(sys.platform == "win32", reason="rights are otherwise there")
def test_a_folder_that_others_can_look_into_wants_attention(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    folder.chmod(0o755)
    assert site_of(folder)["folder"].would_do.zh == f"chmod 700 {folder}"


def test_a_full_disk_wants_attention(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sites, "LEAST_FREE", 1 << 80)
    assert site_of(make_site(tmp_path / "site"))["disk"].state is State.ATTENTION


def test_the_next_years_days_are_wanted_from_october_on(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site")
    assert site_of(folder, MARCH)["calendar"].state is State.FINE
    assert "2027" in site_of(folder, OCTOBER)["calendar"].said.zh
    assert site_of(folder, OCTOBER)["calendar"].state is State.ATTENTION
    notice = '[[year]]\nyear = 2027\nnotice = "2027"\noff."元旦" = [2027-01-01]\n'
    (folder / "calendar.toml").write_text(notice, encoding="utf-8")
    assert site_of(folder, OCTOBER)["calendar"].state is State.FINE


def test_plugins_that_failed_are_named_with_the_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    why = Bilingual("缺少 Python 库 printer", "the library printer is missing")
    none = Plugins(load_plugins().manager, (), (Failure("printer", why),))
    monkeypatch.setattr("qiantai_tui.doctor.sites.load_plugins", lambda _: none)
    found = site_of(make_site(tmp_path / "site"))["plugin.printer"]
    assert found.said == why
    assert "plugins_off" in found.would_do.en


def test_the_command_ends_with_1_where_attention_is_wanted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_site(tmp_path / "site")
    (folder / "calendar.toml").write_text("year = 3", encoding="utf-8")
    told = answered("doctor", "--site", folder, code=1)
    assert told["ok"] is False
    by_id = {each["id"]: each for each in told["findings"]}
    assert by_id["calendar"]["would_do"]["zh"]
    assert by_id["widths"]["state"] == "not_asked"
    assert by_id["config"]["state"] == "fine"
    for language, said in (("zh", "可行:"), ("en", "What would do: ")):
        result = given("doctor", "--site", folder, language=language)
        assert result.exit_code == 1
        assert said in result.stdout
    (folder / "calendar.toml").unlink()
    monkeypatch.setattr(sites, "NEXT_YEAR_FROM", 13)
    assert "还没有一份备份" in given("doctor", "--site", folder).stdout
    assert given("backup", "--site", folder).exit_code == 0
    assert "与数据在同一个盘上" in given("doctor", "--site", folder).stdout
    monkeypatch.setattr("qiantai_tui.doctor.backups.same_disk", lambda *_: False)
    assert given("doctor", "--site", folder).exit_code == 0
    assert answered("doctor", "--site", folder)["ok"] is True


def test_bad_settings_want_attention(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("theme = 3", encoding="utf-8")
    told = answered("--config", file, "doctor", "--site", make_site(tmp_path / "site"), code=1)
    [config] = [each for each in told["findings"] if each["id"] == "config"]
    assert f"{file}:1" in config["said"]["en"]


def test_keys_need_a_terminal() -> None:
    result = given("doctor", "--keys")
    assert result.exit_code == 1
    assert "终端" in result.stderr


@pytest.mark.parametrize(("language", "said"), [("zh", "登记"), ("en", "Take in")])
async def test_what_is_pressed_is_shown_with_what_it_does(language: Language, said: str) -> None:
    speak(language)
    app = KeysApp(Preferences(keys={"take_in": "f8", "jump": "f11"}))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f8", "ctrl+c", "ctrl+q", "漏", "escape", "left_square_bracket")
        await pilot.pause()
        lines = screen_text(app).splitlines()
        assert any(line.startswith("F8   f8 ") and said in line for line in lines), lines
        assert any(line.startswith("[") for line in lines)
        assert app.heard == ["f8", "ctrl+c", "ctrl+q", "漏", "escape", "left_square_bracket"]
        await pilot.press(*["x"] * 40, "escape", "escape")
        await pilot.pause()
    assert app.return_code == 0
    assert app.return_value == 0
