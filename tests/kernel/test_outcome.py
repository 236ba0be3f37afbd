"""What an accepted step leaves in the history: each duty done, ended or opened once, and none that was not owed."""

from __future__ import annotations

from attrs import evolve

from qiantai import Case
from qiantai.clauses import Clause
from qiantai.events import Discharged, Opened, Voided
from qiantai.lifecycle import On, Step
from qiantai.requests import REQUESTS
from qiantai.rules import in_state
from tests.kernel.front_desk import FrontDesk


def ended(case: Case) -> list[tuple[str, str]]:
    """What the last event says of duties that are owed no longer, each with who did it."""
    found: list[tuple[str, str]] = []
    for change in case.history[-1].changes:
        match change:
            case Discharged(name, by):
                found.append((name, by))
            case Voided(name):
                found.append((name, "void"))
            case _:
                """Of no duty's end."""
    return found


def test_what_is_done_as_the_case_closes_has_ended_once() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back")
    case = desk.do(number, "call_back", "desk", satisfied=True, quality_ok=True, channel="phone")
    assert ended(case) == [("call_back", "desk")]


def test_what_is_not_owed_is_not_done() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    assert ended(desk.do(number, "feedback", "desk", text="在查")) == [("feedback", "desk")]
    assert ended(desk.do(number, "feedback", "desk", text="还在查")) == []


def test_words_that_say_nothing_are_not_kept() -> None:
    desk = FrontDesk()
    case = desk.do(desk.reach("repair", "on_site"), "complete", "engineering", result=" ")
    assert "result" not in case.facts


def looking(step: Step, *reactions: On) -> FrontDesk:
    """A desk whose repairs know one command more, and what comes to be owed in some states."""
    repair = REQUESTS["repair"]
    repair = evolve(repair, steps=(*repair.steps, step), reactions=reactions)
    desk = FrontDesk()
    desk.desk = desk.desk.with_handbook(evolve(desk.handbook, requests={**REQUESTS, "repair": repair}))
    return desk


LOOK = Step(Clause("P-3"), ("received",), "look", ("desk",))


def test_what_a_step_does_it_does_not_end_besides() -> None:
    desk = looking(evolve(LOOK, discharges=("finish",), voids=("finish",)))
    assert ended(desk.do(desk.receive("repair"), "look", "desk")) == [("finish", "desk")]


def test_what_a_step_opens_is_opened_its_way_though_it_would_come_about_by_itself_too() -> None:
    step = evolve(LOOK, to="dispatched", discharges=("finish",), opens=(On("finish", anew=True),))
    desk = looking(step, On("finish", when=in_state("dispatched"), once=False))
    number = desk.receive("repair")
    case = desk.later(hours=1).do(number, "look", "desk")
    opened = [each.duty for each in case.history[-1].changes if isinstance(each, Opened)]
    assert [(each.name, each.since) for each in opened] == [("finish", desk.at)]
