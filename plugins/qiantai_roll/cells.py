"""What a cell of a roll holds: text, a telephone number, a yes or no."""

from __future__ import annotations

import re
from datetime import date, time

from attrs import frozen

from qiantai.plainly import UNSTILL
from qiantai.rooms import half_width
from qiantai.words import Bilingual

_INVISIBLE = re.compile(rf"(?![\t\n\r]){UNSTILL.pattern}")
_MOBILE = re.compile(r"(?:\+|00)?(?:86)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile(r"\(?(0[0-9]{2,3})[)-]?([2-9][0-9]{6,7})(?:[-转]([0-9]{1,5}))?")
_OTHER = re.compile(r"[2-8][0-9]{6,7}|400-?[0-9]{3,4}-?[0-9]{3,4}|\+[0-9]{7,15}")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
_YES = frozenset("是 y yes true 1 重要 重点 √ ✓ ✔ ☑ ★ ● t 特殊 对".split())  # noqa: SIM905
_NO = frozenset("否 n no false 0 普通 一般 × ✗ ✘ x - / 无 非 f 不是 ☐".split())  # noqa: SIM905


def text_of(cell: object) -> str:
    """A cell's text on one line: whole numbers without `.0`, no control characters, no space at the ends."""
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            return f"{cell:.0f}"
        case _:
            text = re.sub(r"\s+", " ", _INVISIBLE.sub("", str(cell))).strip()
            return "" if text in _ERRORS else text


def is_date(cell: object) -> bool:
    """Whether a spreadsheet has made a date or time of what was typed."""
    return isinstance(cell, date | time)


def figures_of(cell: object) -> str:
    """A cell's text with half-width digits, and `301.0` or `1.3800001234E10` read as the whole number they are."""
    text = half_width(text_of(cell)).lstrip("'‘’")
    if re.fullmatch(r"[0-9]+\.0+", text):
        return text.partition(".")[0]
    if hit := re.fullmatch(r"([0-9])\.([0-9]+)[Ee]\+?([0-9]{1,2})", text):
        power = int(hit[3])
        return hit[1] + hit[2] if len(hit[2]) == power else text
    return text


@frozen
class Phone:
    """A telephone number as it is kept, and what was wrong with the cell, if anything."""

    number: str = ""
    what: Bilingual | None = None
    would_do: Bilingual | None = None


def phone_of(cell: object) -> Phone:
    """The telephone of a cell: a mobile as eleven digits, a landline as area code and number.

    Of several numbers the first is taken, and the others are told. What is no number is not taken.
    """
    text = figures_of(cell)
    if not text or text in _NO:
        return Phone()
    if number := _number(re.sub(r"[\s.]", "", text)):
        return Phone(number)
    numbers = [each for part in re.split(r"[\s/,，、;；|或和]+", text) if (each := _number(part))]
    if numbers:
        left = re.sub(r"\s+", " ", text)
        return Phone(
            numbers[0],
            Bilingual(
                f"一格里不止一个号码({left}),取第一个",
                f"More than one number in the cell ({left}); the first was taken",
            ),
            Bilingual("其余号码请登记在备注或另一成员名下", "Keep the other numbers elsewhere"),
        )
    if re.search(r"[0-9]\.[0-9]+[Ee]", text):
        return Phone(
            "",
            Bilingual(
                "号码成了科学计数,后几位已丢失", "The number became scientific notation, its last digits are lost"
            ),
            Bilingual(
                "请在原表把该列设为文本,重填号码", "Set the column to text in the original and enter the number again"
            ),
        )
    return Phone(
        "",
        Bilingual("不是能拨通的电话号码,没有取用", "This is no telephone number that can be dialled; it was not taken"),
        Bilingual("手机 11 位,座机带区号如 0755-83215678", "Eleven digits, or area code and number: 0755-83215678"),
    )


def _number(text: str) -> str:
    if mobile := _MOBILE.fullmatch(text.replace("-", "")):
        return mobile[1]
    if landline := _LANDLINE.fullmatch(text):
        return f"{landline[1]}-{landline[2]}" + (f"-{landline[3]}" if landline[3] else "")
    return text if _OTHER.fullmatch(text) else ""


def truth_of(cell: object) -> bool | None:
    """Yes or no as people tick it; None for what is neither."""
    text = half_width(text_of(cell)).casefold()
    if text in _YES or text.startswith("vip"):
        return True
    return False if text in _NO else None
