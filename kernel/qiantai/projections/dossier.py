"""A household's dossier 一户一档: all that is kept on it, by part [M-3.4a, P-2.6a]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from qiantai.case import Case
from qiantai.filing import DOSSIER
from qiantai.handbook import Handbook
from qiantai.people import Household

PARTS = ("complaint", "form", "service_record")


@frozen
class Dossier:
    """One household: its entry in the roll where it has one, what is open, what is filed by part, what is not filed.

    Cases come the latest receipt first. `other` are those that the register alone keeps.
    """

    id: str
    household: Household | None
    open: tuple[Case, ...]
    filed: Mapping[str, tuple[Case, ...]]
    other: tuple[Case, ...]


def dossier(household: str, cases: Iterable[Case], handbook: Handbook) -> Dossier:
    """The dossier of a household from the cases that concern it; those of no household where the id is empty."""
    theirs = sorted(
        (case for case in cases if case.matter and (household in case.households if household else not case.household)),
        key=lambda case: (case.received, case.number),
        reverse=True,
    )
    filed: dict[str, list[Case]] = {part: [] for part in PARTS}
    other: list[Case] = []
    for case in theirs:
        if case.open:
            continue
        part = handbook.requests[case.kind].dossier(case) if DOSSIER in case.filed else ""
        filed.setdefault(part, []).append(case) if part else other.append(case)
    return Dossier(
        household,
        handbook.households.get(household),
        tuple(case for case in theirs if case.open),
        {part: tuple(found) for part, found in filed.items()},
        tuple(other),
    )
