"""Every command in every state by everybody comes to exactly what the rows of the tables say, in their order."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from qiantai import Case, Person, Refusal, decide
from qiantai.commands import Asked, Field
from qiantai.events import Kept
from qiantai.fields import Misread, read_fields
from qiantai.lifecycle import Step
from qiantai.moment import Moment
from qiantai.requests import REQUESTS
from qiantai.wire import event_out
from tests.kernel.front_desk import KINDS
from tests.kernel.outcomes import PEOPLE, Tried, all_tried, attempt, offered, representatives, tried
from tests.kernel.outcomes_told import FILE, table
from tests.kernel.plausible import NOISE
from tests.kernel.reachable import BOOK, walked

TAKEN_FROM_WHOM_IT_IS_ABOUT = ("note", "hand_to_desk", "hand_over", "offer", "undo")
SEES_ALL = {"desk", "supervisor", "area_manager", "cs_head", "centre_head", "admin"}
SEES_THEIRS = {"engineering", "security", "monitor", "cleaning", "staff"}


def expected(found: Tried) -> str:
    """The rule that has to refuse it, by the tables and the order in which they speak; none where it is taken."""
    seen, command = found.seen, found.command
    case, request, by = seen.case, seen.book.requests[seen.case.kind], seen.book.people[command.by]
    at = found.refusal.at if found.refusal else found.events[0].at
    moment = Moment(case, command, at, by, seen.book, request, found.others)
    for bar in request.bars:
        here = case.state in bar.states or (not bar.states and case.open)
        if here and command.name in bar.commands and bar.when(moment):
            return bar.rule
    named = [each for each in request.steps if each.command == command.name and case.state in each.states]
    rows = [each for each in named if each.for_case(case)]
    if not rows:
        known = any(each.command == command.name for each in request.steps)
        return "not_in_this_state" if known else "unknown_command"
    if case.facts.get("against") == by.id and command.name not in TAKEN_FROM_WHOM_IT_IS_ABOUT:
        return "about_them"
    theirs = [each for each in rows if may(each, case, by, moment, everywhere=False)]
    if not theirs:
        elsewhere = any(may(each, case, by, moment, everywhere=True) for each in rows)
        return "outside_area" if elsewhere else "not_their_role"
    read = read_fields(_asked(theirs), command, seen.book)
    if isinstance(read, Misread):
        return "field_misread"
    return _of_the_row(theirs, Moment(case, command, at, by, seen.book, request, found.others, read))


def _of_the_row(theirs: Sequence[Step], moment: Moment) -> str:
    fitting = [each for each in theirs if each.when(moment)]
    row = fitting[0] if fitting else theirs[-1]
    if any(each.must and moment.given.get(each.name) in (None, "", ()) for each in row.fields):
        return "field_missing"
    for bar in row.bars:
        if bar.when(moment):
            return bar.rule
    return "form_incomplete_at_closing" if _lacks(row, moment) else ""


def _asked(rows: Sequence[Step]) -> Asked:
    """A field is as the first row has it, or as one that insists on it."""
    fields: dict[str, Field] = {}
    for each in (field for row in rows for field in row.fields):
        fields[each.name] = each if each.must and not fields.get(each.name, each).must else fields.get(each.name, each)
    left_out = {name: each.default for name, each in fields.items() if not each.must and each.default is not None}
    return Asked(fields, left_out, tuple(name for name, each in fields.items() if each.must))


def _lacks(row: Step, moment: Moment) -> bool:
    """Whether the form that this row closes is not complete [H-4.6.2]."""
    case, given = moment.case, moment.given
    anonymous = case.facts.get("anonymous") is True
    if row.to != "closed" and not (row.to == "awaiting_call_back" and anonymous):
        return False
    facts: dict[str, Any] = dict(case.facts)
    facts |= {
        fact: given[name] for name, fact in row.keeps.items() if name in moment.command.fields and given.get(name)
    }
    for change in row.changes(moment):
        facts |= dict(change.values) if isinstance(change, Kept) else {}
    needed = {"summary"} if row.on_the_spot else {"summary", *moment.request.form} - ({"reply"} if anonymous else set())
    if any(not facts.get(each) for each in needed):
        return True
    roll = moment.handbook.households.get(facts.get("household") or "")
    who = facts.get("household") or facts.get("name") or given.get("name")
    how = [facts.get(each) or given.get(each) or (roll and getattr(roll, each)) for each in ("phone", "email")]
    return not (row.on_the_spot or anonymous) and not (who and any(how))


def may(row: Step, case: Case, by: Person, moment: Moment, *, everywhere: bool) -> bool:
    """Whether one of those that the row names is this person; with `everywhere`, as if areas were not."""
    household = moment.handbook.households.get(case.text("household"))
    area = case.facts.get("area") or (household.area if household else "")
    elsewhere = bool(by.areas and area and area not in by.areas) and not everywhere
    roles = {str(each) for each in by.roles}
    bound = {each for each in roles if not (each == "area_manager" and elsewhere)}
    standing = {
        "anyone": True,
        "owner": by.id in (case.owner, case.stand_in),
        "first_contact": by.id == case.first_contact,
        "offered": by.id == case.offered_to and (bound != set() or roles == set()),
        "handler": bool(bound & set(case.handlers)),
        "whoever_may_see": _may_see(case, by, roles),
        "handling_centre_head": "centre_head" in roles and "centre_head" in case.handlers,
    }
    script = moment.handbook.script(case.text("topic"), moment.at)
    if row.command in ("answer", "reply") and script is not None and script.spokesperson == by.id:
        return True
    return any(standing.get(who, who in bound) for who in row.who)


def _may_see(case: Case, by: Person, roles: set[str]) -> bool:
    theirs = by.id in (case.first_contact, case.owner, *case.workers) or bool(roles & set(case.handlers))
    grave = case.facts.get("major") is True or any(each.name == "report_up" for each in case.duties)
    return (
        bool(roles & SEES_ALL)
        or (bool(roles & SEES_THEIRS) and theirs)
        or ("hq" in roles and case.kind == "complaint" and grave)
    )


def told(found: Tried) -> str:
    """Which case and command that was, for whoever reads that a test failed."""
    case = found.seen.case
    way = " ".join(each.name for each in case.history)
    return f"{case.kind} {case.state} ({way}): {found.command.name} by {found.command.by} {dict(found.command.fields)}"


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_taken_or_refused_as_the_rows_of_the_table_say(kind: str) -> None:
    for found in all_tried(kind):
        rule = found.refusal.rule if found.refusal else ""
        assert rule == expected(found), told(found)
        assert bool(found.events) == (found.refusal is None), told(found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_says_why_in_both_languages_and_cites_the_rows_clause(kind: str) -> None:
    request = REQUESTS[kind]
    clauses = {bar.rule: bar.clause for bar in (*request.bars, *(each for step in request.steps for each in step.bars))}
    for found in all_tried(kind):
        if found.refusal is not None:
            assert found.refusal.why.zh
            assert found.refusal.why.en
            if found.refusal.rule in clauses:
                assert found.refusal.clause == clauses[found.refusal.rule], told(found)


@pytest.mark.parametrize("kind", KINDS)
def test_to_whom_it_is_offered_some_fields_are_accepted_and_to_nobody_else(kind: str) -> None:
    accepted: dict[tuple[int, str, str], bool] = {}
    seen_as = {id(found.seen): found.seen for found in all_tried(kind)}
    for found in all_tried(kind):
        key = (id(found.seen), found.command.name, found.command.by)
        accepted[key] = accepted.get(key, False) or found.refusal is None
    offers = {(at, by): offered(seen, by) for at, seen in seen_as.items() for by in PEOPLE}
    for (at, command, by), taken in accepted.items():
        assert taken == (command in offers[at, by]), (
            f"{kind} {seen_as[at].case.state}: {command} by {by}, {seen_as[at].case.facts}"
        )


def canonical(case: Case) -> str:
    """The case's whole history as one text."""
    return json.dumps([event_out(each) for each in case.history], sort_keys=True, ensure_ascii=False)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_asked_changes_nothing_of_the_case_it_is_asked_of(kind: str) -> None:
    for seen in representatives(walked(kind))[::3]:
        before = (repr(seen.case), canonical(seen.case))
        for _ in tried(seen, REQUESTS[kind].commands[1:], ("desk", "engineering", seen.case.owner)):
            pass
        assert (repr(seen.case), canonical(seen.case)) == before


@pytest.mark.parametrize("kind", KINDS)
def test_nonsense_in_the_fields_is_refused_or_read_and_never_raises(kind: str) -> None:
    for seen in representatives(walked(kind))[::4]:
        for command in REQUESTS[kind].commands[1:]:
            for fields in NOISE:
                for by in ("desk", "cs_head", "engineering"):
                    found = attempt(seen, command, by, seen.at, fields)
                    assert bool(found.events) == (found.refusal is None)


def plain(found: Tried) -> Mapping[str, Any]:
    return {"rule": found.refusal.rule if found.refusal else "", "events": [event_out(each) for each in found.events]}


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_asked_twice_comes_to_the_same(kind: str) -> None:
    for found in all_tried(kind)[::97]:
        again = decide(
            found.seen.case,
            found.command,
            found.refusal.at if found.refusal else found.events[0].at,
            BOOK,
            found.others,
        )
        assert again == (found.refusal or found.events)
        assert isinstance(again, Refusal) == (found.refusal is not None)


def test_the_table_of_outcomes_is_as_it_was_reviewed() -> None:
    assert FILE.read_text(encoding="utf-8") == table(), "a rule has changed: `make outcomes` writes the table anew"
