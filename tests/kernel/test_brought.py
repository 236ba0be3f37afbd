"""The words of plugins: labels and clauses that are taken whole, or turned away with the reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qiantai import Bilingual, Clause, clauses, label
from qiantai.plugins import Plugins, load_plugins

Install = Callable[..., None]
LISTENER = "@hookimpl\ndef qiantai_after_events(case): ..."

WORDS = """
@hookimpl
def qiantai_labels():
    return {labels}

@hookimpl
def qiantai_clauses():
    return {clauses}
"""
PARCEL = {"kinds": {"parcel": {"zh": "快递代收", "en": "Parcel"}}}
ROW = {"id": "parcels:1", "kind": "duty", "area": "desk", "zh": "逐件登记。", "en": "Each is registered."}


def refused(loaded: Plugins, name: str) -> str:
    """Why that plugin, and no other, did not load."""
    (found,) = loaded.failures
    assert found.name == name
    return found.why.en


@pytest.mark.usefixtures("no_words")
def test_a_plugin_brings_its_labels_and_clauses(install: Install) -> None:
    assert label("kinds", "parcel") == Bilingual("parcel", "parcel")
    assert not Clause("parcels:1").known
    assert "not there" in Clause("parcels:1").en
    install("parcels", WORDS.format(labels=PARCEL, clauses=[ROW]))
    assert load_plugins().failures == ()
    assert label("kinds", "parcel") == Bilingual("快递代收", "Parcel")
    clause = Clause("parcels:1")
    assert (clause.known, clause.kind, clause.area, clause.zh, clause.en) == (True, *list(ROW.values())[1:])
    assert clauses()[-1] == clause
    assert not Clause("parcels:2").known
    assert load_plugins().failures == (), "a second time is the same"


@pytest.mark.usefixtures("no_words")
@pytest.mark.parametrize(
    ("labels", "rows", "said"),
    [
        ({"kinds": {"repair": {"zh": "修", "en": "Fix"}}}, [], "the label repair of kinds is there already"),
        ({"sorts": {"parcel": {"zh": "件", "en": "It"}}}, [], "there is no group sorts of labels; there are: kinds,"),
        ({"kinds": {"parcel": {"zh": "快递"}}}, [], "the label parcel of kinds needs zh and en"),
        ([], [1], "qiantai_clauses failed: AttributeError"),
        (PARCEL, [{**ROW, "id": "M-3.3a"}], "the id of the clause 'M-3.3a' must begin with parcels:"),
        (PARCEL, [{**ROW, "id": "parcels:"}], "the id of the clause 'parcels:' must begin with parcels:"),
        (PARCEL, [{**ROW, "en": ""}], "the clause parcels:1 needs id, kind, area, zh, en"),
    ],
    ids=["there already", "no group", "one language", "no rows", "another's id", "no id", "no text"],
)
def test_words_that_will_not_do_are_turned_away_whole(
    install: Install, labels: object, rows: list[object], said: str
) -> None:
    install("parcels", WORDS.format(labels=labels, clauses=rows))
    install("listener", LISTENER)
    loaded = load_plugins()
    assert said in refused(loaded, "parcels")
    assert "listener" in loaded.loaded
    assert label("kinds", "parcel").en == "parcel"
    assert not Clause("parcels:1").known


@pytest.mark.usefixtures("no_words")
def test_of_two_plugins_with_one_label_the_second_is_turned_away(install: Install) -> None:
    install("a", WORDS.format(labels=PARCEL, clauses=[]))
    install("b", WORDS.format(labels=PARCEL, clauses=[]))
    loaded = load_plugins()
    assert "a" in loaded.loaded
    assert "there already" in refused(loaded, "b")
