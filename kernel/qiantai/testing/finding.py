"""What a store promises to find: cases by household, by words and by the day of their receipt."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from qiantai.periods import ZONE
from qiantai.store import Store
from qiantai.testing.happenings import LEAK, LIFT, NINE, TAP, closed, joined, noted, received, taken_back

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


def numbers(store: Store, household: str = "", words: str = "") -> list[str]:
    """The numbers of the closed cases that a store finds, in its order."""
    return [each.number for each in store.closed_cases(household, words)]


def _parts(store: Store) -> dict[str, list[str]]:
    """The numbers of the closed cases of all months and of some, once every part of their lists was asked for."""
    found = dict[str, list[str]]()
    for month in ("", "2026-11", "2026-10"):
        count = store.closed_count(month)
        whole = found[month] = [each.number for each in store.closed_page(0, count + 1, month)]
        assert count == len(whole), month
        for first in range(count + 1):
            for most in range(count + 2):
                part = [each.number for each in store.closed_page(first, most, month)]
                assert part == whole[first : first + most], (month, first, most)
    assert found[""] == numbers(store)
    return found


class FindingContract:
    """The promises about what is found."""

    def test_something_may_still_be_said_of_a_closed_case(self, store: Store) -> None:
        """A note on a closed case is kept and found, and leaves it closed."""
        store.append([received(LIFT), closed(LIFT, 1)])
        store.append([noted(LIFT, 2, "住户来电致谢")])
        assert list(store.open_cases()) == []
        assert numbers(store, words="致谢") == [LIFT]

    def test_a_closing_taken_back_opens_the_case_again(self, store: Store) -> None:
        """A case whose closing is undone is among the open ones again, as it was, and no closed one."""
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

    def test_closed_cases_come_latest_receipt_first_by_household_and_by_words(self, store: Store) -> None:
        """Closed cases come by receipt, the latest first; a household is matched whole, every word anywhere."""
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

    def test_the_closed_cases_are_a_list_of_which_any_part_can_be_had(self, store: Store) -> None:
        """They are counted, and every part of the list is what `closed_cases` has there; so is a month's own."""
        assert (store.closed_count(), list(store.closed_page(0, 9))) == (0, [])
        autumn, after = datetime(2026, 10, 31, 23, 59, tzinfo=ZONE), datetime(2026, 11, 1, 0, 0, tzinfo=ZONE)
        store.append([received(LEAK, autumn), received("OLD-7", after), received(TAP), received(LIFT)])
        store.append([closed(each, 1) for each in (LIFT, LEAK, "OLD-7")])
        assert _parts(store) == {"": [LIFT, "OLD-7", LEAK], "2026-11": [LIFT, "OLD-7"], "2026-10": [LEAK]}
        store.append([closed(TAP, 1), noted(LEAK, 2, "住户来电"), taken_back(LIFT, 2, 1)])
        assert _parts(store) == {"": [TAP, "OLD-7", LEAK], "2026-11": [TAP, "OLD-7"], "2026-10": [LEAK]}
        assert (store.closed_count("2026-09"), list(store.closed_page(0, 9, "2026-09"))) == (0, [])
        assert [len(each.history) for each in store.closed_page(2, 1)] == [3]

    def test_a_word_is_looked_for_in_what_was_said_and_nowhere_else(self, store: Store) -> None:
        """Words are looked for, whatever their case, in the number, households and values, as `said` gives them."""
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

    def test_a_case_is_found_by_every_household_behind_it(self, store: Store) -> None:
        """Every household that a case counts finds it."""
        store.append([received(LIFT), joined(LIFT, 1, "3-2-501", "3-2-502"), closed(LIFT, 2)])
        assert numbers(store, "3-2-501") == numbers(store, "3-2-502") == [LIFT]
        assert numbers(store, "3-2-503") == []

    def test_a_months_stamp_is_another_once_anything_has_happened_to_a_case_of_it(self, store: Store) -> None:
        """A case that comes, goes on, is closed or spoken of afterwards changes it; that of another month does not."""
        autumn = NINE.replace(month=10, day=1)
        stamps = [store.stamp("2026-11")]
        for events in (
            [received(LIFT), received(TAP)],
            [noted(LIFT, 1, "到场")],
            [closed(LIFT, 2)],
            [noted(LIFT, 3, "住户来电致谢")],
            [taken_back(LIFT, 4, 2)],
            [closed(TAP, 1)],
        ):
            store.append(events)
            stamps.append(store.stamp("2026-11"))
            assert store.stamp("2026-11") == stamps[-1], "nothing has happened"
        assert len(set(stamps)) == len(stamps)
        store.append([received(LEAK, autumn), closed(LEAK, 1, autumn)])
        assert store.stamp("2026-11") == stamps[-1]
        assert store.stamp("2026-10") != store.stamp("2026-09")

    def test_the_register_has_every_case_received_on_those_days(self, store: Store) -> None:
        """Both days are included, by the site's own midnight; open and closed cases come in order of receipt."""
        midnight = datetime(2026, 11, 24, tzinfo=ZONE)
        late, early = "BX-20261123-009", "BX-20261124-001"
        store.append([received(early, midnight), received(late, midnight - timedelta(seconds=1)), received(LIFT)])
        store.append([closed(LIFT, 1)])
        day = date(2026, 11, 23)
        assert [each.number for each in store.received(day, day)] == [LIFT, late]
        assert [each.number for each in store.received(day, date(2027, 1, 1))] == [LIFT, late, early]
        assert list(store.received(date(2026, 11, 25), date(2026, 11, 30))) == []
        assert list(store.received(date(2026, 11, 24), day)) == []
