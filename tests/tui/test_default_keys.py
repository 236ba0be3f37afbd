"""The default keys as written down, for a start that reads no screen."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools.default_keys import PATH, text

from qiantai_tui.actions.default_keys import default_keys, written_places
from qiantai_tui.actions.everything import places
from qiantai_tui.actions.keymap import Place

START = """
import sys
from pathlib import Path
from qiantai_tui.preferences import read_preferences
from qiantai_tui.program.base import BaseApp
from qiantai_tui.preferences import Taken
import qiantai.desk

before = set(sys.modules)
app = BaseApp(clock=qiantai.desk.now, reports=Path())
app.settle(Taken(read_preferences(Path(sys.argv[1]))))
print(app.keys["take_in"], *(each for each in sorted(set(sys.modules) - before) if "screens" in each))
"""


def seen(those: Iterable[Place]) -> set[frozenset[tuple[str, str, bool]]]:
    """Of each place all that a check of keys looks at."""
    return {frozenset((id, each.key, each.priority) for id, each in place.items()) for place in those}


def test_what_is_written_is_what_the_screens_have() -> None:
    assert PATH.read_text(encoding="utf-8") == text(), "run make docs"
    assert seen(written_places()) == seen(places())


def test_every_action_has_a_key_that_is_written() -> None:
    keys = default_keys()
    known = {id: {place[id].key for place in places() if id in place} for place in places() for id in place}
    assert keys.keys() == known.keys()
    assert {id: key for id, key in keys.items() if key not in known[id]} == {}


def test_a_start_with_changed_keys_reads_no_screen(tmp_path: Path) -> None:
    settings = tmp_path / "config.toml"
    settings.write_text('[keys]\ntake_in = "F11"\nstep_withdraw = "Shift+F10"\n', encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", START, str(settings)], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.split() == ["f11"]
