"""Writes the demo estate's household roll: invented people with invented numbers, the same at every run."""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from pathlib import Path

ROLL = Path(__file__).parent.parent / "fixtures" / "qiantai_scenarios" / "sites" / "demo" / "households.csv"
HEADINGS = ("楼栋", "单元", "房号", "姓名", "电话", "邮箱", "重要", "片区")
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余"
    "叶蒋杜苏魏程吕丁沈任姚卢单仇解查区覃翟"
)
GIVEN = "敏静丽强磊洋艳勇军杰娟涛明超霞平刚辉玲桂芳玉萍红娜兰凤洁梅琳素云建国华文志伟海峰晓雪婷浩宇晨阳欣怡子涵思雨佳琪"
SHOPS = (
    *("便民超市", "老街面馆", "春风药房", "小鹿烘焙", "快剪理发", "阳光洗衣", "四季鲜果", "星星文具"),
    *("安心诊所", "顺达快递", "邻里咖啡", "大树琴行", "绿野花店", "诚信地产", "萌宠之家", "好味小厨"),
)
# Rooms that the scenarios, the manual and the one-line intake use: who lives there is fixed.
FIXED = {
    ("1", "2", "301"): ("王敏", "13800001234", "是"),
    ("3", "2", "501"): ("王女士", "13800005501", ""),
    ("5", "1", "1202"): ("李建国", "13800001202", ""),
    ("3", "1", "1202"): ("欧阳兰", "13800003112", ""),
    ("A", "", "1201"): ("单小龙", "0755-80001201", "是"),
    ("B1", "", "087"): ("周强", "13800000087", ""),
    ("S", "", "12"): ("诚信便利店", "13800000012", ""),
}


def rooms() -> Iterator[tuple[str, str, str, str]]:
    """Building, unit, room and area of every household of the estate, in natural order."""
    for building, units, floors, doors, area in (
        *(("1", 2, 6, 2, "东区"), ("2", 2, 6, 2, "东区"), ("3", 2, 18, 2, "东区"), ("4", 2, 6, 2, "东区")),
        *(("5", 1, 18, 4, "西区"), ("6", 1, 18, 2, "西区"), ("10", 1, 11, 2, "西区")),
    ):
        for unit in range(1, units + 1):
            for floor in range(1, floors + 1):
                for door in range(1, doors + 1):
                    yield building, str(unit), f"{floor}{door:02}", area
    yield from (("A", "", f"{floor}{door:02}", "西区") for floor in range(2, 17) for door in range(1, 5))
    yield from (("B1", "", f"{number:03}", "南区") for number in range(83, 91))
    yield from (("S", "", str(number), "南区") for number in range(1, 17))
    yield from (("V", "", str(number), "南区") for number in range(1, 13))


def households() -> Iterator[tuple[str, ...]]:
    """The rows of the roll. Every mobile number begins 138 0000, as made-up ones do; no two are the same."""
    chance = random.Random(20261101)

    def one_of(choices: str | tuple[str, ...]) -> str:
        return choices[int(chance.random() * len(choices))]

    taken = {phone for _, phone, _ in FIXED.values()}
    numbers = (number for at in range(10_000) if (number := f"1380000{(at * 7919 + 2026) % 10_000:04}") not in taken)
    for at, (building, unit, room, area) in enumerate(rooms()):
        name = one_of(SURNAMES) + one_of(GIVEN) + (one_of(GIVEN) if chance.random() < 0.6 else "")
        phone, important = next(numbers), "是" if chance.random() < 0.04 else ""
        if building == "S":
            name = SHOPS[int(room) - 1]
        if chance.random() < 0.03:
            phone = ""
        name, phone, important = FIXED.get((building, unit, room), (name, phone, important))
        email = f"resident{at:03}@example.com" if chance.random() < 0.1 else ""
        yield building, unit, room, name, phone, email, important, area


def main() -> int:
    """Writes the roll where the demo estate keeps it."""
    with ROLL.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(households())
    return 0


if __name__ == "__main__":
    sys.exit(main())
