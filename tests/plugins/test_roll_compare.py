"""Importing a roll again: nothing doubled, nothing wiped, nothing deleted."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from qiantai.people import Household
from qiantai_roll import Change, compare, read_roll

KNOWN = Household("1-2-301", "王敏", "13800001234", "wm@example.com", True, "东区")


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def test_compare_tells_new_changed_same_and_missing(tmp_path: Path) -> None:
    content = "房号,姓名,电话\n1-2-301,王敏,13900000000\n1-2-302,李静,13800005678\n1-2-303,赵磊,\n"
    reading = read_roll(text(tmp_path / "roll.csv", content))
    same, gone = Household("1-2-303", "赵磊", "13800000303"), Household("9-9-999", "周强")
    preview = compare(reading, {each.id: each for each in (KNOWN, same, gone)})
    assert preview.new == (Household("1-2-302", "李静", "13800005678"),)
    assert preview.changed == (Change(KNOWN, evolve(KNOWN, phone="13900000000")),)
    assert preview.changed[0].fields == ("phone",)
    assert preview.same == (same,)
    assert preview.missing == (gone,)
    assert preview.to_save == (*preview.new, preview.changed[0].new)
    assert str(preview.summary) == "新增 1 户,变更 1 户,不变 1 户;文件里没有而原有的 1 户保留"


def test_what_the_file_leaves_blank_is_not_wiped(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "房号,姓名,电话,邮箱,重要,片区\n1-2-301,,,,,\n"))
    assert compare(reading, {KNOWN.id: KNOWN}).same == (KNOWN,)
    unmarked = read_roll(text(tmp_path / "b.csv", "房号,重要\n1-2-301,否\n"))
    assert compare(unmarked, {KNOWN.id: KNOWN}).changed == (Change(KNOWN, evolve(KNOWN, important=False)),)


def test_a_second_import_in_another_form_doubles_nothing(tmp_path: Path) -> None:
    first = compare(read_roll(text(tmp_path / "a.csv", "房号,姓名\n1-2-301,王敏\nB1-087,周强\n")), {})
    known = {each.id: each for each in first.to_save}
    again = compare(read_roll(text(tmp_path / "b.csv", "房号,姓名\n01栋02单元0301室,王敏\n地库B1-87,周强\n")), known)
    assert (again.new, again.changed, again.missing) == ((), (), ())
    assert [each.id for each in again.same] == ["1-2-301", "B1-087"]


def test_a_new_room_that_may_be_a_known_one_is_pointed_out(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "房号\n3-1202\n"))
    preview = compare(reading, {"3-1-1202": Household("3-1-1202")})
    assert [(each.id, each.known) for each in preview.similar] == [("3-1202", ("3-1-1202",))]
