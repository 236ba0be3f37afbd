"""What the steps that every kind has change, beside states and duties."""

from __future__ import annotations

from qiantai.clauses import Clause
from qiantai.events import Change, Counted, Kept, Offered, Owned, StoodIn
from qiantai.moment import Moment

COMPLAINT = "complaint"


def ownership(kind: str) -> Clause:
    """The clause by which somebody answers for a case of this kind; a complaint stays with its first contact."""
    return Clause("M-4.3a" if kind == COMPLAINT else "M-3.1c")


def taken_in(moment: Moment) -> tuple[Change, ...]:
    """The clerk who takes it in answers for it; a complaint stays with its first contact [M-3.1c, M-4.3a]."""
    return () if moment.case.kind == COMPLAINT else (Owned(moment.given.get("to") or moment.by.id),)


def corrected(moment: Moment) -> tuple[Change, ...]:
    """The fact is as corrected; a corrected household takes the place of the wrong one [M-3.4b]."""
    name, value = moment.given["field"], moment.given["value"]
    kept: tuple[Change, ...] = (Kept({name: value}),)
    if name != "household":
        return kept
    others = tuple(each for each in moment.case.households if each != moment.case.household)
    return (*kept, Counted(moment.case.joint, tuple(dict.fromkeys((value, *others)))))


def joined(moment: Moment) -> tuple[Change, ...]:
    """One more household stands behind it [H-4.1.2.1]."""
    return (Counted(moment.case.joint + 1, (*moment.case.households, moment.given["household"])),)


def handed_over(moment: Moment) -> tuple[Change, ...]:
    """Somebody else answers for it; for a complaint whom its owner names stands in [M-4.3a]. An offer ends."""
    case, to = moment.case, moment.given["to"]
    ended: tuple[Change, ...] = (Offered(""),) if case.offered_to else ()
    if case.kind != COMPLAINT:
        return (Owned(to), *ended)
    if moment.by.id in (case.owner, case.stand_in):
        return (StoodIn("" if to == case.owner else to), *ended)
    return (Owned(to), *((StoodIn(""),) if to == case.stand_in else ()), *ended)


def accepted(moment: Moment) -> tuple[Change, ...]:
    """Who was offered it answers for it, or stands in for a complaint's owner [M-4.3a, Q-S2b]."""
    case = moment.case
    if case.kind != COMPLAINT:
        return (Owned(moment.by.id), Offered(""))
    return (StoodIn("" if moment.by.id == case.owner else moment.by.id), Offered(""))
