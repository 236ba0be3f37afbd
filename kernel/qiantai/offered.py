"""A screen that a plugin offers the desk: its name, and what makes it."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen

from qiantai.words import LABELS_OF_PLUGINS, Bilingual

_NO_NAME = Bilingual("名字要能作标识符,如 lifts", "its name is to be an identifier, as lifts")
_NO_LABEL = Bilingual("qiantai_labels 的 screens 里没有它的标签", "qiantai_labels has no label for it in screens")
_NOT_CALLABLE = Bilingual("make 不能调用", "its make cannot be called")


@frozen
class OfferedScreen:
    """A screen by its name, whose words a plugin gives in the group `screens`; `make` gives a new one each time.

    What `make` gives is the terminal program's to judge: the kernel knows no screens.
    """

    name: str
    make: Callable[[], object]


def unfit(screen: OfferedScreen) -> Bilingual | None:
    """The first thing that is wrong with an offered screen, None where nothing is."""
    if not str(screen.name).isidentifier():
        return _NO_NAME
    if not any(screen.name in labels.get("screens", ()) for labels in LABELS_OF_PLUGINS.values()):
        return _NO_LABEL
    return None if callable(screen.make) else _NOT_CALLABLE
