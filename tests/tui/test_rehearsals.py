"""The mode of rehearsals at the desk: what there is to play, how one begins, what goes on record, and who sees it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from attrs import evolve

from qiantai import Person
from qiantai.periods import ZONE
from qiantai_scenarios.rehearsing import model, performed, score
from qiantai_scenarios.rehearsing.records import Attempt
from qiantai_tui.app import DeskApp, run_desk
from qiantai_tui.room import trying
from qiantai_tui.room.ending import Ended, Trainee
from qiantai_tui.room.trying import trainee_at
from qiantai_tui.screens.rehearsal import RehearsalScreen
from qiantai_tui.screens.training import TrainingScreen
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.sites.site import make_site
from qiantai_tui.sites.training_book import read_training, write_attempt
from qiantai_tui.writing.screen import WritingScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.room_driver import named
from tests.tui.waiting import gathered, until
from tests.tui.writing_driver import leak

TAP = "first-dripping-tap"
OWN = """
id = "own-leak"
title = "自己写的漏水"
[[staff]]
id = "li"
name = "李静"
roles = ["desk"]
[[step]]
at = 2026-11-23T09:00:00
by = "li"
do = "receive"
case = "A"
kind = "repair"
channel = "phone"
summary = "漏水"
[rehearsal]
trainee = "li"
pass = 60
[[rehearsal.mark]]
points = 100
why = "接了"
event = "receive"
"""


def the_model() -> Ended:
    scenario = named(TAP)
    deeds = model(scenario)
    return Ended(scenario, deeds, score(performed(scenario, deeds)), practice=False)


def keep(folder: Path, person: str, ended: Ended) -> None:
    trainee_at(folder, Person(person, person, frozenset())).keep(ended)


async def to_the_rehearsals(desk: Driver) -> RehearsalScreen:
    await desk.press("f17")
    await gathered(desk.pilot)
    assert isinstance(desk.app.screen, RehearsalScreen)
    return desk.app.screen


async def test_enter_closes_the_desk_for_the_one_that_was_chosen() -> None:
    async with at_the_desk() as desk:
        await to_the_rehearsals(desk)
        await desk.press("enter")
        assert desk.app.to_rehearse is not None
        assert desk.app.to_rehearse.id == TAP, "the easiest is the first"


async def test_with_nobody_at_the_desk_none_begins() -> None:
    async with at_the_desk(None) as desk:
        await desk.press("escape")
        await to_the_rehearsals(desk)
        await desk.press("enter")
        assert desk.app.to_rehearse is None
        assert "先按 F12" in desk.screen


async def test_a_sites_own_come_first_and_one_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    own = tmp_path / "rehearsals"
    own.mkdir()
    (own / "own-leak.toml").write_text(OWN, encoding="utf-8")
    (own / "broken.toml").write_text(OWN.replace("points = 100", "points = 1000"), encoding="utf-8")
    (own / "story.toml").write_text(OWN[: OWN.index("[rehearsal]")], encoding="utf-8")
    async with at_the_desk(folder=tmp_path, size=(80, 24)) as desk:
        await to_the_rehearsals(desk)
        assert "读不懂:broken.toml" in desk.screen
        assert "points" in desk.screen, "which line it is, and what would do"
        await desk.press("enter")
        assert desk.app.to_rehearse is None
        await desk.press("down")
        assert "自己写的漏水" in desk.screen
        await desk.press("down")
        assert "不是演练" in desk.screen


async def test_a_result_is_shown_to_its_own_and_to_trainers_alone(tmp_path: Path) -> None:
    keep(tmp_path, "li", the_model())
    for person, seen in (("li", True), ("bao", False), ("gu", True)):
        async with at_the_desk(person, folder=tmp_path) as desk:
            screen = await to_the_rehearsals(desk)
            screen.query_one("#rehearsals").focus()
            assert ("100 分 合格" in desk.screen) is seen, person
            await desk.press("t")
            assert isinstance(desk.app.screen, TrainingScreen)
            now = "2026Q4" in desk.screen
            assert now
            assert ("只有您自己的" in desk.screen) is (person != "gu")


async def test_an_attempt_stands_at_the_sites_own_time(tmp_path: Path) -> None:
    at = datetime(2026, 11, 2, 23, 30, tzinfo=UTC)
    write_attempt(FileBooks(tmp_path), Attempt("li", TAP, at, ("knowledge",), 100, 80, 60.0))
    async with at_the_desk(folder=tmp_path) as desk:
        await to_the_rehearsals(desk)
        await desk.press("t")
        assert "11-03 07:30" in desk.screen


async def test_a_certificate_is_written_for_an_attempt(tmp_path: Path, handed: list[Path]) -> None:
    at = datetime(2026, 11, 2, 9, tzinfo=ZONE)
    write_attempt(FileBooks(tmp_path), Attempt("li", TAP, at, ("knowledge",), 100, 80, 60.0))
    async with at_the_desk(folder=tmp_path) as desk:
        await to_the_rehearsals(desk)
        await desk.press("t", "end", "enter")
        (file,) = (tmp_path / "certificates").iterdir()
        assert handed == [file]
        text = file.read_text(encoding="utf-8")
        assert "李静" in text
        assert "第一通电话" in text
        assert "合格" in text
        assert file.stat().st_mode & 0o077 == 0
        await desk.press("left")
        assert "2026Q3" in desk.screen
        assert "还没有人考过" in desk.screen


async def test_what_was_written_or_approved_meanwhile_is_there_when_one_comes_back(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await to_the_rehearsals(desk)
        assert "自己写的漏水" not in desk.screen
        await desk.press("1")
        (tmp_path / "rehearsals").mkdir()
        (tmp_path / "rehearsals" / "own-leak.toml").write_text(OWN, encoding="utf-8")
        screen = await to_the_rehearsals(desk)
        assert "自己写的漏水" in desk.screen
        scripts = desk.app.handbook.scripts
        new = evolve(scripts[0], id="water-works", topic="water-works", version=1)
        handbook = evolve(desk.app.desk.handbook, scripts=(*scripts, new))
        desk.app.site = evolve(desk.app.site, desk=desk.app.desk.with_handbook(handbook))
        await desk.press("1")
        await to_the_rehearsals(desk)
        assert "script-water-works-1" in screen._offers, "it is drilled the day it is approved"


async def test_a_file_with_the_name_of_another_is_told_and_results_are_not_mixed(tmp_path: Path) -> None:
    (tmp_path / "rehearsals").mkdir()
    own = OWN.replace("own-leak", TAP)
    (tmp_path / "rehearsals" / f"{TAP}.toml").write_text(own, encoding="utf-8")
    async with at_the_desk(folder=tmp_path) as desk:
        screen = await to_the_rehearsals(desk)
        assert f"读不懂:{TAP}.toml" in desk.screen
        assert "成绩会混在一起" in desk.screen
        shipped = screen._offers[TAP].scenario
        assert shipped is not None
        assert shipped.title.zh == named(TAP).title.zh


async def test_one_that_not_even_its_model_passes_says_so(tmp_path: Path) -> None:
    (tmp_path / "rehearsals").mkdir()
    (tmp_path / "rehearsals" / "own-leak.toml").write_text(OWN.replace("= 100", "= 50"), encoding="utf-8")
    async with at_the_desk(folder=tmp_path) as desk:
        await to_the_rehearsals(desk)
        assert "示范做法只有 50 分,60 分才合格" in desk.screen
        await desk.press("enter")
        assert desk.app.to_rehearse is not None, "it can be played all the same"


@pytest.mark.parametrize("sign_in", [True, False])
def test_the_desk_opens_again_after_it_and_whoever_signs_in_does_so_anew(
    sign_in: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_site(tmp_path / "site", "demo")
    (folder / "settings.toml").write_text(f"sign_in = {'true' if sign_in else 'false'}\n", encoding="utf-8")
    opened: list[str] = []

    def run(app: DeskApp) -> None:
        opened.append(app.person.id if app.person else "")
        if len(opened) == 1:
            app.person = app.handbook.people["li"]
            app.to_rehearse = named(TAP)

    monkeypatch.setattr(DeskApp, "run", run)

    def rehearse(*_: object, trainee: Trainee, **__: object) -> tuple[Ended, int]:
        trainee.keep(the_model())
        return the_model(), 0

    monkeypatch.setattr(trying, "rehearse", rehearse)
    assert run_desk(folder) == 0
    assert opened == ["", "" if sign_in else "li"]
    assert [each.person for each in read_training(FileBooks(folder))] == ["li"]


async def test_who_trains_makes_one_of_the_sites_own_and_finds_it_in_the_list(tmp_path: Path) -> None:
    async with at_the_desk("gu", folder=tmp_path) as desk:
        screen = await to_the_rehearsals(desk)
        assert "N 新做一个" in desk.screen
        await desk.press("n", "4")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        assert (tmp_path / "rehearsals" / "my-enquiry.toml").exists()
        assert "停车月卡怎么办" in desk.screen
        await desk.press("escape")
        await until(desk.pilot, lambda: "my-enquiry" in screen._offers)
        assert "停车月卡怎么办" in desk.screen


async def test_who_trains_edits_the_sites_own_and_a_copy_of_one_that_comes_along(tmp_path: Path) -> None:
    own = tmp_path / "rehearsals"
    own.mkdir()
    (own / "broken.toml").write_text(OWN.replace("points = 100", "points = "), encoding="utf-8")
    async with at_the_desk("gu", folder=tmp_path) as desk:
        await to_the_rehearsals(desk)
        await desk.press("e")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen) and desk.app.screen.in_text)
        await desk.press("escape", "down", "e")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        assert (own / f"my-{TAP}.toml").exists()
        assert "已抄成" in desk.screen


async def test_others_do_not_make_rehearsals(tmp_path: Path) -> None:
    async with at_the_desk("li", folder=tmp_path) as desk:
        screen = await to_the_rehearsals(desk)
        assert "新做一个" not in desk.screen
        for key in ("n", "e"):
            await desk.press(key)
            assert desk.app.screen is screen
            assert "培训员、主管的事" in desk.screen
    assert not (tmp_path / "rehearsals").exists()


@pytest.mark.parametrize(("sign_in", "minutes", "again"), [(True, 0, "gu"), (True, 11, ""), (False, 11, "gu")])
def test_trying_one_out_is_nobodys_result_and_the_writing_goes_on(
    sign_in: bool, minutes: int, again: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_site(tmp_path / "site", "demo")
    (folder / "settings.toml").write_text(f"sign_in = {'true' if sign_in else 'false'}\n", encoding="utf-8")
    file = leak(tmp_path)
    opened: list[tuple[str, Path | None]] = []

    def run(app: DeskApp) -> None:
        opened.append((app.person.id if app.person else "", app.to_write))
        if len(opened) == 1:
            app.person = app.handbook.people["gu"]
            app.try_out(named(TAP), file)

    clock = iter([0.0, 60.0 * minutes])
    monkeypatch.setattr(DeskApp, "run", run)
    monkeypatch.setattr(DeskApp, "exit", lambda *_: None)
    monkeypatch.setattr(trying, "rehearsed", lambda *_: the_model())
    monkeypatch.setattr(trying, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert run_desk(folder) == 0
    assert opened == [("", None), (again, file)]
    assert read_training(FileBooks(folder)) == ()


async def test_after_trying_it_out_the_desk_opens_at_the_writing(tmp_path: Path) -> None:
    file = leak(tmp_path)
    async with at_the_desk("gu", folder=tmp_path) as desk:
        desk.app.write_on(file)
        await until(desk.pilot, lambda: isinstance(desk.app.screen, WritingScreen))
        await desk.press("f5")
        assert desk.app.to_write == file
        assert desk.app.to_rehearse is not None
