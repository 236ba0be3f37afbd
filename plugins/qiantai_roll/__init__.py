"""The household roll as firms keep it, read from a workbook or a text table and compared with what is known."""

from qiantai_roll.comparing import Change, Preview, Similar, compare
from qiantai_roll.merging import Duplicate
from qiantai_roll.problems import Problem, UnreadableRoll
from qiantai_roll.reading import Reading, read_roll
from qiantai_roll.rows import Column

__all__ = [
    "Change",
    "Column",
    "Duplicate",
    "Preview",
    "Problem",
    "Reading",
    "Similar",
    "UnreadableRoll",
    "compare",
    "read_roll",
]
