"""Every screen of the program as it looks, in both languages and both sizes, and what is wrong with any of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.strip import Strip

from qiantai_scenarios.making.fresh import fresh
from qiantai_tui.dialogs.step_form import StepForm
from qiantai_tui.text.words import Language
from tests.tui.answers import Answers
from tests.tui.busy_estate import everything_said
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.every_screen import STOPS, classes, every_form, walk
from tests.tui.room_driver import said_in
from tests.tui.screen_lint import STILL, faults, unsteady
from tests.tui.screens_text import SNAPSHOTS, compare_snapshot, screen_strips, screen_text
from tests.tui.stages import Stage, home, resized, stage
from tests.tui.writing_driver import MONDAY

ROOMY, SMALL = (120, 36), (80, 24)
LANGUAGES: tuple[Language, ...] = ("zh", "en")
PICTURE = re.compile(r"_\d+(x\d+)?(_(zh|en))?$")
"""What stands after the name of a screen in that of its picture."""
STAGES: tuple[Stage, ...] = ("desk", "door", "first", "room")
TOASTS = ("已记下", "x已记下,单号 BX-20261123-001 的事项已经派给工程部,请在下午三点以前回复业户并写明原因")
TYPED = ("没有的字", "没有这个功能", "没有的人", "不修了", "吵", "wm", "起火", "property-fee", "site")
"""What the ways type, and what has no other language."""
WRITTEN = [fresh("repair", "my-repair", MONDAY, each) for each in LANGUAGES]
SAID = (*everything_said(), *TYPED, *said_in("first-dripping-tap"), *WRITTEN)


def test_every_screen_of_the_program_is_stopped_at() -> None:
    missing = classes() - {each.kind for each in STOPS}
    assert not missing, "no way to them in STOPS: " + ", ".join(sorted(each.__qualname__ for each in missing))
    names = [each.name for each in STOPS]
    assert len(names) == len(set(names))


def test_every_picture_is_of_something() -> None:
    stops = {each.name for each in STOPS}
    tests = "".join(each.read_text(encoding="utf-8") for each in Path(__file__).parent.glob("test_*.py"))
    names = {PICTURE.sub("", each.stem) for each in SNAPSHOTS.glob("*.txt")}
    assert {each for each in names - stops if f'"{each.partition("_")[0]}_' not in tests} == set()


async def looked_at(desk: Driver, name: str, *, update: bool) -> tuple[list[Strip], list[str]]:
    """What a screen shows once it has had its time, and how that differs from its picture, if it does."""
    for patience in range(20, -1, -1):
        strips = screen_strips(desk.app)
        try:
            compare_snapshot(name, [each.text for each in strips], update=update and not patience)
        except AssertionError as error:
            if not patience:
                return strips, [str(error)]
            await desk.pilot.pause(0.05)
        else:
            break
    return strips, []


async def under_a_toast(desk: Driver) -> list[str]:
    """What a toast does to the lines that it crosses; it stands at every cell that a wide sign may be cut in."""
    found: list[str] = []
    told = [*desk.app._notifications]
    for words in TOASTS:
        desk.app.notify(words, markup=False)
        await desk.pilot.pause()
        found += [f"under a toast: {each}" for each in unsteady(desk.app)]
    for each in [*desk.app._notifications]:
        if each not in told:
            desk.app._unnotify(each)
    await desk.pilot.pause()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("on", STAGES)
async def test_every_screen_looks_as_it_should(
    on: Stage, language: Language, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    monkeypatch.chdir(tmp_path)
    update = bool(pytestconfig.getoption("update_screens", default=False))
    wrong: list[str] = []
    async with stage(on, size=ROOMY, language=language) as desk:
        async for stop in walk(desk, on):
            for size in (ROOMY, SMALL):
                await resized(desk, size)
                strips, unlike = await looked_at(desk, f"{stop.name}_{size[0]}_{language}", update=update)
                found = faults(desk.app, language, SAID, strips)
                found += await under_a_toast(desk)
                wrong += [*unlike, *(f"{stop.name} at {size}: {each}" for each in found)]
            await resized(desk, ROOMY)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_form_of_every_step(language: Language) -> None:
    wrong: list[str] = []
    seen: set[str] = set()
    async with stage("desk", size=SMALL, language=language) as desk:
        for asked in every_form(desk.app):
            await desk.app.push_screen(StepForm(asked))
            await desk.pilot.pause()
            wrong += [f"{asked.case.kind} {asked.command}: {each}" for each in faults(desk.app, language, SAID)]
            seen.add(asked.command)
            await home(desk, "desk")
    assert {"note", "correct", "assign", "dispatch", "call_back", "answer", "wait", "extend", "broadcast"} <= seen
    assert not wrong, "\n".join(wrong)


def hostile(words: str) -> str:
    """The words with what would be a button or a style, if anything took them for markup."""
    return f"{words}{''.join(STILL)}" if words else words


@pytest.mark.parametrize("on", STAGES)
async def test_what_residents_say_stands_still_and_every_screen_answers_mouse_palette_and_undo(
    on: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    wrong: list[str] = []
    literal: set[str] = set()
    said = (*SAID, *STILL, *["click", "app", "quit"])
    answers = Answers("zh", said)
    async with stage(on, size=SMALL, say=hostile) as desk:
        async for stop in walk(desk, on):
            found = [*faults(desk.app, "zh", said)]
            if any(each in screen_text(desk.app) for each in STILL):
                literal.add(stop.name)
            wrong += [f"{stop.name}: {each}" for each in [*found, *await answers.faults(desk)]]
    assert not wrong, "\n".join(wrong)
    if on != "first":
        assert len(literal) > len([each for each in STOPS if each.stage == on]) / 2, literal


@pytest.mark.parametrize("size", [(60, 16), (40, 10), (20, 5)], ids=str)
async def test_a_small_window_says_so_and_works(size: tuple[int, int]) -> None:
    async with at_the_desk(size=size) as desk:
        assert f"{size[0]}x{size[1]}"[:6] in desk.screen
        await desk.press("f2")
        await desk.type("1-2-301 漏水")
        await desk.press("enter", "enter")
        assert len(desk.app.desk.store.open_cases()) == 1
