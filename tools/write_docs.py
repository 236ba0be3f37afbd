"""Writes the generated blocks of the pages in docs/ anew: the product's tables and diagrams, printed output from a run.

Run it with `python -m tools.write_docs`; it names the pages that it wrote.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from qiantai_scenarios import BadScenario, Report, parse_scenario, play
from tools import clause_pages, lifecycles, public_names, scenario_tables

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"(<!-- made: ([a-z_]+) -->\n).*?(<!-- end -->)", re.DOTALL)
FENCED = r"^```{kind}\n(.*?)^```$"
EXAMPLE = "leak.toml"

PAGES: Mapping[str, Mapping[str, Callable[[str], str]]] = {
    "scenarios": scenario_tables.BLOCKS,
    "lifecycles": lifecycles.BLOCKS,
    "clauses": clause_pages.BLOCKS,
    "embedding": public_names.BLOCKS,
}
BLOCKS: Mapping[str, Callable[[str], str]] = {name: make for of in PAGES.values() for name, make in of.items()}
PRINTED = ("held", "failed", "unread")


def fenced(page: str, kind: str) -> list[str]:
    """The code blocks of a kind on a page, in their order."""
    return re.findall(FENCED.format(kind=kind), page, re.MULTILINE | re.DOTALL)


def changed(text: str, diff: str) -> str:
    """A text with the lines of a diff exchanged. Raises `ValueError` where a line to be replaced is not there once."""
    lines = text.splitlines()
    for old, new in re.findall(r"^-(.*)\n\+(.*)$", diff, re.MULTILINE):
        if lines.count(old) != 1:
            raise ValueError(f"{old!r} stands {lines.count(old)} times in the example; once would do")
        lines[lines.index(old)] = new
    return "\n".join(lines) + "\n"


def variants(page: str) -> tuple[str, str, str]:
    """The example scenario of a page: as it stands, with a check that fails, and with a mistake in it."""
    example, (late, misspelt) = fenced(page, "toml")[0], fenced(page, "diff")
    return example, changed(example, late), changed(example, misspelt)


def printed(text: str, language: str) -> str:
    """What `qiantai replay` prints for one scenario."""
    try:
        report = Report((play(parse_scenario(text, EXAMPLE)),))
    except BadScenario as bad:
        report = Report((), (bad,))
    return f"```text\n{report.as_text(language)}\n```"


def language_of(page: Path) -> str:
    """The language of a page, by its name: `cli.en.md` is English, every other Chinese."""
    return "en" if page.name.endswith(".en.md") else "zh"


def written(text: str, language: str) -> str:
    """A page with every generated block as it has to be. Raises `KeyError` for a block that nothing makes."""

    def made(found: re.Match[str]) -> str:
        start, name, end = found.groups()
        body = printed(variants(text)[PRINTED.index(name)], language) if name in PRINTED else BLOCKS[name](language)
        return f"{start}{body}\n{end}"

    return BLOCK.sub(made, text)


def main() -> int:
    """Write every page that is not current, and name it."""
    for page in sorted(DOCS.glob("*.md")):
        text = page.read_text(encoding="utf-8")
        now = written(text, language_of(page))
        if now != text:
            page.write_text(now, encoding="utf-8", newline="\n")
            print(page.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
