"""The settings of the person at this machine: taken whole or not at all, every mistake with its line."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai_tui.preferences import (
    LARGEST,
    BadPreferences,
    Preferences,
    keep_theme,
    preferences_file,
    read_preferences,
    take_preferences,
)
from qiantai_tui.tomllines import lines_of

BAD = """\
# mine
langauge = "en"
theme = "drak"

[keys]
take_in = "F6"
call_bak = "F7"
undo = "^C"
staff = [
  "F11",
  "Cltr+G",
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_what_it_says_is_taken(file: Path) -> None:
    assert read_preferences(file) == Preferences()
    file.write_text(
        '\ufefflanguage = "en"\r\ntheme = "contrast"\r\n[keys]\r\nundo = ["Shift+F9", "^Y"]\r\n', encoding="utf-8"
    )
    with pytest.raises(BadPreferences, match=r"config\.toml:4: .*\^Y"):
        read_preferences(file)
    file.write_text('language = "en"\ntheme = "contrast"\n[keys]\nundo = ["Shift+F9", "^Z"]\n', encoding="utf-8")
    assert read_preferences(file) == Preferences("en", "contrast", {"undo": "shift+f9,ctrl+z"})


def test_every_mistake_has_its_line_and_a_remedy_and_nothing_is_taken(file: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    taken = take_preferences(file)
    assert taken.preferences == Preferences()
    assert taken.wrong is not None
    told = dict(taken.wrong.findings)
    assert sorted(told) == [2, 3, 6, 7, 8, 9]
    for line, said in ((2, "language"), (3, "dark"), (6, "call_back"), (7, "call_back"), (8, "F7"), (9, "^G")):
        assert said in told[line].would_do.zh, line
        assert said in told[line].would_do.en, line
    assert taken.wrong.why.en.splitlines()[0].startswith(f"{file}:2: ")
    assert "3" in taken.wrong.first(3).en.splitlines()[-1]
    assert len(taken.wrong.first(6).zh.splitlines()) == 6


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (b"theme = ", 1, "not TOML"),
        (b'theme = "dark"\ntheme = "light"\n', 2, "not TOML"),
        (b"\n\n[keys\n", 3, "not TOML"),
        (b"theme = 3", 1, "cannot be 3"),
        (b"\nkeys = 3", 2, "[keys]"),
        (b'[keys]\nundo = { a = "F7" }', 2, "cannot be"),
        ("theme = '深色'".encode("gb18030"), 0, "not UTF-8"),
        (b"x = " + b"[" * 5000, 0, "nested"),
        (b"#" * (LARGEST + 1), 0, "larger"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(file: Path, text: bytes, line: int, said: str) -> None:
    file.write_bytes(text)
    with pytest.raises(BadPreferences) as error:
        read_preferences(file)
    [finding] = error.value.findings
    assert finding.line == line
    assert said in error.value.why.en


def test_a_folder_in_its_place_is_told(file: Path) -> None:
    file.mkdir()
    with pytest.raises(BadPreferences, match="cannot be opened"):
        read_preferences(file)


def test_where_it_lies(tmp_path: Path) -> None:
    assert preferences_file({"QIANTAI_CONFIG": str(tmp_path / "x.toml")}) == tmp_path / "x.toml"
    assert preferences_file({}).name == "config.toml"
    assert preferences_file({}).parent.name == "qiantai"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "light"\n'),
        ("# mine\n[keys]\nundo = 'Shift+F9'\n", "theme = \"light\"\n# mine\n[keys]\nundo = 'Shift+F9'\n"),
        ('language = "en"\ntheme = """\ndark"""\n# kept\n', 'language = "en"\ntheme = "light"\n# kept\n'),
        ('theme = "dark"\r\nlanguage = "en"\r\n', 'theme = "light"\r\nlanguage = "en"\r\n'),
    ],
)
def test_a_theme_is_kept_and_all_else_stays(file: Path, before: str, after: str) -> None:
    file.write_bytes(before.encode())
    keep_theme(file, "light")
    assert file.read_bytes().decode() == after
    assert read_preferences(file).theme == "light"


def test_a_theme_is_kept_where_there_was_no_file_and_behind_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "dotfiles" / "q.toml", tmp_path / "config.toml"
    keep_theme(real, "dark")
    link.symlink_to(real)
    keep_theme(link, "contrast")
    assert link.is_symlink()
    assert read_preferences(real).theme == "contrast"


def test_nothing_is_written_into_a_file_with_mistakes(file: Path) -> None:
    file.write_text(BAD, encoding="utf-8")
    with pytest.raises(BadPreferences):
        keep_theme(file, "light")
    assert file.read_text(encoding="utf-8") == BAD


NAMES = st.text("abc", min_size=1, max_size=2)
VALUES = st.sampled_from(['"x"', "1", '["a",\n "b"]', '"""\n[keys]\na = 1\n"""', "'''\n#'''", "{ q = 1 }"])


@given(st.lists(st.tuples(NAMES, VALUES, st.sampled_from(["", "\n", "# [t]\n"])), unique_by=lambda each: each[0]))
def test_every_key_is_found_on_the_line_it_begins_on(given: list[tuple[str, str, str]]) -> None:
    text, expected = "[t]\n", {}
    for name, value, between in given:
        text += between
        expected["t", name] = text.count("\n") + 1
        text += f"{name} = {value}\n"
    tomllib.loads(text)
    found = lines_of(text)
    assert {path: found[path].start for path in expected} == expected
