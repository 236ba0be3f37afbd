"""The command line as a whole: help and version in no time, both languages, exit codes, no traceback."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import qiantai
from qiantai_tui.__main__ import main
from qiantai_tui.cli.root import COMMANDS
from qiantai_tui.cli.speech import chosen_speech
from qiantai_tui.preferences import Preferences, Taken
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given

HEAVY = {"attrs", "openpyxl", "platformdirs", "pypinyin", "qiantai", "qiantai_scenarios", "rich", "textual", "tinydb"}
CHINESE = re.compile("[\u4e00-\u9fff]")
HELPS = """
case|case list|case show|case receive|case do|why|what-if|register|import|import households|clauses|replay|demo|doctor
completion|config|config path|config show|config check|erase|resident copy
"""
PATHS = [[], *(each.split() for line in HELPS.split("\n") if line for each in line.split("|"))]


def process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The program in a process of its own."""
    command = [sys.executable, "-m", "qiantai_tui", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment}, timeout=60)


def loaded_by(*arguments: str) -> set[str]:
    """The top-level modules that a run with these arguments loads."""
    code = (
        "import sys; from qiantai_tui.__main__ import main\n"
        f"code = main({list(arguments)!r}); print('|', *sys.modules); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    return {each.partition(".")[0] for each in done.stdout.rpartition("|")[2].split()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["--lang", "en", "--version"],
        ["demo", "--help"],
        ["replay", "--help"],
        ["case", "--help"],
    ],
)
def test_version_and_help_load_nothing(arguments: list[str]) -> None:
    assert loaded_by(*arguments) & HEAVY == set()


def test_something_loaded_is_seen() -> None:
    assert {"qiantai", "rich"} <= loaded_by("clauses")
    assert "textual" not in loaded_by("clauses")


def test_cases_are_listed_without_the_screens(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", "demo")
    loaded = loaded_by("--site", str(folder), "case", "list")
    assert {"tinydb", "qiantai"} <= loaded
    assert loaded & {"textual", "openpyxl", "pypinyin", "qiantai_roll", "qiantai_scenarios"} == set()


def test_the_version_is_the_kernels() -> None:
    done = process("--version")
    assert (done.returncode, done.stdout.decode().strip()) == (0, f"qiantai {qiantai.__version__}")
    assert given("--version").output.strip() == f"qiantai {qiantai.__version__}"


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(path) or "qiantai")
def test_every_help_is_in_one_language(path: list[str]) -> None:
    chinese, english = given(*path, "--help"), given(*path, "--help", language="en")
    assert chinese.exit_code == english.exit_code == 0
    assert chinese.output.startswith("用法: ")
    assert english.output.startswith("Usage: ")
    assert "显示帮助" in chinese.output
    assert not CHINESE.search(english.output), english.output
    for name in (
        "Options",
        "Commands",
        "Usage",
        "Show this",
        "COMMAND",
        "ARGS",
        "required",
        " FOLDER",
        " FILE",
        " TEXT",
    ):
        assert name not in chinese.output
    options = set(re.findall(r"--[a-z-]+", chinese.output))
    assert options == set(re.findall(r"--[a-z-]+", english.output))


def test_every_command_is_in_the_help() -> None:
    lines = given("--help").output.splitlines()
    assert all(any(line.strip().startswith(f"{name} ") for line in lines) for name in COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "en_US.UTF-8"}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "en_US.UTF-8", "QIANTAI_LANG": "zh"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "en_GB"}, "en"),
        (["--lang", "zh", "case"], {"LANG": "en_US"}, "zh"),
        (["--lang=en", "case"], {}, "en"),
        (["--site", "/x", "--lang", "en"], {}, "en"),
        (["--config", "/x", "--lang", "en"], {}, "en"),
        (["case", "--lang", "en"], {}, "zh"),
        (["--lang"], {}, "zh"),
    ],
)
def test_the_language_is_chosen(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert chosen_speech(arguments, environment).language == language


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cases"], "有:case、clauses"),
        (["xyz"], "有:demo、case"),
        (["case"], "要给出命令:list、show、receive、do"),
        (["case", "lst"], "有:list"),
        (["case", "show"], "缺少 单号"),
        (["case", "show", "X", "Y"], "写法不对"),
        (["register", "--form", "x"], "没有选项 --form"),
        (["register", "--from"], "--from"),
        (["--lang", "fr"], "没有语言 fr"),
        (["replay"], "--all"),
        (["case", "do", "X", "note"], "缺少 --by"),
    ],
)
def test_what_cannot_be_taken_ends_with_2(arguments: list[str], said: str) -> None:
    result = given(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
    assert "Error" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["case", "show"], "单号"),
        (["case", "frob"], "frob"),
        (["replay"], "--all"),
        (["what-if"], "--policy"),
        (["incident", "open", "summary=停电"], "--by"),
        (["schema"], "--json"),
    ],
)
def test_what_cannot_be_taken_is_json_too_where_that_is_asked(arguments: list[str], said: str) -> None:
    answer = answered(*arguments, code=2)
    assert (answer["ok"], answer["error"]["exit"]) == (False, 2)
    assert said in answer["error"]["why"]
    assert answer["error"]["why"] in given(*arguments, "--json").stderr


def test_a_site_that_is_not_there_ends_with_3(tmp_path: Path) -> None:
    for arguments in (["case", "list"], ["register"], []):
        result = given("--site", tmp_path / "none", *arguments)
        assert result.exit_code == 3
        assert "qiantai demo" in result.stderr
    assert answered("case", "list", "--site", tmp_path / "none", code=3)["error"]["exit"] == 3


def test_the_desk_needs_a_terminal(tmp_path: Path) -> None:
    result = given("demo", "--store-in", tmp_path / "demo")
    assert result.exit_code == 1
    assert "终端" in result.stderr


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal that a desk can be shown on; what was done to it."""
    prepared: list[str] = []
    monkeypatch.setattr("qiantai_tui.cli.opening.on_a_terminal", lambda: True)
    monkeypatch.setattr("qiantai_tui.terminal.prepare", lambda: prepared.append("prepared"))
    return prepared


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_a_desk_on_a_site_in_use_says_who_has_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    folder = make_demo(tmp_path / "demo")
    monkeypatch.setattr("qiantai_tui.sites.demo.demo_folder", lambda: folder)
    with open_site(folder):
        result = given("--site", folder, *arguments)
    assert result.exit_code == 4
    assert str(folder) in result.stderr


def test_the_desk_opens_on_the_site_or_on_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, terminal: list[str]
) -> None:
    opened: list[tuple[Path | None, str]] = []
    told: list[object] = []
    config = tmp_path / "config.toml"
    monkeypatch.setattr("qiantai_tui.sites.files.home", lambda: tmp_path)

    def run_desk(folder: Path | None, language: str, taken: Taken) -> None:
        opened.append((folder, language))
        told.append(taken.wrong)

    monkeypatch.setattr("qiantai_tui.app.run_desk", run_desk)
    assert given().exit_code == 0
    make_site(tmp_path / "site")
    assert given(language="en").exit_code == 0
    assert given("demo").exit_code == 0
    config.write_text('language = "en"', encoding="utf-8")
    assert given("--config", config).exit_code == 0
    assert opened == [(None, "zh"), (tmp_path / "site", "en"), (tmp_path / "demo", "zh"), (tmp_path / "site", "en")]
    assert len(terminal) == 4
    assert told == [None] * 4


@pytest.mark.usefixtures("terminal")
def test_bad_settings_keep_nobody_from_the_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Taken] = []
    monkeypatch.setenv("QIANTAI_CONFIG", str(tmp_path / "config.toml"))
    monkeypatch.setattr("qiantai_tui.app.run_desk", lambda *given: told.append(given[-1]))
    (tmp_path / "config.toml").write_text('language = "en"\ntheme = "lihgt"\n', encoding="utf-8")
    assert given("--site", make_site(tmp_path / "site")).exit_code == 0
    assert told[0].preferences == Preferences()
    assert told[0].wrong is not None
    assert [each.line for each in told[0].wrong.findings] == [2]


def test_a_bad_site_ends_with_2_and_all_its_mistakes(tmp_path: Path) -> None:
    (tmp_path / "site.toml").write_text('[[staff]]\nid = "a"\nroles = ["x"]\n', encoding="utf-8")
    result = given("--site", tmp_path, "case", "list")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) >= 3


def test_an_error_that_nobody_foresaw_leaves_a_report_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("王女士 13800001234")

    monkeypatch.setattr("qiantai_tui.sites.files.home", lambda: tmp_path)
    monkeypatch.setattr("qiantai_scenarios.report.replay", broken)
    assert main(["replay", "x.toml"]) == 1
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    assert "13800001234" not in said.err
    reports = list((tmp_path / "reports").iterdir())
    assert [str(each) in said.err for each in reports] == [True]
    assert "ZeroDivisionError" in reports[0].read_text(encoding="utf-8")
    assert "13800001234" not in reports[0].read_text(encoding="utf-8")


def test_an_interruption_is_quiet(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("qiantai_scenarios.report.replay", interrupted)
    assert main(["--lang", "zh", "replay", "x.toml"]) == 130
    assert capsys.readouterr().err.strip() == "已中断"


def test_output_is_utf_8_where_the_console_has_no_chinese() -> None:
    done = process("--help", PYTHONIOENCODING="ascii", QIANTAI_LANG="zh", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "用法" in done.stdout.decode("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="no pipe of that sort there")
def test_a_reader_that_goes_away_is_no_error() -> None:
    command = f"{sys.executable} -m qiantai_tui clauses --json | head -n 1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "{"
    assert done.stderr == ""
