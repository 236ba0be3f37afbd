"""The walk through one case says what comes of every line of it."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "examples" / "walkthrough.md"


def test_every_line_gives_what_stands_under_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.count("```") % 2 == 0
    lines = re.sub(r"^```.*$", "", text, flags=re.MULTILINE)
    story = doctest.DocTestParser().get_doctest(lines, {}, PAGE.name, str(PAGE), 0)
    assert len(story.examples) > 30
    said: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(story, out=said.append)
    assert result.failed == 0, "".join(said)
