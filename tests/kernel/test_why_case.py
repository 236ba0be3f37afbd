"""A case asked why: who answers for it, who handles it, where it is filed; and whatever happened, it holds together."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantai import Case
from qiantai.why import Branch, tell_case, tell_duty, why
from tests.kernel.front_desk import KINDS, FrontDesk
from tests.kernel.plausible import RECEIPTS, Fields
from tests.kernel.walking import RECEIVERS, TURNS, Turn, Walk


def lines(branch: Branch, language: str) -> list[str]:
    """All that is told, line by line."""
    return [branch.text[language], *(line for each in branch.under for line in lines(each, language))]


def test_why_somebody_answers_for_it() -> None:
    desk = FrontDesk()
    repair = desk.receive("repair", "staff")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.clause.id, owner.owner.act.seq) == ("staff", "M-3.1c", 0)
    desk.do(repair, "hand_to_desk", "staff", to="desk2")
    desk.do(repair, "offer", "desk2", to="desk")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.act.command) == ("desk2", "hand_to_desk")
    assert owner.first_contact.person == "staff"
    assert owner.offered is not None
    assert (owner.offered.person, owner.offered.clause.id) == ("desk", "Q-S2b")
    desk.do(repair, "accept", "desk")
    owner = why(desk.case(repair), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.act.command, owner.offered) == ("desk", "accept", None)


def test_an_incident_is_in_no_book_and_sent_to_nobody() -> None:
    desk = FrontDesk()
    reason = why(desk.case(desk.incident()), desk.at, desk.handbook)
    told = lines(tell_case(reason, desk.handbook.people), "zh")
    assert reason.filing == ()
    assert any("事件本身不派人,也不归档" in line for line in told)
    assert not any("登记表" in line or "业户档案" in line for line in told)


def test_a_complaint_keeps_its_owner_and_names_who_stands_in() -> None:
    desk = FrontDesk()
    number = desk.receive("complaint")
    desk.do(number, "hand_over", "desk", to="desk2", reason="下班")
    owner = why(desk.case(number), desk.at, desk.handbook).owner
    assert (owner.owner.person, owner.owner.clause.id) == ("desk", "M-4.3a")
    assert owner.stand_in is not None
    assert (owner.stand_in.person, owner.stand_in.act.command) == ("desk2", "hand_over")


def test_who_handles_it_and_who_has_worked_on_it() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    assert why(desk.case(number), desk.at, desk.handbook).handler.roles == ()
    number = desk.reach("repair", "on_site")
    handler = why(desk.case(number), desk.at, desk.handbook).handler
    assert (handler.roles, handler.sent and handler.sent.command) == (("engineering",), "dispatch")
    assert [(each.person, each.act.command, each.clause.id) for each in handler.workers] == [
        ("engineering", "arrive", "M-3.3a")
    ]


@pytest.mark.parametrize(
    ("kind", "register", "dossier", "part", "clause"),
    [
        ("complaint", True, True, "complaint", "M-3.4a"),
        ("suggestion", True, True, "form", "H-4.6.2"),
        ("enquiry", True, False, "", "H-4.6.2"),
        ("challenge", True, True, "form", "H-4.6.2"),
        ("help", True, True, "service_record", "M-3.4a"),
        ("repair", True, True, "service_record", "M-3.4a"),
    ],
)
def test_where_it_is_filed_and_why(kind: str, register: bool, dossier: bool, part: str, clause: str) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, "closed")
    books = {each.book: each for each in why(desk.case(number), desk.at, desk.handbook).filing}
    assert (books["register"].kept, books["register"].clause.id) == (register, "H-4.6.1")
    found = books["dossier"]
    assert (found.kept, found.part, found.clause.id, found.settled) == (dossier, part, clause, True)
    assert found.under == ("1-1-101" if dossier else "")


def test_what_other_staff_answered_is_in_neither_book() -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "security")
    desk.do(number, "answer", "security", text="在二楼", satisfied=True)
    register, dossier = why(desk.case(number), desk.at, desk.handbook).filing
    assert (register.kept, register.why) == (False, "away_from_the_desk")
    assert (dossier.kept, dossier.why) == (False, "no_part")


def test_what_was_withdrawn_or_has_no_household_is_filed_so() -> None:
    desk = FrontDesk()
    number = desk.receive("repair", household=None, name="过路人", phone="13500000000")
    desk.do(number, "withdraw", "desk", reason="误报", mistaken=True)
    register, dossier = why(desk.case(number), desk.at, desk.handbook).filing
    assert (register.marked, dossier.marked, dossier.under) == ("mistaken", "mistaken", "unassigned")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(kind=st.sampled_from(KINDS), receipt=st.sampled_from(RECEIPTS), by=RECEIVERS, turns=TURNS)
def test_whatever_happened_every_reason_holds_together(
    kind: str, receipt: Fields, by: str, turns: Sequence[Turn]
) -> None:
    walk = Walk.begun(kind, receipt, by).go(turns)
    for each in (walk.number, walk.older):
        holds_together(walk.desk, walk.desk.case(each))


def holds_together(desk: FrontDesk, case: Case) -> None:
    """What a case's reasons say is what is on record, and nothing that was taken back is among them."""
    reason = why(case, desk.at, desk.handbook)
    live = {event.seq: event for event in case.live}
    assert len(reason.duties) == len(case.duties)
    for told, duty in zip(reason.duties, case.duties, strict=True):
        acts = [told.opened, told.runs_from, *(each.act for each in told.shifts)]
        acts += [told.verdict.ended] if told.verdict.ended else []
        assert all(
            (live[act.seq].name, live[act.seq].at, live[act.seq].by) == (act.command, act.at, act.by) for act in acts
        )
        assert all(act.clause is not None for act in acts if act.command != "recount")
        ends = [told.reckoning.due, *(each.after for each in told.shifts)]
        assert [each.before for each in told.shifts] == ends[:-1], "each move goes on from the one before"
        assert (ends[-1], told.verdict.status) == (duty.due, duty.status(desk.at))
        assert (told.verdict.ended is None) == duty.owed
        assert told.reckoning.anew is None, "the handbook is the one it was reckoned by"
        assert told.standard is not None
        assert not told.standard.revised
        assert told.runs_from.at <= told.reckoning.since <= told.due or told.shifts
    assert reason.owner.owner.person == case.owner
    assert (reason.owner.stand_in.person if reason.owner.stand_in else "") == case.stand_in
    assert {each.book for each in reason.filing if each.kept and each.settled} == set(case.filed)
    for branch in (tell_case(reason, {}), *(tell_duty(each, {}) for each in reason.duties)):
        assert all(lines(branch, language) and all(lines(branch, language)) for language in ("zh", "en"))
