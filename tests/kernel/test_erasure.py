"""A lawful erasure: words and salts are gone, the chain holds, and the history says what went, when and by whom."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from typing import Any

import pytest
from attrs import evolve

from qiantai import Break, Case, Done, Event, Refusal, Spot, audit, sealed, spots, verify
from qiantai.chain import words_of
from qiantai.events import Left
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.register import entry
from qiantai.seals import digest_of
from qiantai.wire import event_in, event_out
from qiantai.words import ERASED
from tests.kernel.front_desk import KINDS, FrontDesk

WHO = {"name": "王小丫", "phone": "13800001234"}


def closed(desk: FrontDesk, kind: str = "repair", **said: Any) -> Case:
    """A closed case of a resident, corrected on the way."""
    number = desk.reach(kind, "closed", **{**WHO, **said})
    desk.do(number, "correct", "desk", field="phone", value="13900005678", reason="王小丫说号码记错")
    return desk.case(number)


def erased(desk: FrontDesk, case: Case, *names: str, by: str = "cs_head", reason: str = "住户要求删除") -> Done:
    """The erasure, which is carried out."""
    done = desk.desk.erase(case.number, by, *names, reason=reason)
    assert isinstance(done, Done), done
    return done


def refused(desk: FrontDesk, case: Case, *names: str, by: str = "cs_head", reason: str = "住户要求") -> Refusal:
    """The erasure, which is refused and changes nothing."""
    before = desk.case(case.number)
    answer = desk.desk.erase(case.number, by, *names, reason=reason)
    assert isinstance(answer, Refusal)
    assert desk.case(case.number) == before
    return answer


def written(history: Sequence[Event]) -> str:
    """All that a store would write of it."""
    return json.dumps([event_out(each) for each in history], ensure_ascii=False)


def test_the_words_are_gone_and_the_history_says_so_and_still_verifies() -> None:
    desk = FrontDesk()
    case = closed(desk)
    salts = [each.salt for each in case.history if each.salt]
    done = erased(desk, case, "name", "phone")
    last = done.case.history[-1]
    assert done.events == (last,)
    assert (last.name, last.by, last.at) == ("erase", "cs_head", desk.at)
    assert last.fields["erased"] == ("0.name", "0.phone", "0.name*", "0.phone*", "5.value", "5.phone*")
    text = written(done.case.history)
    for gone in ("13800001234", "13900005678", salts[0]):
        assert gone not in text
    assert "王小丫说号码记错" in text, "what was not asked for stays"
    assert verify(done.case.history) is None
    assert [each.seal for each in done.case.history[:-1]] == [each.seal for each in case.history]


def test_a_number_cannot_be_guessed_from_what_is_left() -> None:
    desk = FrontDesk()
    case = closed(desk)
    first = case.history[0]
    left = erased(desk, case, "phone").case.history[0].left
    assert left is not None
    assert left.digests["phone"] == digest_of(first.salt, None, "phone", WHO["phone"])
    known = [*left.salts.values(), *left.digests.values(), first.seal, "", "phone"]
    tried = {digest_of(salt, None, place, WHO["phone"]) for salt, place in product(known, ("phone", "phone*"))}
    assert not tried & set(left.digests.values())


@pytest.mark.parametrize("kind", KINDS)
def test_everything_can_be_erased_name_by_name_or_at_once(kind: str) -> None:
    for at_once in (True, False):
        desk = FrontDesk()
        case = closed(desk, kind)
        names = dict.fromkeys(each.name for each in spots(case))
        for several in [()] if at_once else [(each,) for each in names]:
            if at_once or any(each.name in several for each in spots(desk.case(case.number))):
                erased(desk, desk.case(case.number), *several)
                assert verify(desk.case(case.number).history) is None
        after = desk.case(case.number)
        assert spots(after) == ()
        assert {t for e in after.history if e.name != "erase" for t in words_of(e).values()} == {ERASED}
        assert (after.state, after.duties, after.filed) == (case.state, case.duties, case.filed)
        assert [event_in(json.loads(json.dumps(event_out(each)))) for each in after.history] == list(after.history)


def test_the_same_words_kept_again_by_the_same_event_go_too() -> None:
    desk = FrontDesk()
    case = closed(desk, "complaint")
    assert {each.place for each in spots(case, ("reply",))} == {"text", "reply*"}
    done = erased(desk, case, "reply")
    assert done.case.text("reply") == ERASED
    assert "已整改" in done.case.text("result"), "another event said the same, and stays"


def test_erased_words_read_as_erased_wherever_they_are_shown() -> None:
    desk = FrontDesk()
    case = erased(desk, closed(desk), "name", "phone", "summary").case
    line = entry(case, desk.handbook)
    assert (line.name, line.phone, line.summary) == (ERASED,) * 3
    assert mask_name(ERASED) == mask_phone(ERASED) == mask_words(ERASED) == ERASED


def test_a_closed_case_can_go_on_after_it() -> None:
    desk = FrontDesk()
    case = erased(desk, closed(desk), "phone").case
    desk.do(case.number, "note", "desk", text="已告知住户")
    desk.do(case.number, "correct", "desk", field="phone", value="13700000000", reason="新号码")
    assert verify(desk.case(case.number).history) is None
    again = erased(desk, desk.case(case.number), "phone").case
    assert "13700000000" not in written(again.history)
    assert verify(again.history) is None


def test_an_erasure_is_not_undone_nor_what_came_before_it() -> None:
    desk = FrontDesk()
    case = erased(desk, closed(desk), "phone", by="cs_head").case
    for by in ("cs_head", "desk"):
        answer = desk.desk.do(case.number, "undo", by)
        assert isinstance(answer, Refusal)
        assert answer.rule == "erased_for_good"


@pytest.mark.parametrize("by", ["cs_head", "centre_head", "admin"])
def test_the_heads_and_the_administrator_may_erase(by: str) -> None:
    desk = FrontDesk()
    assert erased(desk, closed(desk), "name", by=by).events[0].by == by


def test_what_is_refused_says_why_and_what_would_do() -> None:
    desk = FrontDesk()
    case = closed(desk)
    still = desk.case(desk.receive("help"))
    assert refused(desk, case, "name", by="desk").rule == "not_their_role"
    assert "Administrator" in refused(desk, case, "name", by="desk").would_do.en
    assert refused(desk, case, "name", by="nobody").rule == "unknown_person"
    assert refused(desk, still, "phone").sentence.en == (
        "Erase is refused: the case is open: its call-back needs the name and number. What would do: close it first"
    )
    assert refused(desk, case, "name", reason=" ").rule == "field_missing"
    for strange in ("colour", "kind", "household", "erased"):
        answer = refused(desk, case, "phone", strange)
        assert answer.rule == "unknown_field"
        assert strange in answer.why.en
        assert "phone" in answer.would_do.en
    erased(desk, case, "name")
    assert refused(desk, desk.case(case.number), "name").rule == "nothing_left"
    desk.at = desk.at.replace(year=2025)
    answer = refused(desk, desk.case(case.number), "phone")
    assert answer.rule == "time_runs_backwards"
    assert case.number in answer.why.en
    assert "Erase" in answer.why.en
    assert "clock" in answer.would_do.en


def test_an_incident_is_erased_once_it_has_ended_and_its_cases_keep_what_was_said_in_them() -> None:
    desk = FrontDesk()
    number = desk.receive("repair")
    incident = desk.incident(number)
    answer = refused(desk, desk.case(incident), "summary")
    assert (answer.rule, answer.would_do.en) == ("still_open", "end it first")
    desk.do(incident, "complete", "desk", result="已恢复")
    linked = desk.case(number)
    after = erased(desk, desk.case(incident)).case
    assert (after.text("result"), after.linked, verify(after.history)) == (ERASED, (number,), None)
    assert desk.case(number) == linked
    assert linked.text("result") == "已恢复"
    assert audit(desk.desk.store).whole


def changed(history: Sequence[Event], place: int, **to: Any) -> tuple[Event, ...]:
    """The history with one event changed."""
    return (*history[:place], evolve(history[place], **to), *history[place + 1 :])


def test_what_is_erased_behind_the_desks_back_is_found() -> None:
    desk = FrontDesk()
    case = closed(desk)
    by_hand = erased(desk, case, "phone").case.history[:-1]
    found = verify(by_hand)
    assert found == Break(case.number, 0, "erased_unrecorded")


def test_what_comes_back_after_its_erasure_is_found() -> None:
    desk = FrontDesk()
    case = closed(desk)
    after = erased(desk, case, "phone").case.history
    assert verify(changed(after, 0, **{name: getattr(case.history[0], name) for name in ("fields", "changes")})) == (
        Break(case.number, 0, "altered")
    )
    restored = (case.history[0], *after[1:])
    assert verify(restored) == Break(case.number, 0, "not_erased")


def test_the_digest_and_the_salts_that_are_left_cannot_be_changed() -> None:
    desk = FrontDesk()
    case = closed(desk)
    after = erased(desk, case, "phone").case.history
    left = after[0].left
    assert left is not None
    gone = dict(left.digests) | {"phone": left.digests["phone*"]}
    for other in (
        Left(left.salts, gone),
        Left({**left.salts, "name": left.salts["summary"]}, left.digests),
        Left({**left.salts, "more": "x"}, left.digests),
        Left(left.salts, {**left.digests, "more": "x"}),
        Left({}, left.digests),
        None,
    ):
        assert verify(changed(after, 0, left=other)) == Break(case.number, 0, "altered")
    assert verify(changed(after, 0, salt="x")) == Break(case.number, 0, "altered")
    assert verify(changed(after, 0, fields={**after[0].fields, "phone": "1"})) == Break(case.number, 0, "altered")


def test_a_record_of_an_erasure_that_never_was_is_found() -> None:
    desk = FrontDesk()
    case = closed(desk)
    last = Event(case.number, len(case.history), desk.at, "admin", "erase", {"erased": ("0.phone",), "reason": "无"})
    forged = (*case.history, sealed(last, case.history[-1].seal, "abcdefghijklmnop"))
    assert verify(forged) == Break(case.number, 0, "not_erased")


def test_a_spot_says_where_words_stand() -> None:
    desk = FrontDesk()
    case = closed(desk)
    assert spots(case, ("name",)) == (Spot(0, "name", WHO["name"]), Spot(0, "name*", WHO["name"]))
    assert {each.name for each in spots(case, ("name",))} == {"name"}
