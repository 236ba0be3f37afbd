"""What somebody wrote, said back: short, on one line, and standing still."""

from __future__ import annotations

import json
from unicodedata import bidirectional, category

from hypothesis import given
from hypothesis import strategies as st

from qiantai.plainly import UNSTILL, short, shown, still

EVERY = [chr(code) for code in range(0x110000)]
TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}

values = st.recursive(
    st.one_of(
        st.text(st.characters()), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.datetimes()
    ),
    lambda inner: st.one_of(st.lists(inner), st.tuples(inner), st.dictionaries(st.text(), inner)),
)


def test_every_character_that_moves_or_turns_a_line_is_known() -> None:
    missed = [
        hex(ord(each))
        for each in EVERY
        if (category(each) in ("Cc", "Cf", "Cs", "Zl", "Zp") or bidirectional(each) in TURNS)
        and not UNSTILL.match(each)
    ]
    assert missed == []


def test_what_people_write_with_stays() -> None:
    kept = [each for each in EVERY if category(each)[0] in "LNPSM" and UNSTILL.match(each)]
    assert kept == []
    assert still("  全角，ｗｉｄｅ 𠮷 葛\U000e0100 é") == "  全角，ｗｉｄｅ 𠮷 葛\U000e0100 é"


def test_an_escape_is_no_escape_any_more() -> None:
    assert still("\x1b]52;c;AAAA\x07\x9b31m\u202egnp.exe") == " ]52;c;AAAA  31m gnp.exe"
    assert short("漏" * 100, 10) == "漏" * 10 + "…"


@given(values)
def test_any_value_is_told_in_one_short_line(value: object) -> None:
    told = shown(value)
    assert 0 < len(told) <= 162
    assert not UNSTILL.search(told)
    told.encode()


def test_what_is_deep_or_large_takes_no_work() -> None:
    deep: object = "x"
    for _ in range(100_000):
        deep = [deep]
    assert shown(deep) == "[[[[[…]]]]]"
    assert shown(10**100_000) == "a number of 332193 bits"
    assert shown(json.loads('{"a": {"b": {"c": {"d": {"e": 1}}}}}')) == "{'a': {'b': {'c': {'d': {…}}}}}"
    assert shown(list(range(1_000_000))) == "[0, 1, 2, 3, 4, 5, 6, 7, …]"
