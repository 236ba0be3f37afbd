"""An erasure in the default store: no byte is left in any file, and whatever fails, it is never half done."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from tests.plugins.faulty_disk import CALLS, Platter, PowerCut, broken, failing, full
from tests.plugins.sites import kill
from tests.plugins.slow_disk import LONGEST, Disk

from qiantai import Desk, Done, Handbook, Person, Refusal, audit
from qiantai.store import StoreError, Unwritable
from qiantai.testing.happenings import NINE
from qiantai.words import ERASED
from qiantai_tinydb import archive, cases, open_store
from qiantai_tinydb.disk import replace_whole
from qiantai_tinydb.store import TinyStore

SECRETS = ("王小丫", "13800001234", "第三间厨房")
STAFF = Person("li", "李静", ("desk",)), Person("zhao", "赵颖", ("cs_head",))


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


def desk_on(store: TinyStore) -> Desk:
    return Desk(Handbook({each.id: each for each in STAFF}), store, clock=lambda: NINE)


def done(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def taken_in(desk: Desk, **said: Any) -> str:
    facts = {"name": "王小丫", "phone": "13800001234", "summary": "第三间厨房漏水", **said}
    return done(desk.receive("li", kind="repair", channel="phone", emergency=False, **facts)).case.number


def taken_back(desk: Desk, number: str, reason: str = "王小丫说不用了") -> str:
    done(desk.do(number, "withdraw", "li", reason=reason))
    return number


def in_the_journal(site: Path) -> tuple[TinyStore, str]:
    """Closed a moment ago: all of it stands in the journal alone."""
    store = TinyStore(site)
    desk = desk_on(store)
    return store, taken_back(desk, taken_in(desk))


def in_the_hot_file(site: Path) -> tuple[TinyStore, str]:
    """Taken in before the last close, closed since: the hot file has its beginning, the journal its end."""
    store = TinyStore(site)
    number = taken_in(desk_on(store))
    store.close()
    store = TinyStore(site)
    return store, taken_back(desk_on(store), number)


def in_the_archive(site: Path) -> tuple[TinyStore, str]:
    """Filed, with others of its month."""
    store, number = in_the_journal(site)
    desk = desk_on(store)
    taken_back(desk, taken_in(desk, name="李先生", phone="13900005678", summary="灯不亮"), "换了灯泡")
    store.close()
    return TinyStore(site), number


def in_both(site: Path) -> tuple[TinyStore, str]:
    """Filed, and something happened to it afterwards."""
    store, number = in_the_archive(site)
    done(desk_on(store).do(number, "note", "li", text="王小丫致谢"))
    return store, number


PLACES = [in_the_journal, in_the_hot_file, in_the_archive, in_both]
FULLEST = [in_the_hot_file, in_both]
Placed = Callable[[Path], tuple[TinyStore, str]]


def contents(site: Path) -> bytes:
    return b"\n".join(each.read_bytes() for each in sorted(site.rglob("*")) if each.is_file())


def left(site: Path, *more: str) -> list[str]:
    """Which of the secrets still stand somewhere in the folder."""
    data = contents(site)
    return [each for each in (*SECRETS, *more) if each.encode() in data]


@pytest.mark.parametrize("placed", PLACES)
def test_no_byte_of_words_or_salts_is_left_in_any_file(site: Path, placed: Placed) -> None:
    store, number = placed(site)
    desk = desk_on(store)
    salts = [each.salt for each in desk.case(number).history if each.salt]
    open_one = taken_in(desk, name="钱先生", phone="13700000000", summary="门铃不响")
    assert left(site, *salts) == [*SECRETS, *salts]
    done(desk.erase(number, "zhao", reason="业主要求"))
    assert left(site, *salts) == []
    store.close()
    assert left(site, *salts) == []
    store = TinyStore(site)
    case = store.case(number)
    assert case is not None
    assert case.text("name") == ERASED
    assert store.where(number) == "archive/2026-11.json"
    assert audit(store).whole
    assert desk_on(store).case(open_one).text("name") == "钱先生"
    store.close()


def test_what_was_torn_off_or_left_half_written_goes_too(site: Path) -> None:
    store, number = in_the_journal(site)
    kill(store)
    with (site / "open.json.journal").open("ab") as file:
        file.write('{"CRC": "0王小丫'.encode())
    (site / "open.json.tmp").write_text("王小丫", encoding="utf-8")
    store = TinyStore(site)
    assert "王小丫".encode() in (site / "open.json.journal.cut").read_bytes()
    done(desk_on(store).erase(number, "zhao", reason="业主要求"))
    assert left(site) == []
    store.close()


def outcome(site: Path, store: TinyStore, number: str) -> str:
    """How the erasure stands on a site that was opened anew: `not` at all, or `done` to the last byte."""
    case = store.case(number)
    assert case is not None
    assert audit(store).whole
    if case.history[-1].name == "erase":
        assert left(site) == []
        assert case.text("name") == ERASED
        return "done"
    assert set(left(site)) == set(SECRETS)
    assert case.text("name") == "王小丫"
    return "not"


def attempts(site: Path, placed: Placed) -> Iterator[tuple[int, TinyStore, str]]:
    """The same site again and again, each in a folder of its own."""
    for at in range(1, 60):
        store, number = placed(site.with_name(f"site-{at}"))
        yield at, store, number
    pytest.fail("it never ended")


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no way to see what is synced")
@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("placed", PLACES)
def test_a_power_cut_leaves_it_not_begun_or_completed_at_the_next_opening(
    site: Path, placed: Placed, name: str
) -> None:
    seen = set()
    for at, store, number in attempts(site, placed):
        folder = store._folder
        platter, acknowledged = Platter(folder), False
        with platter.spinning(), failing(name, at, PowerCut()) as call, suppress(PowerCut):
            done(desk_on(store).erase(number, "zhao", reason="业主要求"))
            acknowledged = True
        kill(store)
        platter.lose()
        store = TinyStore(folder)
        found = outcome(folder, store, number)
        store.close()
        assert found == "done" or not acknowledged
        seen.add(found)
        if not call.failed:
            break
    assert "done" in seen
    assert "not" in seen or name in ("replace", "ftruncate"), "these come after it is on record"


@pytest.mark.parametrize("name", [*CALLS, "unlink"])
@pytest.mark.parametrize("error", [full, broken])
@pytest.mark.parametrize("placed", FULLEST)
def test_a_disk_that_says_no_is_told_and_the_next_opening_completes_it(
    site: Path, placed: Placed, error: Callable[[], OSError], name: str
) -> None:
    for at, store, number in attempts(site, placed):
        folder, told = store._folder, ""
        (folder / "open.json.journal.cut").write_text("王小丫", encoding="utf-8")
        with failing(name, at, error()) as call:
            try:
                done(desk_on(store).erase(number, "zhao", reason="业主要求"))
            except Unwritable as refused:
                told = refused.why.en
        assert not told or call.failed
        on_record = desk_on(store).case(number).history[-1].name == "erase"
        assert on_record == (not told or "on record" in told or "did not confirm" in told)
        kill(store)
        store = TinyStore(folder)
        assert outcome(folder, store, number) == ("done" if on_record else "not")
        store.close()
        if not call.failed:
            return


def test_the_next_action_completes_what_the_disk_did_not_take(site: Path) -> None:
    store, number = in_the_archive(site)
    desk = desk_on(store)
    with failing("replace", 1, full()), pytest.raises(StoreError, match="on record"):
        desk.erase(number, "zhao", reason="业主要求")
    assert left(site) != []
    taken_in(desk, name="钱先生", phone="13700000000", summary="门铃不响")
    assert left(site) == []
    store.close()


def test_an_opening_that_cannot_complete_it_yet_opens_all_the_same(
    site: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store, number = in_the_archive(site)
    with failing("replace", 1, full()), pytest.raises(Unwritable):
        desk_on(store).erase(number, "zhao", reason="业主要求")
    kill(store)
    with failing("replace", 1, full()):
        store = TinyStore(site)
    assert "not filed for now" in caplog.text
    assert desk_on(store).case(number).text("name") == ERASED
    store.close()
    assert left(site) == []


def test_the_journal_is_as_cheap_as_before_once_it_is_done(site: Path) -> None:
    store, number = in_the_archive(site)
    desk = desk_on(store)
    done(desk.erase(number, "zhao", reason="业主要求"))
    taken_in(desk, name="钱先生", phone="13700000000", summary="门铃不响")
    assert b'"erasing"' not in (site / "open.json.journal").read_bytes()
    assert os.path.getsize(site / "open.json.journal") > 0, "nothing was filed for it"
    store.close()
    assert cases.CLOSED_LIMIT > 1
    open_store(site).close()


def test_what_is_being_filed_when_it_is_erased_does_not_come_back(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(replace_whole)
    monkeypatch.setattr(archive, "replace_whole", disk.replace_whole)
    monkeypatch.setattr(cases, "CLOSED_LIMIT", 1)
    store, number = in_the_journal(site)
    assert disk.asked.wait(LONGEST)
    desk = desk_on(store)
    erasing = threading.Thread(target=lambda: desk.erase(number, "zhao", reason="业主要求"))
    erasing.start()
    disk.may.set()
    erasing.join(LONGEST)
    assert desk.case(number).text("name") == ERASED
    assert left(site) == []
    store.close()
    assert left(site) == []
