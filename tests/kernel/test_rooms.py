"""Rooms: every written form finds the right household, and nothing else passes for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.rooms import Rooms, find_rooms, half_width, key, natural_key, read_room, written

IDS = (
    *(
        f"{building}-{unit}-{floor}0{door}"
        for building in (1, 2, 10)
        for unit in (1, 2)
        for floor in (1, 3)
        for door in (1, 2)
    ),
    *("3-1-1202", "3-2-501", "5-1-1202", "5-2-1202", "A-1201", "B1-087", "B2-087", "B1-088", "S-12", "V-8", "12-0301"),
)
ROOMS = Rooms(IDS)


@pytest.mark.parametrize(
    ("text", "household"),
    [
        ("1栋2单元301", "1-2-301"),
        ("1幢2门301", "1-2-301"),
        ("1棟2單元301".replace("單", "单"), "1-2-301"),
        ("1号楼2单元301室", "1-2-301"),
        ("1#2-301", "1-2-301"),
        ("1#楼2单元301", "1-2-301"),
        ("1-2-301", "1-2-301"),
        ("01-02-0301", "1-2-301"),
        ("1 - 2 - 301", "1-2-301"),
        ("1—2—301", "1-2-301"),
        ("１栋２单元３０１", "1-2-301"),
        ("１－２－３０１", "1-2-301"),
        ("１＃２－３０１", "1-2-301"),
        ("1栋 2单元 301号房", "1-2-301"),
        ("一栋二单元301", "1-2-301"),
        ("十栋一单元101", "10-1-101"),
        ("十栋一单元一零一室", "10-1-101"),
        ("一期3栋2单元501", "3-2-501"),
        ("A座1201", "A-1201"),
        ("a座1201室", "A-1201"),
        ("A栋1201", "A-1201"),
        ("A-1201", "A-1201"),
        ("A1201", "A-1201"),
        ("3-1202", "3-1-1202"),
        ("3栋1202", "3-1-1202"),
        ("12栋1单元301", "12-0301"),
        ("地库B1-087", "B1-087"),
        ("B1-087", "B1-087"),
        ("B1-87", "B1-087"),
        ("车位088", "B1-088"),
        ("S-12", "S-12"),
        ("s12", "S-12"),
        ("商铺12", "S-12"),
        ("12号商铺", "S-12"),
        ("别墅8号", "V-8"),
        ("8号别墅", "V-8"),
    ],
)
def test_every_form_finds_its_household(text: str, household: str) -> None:
    for sentence in (text, f"{text}漏水", f"你好,我是{text}的业主", f"【{text}】"):
        (match,) = find_rooms(sentence, ROOMS)
        assert match.households == (household,)
        assert match.room
        assert match.place == written(household)
    (match,) = find_rooms(text, ROOMS)
    assert (match.start, match.end) == (0, len(text))


def test_ambiguous_gives_all_candidates_in_natural_order() -> None:
    (match,) = find_rooms("5-1202", ROOMS)
    assert match.households == ("5-1-1202", "5-2-1202")
    (match,) = find_rooms("车位087", ROOMS)
    assert match.households == ("B1-087", "B2-087")


def test_an_exact_fit_goes_before_a_loose_one() -> None:
    rooms = Rooms(["3-1202", "3-1-1202"])
    assert rooms.find(("3", "1202")) == ("3-1202",)
    assert rooms.find(("3", "1", "1202")) == ("3-1-1202",)


@pytest.mark.parametrize("text", ["1栋3单元301", "9-9-999", "3-2-1202", "A座9901", "1栋401"])
def test_a_room_the_roll_does_not_know_is_a_room_without_a_household(text: str) -> None:
    (match,) = find_rooms(text, ROOMS)
    assert match.households == ()
    assert match.room


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("6栋大堂", "6栋大堂"),
        ("３栋１单元 电梯", "3栋1单元 电梯"),
        ("三栋一单元电梯", "3栋1单元 电梯"),
        ("4栋2单元3层", "4栋2单元3层"),
        ("6栋-1层", "6栋-1层"),
        ("A座大堂", "A座大堂"),
        ("地下车库B区", "地下车库B区"),
        ("B1层车库", "B1层车库"),
        ("东门岗亭", "东门岗亭"),
        ("2楼走廊", "2楼走廊"),
        ("儿童游乐场", "儿童游乐场"),
        ("3栋", "3栋"),
    ],
)
def test_a_place_that_is_no_household(text: str, place: str) -> None:
    (match,) = find_rooms(f"{text}有人", ROOMS)
    assert match.place == place
    assert match.households == ()
    assert not match.room


@pytest.mark.parametrize(
    "text",
    [
        *(
            "等了2-3天",
            "2026-11-22",
            "11-22 09:31",
            "0755-88886666",
            "138-0000-1234",
            "010-65213",
            "12-14点停水",
            "301",
            "B2B",
        ),
        *("13800001234", "涨了30%", "3个人", "快递2-1", "维生素B12", "5G信号差", "来了10次", "", "　", "A4纸"),
    ],
)
def test_what_is_no_room_is_none(text: str) -> None:
    assert find_rooms(text, ROOMS) == ()


def test_people_counted_after_a_building_are_no_room_number() -> None:
    (match,) = find_rooms("3栋200多户停水", ROOMS)
    assert (match.place, match.room) == ("3栋", False)


def test_two_rooms_keep_their_order_and_places() -> None:
    text = "1-2-301说楼上１栋２单元３０２漏水"
    first, second = find_rooms(text, ROOMS)
    assert [text[each.start : each.end] for each in (first, second)] == ["1-2-301", "１栋２单元３０２"]
    assert (first.households, second.households) == (("1-2-301",), ("1-2-302",))


def test_natural_order() -> None:
    ids = ["10-1-101", "2-1-1201", "A-301", "2-1-301", "S-2", "S-12", "1-2-301"]
    assert sorted(ids, key=natural_key) == ["1-2-301", "2-1-301", "2-1-1201", "10-1-101", "A-301", "S-2", "S-12"]


def test_half_width_leaves_chinese_punctuation_and_length_alone() -> None:
    assert half_width("ＴＳ－００１，好！（Ａ座）：？；") == "TS-001，好！（A座）：？；"


@given(st.text())
def test_half_width_keeps_places(text: str) -> None:
    assert len(half_width(text)) == len(text)


@given(st.text(alphabet="1230AB栋幢座单元门室层楼-－#号 一二十期区地库车位商铺大堂电梯漏水０１", max_size=24))
def test_matches_lie_in_the_text_in_order_and_only_name_rooms_of_the_roll(text: str) -> None:
    end = 0
    for match in find_rooms(text, ROOMS):
        assert end <= match.start < match.end <= len(text)
        assert set(match.households) <= set(IDS)
        assert match.place
        end = match.end


@given(st.sampled_from(IDS))
def test_what_is_written_is_read_back(household: str) -> None:
    (match,) = find_rooms(written(household), ROOMS)
    assert match.households == (household,)
    assert key(read_room(written(household)) or "") == key(household)


@pytest.mark.parametrize("text", ["大堂", "1栋", "301", "1-2-301 漏水", "", "业主", "1栋2单元"])
def test_read_room_reads_a_room_and_nothing_else(text: str) -> None:
    assert read_room(text) is None


def test_written_leaves_ids_of_no_known_shape() -> None:
    assert [written(each) for each in ("会所", "", "1-2-3-4-5", "-", "1--2", "1-3-2-301")] == [
        *("会所", "", "1-2-3-4-5", "-", "1--2"),
        "1期3栋2单元301",
    ]


def test_buildings_told_apart_by_a_name_are_candidates_for_their_number() -> None:
    rooms = Rooms(["牡丹苑1-1-101", "玫瑰苑1-1-101", "玫瑰苑2-1-101"])
    assert rooms.find(("1", "1", "101")) == ("牡丹苑1-1-101", "玫瑰苑1-1-101")
    assert rooms.find(("2", "101")) == ("玫瑰苑2-1-101",)
    assert [written(each) for each in ("牡丹苑1-1-101", "牡丹苑-1-101")] == ["牡丹苑1栋1单元101", "牡丹苑1单元101"]


def test_phases_without_units_are_part_of_the_building() -> None:
    rooms = Rooms(["1期1-101", "2期1-101", "1-1-101"])
    assert rooms.find(("1期1", "101")) == ("1期1-101",)
    assert [each.households for each in find_rooms("二期1栋101漏水,一期2栋101也漏", rooms)] == [("2期1-101",), ()]
    assert find_rooms("一期3栋1202", ROOMS)[0].households == ("3-1-1202",)


def test_rooms_beginning_with_a_building_or_unit() -> None:
    assert ROOMS.beginning(("1", "2")) == ("1-2-101", "1-2-102", "1-2-301", "1-2-302")
    assert ROOMS.beginning(("99",)) == ()
