"""Moving a site from one store to another on the command line: all of it is there, or nothing has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from qiantai import ZONE, Done, Look, audit
from qiantai.carrying import Inventory, inventory, prove_equal
from qiantai.plugins import open_store
from qiantai.store import Source, Store
from qiantai_sql.store import SqlStore
from qiantai_tui.sites import moving
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.files import SiteError
from qiantai_tui.sites.moving import move
from qiantai_tui.sites.site import open_site, read_settings
from tests.plugins.postgres import NoServer, Server, a_server, or_skip
from tests.tui.command_line import answered, given

NOW = datetime(2026, 11, 23, 9, 31, tzinfo=ZONE)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with a_server() as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo estate with an erased case, a look, and settings of its own."""
    folder = make_demo(tmp_path / "demo", clock=lambda: NOW)
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder, lambda: NOW) as site:
        people = site.desk.handbook.people.values()
        clerk, head = (next(each.id for each in people if role in each.roles) for role in ("desk", "cs_head"))
        done = site.desk.receive(clerk, kind="repair", channel="phone", phone="13912345678", summary="灯不亮")
        assert isinstance(done, Done)
        site.desk.do(done.case.number, "withdraw", clerk, reason="好了")
        assert isinstance(site.desk.erase(done.case.number, head, reason="业主要求"), Done)
        site.desk.store.record(Look(NOW, clerk, "dossier", "1-2-301"))
    (folder / "settings.toml").write_text('# 我们的\nplugins_off = ["nobody"]\n', encoding="utf-8")
    return folder


def held(folder: Path) -> str:
    store = open_store(read_settings(folder).store or "tinydb", folder)
    with closing(store):
        assert audit(store).whole
        return inventory(store).digest


def test_a_site_goes_round_all_stores_and_is_the_same_everywhere(demo: Path, postgres: Server) -> None:
    before = held(demo)
    address = postgres.new_site()
    for came_from, to in (("tinydb", "sqlite"), ("sqlite", address), (address, "tinydb")):
        moved = answered("move", "--to", to)
        assert (moved["from"], moved["to"], moved["digest"]) == (came_from, to, before)
        assert moved["cases"] > 10
        assert read_settings(demo).store == to
        assert held(demo) == before
        assert (moved["aside"] is None) == (came_from == address)
        if moved["aside"]:
            assert any(Path(moved["aside"]).iterdir())
    text = (demo / "settings.toml").read_text(encoding="utf-8")
    assert text == 'store = "tinydb"\n# 我们的\nplugins_off = ["nobody"]\n'
    assert not list(demo.glob(".moving-*"))
    shown = given("move", "--to", "sqlite")
    assert "逐字相同" in shown.stdout
    with open_site(demo) as site:
        assert isinstance(site.desk.store, SqlStore)


def test_an_old_store_that_is_kept_aside_opens_as_it_was(demo: Path) -> None:
    before = held(demo)
    aside = Path(answered("move", "--to", "sqlite")["aside"])
    with closing(open_store("tinydb", aside)) as old:
        assert inventory(old).digest == before
    assert sorted(each.name for each in demo.iterdir() if not each.name.startswith("qiantai.sqlite")) == sorted(
        [aside.name, "demo.txt", "settings.toml", "site.toml"]
    )


@pytest.mark.parametrize(
    ("to", "why", "code"),
    [
        ("tinydb", "已经在 tinydb", 1),
        ("memory", "退出就忘", 1),
        ("postgresql://li:secret@nowhere/x", "PGPASSWORD", 1),
        ("paper", "没有叫 'paper'", 1),
        ("tinydb://elsewhere", "不要写地址", 1),
        ("postgresql://li@127.0.0.1:1/x", "连不上", 1),
    ],
)
def test_what_cannot_be_moved_to_changes_nothing(demo: Path, to: str, why: str, code: int) -> None:
    before, files = held(demo), sorted(demo.rglob("*"))
    result = given("move", "--to", to)
    assert result.exit_code == code
    assert why in result.stderr
    assert (held(demo), sorted(demo.rglob("*"))) == (before, files)


def test_a_desk_that_is_open_keeps_its_site_where_it_is(demo: Path) -> None:
    with open_site(demo):
        assert given("move", "--to", "sqlite").exit_code == 4
    assert read_settings(demo).store == ""


def test_what_another_desk_did_meanwhile_is_not_left_behind(demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move(demo, "sqlite", NOW)
    with open_site(demo, lambda: NOW) as other:
        case = next(each for each in other.desk.store.open_cases() if each.matter)

        def proved(source: Source, target: Store) -> Inventory:
            found = prove_equal(source, target)
            assert isinstance(other.desk.do(case.number, "note", case.owner, text="刚才来电"), Done)
            return found

        monkeypatch.setattr(moving, "prove_equal", proved)
        with pytest.raises(SiteError, match="other desks were at work"):
            move(demo, "tinydb", NOW)
        assert read_settings(demo).store == "sqlite"
        assert other.desk.case(case.number).history[-1].fields["text"] == "刚才来电"
    assert not list(demo.glob(".moving-*"))


def test_a_password_in_the_settings_is_refused(demo: Path) -> None:
    for store in ("postgresql://li:secret@host/x", "postgresql:///x?user=li&password=secret"):
        (demo / "settings.toml").write_text(f'store = "{store}"\n', encoding="utf-8")
        result = given("case", "list")
        assert result.exit_code == 2
        assert "PGPASSWORD" in result.stderr
        assert "secret" not in result.stderr
