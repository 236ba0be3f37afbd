"""How the desk looks: the board, a refused step, the forms, in both languages and two sizes, as text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from textual.app import App

from qiantai_tui.text.words import Language
from tests.tui.desk_driver import Driver, at_the_desk, demo_handbook
from tests.tui.untranslated import untranslated

SIZES = ((120, 36), (80, 24))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
SAID = (
    "厨房漏水 13812345678",
    "厨房漏水 138****5678",
    "装修噪音,晚上十点还在敲",
    "[急修]电梯困人[/急修]",
    "物业费为什么涨",
    "多装充电桩",
    "3栋1单元 电梯",
    "1栋2单元301",
    "5栋1单元102",
    "1-2-301 漏水",
    "灯不亮",
    "不亮",
    "漏水",
    "停工",
    "等配件",
)


def data() -> tuple[str, ...]:
    """What the site and its people said themselves, whole and as far as a narrow column shows it."""
    handbook, topics = demo_handbook()
    names = [person.name for person in handbook.people.values()]
    names += [each.name[:1] for each in handbook.households.values()]
    cut = [words[:n] for words in SAID for n in range(2, len(words))]
    return (
        *SAID,
        *names,
        *(word for words in topics.values() for word in words),
        *cut,
        "阳光花园",
        "孙",
        "袁",
        "张",
        "王",
        "Q-S2b",
    )


async def busy(desk: Driver) -> None:
    """A board with something of everything, six minutes on."""
    desk.receive(kind="suggestion", household="2-1-101", summary="多装充电桩", channel="letter")
    desk.receive(kind="complaint", household="5-1-101", summary="装修噪音,晚上十点还在敲", place="5栋1单元102")
    await desk.go(minutes=3)
    desk.receive(
        kind="repair", household="1-2-301", summary="厨房漏水 13812345678", emergency=True, place="1栋2单元301"
    )
    number = desk.receive(kind="repair", household="5-1-101", summary="灯不亮")
    desk.give(number, "dispatch", "li", to=["engineering"])
    desk.receive(kind="help", summary="[急修]电梯困人[/急修]", place="3栋1单元 电梯", name="张三", emergency=True)
    await desk.go(minutes=3)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_board(size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        await busy(desk)
        await desk.press("down", "down")
        assert untranslated(desk.screen, language, data=data()) == []
        picture(f"desk_queue_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_refused_step(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk("sun", size=size, language=language) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        desk.give(number, "dispatch", "li", to=["engineering"])
        await desk.pilot.pause()
        desk.app.screen.give(number, "wait")  # type: ignore[attr-defined]
        await desk.pilot.pause()
        await desk.press("1")
        desk.app.screen.row("eta").load("11-24 9:00")  # type: ignore[attr-defined]
        await desk.press("f10")
        assert "M-3.3b" in desk.screen
        assert untranslated(desk.screen, language, data=data()) == []
        picture(f"desk_refused_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_intake_form(
    size: tuple[int, int], language: Language, picture: Callable[[str, App[Any]], None]
) -> None:
    async with at_the_desk(size=size, language=language) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter")
        assert untranslated(desk.screen, language, data=data()) == []
        picture(f"desk_intake_{size[0]}x{size[1]}_{language}", desk.app)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_emergency_form_and_the_steps(language: Language, picture: Callable[[str, App[Any]], None]) -> None:
    async with at_the_desk(language=language) as desk:
        await desk.press("f9")
        assert untranslated(desk.screen, language, data=(*data(), "电梯困人", "漏水", "起火")) == []
        picture(f"desk_emergency_{language}", desk.app)
        await desk.press("escape")
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await desk.press("f4")
        assert untranslated(desk.screen, language, data=data()) == []
        picture(f"desk_steps_{language}", desk.app)


@pytest.mark.parametrize("size", [(60, 16), (40, 10), (20, 5)], ids=str)
async def test_a_small_window_says_so_and_works(size: tuple[int, int]) -> None:
    async with at_the_desk(size=size) as desk:
        assert f"{size[0]}x{size[1]}"[:6] in desk.screen
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter", "enter")
        assert len(desk.app.desk.store.open_cases()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_form_of_any_step_speaks_the_other_language(language: Language) -> None:
    async with at_the_desk("lin", size=(100, 40), language=language) as desk:
        seen: set[str] = set()
        said = (*data(), "property-fee-2026")
        script = desk.app.handbook.script("property-fee", desk.clock())
        assert script is not None
        for kind, request in desk.app.handbook.requests.items():
            number = desk.receive(
                by="lin", kind=kind, household="1-1-101", summary="灯不亮", place="停工", topic="property-fee"
            )
            for command in request.commands:
                if command in seen or command not in desk.app.desk.offers(number, "lin") or command == "undo":
                    continue
                desk.app.screen.give(number, command)  # type: ignore[attr-defined]
                await desk.pilot.pause()
                desk.app.clear_notifications()
                await desk.pilot.pause()
                if len(desk.app.screen_stack) == 1:
                    continue
                seen.add(command)
                shown = desk.screen.replace("「", "").replace("」", "")
                lines = [line for line in shown.splitlines() if not _of_the_script(line.strip(" │╭╮╰╯─"), script.text)]
                wrong = untranslated("\n".join(lines), language, data=said)
                assert wrong == [], (kind, command, wrong, shown)
                await desk.press("escape")
        assert {"note", "correct", "assign", "dispatch", "withdraw", "hand_over", "answer"} <= seen


def _of_the_script(line: str, script: str) -> bool:
    """Whether a line of the screen holds a piece of the agreed answer, which is the site's own words."""
    return any(part.strip() in script for part in line.split("  ") if len(part) > 6)
