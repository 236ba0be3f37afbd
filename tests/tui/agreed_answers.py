"""Agreed answers at the desk, for the tests of their screens: done at another desk, found in the list, read."""

from __future__ import annotations

from typing import Any

from qiantai import Script
from qiantai.deeds import APPROVE, DRAFT, SUBMIT, Deed
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.screens.scripts import ScriptsScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.line_table import LineTable
from tests.tui.desk_driver import Driver, demo_handbook
from tests.tui.untranslated import untranslated

SIZES = ((120, 36), (80, 24))
LANGUAGES: tuple[Language, ...] = ("zh", "en")
NEW = "您好,3 栋和 5 栋的电梯明年分两批换。"


def said() -> tuple[str, ...]:
    """What the site itself says: its names, topics and wordings, whole or as far as they are shown."""
    handbook, topics = demo_handbook()
    words = [word for several in topics.values() for word in several]
    names = [each.name for each in handbook.people.values()]
    ids = [each.id for each in handbook.scripts]
    return (NEW, "阳光花园", "site.toml", *words, *names, *ids)


def foreign(desk: Driver, language: Language) -> list[str]:
    """The words of the other language on the screen; pieces of the wordings, which nobody translates, are none."""
    texts = [NEW, *(each.text for each in demo_handbook()[0].scripts)]
    found = untranslated(desk.screen, language, data=said())
    return [each for each in found if not any(each in text for text in texts)]


def done(desk: Driver, name: str, by: str, **fields: Any) -> Deed:
    """Done behind the screen's back, as by another desk on the same site."""
    deed = agree(desk.app.site, by, name, **fields)
    assert isinstance(deed, Deed), deed
    return deed


def approved(desk: Driver, topic: str = "lift-renewal", text: str = NEW) -> Deed:
    """A version approved at another desk."""
    drafted = done(desk, DRAFT, "li", topic=topic, text=text)
    done(desk, SUBMIT, "li", id=drafted.id, version=drafted.version)
    return done(desk, APPROVE, "zhao", id=drafted.id, version=drafted.version)


def at_hand(desk: Driver) -> Script:
    """The version under the cursor."""
    assert isinstance(desk.app.screen, ScriptsScreen)
    script = desk.app.screen.script_at_hand()
    assert script is not None
    return script


async def on(desk: Driver, id: str, version: int) -> None:
    """The cursor on that version, in the mode of agreed answers."""
    await desk.press("shift+f3")
    assert isinstance(desk.app.screen, ScriptsScreen)
    desk.app.screen.query_one(LineTable).move_to(f"{version} {id}")
    await desk.pilot.pause()
    assert (at_hand(desk).id, at_hand(desk).version) == (id, version)


async def challenged(desk: Driver, times: int = 3) -> None:
    """So many challenges on a topic on which no answer is in force."""
    for _ in range(times):
        desk.receive(kind="challenge", household="1-2-301", summary="电梯什么时候换", topic="lift-renewal")
    await desk.pilot.pause()
