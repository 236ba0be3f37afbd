"""What the books of a site promise wherever they are kept: every line once, in its order, and nothing erased left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from qiantai.book_erasure import Words, without
from qiantai.books import ERASE, SCRIPTS, SHIFTS, Books, line_after, written
from qiantai.chain import verify
from qiantai.events import Event, Value
from qiantai.refusals import Refusal
from qiantai.store import Conflict
from qiantai.testing.happenings import NINE

_SALT = "0123456789abcdef"


def a_line(history: Sequence[Event], book: str = SHIFTS, **fields: Value) -> Event:
    """A line to be written next."""
    at = NINE + timedelta(minutes=len(history))
    return line_after(history, book, at, "li", "leave_open", fields, _SALT)


def put(books: Books, book: str = SHIFTS, **fields: Value) -> Event:
    """A line that is on record."""
    found = written(books, book, lambda history: a_line(history, book, **fields))
    assert not isinstance(found, Refusal)
    return found


def refused(books: Books, *lines: Event) -> bool:
    """Whether these lines are refused as written for an earlier state of the book."""
    try:
        books.add_lines(lines)
    except Conflict:
        return True
    return False


class BooksContract:
    """The promises of where books are kept; a test class gives a fixture `both`, two on one new place."""

    def test_new_books_are_empty(self, both: tuple[Books, Books]) -> None:
        """There is no line in any book, and looking makes none."""
        one, other = both
        assert [list(each.book(name)) for each in both for name in (SHIFTS, SCRIPTS)] == [[]] * 4
        assert one.stamp(SHIFTS) == one.stamp(SHIFTS)
        assert list(other.book(SHIFTS)) == []

    def test_what_one_desk_wrote_the_other_reads_letter_by_letter(self, both: tuple[Books, Books]) -> None:
        """Lines come back in their order as they were sealed, each in its own book, whatever was said in them."""
        one, other = both
        odd = "漏\ud800水\0\r\n\u2028\U0001f600\udfff\\ud800"
        first, second = (
            put(one, notes=odd, since=NINE, old=("BX-20261123-001", "")),
            put(other, notes="好", n=5, yes=True),
        )
        third = put(one, SCRIPTS, text="按表计费")
        for each in both:
            assert list(each.book(SHIFTS)) == [first, second]
            assert list(each.book(SCRIPTS)) == [third]
            assert verify(each.book(SHIFTS)) is None
        assert first.fields["notes"] == odd

    def test_who_is_slower_is_refused_and_leaves_nothing_behind(self, both: tuple[Books, Books]) -> None:
        """Lines that were made for an earlier state are refused, all of them; asked again they go on from there."""
        one, other = both
        late = a_line(other.book(SHIFTS), notes="后到")
        put(one, notes="先到")
        assert refused(other, late)
        assert refused(other, late, a_line([late], notes="又一行"))
        assert [each.fields["notes"] for each in other.book(SHIFTS)] == ["先到"]
        put(other, notes="看过再写")
        assert [each.fields["notes"] for each in one.book(SHIFTS)] == ["先到", "看过再写"]

    def test_a_book_that_changed_has_another_stamp(self, both: tuple[Books, Books]) -> None:
        """A line that is written here, or an erasure, gives the book another stamp; the other book keeps its own."""
        one, _ = both
        stamps, others = [one.stamp(SHIFTS)], one.stamp(SCRIPTS)
        for _ in range(2):
            put(one, notes="话")
            stamps.append(one.stamp(SHIFTS))
        assert len(set(stamps)) == 3
        assert one.stamp(SCRIPTS) == others

    def test_erased_words_are_gone_and_the_book_still_verifies(self, both: tuple[Books, Books]) -> None:
        """The words of a line go, its seal stays, and a line says who erased them; an erasure for before is refused."""
        one, other = both
        put(one, notes="王敏要回电")
        put(one, notes="电梯维保")
        before = one.book(SHIFTS)
        word = Words(SHIFTS, 0, "notes", "王敏要回电")
        history = without(before, [word], "zhao", NINE + timedelta(hours=1), "业主要求", _SALT)
        one.erase_lines(history)
        for each in both:
            found = each.book(SHIFTS)
            assert list(found) == list(history)
            assert [line.seal for line in found[:2]] == [line.seal for line in before]
            assert "王敏" not in repr(found)
            assert found[1].fields["notes"] == "电梯维保"
            assert (found[2].name, found[2].by) == (ERASE, "zhao")
            assert verify(found) is None
        put(other, notes="再写一行")
        late = False
        try:
            one.erase_lines(without(history, [Words(SHIFTS, 1, "notes", "电梯维保")], "zhao", NINE, "业主要求", _SALT))
        except Conflict:
            late = True
        assert late
        assert [each.fields.get("notes") for each in other.book(SHIFTS)][1:] == ["电梯维保", None, "再写一行"]
