"""The build: every library is pinned, every plugin has its entry point, and the check script runs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [each for extra in PROJECT["optional-dependencies"].values() for each in extra]
NEEDED = [Requirement(each) for each in (*PROJECT["dependencies"], *EXTRAS)]
PINS = [
    each
    for each in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if each and not each.startswith("#")
]


def test_constraints_are_names_and_versions_in_order() -> None:
    assert [each for each in PINS if not re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", each)] == []
    assert sorted(PINS, key=str.lower) == PINS


@pytest.mark.parametrize("needed", [each for each in NEEDED if each.marker is None], ids=str)
def test_every_library_is_pinned_within_its_range(needed: Requirement) -> None:
    pinned = {canonicalize_name(name): version for name, _, version in (each.partition("==") for each in PINS)}
    assert needed.specifier.contains(pinned.get(canonicalize_name(needed.name), ""))


def test_without_extras_it_needs_what_the_kernel_computes_with_and_the_zones() -> None:
    needed = [Requirement(each) for each in requires("qiantai") or ()]
    plain = {each.name for each in needed if each.marker is None or each.marker.evaluate({"extra": ""})}
    said = {Requirement(each).name for each in PROJECT["dependencies"]}
    assert plain == said == {"attrs", "cattrs", "pluggy", "tzdata"}


def test_the_examples_are_no_part_of_what_is_installed() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert "examples" not in built["targets"]["wheel"]["only-include"]
    assert "parcels" not in {each.name for each in entry_points(group="qiantai.plugins")}


def test_every_entry_point_can_be_loaded() -> None:
    lines = PROJECT["entry-points"]
    assert {"qiantai.plugins", "qiantai.stores"} <= set(lines)
    installed = {(group, each.name): each for group in lines for each in entry_points(group=group)}
    for group, names in lines.items():
        for name in names:
            assert installed[group, name].load() is not None


def test_every_plugin_folder_is_somewhere_in_the_entry_points() -> None:
    folders = {each.parent.name for each in (ROOT / "plugins").glob("*/__init__.py")}
    named = {each.partition(":")[0] for names in PROJECT["entry-points"].values() for each in names.values()}
    assert folders - named == set()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no run bit")
def test_the_check_script_can_be_run() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
