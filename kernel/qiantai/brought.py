"""The words that a plugin brings: labels and clauses, each held against what is there before any is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from qiantai.clauses import CLAUSES_OF_PLUGINS
from qiantai.words import LABELS_OF_PLUGINS, Bilingual, Labels, own_labels

_CLAUSE_KEYS = ("id", "kind", "area", "zh", "en")

_NO_GROUP = Bilingual("标签没有 {group} 这一组;有:{known}", "there is no group {group} of labels; there are: {known}")
_THERE = Bilingual("{group} 的标签 {name} 已经有了", "the label {name} of {group} is there already")
_ONE_LANGUAGE = Bilingual("{group} 的标签 {name} 要有 zh 和 en", "the label {name} of {group} needs zh and en")
_NO_ID = Bilingual("条款 {id!r} 的编号要以 {start} 开头", "the id of the clause {id!r} must begin with {start}")
_INCOMPLETE = Bilingual("条款 {id} 要有 {keys}", "the clause {id} needs {keys}")


def bring(plugin: str, labels: Labels, clauses: Iterable[Mapping[str, str]]) -> Bilingual | None:
    """Takes the labels and clauses of the plugin of that name, in place of what it brought before.

    Gives why it cannot, and then takes none: a label that is there already, a text that is missing, the id of a clause
    that does not begin with the plugin's name and a colon.
    """
    rows = tuple(clauses)
    for why in (*_wrong_labels(plugin, labels), *_wrong_clauses(plugin, rows)):
        return why
    LABELS_OF_PLUGINS[plugin] = labels
    CLAUSES_OF_PLUGINS[plugin] = {row["id"]: row for row in rows}
    return None


def _wrong_labels(plugin: str, labels: Labels) -> Iterator[Bilingual]:
    if not labels:
        return
    there = [own_labels(), *(theirs for name, theirs in LABELS_OF_PLUGINS.items() if name != plugin)]
    for group, names in labels.items():
        if group not in there[0]:
            yield _NO_GROUP.format(group=group, known=", ".join(there[0]))
        for name, words in names.items():
            if any(name in each.get(group, {}) for each in there):
                yield _THERE.format(group=group, name=name)
            if not (words.get("zh") and words.get("en")):
                yield _ONE_LANGUAGE.format(group=group, name=name)


def _wrong_clauses(plugin: str, rows: Sequence[Mapping[str, str]]) -> Iterator[Bilingual]:
    start = f"{plugin}:"
    for row in rows:
        id = row.get("id", "")
        if not id.startswith(start) or id == start:
            yield _NO_ID.format(id=id, start=start)
        if not all(row.get(key) for key in _CLAUSE_KEYS):
            yield _INCOMPLETE.format(id=id, keys=", ".join(_CLAUSE_KEYS))
