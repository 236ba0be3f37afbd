"""The demo estate as a site: made once, anew only when asked, and never over anything of one's own."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from qiantai import ZONE, Damaged, Locked
from qiantai.plugins import NoStore
from qiantai.words import Bilingual
from qiantai_tui.sites import demo as demosite
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.files import MARK, SITE
from qiantai_tui.sites.site import SiteThere, make_site, open_site

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)


def opened_cases(folder: Path) -> set[str]:
    """The numbers of the open cases there."""
    with open_site(folder) as site:
        return {each.number for each in site.desk.store.open_cases()}


def test_the_demo_is_made_once_and_anew_only_when_asked(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert make_demo(folder, clock=lambda: NINE) == folder
    with open_site(folder) as site:
        assert len(site.desk.handbook.households) > 300
    before = opened_cases(folder)
    assert len(before) > 10
    later = datetime(2026, 12, 1, 9, 0, tzinfo=ZONE)
    make_demo(folder, clock=lambda: later)
    assert opened_cases(folder) == before
    make_demo(folder, fresh=True, clock=lambda: later)
    assert opened_cases(folder).isdisjoint(before)
    assert [each.name for each in tmp_path.iterdir()] == ["demo"]


def test_no_site_is_replaced_by_the_demo(tmp_path: Path) -> None:
    own = make_site(tmp_path / "own")
    with pytest.raises(SiteThere, match="not the demo"):
        make_demo(own, fresh=True)
    assert "我的小区" in (own / SITE).read_text(encoding="utf-8")
    assert not (own / MARK).exists()


def test_a_demo_that_is_damaged_can_be_made_anew(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo", clock=lambda: NINE)
    hot = folder / "open.json"
    hot.write_bytes(hot.read_bytes()[:-20])
    with pytest.raises(Damaged):
        open_site(folder)
    make_demo(folder, fresh=True, clock=lambda: NINE)
    assert opened_cases(folder)


def test_a_demo_in_use_is_not_replaced(tmp_path: Path) -> None:
    folder = make_demo(tmp_path / "demo", clock=lambda: NINE)
    with open_site(folder) as site:
        with pytest.raises(Locked):
            make_demo(folder, fresh=True)
        assert site.desk.store.open_cases()


def test_a_demo_that_cannot_be_made_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_demo(tmp_path / "demo", clock=lambda: NINE)
    before = opened_cases(folder)

    def broken() -> None:
        raise NoStore(Bilingual("x", "no reader"))

    monkeypatch.setattr(demosite, "roll_reader", broken)
    with pytest.raises(NoStore):
        make_demo(folder, fresh=True)
    assert opened_cases(folder) == before
    assert [each.name for each in tmp_path.iterdir()] == ["demo"]
