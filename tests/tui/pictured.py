"""The sizes and languages that a screen is pictured in, and the words on it that nobody translates."""

from __future__ import annotations

from qiantai_tui.text.words import Language
from tests.tui.desk_driver import demo_handbook

SIZES = ((120, 36), (80, 24))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID = (
    "厨房漏水 13812345678",
    "厨房漏水 138****5678",
    "装修噪音,晚上十点还在敲",
    "[急修]电梯困人[/急修]",
    "物业费为什么涨",
    "多装充电桩",
    "3栋1单元 电梯",
    "1栋2单元301",
    "5栋1单元102",
    "1-2-301 漏水",
    "灯不亮",
    "不亮",
    "漏水",
    "停工",
    "等配件",
)


def data() -> tuple[str, ...]:
    """What the site and its people said themselves, whole and as far as a narrow column shows it."""
    handbook, topics = demo_handbook()
    names = [person.name for person in handbook.people.values()]
    names += [each.name[:1] for each in handbook.households.values()]
    cut = [words[:n] for words in SAID for n in range(2, len(words))]
    return (
        *SAID,
        *names,
        *(word for words in topics.values() for word in words),
        *cut,
        "阳光花园",
        "孙",
        "袁",
        "张",
        "王",
        "Q-S2b",
    )
