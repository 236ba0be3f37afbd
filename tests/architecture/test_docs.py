"""What docs/ says of scenarios is so: examples run, tables are the product's."""

from __future__ import annotations

import copy
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.tui.command_line import answered, given

from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.tables import Table
from qiantai_scenarios import BadScenario
from qiantai_scenarios.reader import parse_scenario, scenario_of
from qiantai_scenarios.report import FAILED, HELD, UNREADABLE
from qiantai_scenarios.vocabulary import Vocabulary

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TOOL = runpy.run_path(str(ROOT / "tools" / "write_docs.py"))
PAGES = sorted(each.name for each in DOCS.glob("*.md"))
SCENARIOS, PLUGINS = ("scenarios.zh-CN.md", "scenarios.en.md"), ("plugins.zh-CN.md", "plugins.en.md")
EMBEDDING = ("embedding.zh-CN.md", "embedding.en.md")
LIFECYCLES, CLAUSES = ("lifecycles.zh-CN.md", "lifecycles.en.md"), ("clauses.zh-CN.md", "clauses.en.md")
BOTH = (SCENARIOS, PLUGINS, EMBEDDING, LIFECYCLES, CLAUSES)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def language(page: str) -> str:
    return str(TOOL["language_of"](DOCS / page))


def rows(page: str, *heads: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of the hand-written tables whose first column is headed so, each with the code in its heading."""
    heading, inside = "", False
    for line in TOOL["BLOCK"].sub("", text_of(page)).splitlines():
        cells = [each.strip() for each in line.strip("|").split("|")] if line.startswith("|") else []
        if line.startswith("### "):
            heading = "".join(re.findall(r"`\[+([a-z._]+)\]+`", line))
        if not cells:
            inside = False
        elif inside and not cells[0].startswith("---"):
            yield heading, cells
        elif cells[0] in heads:
            inside = True


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_generated_is_current(page: str) -> None:
    assert TOOL["written"](text_of(page), language(page)) == text_of(page), "run make docs"


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    links = [each.split("#")[0] for each in re.findall(r"\]\(([^)]+)\)", text_of(page)) if "://" not in each]
    assert [each for each in links if each and not (DOCS / each).exists()] == []


@pytest.mark.parametrize("page", [*SCENARIOS, *PLUGINS, *EMBEDDING])
def test_every_file_that_is_spoken_of_is_there(page: str) -> None:
    named = re.findall(r"`((?:kernel|plugins|tests|tools|docs|fixtures|examples)/[^`]+)`", text_of(page))
    assert [each for each in named if not (ROOT / each).exists()] == []


def test_every_page_is_in_the_index() -> None:
    listed = re.findall(r"\]\(([^)#/]+)\)", text_of("README.md"))
    assert [each for each in PAGES if each not in (*listed, "README.md")] == []


@pytest.mark.parametrize("pair", BOTH, ids=lambda pair: pair[1].split(".")[0])
def test_both_languages_have_the_same_parts(pair: tuple[str, str]) -> None:
    shapes = []
    for page in pair:
        lines = text_of(page).splitlines()
        marks = [re.match(r"#+ |```\w*|<!-- \S+( \w+)?|- \*\*|\| ", each) for each in lines]
        shapes.append([found[0] for found in marks if found])
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("page", [*SCENARIOS, *LIFECYCLES, *CLAUSES])
def test_every_generated_block_is_there(page: str) -> None:
    found = TOOL["BLOCK"].findall(text_of(page))
    printed = TOOL["PRINTED"] if page in SCENARIOS else ()
    assert sorted(name for _, name, _ in found) == sorted([*TOOL["PAGES"][page.split(".")[0]], *printed])


def test_a_block_that_nothing_makes_is_an_error() -> None:
    with pytest.raises(KeyError, match="figures"):
        TOOL["written"]("<!-- made: figures -->\n<!-- end -->", "en")


@pytest.mark.parametrize("page", SCENARIOS)
def test_the_example_prints_what_the_page_shows(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    shown = TOOL["fenced"](text_of(page), "text")
    signs = [HELD, FAILED, UNREADABLE]
    for scenario, code_, wanted in zip(TOOL["variants"](text_of(page)), signs, shown, strict=True):
        Path("leak.toml").write_text(scenario, encoding="utf-8")
        result = given("replay", "leak.toml", language=language(page))
        assert (result.exit_code, result.output) == (code_, wanted)
    assert [cells[0] for _, cells in rows(page, "退出码", "exit code")] == [str(each) for each in signs]


@pytest.mark.parametrize("page", SCENARIOS)
def test_the_command_lines_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("leak.toml", "other.toml"):
        Path(name).write_text(TOOL["variants"](text_of(page))[0], encoding="utf-8")
    lines = [shlex.split(line) for block in TOOL["fenced"](text_of(page), "sh") for line in block.splitlines()]
    assert len(lines) == 4
    for program, *arguments in lines:
        if program == "qiantai":
            assert given(*arguments).exit_code == 0
        else:
            assert subprocess.run([sys.executable, *arguments], capture_output=True, check=False).returncode == 0


def test_both_pages_tell_the_same_story() -> None:
    told = [parse_scenario(TOOL["variants"](text_of(page))[0], page) for page in SCENARIOS]
    zh, en = ([(step.at, step.by, step.do) for step in each.steps] for each in told)
    assert zh == en
    assert told[0].checks == told[1].checks


FULL = (
    TOOL["variants"](text_of("scenarios.en.md"))[0]
    + """
at = 2026-11-23T09:08:00
owner = "li"
stand_in = ""
incident = ""
handler = ["engineering"]
filed = []
may = { li = ["note"] }
may_not = { sun = ["call_back"] }
duty.arrive.due = 2026-11-23T09:10:00
duty.arrive.clause = "M-3.3a"
duty.arrive.provisional = false

[[script]]
id = "water"
topic = "water"
text = "从本月起"
sensitive = true
spokesperson = "li"
from = 2026-01-01
until = 2026-12-31
approved_by = "li"
version = 2

[calendar]
off = [2026-11-24]
work = [2026-11-28]

[policy]
at_once = "3m"

[rehearsal]
trainee = "li"
pass = 80
minutes = 10
grade = 1
covers = ["emergency"]
[[rehearsal.mark]]
points = 100
why = "派人"
why_en = "Sent"
event = "dispatch"
case = "A"
within = "5m"
first = true
script = "water"
[[rehearsal.mark]]
points = -10
why = "拒绝"
refused = "P-2.1"
[[rehearsal.mark]]
points = 10
why = "时限"
duties = "met"
"""
)


def full() -> dict[str, Any]:
    """A scenario with every key that there is; it is read, and nothing is played."""
    data = tomllib.loads(FULL)
    data |= {"about": "关阀", "about_en": "shut", "tags": ["leak"], "topics": {"water": ["水费", "水价"]}}
    data["staff"][0]["areas"] = ["east"]
    data["household"][0] |= {"email": "w@example.com", "important": True, "area": "east"}
    data["step"][1] |= {"says": "快!", "refused": "P-2.1"}
    data["rehearsal"]["mark"].append({"points": 5, "why": "接起", "event": "receive", "rang": 15})
    after = ({"event": "dispatch"}, {"refused": "P-2.1"}, {"missing": "arrive", "within": "5m"})
    data["rehearsal"]["answer"] = [{"says": "人呢?", "case": "A", **each} for each in after]
    return data


@pytest.mark.parametrize("page", SCENARIOS)
def test_every_key_of_every_table_is_explained(page: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, set[str]] = {}
    only = Table.only

    def seen(table: Table, *known: str) -> None:
        asked.setdefault(".".join(filter(None, (table.name, table.within))), set()).update(known)
        only(table, *known)

    monkeypatch.setattr(Table, "only", seen)
    assert scenario_of(full(), "full").rehearsal is not None
    words = Vocabulary({**REQUESTS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST})
    asked["step"] -= {field for each in words.commands for field in words.fields(each)}
    explained: dict[str, set[str]] = {}
    for table, cells in rows(page, "键", "key"):
        explained.setdefault(table, set()).update(code(cells[0]))
    assert explained == asked


def places(data: Mapping[str, Any], table: str) -> list[dict[str, Any]]:
    """The tables of that name in a scenario."""
    found: list[Any] = [data]
    for part in table.split(".") if table else ():
        found = [each for one in found for each in (one[part] if isinstance(one[part], list) else [one[part]])]
    return found


@pytest.mark.parametrize("page", SCENARIOS)
def test_what_is_called_needed_is_missed_and_nothing_else(page: str) -> None:
    wrong = []
    for table, (key, needed, _) in rows(page, "键", "key"):
        data, name = copy.deepcopy(full()), code(key)[0]
        gone = [each.pop(name) for each in places(data, table) if name in each]
        assert gone, f"the test's scenario has no {table} {name}"
        try:
            missed = scenario_of(data, "full") is None
        except BadScenario as bad:
            missed = any(each.key == name and each.table == table for each in bad.mistakes)
            one_of = any(each.key == "" and each.table == table for each in bad.mistakes)
            if needed in ("三选一", "one of three") and one_of:
                continue
        if missed != (needed in ("是", "yes")) or needed not in ("", "是", "yes"):
            wrong.append((table, name, needed))
    assert wrong == []


def objects(name: str, found: Any) -> Iterator[tuple[str, set[str]]]:
    """Every object of a report with its keys, named by the key that it or its list stands under."""
    for value in found.values() if name == "cases" and "number" not in found else [found]:
        yield name, set(value)
        for key, inner in value.items():
            if isinstance(inner, dict):
                yield from objects(key, inner)
            for each in inner if isinstance(inner, list) else ():
                if isinstance(each, dict):
                    yield from objects(key, each)


@pytest.mark.parametrize("page", SCENARIOS)
def test_every_key_of_the_json_is_named(page: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    _, late, misspelt = TOOL["variants"](text_of(page))
    late = late.replace('channel = "phone"', 'channel = "phone"\nname = "Wang"')
    step = '\n[[step]]\nat = 2026-11-23T09:14:00\nby = "{by}"\ndo = "{do}"\ncase = "A"\n'
    good.write_text(late + step.format(by="sun", do="undo") + step.format(by="sun", do="resume"), encoding="utf-8")
    bad.write_text(misspelt, encoding="utf-8")
    found: dict[str, set[str]] = {}
    for report in (answered("replay", good, code=FAILED), answered("replay", bad, code=UNREADABLE)):
        for name, keys in objects("", report):
            found.setdefault(name, set()).update(keys)
    words = Vocabulary({**REQUESTS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST})
    found["events"] -= {field for each in words.commands for field in words.fields(each)} - {"name"}
    told = {"".join(code(cells[0])): set(code(cells[1])) for _, cells in rows(page, "对象", "object")}
    assert told == found
