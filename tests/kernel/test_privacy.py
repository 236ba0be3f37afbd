"""Masking: what must not be read is not there, and junk is no error."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantai.privacy import mask_name, mask_phone, mask_words


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13800001234", "138****1234"),
        ("138 0000 1234", "138****1234"),
        ("138-0000-1234", "138****1234"),
        ("+86 13800001234", "138****1234"),
        ("8613800001234", "138****1234"),
        ("１３８００００１２３４", "138****1234"),
        ("0755-83215678", "0755-****5678"),
        ("075583215678", "0755-****5678"),
        ("(0755)83215678", "0755-****5678"),
        ("010-65215678", "010-****5678"),
        ("021 6521 5678", "021-****5678"),
        ("0755-8321567", "0755-****1567"),
        ("83215678", "****5678"),
        ("13800001234/13900005678", "138****1234/139****5678"),
        ("6008", "**08"),
        ("95588", "***88"),
        ("110", "**0"),
        ("7", "*"),
        ("", ""),
        ("无", "无"),
        ("不详", "不详"),
    ],
)
def test_phones(phone: str, masked: str) -> None:
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("李静", "李*"),
        ("王小明", "王**"),
        ("王女士", "王**"),
        ("欧阳修", "欧阳*"),
        ("欧阳娜娜", "欧阳**"),
        ("欧阳", "欧*"),
        ("李", "李*"),
        ("阿依古丽·买买提", "阿*******"),
        ("John Smith", "J*** S****"),
        (" 李静 ", "李*"),
        ("", ""),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_words_keep_rooms_and_times_and_hide_numbers() -> None:
    text = "1栋2单元301，１３８００００１２３４，或0755-83215678，11-22 09:31，身份证440300199001011234"
    assert mask_words(text) == "1栋2单元301，138****1234，或0755-****5678，11-22 09:31，身份证****1234"


LOCAL = st.from_regex(r"[3-9][0-9]{6,7}", fullmatch=True) | st.from_regex(r"2[1-9][0-9]{5,6}", fullmatch=True)
CALLED = (
    *("电话{}", "电话:{}", "电话是 {}", "致电{}", "请打{}", "回电{}。", "座机{},下午", "打了{}没人接"),
    *("Tel. {}", "call back at {}", "phone {} please"),
)
NOT_CALLED = (
    *(
        "水表读数{}",
        "电表{}度",
        "电费{}元",
        "付了{}",
        "单号TS-{}-001",
        "打款{}元",
        "电话费{}元",
        "{}",
        "编号{}",
        "打印机{}",
    ),
    *("the meter says {}", "recall {}", "电话里说欠{}元", "打了{}元"),
)


@given(LOCAL, st.sampled_from(CALLED))
def test_a_local_number_is_masked_where_somebody_is_to_be_called(number: str, form: str) -> None:
    assert mask_words(form.format(number)) == form.format(f"****{number[-4:]}")
    parted = f"{number[:-4]}-{number[-4:]}"
    assert mask_words(form.format(parted)) == form.format(f"****{number[-4:]}")
    assert mask_words(mask_words(form.format(number))) == mask_words(form.format(number))


@given(LOCAL, st.sampled_from(NOT_CALLED))
def test_the_same_digits_stay_where_they_are_no_telephone(number: str, form: str) -> None:
    assert mask_words(form.format(number)) == form.format(number)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(CALLED))
def test_a_day_after_the_word_for_a_call_stays(day: date, form: str) -> None:
    assert mask_words(form.format(f"{day:%Y%m%d}")) == form.format(f"{day:%Y%m%d}")


def test_two_local_numbers_after_one_word() -> None:
    assert mask_words("电话26681234、2668 5678或6681234") == "电话****1234、****5678或****1234"
    assert mask_words("电话2668123456") == "电话2668123456", "it is too long for one"


@given(st.integers(13000000000, 19999999999), st.sampled_from(["{}", "+86{}", "电话{}。", "{}转1", "0086 {}"]))
def test_no_mobile_keeps_its_middle(number: int, form: str) -> None:
    text = form.format(number)
    assert str(number)[3:7] not in mask_phone(text).replace(str(number)[-4:], "").replace(str(number)[:3], "")
    assert str(number) not in mask_words(text)


@given(st.text())
def test_junk_is_no_error(text: str) -> None:
    assert isinstance(mask_phone(text), str)
    assert mask_words(text).count("\n") <= text.count("\n")
    assert len(mask_name(text)) <= len(text) + 1


@given(st.text(alphabet="王李欧阳静小明丽abc", min_size=2))
def test_a_masked_name_hides_its_last_character(name: str) -> None:
    assert mask_name(name).endswith("*")
