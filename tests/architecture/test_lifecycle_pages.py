"""The pages on the life cycles: diagrams that can be drawn and are the tables', duties as the scenarios have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from tools.diagrams import arrows, diagram
from tools.duty_tables import duties
from tools.filing_table import filing_of
from tools.lifecycles import beside, every_kind, kind, of_every_kind
from tools.refusal_tables import NAMED, refused

from qiantai.case import Case
from qiantai.events import Discharged, Event, Moved, Opened, Voided
from qiantai.lifecycle import Request
from qiantai.requests import REQUESTS
from qiantai.words import label
from qiantai_scenarios import play, read_scenario, shipped

LANGUAGES = ("zh", "en")
STATE = re.compile(r'    state "([^"\n:;#%{}<>\[\]]+)" as ([a-z_]+)')
ARROW = re.compile(r"    ([a-z_]+|\[\*\]) --> ([a-z_]+|\[\*\])(?:: (.+))?")
SAID = re.compile(r'(?:<br/>|[^"\n:;#%{}<>\[\]])+')
RESERVED = {"as", "choice", "class", "default", "direction", "end", "fork", "hide", "join", "note", "scale", "state"}

every_kind_in_turn = pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def drawn(source: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The states and arrows of a diagram's source; fails where a line is none of the few forms that it may have."""
    head, direction, *lines = source.splitlines()
    assert (head, direction) == ("stateDiagram-v2", "    direction TB")
    states: dict[str, str] = {}
    found: list[tuple[str, str, str]] = []
    for line in lines:
        if declared := STATE.fullmatch(line):
            assert not found, f"declared after an arrow: {line}"
            states[declared[2]] = declared[1]
        else:
            arrow = ARROW.fullmatch(line)
            assert arrow, f"not a line of a diagram: {line!r}"
            assert arrow[3] is None or SAID.fullmatch(arrow[3]), f"cannot stand on an arrow: {line!r}"
            found.append((arrow[1], arrow[2], arrow[3] or ""))
    return states, found


@every_kind_in_turn
@both_languages
def test_a_diagram_has_every_state_and_an_arrow_wherever_a_row_leads_on(request_: Request, language: str) -> None:
    states, found = drawn(diagram(request_, language))
    assert states == {each: label("states", each)[language] for each in request_.states}
    assert not RESERVED & set(states)
    assert len({(start, end) for start, end, _ in found}) == len(found)
    told = {(start.replace("[*]", ""), end) for start, end, _ in found[:-1]}
    assert told == {
        (state, step.to)
        for step in request_.steps
        if step not in beside(request_)
        for state in step.states
        if step.to != state
    }
    assert found[-1] == ("closed", "[*]", "")


@every_kind_in_turn
def test_every_state_is_come_to_and_left(request_: Request) -> None:
    found = drawn(diagram(request_, "en"))[1]
    assert {end for _, end, _ in found} == {*request_.states, "[*]"}
    assert {start for start, _, _ in found} == {*request_.states, "[*]"}


@pytest.mark.parametrize(
    "line",
    [
        '    state "a" b" as c',
        "    a --> b: c: d",
        "    a --> b: <b>c",
        "    a -> b",
        "    note left of a",
        "    a --> B",
    ],
)
def test_a_line_that_is_no_diagrams_is_seen(line: str) -> None:
    with pytest.raises(AssertionError, match=r"diagram|arrow"):
        drawn(f"stateDiagram-v2\n    direction TB\n{line}")


@every_kind_in_turn
@both_languages
def test_every_row_is_on_the_page(request_: Request, language: str) -> None:
    on_arrows = {step.key for steps in arrows(request_).values() for step in steps}
    assert on_arrows | {step.key for step in beside(request_)} == {step.key for step in request_.steps}
    page = kind(request_, language) + every_kind(language)
    for step in request_.steps:
        assert label("commands", step.command)[language] in page
        assert f"[{step.clause}](" in page or step.key in on_arrows


@every_kind_in_turn
@both_languages
def test_every_refusal_is_on_the_page(request_: Request, language: str) -> None:
    lines = (kind(request_, language) + every_kind(language)).splitlines()
    bars = [(bar, label("commands", step.command)) for step in request_.steps for bar in step.bars]
    bars += [(bar, label("commands", each)) for bar in request_.bars for each in bar.commands]
    assert {(each.bar.rule, each.bar.clause) for each in refused(request_)} == {(b.rule, b.clause) for b, _ in bars}
    for bar, command in bars:
        why = bar.why.format(**NAMED)[language]
        told = [each for each in lines if why in each and bar.would_do[language] in each]
        cited = f"[{bar.clause}]" if bar.clause else "| – |"
        assert any(cited in each and command[language] in each for each in told), (bar.rule, command.en)


def test_what_every_kind_has_is_told_once() -> None:
    common = {step.command for step in of_every_kind()}
    assert {"note", "correct", "join", "hand_over", "offer", "urge", "withdraw", "merge", "undo"} <= common
    assert not common & {"explain", "thank", "call_back", "dispatch"}


@cache
def cases() -> tuple[Case, ...]:
    return tuple(case for each in shipped() for case in play(read_scenario(each)).cases.values() if case.matter)


def changes_of_duties() -> Iterator[tuple[Case, Event, str, str]]:
    """Every duty that a shipped scenario opens, ends or moves: in which case, by which event, its name, and how."""
    for case in cases():
        for event in case.history:
            for change in event.changes:
                match change:
                    case Opened(duty):
                        yield case, event, duty.name, "opened"
                    case Discharged(name, by) if by:
                        yield case, event, name, "done"
                    case Voided(name) if event.name != "undo" and not _closes(event):
                        yield case, event, name, "voided"
                    case Moved(name) if event.name != "recount":
                        yield case, event, name, "moved"


def _closes(event: Event) -> bool:
    return any(type(change).__name__ == "Filed" for change in event.changes)


WORDS = {"done": "履行:", "voided": "免去:", "moved": "改时限:"}


def rows(request: Request) -> dict[str, tuple[str, str]]:
    """What the page says of each duty: what opens it, and what ends it."""
    lines = duties(request, "zh").splitlines()[2:]
    cells = [[each.strip() for each in line.strip("|").split("|")] for line in lines]
    return {re.findall(r"`([a-z_]+)`", row[0])[0]: (row[5], row[6]) for row in cells}


def test_duties_arise_and_end_as_the_page_says() -> None:
    wrong = set()
    for case, event, name, how in changes_of_duties():
        opened, ended = rows(REQUESTS[case.kind])[name]
        said = opened if how == "opened" else "".join(each for each in ended.split(";") if each.startswith(WORDS[how]))
        reacts = "一旦" in opened if how == "opened" else how == "voided" and "情形不再成立" in ended
        if label("commands", event.name).zh not in said and not reacts:
            wrong.add((case.kind, event.name, name, how))
    assert wrong == set()


def test_closed_cases_are_filed_as_the_page_says() -> None:
    closed = [each for each in cases() if not each.open]
    assert len(closed) > 20
    for case in closed:
        request, given_up = REQUESTS[case.kind], case.holds("withdrawn") or bool(case.text("merged_into"))
        met_the_desk = any(event.name == "hand_to_desk" for event in case.history) or _received(case)
        away = not met_the_desk and not given_up and case.kind == "enquiry"
        situation = "away" if away else "form" if case.holds("form") else "plain"
        assert (case.filed, request.dossier(case)) == filing_of(request, situation), case.number


def _received(case: Case) -> bool:
    return any(getattr(change, "state", "") == "received" for change in case.history[0].changes)


def test_the_pages_are_named_as_their_language() -> None:
    docs = Path(__file__).parents[2] / "docs"
    assert "Steps beside the diagram" in (docs / "lifecycles.en.md").read_text(encoding="utf-8")
    assert "图外的步骤" in (docs / "lifecycles.zh-CN.md").read_text(encoding="utf-8")
