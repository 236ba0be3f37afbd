"""What comes of every command, written down as one table: run as a program, it writes the table anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from attrs import field, mutable

from qiantai import Handbook, Refusal, decide
from qiantai.duties import Duty
from qiantai.events import (
    Began,
    Counted,
    Discharged,
    Dissatisfied,
    Filed,
    Handled,
    Kept,
    Moved,
    Offered,
    Opened,
    Owned,
    StoodIn,
    Voided,
    Worked,
)
from qiantai.events import Tried as NobodyReached
from qiantai.words import CLOSED
from tests.kernel.front_desk import KINDS, LATE_EVENING, MONDAY
from tests.kernel.outcomes import BEFORE_FIELDS, MORE_RECEIPTS, PEOPLE, Tried, all_tried
from tests.kernel.plausible import FIELDS, RECEIPTS
from tests.kernel.reachable import BOOK, receipt

FILE = Path(__file__).with_name("outcomes.txt")
LEFT_OUT = BEFORE_FIELDS - {"outside_area"} | {"field_misread"}


@mutable
class Block:
    """What comes of one command in one state: who may give it, where it leads, what has to be said, what refuses it."""

    who: set[str] = field(factory=set[str])
    leads: dict[str, dict[str, None]] = field(factory=dict[str, dict[str, None]])
    needs: set[str] = field(factory=set[str])
    refused: set[str] = field(factory=set[str])

    def add(self, found: Tried) -> None:
        """Take in one more that was tried."""
        if found.refusal is None:
            self.who.add(_standing(found))
            self.leads.setdefault(_led(found), {}).update(dict.fromkeys(_brought(found)))
        elif found.refusal.rule == "field_missing":
            self.needs |= set(found.refusal.would_do.en.split(", "))
        elif found.refusal.rule not in LEFT_OUT:
            self.refused.add(f"{found.refusal.clause_id or '-'} {found.refusal.rule}")

    def lines(self) -> Iterator[str]:
        """As the table has it; what somebody may by their role is not told again of where they stand."""
        who = {each for each in self.who if "+" not in each or not set(each.split("+")) & self.who}
        yield f"by {' '.join(sorted(who))}" if who else "by nobody"
        for led, brought in sorted(self.leads.items()):
            yield " ".join((led, *sorted(brought)))
        if self.needs:
            yield f"needs {', '.join(sorted(self.needs))}"
        if self.refused:
            yield f"refused: {', '.join(sorted(self.refused))}"


def _standing(found: Tried) -> str:
    """The role of who gave the command; where they are somebody to the case, that too."""
    case, by = found.seen.case, found.command.by
    relations = {
        "owner": case.owner,
        "first_contact": case.first_contact,
        "stand_in": case.stand_in,
        "offered": case.offered_to,
    }
    roles = {str(each) for each in found.seen.book.people[by].roles}
    handles = ["handler"] if roles & set(case.handlers) else []
    return "+".join((*sorted(roles), *(name for name, each in relations.items() if each == by), *handles))


def _led(found: Tried) -> str:
    took = found.took
    assert took is not None
    branch = f" ({took.branch})" if took.branch else ""
    return f"{found.verdict} [{took.clause}]{branch}"


def _brought(found: Tried) -> Iterator[str]:
    """What else it brings. That closing ends all that is owed goes without saying."""
    closes = found.verdict == f"→ {CLOSED}"
    yield from (f"says:{name}" for name in found.events[0].fields)
    for change in found.events[0].changes:
        match change:
            case Opened(duty):
                yield f"+{_duty(duty)}"
            case Discharged(name, by) if by:
                yield f"✓{name}"
            case Discharged(name, _) | Voided(name) if not closes:
                yield f"ended:{name}"
            case Moved(name):
                yield f"moved:{name}"
            case Filed(places):
                yield f"filed:{'+'.join(places) or 'nowhere'}"
            case Kept(values):
                yield from (f"known:{name}" for name in values)
            case Handled(roles):
                yield f"handled:{'+'.join(roles)}"
            case Owned() | StoodIn() | Offered() | Counted() | Worked() | NobodyReached() | Dissatisfied():
                yield type(change).__name__.lower()


def blocks(tried: Iterable[Tried]) -> Mapping[tuple[str, str], Block]:
    """By command and state, where there is anything to tell."""
    found: dict[tuple[str, str], Block] = {}
    for each in tried:
        found.setdefault((each.command.name, each.state), Block()).add(each)
    return {key: block for key, block in found.items() if block.who or block.refused}


def receipts_told(kind: str, book: Handbook = BOOK) -> Iterator[str]:
    """What becomes of a receipt: by whom it leads to which state, and what it opens."""
    told: dict[str, set[str]] = {}
    facts: dict[str, set[str]] = {}
    for fields, by, at in product((*RECEIPTS, *MORE_RECEIPTS), PEOPLE, (MONDAY, LATE_EVENING)):
        came = decide(None, receipt(kind, by, at, fields), at, book)
        if isinstance(came, Refusal):
            told.setdefault(f"refused: {came.clause_id or '-'} {came.rule}", set())
            continue
        began = next(each for each in came[0].changes if isinstance(each, Began))
        who = " ".join(sorted(map(str, book.people[by].roles)))
        opened = (each for each in came[0].changes if isinstance(each, Opened))
        known = (name for each in came[0].changes if isinstance(each, Kept) for name in each.values)
        duties = " ".join(f"+{_duty(each.duty)}" for each in opened)
        told.setdefault(f"→ {began.state} {duties}", set()).add(who)
        facts.setdefault(began.state, set()).update(known)
    for line, several in sorted(told.items()):
        yield f"    {line}: {', '.join(sorted(several))}" if several else f"    {line}"
    for state, names in facts.items():
        yield f"    {state} knows: {', '.join(sorted(names))}"


def _duty(duty: Duty) -> str:
    void = ", void" if duty.void else ""
    since = (
        ", from receipt" if duty.since < duty.opened else ", once the desk opens" if duty.since > duty.opened else ""
    )
    return f"{duty.name}[{duty.clause}, {duty.owed_by}, {duty.period}{since}{void}]"


def table_of(kind: str, tried: Iterable[Tried], states: Sequence[str]) -> Iterator[str]:
    """The lines of one kind: a command, then for each set of states that are alike what comes of it there."""
    found = blocks(tried)
    yield f"# {kind}\n\n## receive"
    yield from receipts_told(kind)
    for command in FIELDS:
        alike: dict[tuple[str, ...], list[str]] = {}
        for state in states:
            if (command, state) in found:
                alike.setdefault(tuple(found[command, state].lines()), []).append(state)
        if alike:
            yield f"\n## {command}"
        for lines, where in alike.items():
            yield f"{' '.join(where)}:"
            yield from (f"    {line}" for line in lines)
    yield ""


def table() -> str:
    """The whole table of outcomes."""
    return "\n".join(line for kind in KINDS for line in table_of(kind, all_tried(kind), BOOK.requests[kind].states))


if __name__ == "__main__":
    FILE.write_text(table(), encoding="utf-8")
