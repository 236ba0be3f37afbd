"""What every store promises the desk, in the desk's words; a store of your own goes into `STORES`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from tests.plugins.happenings import LEAK, LIFT, NINE, TAP, closed, joined, noted, received, taken_back

from qiantai.desk import Desk, Done
from qiantai.handbook import Handbook
from qiantai.people import Household, Person
from qiantai.periods import ZONE
from qiantai.refusals import Refusal
from qiantai.store import Conflict, Look, MemoryStore, Store
from qiantai_tinydb import open_store

Opener = Callable[[Path], Store]


class Restarting:
    """The default store, closed and opened anew before everything that is asked of it."""

    def __init__(self, path: Path) -> None:
        self._path, self._store = path, open_store(path)

    def __getattr__(self, name: str) -> Any:
        self._store.close()
        self._store = open_store(self._path)
        return getattr(self._store, name)


STORES: dict[str, Opener] = {
    "memory": lambda _: MemoryStore(),
    "tinydb": open_store,
    "tinydb-restarting": lambda path: cast(Store, Restarting(path)),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = STORES[request.param](tmp_path / "site")
    yield opened
    opened.close()


def numbers(store: Store, household: str = "", words: str = "") -> list[str]:
    return [each.number for each in store.closed_cases(household, words)]


def test_a_new_store_knows_nothing(store: Store) -> None:
    assert list(store.open_cases()) == []
    assert store.case(LIFT) is None
    assert numbers(store) == []
    assert list(store.received(date(2026, 1, 1), date(2026, 12, 31))) == []
    assert store.last_number("BX", NINE.date()) == 0
    assert list(store.households()) == []
    assert list(store.looks()) == []


def test_a_case_is_what_its_events_make_of_it(store: Store) -> None:
    store.append([received(LIFT, summary="电梯停在五楼", emergency=True, promised=NINE, to=("security", "cleaning"))])
    store.append([noted(LIFT, 1, "已派人")])
    case = store.case(LIFT)
    assert case is not None
    assert (case.state, case.owner, case.household, case.received) == ("received", "li", "3-2-501", NINE)
    assert case.facts["promised"] == NINE
    assert case.facts["to"] == ("security", "cleaning")
    assert [each.name for each in case.history] == ["receive", "note"]
    assert [each.name for each in case.owed] == ["finish"]
    assert list(store.open_cases()) == [case]


def test_what_was_made_for_an_earlier_state_is_refused_and_changes_nothing(store: Store) -> None:
    store.append([received(LIFT), received(TAP)])
    before = store.case(LIFT), store.case(TAP)
    for late in (
        [received(LIFT)],
        [noted(TAP, 1, "先写"), noted(LIFT, 2, "漏了一步")],
        [noted("BX-20261123-003", 1, "")],
    ):
        with pytest.raises(Conflict):
            store.append(late)
        assert (store.case(LIFT), store.case(TAP)) == before
    assert store.case("BX-20261123-003") is None


def test_one_action_may_touch_two_cases_and_one_twice(store: Store) -> None:
    store.append([received(LIFT), received(TAP), noted(LIFT, 1, "并入"), closed(TAP, 1)])
    assert [each.number for each in store.open_cases()] == [LIFT]
    assert numbers(store) == [TAP]


def test_something_may_still_be_said_of_a_closed_case(store: Store) -> None:
    store.append([received(LIFT), closed(LIFT, 1)])
    store.append([noted(LIFT, 2, "住户来电致谢")])
    assert list(store.open_cases()) == []
    assert numbers(store, words="致谢") == [LIFT]


def test_a_closing_taken_back_opens_the_case_again(store: Store) -> None:
    store.append([received(LIFT)])
    as_it_was = store.case(LIFT)
    store.append([closed(LIFT, 1)])
    store.append([taken_back(LIFT, 2, 1)])
    case = store.case(LIFT)
    assert as_it_was is not None
    assert case is not None
    assert (case.state, case.duties) == (as_it_was.state, as_it_was.duties)
    assert [each.number for each in store.open_cases()] == [LIFT]
    assert numbers(store) == []


def test_closed_cases_come_latest_receipt_first_by_household_and_by_words(store: Store) -> None:
    autumn = datetime(2026, 10, 1, 9, 0, tzinfo=ZONE)
    store.append([received(LEAK, autumn, "1-1-101", summary="厨房 Wi-Fi 旁漏水"), received(LIFT), received(TAP)])
    store.append([received("BX-20261123-003", household="1-1-101", summary="漏水又来了")])
    for number in (LIFT, "BX-20261123-003", LEAK):
        store.append([closed(number, 1)])
    assert numbers(store) == ["BX-20261123-003", LIFT, LEAK]
    assert numbers(store, "1-1-101") == ["BX-20261123-003", LEAK]
    assert numbers(store, "1-1-10") == []
    assert numbers(store, words="漏水") == ["BX-20261123-003", LEAK]
    assert numbers(store, words="水 wi-fi") == [LEAK]
    assert numbers(store, "1-1-101", "又") == ["BX-20261123-003"]
    assert numbers(store, words="20261123-003") == ["BX-20261123-003"]
    assert numbers(store, words="没有这样的话") == []


SAID = '厨房 Wi-Fi 旁“漏水”,软管\u2028五楼 "Straße" ÉTAGE 3\\4 Ⅷ'
FOUND = {
    LIFT: '水 软管 “漏水” w wi WI-FI ß strasse STRASSE Straße éTAGE ⅷ Ⅷ " 3\\4 1 01 88 138 13800001234 - 3-2 3-2-501 '
    "3-2-502 bx-20261123-001 20261123-001 001 security 不修 第一行 第二行",
    TAP: "龙头 a aß ASS 3-2-501 bx",
}
NOT_FOUND = (
    "没有 漏水软管 第一行第二行 wn name kind owner events said crc CRC of li withdraw received true True none 3-2-503 "
    "2026-11-23 09:00 \\n 行\\ security, (' [ { : \", "
)


def test_a_word_is_looked_for_in_what_was_said_and_nowhere_else(store: Store) -> None:
    to, phone = ("security", "cleaning"), "13800001234"
    store.append([received(LIFT, summary=SAID, phone=phone, to=to, emergency=True, promised=NINE)])
    store.append([joined(LIFT, 1, "3-2-501", "3-2-502"), noted(LIFT, 2, "第一行\n第二行")])
    store.append([noted(LIFT, 3, "8"), noted(LIFT, 4, "88"), closed(LIFT, 5)])
    store.append([received(TAP, summary="龙头 Aß"), closed(TAP, 1)])
    for number, several in FOUND.items():
        for word in several.split():
            assert number in numbers(store, words=word), word
            assert number in numbers(store, "3-2-501", f"{word} {number}"), word
            assert numbers(store, "3-2-50", word) == [], word
    for word in NOT_FOUND.split():
        assert numbers(store, words=word) == numbers(store, words=f"水 {word}") == [], word
    assert numbers(store, words=" \n\u3000") == [TAP, LIFT]


def test_a_case_is_found_by_every_household_behind_it(store: Store) -> None:
    store.append([received(LIFT), joined(LIFT, 1, "3-2-501", "3-2-502"), closed(LIFT, 2)])
    assert numbers(store, "3-2-501") == numbers(store, "3-2-502") == [LIFT]
    assert numbers(store, "3-2-503") == []


def test_the_register_has_every_case_received_on_those_days(store: Store) -> None:
    midnight = datetime(2026, 11, 24, tzinfo=ZONE)
    late, early = "BX-20261123-009", "BX-20261124-001"
    store.append([received(early, midnight), received(late, midnight - timedelta(seconds=1)), received(LIFT)])
    store.append([closed(LIFT, 1)])
    day = date(2026, 11, 23)
    assert [each.number for each in store.received(day, day)] == [LIFT, late]
    assert [each.number for each in store.received(day, date(2027, 1, 1))] == [LIFT, late, early]
    assert list(store.received(date(2026, 11, 25), date(2026, 11, 30))) == []
    assert list(store.received(date(2026, 11, 24), day)) == []


def test_a_number_is_never_given_twice(store: Store) -> None:
    day = NINE.date()
    store.append([received(LIFT), received("BX-20261123-1000"), received("TS-20261123-007")])
    store.append([closed("BX-20261123-1000", 1)])
    assert store.last_number("BX", day) == 1000
    assert store.last_number("TS", day) == 7
    assert store.last_number("BX", day + timedelta(days=1)) == 0
    assert store.last_number("X", day) == 0


def test_the_roll_keeps_the_latest_of_each_household(store: Store) -> None:
    wang = Household("3-2-501", "王女士", "13800001234", important=True)
    store.keep_households([wang, Household("1-1-101", "李先生", area="东区")])
    store.keep_households([Household("3-2-501", "王女士", "13900005678")])
    assert {each.id: each for each in store.households()} == {
        "3-2-501": Household("3-2-501", "王女士", "13900005678"),
        "1-1-101": Household("1-1-101", "李先生", area="东区"),
    }


def test_looks_are_on_record_in_their_order(store: Store) -> None:
    looks = [Look(NINE + timedelta(minutes=n), "li", what, "3-2-501") for n, what in enumerate(("dossier", "export"))]
    for each in looks:
        store.record(each)
    assert list(store.looks()) == looks


def desk_on(store: Store) -> Desk:
    staff = Person("li", "李静", ("desk",)), Person("sun", "孙师傅", ("engineering",))
    store.keep_households([Household(f"1-1-{floor}01", "王女士", "13800001234") for floor in (1, 2, 3)])
    roll = {each.id: each for each in store.households()}
    return Desk(Handbook({each.id: each for each in staff}, roll), store, clock=lambda: NINE)


def done(answer: Done | Refusal) -> Done:
    assert isinstance(answer, Done), answer
    return answer


def a_leak(desk: Desk, household: str) -> str:
    facts = {"channel": "phone", "household": household, "phone": "13800001234", "summary": "厨房漏水"}
    return done(desk.receive("li", kind="repair", emergency=False, **facts)).case.number


def test_a_desk_gives_numbers_merges_and_takes_back(store: Store) -> None:
    desk = desk_on(store)
    first, second = a_leak(desk, "1-1-101"), a_leak(desk, "1-1-201")
    assert (first, second) == ("BX-20261123-001", "BX-20261123-002")
    before = desk.case(first), desk.case(second)
    done(desk.do(second, "merge", "li", into=first))
    assert [each.number for each in store.open_cases()] == [first]
    assert set(numbers(store, "1-1-201")) == {second}
    assert desk.case(first).households == ("1-1-101", "1-1-201")
    done(desk.do(second, "undo", "li"))
    assert {each.number for each in store.open_cases()} == {first, second}
    assert [(each.state, each.households) for each in map(desk.case, (first, second))] == [
        (each.state, each.households) for each in before
    ]
    done(desk.do(second, "withdraw", "li", reason="住户自己修好了"))
    assert a_leak(desk, "1-1-301") == "BX-20261123-003"


def test_a_refusal_leaves_the_store_as_it_was(store: Store) -> None:
    desk = desk_on(store)
    number = a_leak(desk, "1-1-101")
    before = desk.case(number)
    assert isinstance(desk.do(number, "complete", "sun", result="修好了"), Refusal)
    assert desk.case(number) == before
