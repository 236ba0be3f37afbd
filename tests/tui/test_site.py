"""A site's folder: opened with everything wired, refused with all that is wrong, made whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from qiantai import ZONE, Conflict, Damaged, Done, Locked, MemoryStore
from qiantai import plugins as door
from qiantai.hookspecs import hookimpl
from qiantai.people import Household
from qiantai.plugins import NoStore
from qiantai.words import Bilingual
from qiantai_tui.sites import files as sitefiles
from qiantai_tui.sites.files import SITE, demo_folder, read_toml, site_folder
from qiantai_tui.sites.site import BadSite, NoSite, Site, SiteError, SiteThere, make_site, open_site

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A new site of one's own."""
    return make_site(tmp_path / "own")


def taken_in(site: Site) -> Done:
    """One repair, taken in by the site's first clerk."""
    done = site.desk.receive("desk1", kind="repair", channel="phone", summary="灯不亮")
    assert isinstance(done, Done)
    return done


def test_a_new_site_can_take_in_a_case_that_is_there_again(own: Path) -> None:
    with open_site(own, lambda: NINE) as site:
        number = taken_in(site).case.number
        assert site.name.zh == "我的小区"
        assert site.failures == ()
    with open_site(own, lambda: NINE) as site:
        assert site.desk.case(number).text("summary") == "灯不亮"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no modes")
def test_a_new_site_is_its_owners_alone(own: Path) -> None:
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / SITE).stat().st_mode) == 0o600


def test_a_site_is_not_made_over_anything(own: Path, tmp_path: Path) -> None:
    before = (own / SITE).read_bytes()
    with pytest.raises(SiteThere, match="own"):
        make_site(own, "demo")
    assert (own / SITE).read_bytes() == before
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(SiteThere):
        make_site(tmp_path / "file")
    assert {each.name for each in tmp_path.iterdir()} == {"own", "file"}


def test_a_site_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(SiteError, match="cannot be made"):
        make_site(tmp_path / "file" / "new")


def test_a_site_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise SiteError(Bilingual("满", "full"))

    monkeypatch.setattr(sitefiles, "write_private", full)
    with pytest.raises(SiteError, match="full"):
        make_site(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_is_no_site_is_said_so(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "empty"
    if there:
        folder.mkdir()
    with pytest.raises(NoSite) as error:
        open_site(folder)
    assert ("site.toml" in error.value.why.en) is there
    assert "qiantai demo" in error.value.why.zh


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_is_closed_to_us_is_said_so(own: Path) -> None:
    own.chmod(0)
    try:
        with pytest.raises(NoSite, match="cannot be opened"):
            open_site(own)
    finally:
        own.chmod(0o700)


def test_all_mistakes_of_a_site_are_told_and_nothing_is_opened(own: Path) -> None:
    (own / SITE).write_text('nmae = "X"\n[[staff]]\nid = "a"\nname = "A"\nroles = ["desks"]\n', encoding="utf-8")
    with pytest.raises(BadSite) as error:
        open_site(own)
    said = error.value.why.en
    assert "nmae" in said
    assert "name" in said
    assert "desks" in said
    assert all(str(own / SITE) in line for line in said.splitlines())
    assert {each.name for each in own.iterdir()} == {SITE}


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        (SITE, b"name = ", "not TOML"),
        (SITE, "name = '小区'".encode("gb18030"), "not UTF-8"),
        ("calendar.toml", b"[[year]]\nyear = 2028\n", "notice"),
        ("calendar.toml", b"year = 3", "year"),
        ("settings.toml", b"stoer = 'tinydb'", "store"),
        ("settings.toml", b"plugins_off = 1", "plugins_off"),
        ("settings.toml", b"lock_after = '10m'", "of minutes"),
        ("settings.toml", b"language = 'en'", "qiantai config path"),
        ("settings.toml", b"[keys]\nundo = 'F7'", "qiantai config path"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(own: Path, file: str, text: bytes, said: str) -> None:
    (own / file).write_bytes(text)
    with pytest.raises(BadSite, match=said) as error:
        open_site(own)
    assert error.value.file == own / file


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes("\ufeffname = '小区'\r\nnote = '''a\r\nb'''\r\n".encode())
    assert read_toml(file) == {"name": "小区", "note": "a\nb"}
    assert read_toml(tmp_path / "none.toml") == {}


def test_a_second_desk_is_told_who_holds_the_site(own: Path) -> None:
    with open_site(own), pytest.raises(Locked, match=re.escape(str(own))):
        open_site(own)
    open_site(own).close()


def test_a_damaged_store_is_not_opened(own: Path) -> None:
    with open_site(own, lambda: NINE) as site:
        taken_in(site)
    hot = own / "open.json"
    hot.write_bytes(hot.read_bytes()[:-20])
    with pytest.raises(Damaged):
        open_site(own)
    assert hot.exists()


def test_a_store_that_there_is_not_is_said_so(own: Path) -> None:
    with pytest.raises(NoStore, match="tinydb"):
        open_site(own, store="oracle")
    (own / "settings.toml").write_text('store = "memory"', encoding="utf-8")
    with open_site(own) as site:
        assert isinstance(site.desk.store, MemoryStore)
    assert not (own / "open.json").exists()


def test_what_fails_after_the_store_is_open_lets_go_of_it(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise Conflict(Bilingual("x", "x"))

    with monkeypatch.context() as patched:
        patched.setattr("qiantai_tui.sites.site.Desk.recount", broken)
        with pytest.raises(Conflict):
            open_site(own)
    open_site(own).close()


def test_a_years_notice_moves_due_times_at_the_next_opening(own: Path) -> None:
    friday = datetime(2031, 5, 2, 10, 0, tzinfo=ZONE)
    with open_site(own, lambda: friday) as site:
        done = site.desk.receive(
            "desk1", kind="complaint", channel="phone", summary="噪音", name="王女士", phone="13800001234"
        )
        assert isinstance(done, Done)
        before = done.case.duty("resolve")
        assert before is not None
        assert before.provisional
        assert before.due.date().isoformat() == "2031-05-06"
    notice = '[[year]]\nyear = 2031\nnotice = "2031"\noff."劳动节" = [2031-05-05, 2031-05-06]\n'
    (own / "calendar.toml").write_text(notice, encoding="utf-8")
    with open_site(own, lambda: friday) as site:
        assert [each.case for each in site.recounted] == [done.case.number]
        after = site.desk.case(done.case.number).duty("resolve")
        assert after is not None
        assert not after.provisional
        assert after.due.date().isoformat() == "2031-05-08"


def test_the_roll_and_the_files_are_read_anew(own: Path) -> None:
    with open_site(own) as site:
        site.desk.store.keep_households([Household("1-2-301", "王敏")])
        assert site.desk.handbook.households == {}
        text = (own / SITE).read_text(encoding="utf-8").replace('"前台"', '"小李"')
        (own / SITE).write_text(text, encoding="utf-8")
        again = site.reread()
        assert again.desk.handbook.households["1-2-301"].name == "王敏"
        assert again.desk.handbook.people["desk1"].name == "小李"
        (own / SITE).write_text("name =", encoding="utf-8")
        with pytest.raises(BadSite):
            again.reread()
        assert again.desk.handbook.people["desk1"].name == "小李"


class Loaded(EntryPoint):
    """An entry point whose module is at hand."""

    def load(self) -> ModuleType:
        """The module."""
        return MODULES[self.name]


MODULES: dict[str, ModuleType] = {}


def plugged(monkeypatch: pytest.MonkeyPatch, **functions: Callable[..., object]) -> None:
    """A plugin with these hooks, the only one."""
    module = ModuleType("listener")
    for name, function in functions.items():
        setattr(module, name, hookimpl(function))
    MODULES["listener"] = module
    points, real = [Loaded("listener", "listener", door.PLUGINS)], door._points
    monkeypatch.setattr(door, "_points", lambda group: points if group == door.PLUGINS else real(group))


def test_plugins_hear_of_what_is_kept(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []

    def after(events: tuple[object, ...], case: object) -> None:
        assert events
        heard.append(case.number)  # type: ignore[attr-defined]

    plugged(monkeypatch, qiantai_after_events=after)
    with open_site(own, lambda: NINE) as site:
        number = taken_in(site).case.number
        site.desk.do(number, "dispatch", "guard1", to=["engineering"])
        assert heard == [number]
        assert site.failures == ()


def test_a_plugin_that_fails_stops_nothing_and_is_named_once(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def after() -> None:
        raise RuntimeError("no printer")

    plugged(monkeypatch, qiantai_after_events=after)
    with open_site(own, lambda: NINE) as site:
        first, second = taken_in(site), taken_in(site)
        assert first.case.number != second.case.number
        assert [(each.name, "no printer" in each.why.en) for each in site.failures] == [("listener", True)]
    (own / "settings.toml").write_text('plugins_off = ["listener"]', encoding="utf-8")
    with open_site(own, lambda: NINE) as site:
        taken_in(site)
        assert site.failures == ()


def test_where_a_site_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site_folder({"QIANTAI_SITE": str(tmp_path)}) == tmp_path
    monkeypatch.setattr(sitefiles, "home", lambda: tmp_path)
    assert site_folder({}) == tmp_path / "site"
    assert demo_folder() == tmp_path / "demo"
