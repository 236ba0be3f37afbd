"""Offered is what some fields would be accepted for, no more and no less, over kinds, states, people and receipts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from qiantai import Case, Command, Refusal, decide, others_of
from tests.kernel.front_desk import ASIDE, KINDS, NOISE, PEOPLE, WATER, WAYS, FrontDesk
from tests.kernel.plausible import FIELDS, RECEIPTS, Fields, said
from tests.kernel.plausible import NOISE as NONSENSE


def cases(kind: str, receipt: int) -> Iterator[tuple[FrontDesk, Case]]:
    """A case of the kind in every state that it comes to from this receipt, taken in at the desk or away from it."""
    by = ("desk", "staff")[receipt % 2]
    for state in ("noted", *WAYS["enquiry" if kind == "challenge" else kind], *ASIDE):
        desk = FrontDesk(scripts=(WATER, NOISE))
        desk.receive(kind)
        desk.incident()
        desk.later(minutes=1)
        try:
            number = desk.reach(kind, state, by, **RECEIPTS[receipt])
        except AssertionError:
            continue
        yield desk, desk.case(number)


def accepted(desk: FrontDesk, case: Case, command: str, person: str, tried: Sequence[Fields]) -> bool:
    """Whether any of these fields is accepted; each has one outcome, and a refusal says why."""
    first = {each.matter: each.number for each in desk.desk.store.open_cases() if each.number.endswith("-001")}
    for fields in tried:
        given = said(fields, desk.at, first[True], case.number, first[False])
        asked = Command(command, person, case.number, given)
        outcome = decide(case, asked, desk.at, desk.handbook, others_of(case, asked, desk.desk.store.case))
        if not isinstance(outcome, Refusal):
            assert outcome
            return True
        assert outcome.sentence.zh
        assert outcome.sentence.en
    return False


PAIRS = [
    (kind, receipt)
    for at, kind in enumerate(KINDS)
    for receipt in range(len(RECEIPTS))
    if receipt == 0 or (receipt + at) % 3 == 0
]
"""Each kind with the plainest receipt and a third of the others, each receipt with two kinds; what the guards of the
tables look at is tried one by one, for all of them, with the outcomes."""


@pytest.mark.parametrize(("kind", "receipt"), PAIRS)
def test_offered_is_what_can_be_accepted(kind: str, receipt: int) -> None:
    for desk, case in cases(kind, receipt):
        desk.later(minutes=20)
        for person in (*PEOPLE, "east", "nobody"):
            offered = set(desk.desk.offers(case.number, person))
            for command, fields in FIELDS.items():
                tried = fields if command in offered else (*fields[:: len(fields) // 3 + 1], *NONSENSE[:1])
                could = accepted(desk, case, command, person, tried)
                assert could == (command in offered), (case.state, case.first_contact, person, command)


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_is_refused_or_left_aside_and_never_breaks_anything(kind: str) -> None:
    for desk, case in cases(kind, 0):
        for person in ("desk", "cs_head", "engineering", "security", "area_manager"):
            for command in desk.desk.offers(case.number, person):
                accepted(desk, case, command, person, NONSENSE)
