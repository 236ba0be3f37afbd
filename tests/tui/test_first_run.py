"""The first start: the demo estate, an estate of one's own, and what goes wrong with either."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from textual.pilot import Pilot

from qiantai.carrying import inventory
from qiantai_tui.backups.making import back_up_to
from qiantai_tui.backups.sealing import Sealing
from qiantai_tui.screens.first_run import FirstRunApp, OwnSiteForm, choose_site
from qiantai_tui.sites.files import SITE, SiteError, is_site, template
from qiantai_tui.sites.own import make_own_site, named
from qiantai_tui.sites.site import open_site
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.entry import Entry
from tests.tui.hostile import SEEN, hostile
from tests.tui.screens_text import screen_text
from tests.tui.sites import a_site


def first(folder: Path, now: datetime, language: Language = "zh") -> FirstRunApp:
    return FirstRunApp(
        folder / "site", folder / "demo", clock=lambda: now, reports=folder / "reports", language=language
    )


async def settled(pilot: Pilot[int]) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_demo_is_made_and_opened(noon: datetime, tmp_path: Path) -> None:
    app = first(tmp_path, noon)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await settled(pilot)
    assert app.folder == tmp_path / "demo"
    with open_site(app.folder) as site:
        assert site.desk.store.open_cases()
        assert len(site.desk.store.households()) > 300
    assert not (tmp_path / "site").exists()


async def test_a_demo_that_is_there_stays(noon: datetime, tmp_path: Path) -> None:
    for _ in range(2):
        app = first(tmp_path, noon)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("1")
            await settled(pilot)
        assert app.folder == tmp_path / "demo"


async def test_an_estate_of_ones_own(noon: datetime, tmp_path: Path) -> None:
    app = first(tmp_path, noon)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        app.screen.query_one("#estate", Entry).load("翠湖[苑]")
        await pilot.press("enter")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, OwnSiteForm)
        assert "两项都要填" in screen_text(app)
        app.screen.query_one("#clerk", Entry).load('马"丽\\')
        await pilot.press("enter")
        await pilot.pause()
    assert app.folder == tmp_path / "site"
    with open_site(app.folder) as site:
        assert site.name.zh == "翠湖[苑]"
        assert site.desk.handbook.people["desk1"].name == '马"丽\\'
        assert len(site.desk.handbook.people) > 5


@pytest.mark.parametrize("ways", [("down",), ("down", "down")])
async def test_the_arrows_go_from_field_to_field(ways: tuple[str, ...], noon: datetime, tmp_path: Path) -> None:
    app = first(tmp_path, noon)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*ways, "enter")
        await pilot.pause()
        first_field, *_ = fields = list(app.screen.query(Entry))
        assert first_field.has_focus
        await pilot.press("down")
        assert fields[1].has_focus
        await pilot.press("up")
        assert first_field.has_focus


@pytest.mark.parametrize("phrase", ["", "正确的口令"])
async def test_an_estate_from_a_backup(phrase: str, noon: datetime, tmp_path: Path) -> None:
    old = a_site(tmp_path / "old")
    file = tmp_path / "backup"
    found = back_up_to(old, file, noon, "li", Sealing(phrase=phrase))
    app = first(tmp_path, noon)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("enter", "f10")
        assert "填上备份文件的路径" in screen_text(app)
        app.screen.query_one("#file", Entry).load(str(tmp_path / "nothing"))
        await pilot.press("f10")
        await settled(pilot)
        assert "打不开" in screen_text(app)
        app.screen.query_one("#file", Entry).load(f"'{file}'")
        app.screen.query_one("#phrase", Entry).load(f"{phrase}不对" if phrase else "")
        await pilot.press("f10")
        await settled(pilot)
        if phrase:
            assert "口令不对" in screen_text(app)
            app.screen.query_one("#phrase", Entry).load(phrase)
            await pilot.press("f10")
            await settled(pilot)
    assert app.folder == tmp_path / "site"
    with open_site(app.folder) as site:
        assert inventory(site.desk.store).digest == found.digest


async def test_leaving_makes_nothing(noon: datetime, tmp_path: Path) -> None:
    app = first(tmp_path, noon)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("ctrl+q")
    assert app.folder is None
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / "demo").exists()


async def test_a_folder_in_use_is_named_and_left_alone(noon: datetime, tmp_path: Path) -> None:
    for name in ("site", "demo"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "letter.txt").write_text("mine", encoding="utf-8")
    app = first(tmp_path, noon)
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("1")
        await settled(pilot)
        assert "里已经有东西了" in screen_text(app)
        await pilot.press("2")
        await pilot.pause()
        app.screen.query_one("#estate", Entry).load("翠湖苑")
        app.screen.query_one("#clerk", Entry).load("马丽")
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, OwnSiteForm)
        assert "里已经有东西了" in screen_text(app)
        assert app.screen.query_one("#estate", Entry).value == "翠湖苑"
    assert [each.name for each in (tmp_path / "site").iterdir()] == ["letter.txt"]
    assert [each.name for each in (tmp_path / "demo").iterdir()] == ["letter.txt"]


def test_a_site_that_is_there_is_not_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIANTAI_SITE", str(tmp_path / "here"))
    make_own_site(tmp_path / "here", "翠湖苑", "马丽")
    assert choose_site() == tmp_path / "here"


@pytest.mark.parametrize(("estate", "clerk"), [("", "马丽"), ("翠湖苑", "  "), ("\u200b", "马丽")])
def test_names_that_are_none(estate: str, clerk: str, tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="都要填"):
        make_own_site(tmp_path / "site", estate, clerk)
    assert not (tmp_path / "site").exists()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
@example(text=SEEN[0])
@example(text='a"\n[[staff]]\nid = "x"\n\x7f')
def test_any_name_makes_a_site_that_opens(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("own") / "site"
    make_own_site(folder, f"小区{text}", f"前台{text}")
    assert is_site(folder)
    with open_site(folder) as site:
        assert site.name.zh.startswith("小区")
        assert site.desk.handbook.people["desk1"].name.startswith("前台")
        assert "x" not in site.desk.handbook.people


def test_only_the_two_names_are_changed() -> None:
    before, after = template("own").splitlines(), named(template("own"), "翠湖苑", "马丽").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new for _, new in changed] == ['name = "翠湖苑"', 'name_en = "翠湖苑"', 'name = "马丽"']
    assert SITE == "site.toml"
