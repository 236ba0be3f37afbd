"""Filing: what the form must hold before a case may close, and which books it then goes into."""

from __future__ import annotations

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.lifecycle import Bar, Request, Step, always
from qiantai.moment import Moment
from qiantai.words import Bilingual

REGISTER = "register"
DOSSIER = "dossier"
UNASSIGNED = "unassigned"

FORM_INCOMPLETE = Bar(
    Clause("H-4.6.2"),
    "form_incomplete_at_closing",
    always,
    Bilingual("处理单还缺:{missing}", "the form still lacks: {missing}"),
    Bilingual("补齐后再办结", "complete it, then close"),
    by_fields=True,
)


def lacking(moment: Moment, step: Step) -> tuple[str, ...]:
    """The names of what the form of the case, as the closing step leaves it, still lacks [H-4.6.2]."""
    case = moment.case
    lacks = [] if case.text("summary") else ["summary"]
    if step.on_the_spot:
        return tuple(lacks)
    anonymous = case.holds("anonymous")
    if not anonymous:
        if not (case.household or moment.name):
            lacks.append("name")
        if not (moment.phone or moment.email):
            lacks.append("phone")
    for each in moment.request.form:
        if not (case.facts.get(each) or (anonymous and each == "reply")):
            lacks.append(each)
    return tuple(lacks)


def places(request: Request, before: Case, after: Case) -> tuple[str, ...]:
    """Where a case is filed as it closes: the register, the household's dossier, or neither [H-4.6.1, M-3.4a]."""
    away_from_the_desk = not request.registered(
        after if after.holds("withdrawn") or after.text("merged_into") else before
    )
    return (
        *(() if away_from_the_desk else (REGISTER,)),
        *((DOSSIER,) if request.dossier(after) else ()),
    )


def dossier_of(case: Case) -> str:
    """The household whose dossier holds the case; `unassigned` while none is known."""
    return case.household or UNASSIGNED
