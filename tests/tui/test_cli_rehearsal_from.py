"""`qiantai rehearsal from`: everything is shown first, nothing is written unasked, and the taking is on record."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai_scenarios import read_scenario
from qiantai_tui.cli import sitting
from qiantai_tui.cli.stopped import DONE, NOT_ALLOWED, NOT_FOUND, REFUSED, USAGE
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import Site, open_site
from tests.tui.command_line import answered, given


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_demo(tmp_path / "demo")


@pytest.fixture
def number(folder: Path) -> str:
    """The first repair that there is."""
    with open_site(folder) as site:
        return next(each.number for each in site.desk.store.all_cases() if each.kind == "repair")


def looks(site: Site) -> list[tuple[str, str, str]]:
    return [(each.what, each.which, each.why) for each in site.desk.store.looks()]


def test_it_is_written_into_the_sites_folder_and_plays(folder: Path, number: str) -> None:
    found = answered("rehearsal", "from", number, "--for", "新人培训", "--yes", "--site", folder)
    file = Path(found["file"])
    assert (found["written"], file.parent) == (True, folder / "rehearsals")
    assert given("replay", file).exit_code == DONE
    assert answered("rehearse", file, "--model")["score"]["points"] == 100
    text = file.read_text(encoding="utf-8")
    with open_site(folder) as site:
        assert ("export", f"rehearsal {number}", "新人培训") in looks(site)
        homes, people = site.desk.handbook.households.values(), site.desk.handbook.people.values()
        assert [each.id for each in homes if f'"{each.id}"' in text] == []
        names = [*(each.name for each in homes), *(each.name for each in people)]
        assert [each for each in names if len(each) > 1 and each in text] == []
        assert [each.phone for each in homes if each.phone and each.phone in text] == []
    again = answered("rehearsal", "from", number, "--for", "再来一个", "--yes", "--site", folder)
    assert Path(again["file"]) != file


def test_nothing_is_written_unless_it_is_agreed_to(
    folder: Path, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "own.toml"
    line = ("rehearsal", "from", number, "--for", "培训", "--out", out, "--site", folder)
    shown = given(*line)
    assert (shown.exit_code, out.exists()) == (REFUSED, False)
    assert "【】" in shown.stdout
    assert "房号" in shown.stdout
    assert answered(*line, code=REFUSED)["written"] is False
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    assert (given(*line, typed="n\n").exit_code, out.exists()) == (REFUSED, False)
    assert (given(*line, typed="y\n").exit_code, out.exists()) == (DONE, True)
    before = out.read_text(encoding="utf-8")
    assert given(*line, "--yes").exit_code == REFUSED
    assert out.read_text(encoding="utf-8") == before


def test_it_is_for_trainers_and_supervisors_who_may_see_the_case(folder: Path, number: str) -> None:
    with open_site(folder) as site:
        people = site.desk.handbook.people.values()
        clerk = next(each.id for each in people if not each.has("trainer", "supervisor", "admin"))
        supervisor = next(each.id for each in people if each.has("supervisor"))
        before = looks(site)
    refused = given("rehearsal", "from", number, "--for", "培训", "--yes", "--by", clerk, "--site", folder)
    assert refused.exit_code == NOT_ALLOWED
    assert not (folder / "rehearsals").exists()
    with open_site(folder) as site:
        assert looks(site) == before
    done = given("rehearsal", "from", number, "--for", "培训", "--yes", "--by", supervisor, "--site", folder)
    assert done.exit_code == DONE, done.output


def test_what_cannot_be_taken_is_told(folder: Path, number: str) -> None:
    assert given("rehearsal", "from", number, "--site", folder).exit_code == USAGE
    assert given("rehearsal", "from", number, "--for", " ", "--site", folder).exit_code == REFUSED
    assert given("rehearsal", "from", "BX-20010101-001", "--for", "培训", "--site", folder).exit_code == NOT_FOUND
    nobody = given("rehearsal", "from", number, "--for", "培训", "--trainee", "nobody", "--site", folder)
    assert nobody.exit_code == NOT_ALLOWED


def test_the_words_of_its_topic_come_along(folder: Path, tmp_path: Path) -> None:
    with open_site(folder) as site:
        case = next(each for each in site.desk.store.all_cases() if each.text("topic") in site.topics)
        topic, words = case.text("topic"), site.topics[case.text("topic")]
    out = tmp_path / "own.toml"
    answered("rehearsal", "from", case.number, "--for", "培训", "--out", out, "--yes", "--site", folder)
    assert read_scenario(out).topics == {topic: words}
