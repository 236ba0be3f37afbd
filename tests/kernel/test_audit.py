"""The audit of a site: broken chains, numbers that are gone, and what an anchor shows that the chain alone cannot."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
from attrs import evolve

from qiantai import Anchor, Audit, Break, Event, Head, MemoryStore, anchor_in, anchor_out, audit, fold, sealed
from qiantai.auditing import MOST
from tests.kernel.front_desk import FrontDesk


class Site:
    """A desk whose cases can be changed behind its back."""

    def __init__(self) -> None:
        self.desk = FrontDesk()
        self.store = MemoryStore()
        self.desk.desk = evolve(self.desk.desk, store=self.store)
        self.closed = self.desk.reach("repair", "closed")
        self.open = [self.desk.receive("repair"), self.desk.receive("repair"), self.desk.receive("help")]

    def put(self, history: Sequence[Event]) -> None:
        self.store._cases[history[0].case] = fold(history)

    def history(self, number: str) -> tuple[Event, ...]:
        return self.desk.case(number).history

    def anchor(self) -> Anchor:
        heads: dict[str, Head] = {}

        def seen(history: Sequence[Event]) -> None:
            heads[history[0].case] = Head(len(history), history[-1].seal)

        assert audit(self.store, seen=seen).whole
        return Anchor(self.desk.at, heads)


def sealed_anew(history: Sequence[Event]) -> tuple[Event, ...]:
    """What somebody makes who knows how it is done."""
    again: list[Event] = []
    for each in history:
        again.append(sealed(evolve(each, seal="", salt=""), again[-1].seal if again else "", "abcdefghijklmnop"))
    return tuple(again)


def test_a_site_that_nobody_touched_is_whole() -> None:
    site = Site()
    found = audit(site.store)
    assert found == Audit(4, sum(len(site.history(each)) for each in (site.closed, *site.open)), 0, ())
    assert found.whole


def test_every_broken_case_is_counted_and_the_first_are_named() -> None:
    site = Site()
    numbers = [site.desk.receive("enquiry") for _ in range(MOST + 5)]
    for number in numbers:
        (event,) = site.history(number)
        site.put([evolve(event, by="supervisor")])
    found = audit(site.store)
    assert not found.whole
    assert found.count == MOST + 5
    assert found.breaks == tuple(Break(number, 0, "altered") for number in numbers[:MOST])


def test_a_case_that_was_taken_out_whole_leaves_a_gap_in_the_numbers() -> None:
    site = Site()
    del site.store._cases[site.open[0]]
    assert audit(site.store).breaks == (Break(site.open[0], None, "gap"),)


def test_an_anchor_shows_what_the_chain_alone_cannot() -> None:
    site = Site()
    anchor = site.anchor()
    history = site.history(site.closed)
    last = site.open[1]
    for name, forged, where in (
        ("cut_short", history[:-1], len(history) - 1),
        ("sealed_anew", sealed_anew([evolve(history[0], by="supervisor"), *history[1:]]), len(history) - 1),
    ):
        site.put(forged)
        assert audit(site.store).whole
        assert audit(site.store, anchor).breaks == (Break(site.closed, where, name),)
        site.put(history)
    kept = site.store._cases.pop(last)
    assert audit(site.store).whole, "it had the day's last number"
    assert audit(site.store, anchor).breaks == (Break(last, None, "gone"),)
    site.store._cases[last] = kept
    gone = site.store._cases.pop(site.open[0])
    assert audit(site.store, anchor).breaks == (Break(gone.number, None, "gone"),), "told once"


def test_a_site_goes_on_from_its_anchor() -> None:
    site = Site()
    anchor = site.anchor()
    site.desk.do(site.open[0], "note", "desk", text="住户来电")
    site.desk.do(site.closed, "note", "desk", text="住户致谢")
    site.desk.receive("challenge")
    site.desk.desk.erase(site.closed, "admin", reason="住户要求")
    assert site.history(site.closed)[-1].name == "erase"
    assert audit(site.store, anchor).whole


def test_an_anchor_is_plain_data_that_shows_its_own_changes() -> None:
    anchor = Site().anchor()
    out = json.loads(json.dumps(anchor_out(anchor)))
    assert anchor_in(out) == anchor
    assert out["digest"] == anchor.digest
    number, (length, seal) = next(iter(out["cases"].items()))
    others: list[Any] = [
        {**out, "at": "2026-11-23T10:00:00+08:00"},
        {**out, "cases": {**out["cases"], number: [length + 1, seal]}},
        {**out, "cases": {**out["cases"], number: [length, f"{seal}x"]}},
        {**out, "cases": {each: of for each, of in out["cases"].items() if each != number}},
        {**out, "digest": "x"},
    ]
    for other in others:
        with pytest.raises(ValueError, match="digest"):
            anchor_in(other)
    strangers: list[Any] = [
        {},
        [],
        None,
        {**out, "version": 2},
        {**out, "cases": {number: [0, seal]}},
        {**out, "cases": []},
    ]
    for none in strangers:
        with pytest.raises(ValueError, match="no "):
            anchor_in(none)
