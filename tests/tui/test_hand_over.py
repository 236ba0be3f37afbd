"""The hand-over at the desk: drawn up, marked, signed by both, left with nobody there, taken up where it stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.text.words import Language
from tests.tui.desk_driver import at_the_desk
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in
from tests.tui.hand_over_driver import drawn_up, followed, on, signs, stage, two_open


async def test_drawn_up_offered_and_signed_by_both(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        leak, noise = await two_open(desk)
        await desk.go(hours=8)
        await drawn_up(desk)
        assert "等交班人签" in desk.screen
        await desk.press("n")
        await desk.type("电梯维保明早来 13800001111")
        await desk.press("f10")
        assert "电梯维保明早来 138****1111" in desk.screen
        await signs(desk, "lj")
        assert stage(desk) is Stage.SIGNED_OFF
        assert desk.app.desk.case(leak).offered_to == "he"
        assert desk.app.desk.case(leak).owner == "li", "until it is accepted it is the giver's"
        await signs(desk, "何悦")
        assert stage(desk) is Stage.TAKEN_OVER
        assert desk.app.desk.case(leak).owner == "he"
        assert (desk.app.desk.case(noise).owner, desk.app.desk.case(noise).stand_in) == ("li", "he")
        assert people_at(desk) == "he", "who took over is at the desk"
        assert set(desk.app.shifts.book().running) == {"he"}
        assert isinstance(desk.app.screen, QueueScreen)
        kept = desk.app.shifts.book().hand_overs[0]
        assert (set(kept.accepted), kept.notes) == ({leak, noise}, "电梯维保明早来 138****1111")


async def test_one_stays_with_the_giver_and_one_is_declined_for_a_reason(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        leak, noise = await two_open(desk)
        idea = desk.receive(kind="suggestion", household="2-1-101", summary="多装充电桩")
        await drawn_up(desk)
        on(desk, idea)
        await desk.press("f5")
        assert "○ 留下" in desk.screen
        await signs(desk, "lj")
        on(desk, leak)
        await desk.press("f5")
        await desk.type("明天休假")
        await desk.press("enter")
        assert "✗ 不接:明天休假" in desk.screen
        await signs(desk, "hy")
        kept = desk.app.shifts.book().hand_overs[0]
        assert (kept.accepted, kept.declined) == ((noise,), (leak,))
        assert [desk.app.desk.case(each).owner for each in (leak, idea)] == ["li", "li"]
        assert desk.app.desk.case(leak).history[-1].fields["reason"] == "明天休假"


async def test_all_at_once_stay_or_go(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        leak, noise = await two_open(desk)
        await drawn_up(desk)
        await desk.press("f6")
        assert desk.screen.count("○ 留下") == 2
        await desk.press("f6")
        assert desk.screen.count("✓ 移交") == 2
        await signs(desk, "lj")
        for each in (leak, noise):
            on(desk, each)
            await desk.press("f5")
            await desk.type("不熟")
            await desk.press("enter")
        assert desk.screen.count("✗ 不接") == 2
        await desk.press("f6")
        assert desk.screen.count("✓ 接下") == 2


async def test_nobody_signs_for_another(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "hy")
        assert "不是 李静 的名字" in desk.screen
        assert stage(desk) is Stage.DRAWN_UP
        await desk.press("escape")
        await desk.press("f4", "enter")
        assert "不是 李静 的名字" in desk.screen, "nothing typed is no signature"


async def test_where_people_sign_in_each_signs_with_their_own_pin(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        PinBook(tmp_path).choose(PEOPLE["he"], "4826")
        await sign_in(desk, "李静", PINS["li"])
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "4826")
        assert stage(desk) is Stage.DRAWN_UP, "the receiver's PIN is not the giver's"
        assert "不对" in desk.screen
        await desk.type(PINS["li"])
        await desk.press("enter")
        assert stage(desk) is Stage.SIGNED_OFF
        await signs(desk, "4826")
        assert stage(desk) is Stage.TAKEN_OVER
        assert people_at(desk) == "he"


async def test_signed_twice_is_refused_with_its_clause(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        await signs(desk, "hy")
        await desk.press("f24", "h")
        assert isinstance(desk.app.screen, ChooseDialog)
        assert "两人已签" in desk.screen
        await desk.press("1")
        before = followed(desk)
        await desk.press("f4")
        assert followed(desk) == before
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "签过的不能再签" in desk.screen
        assert "Q-S2b" in desk.screen
        await desk.press("f8", "escape", "escape")
        assert isinstance(desk.app.screen, HandOverScreen)


@pytest.mark.parametrize(("language", "told"), [("zh", "撤回签字"), ("en", "take the signature back")])
async def test_who_took_in_more_since_signing_signs_anew(language: Language, told: str, tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, language=language) as desk:
        leak, noise = await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        later = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        before = followed(desk)
        await desk.press("f4")
        assert isinstance(desk.app.screen, RefusalDialog), "nobody is asked to sign what is refused"
        refusal = desk.app.screen.refusal
        assert later in refusal.why.zh
        assert leak not in refusal.why.zh
        assert told in desk.screen
        assert followed(desk) == before
        await desk.press("escape", "ctrl+z")
        assert stage(desk) is Stage.DRAWN_UP
        await signs(desk, "lj")
        await signs(desk, "hy")
        assert desk.app.desk.case(later).owner == "he"
        assert set(desk.app.shifts.book().hand_overs[0].accepted) == {leak, noise, later}


async def test_taken_back_before_anybody_signed_it_is_gone(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await drawn_up(desk)
        await desk.press("ctrl+z")
        assert stage(desk) is Stage.DROPPED
        assert "F4 选接班人" in desk.screen


async def test_the_one_who_takes_over_sees_it_first_thing_and_what_is_offered_on_the_queue(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        await desk.press("escape", "f12")
        await desk.type("何悦")
        await desk.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, HandOverScreen)
        assert "F4 何悦 签" in desk.screen
        await desk.press("escape")
        assert "有 2 件移交给您" in desk.screen
        assert "[待您接]" in desk.screen
        await desk.press("f24")
        await signs(desk, "hy")
        await desk.press("escape")
        assert "移交给您" not in desk.screen


async def test_somebody_else_at_the_desk_is_asked_whether_it_is_handed_over(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await two_open(desk)
        await desk.press("f12")
        await desk.type("何悦")
        await desk.press("enter")
        await desk.pilot.pause()
        assert "李静 名下还有 2 件在办" in desk.screen
        await desk.press("1")
        assert "等交班人签" in desk.screen
        assert stage(desk) is Stage.DRAWN_UP
        await signs(desk, "lj")
        await signs(desk, "hy")
        assert stage(desk) is Stage.TAKEN_OVER


async def test_a_superior_who_steps_in_takes_over_no_desk(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await two_open(desk)
        await desk.press("f12")
        await desk.type("赵颖")
        await desk.press("enter")
        await desk.pilot.pause()
        assert desk.app.person == PEOPLE["zhao"]
        assert isinstance(desk.app.screen, QueueScreen), "nothing is asked of who holds no desk"
        assert "li" in desk.app.shifts.book().running


async def test_who_leaves_nothing_open_just_goes(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await desk.press("f12")
        await desk.type("何悦")
        await desk.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, QueueScreen)
        assert set(desk.app.shifts.book().running) == {"he"}


async def test_a_signature_has_the_screens_read_anew_once_however_many_cases_it_is_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, anew = list[int](), QueueScreen.refresh_data

    def counting(screen: QueueScreen) -> None:
        read.append(len(screen.program.desk.store.open_cases()))
        anew(screen)

    monkeypatch.setattr(QueueScreen, "refresh_data", counting)
    async with at_the_desk(folder=tmp_path) as desk:
        for n in range(12):
            desk.receive(kind="repair", household="1-2-301", summary=f"第{n}盏灯不亮")
        await drawn_up(desk)
        read.clear()
        await signs(desk, "lj")
        assert stage(desk) is Stage.SIGNED_OFF
        assert {to for _, _, to in followed(desk).values()} == {"he"}
        assert len(read) <= 3
