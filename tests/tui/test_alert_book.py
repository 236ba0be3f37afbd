"""The book of alerts: shared by desks, whole whatever happens to it, private, and no hindrance to a backup."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from qiantai.periods import ZONE
from qiantai.projections.alerts import Alert, Stage
from qiantai_tui.alerts.book import FILE, KEPT_FOR, AlertBook
from qiantai_tui.backups.making import back_up
from tests.tui.sites import NOON, a_site

AT = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)
DUE = Alert("BX-20261123-001", "dispatch", AT, Stage.DUE)
SOON = Alert("BX-20261123-001", "dispatch", AT, Stage.BEFORE)
OTHER = Alert("TS-20261123-001", "resolve", AT + timedelta(days=2), Stage.BEFORE)

LINE = {
    "person": "li",
    "case": "x",
    "duty": "x",
    "due": "2026-11-23T09:00",
    "stage": "due",
    "at": "2026-11-23T09:00",
    "seen": False,
}


def tell(book: AlertBook, *alerts: Alert, person: str = "li", at: datetime = AT) -> set[Alert]:
    """Tells those of these that were not told yet."""
    return set(book.tell(person, at, lambda before: [each for each in alerts if each not in before]))


def told(book: AlertBook, person: str = "li") -> set[tuple[Alert, bool]]:
    return {(each.alert, each.seen) for each in book.of(person)}


def test_what_was_told_is_known_to_the_next_who_opens_it(tmp_path: Path) -> None:
    assert tell(AlertBook(tmp_path), SOON, DUE) == {SOON, DUE}
    again = AlertBook(tmp_path)
    assert tell(again, SOON, DUE, OTHER) == {OTHER}
    assert told(again) == {(SOON, False), (DUE, False), (OTHER, False)}
    assert [each.at for each in again.of("li")] == [AT] * 3
    assert again.of("bao") == ()
    assert tell(again, DUE, person="bao") == {DUE}


def test_two_desks_see_what_the_other_wrote(tmp_path: Path) -> None:
    one, two = AlertBook(tmp_path), AlertBook(tmp_path)
    assert not one.changed
    tell(one, SOON)
    assert two.changed
    assert not one.changed
    assert tell(two, SOON, DUE) == {DUE}
    assert not two.changed
    two.see("li", [SOON])
    assert one.changed
    assert told(one) == {(SOON, True), (DUE, False)}


def _tell_all(folder: str, numbers: range) -> int:
    book = AlertBook(Path(folder))
    alerts = [Alert(f"BX-{n}", "finish", AT, Stage.DUE) for n in numbers]
    return sum(len(tell(book, each)) for each in alerts)


def test_several_at_once_tell_each_thing_once(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        counts = pool.starmap(_tell_all, [(str(tmp_path), range(30))] * 3)
    assert sum(counts) == 30
    assert len(AlertBook(tmp_path).of("li")) == 30


@pytest.mark.parametrize(
    "harm",
    [
        b"",
        b"\x00\xff\n",
        b"not json\n",
        b"[]\n",
        b'{"person": "li"}\n',
        b'{"person": "li", "case": "x", "duty": "x", "due": "2026-11-23", "stage": "due", "at": "x", "seen": true}\n',
        b"[" * 100_000 + b"\n",
        json.dumps({**LINE, "due": "0001-01-01T00:00:00+23:59"}).encode() + b"\n",
        json.dumps({**LINE, "at": "9999-12-31T23:59:59-23:59"}).encode() + b"\n",
        json.dumps({**LINE, "stage": "never"}).encode() + b"\n",
        b'{"person": "li", "case": "BX-2026',
    ],
)
def test_lines_that_are_none_count_as_never_told_and_the_others_stay(harm: bytes, tmp_path: Path) -> None:
    tell(AlertBook(tmp_path), SOON)
    with (tmp_path / FILE).open("ab") as file:
        file.write(harm)
    book = AlertBook(tmp_path)
    assert told(book) == {(SOON, False)}
    assert tell(book, SOON, DUE) == {DUE}
    assert told(AlertBook(tmp_path)) == {(SOON, False), (DUE, False)}


def test_of_one_moment_the_earliest_due_stands_first(tmp_path: Path) -> None:
    book = AlertBook(tmp_path)
    tell(book, OTHER, DUE)
    tell(book, SOON, at=AT + timedelta(minutes=1))
    assert [each.alert for each in book.of("li")] == [SOON, DUE, OTHER]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        tell(AlertBook(tmp_path), SOON)
        AlertBook(tmp_path).forget("li", AT + 2 * KEPT_FOR, ())
    finally:
        os.umask(umask)
    assert {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {
        FILE: 0o600,
        ".alerts.lock": 0o600,
    }


def test_where_nothing_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()
    for book in (AlertBook(tmp_path), AlertBook(tmp_path / "gone"), AlertBook(None)):
        assert tell(book, SOON) == {SOON}
        assert tell(book, SOON) == set()
        book.see("li", [SOON])
        assert told(book) == {(SOON, True)}
        book.forget("li", AT + 2 * KEPT_FOR, ())


def test_what_is_long_past_is_let_go_but_what_is_open_would_be_told_again(tmp_path: Path) -> None:
    book, other = AlertBook(tmp_path), AlertBook(tmp_path)
    tell(book, SOON, OTHER)
    tell(book, SOON, person="bao")
    assert told(other) == {(SOON, False), (OTHER, False)}
    book.forget("li", AT + KEPT_FOR - timedelta(seconds=1), ())
    assert len(book.of("li")) == 2
    book.forget("li", AT + KEPT_FOR, [OTHER.case])
    assert told(AlertBook(tmp_path)) == told(book) == {(OTHER, False)}
    assert tell(other, OTHER) == set()
    assert told(AlertBook(tmp_path), "bao") == {(SOON, False)}, "whose cases these are is for each to say"
    assert (tmp_path / FILE).read_text(encoding="ascii").count("\n") == 2


def test_nothing_of_a_resident_is_in_it(tmp_path: Path) -> None:
    tell(AlertBook(tmp_path), SOON)
    text = (tmp_path / FILE).read_text(encoding="ascii")
    assert set(json.loads(text)) == {"person", "case", "duty", "due", "stage", "at", "seen"}


def test_a_site_is_backed_up_with_the_book_lying_in_it(tmp_path: Path) -> None:
    folder = a_site(tmp_path / "site")
    tell(AlertBook(folder), SOON)
    assert Path(back_up(folder, NOON + timedelta(hours=1)).good.file).is_file()
