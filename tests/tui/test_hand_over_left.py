"""Hand-overs that go another way: with nobody there, killed, locked, printed, damaged; and how they look."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from qiantai.shift.book import Stage
from qiantai.store import Unwritable
from qiantai.words import Bilingual
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.shift.marks import Marks
from qiantai_tui.sign_in.book import PinBook
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.text.words import Language
from tests.tui.desk_driver import Clock, at_the_desk
from tests.tui.door import PEOPLE, PINS, door, people_at, sign_in
from tests.tui.hand_over_driver import LANGUAGES, SAID, SIZES, drawn_up, on, signs, stage, two_open
from tests.tui.hostile import SEEN
from tests.tui.untranslated import untranslated


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


async def test_it_is_printed_and_that_is_on_record(tmp_path: Path, handed: list[Path]) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await drawn_up(desk)
        await signs(desk, "lj")
        await desk.press("p")
        (page,) = (tmp_path / "hand-overs").iterdir()
        assert handed == [page]
        text = page.read_text(encoding="utf-8")
        assert "李静" in text
        assert "接班人" in text
        assert [each.what for each in desk.app.desk.store.looks()] == ["export"]


@pytest.mark.parametrize(("language", "told"), [("zh", "建不了"), ("en", "cannot be made")])
async def test_where_the_page_cannot_be_written_it_is_said(language: Language, told: str, tmp_path: Path) -> None:
    (tmp_path / "hand-overs").write_text("", encoding="utf-8")
    async with at_the_desk(language=language, folder=tmp_path) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await signs(desk, "lj")
        await desk.press("p")
        assert told in desk.screen
        assert isinstance(desk.app.screen, HandOverScreen)


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


async def test_a_book_that_is_out_of_reach_as_somebody_signs_is_told_and_the_screen_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await two_open(desk)
        await drawn_up(desk)
        await desk.press("f4")
        await desk.type("lj")
        with monkeypatch.context() as broken:
            broken.setattr(FileBooks, "_bytes", _out_of_reach)
            (tmp_path / "shifts.jsonl").touch()
            await desk.press("enter")
        assert "文件读不了" in desk.screen
        assert stage(desk) is Stage.DRAWN_UP
        await desk.go(seconds=61)
        await desk.read()
        await signs(desk, "lj")
        assert stage(desk) is Stage.SIGNED_OFF
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)


def _out_of_reach(*_: object) -> bytes:
    raise Unwritable(Bilingual("文件读不了", "the file cannot be read"))


async def test_whatever_was_said_stands_still(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path, size=(80, 24)) as desk:
        for said in SEEN:
            desk.receive(kind="repair", household="1-2-301", summary=said or "x", place=said)
        await drawn_up(desk)
        for said in SEEN:
            Marks(desk.app.book, "li", 1).write(said)
            await desk.press("f5", "pagedown")
        Marks(desk.app.book, "li", 1).write("\n".join((*SEEN, "<script>alert(1)</script>")))
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
        Marks(desk.app.book, "li", 1).write("电梯维保明早来")
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
