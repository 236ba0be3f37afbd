"""Two wordings held against each other: nothing is lost on either side, and what stayed is said to have stayed."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from qiantai.comparing import How, compared

words = st.text(st.sampled_from("停车费每月元。 0123456789.ab\n"), max_size=60)


def side(old: str, new: str, *hows: How) -> str:
    return "".join(each.text for each in compared(old, new) if each.how in hows)


@given(words, words)
@example("", "")
@example("停车费 380 元", "停车费 400 元")
def test_both_wordings_are_there_whole(old: str, new: str) -> None:
    assert side(old, new, How.KEPT, How.GONE) == old
    assert side(old, new, How.KEPT, How.NEW) == new
    assert all(each.text for each in compared(old, new))


@given(words)
def test_of_the_same_wording_everything_stayed(text: str) -> None:
    assert {each.how for each in compared(text, text)} <= {How.KEPT}


def test_a_figure_is_compared_whole_and_signs_one_by_one() -> None:
    found = compared("每月 380 元,一户限办一张。", "每月 400 元,一户限办两张。")
    assert [(each.text, str(each.how)) for each in found] == [
        ("每月 ", "kept"), ("380", "gone"), ("400", "new"), (" 元,一户限办", "kept"),
        ("一", "gone"), ("两", "new"), ("张。", "kept"),
    ]  # fmt: skip


def test_two_signs_between_two_changes_are_told_as_kept() -> None:
    found = [(each.text, str(each.how)) for each in compared("甲乙丙丁", "一乙丙二")]
    assert found == [("甲", "gone"), ("一", "new"), ("乙丙", "kept"), ("丁", "gone"), ("二", "new")]


def test_one_sign_between_two_changes_is_no_island() -> None:
    found = [str(each.how) for each in compared("甲乙丙丁戊己", "一乙二丁三四")]
    assert found == ["gone", "new"]
