"""The hand-over at the desk: drawn up, marked, signed by both, left with nobody there, taken up where it stopped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from qiantai.shift.book import Stage
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.signing import SignDialog
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.shift.marks import Marks
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.page import Page
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in
from tests.tui.hostile import SEEN
from tests.tui.untranslated import untranslated

SIZES = ((120, 36), (80, 24))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID = (
    "厨房漏水",
    "装修噪音,晚上十点还在敲",
    "5栋1单元102",
    "电梯维保明早来",
    "阳光花园",
    *(each.name for each in PEOPLE.values()),
)


def stage(desk: Driver, number: int = 1) -> Stage | None:
    """How far that hand-over is on the disk."""
    here = desk.app.shifts.book().hand_over(number)
    return here.stage if here else None


async def two_open(desk: Driver) -> tuple[str, str]:
    """A leak that was sent out and a complaint, both li's."""
    leak = desk.receive(kind="repair", household="1-2-301", summary="厨房漏水", emergency=True)
    desk.give(leak, "dispatch", "li", to=["engineering"])
    noise = desk.receive(kind="complaint", household="5-1-101", summary="装修噪音,晚上十点还在敲", place="5栋1单元102")
    await desk.pilot.pause()
    return leak, noise


async def drawn_up(desk: Driver, receiver: str = "何悦") -> None:
    """Shift+F12, F4, and who takes over."""
    await desk.press("f24", "f4")
    await desk.type(receiver)
    await desk.press("enter")


async def signs(desk: Driver, who: str) -> None:
    """F4, and the name or its initials, or the PIN."""
    await desk.press("f4")
    assert isinstance(desk.app.screen, SignDialog)
    await desk.type(who)
    await desk.press("enter")


def on(desk: Driver, number: str) -> None:
    """Puts the cursor on a case of the page."""
    assert desk.app.screen.query_one(Page).move_to(number)


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
        await drawn_up(desk)
        await signs(desk, "lj")
        await signs(desk, "hy")
        await desk.press("f24", "h")
        assert isinstance(desk.app.screen, ChooseDialog)
        assert "两人已签" in desk.screen
        await desk.press("1", "f4")
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "签过的不能再签" in desk.screen
        assert "Q-S2b" in desk.screen
        await desk.press("f8", "escape", "escape")
        assert isinstance(desk.app.screen, HandOverScreen)


async def test_who_took_in_more_since_signing_signs_anew(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await drawn_up(desk)
        await signs(desk, "lj")
        later = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await signs(desk, "hy")
        assert later in desk.screen
        assert "撤回签字" in desk.screen
        await desk.press("escape", "ctrl+z")
        assert stage(desk) is Stage.DRAWN_UP
        await signs(desk, "lj")
        await signs(desk, "hy")
        assert desk.app.desk.case(later).owner == "he"


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


async def test_who_leaves_nothing_open_just_goes(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await desk.press("f12")
        await desk.type("何悦")
        await desk.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, QueueScreen)
        assert set(desk.app.shifts.book().running) == {"he"}


async def test_with_nobody_there_a_superior_lets_them_go_and_the_next_one_sees_it_first(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        PinBook(tmp_path).choose(PEOPLE["he"], "4826")
        await sign_in(desk, "李静", PINS["li"])
        leak, _ = await two_open(desk)
        await desk.press("f24", "l")
        await desk.type("林晓")
        await desk.press("enter")
        await desk.type("家里有急事")
        await desk.press("enter")
        await desk.type(PINS["lin"])
        await desk.press("enter")
        await desk.pilot.pause()
        assert people_at(desk) == ""
        assert leak not in desk.screen, "the desk is covered"
        await desk.press("shift+tab")
        await sign_in(desk, "何悦", "4826")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, HandOverScreen)
        assert "家里有急事" in desk.screen
        assert leak in desk.screen
        await desk.press("f4")
        kept = desk.app.shifts.book().hand_overs[0]
        assert (kept.stage, kept.superior, kept.read_by) == (Stage.READ_OVER, "lin", "he")
        assert desk.app.desk.case(leak).owner == "li"


async def test_letting_go_needs_a_reason(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await desk.press("f24", "l")
        await desk.type("林晓")
        await desk.press("enter", "enter")
        await desk.type("lx")
        await desk.press("enter")
        assert "要写理由" in desk.screen
        assert stage(desk) is None


async def test_killed_half_way_it_goes_on_where_it_stopped(tmp_path: Path) -> None:
    clock, store = Clock(), None
    async with at_the_desk(folder=tmp_path, clock=clock) as desk:
        store = desk.app.desk.store
        leak, noise = await two_open(desk)
        await drawn_up(desk)
        on(desk, noise)
        await desk.press("f5", "n")
        await desk.type("电梯维保明早来")
        desk.app.screen.keep()  # type: ignore[attr-defined]  # as it does every other second
    async with at_the_desk(folder=tmp_path, clock=clock, store=store) as desk:
        await desk.press("f24")
        assert "电梯维保明早来" in desk.screen
        assert "○ 留下" in desk.screen
        await signs(desk, "lj")
    async with at_the_desk(folder=tmp_path, clock=clock, store=store) as desk:
        await desk.press("f24")
        assert "等接班人签" in desk.screen
        desk.app.desk.do(leak, "accept", "he")
        await signs(desk, "hy")
        kept = desk.app.shifts.book().hand_overs[0]
        assert (kept.stage, kept.accepted) == (Stage.TAKEN_OVER, (leak,))


async def test_the_lock_covers_it_and_the_same_person_goes_on(tmp_path: Path) -> None:
    async with door(tmp_path) as desk:
        await sign_in(desk, "李静", PINS["li"])
        leak, _ = await two_open(desk)
        await drawn_up(desk)
        desk.app.lock()
        await desk.pilot.pause()
        assert leak not in desk.screen
        await desk.press("f24")
        assert people_at(desk) == "", "nobody hands over who is not signed in"
        await desk.type(PINS["li"])
        await desk.press("enter")
        await desk.pilot.pause()
        assert isinstance(desk.app.screen, HandOverScreen)
        assert sum(isinstance(each, HandOverScreen) for each in desk.app.screen_stack) == 1


async def test_over_an_open_form_what_was_written_is_kept(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter")
        form = desk.app.screen
        form.row("summary").load("灯不亮,要梯子")  # type: ignore[attr-defined]
        await desk.press("f24")
        assert isinstance(desk.app.screen, HandOverScreen)
        assert "灯不亮,要梯子" in str(desk.app.book._kept)
        await desk.press("escape")
        assert desk.app.screen is form


async def test_it_is_printed_and_that_is_on_record(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await drawn_up(desk)
        await signs(desk, "lj")
        await desk.press("p")
        (page,) = (tmp_path / "hand-overs").iterdir()
        text = page.read_text(encoding="utf-8")
        assert "李静" in text
        assert "接班人" in text
        assert [each.what for each in desk.app.desk.store.looks()] == ["export"]


async def test_a_book_that_cannot_be_read_stops_the_hand_over_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "shifts.jsonl").write_text("{}\n", encoding="utf-8")
    async with at_the_desk(folder=tmp_path) as desk:
        desk.app.be("li")
        await two_open(desk)
        await desk.press("f24")
        assert "不是交接班记录的一行" in desk.screen
        await desk.press("f4", "escape", "escape")
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter", "enter")
        assert len(desk.app.desk.store.open_cases()) == 3


async def test_whatever_was_said_stands_still(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, size=(80, 24)) as desk:
        for said in SEEN:
            desk.receive(kind="repair", household="1-2-301", summary=said or "x", place=said)
        await drawn_up(desk)
        for said in SEEN:
            Marks(desk.app.book, "li").write(said)
            await desk.press("f5", "pagedown")
        Marks(desk.app.book, "li").write("\n".join((*SEEN, "<script>alert(1)</script>")))
        await signs(desk, "lj")
        assert stage(desk) is Stage.SIGNED_OFF
        await desk.press("p")
        (page,) = (tmp_path / "hand-overs").iterdir()
        assert "&lt;script&gt;alert(1)" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_how_it_looks(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None], tmp_path: Path
) -> None:
    async with at_the_desk(size=size, language=language, folder=tmp_path) as desk:
        desk.app.be("li")
        _, noise = await two_open(desk)
        await desk.go(hours=3)
        await drawn_up(desk)
        Marks(desk.app.book, "li").write("电梯维保明早来")
        on(desk, noise)
        await desk.press("f5")
        desk.app.clear_notifications()
        await desk.pilot.pause()
        assert untranslated(desk.screen, language, data=SAID) == []
        picture(f"hand_over_drawn_up_{size[0]}_{language}", desk.app)
        await signs(desk, "lj")
        desk.app.clear_notifications()
        await desk.pilot.pause()
        assert untranslated(desk.screen, language, data=SAID) == []
        picture(f"hand_over_signed_off_{size[0]}_{language}", desk.app)
