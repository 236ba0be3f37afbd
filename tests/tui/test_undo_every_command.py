"""Every command of every kind: the toast offers ^Z where the rules would take it back, and ^Z does as the rules say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from attrs import evolve

from qiantai import Case, Command, Desk, Done, MemoryStore, Refusal
from qiantai.words import Bilingual
from qiantai_tui.app import DeskApp
from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.text import showing
from qiantai_tui.text.words import say
from tests.kernel.estate import bare
from tests.kernel.front_desk import KINDS
from tests.kernel.outcomes import PEOPLE, Tried, attempt, incident, of_others_standing, older, representatives
from tests.kernel.plausible import FIELDS
from tests.kernel.reachable import BOOK, Seen, walk
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.stages import stage
from tests.tui.taken_back import told

WALKED = 250
"""Cases from which the ways of a kind are looked at: enough for each of its commands to be given by somebody."""
SAID = Bilingual("办了", "done")


def one_of_each(kind: str) -> Iterator[Tried]:
    """Each command of a kind once, as somebody could give it in some state."""
    some = walk(kind, limit=WALKED)
    seens = (*representatives(some), *of_others_standing(some))
    for command in dict.fromkeys(name for _, name in BOOK.requests[kind].table if name not in ("undo", "receive")):
        found = next(_given(seens, command), None)
        assert found is not None, f"nobody can {command} a {kind}"
        yield found


def _given(seens: Sequence[Seen], command: str) -> Iterator[Tried]:
    for seen in seens:
        if (seen.case.state, command) in BOOK.requests[seen.case.kind].table:
            for by in PEOPLE:
                for fields in FIELDS.get(command, ({},)):
                    found = attempt(seen, command, by, seen.at + timedelta(seconds=30), fields)
                    if found.events:
                        yield found


class Told(list[str]):
    """What the program says: its toasts, and by which rule it refused."""

    def __init__(self, app: DeskApp, patch: pytest.MonkeyPatch) -> None:
        super().__init__()
        patch.setattr(app, "notify", lambda said, **_: self.append(say(said)))
        patch.setattr(app, "refuse", lambda refusal: self.append(refusal.rule))
        patch.setattr(app, "tell_screens", lambda *_: None)


def stand(desk: Driver, cases: tuple[Case, ...], by: str) -> DeskApp:
    """Has the desk keep these cases, and this person at it."""
    store = MemoryStore()
    for case in cases:
        store.append(case.history)
    app = desk.app
    app.site = evolve(app.site, desk=Desk(BOOK, store, desk.clock))
    app.person, app.acts = BOOK.people[by], []
    return app


def gone_through(desk: Driver, found: Tried, told: Told) -> str:
    """What is wrong with the toast and with ^Z after a command; empty for nothing."""
    seen, command = found.seen, found.command
    desk.clock.at = seen.at + timedelta(seconds=30)
    app = stand(desk, (seen.case, older(seen.case.kind), incident()), command.by)
    before = app.desk.case(seen.case.number)
    done = app.carry_out(command.case, command.name, **command.fields)
    if not isinstance(done, Done):
        return f"{command.name}: {done.sentence.zh}"
    told.clear()
    app.tell_done(SAID, command.case)
    refused = app.seat.would_refuse(command.case, "undo")
    offered = "内可 ^Z 撤销" in told[0]
    if offered is not (refused is None) or (refused is not None and say(refused.would_do) not in told[0]):
        return f"{command.name}: {told}, where the rules say {refused}"
    told.clear()
    app.action_undo()
    return _undone(app, found, before, refused, told)


def _undone(app: DeskApp, found: Tried, before: Case, refused: Refusal | None, told: Told) -> str:
    after, name = app.desk.case(before.number), found.command.name
    if refused is not None:
        return "" if told == [refused.rule] and after.struck == before.struck else f"{name}: {told}, not {refused.rule}"
    taken = bare(after) == bare(before)
    taken &= all(bare(app.desk.case(number)) == bare(each) for number, each in found.others.items())
    named = say(showing.command(after, name))
    return "" if taken and named in told[0] else f"{name} is not taken back, or not named: {told}"


async def test_the_toast_and_the_key_go_by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: list[str] = []
    count = 0
    async with stage("desk") as desk:
        told = Told(desk.app, monkeypatch)
        for kind in KINDS:
            for found in one_of_each(kind):
                wrong += [f"{kind}: {each}" for each in [gone_through(desk, found, told)] if each]
                count += 1
        monkeypatch.undo()
    assert not wrong, "\n".join(wrong)
    assert count > 120


async def test_a_receipt_an_opening_and_an_undo_stay() -> None:
    async with at_the_desk(clock=Clock()) as desk:
        for kind in KINDS:
            case = older(kind)
            desk.clock.at = case.received + timedelta(seconds=30)
            app = stand(desk, (case, incident()), "desk2")
            for number, rule in ((case.number, "receipt_stays"), (incident().number, "incident_stays")):
                refused = app.seat.would_refuse(number, "undo")
                assert refused is not None
                assert refused.rule == rule
                app.tell_done(SAID, number)
                await desk.pilot.pause()
                assert say(refused.would_do) in told(desk)
            assert "^Z" not in told(desk)
            assert isinstance(app.carry_out(case.number, "note", text="看过"), Done)
            app.action_undo()
            assert (found := app.seat.would_refuse(case.number, "undo")) is not None
            assert found.rule == "undone_once"


@pytest.mark.parametrize(("later", "rule"), [({"seconds": 5}, "not_ones_last"), ({"minutes": 11}, "undo_too_late")])
async def test_what_stands_in_the_way_is_shown(later: dict[str, float], rule: str) -> None:
    async with at_the_desk(clock=Clock()) as desk:
        case = older("repair")
        desk.clock.at = case.received + timedelta(seconds=30)
        app = stand(desk, (case,), "desk2")
        app.carry_out(case.number, "note", text="看过")
        if rule == "not_ones_last":
            app.desk.do(case.number, "urge", "desk", text="快")
        desk.clock.go(**later)
        await desk.press("f3", "ctrl+z")
        dialog = app.screen
        assert isinstance(dialog, RefusalDialog)
        assert dialog.refusal.rule == rule
        assert Command("undo", "desk2", case.number) == dialog.refusal.command
        assert not app.desk.case(case.number).struck
        assert app.last_act is None, "what stays is told once, and then ^Z goes on to the one before"
