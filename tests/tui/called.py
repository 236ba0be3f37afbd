"""What is wrong with the palette over a screen: whether everything at hand is listed there, found, and can be run."""

from __future__ import annotations

from collections.abc import Iterator

from textual.command import CommandInput, DiscoveryHit, Hit
from textual.dom import DOMNode

from qiantai_tui.actions import Action, at_hand, shown_keys
from qiantai_tui.actions.palette import ActionCommands, Palette, score
from qiantai_tui.text.pinyin import initials
from qiantai_tui.text.words import Language, say
from tests.tui.desk_driver import Driver
from tests.tui.screens_text import screen_text
from tests.tui.untranslated import untranslated
from tests.tui.waiting import gathered

_LISTED_BESIDE = 3
"""Rows of the palette that are its field and its frame."""


async def listed(desk: Driver) -> list[str]:
    """What the palette lacks of what is at hand, each with its key."""
    commands = ActionCommands(desk.app.screen)
    lines = [each.display async for each in commands.discover() if isinstance(each, DiscoveryHit)]
    shown = [str(each).split("  ")[0].strip() + "|" + str(each).split("  ")[-1].strip() for each in lines]
    wanted = [each for _, each in at_hand(desk.app.screen)]
    wrong = [f"{each.id} is not listed" for each in wanted if not any(_is_of(each, line) for line in shown)]
    if len(lines) != len(wanted):
        wrong.append(f"{len(lines)} lines for {len(wanted)} actions")
    return wrong


def _is_of(action: Action, line: str) -> bool:
    name, _, key = line.partition("|")
    keys = shown_keys(action.key)[:1]
    return say(action.label).startswith(name) and (not keys or key.split()[:1] == keys)


def lost(action: Action) -> Iterator[str]:
    """The words that it ought to be found by and is not: both languages, the initials, each of its keys."""
    asked = [action.label.zh, action.label.en, action.label.en.upper(), *initials(action.label.zh)]
    asked += [word for key in shown_keys(action.key) for word in (key, key.lower())]
    yield from (f"{action.id} is not found by {words!r}" for words in asked if words and score(action, words) <= 0)


async def searched(desk: Driver, action: Action) -> list[str]:
    """The same by the palette's own search, by the name as it is shown."""
    hits = [each async for each in ActionCommands(desk.app.screen).search(say(action.label))]
    best = max((each for each in hits if isinstance(each, Hit)), key=lambda each: each.score)
    return [] if str(best.text) == say(action.label) else [f"{say(action.label)} finds {best.text} first"]


def nothing_behind(node: DOMNode, action: Action, desk: Driver) -> Iterator[str]:
    """An action of which there is no method where it would be run."""
    target, name, _ = desk.app._parse_action(action.action, node)
    if not any(hasattr(target, f"{private}action_{name}") for private in ("", "_")):
        yield f"{action.id} would run {name} of {target}, which has none"


async def put_up(desk: Driver, language: Language, said: tuple[str, ...]) -> list[str]:
    """What is wrong with the palette as ^P puts it up over the screen, and with the screen after Esc."""
    under, focus = desk.app.screen, desk.app.focused
    if isinstance(under, Palette):
        return []
    await desk.press("ctrl+p")
    await gathered(desk.pilot)
    if not isinstance(desk.app.screen, Palette):
        return [f"^P shows {desk.app.screen}"]
    wrong = [] if desk.app.screen.query_one(CommandInput).has_focus else ["its field has not the focus"]
    wrong += [f"untranslated: {each}" for each in untranslated(screen_text(desk.app), language, data=said)]
    await desk.press("escape")
    if desk.app.screen is not under or desk.app.focused is not focus:
        wrong.append(f"after Esc {desk.app.focused} has the focus, and not {focus}")
    return wrong


async def palette_faults(desk: Driver, language: Language, said: tuple[str, ...], known: set[str]) -> list[str]:
    """All of it; of an action that is `known` from another screen only that it is listed and can be run.

    It is put up once over each kind of screen.
    """
    wrong = await listed(desk)
    for node, action in [*at_hand(desk.app.screen)]:
        wrong += nothing_behind(node, action, desk)
        if action.id not in known:
            known.add(action.id)
            wrong += [*lost(action), *await searched(desk, action)]
    kind = type(desk.app.screen).__qualname__
    if kind not in known:
        known.add(kind)
        wrong += await put_up(desk, language, said)
    return wrong
