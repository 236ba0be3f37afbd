"""What the pages on plugins say is so: their examples are installed and asked, their messages are the product's."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.tui.screens_text import screen_text

from qiantai import ZONE, Case, Desk, Done, Handbook, Household, Person, hookspecs, national, verify
from qiantai.plugins import load_plugins, open_store
from qiantai.requests import REQUESTS
from qiantai.testing import StoreContract
from qiantai.wire import event_in
from qiantai.words import LABELS_OF_PLUGINS
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.help import HelpDialog
from qiantai_tui.screens.case import CaseScreen
from qiantai_tui.sites.site import make_site, open_site
from qiantai_tui.text.words import Language

DOCS = Path(__file__).parents[2] / "docs"
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
STAFF = {"li": Person("li", "李静", ["desk"])}
ROLL = {"1-2-301": Household("1-2-301", "王岚", "13800001234")}
MODULES = ("emergencies", "coming_year", "oldest", "oldest_screen", "trail")
CONTRACT = [each for each in dir(StoreContract) if each.startswith("test_")]

Install = Callable[[str, Mapping[str, str]], None]

pytestmark = pytest.mark.parametrize("page", ["plugins.zh-CN.md", "plugins.en.md"])


def blocks(page: str, kind: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def table(page: str, *heads: str) -> list[list[str]]:
    """The rows of the table whose first column is headed so."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    (start,) = [n for n, each in enumerate(lines) if any(each.startswith(f"| {head} |") for head in heads)]
    end = lines.index("", start)
    return [[each.strip() for each in line.strip("|").split("|")] for line in lines[start + 2 : end]]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Installs modules with the entry points of a pyproject's text, as a package does; they are gone afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    put_there: list[str] = []

    def put(pyproject: str, modules: Mapping[str, str]) -> None:
        for name, source in modules.items():
            assert name not in sys.modules
            (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
            put_there.append(name)
        info = tmp_path / "example-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("Metadata-Version: 2.1\nName: example\nVersion: 1\n", encoding="utf-8")
        groups = tomllib.loads(pyproject)["project"]["entry-points"]
        lines = (f"[{g}]\n" + "".join(f"{k} = {v}\n" for k, v in of.items()) for g, of in groups.items())
        (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")

    yield put
    for each in put_there:
        sys.modules.pop(each, None)
        LABELS_OF_PLUGINS.pop(each, None)


@pytest.fixture
def installed(page: str, install: Install) -> None:
    """The page's examples, by the page's entry points."""
    emergencies, _, *between, _ = blocks(page, "python")
    install(blocks(page, "toml")[0], dict(zip(MODULES, (emergencies, *between), strict=True)))


def leak(desk: Desk, *, emergency: bool) -> Case:
    facts = {"kind": "repair", "channel": "phone", "household": "1-2-301", "summary": "漏水"}
    done = desk.receive("li", emergency=emergency, **facts)
    assert isinstance(done, Done)
    return done.case


@pytest.mark.usefixtures("installed")
def test_the_plugin_of_ten_lines_hears_of_emergencies(page: str) -> None:
    assert len(blocks(page, "python")[0].splitlines()) <= 12
    scope: dict[str, Any] = {}
    exec(compile(blocks(page, "python")[1], page, "exec"), scope)  # how a host loads plugins, in the page's own words
    desk = Desk(Handbook(STAFF, ROLL), clock=lambda: NINE, after=scope["desk"].after)
    leak(desk, emergency=False)
    case = leak(desk, emergency=True)
    assert Path("emergencies.txt").read_text(encoding="utf-8") == f"{case.number} 1-2-301 漏水\n"
    assert scope["failed"] == []
    assert "cn_calendar" not in scope["plugins"].loaded


@pytest.mark.usefixtures("installed")
def test_the_coming_year_becomes_known(page: str) -> None:
    assert not national().known(2031), f"{page} needs a later year"
    asked = load_plugins().calendar_years([each.year for each in national().years])
    calendar = national().with_years(asked.values)
    new_year = calendar.day(date(2031, 1, 1))
    assert (new_year.working, new_year.provisional, new_year.name.en) == (False, False, "New Year's Day")
    assert calendar.working(date(2031, 10, 12))
    assert not calendar.working(date(2031, 10, 7))
    assert load_plugins().calendar_years([2031]).failures == ()


@pytest.mark.usefixtures("installed")
def test_the_settings_choose_the_store_and_switch_a_plugin_off(page: str, tmp_path: Path) -> None:
    folder = make_site(tmp_path / "own")
    (folder / "settings.toml").write_text(blocks(page, "toml")[1], encoding="utf-8")
    with open_site(folder, lambda: NINE) as site:
        assert "emergencies" not in site.plugins.loaded
        assert "coming_year" in site.plugins.loaded
        assert site.desk.handbook.calendar.known(2031)
        done = site.desk.receive("desk1", kind="repair", channel="phone", summary="灯不亮", emergency=True)
        assert isinstance(done, Done)
        (line,) = (folder / "trail.jsonl").read_text(encoding="utf-8").splitlines()
    assert event_in(json.loads(line)) == done.events[0]
    assert verify([event_in(json.loads(line))]) is None
    assert not Path("emergencies.txt").exists()


@pytest.mark.usefixtures("installed")
async def test_the_screen_lists_what_is_open_and_opens_it(page: str, tmp_path: Path) -> None:
    language: Language = "en" if page.endswith(".en.md") else "zh"
    folder = make_site(tmp_path / "own")
    (folder / "settings.toml").write_text("sign_in = false", encoding="utf-8")
    with open_site(folder, lambda: NINE, "memory") as site:
        app = DeskApp(site, clock=lambda: NINE, reports=tmp_path, language=language)
        app.person = site.desk.handbook.people["desk1"]
        for words in ("灯不亮[/]", "漏水"):
            assert isinstance(site.desk.receive("desk1", kind="repair", channel="phone", summary=words), Done)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "oldest_screen" not in sys.modules, "Textual is the screen's alone"
            await pilot.press("8")
            await pilot.pause()
            assert site.failures == ()
            shown = screen_text(app)
            assert shown.index("灯不亮[/]") < shown.index("漏水")
            assert ("Longest open" if language == "en" else "最久未结") in shown
            await pilot.press("f1")
            await pilot.pause()
            assert isinstance(app.screen, HelpDialog)
            await pilot.press("escape", "enter")
            await pilot.pause()
            assert isinstance(app.screen, CaseScreen)


@pytest.mark.usefixtures("installed")
def test_the_trail_forgets_what_was_erased(page: str, tmp_path: Path) -> None:
    assert page
    head = {"zhao": Person("zhao", "赵颖", ["cs_head"])}
    desk = Desk(Handbook(STAFF | head, ROLL), open_store("trail", tmp_path / "site"), clock=lambda: NINE)
    number = leak(desk, emergency=False).number
    assert isinstance(desk.do(number, "withdraw", "li", reason="修好了"), Done)
    assert isinstance(desk.erase(number, "zhao", "summary", reason="业主要求"), Done)
    lines = (tmp_path / "site" / "trail.jsonl").read_text(encoding="utf-8").splitlines()
    assert [event_in(json.loads(each)) for each in lines] == list(desk.case(number).history)
    assert not any("漏水" in each for each in lines)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize("promise", CONTRACT)
def test_the_store_keeps_what_a_store_promises(page: str, promise: str, tmp_path: Path) -> None:
    assert page
    getattr(StoreContract(), promise)(open_store("trail", tmp_path / "site"))


def test_the_pages_own_test_of_the_store_says_what_is_kept(page: str, tmp_path: Path) -> None:
    *_, trail, test = blocks(page, "python")
    (tmp_path / "trail.py").write_text(trail, encoding="utf-8")
    (tmp_path / "test_trail.py").write_text(test, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-rf", "test_trail.py"]
    path = {**os.environ, "PYTHONPATH": str(tmp_path)}
    said = subprocess.run(command, cwd=tmp_path, env=path, capture_output=True, text=True, check=False).stdout
    failed = {of for of, _ in re.findall(r"^FAILED test_trail\.py::(\w+)::(\w+)", said, re.MULTILINE)}
    assert failed == {"TestTrailRestarting"}, said
    assert int(re.findall(r"(\d+) passed", said)[0]) > len(CONTRACT), said


def test_every_hook_is_explained_with_its_parameters(page: str) -> None:
    hooks = {k: v for k, v in vars(hookspecs).items() if k.startswith("qiantai_")}
    signatures = {f"`{name}({', '.join(inspect.signature(of).parameters)})`" for name, of in hooks.items()}
    assert {cells[0] for cells in table(page, "钩子", "hook")} == signatures


HEAD = "from qiantai.hookspecs import hookimpl\n"
FAULTY = {
    "a_missing": "import no_such_library",
    "b_raising": "raise RuntimeError('no notice yet')",
    "c_misspelt": "@hookimpl\ndef qiantai_after_event(case): ...",
    "d_unmarked": "def qiantai_after_events(case): ...",
    "e_empty": "",
    "f_late": "@hookimpl\ndef qiantai_after_events(case): raise OSError('disk full')",
    "g_strange": "@hookimpl\ndef qiantai_calendar_years(known): return [2031]",
    "h_astray": "from attrs import evolve\nfrom qiantai.requests import REQUESTS\n@hookimpl\ndef qiantai_requests():\n"
    "    duty = evolve(REQUESTS['help'].duties[1], name='greet')\n"
    "    return [evolve(REQUESTS['help'], kind='visit', duties=(*REQUESTS['help'].duties, duty))]",
    "i_twice": "from qiantai.requests import REQUESTS\n@hookimpl\ndef qiantai_requests(): return [REQUESTS['repair']]",
    "j_nameless": "from qiantai.offered import OfferedScreen\n"
    "@hookimpl\ndef qiantai_screens(): return [OfferedScreen('lifts', object)]",
}


def test_what_is_said_of_a_plugin_that_fails(page: str, install: Install) -> None:
    lines = "".join(f'{each} = "{each}"\n' for each in FAULTY)
    install(f'[project.entry-points."qiantai.plugins"]\n{lines}', {k: f"{HEAD}{v}" for k, v in FAULTY.items()})
    plugins = load_plugins()
    case = leak(Desk(Handbook(STAFF, ROLL), clock=lambda: NINE), emergency=False)
    asked = (
        plugins.after_events((), case),
        plugins.calendar_years({2026}).failures,
        plugins.requests(REQUESTS).failures,
        plugins.screens(()).failures,
    )
    assert plugins.after_events((), case) == asked[0], "one that raised is asked again"
    failures = {each.name: each.why for each in (*plugins.failures, *(each for some in asked for each in some))}
    said = [failures[name]["en" if page.endswith(".en.md") else "zh"] for name in FAULTY]
    assert [cells[1] for cells in table(page, "错在哪里", "what is wrong")] == said
