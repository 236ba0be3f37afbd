"""Markdown as the pages have it: tables, code, and links between pages and files."""

from __future__ import annotations

from collections.abc import Iterable

from qiantai.clauses import Clause
from qiantai.words import Bilingual, listed


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(each)} |" for each in lines)


def cited(clause: Clause | None, language: str) -> str:
    """A clause as a link to where the page of clauses has it; a dash for none."""
    if clause is None:
        return "–"
    page = "clauses.en.md" if language == "en" else "clauses.zh-CN.md"
    return f"[{clause}]({page}#{anchor(clause.id)})"


def anchor(heading: str) -> str:
    """Where a heading of one word is found on its page."""
    return heading.lower().replace(".", "")


def quoted(labels: Iterable[Bilingual]) -> Bilingual:
    """Labels in quotation marks, for those that have a comma within."""
    return listed(tuple(Bilingual(f"“{each.zh}”", f"“{each.en}”") for each in labels))


def bracketed(words: str, language: str) -> str:
    """Words in brackets, to stand right behind what they explain; empty for none."""
    return "" if not words else f" ({words})" if language == "en" else f"({words})"
