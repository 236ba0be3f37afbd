"""The directory: a household is found by whatever the caller gives."""

from __future__ import annotations

from collections.abc import Collection

import pytest

from qiantai.directory import Directory
from qiantai.people import Household

LETTERS = {"王敏": "wm", "李静": "lj", "李建国": "ljg", "单小龙": "dxl sxl", "欧阳兰": "oyl", "John Smith": "johnsmith"}
HOUSEHOLDS = (
    Household("10-1-101", "李建国", "13800005678"),
    Household("1-2-301", "王敏", "13800001234", area="东区"),
    Household("1-2-302", "李静", "0755-83211234"),
    Household("3-1-1202", "单小龙", "+86 138 0000 1202"),
    Household("A-1201", "欧阳兰"),
    Household("S-12", "John Smith", "13800000012"),
)


def initials(name: str) -> Collection[str]:
    return LETTERS[name].split()


@pytest.fixture
def directory() -> Directory:
    return Directory(HOUSEHOLDS, initials)


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("1栋2单元301", ["1-2-301"]),
        ("１－２－３０１", ["1-2-301"]),
        ("1栋2单元", ["1-2-301", "1-2-302"]),
        ("1栋", ["1-2-301", "1-2-302"]),
        ("301", ["1-2-301"]),
        ("1202", ["3-1-1202"]),
        ("1234", ["1-2-301", "1-2-302"]),
        ("１２３４", ["1-2-301", "1-2-302"]),
        ("13800001234", ["1-2-301"]),
        ("138 0000 1234", ["1-2-301"]),
        ("8613800001202", ["3-1-1202"]),
        ("0755-83211234", ["1-2-302"]),
        ("1380000", ["1-2-301", "3-1-1202", "10-1-101", "S-12"]),
        ("李静", ["1-2-302"]),
        ("李", ["1-2-302", "10-1-101"]),
        ("李姐", ["1-2-302", "10-1-101"]),
        ("欧阳女士", ["A-1201"]),
        ("建国", ["10-1-101"]),
        ("smith", ["S-12"]),
        ("lj", ["1-2-302", "10-1-101"]),
        ("LJG", ["10-1-101"]),
        ("sxl", ["3-1-1202"]),
        ("dxl", ["3-1-1202"]),
        ("赵先生", []),
        ("9-9-999", []),
        ("大堂", []),
        ("12", ["S-12"]),
        ("", []),
        ("　", []),
    ],
)
def test_find(directory: Directory, query: str, ids: list[str]) -> None:
    assert [each.household.id for each in directory.find(query)] == ids


def test_what_found_it_is_told(directory: Directory) -> None:
    assert {each.by for query in ("1-2-301", "5678", "单小龙", "李姐", "oyl") for each in directory.find(query)} == {
        *("room", "phone", "name", "surname", "initials")
    }


def test_without_initials_letters_find_names_only() -> None:
    plain = Directory(HOUSEHOLDS)
    assert plain.find("lj") == ()
    assert [each.household.id for each in plain.find("john")] == ["S-12"]


def test_iterates_in_natural_order_and_gets_by_id(directory: Directory) -> None:
    assert [each.id for each in directory] == ["1-2-301", "1-2-302", "3-1-1202", "10-1-101", "A-1201", "S-12"]
    assert directory.get("A-1201") == HOUSEHOLDS[4]
    assert directory.get("A-9999") is None
    assert len(directory) == len(HOUSEHOLDS)


def test_names_in_a_text(directory: Directory) -> None:
    assert [each.household.id for each in directory.named_in("李静和单小龙吵起来了")] == ["1-2-302", "3-1-1202"]
