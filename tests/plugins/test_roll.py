"""The roll, read as firms keep it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook  # type: ignore[import-untyped]

from qiantai.people import Household
from qiantai_roll import Reading, read_roll

KNOWN = Household("1-2-301", "王敏", "13800001234", "wm@example.com", True, "东区")


def workbook(path: Path, *sheets: Sequence[Sequence[object]], names: Sequence[str] = ()) -> Path:
    book = Workbook()
    book.remove(book.active)
    for at, rows in enumerate(sheets):
        sheet = book.create_sheet(names[at] if names else f"表{at + 1}")
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def text(path: Path, content: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(content.encode(encoding))
    return path


def ids(reading: Reading) -> list[str]:
    return [each.id for each in reading.households]


def test_a_workbook_as_a_firm_keeps_it(tmp_path: Path) -> None:
    reading = read_roll(
        workbook(
            tmp_path / "roll.xlsx",
            [
                ["阳光花园业主花名册"],
                [],
                ["序号", "楼栋", "单元", "房号", "业主 姓名", "联系电话(必填)", "VIP", "管家区", "邮箱", "备注"],
                [1, "1栋", "2单元", 301.0, "王敏", 1.3800001234e10, "是", "东区", "wm@example.com", "x"],
                [2, "A座", None, "1201室", " 李静 ", "138 0000-5678", "否", None, None, None],
                ["合计", None, None, 2],
                ["制表人:钱", None, None, None],
            ],
        )
    )
    assert reading.households == (KNOWN, Household("A-1201", "李静", "13800005678"))
    assert reading.given["A-1201"] == {"name", "phone", "important"}
    assert [(each.letter, each.meaning) for each in reading.understood] == [
        *(("B", "building"), ("C", "unit"), ("D", "room"), ("E", "name"), ("F", "phone"), ("G", "important")),
        *(("H", "area"), ("I", "email")),
    ]
    assert [each.heading for each in reading.not_understood] == ["序号", "备注"]
    assert reading.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_text_in_every_encoding_and_delimiter(tmp_path: Path, encoding: str, sign: str) -> None:
    content = "房号,姓名,电话\r\n1栋2单元301,王敏,13800001234\r\n地库B1-087,周强,\r\n".replace(",", sign)
    reading = read_roll(text(tmp_path / "roll.csv", content, encoding))
    assert [(each.id, each.name, each.phone) for each in reading.households] == [
        ("1-2-301", "王敏", "13800001234"),
        ("B1-087", "周强", ""),
    ]


def test_how_a_gbk_file_was_read_is_told(tmp_path: Path) -> None:
    content = "房号,姓名\n1-2-301,王敏\n"
    assert "GBK" in str(read_roll(text(tmp_path / "a.csv", content, "gbk")).notes[0])
    assert read_roll(text(tmp_path / "b.csv", content)).notes == ()


@pytest.mark.parametrize(
    "headings",
    [
        *("栋,门,室,户主,手机", "楼号,单元号,房间号,业主姓名,联系方式", "幢,单元,房间,客户名称,手机号码1"),
        *("Building,Unit,Room,Name,Phone", "*楼栋,*单元,*房号,住户姓名,电话（必填）", "楼 栋,单 元,房 号,姓 名,电 话"),
    ],
)
def test_headings_by_many_names(tmp_path: Path, headings: str) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", f"{headings}\n1栋,2,301,王敏,13800001234\n"))
    assert reading.households == (Household("1-2-301", "王敏", "13800001234"),)


def test_headings_in_any_order_and_in_two_rows(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["业主信息", None, "房屋信息", None, None],
        ["电话", "姓名", "房号", "单元", "楼栋"],
        [13800001234, "王敏", 301, 2, 1],
    ]
    expected = (Household("1-2-301", "王敏", "13800001234"),)
    assert read_roll(workbook(tmp_path / "a.xlsx", rows)).households == expected
    rows = [
        ["楼栋", "单元", "房号", "业主信息", None],
        [None, None, None, "姓名", "电话"],
        [1, 2, 301, "王敏", 13800001234],
    ]
    assert read_roll(workbook(tmp_path / "b.xlsx", rows)).households == expected


@pytest.mark.parametrize(
    ("building", "unit", "room", "id"),
    [
        ("1栋", "2单元", "301", "1-2-301"),
        ("01", "02", "301室", "1-2-301"),
        ("一号楼", "二单元", "301", "1-2-301"),
        ("1#", "2门", "301", "1-2-301"),
        ("1.0", "2.0", "301.0", "1-2-301"),
        ("１栋", "２单元", "３０１", "1-2-301"),
        ("阳光花园1栋", "2", "301", "1-2-301"),
        ("", "", "1栋2单元301", "1-2-301"),
        ("", "", "１－２－３０１", "1-2-301"),
        ("1", "2", "1-2-301", "1-2-301"),
        ("1", "2", "2-301", "1-2-301"),
        ("3", "", "2-301", "3-2-301"),
        ("a座", "", "1201", "A-1201"),
        ("A", "无", "A1201", "A-A1201"),
        ("A座", "", "A-1201", "A-1201"),
        ("别墅", "", "8", "V-8"),
        ("商铺", "/", "12", "S-12"),
        ("地下车库B1", "", "087", "B1-087"),
        ("牡丹苑", "1", "301", "牡丹苑-1-301"),
        ("", "", "S12", "S-12"),
        ("", "", "A1201", "A-1201"),
    ],
)
def test_rooms_in_any_form_and_columns(tmp_path: Path, building: str, unit: str, room: str, id: str) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", f"楼栋,单元,房号,姓名\n{building},{unit},{room},王敏\n"))
    assert (ids(reading), reading.problems) == ([id], ())


def test_the_name_of_the_estate_is_left_out_and_said_so(tmp_path: Path) -> None:
    reading = read_roll(
        text(tmp_path / "a.csv", "房屋地址,姓名\n阳光花园1栋2单元301,王敏\n阳光花园A座1201,李静\n3栋101,赵磊\n")
    )
    assert (ids(reading), reading.problems) == (["1-2-301", "A-1201", "3-101"], ())
    assert "阳光花园" in reading.notes[0].zh


def test_names_that_tell_buildings_apart_are_kept(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "a.csv", "楼栋,单元,房号\n牡丹苑1栋,1,101\n玫瑰苑1栋,1,101\n玫瑰苑1栋,1,102\n"))
    assert ids(reading) == ["牡丹苑1-1-101", "玫瑰苑1-1-101", "玫瑰苑1-1-102"]
    assert reading.duplicates == ()
    phases = read_roll(text(tmp_path / "b.csv", "房号\n阳光花园一期1栋1单元101\n阳光花园二期1栋1单元101\n"))
    assert ids(phases) == ["1-1-1-101", "2-1-1-101"]
    columns = read_roll(text(tmp_path / "c.csv", "楼栋,房号\n一期1栋,101\n二期1栋,101\n"))
    assert ids(columns) == ["1期1-101", "2期1-101"]


def test_a_room_that_says_its_building_again_is_no_unit(tmp_path: Path) -> None:
    again = read_roll(text(tmp_path / "a.csv", "楼栋,房号\n1,1-301\n2,2-301\n"))
    assert ids(again) == ["1-301", "2-301"]
    units = read_roll(text(tmp_path / "b.csv", "楼栋,房号\n1,1-301\n1,2-301\n"))
    assert ids(units) == ["1-1-301", "1-2-301"]


@pytest.mark.parametrize(
    ("row", "what", "column"),
    [
        ("1,2,待定,王敏,", "认不出这个房号", "C 房号"),
        ("1,2,,王敏,", "没有房号", "C 房号"),
        ("1,2,3-2-301,王敏,", "不一致", "C 房号"),
        ("1,2,301,王敏,1380000", "不是能拨通的电话号码", "E 电话"),
        ("1,2,301,王敏,1.38E+10", "科学计数", "E 电话"),
        ("1,2,301,王敏,13800001234/13800005678", "不止一个号码", "E 电话"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_told_with_its_place(tmp_path: Path, row: str, what: str, column: str) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", f"楼栋,单元,房号,姓名,电话\n9,9,999,李静,\n{row}\n"))
    (problem,) = reading.problems
    assert what in problem.what.zh
    assert (problem.row, problem.column) == (3, column)
    assert problem.what.en
    assert problem.would_do.zh
    assert problem.would_do.en


def test_a_room_that_became_a_date_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["房号", "姓名"], [datetime.datetime(2026, 1, 2), "王敏"], ["1-2-301", "李静"]]  # noqa: DTZ001
    reading = read_roll(workbook(tmp_path / "roll.xlsx", rows))
    assert ids(reading) == ["1-2-301"]
    assert "日期" in reading.problems[0].what.zh


@pytest.mark.parametrize(
    ("cell", "phone"),
    [
        *(("13800001234", "13800001234"), ("13800001234.0", "13800001234"), ("1.3800001234E10", "13800001234")),
        *(
            ("+86 138 0000 1234", "13800001234"),
            ("１３８００００１２３４", "13800001234"),
            ("'13800001234", "13800001234"),
        ),
        *(("0755-83215678", "0755-83215678"), ("075583215678", "0755-83215678"), ("(0755)83215678", "0755-83215678")),
        *(("0755 8321 5678", "0755-83215678"), ("83215678", "83215678"), ("无", ""), ("-", ""), ("", "")),
        ("13800001234 / 0755-83215678", "13800001234"),
    ],
)
def test_telephones(tmp_path: Path, cell: str, phone: str) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", f"房号,电话\n1-2-301,{cell}\n"))
    assert reading.households[0].phone == phone


def test_the_first_number_of_several_columns_is_taken(tmp_path: Path) -> None:
    reading = read_roll(
        text(tmp_path / "roll.csv", "房号,电话1,电话2\n1-2-301,,13800001234\n1-2-302,没有,13800005678\n")
    )
    assert [each.phone for each in reading.households] == ["13800001234", "13800005678"]


@pytest.mark.parametrize(
    ("cell", "important"),
    [
        *((yes, True) for yes in ("是", "Y", "1", "√", "VIP1", "★", "重要")),
        *((no, False) for no in ("否", "0", "×", "普通", "")),
    ],
)
def test_important(tmp_path: Path, cell: str, important: bool) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", f"房号,重要\n1-2-301,{cell}\n"))
    assert reading.households[0].important is important
    assert ("important" in reading.given["1-2-301"]) is bool(cell)


def test_merged_cells_are_filled_down_and_the_preview_says_so(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["楼栋", "单元", "房号"], ["1栋", "1单元", 101], ["", "", 102], ["", "2单元", 101], ["2栋", "", 101]):
        sheet.append([cell or None for cell in row])
    sheet.merge_cells("A2:A4")
    sheet.merge_cells("B2:B3")
    book.save(tmp_path / "roll.xlsx")
    reading = read_roll(tmp_path / "roll.xlsx")
    assert ids(reading) == ["1-1-101", "1-1-102", "1-2-101", "2-101"]
    assert "2 行" in reading.notes[0].zh
    assert "补齐" in reading.notes[0].zh


def test_blanks_are_not_filled_where_rooms_would_repeat(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "楼栋,房号\n1栋,101\n,102\n,101\n"))
    assert ids(reading) == ["1-101"]
    assert [each.row for each in reading.problems] == [3, 4]
    assert "没有补" in reading.notes[0].zh


def test_one_gap_in_a_full_column_is_a_mistake_and_no_merged_cell(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "楼栋,房号\n1栋,101\n1栋,102\n,103\n1栋,104\n"))
    assert ids(reading) == ["1-101", "1-102", "1-104"]
    (problem,) = reading.problems
    assert (problem.row, problem.what.zh) == (4, "没有楼栋,只有房间号")


def test_units_alone_are_filled_within_their_building(tmp_path: Path) -> None:
    content = "楼栋,单元,房号\n1栋,1,101\n1栋,,102\n1栋,2,101\n1栋,,102\n2栋,,101\n"
    assert ids(read_roll(text(tmp_path / "roll.csv", content))) == ["1-1-101", "1-1-102", "1-2-101", "1-2-102", "2-101"]


def test_every_sheet_with_rooms_is_read_and_others_are_named(tmp_path: Path) -> None:
    one, two = [["房号", "姓名"], ["1-1-101", "王敏"]], [["姓名", "房号"], ["李静", "2-1-101"], ["x", "?"]]
    reading = read_roll(workbook(tmp_path / "r.xlsx", one, [["说明"], ["请填写"]], two, names=["1栋", "说明", "2栋"]))
    assert ids(reading) == ["1-1-101", "2-1-101"]
    assert "说明" in reading.notes[0].zh
    assert [(each.sheet, each.row) for each in reading.problems] == [("2栋", 3)]


def test_headings_repeated_on_every_page_are_no_households(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "房号,姓名\n1-2-301,王敏\n房号,姓名\n1-2-302,李静\n"))
    assert (ids(reading), reading.problems) == (["1-2-301", "1-2-302"], ())


def test_rows_of_one_room_become_one_household(tmp_path: Path) -> None:
    content = "房号,姓名,电话\n1-2-301,王敏,\n01栋02单元301,李静,13800005678\n"
    reading = read_roll(text(tmp_path / "roll.csv", content))
    assert reading.households == (Household("1-2-301", "王敏", "13800005678"),)
    (double,) = reading.duplicates
    assert (double.id, double.rows, double.differing) == ("1-2-301", (2, 3), ("name",))


def test_formulas_give_their_values_and_markup_is_only_text(tmp_path: Path) -> None:
    reading = read_roll(text(tmp_path / "roll.csv", "房号,姓名\n1-2-301,=1+1\n1-2-302,[/red]\n"))
    assert [each.name for each in reading.households] == ["=1+1", "[/red]"]
