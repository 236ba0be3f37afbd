"""What is wrong with ^Z on a screen: it takes back the last thing done there by whoever is at it, and nothing else."""

from __future__ import annotations

from textual.widgets import TextArea

from qiantai import Done
from qiantai_tui.actions import at_hand
from qiantai_tui.app import DeskApp
from qiantai_tui.program.undoing import BOX_FIRST
from qiantai_tui.screens.hand_over import HandOverScreen
from qiantai_tui.text.words import say
from qiantai_tui.widgets.entry import Entry
from tests.tui.desk_driver import Driver

NOTED = "看过现场"


def told(desk: Driver) -> str:
    """All that the toasts say."""
    return "\n".join(str(each.message) for each in desk.app._notifications)


def histories(desk: Driver) -> dict[str, int]:
    """How much has happened to every open case."""
    return {each.number: len(each.history) for each in desk.app.desk.store.open_cases()}


def takes_text(desk: Driver) -> bool:
    """Whether the key is that of what is being written, and not the desk's."""
    own = (node for node, each in at_hand(desk.app.screen) if "ctrl+z" in each.key.split(","))
    if next(own, desk.app) is not desk.app and not isinstance(desk.app.screen, HandOverScreen):
        return True  # what is written on a screen that has a key of its own for that
    match desk.app.focused:
        case TextArea():
            return True
        case Entry() as entry:
            return bool(entry._past or entry._ahead)
        case _:
            return False


def noted(app: DeskApp) -> str:
    """The number of a case on which who is at the desk has given a note just now; empty where they may on none."""
    for case in app.seat.open_cases():
        if isinstance(app.carry_out(case.number, "note", text=NOTED), Done):
            return case.number
    return ""


async def undo_faults(desk: Driver) -> list[str]:
    """What is wrong after a note of one's own on a case of another screen, and ^Z here."""
    app, screen = desk.app, desk.app.screen
    if not isinstance(app, DeskApp):
        await desk.press("ctrl+z")
        return [] if desk.app.screen is screen else [f"^Z leads to {desk.app.screen}"]
    number, theirs = noted(app), takes_text(desk)
    app.clear_notifications()
    before = histories(desk)
    await desk.press("ctrl+z")
    if not number:
        return [] if histories(desk) == before else ["^Z takes back what nobody here has done"]
    after = {each: n for each, n in histories(desk).items() if n != before[each]}
    if theirs:
        return [f"^Z in a field takes back {after}"] if after else []
    if screen.is_modal:
        said = say(BOX_FIRST) in told(desk)
        return [] if said and not after else [f"^Z over a box: it says so {said}, and takes back {after}"]
    case = app.desk.case(number)
    if after != {number: before[number] + 1} or case.last_command.name != "undo":
        return [f"^Z takes back {after}, and not the note on {number}; it says {told(desk)!r}"]
    return [] if number in told(desk) else [f"^Z does not tell what it took back, but {told(desk)!r}"]
