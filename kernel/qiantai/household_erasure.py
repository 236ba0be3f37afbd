"""What the erasure of a household takes and what it leaves, each with its reason, before anything goes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from attrs import evolve, fields, frozen

from qiantai.book_erasure import Words
from qiantai.case import Case
from qiantai.clauses import HOUSE, Clause
from qiantai.erasure import spots
from qiantai.people import Household
from qiantai.periods import local
from qiantai.privacy import mask_words
from qiantai.retention import Hold, Standing, still_open
from qiantai.rights import PRIVACY
from qiantai.terms import Retention
from qiantai.words import Bilingual

ROLL = "roll"
REGISTER, LOOKS, JOINED = "register", "looks", "joined"
NOTES, WORDING = "notes", "wording"
STAYING_WITH_THE_ROOM = frozenset({"id", "area"})
"""What the roll says of the room and not of who lives there."""


@frozen
class Stay:
    """Something that stays: a case's number, `roll`, `register`, `looks`, `joined`, `notes` or `wording`; and why."""

    what: str
    hold: Hold


@frozen
class Plan:
    """What goes of a household: the fields of its entry in the roll, and all words of these cases; and what stays.

    `books` are the words in the site's books that mention it and go too.
    """

    household: str
    entry: tuple[str, ...]
    going: tuple[Case, ...]
    staying: tuple[Stay, ...]
    books: tuple[Words, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing goes."""
        return not self.entry and not self.going and not self.books

    def beyond(self, shown: Plan) -> tuple[str, ...]:
        """What goes by this plan that did not by the one that was shown: fields of the entry, numbers of cases,
        words of books.
        """
        entry = (each for each in self.entry if each not in shown.entry)
        books = (mask_words(each.text) for each in self.books if each not in shown.books)
        return (*entry, *unseen(self.going, shown.going), *books)

    @property
    def held(self) -> tuple[Stay, ...]:
        """What stays of the cases that would go, by number."""
        return tuple(each for each in self.staying if each.what not in (ROLL, REGISTER, LOOKS, JOINED))


def planned(
    household: str, entry: Household | None, cases: Iterable[Case], open_cases: Iterable[Case], retention: Retention,
    today: date,
) -> Plan:  # fmt: skip
    """What the erasure of a household would take and leave today.

    `cases` are those that concern it, `open_cases` all that are open in the store. The roll's entry stays while a case
    of it is open; a major complaint stays within its term.
    """
    theirs = [case for case in cases if household in case.households or case.household == household]
    own = sorted(
        (case for case in theirs if case.household == household), key=lambda case: (case.received, case.number)
    )
    standing = Standing.of(open_cases)
    holds = {case.number: _holds(case, standing, retention, today) for case in own if spots(case)}
    staying = [Stay(number, hold) for number, found in holds.items() for hold in found]
    still = [case for case in own if case.open]
    known = personal(entry)
    if still and known:
        staying.append(Stay(ROLL, evolve(still_open(still[0]), why=_ROLL_NEEDED.format(number=still[0].number))))
    staying += [Stay(what, Hold(what, clause, why)) for what, clause, why in _ALWAYS if own or what != REGISTER]
    if any(case.household != household for case in theirs):
        staying.append(Stay(JOINED, Hold(JOINED, PRIVACY, _JOINED)))
    going = tuple(case for case in own if case.number in holds and not holds[case.number])
    return Plan(household, () if still else known, going, tuple(staying))


def unseen(going: Iterable[Case], shown: Iterable[Case]) -> tuple[str, ...]:
    """The numbers of the cases that go and were not shown, or have gone on since."""
    seen = {(each.number, len(each.history)) for each in shown}
    return tuple(each.number for each in going if (each.number, len(each.history)) not in seen)


def _holds(case: Case, standing: Standing, retention: Retention, today: date) -> tuple[Hold, ...]:
    found = standing.bound(case)
    term = retention.terms.get(retention.key(case))
    if case.open or not case.grave or term is None or today > (ends := term.end(local(case.since).date())):
        return found
    key = retention.key(case)
    return (*found, Hold("term_runs", HOUSE, _MAJOR.format(term=term.label, key=f"retention.{key}"), ends))


def personal(entry: Household | None) -> tuple[str, ...]:
    """The fields of an entry in the roll that say something of who lives there."""
    if entry is None:
        return ()
    names = (each.name for each in fields(Household) if each.name not in STAYING_WITH_THE_ROOM)
    return tuple(name for name in names if getattr(entry, name))


def vacated(entry: Household) -> Household:
    """The entry of a room of whose residents nothing is known."""
    return Household(entry.id, area=entry.area)


_ALWAYS = (
    (
        REGISTER,
        Clause("H-4.6.1"),
        Bilingual(
            "登记表的单号、房号、时间、经办人和时限:证明该办的都办了,里面没有业户的话",
            "the register's numbers, room, times, staff and duties: they show what was done, and hold none of the "
            "resident's words",
        ),
    ),
    (
        LOOKS,
        PRIVACY,
        Bilingual(
            "谁看过、给过复制件、改过、抹除过的记录", "the record of who looked, gave a copy, corrected and erased"
        ),
    ),
)
_JOINED = Bilingual(
    "别户登记、这一户一起反映的事项:里面是别户的话,只有这一户的房号",
    "cases of another household that this one joined: the words are the other's, of this one there is the room",
)
_ROLL_NEEDED = Bilingual(
    "{number} 还在办,回访要用花名册里的姓名和电话,办结后可抹除",
    "{number} is open: its call-back needs the roll's name and number; once it is closed they can be erased",
)
_MAJOR = Bilingual("重大投诉,本项目规定保存{term}({key})", "a major complaint, which the site keeps for {term} ({key})")
