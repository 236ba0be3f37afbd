"""A hostile search after an erasure: no byte of the name, the number or the words is in any file of the site."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from qiantai import Done, Refusal
from qiantai.books import SCRIPTS, SHIFTS
from qiantai.chain import verify
from qiantai.deeds import WITHDRAW, Deed
from qiantai.words import ERASED
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.erasure_forms import EraseForm
from qiantai_tui.resident_copy import kept_copy
from qiantai_tui.shift.shifts import Shifts
from qiantai_tui.sites.books import books_of
from qiantai_tui.sites.draft_book import DraftBook
from qiantai_tui.sites.site import open_site
from qiantai_tui.sites.sweeping import Sweeping
from qiantai_tui.widgets.reading import Reading
from tests.plugins.postgres import NoServer, Server, a_server, or_skip
from tests.tui.command_line import answered, given
from tests.tui.site_books import agreed_on, handed_over, signed
from tests.tui.sites import NOON, WANG, a_site
from tests.tui.waiting import gathered

SAID = "第三间厨房漏水到楼下"
TOLD = (
    f"{WANG.id} 王敏要回电",
    "1栋2单元301的那件, 请早上去",
    "她的电话 138-0000-1234",
    f"说的是“{SAID}”",
    "写信到 wangmin@example.com",
)
SECRETS = ("王敏", "13800001234", "138****1234", "wangmin@example.com", SAID)
STAYS = "电梯维保明早来,3-2-501 要换灯"
ERASE = ("erase", "--household", WANG.id, "--by", "head", "--reason", "已搬走", "--yes")


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with a_server() as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)


def left(*data: bytes) -> list[str]:
    texts = [each for each in SECRETS if any(each.encode() in part for part in data)]
    halves = [each for each in SECRETS if any(json.dumps(each)[1:-1].encode() in part for part in data)]
    return sorted({*texts, *halves})


def in_files(folder: Path) -> list[bytes]:
    return [each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()]


def lived_in(folder: Path) -> str:
    """Closes what is open of the household, and has it spoken of wherever that can be; gives the case's number."""
    with open_site(folder, lambda: NOON) as site:
        facts = {"channel": "phone", "household": WANG.id, "name": WANG.name, "phone": WANG.phone, "summary": SAID}
        done = site.desk.receive("desk1", kind="repair", emergency=False, **facts)
        assert isinstance(done, Done)
        number = done.case.number
        for each in site.desk.store.open_cases():
            assert isinstance(site.desk.do(each.number, "withdraw", "desk1", reason="王敏说不用了"), Done)
        for notes in (*TOLD, f"{number} 等人回话", STAYS):
            handed_over(site, notes)
        signed(site, "leave_open", "lead", giver="desk1", reason="王敏在门口等", notes="没有别的")
        signed(site, "read_over", "lead", hand_over=len(TOLD) + 3)
        deed = agreed_on(site, f"王敏({WANG.phone})家的水已经不漏", "leak")
        gone = agree(site.with_scripts(), "head", WITHDRAW, id=deed.id, version=1, reason="写进了王敏的名字")
        assert isinstance(gone, Deed)
        agreed_on(site)
        copy = Sweeping(site).residents.copy(WANG.id, "lead", "本人")
        assert not isinstance(copy, Refusal)
        kept_copy(copy, site.desk.handbook, "小区", site.folder)
    (folder / "lists").mkdir()
    (folder / "lists" / "water.csv").write_text(f"BX,{WANG.id},王*,{SAID}\n", encoding="utf-8")
    (folder / "hand-overs").mkdir()
    (folder / "hand-overs" / "0001.html").write_text(f"<p>{number} {WANG.id} {SAID}</p>", encoding="utf-8")
    (folder / "hand-overs" / "0002.html").write_text("<p>3-2-501</p>", encoding="utf-8")
    drafts = DraftBook(folder / "drafts.json")
    drafts.keep("queue@desk1", {"line": "王敏来电"})
    drafts.keep("queue@lead", {"line": "3-2-501 灯不亮"})
    return number


@pytest.fixture(params=["tinydb", "sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = a_site(tmp_path / "site")
    if request.param != "tinydb":
        server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
        aside = answered("move", "--to", server.new_site() if server else "sqlite", "--site", folder)["aside"]
        for each in Path(aside).rglob("*"):
            if each.is_file():
                each.unlink()
    lived_in(folder)
    return folder


def every_byte(folder: Path, request: pytest.FixtureRequest) -> list[bytes]:
    if "postgresql" in (folder / "settings.toml").read_text(encoding="utf-8"):
        server: Server = request.getfixturevalue("postgres")
        return [*in_files(folder), server.tables()]
    return in_files(folder)


def test_after_an_erasure_nothing_of_it_is_left_and_all_of_it_verifies(
    site: Path, request: pytest.FixtureRequest
) -> None:
    assert left(*every_byte(site, request)) == sorted(SECRETS)
    answered("verify", "--site", site)
    planned = answered(*ERASE[:-1], "--site", site, code=1)
    assert len(planned["books"]) == len(TOLD) + 1 + 1 + 2
    assert [Path(each).name for each in planned["sheets"]][1:] == ["water.csv", "0001.html"]
    assert left(*every_byte(site, request)) == sorted(SECRETS), "it was only shown"
    assert answered(*ERASE, "--site", site)["erased"] is True
    assert left(*every_byte(site, request)) == []
    assert answered("verify", "--site", site)["ok"]
    with books_of(site) as books:
        for name, count in ((SHIFTS, len(TOLD) + 2), (SCRIPTS, 2)):
            history = books.book(name)
            assert verify(history) is None
            (told,) = (each for each in history if each.name == "erase")
            assert (told.by, told.fields["reason"]) == ("head", "已搬走")
            erased = told.fields["erased"]
            assert isinstance(erased, tuple)
            assert len(erased) == count
        overs = Shifts(books).book().hand_overs
        assert {each.notes for each in overs} == {ERASED, STAYS, "没有别的"}
        assert [each.giver for each in overs] == ["desk1"] * len(overs), "who gave to whom is still known"
    assert (site / "hand-overs" / "0002.html").exists()
    assert DraftBook(site / "drafts.json").get("queue@lead")
    again = given(*ERASE, "--site", site)
    assert again.exit_code != 0, "nothing is left to erase"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    folder = a_site(tmp_path / "site")
    lived_in(folder)
    return folder


def test_what_somebody_is_still_to_read_stops_the_erasure_before_anything_goes(plain: Path) -> None:
    with open_site(plain, lambda: NOON) as opened:
        number = handed_over(opened, "王敏还要回电", take=False)
    before = in_files(plain)
    refused = answered(*ERASE, "--site", plain, code=1)["refusal"]
    assert (refused["rule"], refused["clause"]) == ("hand_over_under_way", "Q-S2b")
    after = in_files(plain)
    assert left(*after) == left(*before) == sorted(SECRETS)
    with open_site(plain, lambda: NOON) as opened:
        signed(opened, "take_over", "lead", hand_over=number)
    assert answered(*ERASE, "--site", plain)["erased"] is True
    assert left(*in_files(plain)) == []


def test_what_was_left_for_whoever_comes_next_stays_until_they_have_read_it(plain: Path) -> None:
    with open_site(plain, lambda: NOON) as opened:
        book = signed(opened, "leave_open", "lead", giver="desk1", reason="没有人接", notes="王敏还要回电")
    assert answered(*ERASE, "--site", plain, code=1)["refusal"]["rule"] == "hand_over_under_way"
    with open_site(plain, lambda: NOON) as opened:
        signed(opened, "read_over", "lead", hand_over=book.hand_overs[-1].number)
    assert answered(*ERASE, "--site", plain)["erased"] is True
    assert left(*in_files(plain)) == []


def test_a_wording_in_force_stays_and_says_what_would_do(plain: Path) -> None:
    with open_site(plain, lambda: NOON) as opened:
        agreed_on(opened, "找王敏问车位", "parking")
    found = answered(*ERASE, "--site", plain)
    (stays,) = (each for each in found["stays"] if each["what"] == "wording")
    assert "parking" in stays["why"]["zh"]
    assert left(*in_files(plain)) == ["王敏"]
    with open_site(plain, lambda: NOON) as opened:
        script = opened.desk.handbook.script("parking", NOON)
        assert script is not None
        assert script.text == "找王敏问车位"


def test_words_of_one_case_go_from_the_books_too(plain: Path) -> None:
    number = next(json.loads(each)["case"] for each in _events(plain) if SAID in each)
    found = answered("erase", number, "summary", "--by", "head", "--reason", "业主要求", "--yes", "--site", plain)
    assert [(each["book"], each["name"]) for each in found["books"]] == [("shifts", "notes")]
    assert left(*in_files(plain)) == sorted(set(SECRETS) - {SAID})
    assert answered("verify", "--site", plain)["ok"]


def _events(folder: Path) -> list[str]:
    with open_site(folder, lambda: NOON) as opened:
        return [
            json.dumps({"case": case.number, "said": str(case.facts)}, ensure_ascii=False)
            for case in opened.desk.store.all_cases()
        ]


def test_the_store_that_a_site_has_left_is_named(plain: Path) -> None:
    aside = answered("move", "--to", "sqlite", "--site", plain)["aside"]
    found = answered(*ERASE, "--site", plain)
    assert found["asides"] == [aside]
    text = given(*ERASE[:-1], "--site", plain)
    assert text.exit_code != 0
    assert left(*in_files(Path(aside))), "nothing is erased there"


async def test_the_form_shows_the_lines_of_the_books_masked_and_takes_them(plain: Path) -> None:
    app = DeskApp(plain, clock=lambda: NOON, reports=plain.parent / "reports")
    async with app.run_test(size=(120, 40)) as pilot:
        app.be("head")
        await pilot.pause()
        form = EraseForm(WANG.id)
        app.push_screen(form)
        await gathered(pilot)
        shown = form.query_one("#preview Reading", Reading).render().plain
        assert "交接班记录 第" in shown
        assert "138****1234" in shown
        assert "13800001234" not in shown
        assert "water.csv" in shown
        app.book.keep("queue@head", {"line": "王敏来电"})
        form.send({"reason": "已搬走"})
        await gathered(pilot)
        assert app.screen is not form
        assert not app.book.get("queue@head")
    assert left(*in_files(plain)) == []
