"""TOML out of any bytes: what is too large, too deep or no TOML is told with its line, before work is spent on it."""

from __future__ import annotations

import pytest

from qiantai.tables import LARGEST as LARGEST_NUMBER
from qiantai.tables import BadInput, Table
from qiantai.tomltext import LARGEST, BadToml, decoded, parsed


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"\xef\xbb\xbfx = ", 1, "it is not TOML"),
        (b"x = 1\ny = \xff", 0, "its text is not UTF-8 (line 2)"),
        (b"x = 1\r\ny = [", 2, "it is not TOML"),
        (b"x = 1\x00", 1, "it is not TOML"),
        (b"x = " + b"[" * 5000, 0, "it is nested too deeply"),
        (b"x = 1\na" + b".a" * 40 + b" = 1", 2, "it is nested too deeply (line 2)"),
        (b"['a'" + b' . "b"' * 40 + b"]", 1, "it is nested too deeply (line 1)"),
        (b"#" * (LARGEST + 1), 0, "it is larger than 1024 KB"),
        (b"x = " + b"9" * 5000, 1, "it is not TOML"),
    ],
)
def test_what_is_no_toml(data: bytes, line: int, told: str) -> None:
    with pytest.raises(BadToml) as caught:
        parsed(decoded(data))
    (mistake,) = caught.value.mistakes
    assert (caught.value.line, mistake.wrong.en.startswith(told)) == (line, True), mistake.wrong.en
    assert mistake.would_do.zh


@pytest.mark.parametrize(
    "text",
    [
        "a" * LARGEST,
        '"' + '\\"' * (LARGEST // 2 - 1),
        "'" * LARGEST,
        ("a" * 99 + ".") * (LARGEST // 100),
        "a." * (LARGEST // 2),
        ". " * (LARGEST // 2),
        "a" * 31 + "\n" + ("a." * 31 + "a = 1\n") * (LARGEST // 100),
    ],
    ids=lambda text: text[:6],
)
def test_a_whole_file_of_one_thing_is_looked_through_once(text: str) -> None:
    with pytest.raises(BadToml):
        parsed(text)


def test_a_key_of_some_parts_is_none_too_many() -> None:
    assert parsed("a.b.c.d.e.f.g.h = 1") == {"a": {"b": {"c": {"d": {"e": {"f": {"g": {"h": 1}}}}}}}}
    assert parsed('note = "1.2.3.4 …………………………………………………… www.a.b.c"')["note"].startswith("1.2")


def test_of_very_many_mistakes_the_first_are_told() -> None:
    table = Table("", {f"key{each}": 1 for each in range(50_000)})
    table.only("known")
    assert len(table.mistakes) == 101
    assert table.mistakes[0].sentence.en == "key0: there is no key key0. What would do: known"
    assert "more than these 100" in BadInput(table.mistakes).args[0]


def test_a_number_has_an_end() -> None:
    table = Table("", {"least": 0, "most": LARGEST_NUMBER + 1, "huge": 16**5000})
    assert [table.count(key, default=7) for key in table.given] == [7, 7, 7]
    assert "a number of 20001 bits" in table.mistakes[2].sentence.en
