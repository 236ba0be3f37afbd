"""The `[alerts]` table of a site's settings: what it may say, and what is said of each mistake."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from qiantai.periods import Period
from qiantai.projections.alerts import AlertRules, Quiet
from qiantai_tui.alerts.settings import AlertSettings
from qiantai_tui.sites.site import BadSite, read_settings


def settings(folder: Path, text: str) -> AlertSettings | None:
    (folder / "settings.toml").write_text(text, encoding="utf-8")
    return read_settings(folder).alerts


def test_all_of_it(tmp_path: Path) -> None:
    found = settings(
        tmp_path,
        '[alerts]\nquiet = ["22:00", "07:00"]\nmorning = "08:45"\nbell = false\n'
        '[alerts.before]\nshort = "3m"\nlong = "2h"\nresolve = "4h"\n',
    )
    rules = AlertRules(
        Period(3, "m"), Period(2, "h"), {"resolve": Period(4, "h")}, time(8, 45), Quiet(time(22), time(7))
    )
    assert found == AlertSettings(rules, bell=False)


@pytest.mark.parametrize("text", ["", "sign_in = false\n"])
def test_nothing_said_is_no_settings(text: str, tmp_path: Path) -> None:
    assert settings(tmp_path, text) is None


def test_an_empty_table_is_the_defaults(tmp_path: Path) -> None:
    assert settings(tmp_path, "[alerts]\n") == AlertSettings()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("alerts = 1\n", "alerts"),
        ("[alerts]\nquite = 1\n", "quite"),
        ('[alerts]\nquiet = "22:00"\n', "quiet"),
        ('[alerts]\nquiet = ["22:00"]\n', "quiet"),
        ('[alerts]\nquiet = ["22:00", "25:00"]\n', "quiet"),
        ("[alerts]\nquiet = [22, 7]\n", "quiet"),
        ('[alerts]\nmorning = "nine"\n', "morning"),
        ('[alerts]\nmorning = "09:00+08:00"\n', "morning"),
        ("[alerts]\nmorning = 9\n", "morning"),
        ('[alerts]\nbell = "no"\n', "bell"),
        ("[alerts]\nbefore = 1\n", "before"),
        ('[alerts.before]\nshort = "2wd"\n', "short"),
        ('[alerts.before]\nlong = "an hour"\n', "long"),
        ("[alerts.before]\nlong = 1\n", "long"),
        ('[alerts.before]\nresolv = "1h"\n', "resolv"),
    ],
)
def test_a_mistake_is_named_with_what_would_do(text: str, key: str, tmp_path: Path) -> None:
    with pytest.raises(BadSite) as caught:
        settings(tmp_path, text)
    (mistake,) = caught.value.mistakes
    assert mistake.key.rpartition(".")[2] == key
    assert mistake.would_do.zh
    assert mistake.would_do.en
