"""The examples as a site has them: on the path, and their plugins found by the entry points of their own projects."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qiantai.clauses import CLAUSES_OF_PLUGINS
from qiantai.words import LABELS_OF_PLUGINS

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def parcels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The parcels are installed, as far as whoever looks for entry points can tell; gives the example's folder."""
    folder = EXAMPLES / "qiantai_parcels"
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    info = tmp_path / "installed" / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
    info.mkdir(parents=True)
    head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    lines = (
        f"[{group}]\n" + "".join(f"{name} = {of}\n" for name, of in points.items())
        for group, points in project["entry-points"].items()
    )
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    monkeypatch.syspath_prepend(info.parent)
    registers: tuple[dict[str, Any], ...] = (LABELS_OF_PLUGINS, CLAUSES_OF_PLUGINS)
    before = [dict(each) for each in registers]
    yield folder
    for each, old in zip(registers, before, strict=True):
        each.clear()
        each.update(old)
