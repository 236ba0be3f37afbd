"""Our own stores keep what every store promises: the suite that an author outside uses, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest
from attrs import evolve
from tests.plugins.postgres import Server

from qiantai.books import SCRIPTS, SHIFTS, Books, books_in
from qiantai.case import Case
from qiantai.events import Event
from qiantai.memory import MemoryStore
from qiantai.people import Household
from qiantai.store import Look, Store
from qiantai.testing import BooksContract, SharingContract, StoreContract, restarting
from qiantai.testing.books import put
from qiantai_sql import open_postgresql, open_sqlite
from qiantai_tinydb import open_store
from qiantai_tui.sites.books import FileBooks

PATIENCE = 60.0
STORES: dict[str, Callable[[Path], Store]] = {
    "memory": lambda _: MemoryStore(),
    "tinydb": open_store,
    "tinydb-restarting": lambda path: restarting(lambda: open_store(path)),
    "sqlite": open_sqlite,
    "sqlite-restarting": lambda path: restarting(lambda: open_sqlite(path)),
}


class TestOurStores(StoreContract):
    @pytest.fixture(params=STORES)
    def store(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
        opened = STORES[request.param](tmp_path / "site")
        yield opened
        opened.close()


class TestPostgresql(StoreContract):
    @pytest.fixture(params=["as it is", "restarting"])
    def store(self, request: pytest.FixtureRequest, tmp_path: Path, postgres: Server) -> Iterator[Store]:
        address = postgres.new_site()

        def opening() -> Store:
            return open_postgresql(tmp_path, address)

        opened = restarting(opening) if request.param == "restarting" else opening()
        yield opened
        opened.close()


class TestSqliteShared(SharingContract):
    @pytest.fixture
    def both(self, tmp_path: Path) -> Iterator[tuple[Store, Store]]:
        with closing(open_sqlite(tmp_path)) as one, closing(open_sqlite(tmp_path)) as other:
            yield one, other


class TestPostgresqlShared(SharingContract):
    @pytest.fixture
    def both(self, tmp_path: Path, postgres: Server) -> Iterator[tuple[Store, Store]]:
        address = postgres.new_site()
        with closing(open_postgresql(tmp_path, address)) as one, closing(open_postgresql(tmp_path, address)) as other:
            assert list(other.news()) == []
            yield one, other

    def heard(self, store: Store, *numbers: str) -> bool:
        end, found = monotonic() + PATIENCE, set[str]()
        while not (found := found | set(store.news())) >= set(numbers):
            if monotonic() > end:
                return False
            sleep(0.01)
        return True


class TestSqliteBooks(BooksContract):
    @pytest.fixture
    def both(self, tmp_path: Path) -> Iterator[tuple[Books, Books]]:
        with closing(open_sqlite(tmp_path)) as one, closing(open_sqlite(tmp_path)) as other:
            yield books_of(one), books_of(other)

    def test_what_another_wrote_is_news_and_another_stamp(self, tmp_path: Path) -> None:
        with closing(open_sqlite(tmp_path)) as one, closing(open_sqlite(tmp_path)) as other:
            here, there = books_of(one), books_of(other)
            before = there.stamp(SHIFTS), there.stamp(SCRIPTS)
            put(here, notes="先到")
            assert list(other.news()) == [SHIFTS]
            assert list(other.news()) == list(one.news()) == []
            assert (there.stamp(SHIFTS) != before[0], there.stamp(SCRIPTS) == before[1]) == (True, True)


class TestPostgresqlBooks(BooksContract):
    @pytest.fixture
    def both(self, tmp_path: Path, postgres: Server) -> Iterator[tuple[Books, Books]]:
        address = postgres.new_site()
        with closing(open_postgresql(tmp_path, address)) as one, closing(open_postgresql(tmp_path, address)) as other:
            yield books_of(one), books_of(other)

    def test_what_another_wrote_is_news_and_another_stamp(self, tmp_path: Path, postgres: Server) -> None:
        address = postgres.new_site()
        with closing(open_postgresql(tmp_path, address)) as one, closing(open_postgresql(tmp_path, address)) as other:
            assert list(other.news()) == []
            there, before, end = books_of(other), books_of(other).stamp(SHIFTS), monotonic() + PATIENCE
            put(books_of(one), notes="先到")
            while there.stamp(SHIFTS) == before and monotonic() < end:
                other.news()
                sleep(0.01)
            assert there.stamp(SHIFTS) != before


class TestFileBooks(BooksContract):
    @pytest.fixture
    def both(self, tmp_path: Path) -> tuple[Books, Books]:
        return FileBooks(tmp_path), FileBooks(tmp_path)


def books_of(store: Store) -> Books:
    found = books_in(store)
    assert found is not None
    return found


def test_a_store_that_is_one_desks_alone_keeps_no_books(tmp_path: Path) -> None:
    with closing(open_store(tmp_path)) as store:
        assert books_in(store) is None


class TellsOfNobody(MemoryStore):
    def news(self) -> Collection[str]:
        return ("BX-20261123-009",)


class KeepsSomeOfMany(MemoryStore):
    def append(self, events: Sequence[Event]) -> None:
        for each in events:
            super().append([each])


class SearchesTheFirstWord(MemoryStore):
    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        return super().closed_cases(household, " ".join(words.split()[:1]))


class OldestFirst(MemoryStore):
    def closed_cases(self, household: str = "", words: str = "") -> Iterator[Case]:
        return reversed([*super().closed_cases(household, words)])


class ListsTheOpenOnes(MemoryStore):
    def closed_count(self, month: str = "") -> int:
        return super().closed_count(month) + len(self.open_cases())


class ListsByPages(MemoryStore):
    def closed_page(self, first: int, most: int, month: str = "") -> Sequence[Case]:
        return super().closed_page(first - first % most if most else 0, most, month)


class CountsByTheDayBefore(MemoryStore):
    def received(self, first: date, last: date) -> Sequence[Case]:
        return super().received(first - timedelta(days=1), last)


class GivesNumbersTwice(MemoryStore):
    def last_number(self, prefix: str, day: date) -> int:
        return min(super().last_number(prefix, day), 999)


class NeverReplaces(MemoryStore):
    def keep_households(self, households: Sequence[Household]) -> None:
        known = {each.id for each in self.households()}
        super().keep_households([each for each in households if each.id not in known])


class LosesTheSeals(MemoryStore):
    def append(self, events: Sequence[Event]) -> None:
        super().append([evolve(each, seal="", salt="") for each in events])


class ErasesNothing(MemoryStore):
    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        self.append([each[-1] for each in histories])


class ErasesSomeOfMany(MemoryStore):
    def erase(self, histories: Sequence[Sequence[Event]]) -> None:
        for each in histories:
            super().erase([each])


class AuditsTheOpenOnes(MemoryStore):
    def all_cases(self) -> Iterator[Case]:
        return iter(self.open_cases())


class LatestLookFirst(MemoryStore):
    def looks(self) -> Sequence[Look]:
        return [*super().looks()][::-1]


BROKEN = {
    TellsOfNobody: "a_new_store_knows_nothing",
    KeepsSomeOfMany: "what_was_made_for_an_earlier_state_is_refused_and_changes_nothing",
    SearchesTheFirstWord: "a_word_is_looked_for_in_what_was_said_and_nowhere_else",
    OldestFirst: "closed_cases_come_latest_receipt_first_by_household_and_by_words",
    ListsTheOpenOnes: "the_closed_cases_are_a_list_of_which_any_part_can_be_had",
    ListsByPages: "the_closed_cases_are_a_list_of_which_any_part_can_be_had",
    CountsByTheDayBefore: "the_register_has_every_case_received_on_those_days",
    GivesNumbersTwice: "a_number_is_never_given_twice",
    NeverReplaces: "the_roll_keeps_the_latest_of_each_household",
    LosesTheSeals: "a_history_keeps_its_seals",
    ErasesNothing: "what_was_erased_is_gone_and_the_history_still_verifies",
    ErasesSomeOfMany: "an_erasure_for_an_earlier_state_is_refused_and_changes_nothing",
    AuditsTheOpenOnes: "all_cases_are_given_once_open_or_closed",
    LatestLookFirst: "looks_are_on_record_in_their_order",
}


@pytest.mark.parametrize("broken", BROKEN, ids=lambda each: each.__name__)
def test_a_store_that_breaks_a_promise_fails_its_test(broken: type[MemoryStore]) -> None:
    promise: Callable[[Store], None] = getattr(StoreContract(), f"test_{BROKEN[broken]}")
    promise(MemoryStore())
    with pytest.raises(AssertionError):
        promise(broken())
