"""What a key costs in the one-line intake: the line read anew, and a household found, among 3,000 rooms.

Run it with `python bench/intake.py`; it prints one line a figure, with the mark it is held against.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from time import perf_counter

from qiantai.directory import Directory
from qiantai.intake import read_line
from qiantai.people import Household

ROLL = [
    Household(
        f"{building}-{unit}-{floor}0{door}", f"李{building}{unit}{floor}", f"1380{building:02}{unit}{floor:02}{door}0"
    )
    for building in range(1, 26)
    for unit in (1, 2)
    for floor in range(1, 31)
    for door in (1, 2)
]
LINES = ("25栋2单元3002 李女士说楼上装修太吵", "李姐 问物业费", "地下车库B区有人摔倒流血")
QUERIES = ("25栋2单元3002", "3020", "李25", "李姐", "lx")
MARK = 20


def milliseconds(action: Callable[[], object]) -> float:
    """The fastest of a few rounds."""
    took: list[float] = []
    for _ in range(7):
        began = perf_counter()
        action()
        took.append(perf_counter() - began)
    return min(took) * 1000


def main() -> None:
    """Prints the figures."""
    directory = Directory(ROLL, lambda name: [f"l{name[1:2]}"])
    site = files("qiantai_scenarios").joinpath("sites", "demo", "site.toml").read_text("utf-8")
    words = {topic: tuple(heard) for topic, heard in tomllib.loads(site)["topics"].items()}
    for line in LINES:
        print(f"read {line:<32} {milliseconds(partial(read_line, line, directory, words)):8.2f} ms   mark {MARK}")
    for query in QUERIES:
        print(f"find {query:<32} {milliseconds(partial(directory.find, query)):8.2f} ms   mark {MARK}")


if __name__ == "__main__":
    main()
