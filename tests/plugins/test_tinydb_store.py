"""The default store over its life: restarts, kills, power cuts, full disks, a second desk, and what it finds again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.sites import everything, lines

from qiantai.people import Household
from qiantai.store import Damaged, Locked, Look, Unwritable
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, noted, received, taken_back
from qiantai_tinydb import open_store


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def test_a_restart_finds_everything_and_the_closed_cases_are_filed_by_month_of_receipt(site: Path) -> None:
    store = open_store(site)
    october = NINE.replace(month=10, day=1)
    store.append([received(LIFT), received(LEAK, october), received(TAP)])
    store.append([closed(LEAK, 1), closed(LIFT, 1)])
    store.keep_households([Household("3-2-501", "王女士")])
    store.record(Look(NINE, "li", "dossier", "3-2-501"))
    before = everything(store)
    store.close()
    assert lines(site / "open.json") == [TAP]
    assert lines(site / "archive" / "2026-10.json") == [LEAK]
    assert lines(site / "archive" / "2026-11.json") == [LIFT]
    assert (site / "open.json.journal").read_bytes() == b""
    store = open_store(site)
    assert everything(store) == before
    assert store.case(LEAK) == before[LEAK]
    assert [each.number for each in store.received(october.date(), NINE.date())] == [LEAK, LIFT, TAP]
    assert store.last_number("BX", NINE.date()) == 2
    assert list(store.households()) == [Household("3-2-501", "王女士")]
    assert list(store.looks()) == [Look(NINE, "li", "dossier", "3-2-501")]
    store.close()


def test_the_archive_takes_a_word_that_is_said_later_and_gives_back_what_is_reopened(site: Path) -> None:
    store = open_store(site)
    store.append([received(LIFT), closed(LIFT, 1)])
    store.close()
    store = open_store(site)
    store.append([noted(LIFT, 2, "住户致谢")])
    assert [each.number for each in store.closed_cases(words="致谢")] == [LIFT]
    store.close()
    assert lines(site / "open.json") == []
    store = open_store(site)
    store.append([taken_back(LIFT, 3, 1)])
    assert [each.number for each in store.open_cases()] == [LIFT]
    assert list(store.closed_cases()) == []
    store.close()
    store = open_store(site)
    assert [each.number for each in store.open_cases()] == [LIFT]
    assert list(store.closed_cases()) == []
    assert len(list(store.received(NINE.date(), NINE.date()))) == 1
    store.append([closed(LIFT, 4)])
    store.close()
    store = open_store(site)
    assert [len(each.history) for each in store.closed_cases()] == [5]
    store.close()


def test_the_archive_is_searched_by_words_in_whatever_letters(site: Path) -> None:
    store = open_store(site)
    said = "厨房 Wi-Fi 旁边“漏水”,ÉTAGE 3\\4"
    store.append([received(LIFT, summary=said, to=("security", "cleaning")), closed(LIFT, 1)])
    store.close()
    store = open_store(site)
    for words in ("wi-fi", "WI-FI 厨房", "“漏水”", "étage", "3\\4", "security", LIFT.lower()):
        assert [each.number for each in store.closed_cases(words=words)] == [LIFT], words
    for words in ("received", "crc", "events", "said", "of", "at", "wi-fi2", "3\\\\4", "'security'"):
        assert list(store.closed_cases(words=words)) == [], words
    store.close()


def test_numbers_from_elsewhere_are_found_too(site: Path) -> None:
    store = open_store(site)
    strange = ["OLD-17", "BX-20200101-001"]  # no day in it, and a day that is not the day of its receipt
    for number in strange:
        store.append([received(number), closed(number, 1)])
    store.close()
    store = open_store(site)
    for number in strange:
        case = store.case(number)
        assert case is not None
        assert case.number == number
    assert store.last_number("BX", NINE.date().replace(year=2020, month=1, day=1)) == 1
    assert {each.number for each in store.received(NINE.date(), NINE.date())} == set(strange)
    store.close()


def test_a_second_desk_is_told_who_holds_it(site: Path) -> None:
    code = (
        "import pathlib, sys, qiantai_tinydb\n"
        "store = qiantai_tinydb.open_store(pathlib.Path(sys.argv[1]))\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code, str(site)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(Locked) as told:
            open_store(site)
        assert str(other.pid) in told.value.why.zh
        assert str(other.pid) in told.value.why.en
        other.kill()
    store = open_store(site)
    with pytest.raises(Locked, match=str(os.getpid())):
        open_store(site)
    store.close()
    open_store(site).close()


def test_whoever_asks_for_the_plugin_does_not_load_tinydb() -> None:
    code = "import sys, qiantai_tinydb; print([each for each in ('tinydb', 'filelock') if each in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", code]) == b"[]\n"


def test_a_closed_store_takes_nothing(site: Path) -> None:
    store = open_store(site)
    store.close()
    store.close()
    with pytest.raises(Unwritable, match="closed"):
        store.append([received(LIFT)])
    with pytest.raises(Unwritable, match="closed"):
        store.keep_households([Household("1")])
    with pytest.raises(Unwritable, match="closed"):
        store.record(Look(NINE, "li", "dossier", "1"))


def test_a_hot_file_that_is_gone_or_damaged_is_refused_and_the_lock_let_go(site: Path) -> None:
    store = open_store(site)
    store.append([received(LIFT), received(TAP), closed(TAP, 1)])
    store.close()
    whole = (site / "open.json").read_bytes()
    (site / "open.json").unlink()
    with pytest.raises(Damaged, match="missing"):
        open_store(site)
    for damaged in (b"", whole[:-9], whole.replace(b"3-2-501", b"3-2-502", 1)):
        (site / "open.json").write_bytes(damaged)
        with pytest.raises(Damaged, match=r"open\.json, line \d+"):
            open_store(site)
        assert (site / "open.json").read_bytes() == damaged
    (site / "open.json").write_bytes(whole)
    store = open_store(site)
    assert set(everything(store)) == {LIFT, TAP}
    store.close()


@pytest.mark.parametrize("gone", ["open.json", "households.json", "looks.jsonl", "archive/2026-11.json"])
def test_a_file_that_is_gone_is_missed_by_its_name(site: Path, gone: str) -> None:
    store = open_store(site)
    store.append([received(LIFT), closed(LIFT, 1)])
    store.keep_households([Household("3-2-501", "王女士")])
    store.record(Look(NINE, "li", "dossier", "3-2-501"))
    store.close()
    whole = (site / gone).read_bytes()
    (site / gone).unlink()
    before = sorted(each.name for each in site.rglob("*"))
    with pytest.raises(Damaged, match=f"{gone} is missing"):
        open_store(site)
    assert sorted(each.name for each in site.rglob("*") if each.name != "lock") == [e for e in before if e != "lock"]
    (site / gone).write_bytes(whole)
    open_store(site).close()


def test_a_record_that_is_whole_and_yet_no_case_is_refused_by_its_number(site: Path) -> None:
    store = open_store(site)
    store.append([received(LIFT)])
    store.close()
    whole = (site / "open.json").read_text("utf-8")
    changes: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda document: document["events"][0]["changes"][0].__setitem__(0, "unheard_of"),
        lambda document: document["events"].clear(),
        lambda document: document.pop("received"),
        lambda document: document.update(state="closed"),
    )
    for change in changes:
        by_hand = json.loads(whole)
        change(by_hand["cases"][LIFT])
        (site / "open.json").write_text(json.dumps(by_hand), "utf-8")
        with pytest.raises(Damaged, match=LIFT):
            open_store(site)


def test_a_torn_look_is_cut_and_a_damaged_one_refused(site: Path) -> None:
    store = open_store(site)
    looks = [Look(NINE + timedelta(seconds=n), "li", "dossier", f"1-1-{n}") for n in range(2000)]
    for each in looks:
        store.record(each)
    store.close()
    log, mark = site / "looks.jsonl", site / "looks.jsonl.mark"
    whole = log.read_bytes()
    log.write_bytes(whole[:-7])
    with pytest.raises(Damaged, match=r"looks\.jsonl, line 2000 .*cut short"):
        open_store(site)
    mark.unlink()  # as if the last one had never been acknowledged
    store = open_store(site)
    assert list(store.looks()) == looks[:-1]
    store.close()
    mark.unlink(missing_ok=True)
    log.write_bytes(whole.replace(b"1-1-1990", b"1-1-1991", 1))
    with pytest.raises(Damaged, match=r"looks\.jsonl, line 1991 "):
        open_store(site)
    log.write_bytes(whole.replace(b'1-1-3"', b'1-1-4"', 1))
    store = open_store(site)
    with pytest.raises(Damaged, match=r"looks\.jsonl, line 4 "):
        store.looks()
    store.close()
