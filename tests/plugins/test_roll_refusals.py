"""Files that are no roll: refused with a reason and a way out, whatever they hold."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai_roll import UnreadableRoll, read_roll
from qiantai_roll import tables as roll_tables
from qiantai_roll.packages import MAX_BYTES


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def _zip(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "空的"),
        (b"\n\n", "没有内容"),
        (b"PK\x03\x04 broken", "损坏"),
        (_zip(word__document=b"x"), "不是 xlsx"),
        (_zip(**{"xl__workbook.xml": b"<broken"}), "损坏"),
        (b"\xd0\xcf\x11\xe0 old workbook", "旧版 .xls"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"%PDF-1.7\n\x00\x00\xff\xfe", "既不是工作簿"),
        ("姓名,电话\n王敏,13800001234\n".encode(), "没有找到房号列"),
    ],
)
def test_what_is_no_roll_is_refused_with_a_reason(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "roll"
    path.write_bytes(content)
    with pytest.raises(UnreadableRoll) as refusal:
        read_roll(path)
    assert what in refusal.value.what.zh
    assert refusal.value.what.en in str(refusal.value)
    assert refusal.value.would_do.zh
    assert refusal.value.would_do.en


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.xlsx", tmp_path):
        with pytest.raises(UnreadableRoll, match="打不开文件"):
            read_roll(path)


def test_the_headings_seen_are_named_where_none_is_a_room(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRoll, match="姓名、电话"):
        read_roll(text(tmp_path / "roll.csv", "姓名,电话\n王敏,1\n"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    path.write_bytes(_zip(**{"xl__workbook.xml": b"", "xl__sheet.xml": b"\0" * (MAX_BYTES + 1)}))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(UnreadableRoll, match="太大"):
        read_roll(path)


def test_too_many_rows_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_tables, "MAX_ROWS", 100)
    rows = "".join(f"1-1-{n}\n" for n in range(1000, 1100))
    with pytest.raises(UnreadableRoll, match="太大"):
        read_roll(text(tmp_path / "roll.csv", f"房号\n{rows}"))
    assert len(read_roll(text(tmp_path / "less.csv", f"房号\n{rows[: len(rows) // 2]}")).households) == 50


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    content = bytearray(_zip(**{"xl__workbook.xml": b"x"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "roll.xlsx").write_bytes(content)
    with pytest.raises(UnreadableRoll, match="打开密码"):
        read_roll(tmp_path / "roll.xlsx")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_no_file_makes_it_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roll"
    path.write_bytes("楼栋,房号,姓名,电话\n".encode() + content)
    with suppress(UnreadableRoll):
        reading = read_roll(path)
        assert set(reading.given) == {each.id for each in reading.households}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ('房号,姓名\n1-2-301,"王岚\n1-2-302,李芳\n', "A quotation mark in row 2 is never closed"),
        ('房号,姓名\n1-2-301,"王岚\n' + "1-2-302,李芳\n" * 20_000, "A quotation mark in row 2 is never closed"),
        ("房号,姓名\n1-2-301," + "王" * 100_001 + "\n", "Row 2 is too long"),
    ],
)
def test_a_text_table_that_runs_together_is_told_by_its_row(tmp_path: Path, content: str, told: str) -> None:
    with pytest.raises(UnreadableRoll, match=told):
        read_roll(text(tmp_path / "roll.csv", content))


def test_a_cell_of_several_lines_that_ends_is_read(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", '房号,姓名\n1-2-301,"王\n岚"\n1-2-302,李芳\n'))
    assert [each.name for each in reading.households] == ["王 岚", "李芳"]


def test_what_is_far_too_long_for_its_column_is_not_taken(tmp_path: Path) -> None:
    long = "王" * 201
    reading = read_roll(text(tmp_path / "roll.csv", f"房号,姓名\n1-2-301,{long}\n{'1' * 70},李芳\n"))
    assert [(each.id, each.name) for each in reading.households] == [("1-2-301", "")]
    told = {each.row: (each.what.en, len(each.value)) for each in reading.problems}
    assert told == {2: ("Over 200 characters; it was not taken", 81), 3: ("This room cannot be read", 70)}


def test_nothing_that_moves_a_line_is_kept_of_a_cell(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "房号,姓名\n1-2-301,王\u009b31m\u202e\u2066岚\x1b[2J\n"))
    assert [each.name for each in reading.households] == ["王31m岚[2J"]
