"""Tasks of the operator's page that are done on the command line, given as its steps have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from qiantai_tui.cli import sitting
from qiantai_tui.doctor.keys import KeysApp
from tests.tui.command_line import given
from tests.tui.operator_tasks import commands, steps, ungiven
from tests.tui.sites import NOON, a_site, another_case

POLICY = '[[policy]]\nvalid = 2026-01-01\nby = "lead"\nat_once = "3m"\n'
SCRIPT = (
    '[[script]]\nid = "novel"\ntopic = "novel"\ntext = "您好,还没有定。"\nfrom = 2026-01-01\n'
    'approved_by = "head"\nspokesperson = "guard1"\n'
)
CALENDAR = "[calendar]\noff = [2026-11-23]\n"


class Typist:
    """Somebody at the command line of a site; what was given is remembered."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.given: list[tuple[object, ...]] = []

    def give(self, *arguments: str | Path, typed: str | None = None, code: int = 0) -> Result:
        """Gives a command, which ends with that code."""
        self.given.append(arguments)
        result = given(*arguments, typed=typed)
        assert result.exit_code == code, result.output
        return result

    def at_the_site(self, *arguments: str | Path, **also: Any) -> Result:
        """Gives one to this site."""
        return self.give(*arguments, "--site", self.site, **also)


@pytest.fixture
def typist(tmp_path: Path) -> Typist:
    return Typist(a_site(tmp_path / "site"))


def written(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_commands_of_a_section_are_found_and_a_missing_one_is_named() -> None:
    assert commands("Backing up and restoring", "zh") == commands("Backing up and restoring", "en")
    assert commands("Something is wrong", "zh") == [["doctor"], ["doctor", "--keys"]]
    assert ungiven("Something is wrong", [("doctor", "--keys"), ("doctor",)]) == [
        "zh: doctor --keys",
        "en: doctor --keys",
    ]


def test_it_is_asked_what_would_change(typist: Typist, tmp_path: Path) -> None:
    site = (typist.site / "site.toml").read_text(encoding="utf-8")
    typist.at_the_site("what-if", "--policy", written(tmp_path, "policy.toml", POLICY))
    typist.at_the_site("what-if", "--calendar", written(tmp_path, "calendar.toml", CALENDAR))
    typist.at_the_site("what-if", "--scripts", written(tmp_path, "scripts.toml", SCRIPT))
    assert (typist.site / "site.toml").read_text(encoding="utf-8") == site, "it only looks"
    assert not ungiven("Before a limit changes", typist.given)


def test_a_key_is_changed(typist: Typist, tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    config = ("--config", file)
    assert str(file) in typist.give(*config, "config", "path").output
    assert "take_in" in typist.give(*config, "config", "show").output
    examples = [each for step in steps("Other keys", "zh") for each in step.split("`") if each.startswith("take_in")]
    file.write_text("[keys]\n" + "\n".join(examples), encoding="utf-8")
    typist.give(*config, "config", "check")
    file.write_text('[keys]\ntake_in = "F99"\n', encoding="utf-8")
    assert given(*config, "config", "check").exit_code != 0
    assert not ungiven("Other keys", typist.given)


def test_it_is_looked_at_what_is_wrong(typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    found = typist.at_the_site("doctor", code=1).output
    assert "✓ 数据 " in found
    assert "! 备份" in found, "there is none yet"
    assert "可行:运行 qiantai backup" in found
    opened: list[KeysApp] = []

    def run(app: KeysApp) -> int:
        opened.append(app)
        return 0

    monkeypatch.setattr("qiantai_tui.cli.opening.on_a_terminal", lambda: True)
    monkeypatch.setenv("TEXTUAL_DISABLE_KITTY_KEY", "1")
    monkeypatch.setattr(KeysApp, "run", run)
    typist.give("doctor", "--keys")
    assert opened, "what arrives there is the keys' own test"
    assert not ungiven("Something is wrong", typist.given)


def test_it_is_backed_up_and_restored(typist: Typist, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    elsewhere, away, key = tmp_path / "backups", tmp_path / "away.age", tmp_path / "key.txt"
    elsewhere.mkdir()
    told = typist.give("backup", "--new-key", key).output
    sealed = next(each.strip() for each in told.splitlines() if each.strip().startswith("backup_key"))
    written(typist.site, "settings.toml", f'sign_in = false\nbackup_to = "{elsewhere}"\n{sealed}\n')
    given("backup", "--automatic", "--site", typist.site)
    typist.at_the_site("backup", "--to", away, "--encrypt", typed="geheim\ngeheim\n")
    assert str(elsewhere) in typist.at_the_site("doctor", code=1).output, "on the same disk, which it warns of"
    typist.give("verify", away, typed="geheim\n")
    number = another_case(typist.site, NOON)
    typist.at_the_site("restore", away, typed="geheim\n")
    assert number in typist.at_the_site("restore", away, "--replace", typed="geheim\ny\n").output
    assert given("case", "show", number, "--site", typist.site).exit_code == 3
    assert list(tmp_path.glob("site-*-old"))
    assert not ungiven("Backing up and restoring", typist.given)
