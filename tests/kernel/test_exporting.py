"""An export says all that a site holds, and is read back line by line, every line held against what it was."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from qiantai import Household, MemoryStore
from qiantai.carrying import carry, inventory
from qiantai.exported import BadExport, Export
from qiantai.exporting import VERSION, Heading, Masked, export_lines
from qiantai.schema import schema
from qiantai.testing.happenings import LIFT, NINE, noted, received
from qiantai.words import Bilingual
from tests.kernel.test_carrying import a_site

HEADING = Heading(Bilingual("阳光花园", "Sunshine"), NINE, "zhao")
FILES = {"site.toml": 'name = "阳光花园"\n', "calendar.toml": ""}


def lines(store: MemoryStore | None = None) -> list[bytes]:
    return list(export_lines(store or a_site(), HEADING, FILES))


def read(written: list[bytes]) -> Export:
    return Export(lambda: written)


def refused(written: list[bytes]) -> BadExport:
    with pytest.raises(BadExport) as told:
        inventory(read(written))
    return told.value


def test_what_is_read_back_is_what_was_written() -> None:
    site = a_site()
    export = read(lines(site))
    assert (export.heading, export.files()) == (HEADING, FILES)
    assert inventory(export) == inventory(site)
    taken = MemoryStore()
    carry(export, taken)
    assert inventory(taken) == inventory(site)
    assert lines(taken) == lines(site)


def test_a_site_without_anything_has_an_export_too() -> None:
    written = lines(MemoryStore())
    assert inventory(read(written)).counts == {"cases": 0, "events": 0, "households": 0, "looks": 0}


def test_every_line_fits_the_schema() -> None:
    fits = Draft202012Validator(schema("export"))
    written = [json.loads(each) for each in lines()]
    assert [error.message for each in written for error in fits.iter_errors(each)] == []
    assert {next(iter(each)) for each in written} == {"format", "file", "household", "event", "look", "end"}
    for each in written:
        assert not fits.is_valid({**each, "more": 1})


@given(st.data())
def test_a_line_that_was_changed_is_found(data: st.DataObject) -> None:
    written = lines()
    at = data.draw(st.integers(0, len(written) - 1))
    place = data.draw(st.integers(0, len(written[at]) - 2))
    by = data.draw(st.integers(1, 255))
    was = written[at]
    written[at] = was[:place] + bytes([was[place] ^ by]) + was[place + 1 :]
    assert refused(written).line >= at + 1 or b"\n" in written[at][:-1]


@given(st.data())
def test_a_line_that_is_gone_twice_there_or_moved_is_found(data: st.DataObject) -> None:
    written = lines()
    at = data.draw(st.integers(0, len(written) - 1))
    to = data.draw(st.integers(0, len(written) - 1))
    gone = [*written[:at], *written[at + 1 :]]
    refused(gone)
    refused([*written[:at], written[at], *written[at:]])
    moved = [*gone[:to], written[at], *gone[to:]]
    if moved != written:
        refused(moved)


@given(st.integers(0, 20))
def test_a_file_that_is_cut_off_is_found(kept: int) -> None:
    written = lines()
    refused(written[: min(kept, len(written) - 1)])
    refused([*written[:-1], written[-1][:-1]])


def anew(change: Callable[[list[dict[str, object]]], None]) -> list[bytes]:
    """An export whose lines somebody changed who then counts and hashes them anew."""
    from qiantai.exporting import Count

    given = [json.loads(each) for each in lines()][:-1]
    change(given)
    count, written = Count(), []
    for each in given:
        written.append(json.dumps(each, ensure_ascii=False).encode() + b"\n")
        count.add(each, written[-1])
    return [*written, json.dumps({"end": count.end}).encode() + b"\n"]


def test_a_forged_event_is_told_by_the_audit() -> None:
    def forge(given: list[dict[str, object]]) -> None:
        event = next(each["event"] for each in given if "event" in each)
        assert isinstance(event, dict)
        event["by"] = "nobody"

    found = inventory(read(anew(forge)))
    assert [each.what for each in found.audited.breaks] == ["altered"]


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        (lambda given: given[0].update(version=VERSION + 1), 1, "请升级程序"),
        (lambda given: given[0].update(format="other"), 1, "不是导出文件"),
        (lambda given: given[0].pop("at"), 1, "不是导出文件"),
        (lambda given: given[3]["household"].update(pets="狗"), 4, "读不懂"),
        (lambda given: given[5]["event"].update(mood="好"), 6, "读不懂"),
        (lambda given: given[5]["event"].update(seq=4), 6, "这里应是第 1 步"),
        (lambda given: given[5].update(more={}), 6, "不是这里该有的一行"),
        (lambda given: given.insert(3, {"song": {}}), 4, "不是这里该有的一行"),
        (lambda given: given.insert(1, given.pop(5)), 3, "不是这里该有的一行"),
    ],
)
def test_what_is_wrong_is_told_by_its_line(
    change: Callable[[list[dict[str, object]]], None], line: int, said: str
) -> None:
    wrong = refused(anew(change))
    assert wrong.line == line
    assert said in wrong.why.zh
    assert f"第 {line} 行" in wrong.why.zh
    assert f"line {line}" in wrong.why.en


def test_a_case_that_comes_twice_is_told() -> None:
    def twice(given: list[dict[str, object]]) -> None:
        again = next(each for each in given if "event" in each)
        given.insert(next(place for place, each in enumerate(given) if "look" in each), again)

    assert "前面已经有了" in refused(anew(twice)).why.zh


def test_masked_no_name_number_or_salt_is_left() -> None:
    store = MemoryStore()
    said = {"name": "欧阳修", "phone": "13800001234", "email": "ouyang@example.com", "summary": "漏水 13800001234"}
    store.append([received(LIFT, NINE, "3-2-501", **said)])
    store.append([noted(LIFT, 1, "回电 0755-83215678")])
    store.keep_households([Household("3-2-501", "欧阳修", "13800001234", "ouyang@example.com")])
    text = b"".join(export_lines(Masked(store), HEADING, {})).decode()
    for each in ("欧阳修", "13800001234", "83215678", "ouyang@", '"salt"', '"salts"'):
        assert each not in text
    for each in ("欧阳*", "138****1234", "0755-****5678", "o***@example.com", "漏水"):
        assert each in text


def test_masked_a_corrected_name_is_masked_too() -> None:
    from qiantai.masking import masked_event

    event = received(LIFT, field="name", value="欧阳修")
    assert masked_event(event).fields["value"] == "欧阳*"
