"""Why a case stands as it does: who answers for it, who handles it, where it is filed, and each of its duties."""

from __future__ import annotations

from datetime import datetime

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.events import Handled, Offered, StoodIn, Worked
from qiantai.filing import DOSSIER, REGISTER, dossier_of, places
from qiantai.handbook import Handbook
from qiantai.requests.common.effects import ownership
from qiantai.why.duty import duty_reasons
from qiantai.why.reasons import BookReason, CaseReason, Claim, DutyReason, HandlerReason, OwnerReason
from qiantai.why.trail import Taken, latest, made_owner, trail

OFFERING = Clause("Q-S2b")
_KEPT = {"form": Clause("H-4.6.2")}


def why(case: Case, at: datetime, handbook: Handbook) -> CaseReason:
    """Everything of the case that can be asked why, as it stands at `at`; what was taken back is no reason."""
    taken = trail(case, handbook)
    return CaseReason(
        number=case.number,
        kind=case.kind,
        state=case.state,
        at=at,
        owner=_owner(case, taken),
        handler=_handler(case, taken),
        filing=_filing(case, handbook),
        duties=duty_reasons(case, taken, at, handbook),
    )


def why_duty(case: Case, name: str, at: datetime, handbook: Handbook) -> tuple[DutyReason, ...]:
    """Why each duty of that name is due when it is, the first opened first; none where the case never had one."""
    return tuple(each for each in why(case, at, handbook).duties if each.name == name)


def _owner(case: Case, taken: tuple[Taken, ...]) -> OwnerReason:
    clause = ownership(case.kind)
    stood_in, offered = latest(taken, StoodIn), latest(taken, Offered)
    return OwnerReason(
        owner=Claim(case.owner, clause, made_owner(taken).act),
        first_contact=Claim(case.first_contact, Clause("M-3.1c"), taken[0].act),
        stand_in=Claim(case.stand_in, clause, stood_in.act) if case.stand_in and stood_in else None,
        offered=Claim(case.offered_to, OFFERING, offered.act) if case.offered_to and offered else None,
    )


def _handler(case: Case, taken: tuple[Taken, ...]) -> HandlerReason:
    sent = latest(taken, Handled)
    first: dict[str, Claim] = {}
    for each in taken:
        for change in each.event.changes:
            if isinstance(change, Worked) and each.step is not None:
                first.setdefault(change.person, Claim(change.person, each.step.clause, each.act))
    return HandlerReason(case.handlers, sent.act if sent else None, tuple(first.values()))


def _filing(case: Case, handbook: Handbook) -> tuple[BookReason, ...]:
    """Where the case went as it closed, or would go as it stands [H-4.6.1, H-4.6.2, M-3.4a]."""
    request = handbook.requests.get(case.kind)
    settled = not case.open
    part = request.dossier(case) if request else ""
    filed = case.filed if settled or request is None else places(request, case, case)
    marked = "mistaken" if case.holds("mistaken") else "withdrawn" if case.holds("withdrawn") else ""
    marked = marked or case.text("merged_into")
    register, dossier = REGISTER in filed, DOSSIER in filed
    return (
        BookReason(
            REGISTER, register, settled, "taken_in" if register else "away_from_the_desk",
            Clause("H-4.6.1"), "", "", marked,
        ),
        BookReason(
            DOSSIER, dossier, settled, "part" if dossier else "no_part",
            _KEPT.get(part, Clause("M-3.4a")) if dossier else Clause("H-4.6.2"),
            part if dossier else "", dossier_of(case) if dossier else "", marked,
        ),
    )  # fmt: skip
