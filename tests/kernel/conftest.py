"""What the tests of the plugin door share: a way to install a plugin, and no words of earlier ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qiantai import plugins
from qiantai.clauses import CLAUSES_OF_PLUGINS
from qiantai.words import LABELS_OF_PLUGINS

Install = Callable[..., None]


@pytest.fixture
def no_words() -> Iterator[None]:
    """No plugin has brought any words yet; those of the test are gone after it."""
    registers: tuple[dict[str, Any], ...] = (LABELS_OF_PLUGINS, CLAUSES_OF_PLUGINS)
    before = [dict(each) for each in registers]
    for each in registers:
        each.clear()
    yield
    for each, old in zip(registers, before, strict=True):
        each.clear()
        each.update(old)


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Install:
    """Installs a module as a plugin, the way a package does: a module and its entry point on the path."""
    monkeypatch.syspath_prepend(tmp_path)

    def put(name: str, code: str, group: str = plugins.PLUGINS, attribute: str = "") -> None:
        module = f"probe_{name}_{abs(hash(tmp_path))}"
        (tmp_path / f"{module}.py").write_text(f"from qiantai.hookspecs import hookimpl\n{code}", encoding="utf-8")
        info = tmp_path / f"{module}-1.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1\n", encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{group}]\n{name} = {module}{attribute}\n", encoding="utf-8")

    return put
