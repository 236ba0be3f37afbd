"""Every file that the program makes is for its owner's eyes alone, and so are the folders."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from qiantai import Done
from qiantai_tui.crash import write_report
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.draft_book import DraftBook
from qiantai_tui.sites.files import SiteError, kept_page, write_private
from qiantai_tui.sites.own import make_own_site
from qiantai_tui.sites.site import open_site
from tests.tui.desk_driver import MONDAY, Clock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a system without such rights")


@pytest.fixture(autouse=True)
def _open_handed() -> object:
    """A umask that takes nothing away: what is private is so by itself."""
    before = os.umask(0)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, str]:
    """The rights of everything that is not private, by name."""
    found = {}
    for each in (folder, *folder.rglob("*")):
        mode = each.stat().st_mode & 0o777
        if mode != (0o700 if each.is_dir() else 0o600):
            found[str(each.relative_to(folder))] = oct(mode)
    return found


def test_a_site_at_work(tmp_path: Path) -> None:
    clock = Clock()
    folder = make_own_site(tmp_path / "site", "阳光花园", "李静")
    with open_site(folder, clock) as site:
        person = site.desk.handbook.people["desk1"]
        assert site.pins.choose(person, "7391") is None
        site.pins.sign_in(person, "7391", MONDAY)
        DraftBook(folder / "drafts.json").keep("quick", {"line": "1-2-301 漏水"})
        for _ in range(3):
            done = site.desk.receive("desk1", kind="enquiry", channel="phone", summary="几点", phone="13800001234")
            assert isinstance(done, Done)
            clock.go(minutes=1)
            site.desk.seat("desk1").reveal(done.case.number)
            site.desk.do(done.case.number, "answer", "desk1", text="八点", satisfied=True)
        assert rights(folder) == {}
    assert rights(folder) == {}
    with open_site(folder, clock):
        assert rights(folder) == {}
    assert {"sign_in.json", "drafts.json", "site.toml"} <= {each.name for each in folder.iterdir()}
    assert any(each.is_dir() for each in folder.iterdir())


def test_the_demo(tmp_path: Path) -> None:
    assert rights(make_demo(tmp_path / "demo", clock=lambda: MONDAY)) == {}


def test_a_report_of_an_error(tmp_path: Path) -> None:
    path = write_report(ValueError("13800001234"), tmp_path / "reports", MONDAY + timedelta(seconds=1))
    assert path is not None
    assert path.stat().st_mode & 0o777 == 0o600


def test_half_a_character_does_not_keep_a_page_from_being_written(tmp_path: Path) -> None:
    write_private(tmp_path / "page.html", "漏\ud800水")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == "漏?水"


def test_a_page_of_the_site_is_written_again_under_its_name_or_it_is_said_why_not(tmp_path: Path) -> None:
    for words in ("漏水", "漏水,已修"):
        page = kept_page(tmp_path / "copies", "1-2-301.html", words)
        assert page.read_text(encoding="utf-8") == words
    assert rights(tmp_path / "copies") == {}
    (tmp_path / "lists").write_text("", encoding="utf-8")
    (tmp_path / "copies" / "taken.html").mkdir()
    for folder, name in (("lists", "page.html"), ("copies", "taken.html"), ("not there/copies", "page.html")):
        with pytest.raises(SiteError) as error:
            kept_page(tmp_path / folder, name, "漏水")
        assert folder in error.value.why.zh
        assert folder in error.value.why.en
