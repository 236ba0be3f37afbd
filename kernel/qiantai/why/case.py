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
    """Where the case went as it closed, or would go as it stands [H-4.6.1, H-4.6.2, M-3.4a]; none of an incident."""
    if not case.matter:
        return ()
    request = handbook.request(case.kind)
    filed = case.filed if request is None or not case.open else places(request, case, case)
    part = request.dossier(case) if request else ""
    return _register(case, kept=REGISTER in filed), _dossier(case, part, kept=DOSSIER in filed)


def _register(case: Case, *, kept: bool) -> BookReason:
    return BookReason(
        book=REGISTER,
        kept=kept,
        settled=not case.open,
        why="taken_in" if kept else "away_from_the_desk",
        clause=Clause("H-4.6.1"),
        part="",
        under="",
        marked=_marked(case),
    )


def _dossier(case: Case, part: str, *, kept: bool) -> BookReason:
    return BookReason(
        book=DOSSIER,
        kept=kept,
        settled=not case.open,
        why="part" if kept else "no_part",
        clause=Clause("H-4.6.2" if part == "form" or not kept else "M-3.4a"),
        part=part if kept else "",
        under=dossier_of(case) if kept else "",
        marked=_marked(case),
    )


def _marked(case: Case) -> str:
    """What the books mark it as: a slip, taken back by the resident, or merged into which other case."""
    return next((each for each in ("mistaken", "withdrawn") if case.holds(each)), case.text("merged_into"))
