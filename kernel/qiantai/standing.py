"""Who stands where towards a case: its owner, its handler, whom an area manager may act for."""

from __future__ import annotations

from qiantai.access import may_see
from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.handbook import Handbook
from qiantai.lifecycle import Bar, Step
from qiantai.moment import Moment
from qiantai.rules import is_spokesperson
from qiantai.words import Bilingual, Role, entry, label, listed

TAKEN_FROM_WHOM_IT_IS_ABOUT = frozenset({"note", "hand_to_desk", "hand_over", "offer", "undo"})

ABOUT_THEM = Bar(
    Clause("M-4.1a"),
    "about_them",
    lambda m: m.case.facts.get("against") == m.by.id and m.command.name not in TAKEN_FROM_WHOM_IT_IS_ABOUT,
    Bilingual("这件事反映的就是本人,须回避", "the matter is about this very person, who keeps out of it"),
    Bilingual("移交、转前台或只作备注", "hand it over, pass it to the desk, or only note"),
)


def area_of(case: Case, handbook: Handbook) -> str:
    """The area of the case: as given, or of its household; empty where neither has one [H-3.2]."""
    household = handbook.households.get(case.household)
    return case.text("area") or (household.area if household else "")


def outside_area(moment: Moment) -> bool:
    """Whether the case is of an area that this area manager does not answer for [H-3.2]."""
    areas, area = moment.by.areas, area_of(moment.case, moment.handbook)
    return bool(areas) and bool(area) and area not in areas


def _only_of_other_areas(moment: Moment) -> bool:
    return moment.by.roles == frozenset({Role.AREA_MANAGER}) and outside_area(moment)


def stands(moment: Moment, who: str, *, any_area: bool = False) -> bool:
    """Whether whoever gives the command is one of those that `who` names."""
    case, by = moment.case, moment.by
    match who:
        case "anyone":
            return True
        case "owner":
            return by.id in (case.owner, case.stand_in)
        case "first_contact":
            return by.id == case.first_contact
        case "offered":
            return by.id == case.offered_to and (any_area or not _only_of_other_areas(moment))
        case "handler":
            return any(stands(moment, role, any_area=any_area) for role in case.handlers)
        case "whoever_may_see":
            return may_see(case, by)
        case "handling_centre_head":
            return by.has(Role.CENTRE_HEAD) and Role.CENTRE_HEAD in case.handlers
        case Role.AREA_MANAGER:
            return by.has(Role.AREA_MANAGER) and (any_area or not outside_area(moment))
        case role:
            return by.has(role)


def permitted(moment: Moment, step: Step, *, any_area: bool = False) -> bool:
    """Whether the step is theirs to take; the spokesperson answers and replies whatever their role [H-4.4.5]."""
    if not step.roles.isdisjoint(moment.by.roles):
        return True
    for who in step.standings:
        if stands(moment, who, any_area=any_area):
            return True
    return step.command in ("answer", "reply") and is_spokesperson(moment)


def named(steps: tuple[Step, ...]) -> Bilingual:
    """Who may take these steps, as one phrase."""
    tokens = dict.fromkeys(who for step in steps for who in step.who)
    return listed(tuple(label("words" if entry("words", each) else "roles", each) for each in tokens))
