"""PINs: which will do, what is kept of them, and what wrong ones cost, over a restart too."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qiantai import Person
from qiantai_tui.sign_in.book import FILE, WAITS, Denied, PinBook, Signed, first_people, may_give_codes
from qiantai_tui.sign_in.secrecy import CODE_DIGITS, fits, kept, new_code, unfit
from qiantai_tui.sites.files import BadSite
from tests.tui.desk_driver import MONDAY

LI, LIN = Person("li", "李静", ("desk",)), Person("lin", "林晓", ("supervisor",))
PIN = "7391"
EASY = "12 1234 4321 0000 7777 123456 １２３４ abcd 2580 13800001234 李静"


@pytest.mark.parametrize(
    "pin",
    [*EASY.split(), "", "LI  ", "x" * 65],
)
def test_what_is_easy_to_guess_will_not_do_and_what_would_is_said(pin: str) -> None:
    wrong = unfit(pin, "li", "李静")
    assert wrong is not None
    assert "可行" in wrong.zh
    assert "What would do" in wrong.en


@pytest.mark.parametrize("pin", [PIN, "2748", "电梯在三楼", "correct horse"])
def test_what_will_do(pin: str) -> None:
    assert unfit(pin, "li", "李静") is None


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_only_the_pin_itself_fits_what_is_kept_of_it(pin: str, other: str) -> None:
    of_it = kept(pin, cost=2)
    assert fits(pin, of_it)
    assert fits(other, of_it) is (kept(other, bytes.fromhex(of_it.split("$")[2]), 2) == of_it)
    assert pin not in of_it or len(pin) < 4


def test_two_people_of_one_pin_have_nothing_in_common_on_the_disk() -> None:
    assert kept(PIN) != kept(PIN)
    assert fits("７３９１", kept(PIN)), "an input method's full-width figures are the same PIN"


def test_a_code_is_eight_figures_by_chance() -> None:
    codes = {new_code() for _ in range(20)}
    assert len(codes) == 20
    assert {len(each) for each in codes} == {CODE_DIGITS}


def test_the_file_is_for_its_owner_alone_and_holds_no_pin(tmp_path: Path) -> None:
    book = PinBook(tmp_path)
    assert book.empty
    assert book.choose(LI, PIN) is None
    assert not book.empty
    file = tmp_path / FILE
    assert file.stat().st_mode & 0o777 == 0o600
    assert PIN not in json.loads(file.read_text(encoding="utf-8"))["people"]["li"]["digest"].split("$")
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in tmp_path.iterdir())


def test_a_pin_that_will_not_do_is_not_kept(tmp_path: Path) -> None:
    assert PinBook(tmp_path).choose(LI, "1234") is not None
    assert PinBook(tmp_path).empty


def test_signing_in(tmp_path: Path) -> None:
    book = PinBook(tmp_path)
    book.choose(LI, PIN)
    assert book.sign_in(LI, PIN, MONDAY) == Signed()
    assert isinstance(book.sign_in(LI, "7392", MONDAY), Denied)
    none = book.sign_in(LIN, PIN, MONDAY)
    assert isinstance(none, Denied)
    assert none.why.en.startswith("林晓 has no PIN yet")


def test_wrong_ones_cost_more_and_more_time_then_lock_and_a_restart_forgets_nothing(tmp_path: Path) -> None:
    PinBook(tmp_path).choose(LI, PIN)
    at, waits = MONDAY, []
    for _ in range(len(WAITS)):
        denied = PinBook(tmp_path).sign_in(LI, "7392", at)
        assert isinstance(denied, Denied)
        free = denied.until or at
        waits.append((free - at).total_seconds())
        if free > at:
            early = PinBook(tmp_path).sign_in(LI, PIN, free - timedelta(seconds=1))
            assert isinstance(early, Denied), "even the right one has to wait"
            assert early.until == free
        at = free
    assert waits == [0, 0, 5, 15, 30, 60, 120, 1800]
    assert PinBook(tmp_path).locked("li", at - timedelta(seconds=1))
    assert not PinBook(tmp_path).locked("li", at)
    assert PinBook(tmp_path).sign_in(LI, PIN, at) == Signed()
    anew = PinBook(tmp_path).sign_in(LI, "7392", at)
    assert isinstance(anew, Denied)
    assert anew.until == at, "after the right one the count begins anew"


def test_a_clock_set_back_shortens_no_wait(tmp_path: Path) -> None:
    book = PinBook(tmp_path)
    book.choose(LI, PIN)
    for _ in range(3):
        book.sign_in(LI, "7392", MONDAY)
    assert isinstance(book.sign_in(LI, PIN, MONDAY - timedelta(days=1)), Denied)


def test_a_try_is_on_the_disk_before_it_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    PinBook(tmp_path).choose(LI, PIN)

    def killed(_: str, __: str) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr("qiantai_tui.sign_in.book.fits", killed)
    with pytest.raises(KeyboardInterrupt):
        PinBook(tmp_path).sign_in(LI, "7392", MONDAY)
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8"))["people"]["li"]["failed"] == 1


def test_a_superior_unlocks(tmp_path: Path) -> None:
    book = PinBook(tmp_path)
    book.choose(LI, PIN)
    for minutes in range(0, 60, 3):
        book.sign_in(LI, "7392", MONDAY + timedelta(minutes=minutes))
    assert book.locked("li", MONDAY + timedelta(minutes=30))
    book.unlock("li")
    assert book.sign_in(LI, PIN, MONDAY + timedelta(minutes=30)) == Signed()


def test_a_code_is_good_for_three_days_and_has_to_be_changed(tmp_path: Path) -> None:
    book = PinBook(tmp_path)
    code = book.give_code("li", MONDAY)
    assert book.sign_in(LI, code, MONDAY + timedelta(days=3)) == Signed(change=True)
    stale = book.sign_in(LI, code, MONDAY + timedelta(days=3, seconds=1))
    assert isinstance(stale, Denied)
    assert "run out" in stale.why.en
    book.choose(LI, PIN)
    assert book.sign_in(LI, PIN, MONDAY + timedelta(days=30)) == Signed()
    assert isinstance(book.sign_in(LI, code, MONDAY), Denied)


NO_DIGEST = {"digest": "scrypt$16384$00", "code_until": None, "failed": 0, "last": None}
NO_TIME = {"digest": "scrypt$16384$00$00", "code_until": None, "failed": 4, "last": "soon"}
UNREADABLE = [json.dumps({"people": {"li": each}}) for each in (1, {}, NO_DIGEST, NO_TIME)]


@pytest.mark.parametrize("text", ["", "{}", "[]", "\ufffd", *UNREADABLE])
def test_a_file_that_cannot_be_read_lets_nobody_in(text: str, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    assert not PinBook(tmp_path).empty
    with pytest.raises(BadSite):
        PinBook(tmp_path).sign_in(LI, PIN, MONDAY)
    with pytest.raises(BadSite):
        PinBook(tmp_path).choose(LI, PIN)


def test_who_may_be_the_first_and_who_gives_codes() -> None:
    people = {each.id: each for each in (LI, LIN)}
    assert first_people(people) == (LIN,)
    assert first_people({"li": LI}) == (LI,)
    assert may_give_codes(LIN)
    assert not may_give_codes(LI)
