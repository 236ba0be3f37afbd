"""The link to an incident: how a case comes to it and leaves it, and what the incident's own commands mean for it."""

from __future__ import annotations

from typing import Any

from qiantai.clauses import HOUSE, Clause
from qiantai.commands import Field, Type, text
from qiantai.events import Change, Kept
from qiantai.lifecycle import Bar, Step
from qiantai.moment import Moment
from qiantai.words import AWAITING_CALL_BACK, INCIDENT, Bilingual

LINKS = ("desk", "supervisor", "owner")
THE_INCIDENT = Field("incident", Type.CASE, must=True)


def _no_open_incident(moment: Moment) -> bool:
    found = moment.another("incident")
    return found is None or found.matter or not found.open


LINKED_ALREADY = Bar(
    None,
    "linked_already",
    lambda m: bool(m.case.incident),
    Bilingual("已经关联突发事件", "it is linked to an incident already"),
    Bilingual("先取消关联", "unlink it first"),
)
NO_OPEN_INCIDENT = Bar(
    None,
    "no_open_incident",
    _no_open_incident,
    Bilingual("没有这个处置中的事件", "there is no open incident of this number"),
    Bilingual("一个处置中的事件的单号", "the number of an open incident"),
    by_fields=True,
)
NOT_LINKED = Bar(
    None,
    "not_linked",
    lambda m: not m.case.incident,
    Bilingual("没有关联事件", "it is linked to no incident"),
    Bilingual("先关联事件", "link it first"),
)
LINKED_ELSEWHERE = Bar(
    None,
    "linked_elsewhere",
    lambda m: m.given.get("incident") != m.case.incident,
    Bilingual("关联的是另一件突发事件", "it is linked to another incident"),
    Bilingual("写它关联的事件", "name the incident it is linked to"),
    by_fields=True,
)


def links(opened: tuple[str, ...]) -> tuple[Step, ...]:
    """A case of whatever kind is linked to one incident at a time; the link can be taken back."""
    return (
        Step(
            HOUSE,
            opened,
            "link",
            LINKS,
            fields=(THE_INCIDENT,),
            bars=(LINKED_ALREADY, NO_OPEN_INCIDENT),
            keeps={INCIDENT: INCIDENT},
        ),
        Step(
            HOUSE,
            opened,
            "unlink",
            LINKS,
            fields=(THE_INCIDENT, text("reason")),
            bars=(NOT_LINKED, LINKED_ELSEWHERE),
            changes=_unlinked,
        ),
    )


def _unlinked(_: Moment) -> tuple[Change, ...]:
    return (Kept({INCIDENT: ""}),)


def result_unless_given(moment: Moment) -> tuple[Change, ...]:
    """The incident's result is the case's own, unless its handler has given one."""
    return () if moment.case.text("result") else (Kept({"result": moment.text("result")}),)


def told(clause: str, *states: str, **rows: Any) -> Step:
    """What the incident's word of progress means for a linked case in these states: a word that is on record."""
    return Step(Clause(clause), states, "broadcast", (), **rows)


def settled(clause: str, *states: str, keeps: str = "result", **rows: Any) -> Step:
    """What the incident's end means for a linked case in these states: it goes on to its call-back [H-4.5.1]."""
    return Step(
        Clause(clause),
        states,
        "complete",
        (),
        AWAITING_CALL_BACK,
        opens=("call_back",),
        keeps={"result": keeps},
        **rows,
    )
