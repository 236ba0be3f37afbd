"""The training room as a trainee plays in it: the desk's own keys, a clock apart, and a debrief at the end."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qiantai.reading import read_site
from qiantai.refusals import Refusal
from qiantai.store import Unwritable
from qiantai.words import Bilingual
from qiantai_scenarios.demo import demo_files
from qiantai_scenarios.rehearsing import performed, score
from qiantai_scenarios.rehearsing.drills import drill
from qiantai_scenarios.rehearsing.happenings import Acted
from qiantai_tui.room.controls import Controls
from qiantai_tui.room.debriefing import DebriefScreen
from qiantai_tui.room.ending import Ended
from qiantai_tui.room.ending import Trainee as Trained
from qiantai_tui.sites.files import SiteError
from qiantai_tui.widgets.page import Page
from tests.tui.room_driver import TAP, badly_played, end, in_the_room, named, take_the_call, well_played


async def test_the_phone_rings_and_is_picked_up_before_it_is_written_down() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await trainee.wait(4)
        assert "来电在等 4 秒,F2 接" in trainee.screen
        assert "滴滴答答" not in trainee.screen, "nobody hears what is said before they pick up"
        await trainee.press("f2")
        assert "滴滴答答" in trainee.screen
        await trainee.type("2-1-301 水龙头滴水")
        await trainee.wait(50)
        await trainee.press("enter", "enter")
        (deed,) = trainee.room.play.deeds
        assert (deed.at - trainee.room.play.scenario.steps[0].at).total_seconds() == 54
        assert trainee.room.play.last is not None
        assert trainee.room.play.last.rang == 4  # type: ignore[union-attr]


async def test_played_well_it_passes_and_the_screen_says_what_the_kernel_says() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await well_played(trainee)
        await end(trainee)
        assert "100 / 100 · 合格" in trainee.screen
        ended = trainee.app.ended
        assert ended is not None
        assert ended.score.points == score(performed(named(TAP), ended.deeds)).points == 100
        assert not ended.practice


async def test_played_badly_each_lost_point_has_its_clause() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await badly_played(trainee)
        await end(trainee)
        assert "未合格" in trainee.screen
        assert "M-3.1b" in trainee.screen
        assert trainee.app.ended is not None
        assert not trainee.app.ended.score.passed


async def test_the_result_is_on_record_before_the_debrief_is_read() -> None:
    kept: list[Ended] = []
    async with in_the_room(named(TAP), trainee=Trained("林晓", kept.append)) as trainee:
        await badly_played(trainee)
        await end(trainee)
        assert kept == [trainee.app.ended]
        assert "成绩记在林晓名下" in trainee.screen
        await trainee.press("f11", "1")
        await trainee.wait(2)
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        await end(trainee)
        assert "不记成绩" in trainee.screen
        assert len(kept) == 1, "what is played again is nobody's result"


@pytest.mark.parametrize("error", [SiteError, Unwritable])
async def test_a_result_that_cannot_be_written_is_told_and_nothing_breaks(
    error: Callable[[Bilingual], Exception],
) -> None:
    def full(_: Ended) -> None:
        raise error(Bilingual("磁盘满了", "the disk is full"))

    async with in_the_room(named(TAP), trainee=Trained("林晓", full)) as trainee:
        await badly_played(trainee)
        await end(trainee)
        assert "磁盘满了" in trainee.screen
        assert "未合格" in trainee.screen


async def test_who_does_nothing_has_no_result_and_an_end_is_not_left_by_accident() -> None:
    kept: list[Ended] = []
    async with in_the_room(named(TAP), trainee=Trained("林晓", kept.append)) as trainee:
        await end(trainee)
        assert kept == []
        assert "什么也没办,不记成绩" in trainee.screen


async def test_leaving_with_something_done_is_asked_first() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        await trainee.press("ctrl+q")
        assert isinstance(trainee.app.screen, Controls)
        assert "不练了,不评分也不记" in trainee.screen
        await trainee.press("escape")
        assert trainee.app.is_running
        await trainee.press("ctrl+q", "ctrl+q")
        assert trainee.app.return_code == 0
        assert trainee.app.ended is None


async def test_on_a_line_of_ones_own_one_goes_on_from_before_it() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await badly_played(trainee)
        await trainee.press("f5", "enter", "f10")
        await end(trainee)
        told = trainee.app.screen
        assert isinstance(told, DebriefScreen)
        page = told.query_one(Page)
        sent = next(n for n, each in enumerate(told._told.line) if each.side == "run" and each.deed == 1)
        page.post_message(Page.Chosen(page, f"at:{sent}"))
        await trainee.pilot.pause()
        assert [each.do for each in trainee.room.play.deeds] == ["receive"]
        assert "不记成绩" in trainee.screen


async def test_while_it_stands_still_no_time_goes_by_and_nothing_is_done() -> None:
    async with in_the_room(named(TAP), begun=False) as trainee:
        await trainee.wait(900)
        await trainee.press("enter")
        assert "还剩 8:00" in trainee.screen, "who reads what it is about loses nothing"
        await trainee.wait(10)
        await trainee.press("f11", "1")
        await trainee.wait(300)
        assert "还剩 7:50" in trainee.screen
        trainee.app.greet()
        await trainee.pilot.pause()
        assert "演练已暂停" in trainee.screen
        assert trainee.room.speaking_to is None
        refused = trainee.app.carry_out(
            None, "receive", kind="repair", channel="phone", household="2-1-301", summary="…"
        )
        assert isinstance(refused, Refusal)
        assert refused.rule == "stands_still"
        await trainee.press("f11", "1")
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        (deed,) = trainee.room.play.deeds
        assert deed.wall == 10


async def test_a_jump_goes_to_what_happens_and_never_to_nothing() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        await trainee.press("f5", "enter", "f10")
        told = len(trainee.room.play.happened)
        await trainee.press("f11", "2")
        assert len(trainee.room.play.happened) > told


async def test_what_is_said_is_read_whole_where_the_edge_is_too_short() -> None:
    scenario = named("a-child-behind-the-door")
    async with in_the_room(scenario, size=(80, 24)) as trainee:
        await trainee.press("f2")
        assert "求求你们快点" in trainee.screen.replace("\n", "")


async def test_a_drill_knows_its_topic_by_the_sites_words() -> None:
    site = read_site(tomllib.loads(demo_files().joinpath("site.toml").read_text(encoding="utf-8")))
    script = next(each for each in site.handbook.scripts if (each.id, each.version) == ("ev-charging", 2))
    found = drill(script, site.handbook, "li", site.topics)
    assert found is not None
    async with in_the_room(found) as trainee:
        await take_the_call(trainee, "1-1-101 质疑充电棚怎么还不开")
        (case,) = trainee.room.play.cases.values()
        assert case.text("topic") == "ev-charging"


async def test_from_a_point_of_it_one_goes_on_for_practice_alone() -> None:
    async with in_the_room(named(TAP)) as trainee:
        await badly_played(trainee)
        await end(trainee)
        first = trainee.app.ended
        told = trainee.app.screen
        assert isinstance(told, DebriefScreen)
        told.dismiss(trainee.room.play.at(trainee.room.play.scenario.steps[0].at))
        await trainee.pilot.pause()
        assert trainee.room.practice
        assert trainee.room.play.deeds == ()
        await trainee.wait(2)
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        assert len(trainee.room.play.deeds) == 1
        assert trainee.app.ended is first, "the result is that of the first time"


async def test_the_clock_stands_still_runs_faster_and_jumps() -> None:
    async with in_the_room(named(TAP)) as trainee:
        begun = trainee.room.now()
        await trainee.wait(10)
        assert (trainee.room.now() - begun).total_seconds() == 10
        await trainee.press("f11", "1")
        assert "已暂停" in trainee.screen
        await trainee.wait(60)
        assert (trainee.room.now() - begun).total_seconds() == 10
        await trainee.press("f11", "1")
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        await trainee.press("f5", "enter", "f10")
        then = trainee.room.play.next_at
        assert then is not None
        await trainee.press("f11", "2")
        assert trainee.room.now() >= then
        await trainee.press("f11", "2")
        acted = next(each for each in trainee.room.play.happened if isinstance(each, Acted))
        who = trainee.room.play.scenario.handbook.people[acted.played.step.by]
        assert who.name in trainee.screen, "the colleague who acts is told of"


async def test_what_comes_after_the_minutes_is_refused() -> None:
    async with in_the_room(named(TAP)) as trainee:
        minutes = trainee.room.play.rehearsal.minutes
        assert minutes is not None
        await trainee.wait(60 * minutes + 5)
        assert "规定的时间用完了" in trainee.screen
        await take_the_call(trainee, "2-1-301 水龙头滴水")
        assert f"规定的 {minutes} 分钟用完了" in trainee.screen
        assert trainee.room.play.deeds == ()


async def test_of_several_who_wait_any_one_may_be_first() -> None:
    async with in_the_room(named("storm-night")) as trainee:
        trainee.room.run(10)
        await trainee.wait(20)
        trainee.room.run(1)
        waiting = [each.case for each in trainee.room.play.ringing]
        assert waiting == ["A", "B"]
        assert "(共 2 位)" in trainee.screen
        trainee.app.speak_to("B")
        done = trainee.app.carry_out(
            None, "receive", kind="help", channel="phone", household="5-2-1101", summary="困人"
        )
        assert not isinstance(done, Refusal)
        assert list(trainee.room.play.cases) == ["B"]
        assert [each.case for each in trainee.room.play.ringing] == ["A"]


async def test_a_case_of_ones_own_and_an_incident_have_names_of_their_own() -> None:
    async with in_the_room(named("three-calls-one-blackout")) as trainee:
        app = trainee.app
        for each in ("A", "B"):
            while each not in [rang.case for rang in trainee.room.play.ringing]:
                assert trainee.room.jump()
                await trainee.wait(1)
            fields: dict[str, Any] = {"channel": "phone", "household": "5-1-301", "summary": "停电", "place": "5栋"}
            app.carry_out(None, "receive", kind="repair", **fields)
        app.carry_out(None, "receive", kind="repair", channel="phone", household="5-1-501", summary="门铃")
        cases = {alias: number for number, alias in trainee.room.play.aliases.items()}
        assert list(cases) == ["A", "B", "X1"]
        done = app.carry_out(
            None, "incident", summary="停电", place="5栋", wording="在修", cases=(cases["A"], cases["B"])
        )
        assert not isinstance(done, Refusal), done
        assert trainee.room.play.cases["A"].incident == trainee.room.play.cases["I"].number
        merged = app.carry_out(cases["X1"], "merge", into=cases["A"])
        assert not isinstance(merged, Refusal), merged
        assert trainee.room.play.cases["X1"].state == "closed"


async def test_left_before_it_begins_it_is_no_result() -> None:
    async with in_the_room(named(TAP), begun=False) as trainee:
        await trainee.press("escape")
        assert trainee.app.ended is None
        assert trainee.app.return_code == 0


async def test_the_debrief_is_written_as_a_page(
    tmp_path: Path, handed: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qiantai_tui.room.debriefing.home", lambda: tmp_path)
    async with in_the_room(named(TAP)) as trainee:
        await badly_played(trainee)
        await end(trainee)
        await trainee.press("p")
        (file,) = (tmp_path / "debriefs").iterdir()
        assert handed == [file]
        assert file.read_text(encoding="utf-8").startswith("<!doctype html>")
        assert "讲评写好了" in trainee.screen
