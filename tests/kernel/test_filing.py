"""Filing: where a closed case goes, and what its form must hold before it may close."""

from __future__ import annotations

from typing import Any

import pytest

from qiantai.filing import UNASSIGNED, dossier_of
from qiantai.projections.dossier import dossier
from tests.kernel.front_desk import KINDS, FrontDesk

BOTH, REGISTER_ALONE = ("register", "dossier"), ("register",)


@pytest.mark.parametrize(
    ("kind", "filed", "part"),
    [
        ("complaint", BOTH, "complaint"),
        ("suggestion", BOTH, "form"),
        ("enquiry", REGISTER_ALONE, None),
        ("challenge", BOTH, "form"),
        ("help", BOTH, "service_record"),
        ("repair", BOTH, "service_record"),
    ],
)
def test_where_it_goes(kind: str, filed: tuple[str, ...], part: str | None) -> None:
    desk = FrontDesk()
    case = desk.case(desk.reach(kind, "closed"))
    assert case.filed == filed
    kept = dossier("1-1-101", [case], desk.handbook)
    assert {name: len(cases) for name, cases in kept.filed.items() if cases} == ({part: 1} if part else {})
    assert kept.other == (() if part else (case,))


@pytest.mark.parametrize("how", ["withdraw", "merge"])
@pytest.mark.parametrize("by", ["desk", "staff"])
@pytest.mark.parametrize("kind", KINDS)
def test_withdrawn_or_merged_it_goes_where_its_kind_goes(kind: str, by: str, how: str) -> None:
    desk = FrontDesk()
    older = desk.receive(kind)
    number = desk.later(minutes=1).receive(kind, by)
    case = desk.do(number, how, "desk", **({"into": older} if how == "merge" else {"reason": "收回", "mistaken": True}))
    assert case.filed == (REGISTER_ALONE if kind in ("enquiry", "challenge") else BOTH)
    assert (case.text("merged_into") == older) if how == "merge" else case.holds("withdrawn")
    assert case.holds("mistaken") is (how == "withdraw")


@pytest.mark.parametrize("command", ["answer", "reply"])
def test_an_enquiry_answered_away_from_the_desk_is_filed_nowhere(command: str) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff", household=None)
    if command == "reply":
        desk.do(number, "take_contact", "staff", phone="13600000000")
    case = desk.do(number, command, "staff", text="三楼", satisfied=True)
    assert (case.state, case.filed) == ("closed", ())
    assert desk.do(number, "note", "staff", text="人已找到地方").filed == (), "a later note files nothing anew"


def test_a_case_without_household_is_unassigned_until_corrected() -> None:
    desk = FrontDesk()
    number = desk.reach("repair", "awaiting_call_back", household=None, name="过路人", phone="13600000000")
    case = desk.do(number, "call_back", "desk", channel="phone", satisfied=True, quality_ok=True)
    assert (dossier_of(case), len(dossier("", [case], desk.handbook).filed["service_record"])) == (UNASSIGNED, 1)
    case = desk.do(number, "correct", "desk", field="household", value="1-1-103", reason="查到")
    assert (dossier_of(case), case.state, case.filed) == ("1-1-103", "closed", BOTH)
    assert len(dossier("1-1-103", [case], desk.handbook).filed["service_record"]) == 1


ENDS: dict[str, dict[str, Any]] = {
    "complaint": {"satisfied": True},
    "suggestion": {"satisfied": True},
    "enquiry": {"satisfied": True},
    "challenge": {"satisfied": True},
    "help": {"satisfied": True},
    "repair": {"satisfied": True, "quality_ok": True, "channel": "phone"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("lacks", "named"),
    [
        ({"household": None, "phone": "13600000000"}, "name"),
        ({"household": "4-1-401", "name": "无电话"}, "phone"),
        ({"summary": None}, "summary"),
    ],
)
def test_an_incomplete_form_does_not_close_and_is_told_what_it_lacks(
    kind: str, lacks: dict[str, Any], named: str
) -> None:
    desk = FrontDesk()
    number = desk.receive(kind, **lacks)
    if kind == "complaint" and named in ("name", "summary"):
        assert desk.refused(number, "assign", "desk", to="engineering") == "M-4.2a"
        return
    if kind in ("enquiry", "challenge") and named == "phone":
        assert desk.refused(number, "take_contact", "desk") == "H-4.3.1"
        return
    desk.reach(kind, "awaiting_call_back", number=number)
    assert desk.refused(number, "call_back", "desk", **ENDS[kind]) == "H-4.6.2"
    value = {"name": "王女士", "phone": "13600000000", "summary": "补记"}[named]
    desk.do(number, "correct", "desk", field=named, value=value)
    assert desk.do(number, "call_back", "desk", **ENDS[kind]).state == "closed"


@pytest.mark.parametrize(
    ("kind", "state", "command", "by", "without"),
    [
        ("complaint", "handling", "complete", "engineering", {"valid": False}),
        ("complaint", "resolved", "reply", "desk", {"channel": "phone"}),
        ("suggestion", "handling", "decide", "cs_head", {"outcome": "adopted"}),
        ("suggestion", "decided", "reply", "cs_head", {"channel": "phone"}),
        ("enquiry", "handling", "reply", "area_manager", {"channel": "phone"}),
        ("repair", "on_site", "complete", "engineering", {}),
    ],
)
def test_a_result_or_reply_that_says_nothing_does_not_close_it(
    kind: str, state: str, command: str, by: str, without: dict[str, Any]
) -> None:
    desk = FrontDesk()
    number = desk.reach(kind, state)
    desk.do(number, command, by, **without)
    for after in ("complete", "reply"):
        for who, fields in (
            ("engineering", {"result": "好", "valid": False}),
            ("desk", {"channel": "phone", "text": "好"}),
        ):
            if kind == "complaint" and after in desk.desk.offers(number, who):
                desk.do(number, after, who, **fields)
    if kind == "suggestion" and desk.case(number).state == "decided":
        desk.do(number, "reply", "cs_head", channel="phone", text="好")
    if kind == "suggestion":
        desk.do(number, "complete", "cs_head", result="好")
    assert desk.refused(number, "call_back", "desk", **ENDS[kind]) == "H-4.6.2"


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_withdrawn_merged_or_given_up_needs_only_its_summary(kind: str) -> None:
    desk = FrontDesk()
    older = desk.receive(kind)
    bare: dict[str, Any] = {"household": None, "phone": None, "place": None}
    for command, fields in (("withdraw", {}), ("merge", {"into": older})):
        number = desk.later(minutes=1).receive(kind, **bare)
        assert desk.do(number, command, "desk", **fields).state == "closed"
        nothing = desk.receive(kind, **bare, summary=None)
        assert desk.refused(nothing, command, "desk", **fields) == "H-4.6.2"
        assert command not in desk.desk.offers(nothing, "desk")


def test_what_is_given_up_as_unreachable_needs_neither_name_nor_number() -> None:
    desk = FrontDesk()
    number = desk.reach("help", "awaiting_call_back", household="4-1-401")
    for _ in range(3):
        desk.do(number, "call_back", "desk", reached=False)
    assert desk.refused(number, "call_back", "desk", satisfied=True) == "H-4.6.2"
    assert desk.do(number, "close", "desk", reason="联系不上").filed == BOTH


@pytest.mark.parametrize("command", [("note", {"text": "补记"}), ("correct", {"field": "place", "value": "东门"})])
def test_what_is_said_after_it_was_closed_files_it_nowhere_else(command: tuple[str, dict[str, str]]) -> None:
    desk = FrontDesk()
    number = desk.receive("enquiry", "staff")
    desk.do(number, "answer", "staff", text="周三开放", satisfied=True)
    assert desk.case(number).filed == ()
    name, fields = command
    assert desk.do(number, name, "staff", **fields).filed == (), "answered away from the desk it is in neither book"
