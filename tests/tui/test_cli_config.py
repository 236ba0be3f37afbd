"""`qiantai config`: where the settings lie, what holds and why, what is wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qiantai_tui.sites.site import make_site
from tests.tui.command_line import answered, given

GOOD = 'language = "en"\ntheme = "light"\n[keys]\nundo = ["Shift+F9", "^Z"]\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_the_path_is_that_of_the_option_or_the_variable(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given("--config", file, "config", "path").stdout.strip() == str(file)
    monkeypatch.setenv("QIANTAI_CONFIG", str(file))
    assert given("config", "path").stdout.strip() == str(file)
    assert answered("config", "path") == {"file": str(file), "there": False}


def test_each_setting_is_shown_with_where_it_comes_from(file: Path, tmp_path: Path) -> None:
    file.write_text(GOOD, encoding="utf-8")
    site = make_site(tmp_path / "site")
    (site / "settings.toml").write_text('plugins_off = ["cn_calendar"]\n', encoding="utf-8")
    told = answered("--config", file, "--site", site, "config", "show")
    settings = {each["name"]: (each["value"], each["source"]) for each in told["settings"]}
    assert settings == {
        "language": ("en", str(file)),
        "theme": ("light", str(file)),
        "site": (str(site), "--site"),
        "store": ("tinydb", "default"),
        "plugins_off": ("cn_calendar", str(site / "settings.toml")),
    }
    keys = {each["id"]: (each["keys"], each["from"]) for each in told["keys"]}
    assert keys["undo"] == (["Shift+F9", "^Z"], str(file))
    assert keys["take_in"] == (["F2"], "default")
    assert keys["step_merge"] == ([], "default")
    table = given("--config", file, "config", "show").stdout
    assert f"keys.undo\tShift+F9 ^Z\t{file}\t撤销" in table


def test_a_good_file_and_none_end_with_0(file: Path) -> None:
    assert given("--config", file, "config", "check").exit_code == 0
    file.write_text(GOOD, encoding="utf-8")
    assert given("--config", file, "config", "check").exit_code == 0
    assert answered("--config", file, "config", "check")["ok"] is True


def test_a_bad_one_ends_with_2_and_says_where(file: Path) -> None:
    file.write_text('theme = "dark"\n[keys]\nundo = "^W"\n', encoding="utf-8")
    result = given("--config", file, "config", "check", language="en")
    assert result.exit_code == 2
    assert f"{file}:3: [keys], undo: ^W is needed" in result.stderr
    told = answered("--config", file, "config", "check", code=2)
    assert [(each["line"], each["table"], each["key"]) for each in told["mistakes"]] == [(3, "keys", "undo")]
    shown = given("--config", file, "config", "show", "--json")
    assert shown.exit_code == 2
    keys = {each["id"]: each["keys"] for each in json.loads(shown.stdout)["keys"]}
    assert keys["undo"] == ["^Z"]


def test_the_examples_on_the_pages_hold(file: Path) -> None:
    docs = Path(__file__).parents[2] / "docs"
    found = re.findall(r"^```toml\n(language.*?)^```", (docs / "cli.md").read_text(encoding="utf-8"), re.M | re.S)
    for page in ("operator.zh-CN.md", "operator.en.md"):
        text = (docs / page).read_text(encoding="utf-8")
        found += [f"[keys]\n{each}\n" for each in re.findall(r'`(take_in = "[^"]+")`', text)]
        found += re.findall(r'`(theme = "\w+")`', text)
    assert len(found) == 5
    for example in found:
        file.write_text(example, encoding="utf-8")
        result = given("--config", file, "config", "check")
        assert result.exit_code == 0, result.stderr
