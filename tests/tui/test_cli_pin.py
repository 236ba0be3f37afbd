"""The command line where people sign in: whose PIN it needs, what it withholds, and PINs set, given and unlocked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click
import pytest

from qiantai_tui.cli import sitting
from qiantai_tui.sign_in.book import WAITS, PinBook
from qiantai_tui.sites.files import SETTINGS
from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given

PINS = {"li": "7391", "lin": "8264", "sun": "5937"}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The demo's staff, who sign in, and one repair taken in by the desk."""
    folder = make_site(tmp_path / "site", "demo")
    (folder / SETTINGS).unlink()
    with open_site(folder) as opened:
        people, book = opened.desk.handbook.people, PinBook(folder)
        for id, pin in PINS.items():
            assert book.choose(people[id], pin) is None
        opened.desk.receive("li", kind="repair", channel="phone", name="王敏", phone="13800001234", summary="漏水")
    return folder


@pytest.fixture
def pin(tmp_path: Path) -> Callable[[str], Path]:
    """A file with a person's PIN."""

    def write(of: str) -> Path:
        file = tmp_path / f"{of}.pin"
        file.write_text(f"{PINS.get(of, of)}\n", encoding="utf-8")
        return file

    return write


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """What is typed where the terminal does not show it; gives the prompts."""
    prompts: list[str] = []

    def types(*answers: str) -> list[str]:
        left: Iterator[str] = iter(answers)

        def prompt(text: str, **how: Any) -> str:
            assert how["hide_input"]
            prompts.append(text)
            return next(left)

        monkeypatch.setattr(click, "prompt", prompt)
        monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
        return prompts

    return types


COMMANDS = (
    ("case", "list"),
    ("case", "show", "{number}"),
    ("case", "do", "{number}", "note", "text=x"),
    ("case", "receive", "kind=enquiry", "channel=phone", "summary=x"),
    ("why", "{number}"),
    ("incident", "list"),
    ("incident", "open", "summary=停电", "place=1栋"),
    ("register",),
)


def number_of(site: Path) -> str:
    """The number of the repair."""
    with open_site(site) as opened:
        (case,) = opened.desk.store.open_cases()
    return case.number


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_reads_or_writes_cases_needs_the_pin(
    words: tuple[str, ...], site: Path, pin: Callable[[str], Path]
) -> None:
    line = [each.format(number=number_of(site)) for each in words]
    nobody = given(*line, "--site", site)
    assert nobody.exit_code in (2, 5)
    assert "漏水" not in nobody.output
    silent = given(*line, "--by", "li", "--site", site)
    assert silent.exit_code == 5
    assert "--pin-file" in silent.output
    wrong = given(*line, "--by", "li", "--pin-file", pin("9999x"), "--site", site)
    assert wrong.exit_code == 5
    assert "漏水" not in wrong.output
    right = given(*line, "--by", "li", "--pin-file", pin("li"), "--site", site)
    assert right.exit_code == 0, right.output


def test_the_pin_may_stand_in_the_file_that_the_environment_names(
    site: Path, pin: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QIANTAI_PIN_FILE", str(pin("li")))
    assert len(answered("case", "list", "--by", "李静", "--site", site)["cases"]) == 1
    monkeypatch.setenv("QIANTAI_PIN_FILE", "nowhere.pin")
    assert given("case", "list", "--by", "li", "--site", site).exit_code == 3


def test_a_case_that_is_not_theirs_is_withheld(site: Path, pin: Callable[[str], Path]) -> None:
    number = number_of(site)
    who = ("--by", "sun", "--pin-file", pin("sun"), "--site", site)
    assert answered("case", "list", *who)["cases"] == []
    assert answered("case", "show", number, *who, code=5)["error"]["clause"] == "M-3.4c"
    assert answered("why", number, *who, code=5)["error"]["rule"] == "may_not_see"
    assert answered("register", *who, code=5)["error"]["rule"] == "may_not_see"
    told = given("case", "do", number, "escalate", "reason=有人受伤", *who)
    assert told.exit_code == 0
    assert "王" not in told.output
    assert "漏水" not in told.output


def test_wrong_pins_are_counted_over_runs(site: Path, pin: Callable[[str], Path]) -> None:
    for _ in range(3):
        assert given("case", "list", "--by", "li", "--pin-file", pin("1111"), "--site", site).exit_code == 5
    early = given("case", "list", "--by", "li", "--pin-file", pin("li"), "--site", site)
    assert early.exit_code == 5
    assert "还要等" in early.output


def test_the_first_person_sets_a_pin_gives_a_code_and_it_has_to_be_changed(
    tmp_path: Path, typed: Callable[..., list[str]]
) -> None:
    folder = make_site(tmp_path / "own")
    typed("6173", "6173")
    assert given("pin", "set", "--by", "eng1", "--site", folder).exit_code == 5
    assert given("pin", "set", "--by", "desk1", "--site", folder).exit_code == 0
    typed("6173")
    code = given("pin", "code", "eng1", "--by", "desk1", "--site", folder).output.split()[0]
    assert len(code) == 8
    typed(code)
    early = given("case", "list", "--by", "eng1", "--site", folder)
    assert early.exit_code == 5
    assert "pin set" in early.output
    typed(code, "4826", "4827")
    assert given("pin", "set", "--by", "eng1", "--site", folder).exit_code == 1
    typed(code, "4444", "4444")
    assert given("pin", "set", "--by", "eng1", "--site", folder).exit_code == 1
    typed(code, "4826", "4826")
    assert given("pin", "set", "--by", "eng1", "--site", folder).exit_code == 0
    typed("4826")
    assert given("case", "list", "--by", "eng1", "--site", folder).exit_code == 0
    typed("4826")
    assert given("pin", "code", "lead", "--by", "eng1", "--site", folder).exit_code == 5


def test_a_supervisor_unlocks_beside_an_open_desk(site: Path, pin: Callable[[str], Path]) -> None:
    with open_site(site) as opened:
        book, person, at = opened.pins, opened.desk.handbook.people["li"], datetime.now().astimezone()
        start = at - timedelta(minutes=5 * len(WAITS))
        for place in range(len(WAITS)):
            book.sign_in(person, "1111", start + timedelta(minutes=5 * (place + 1)))
        people = {each["id"]: each for each in answered("pin", "list", "--site", site)["people"]}
        assert people["li"]["locked"]
        assert people["sun"] == {"id": "sun", "name": people["sun"]["name"], "pin": True, "locked": False}
        assert given("pin", "unlock", "li", "--by", "lin", "--pin-file", pin("lin"), "--site", site).exit_code == 0
        assert not book.locked("li", at)
    assert given("case", "list", "--by", "li", "--pin-file", pin("li"), "--site", site).exit_code == 0


def test_where_nobody_signs_in_whoever_holds_the_files_sees_all_on_record(tmp_path: Path) -> None:
    folder = make_site(tmp_path / "site", "demo")
    with open_site(folder) as opened:
        opened.desk.receive("li", kind="repair", channel="phone", name="王敏", phone="13800001234", summary="漏水")
    number = number_of(folder)
    assert answered("case", "show", number, "--site", folder)["case"]["phone"] == "13800001234"
    with open_site(folder) as opened:
        (look,) = opened.desk.store.looks()
    assert look.by.startswith("os:")
    assert (look.what, look.which) == ("phone", number)
