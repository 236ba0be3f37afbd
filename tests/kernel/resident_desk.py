"""A desk whose store has the roll, what residents may ask of it, and what is then kept."""

from __future__ import annotations

import json
from typing import Any

from attrs import evolve

from qiantai import MemoryStore, Residents, Retention, Term
from qiantai.resident_copy import ResidentCopy
from qiantai.residents import Erased
from qiantai.wire import event_out
from tests.kernel.front_desk import HOUSEHOLDS, FrontDesk

HOME, NEXT_DOOR = "1-1-101", "1-1-102"
FIVE_YEARS = Retention({"complaint": Term.parse("5y")})


def at_work(store: MemoryStore | None = None, **handbook: Any) -> tuple[FrontDesk, Residents]:
    """A desk whose store has the roll, and what residents may ask of it."""
    front = FrontDesk()
    store = store or MemoryStore()
    store.keep_households(list(HOUSEHOLDS.values()))
    front.desk = evolve(front.desk, store=store, handbook=evolve(front.handbook, **handbook))
    return front, Residents(front.desk)


def again(residents: Residents) -> Residents:
    """The same with the roll as it is kept now."""
    desk = residents.desk
    roll = {each.id: each for each in desk.store.households()}
    return Residents(desk.with_handbook(evolve(desk.handbook, households=roll)))


def kept(residents: Residents) -> str:
    """All that is kept, as one text."""
    store = residents.desk.store
    events = [event_out(each) for case in store.all_cases() for each in case.history]
    return json.dumps(events, ensure_ascii=False) + str(store.households())


def looks(residents: Residents) -> list[tuple[str, str, str, str]]:
    return [(each.by, each.what, each.which, each.why) for each in residents.desk.store.looks()]


def copied(residents: Residents, household: str = HOME) -> ResidentCopy:
    found = residents.copy(household, "supervisor", "本人,看过身份证")
    assert isinstance(found, ResidentCopy), found
    return found


def erased(residents: Residents, household: str = HOME) -> Erased:
    found = residents.erase(household, "cs_head", "已搬走")
    assert isinstance(found, Erased), found
    return found


def said_in(copy: ResidentCopy) -> str:
    cases = (*copy.cases, *copy.joined)
    return str([(case.facts, case.households, [event.fields for event in case.history]) for case in cases])
