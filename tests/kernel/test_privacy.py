"""Masking: what must not be read is not there, and junk is no error."""

from __future__ import annotations

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
