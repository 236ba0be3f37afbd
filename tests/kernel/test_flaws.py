"""What is wrong with a kind's tables is said as it comes in; the kernel's own six have nothing wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from attrs import evolve

from qiantai import LIMITS, Clause, Period
from qiantai.flaws import flaw
from qiantai.lifecycle import DutyRule, On, Request
from qiantai.policy import Limit
from qiantai.requests import REQUESTS
from qiantai.requests.common.linked import told

HELP = REQUESTS["help"]
GREET = DutyRule(Clause("H-4.2.1"), "greet", "at_once", "owner")
RECEIVE, *REST = HELP.steps


@pytest.mark.parametrize("kind", REQUESTS)
def test_the_kernels_own_kinds_have_no_flaw(kind: str) -> None:
    assert flaw(REQUESTS[kind], LIMITS) is None


FLAWS: Mapping[str, Mapping[str, Any]] = {
    "no step receives it": {"steps": tuple(each for each in HELP.steps if each.command != "receive")},
    "it has no state closed": {"states": tuple(each for each in HELP.states if each != "closed")},
    "leads to gone, which is no state of it": {"steps": (evolve(RECEIVE, to="gone"), *REST)},
    "opens greet, which is no duty of it": {"steps": (evolve(RECEIVE, opens=("greet",)), *REST)},
    "reactions opens greet, which is no duty of it": {"reactions": (On("greet"),)},
    "no step discharges the duty greet": {"duties": (*HELP.duties, GREET)},
    "the duty arrive goes by someday, which is no length of time": {
        "duties": tuple(evolve(each, limit="someday") if each.name == "arrive" else each for each in HELP.duties)
    },
    "the duty arrive goes by joint_residents, which is no length of time": {
        "duties": tuple(
            evolve(each, limit="joint_residents") if each.name == "arrive" else each for each in HELP.duties
        )
    },
    "received —broadcast→ same opens greet, which is no duty of it": {
        "linked": (told("H-4.2.1", "received", opens=("greet",)),)
    },
    "leads to awaiting_call_back, which is no state of it": {
        "states": tuple(each for each in HELP.states if each != "awaiting_call_back"),
        "steps": tuple(each for each in HELP.steps if each.to != "awaiting_call_back"),
    },
    "it cites gates:2, which is no clause": {"linked": (told("gates:2", "received"),)},
    "its numbers have no prefix": {"prefix": ""},
    "the limit at_once is there already": {"limits": (Limit(Clause("house"), "at_once", Period(3, "m")),)},
    "it cites gates:1, which is no clause": {"steps": (evolve(RECEIVE, clause=Clause("gates:1")), *REST)},
}


@pytest.mark.parametrize("said", FLAWS)
def test_what_does_not_hold_together_is_said(said: str) -> None:
    found = flaw(evolve(HELP, **FLAWS[said]), LIMITS)
    assert found is not None
    assert said in found.en
    assert found.zh != found.en


def test_a_limit_of_its_own_is_one_to_go_by() -> None:
    own = Limit(Clause("house"), "greeting", Period(3, "m"))
    rule = evolve(GREET, name="arrive", limit="greeting")
    duties = tuple(rule if each.name == "arrive" else each for each in HELP.duties)
    assert flaw(evolve(HELP, duties=duties, limits=(own,)), LIMITS) is None


def test_a_kind_that_is_not_there_stands_still() -> None:
    nothing: Request = REQUESTS["ferry"]
    assert (nothing.kind, nothing.commands, nothing.states) == ("ferry", (), ())
    assert REQUESTS.get("ferry") is None
    assert "ferry" not in REQUESTS


def test_its_numbers_are_told_apart_from_those_of_every_other_kind() -> None:
    found = flaw(HELP, LIMITS, {"BX", "QZ"})
    assert found is not None
    assert found.en == "the prefix QZ of its numbers is there already"
