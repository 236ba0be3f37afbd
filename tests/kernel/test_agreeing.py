"""The life of a wording: drafted, submitted, approved, in force, withdrawn; by whom, and what is never changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from qiantai.agreeing import LONGEST, STEPS, steps_for
from qiantai.deeds import APPROVE, DRAFT, DROP, RETURN, SUBMIT, WITHDRAW
from qiantai.scripts import MAY_APPROVE, MAY_DRAFT, Stage
from tests.kernel.agreements import Agreements, day, refused
from tests.kernel.front_desk import NOISE, ROLES, STAFF, WATER

REASON = "数字错了"


def test_a_wording_is_in_force_from_its_approval_on_and_not_before() -> None:
    desk = Agreements()
    draft = desk.do(DRAFT, topic="water", text="按表计费,每月抄一次。")
    assert draft is not None
    assert (draft.id, draft.version, draft.valid_from) == ("water-1", 2, day(0))
    assert desk.in_force() == WATER
    desk.do(SUBMIT, id="water-1", version=2)
    assert desk.stage("water-1", 2) == Stage.SUBMITTED
    assert desk.in_force() == WATER
    approved = desk.do(APPROVE, "cs_head", id="water-1", version=2)
    assert approved is not None
    assert (approved.approved_by, desk.in_force()) == ("cs_head", approved)
    assert desk.stage("water-1", 1) == Stage.SUPERSEDED
    assert approved.approved is not None
    assert desk.handbook.script("water", approved.approved - timedelta(seconds=1)) == WATER


def test_a_new_topic_gets_an_answer_named_after_it() -> None:
    script = Agreements().approved("lifts", "三号楼电梯周五换好。")
    assert (script.id, script.version, script.topic) == ("lifts", 1, "lifts")


def test_a_day_to_come_is_waited_for_and_the_last_day_counts() -> None:
    desk = Agreements()
    desk.approved(first=day(3), last=day(4))
    assert desk.stage("water-1", 2) == Stage.TO_COME
    assert desk.in_force() == WATER
    assert desk.stage("water-1", 2, desk.at + timedelta(days=4)) == Stage.IN_FORCE
    assert desk.stage("water-1", 2, desk.at + timedelta(days=5)) == Stage.EXPIRED


def test_withdrawn_is_at_once_and_does_not_hand_back_to_the_version_before() -> None:
    desk = Agreements()
    desk.approved()
    gone = desk.do(WITHDRAW, "cs_head", id="water-1", version=2, reason=REASON)
    assert gone is not None
    assert desk.in_force() is None
    assert {desk.stage("water-1", 1), desk.stage("water-1", 2)} == {Stage.WITHDRAWN}
    assert gone.withdrawn is not None
    assert desk.handbook.script("water", gone.withdrawn - timedelta(seconds=1)) is not None
    again = desk.approved(text="另说。")
    assert (again.version, desk.in_force()) == (3, again)


@pytest.mark.parametrize("stage", [Stage.IN_FORCE, Stage.TO_COME, Stage.SUBMITTED, Stage.WITHDRAWN])
def test_nothing_but_a_draft_is_ever_changed(stage: Stage) -> None:
    desk = Agreements()
    if stage == Stage.SUBMITTED:
        desk.do(DRAFT, topic="water", text="按表计费。")
        desk.do(SUBMIT, id="water-1", version=2)
    else:
        desk.approved(first=day(5 if stage == Stage.TO_COME else 0))
    if stage == Stage.WITHDRAWN:
        desk.do(WITHDRAW, "cs_head", id="water-1", version=2, reason=REASON)
    assert desk.stage("water-1", 2) == stage
    found = refused(desk.asked(DRAFT, id="water-1", version=2, text="改口"))
    assert (found.rule, found.clause_id) == ("not_a_draft", "H-4.4.5")


def test_a_draft_is_changed_returned_and_dropped() -> None:
    desk = Agreements()
    desk.do(DRAFT, topic="water", text="按表计费。")
    changed = desk.do(DRAFT, "supervisor", id="water-1", version=2, text="按表计费,含税。", sensitive=True)
    assert changed is not None
    assert (changed.text, changed.sensitive, changed.topic) == ("按表计费,含税。", True, "water")
    desk.do(SUBMIT, id="water-1", version=2)
    assert refused(desk.asked(RETURN, "cs_head", id="water-1", version=2)).rule == "field_missing"
    desk.do(RETURN, "cs_head", id="water-1", version=2, reason=REASON)
    assert desk.stage("water-1", 2) == Stage.DRAFT
    assert desk.do(DROP, id="water-1", version=2) is None
    assert desk.handbook.scripts == (WATER,)


def test_of_one_answer_one_draft_at_a_time() -> None:
    desk = Agreements()
    desk.do(DRAFT, topic="water", text="按表计费。")
    assert refused(desk.asked(DRAFT, topic="water", text="另一个说法")).rule == "draft_there"
    desk.do(DRAFT, topic="noise", text="夜间不施工。")


@pytest.mark.parametrize("name", STEPS)
def test_who_may(name: str) -> None:
    desk = Agreements()
    desk.do(DRAFT, topic="water", text="按表计费。")
    said: dict[str, object] = {"id": "water-1", "version": 2, "reason": REASON}
    if name in (APPROVE, RETURN):
        desk.do(SUBMIT, id="water-1", version=2)
    if name == WITHDRAW:
        said["version"] = 1
    may = {str(each) for each in (MAY_APPROVE if name in (APPROVE, RETURN, WITHDRAW) else MAY_DRAFT)}
    for role in ROLES:
        found = desk.asked(name, role, **said)
        assert (getattr(found, "rule", "") == "not_theirs_to_agree") is (role not in may), role
        script = desk.version("water-1", int(str(said["version"])))
        assert script is not None
        assert (name in steps_for(script, STAFF[role], desk.at, desk.handbook)) is (role in may)
    assert refused(desk.asked(name, "nobody", **said)).rule == "unknown_person"


def test_what_will_not_do_is_refused() -> None:
    desk = Agreements((WATER, NOISE))
    wrong = {
        "unknown_script": desk.asked(SUBMIT, id="water-1", version=9),
        "unknown_command": desk.asked("shred_script", id="water-1", version=1),
        "unknown_field": desk.asked(DRAFT, topic="water", text="按表", colour="red"),
        "field_missing": desk.asked(DRAFT, topic="water", text=" "),
        "too_long": desk.asked(DRAFT, topic="water", text="水" * (LONGEST + 1)),
        "unknown_person": desk.asked(DRAFT, topic="water", text="按表", spokesperson="ghost"),
        "not_a_day": desk.asked(DRAFT, topic="water", text="按表", first="明天"),
        "never_in_force": desk.asked(DRAFT, topic="water", text="按表", first=day(3), last=day(2)),
        "not_in_this_stage": desk.asked(APPROVE, "cs_head", id="water-1", version=1),
    }
    assert {rule: refused(found).rule for rule, found in wrong.items()} == {rule: rule for rule in wrong}
    assert refused(desk.asked(DRAFT, text="按表")).would_do.zh == "主题"
    for first in (day(-9), None):
        gone_by = desk.asked(DRAFT, topic="water", text="按表", first=first, last=day(-1))
        assert refused(gone_by).rule == "never_in_force"


def test_what_would_never_have_its_say_is_not_approved() -> None:
    desk = Agreements()
    desk.do(DRAFT, topic="water", text="晚了", last=day(1))
    desk.do(SUBMIT, id="water-1", version=2)
    late = Agreements(desk.given, desk.at + timedelta(days=2), desk.deeds)
    assert refused(late.asked(APPROVE, "cs_head", id="water-1", version=2)).rule == "never_in_force"
    desk = Agreements()
    desk.do(DRAFT, topic="water", text="早了", first=day(-1000))
    desk.do(SUBMIT, id="water-1", version=2)
    found = refused(desk.asked(APPROVE, "cs_head", id="water-1", version=2))
    assert found.rule == "behind_another"
    assert "2026-01-01" in found.would_do.zh
