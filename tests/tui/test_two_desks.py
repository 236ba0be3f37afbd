"""Two desks on one database: each sees what the other does, and neither loses what was typed or done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qiantai import Command, Conflict, Desk, Done, Refusal, Store, StoreError, audit, verify
from qiantai.books import SCRIPTS, SHIFTS, Books, books_in
from qiantai.deeds import APPROVE, DRAFT, SUBMIT, Deed
from qiantai.shift.asked import Asked
from qiantai.shift.book import ShiftBook, Stage
from qiantai.shift.summary import Summary
from qiantai.words import Bilingual
from qiantai_sql import open_postgresql, open_sqlite
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.screens.queue import QueueScreen
from qiantai_tui.shift.shifts import Shifts
from qiantai_tui.widgets.line_table import LineTable
from tests.plugins.postgres import NoServer, Server, a_server, or_skip
from tests.tui.desk_driver import Clock, Driver, at_the_desk, desk_in_memory, site_of
from tests.tui.hand_over_driver import signs
from tests.tui.waiting import until


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores on one file."""
    both = open_sqlite(tmp_path), open_sqlite(tmp_path)
    yield both
    for each in both:
        each.close()


def done(answer: object) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def a_leak(desk: Desk, household: str = "1-2-301", summary: str = "厨房漏水") -> str:
    facts = {"channel": "phone", "household": household, "summary": summary}
    return done(desk.receive("li", kind="repair", emergency=False, **facts)).case.number


def at_hand(here: Driver) -> str | None:
    return here.app.screen.query_one("#queue", LineTable).key


async def test_what_another_desk_takes_in_comes_onto_the_board_by_itself(stores: tuple[Store, Store]) -> None:
    clock = Clock()
    other = desk_in_memory(clock, stores[1])
    async with at_the_desk(store=stores[0], clock=clock) as here:
        mine = a_leak(other, summary="阳台漏水")
        await until(here.pilot, lambda: "阳台漏水" in here.screen)
        await here.press("f2")
        await here.type("5-1-101 投诉太吵")
        second = a_leak(other, "2-1-201", "灯不亮")
        await until(here.pilot, lambda: "灯不亮" in here.screen)
        assert "5-1-101 投诉太吵" in here.screen
        assert at_hand(here) == mine
        done(other.do(second, "withdraw", "li", reason="好了"))
        await until(here.pilot, lambda: "灯不亮" not in here.screen)
        assert at_hand(here) == mine


async def test_a_case_that_is_shown_follows_what_another_desk_does_with_it(stores: tuple[Store, Store]) -> None:
    clock = Clock()
    other = desk_in_memory(clock, stores[1])
    number = a_leak(other)
    async with at_the_desk(store=stores[0], clock=clock) as here:
        here.app.open_case(number)
        await here.pilot.pause()
        assert number in here.screen
        done(other.do(number, "note", "li", text="总阀在走廊"))
        await until(here.pilot, lambda: "总阀在走廊" in here.screen)


async def test_a_step_on_a_case_that_has_gone_on_is_refused_and_keeps_what_was_typed(
    stores: tuple[Store, Store],
) -> None:
    clock = Clock()
    other = desk_in_memory(clock, stores[1])
    number = a_leak(other)
    async with at_the_desk(store=stores[0], clock=clock) as here:
        here.app.screen.give(number, "note")  # type: ignore[attr-defined]
        await here.pilot.pause()
        await here.type("总阀在走廊")
        done(other.do(number, "note", "li", text="阀门在门后"))
        await here.press("f10")
        assert "刚被别人更新" in here.screen
        assert [each.name for each in other.case(number).history] == ["receive", "note"]
        await here.press("escape")
        assert "总阀在走廊" in here.screen
        await here.press("f10")
        await until(here.pilot, lambda: isinstance(here.app.screen, QueueScreen))
        said = [each.fields.get("text") for each in other.case(number).history]
        assert said == [None, "阀门在门后", "总阀在走廊"]
        assert audit(stores[0]).whole


async def test_a_store_that_cannot_be_read_for_a_while_ends_no_desk(
    stores: tuple[Store, Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    other = desk_in_memory(clock, stores[1])
    number = a_leak(other)

    def away(*_: Any) -> Any:
        raise StoreError(Bilingual("数据库连不上", "out of reach"))

    async with at_the_desk(store=stores[0], clock=clock) as here:
        with monkeypatch.context() as broken:
            for each in ("open_cases", "case", "news", "last_number"):
                broken.setattr(stores[0], each, away)
            here.app.tell_screens()
            here.app.open_case(number)
            await here.press("f4")
            await here.press("f12", "escape")
            assert "数据库连不上" in here.screen
            assert "厨房漏水" in here.screen
        done(other.do(number, "note", "li", text="来电催问"))
        here.app.open_case(number)
        await here.pilot.pause()
        await until(here.pilot, lambda: "来电催问" in here.screen)


@pytest.fixture(scope="module")
def postgres() -> Iterator[Server]:
    try:
        with a_server() as server:
            yield server
    except NoServer as missing:
        or_skip(missing, pytest.skip, pytest.fail)


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """Two stores of one site, whose folders are not the same."""
    address = request.getfixturevalue("postgres").new_site() if request.param == "postgresql" else ""
    both = [open_postgresql(tmp_path, address) if address else open_sqlite(tmp_path) for _ in range(2)]
    yield both[0], both[1]
    for each in both:
        each.close()


async def test_a_wording_that_one_desk_has_agreed_on_is_given_at_the_other(shared: tuple[Store, Store]) -> None:
    clock = Clock()
    other = site_of(desk_in_memory(clock, shared[1]))
    async with at_the_desk(store=shared[0], clock=clock) as here:
        assert here.app.site.folder != other.folder
        await until(here.pilot, lambda: not here.app.site.desk.store.news())
        clock.go(minutes=1)
        deed = agree(other, "li", DRAFT, topic="water", text="水费按表计费,每月一次")
        assert isinstance(deed, Deed), deed
        for name, by in ((SUBMIT, "li"), (APPROVE, "zhao")):
            assert isinstance(agree(other.with_scripts(), by, name, id=deed.id, version=deed.version), Deed)

        def speaks() -> bool:
            script = here.app.desk.handbook.script("water", clock() + timedelta(minutes=1))
            return script is not None and script.text == deed.text("text")

        await until(here.pilot, speaks)
        again = agree(here.app.site, "li", DRAFT, topic="water", text="第二版")
        assert isinstance(again, Deed), again
        assert again.version == deed.version + 1
        assert verify(books(shared[1]).book(SCRIPTS)) is None


async def test_a_hand_over_that_was_signed_at_one_desk_is_taken_at_the_other(shared: tuple[Store, Store]) -> None:
    clock = Clock()
    other = Shifts(site_of(desk_in_memory(clock, shared[1])).books)

    def line(name: str, by: str, **fields: object) -> ShiftBook | Refusal:
        summary = Summary("he", clock(), clock())
        handbook = desk_in_memory(clock).handbook
        return other.write(lambda book: Asked(book, Command(name, by, "", fields), clock(), handbook, (), summary))

    async with at_the_desk("li", store=shared[0], clock=clock) as here:
        line("draw_up", "he", to="li")
        line("sign_off", "he", hand_over=1, notes="电梯维保明早来")
        await here.press("f24")
        assert "电梯维保明早来" in here.screen
        await signs(here, "李静")
        assert other.book().hand_overs[0].stage is Stage.TAKEN_OVER
        refused = line("take_over", "li", hand_over=1)
        assert isinstance(refused, Refusal)
        assert refused.rule == "hand_over_ended"
        assert verify(books(shared[1]).book(SHIFTS)) is None


def books(store: Store) -> Books:
    found = books_in(store)
    assert found is not None
    return found


def test_a_desk_that_looked_at_an_earlier_state_is_told(stores: tuple[Store, Store]) -> None:
    one, other = (desk_in_memory(Clock(), each) for each in stores)
    number = a_leak(one)
    seen = len(other.case(number).history)
    done(one.do(number, "note", "li", text="阀门在门后"))
    with pytest.raises(Conflict, match="刚被别人更新"):
        other.do(number, "note", "li", seen, text="总阀在走廊")
    assert done(other.do(number, "note", "li", seen + 1, text="总阀在走廊")).case.history[-1].seq == 2
