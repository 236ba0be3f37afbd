"""What stands against a signature at the desk: it is said before anybody signs, and no case has changed hands."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.receiver import ReceiverDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.text.words import Language
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.door import people_at
from tests.tui.hand_over_driver import LANGUAGES, drawn_up, followed, on, signs, stage, two_open
from tests.tui.waiting import until


async def shows(desk: Driver, number: int) -> None:
    """The hand-over of this number, whoever is at the desk."""
    desk.app.push_screen(HandOverScreen(number))
    await desk.pilot.pause()
    await desk.read()


async def at(desk: Driver, person: str) -> None:
    """Somebody else is at the desk now, and nothing is asked of them first."""
    desk.app.person = desk.app.handbook.people[person]
    await desk.pilot.pause()


def refusal(desk: Driver) -> RefusalDialog:
    """The refusal that is shown."""
    assert isinstance(desk.app.screen, RefusalDialog), type(desk.app.screen)
    return desk.app.screen


def leave_staff(desk: Driver, person: str) -> None:
    """Somebody has left the staff."""
    handbook = desk.app.desk.handbook
    people = {id: each for id, each in handbook.people.items() if id != person}
    desk.app.site = evolve(desk.app.site, desk=desk.app.desk.with_handbook(evolve(handbook, people=people)))
    desk.app.tell_screens()


async def shift_read(desk: Driver) -> None:
    """What is read of the shift beside the screen stands on it: before, F4 only says that it is being read."""
    await desk.pilot.pause()
    screen = desk.app.screen
    assert isinstance(screen, HandOverScreen)
    await until(desk.pilot, lambda: screen.summary is not None and not screen._reading)


@pytest.mark.parametrize(("language", "told"), [("zh", "签过的不能再签"), ("en", "a second time")])
async def test_f4_on_an_earlier_hand_over_answers_for_nobody(language: Language, told: str, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        await signs(desk, "hy")
        await at(desk, "li")
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        assert stage(desk, 2) is Stage.SIGNED_OFF
        before = followed(desk)
        await at(desk, "bao")
        await shows(desk, 1)
        await desk.press("f4")
        assert told in desk.screen
        assert followed(desk) == before
        await desk.press("escape", "n")
        assert told in desk.screen
        assert followed(desk) == before


@pytest.mark.parametrize("language", LANGUAGES)
async def test_n_on_what_is_signed_is_refused_and_offers_nothing(language: Language, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        leak, _ = await two_open(desk)
        await drawn_up(desk)
        on(desk, leak)
        await desk.press("f5")
        await signs(desk, "lj")
        before = followed(desk)
        assert before[leak] == ("li", "", "")
        await desk.press("n")
        assert refusal(desk).refusal.rule == "signed_already"
        assert followed(desk) == before


async def test_taken_back_a_case_that_stays_is_not_the_receivers(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        leak, noise = await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        await desk.press("ctrl+z")
        assert [offered for *_, offered in followed(desk).values()] == ["", ""]
        assert desk.app.desk.case(leak).history[-1].fields["reason"] == "交接班撤回,仍由本人跟进"
        on(desk, leak)
        await desk.press("f5")
        await signs(desk, "lj")
        await signs(desk, "hy")
        assert followed(desk) == {leak: ("li", "", ""), noise: ("li", "he", "")}
        assert desk.app.shifts.book().hand_overs[0].accepted == (noise,)


@pytest.mark.parametrize(("language", "told"), [("zh", "不能查看全部事项"), ("en", "may not see every case")])
async def test_who_may_see_no_cases_is_no_receiver(language: Language, told: str, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        await two_open(desk)
        await desk.press("f24", "f4")
        assert isinstance(desk.app.screen, ReceiverDialog)
        assert "何悦" in desk.screen
        assert "唐宁" not in desk.screen
        await desk.press("escape")
        screen = desk.app.screen
        assert isinstance(screen, HandOverScreen)
        screen.took(desk.app.signing.draw_up("li", "tang"))
        await desk.pilot.pause()
        assert refusal(desk).refusal.clause_id == "M-3.4c"
        assert told in desk.screen
        assert stage(desk) is None


async def test_what_one_receiver_did_not_take_is_not_marked_for_the_next(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        leak, _ = await two_open(desk)
        await drawn_up(desk)
        await desk.press("n")
        await desk.type("电梯维保明早来")
        await desk.press("f10")
        await signs(desk, "lj")
        on(desk, leak)
        await desk.press("f5")
        await desk.type("明天休假")
        await desk.press("enter")
        assert "✗ 不接:明天休假" in desk.screen
        await desk.press("ctrl+z")
        await signs(desk, "lj")
        assert "✗ 不接" not in desk.screen, "taken back, the receiver marks anew"
        await desk.press("ctrl+z", "ctrl+z")
        assert stage(desk) is Stage.DROPPED
        assert "电梯维保明早来" in desk.screen, "the notes are the giver's, whoever takes over"
        await desk.press("f4")
        await desk.type("包洁")
        await desk.press("enter")
        assert "电梯维保明早来" in desk.screen
        await signs(desk, "lj")
        assert stage(desk, 2) is Stage.SIGNED_OFF
        assert "✗ 不接" not in desk.screen


async def test_a_superior_ends_the_shift_of_who_left_and_whoever_is_at_the_desk_stays(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await two_open(desk)
        await drawn_up(desk)
        await desk.press("escape")
        desk.app.be("bao")
        await desk.pilot.pause()
        await desk.press("escape")
        await shows(desk, 1)
        await desk.press("l")
        await desk.type("林晓")
        await desk.press("enter")
        await desk.type("家里有急事")
        await desk.press("enter")
        await desk.type("lx")
        await desk.press("enter")
        await desk.pilot.pause()
        assert stage(desk) is Stage.LEFT_OPEN
        assert set(desk.app.shifts.book().running) == {"bao"}
        assert people_at(desk) == "bao"
        assert isinstance(desk.app.screen, HandOverScreen)


@pytest.mark.parametrize(
    ("gone", "language", "told"),
    [
        ("li", "zh", "按无人接班批准离岗"),
        ("li", "en", "let them go"),
        ("he", "zh", "另选接班人"),
        ("he", "en", "choose somebody else"),
    ],
)
async def test_who_has_left_the_staff_does_not_sign_and_what_would_do_is_told(
    gone: str, language: Language, told: str, tmp_path: Path
) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        await two_open(desk)
        await drawn_up(desk)
        if gone == "he":
            await signs(desk, "lj")
        leave_staff(desk, gone)
        await shift_read(desk)
        await desk.press("f4")
        await until(desk.pilot, lambda: told in desk.screen)
        before = followed(desk)
        if gone == "li":
            await at(desk, "he")
            await desk.press("escape", "l")
            await desk.type("林晓")
            await desk.press("enter")
            await desk.type("已离职")
            await desk.press("enter")
            await desk.type("lx")
            await desk.press("enter")
            assert stage(desk) is Stage.LEFT_OPEN
            kept = desk.app.shifts.book().hand_overs[0].summary
            assert kept is not None
            assert set(kept.open) == set(before)
        assert followed(desk) == before


@pytest.mark.parametrize(("language", "told"), [("zh", "已撤回"), ("en", "taken back")])
async def test_of_an_ended_hand_over_nothing_is_marked(language: Language, told: str, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await desk.press("ctrl+z")
        desk.app.clear_notifications()
        await shows(desk, 1)
        for key in ("f5", "f6"):
            desk.app.clear_notifications()
            await desk.press(key)
            assert desk.screen.count(told) == 2, "as it stands, and why nothing is marked"
