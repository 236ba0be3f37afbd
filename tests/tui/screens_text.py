"""Screens as plain text: every line exactly as wide as the terminal, so that Chinese stays aligned in a diff."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.cells import cell_len, set_cell_size
from textual._context import visible_screen_stack
from textual.app import App
from textual.strip import Strip

SNAPSHOTS = Path(__file__).parent / "snapshots"


def screen_strips(app: App[Any]) -> list[Strip]:
    """What the app shows now, over the screens that lie under it."""
    visible_screen_stack.set(app._background_screens)
    return app.screen._compositor.render_strips()


def screen_lines(app: App[Any]) -> list[str]:
    """The same, line by line; each line is as many cells wide as the terminal."""
    width, height = app.size
    lines = [set_cell_size("".join(segment.text for segment in strip), width) for strip in screen_strips(app)]
    assert len(lines) == height
    assert {cell_len(line) for line in lines} == {width}
    return lines


def screen_text(app: App[Any]) -> str:
    """The same as one text, without the spaces at line ends."""
    return "\n".join(line.rstrip() for line in screen_lines(app)) + "\n"


def compare_snapshot(name: str, lines: list[str], *, update: bool, folder: Path = SNAPSHOTS) -> None:
    """Fails with both pictures where the screen is not the one kept as `<name>.txt`; writes it with `update`."""
    path = folder / f"{name}.txt"
    now = "\n".join(line.rstrip() for line in lines) + "\n"
    if update:
        folder.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
        return
    assert path.exists(), f"no picture {path.name} yet: run pytest tests/tui --update-screens and look at it"
    kept = path.read_text(encoding="utf-8")
    assert now == kept, (
        f"{path.name} differs (pytest tests/tui --update-screens keeps the new one)\n{kept}\n--- now ---\n{now}"
    )
