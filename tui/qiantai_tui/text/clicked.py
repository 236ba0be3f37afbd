"""Words of the program's own that do what they name when they are clicked: a key with what it does, a tab."""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.content import Content
from textual.style import Style

from .safe import clean

_KEY = re.compile(r"(?<![\w+^])(?:Shift\+)?(?:F\d{1,2}\b|\^[A-Z]\b|\b(?:Esc|Enter|Space|Tab)\b|[←→]|(?<=  )0(?= ))")
_BETWEEN = " ,;。"


def doing(words: str, action: str, style: str = "") -> Content:
    """Words that run an action of Textual's when they are clicked; none of a resident's, nor in the action."""
    return Content.styled(clean(words), style).stylize(Style.from_meta({"@click": action}))


def hinted(words: str, *only: str) -> Content:
    """Words that name keys, each of which is pressed by a click on it or on what is said of it.

    The figure 0 is a key where two spaces stand before it, as between two hints. Where words of somebody else's may
    stand among them `only` are the keys that are meant.

    >>> [each.start for each in hinted("← 上月  → 下月").spans]
    [0, 6]
    """
    hits = [hit for hit in _KEY.finditer(words) if not only or hit.group() in only]
    ends = [*(hit.start() for hit in hits), len(words)]
    shown = Content(clean(words[: ends[0]]))
    for hit, end in zip(hits, ends[1:], strict=True):
        text = words[hit.start() : end]
        said = text.rstrip(_BETWEEN)
        shown += doing(said, f"app.press_hint({hit.group()!r})") + Content(clean(text[len(said) :]))
    return shown


def tabs(names: Mapping[str, str], here: str, action: str) -> Content:
    """Names side by side, the one that is shown in brackets; a click on one runs the action with its key."""
    return Content(" ").join(
        doing(f"[{words}]" if name == here else words, f"{action}({name!r})") for name, words in names.items()
    )
