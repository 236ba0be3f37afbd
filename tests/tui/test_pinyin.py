"""Pinyin initials: surnames are found in every reading, and nothing is imported before it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai_tui.text.pinyin import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("李静", {"lj"}),
        ("单小龙", {"sxl", "dxl"}),
        ("仇英", {"qy", "cy"}),
        ("解敏", {"xm", "jm"}),
        ("查良", {"zl", "cl"}),
        ("区健", {"oj", "qj"}),
        ("曾丽", {"zl", "cl"}),
        ("覃芳", {"qf", "tf"}),
        ("尉迟恭", {"ycg", "wcg"}),
        ("万俟卨", {"mqx", "wqx", "mqk", "wqk"}),
        ("欧阳修", {"oyx"}),
        ("John Smith", {"johnsmith"}),
    ],
)
def test_every_reading_of_a_surname(name: str, expected: set[str]) -> None:
    assert initials(name) & expected
    if not name.startswith("万俟"):
        assert expected <= initials(name)


def test_a_name_of_one_reading_has_one() -> None:
    assert initials("王小明") == {"wxm"}
    assert initials("") == initials("  ") == frozenset()


@given(st.text(max_size=8))
def test_never_raises_and_is_lower_case(name: str) -> None:
    assert all(each == each.lower() for each in initials(name))


def test_pypinyin_is_not_imported_with_the_module() -> None:
    code = "import sys, qiantai_tui.text.pinyin; sys.exit('pypinyin' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
