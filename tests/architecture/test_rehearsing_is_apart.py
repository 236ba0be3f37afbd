"""A rehearsal computes and nothing else: no clock, no file, no site, so that nothing done in one can reach the desk."""

from __future__ import annotations

from pathlib import Path

import grimp
import pytest
from tests.architecture.test_kernel_is_pure import LIBRARIES, clock_reads, code, foreign, reaches_outside, undocumented

from qiantai.desk import Desk
from qiantai.memory import MemoryStore
from qiantai_scenarios.library import rehearsals
from qiantai_scenarios.rehearsing import model, performed

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "fixtures" / "qiantai_scenarios" / "rehearsing"
MAKING = FOLDER.parent / "making"
MODULES = [
    *sorted(FOLDER.rglob("*.py")),
    *sorted(MAKING.rglob("*.py")),
    FOLDER.parent / "stage.py",
    FOLDER.parent / "rehearsal.py",
]
OWN = {"qiantai_scenarios", "html"}


@pytest.mark.parametrize("module", MODULES, ids=lambda each: each.stem)
def test_it_only_computes(module: Path) -> None:
    tree = code(module)
    assert foreign(tree, OWN) == []
    assert clock_reads(tree) == []
    assert reaches_outside(tree) == []
    assert undocumented(tree) == []


def test_whatever_it_leads_to_knows_no_site_no_store_on_disk_and_no_plugin() -> None:
    graph = grimp.build_graph("qiantai_scenarios", "qiantai", include_external_packages=True, cache_dir=None)
    package = "qiantai_scenarios.rehearsing"
    inside = {package, *graph.find_descendants(package)}
    reached = set().union(*(graph.find_upstream_modules(each) for each in inside))
    assert LIBRARIES & reached, "the graph sees what is imported"
    outside = {"os", "pathlib", "shutil", "socket", "subprocess", "time", "tempfile", "tinydb", "qiantai.plugins"}
    assert outside & reached == set()
    assert not {each for each in reached if each.startswith(("qiantai_tui", "qiantai_tinydb", "qiantai_roll"))}
    assert not {"qiantai_scenarios.reader", "qiantai_scenarios.library"} & reached


def test_a_play_is_kept_in_memory_and_tells_nobody() -> None:
    scenario = rehearsals()[0]
    desk = performed(scenario, model(scenario)).desk
    assert type(desk.store) is MemoryStore
    assert desk.after is Desk().after, "the one that listens to nothing"
