"""Who may import whom: the contracts of pyproject.toml hold, name every package, and nothing heavy comes unasked."""

from __future__ import annotations

import os
import pkgutil
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
ROOTS = ("kernel", "tui", "plugins", "fixtures")
HEAVY = {
    "chinese_calendar", "click", "filelock", "holidays", "hypothesis", "importlib.metadata", "logging", "openpyxl",
    "orjson", "psycopg", "pypinyin", "pytest", "qiantai_scenarios", "qiantai_sql", "qiantai_tinydb", "qiantai_tui",
    "rich", "socket", "sqlalchemy", "sqlite3", "textual", "tinydb",
}  # fmt: skip


def run(*command: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """One command of this Python's environment, with what it said."""
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def packages(*roots: str) -> set[str]:
    """The packages that lie in these source roots."""
    return {each.parent.name for root in roots for each in (ROOT / root).glob("*/__init__.py")}


@pytest.fixture(scope="module")
def settings() -> dict[str, object]:
    """What pyproject.toml says to the import linter."""
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: dict[str, object] = read["tool"]["importlinter"]
    return found


def lint(project: Path) -> subprocess.CompletedProcess[str]:
    """The import linter on that project's sources and contracts."""
    code = "from importlinter.cli import lint_imports_command as lint; lint()"
    command = [sys.executable, "-c", code, "--config", str(project / "pyproject.toml"), "--no-cache", "--no-logo"]
    path = os.pathsep.join(str(project / each) for each in ROOTS)
    said = {**os.environ, "PYTHONPATH": path, "COLUMNS": "400"}
    return subprocess.run(command, cwd=project, env=said, capture_output=True, text=True, check=False)


def test_the_contracts_hold() -> None:
    said = lint(ROOT)
    assert said.returncode == 0, said.stdout + said.stderr


def test_every_package_is_under_contract(settings: dict[str, object]) -> None:
    assert set(settings["root_packages"]) == packages(*ROOTS)  # type: ignore[call-overload]


def test_every_plugin_is_kept_from_the_others(settings: dict[str, object]) -> None:
    contracts: dict[str, dict[str, list[str]]] = {each["id"]: each for each in settings["contracts"]}  # type: ignore[attr-defined]
    assert set(contracts["plugins-apart"]["modules"]) == packages("plugins")
    assert set(contracts["plugins-by-the-door"]["source_modules"]) == packages("plugins")


def test_importing_the_kernel_loads_nothing_heavy() -> None:
    said = run(sys.executable, "-c", "import sys, qiantai; print(*sys.modules)")
    assert said.returncode == 0, said.stderr
    assert HEAVY & set(said.stdout.split()) == set()


def test_no_module_of_the_kernel_loads_anything_heavy() -> None:
    import qiantai

    every = [each.name for each in pkgutil.walk_packages(qiantai.__path__, "qiantai.")]
    said = run(sys.executable, "-c", f"import sys, {', '.join(every)}; print(*sys.modules)")
    assert said.returncode == 0, said.stderr
    assert set(every) <= set(said.stdout.split())
    assert HEAVY & set(said.stdout.split()) == set()


def test_something_heavy_is_seen() -> None:
    said = run(sys.executable, "-c", "import sys, qiantai, sqlite3; print(*sys.modules)")
    assert HEAVY & set(said.stdout.split()) == {"sqlite3"}


BREAKS = {
    "kernel-alone": ("kernel/qiantai/scripts.py", "import sqlite3"),
    "kernel-one-way": ("kernel/qiantai/words.py", "import qiantai.case"),
    "kinds-apart": ("kernel/qiantai/requests/suggestion.py", "import qiantai.requests.complaint"),
    "plugins-by-the-door": ("plugins/qiantai_roll/__init__.py", "import qiantai_tui"),
    "plugins-apart": ("plugins/qiantai_cn_calendar/__init__.py", "import qiantai_tinydb"),
    "scenarios-on-the-kernel": ("fixtures/qiantai_scenarios/__init__.py", "def play():\n    import tinydb"),
}


def test_every_contract_can_fail(tmp_path: Path, settings: dict[str, object]) -> None:
    contracts: dict[str, str] = {each["id"]: each["name"] for each in settings["contracts"]}  # type: ignore[attr-defined]
    assert set(BREAKS) == set(contracts)
    for root in ROOTS:
        shutil.copytree(ROOT / root, tmp_path / root, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in BREAKS.values():
        with (tmp_path / file).open("a", encoding="utf-8") as source:
            source.write(f"\n{line}\n")
    said = lint(tmp_path)
    assert said.returncode == 1, said.stderr
    verdicts = {line.split(" BROKEN")[0] for line in said.stdout.splitlines() if " BROKEN" in line}
    assert verdicts == set(contracts.values()), said.stdout


def test_the_scenarios_need_no_other_library() -> None:
    graph = grimp.build_graph("qiantai_scenarios", include_external_packages=True, cache_dir=None)
    outside = {each for each in graph.modules if graph.is_module_squashed(each)} if graph.modules else set()
    assert outside - sys.stdlib_module_names - {"attrs", "cattrs", "qiantai"} == set()


LISTENING = re.compile(r"\.(?:listen|start_server|create_server|serve_forever)\(|socketserver|http\.server|wsgiref")
SERVING = re.compile(r"^\s*(?:from|import) (?:aiohttp|textual_serve)\b", re.MULTILINE)
DOOR = "tui/qiantai_tui/serving/"


def test_nothing_listens_but_a_desk_that_is_served() -> None:
    """One line opens a port, behind the door of `qiantai serve`; of sockets all else uses the machine's name alone."""
    files = [each for root in ROOTS for each in (ROOT / root).rglob("*.py")]
    assert len(files) > 100
    texts = {each.relative_to(ROOT).as_posix(): each.read_text(encoding="utf-8") for each in files}
    assert [name for name, text in texts.items() for _ in LISTENING.findall(text)] == [f"{DOOR}listening.py"]
    uses = {(name, use) for name, text in texts.items() for use in re.findall(r"\bsocket\.([a-z]\w+)", text)}
    assert {use for name, use in uses if not name.startswith(DOOR)} <= {"gethostname"}
    assert [name for name, text in texts.items() if SERVING.search(text) and not name.startswith(DOOR)] == []
    assert len([name for name, text in texts.items() if SERVING.search(text)]) > 2, "there is something to look for"
    assert LISTENING.search("server.listen(1)")
