"""The keys that the actions have by default, as written down: a start looks at them without reading every screen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from qiantai.words import NOTHING

from . import Action
from .keymap import Place

FILE = "default_keys.json"
"""Of each place what it has of its own, written by `make docs`; a test holds it against the screens."""
_Written = Mapping[str, Sequence[str]]


@cache
def written_places() -> tuple[Place, ...]:
    """What is at hand together, as `everything.places` has it, of actions that are but an id, a key and a priority."""
    found = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    program = _actions(found["program"])
    over = {id: each for id, each in program.items() if each.priority}
    screens = ({**program, **_actions(own)} for own in found["screens"])
    dialogs = ({**over, **_actions(own)} for own in found["dialogs"])
    return (program, _actions(found["rehearsal"]), *screens, *dialogs)


def default_keys() -> Mapping[str, str]:
    """The key of each action by its id, several by commas."""
    return {id: action.key for place in reversed(written_places()) for id, action in place.items()}


def _actions(written: _Written) -> dict[str, Action]:
    return {id: Action(id, NOTHING, key, priority=bool(first)) for id, (key, *first) in written.items()}
