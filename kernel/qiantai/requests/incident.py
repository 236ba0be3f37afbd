"""Incidents 突发事件: one cause that many cases come from, which it links, tells of its progress and ends together."""

from __future__ import annotations

from collections.abc import Mapping

from qiantai.case import Case
from qiantai.clauses import Clause
from qiantai.commands import Field, Type, channel, text
from qiantai.lifecycle import Bar, Request, Step
from qiantai.moment import Moment
from qiantai.requests.common import note, undo
from qiantai.words import CLOSED, INCIDENT, Bilingual, listed

OPEN = "open"
SPEAKS = ("desk", "supervisor", "cs_head", "centre_head")


def _not_to_be_linked(moment: Moment) -> tuple[str, ...]:
    """The numbers given that are no open case, one that is linked already, or of a kind that is not linked."""
    given: tuple[str, ...] = moment.given.get("cases", ())
    found = {number: moment.others.get(number) for number in given}
    return tuple(number for number, case in found.items() if case is None or not _to_be_linked(case, moment))


def _to_be_linked(case: Case, moment: Moment) -> bool:
    return (case.state, "link") in moment.handbook.life_cycle(case).table and not case.incident


def _numbers(moment: Moment) -> Mapping[str, Bilingual]:
    return {"which": listed(tuple(Bilingual(each, each) for each in _not_to_be_linked(moment)))}


NOT_TO_BE_LINKED = Bar(
    None,
    "cases_not_to_be_linked",
    lambda m: bool(_not_to_be_linked(m)),
    Bilingual("{which} 不能关联", "{which} cannot be linked"),
    Bilingual("未办结、还没有关联事件的事项", "open cases that are linked to no incident"),
    by_fields=True,
    names=_numbers,
)
AGAINST_THE_AGREED_ANSWER = Bar(
    Clause("H-4.4.5"),
    "against_the_agreed_answer",
    lambda m: m.script is not None and bool(m.text("wording")),
    Bilingual("这个主题有统一口径,不得另立", "an agreed answer is in force on this topic, and there is no other"),
    Bilingual("不填口径,按统一口径说", "leave wording out: the agreed answer is what is said"),
    by_fields=True,
)

REQUEST = Request(
    kind=INCIDENT,
    prefix="SJ",
    states=(OPEN, CLOSED),
    duties=(),
    registered=lambda _: False,
    steps=(
        Step(
            Clause("P-2.3"),
            ("",),
            INCIDENT,
            ("desk", "supervisor", "monitor", "cs_head", "centre_head"),
            OPEN,
            fields=(
                text("summary", must=True),
                text("place", must=True),
                text("topic", optional=True),
                text("wording"),
                Field("cases", Type.CASES, optional=True),
            ),
            bars=(NOT_TO_BE_LINKED, AGAINST_THE_AGREED_ANSWER),
        ),
        Step(
            Clause("P-2.3"),
            (OPEN,),
            "broadcast",
            SPEAKS,
            fields=(text("text", must=True), channel(must=False), text("wording", optional=True)),
            bars=(AGAINST_THE_AGREED_ANSWER,),
            keeps={"wording": "wording"},
        ),
        Step(
            Clause("P-2.2c"),
            (OPEN,),
            "complete",
            SPEAKS,
            CLOSED,
            fields=(text("result", must=True),),
            keeps={"result": "result"},
            on_the_spot=True,
        ),
        note((OPEN, CLOSED)),
        undo((OPEN, CLOSED)),
    ),
)
