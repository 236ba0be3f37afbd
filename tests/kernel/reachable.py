"""Every case there can be, as far as the rules can tell: a walk of the life cycles until nothing is new."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from attrs import field, frozen

from qiantai import Case, Command, Event, Handbook, Policy, Refusal, Role, change_policy, decide, evolve, others_of
from tests.kernel.front_desk import COMPLAINT, HOUSEHOLDS, LATE_EVENING, MONDAY, NOISE, STAFF, WATER
from tests.kernel.plausible import Fields, every, said

Traits = frozenset[tuple[str, Any]]
ONE_TRY = change_policy({"call_back_attempts": 1}, Policy())
BOOK = Handbook(STAFF, HOUSEHOLDS, (WATER, NOISE), (ONE_TRY,))
RECEIVED_BY = ("desk", "staff", "security")
ANONYMOUS = {"household": None, "anonymous": True}
PASSER_BY = {"household": None, "name": "过路人"}
RECEIPTS: Mapping[str, Sequence[Fields]] = {
    "complaint": ({}, ANONYMOUS, {"place": None}),
    "suggestion": ({}, ANONYMOUS, PASSER_BY, {"channel": "letter"}, {"household": "2-1-201"}),
    "enquiry": ({}, ANONYMOUS, PASSER_BY),
    "challenge": ({}, ANONYMOUS, PASSER_BY, {"topic": "water"}, {"topic": "noise"}, {"important": True}),
    "help": ({}, ANONYMOUS, PASSER_BY, {"emergency": True}, {"dispute": True}),
    "repair": ({}, ANONYMOUS, PASSER_BY, {"emergency": True}, ANONYMOUS | {"emergency": True}),
}
MERGED_IN: Mapping[str, Sequence[Fields]] = {
    "complaint": ({"major": True}, {"joint": 6}),
    "suggestion": ({"important": True}, {"joint": 6}),
    "challenge": ({"important": True},),
}
LEADS_ON: Mapping[str, Sequence[Fields]] = {
    "hand_to_desk": ({"to": "desk"},),
    "escalate": ({},),
    "explain": ({},),
    "start_plan": ({},),
    "feedback": ({},),
    "withdraw": ({},),
    "close": ({},),
    "extend": every(until=("3wd", "7wd"), informed=(True,)),
    "report_up": every(to=("centre_head", "hq")),
    "complete": ({"result": "已办", "log": "已办", "valid": False},),
    "thank": ({"channel": "phone"},),
    "assign": every(to=("engineering", "area_manager", "cs_head", "centre_head")),
    "dispatch": every(to=("security", "engineering")),
    "take_contact": ({"phone": "13600000000"},),
    "answer": (
        *every(text=("是这样",), satisfied=(True, False), script=("water-1", "noise-1", None)),
        {"out_of_scope": True, "alternative": "街道办", "proxy_offered": True, "proxy_accepted": True},
    ),
    "reply": every(
        text=("答复",), channel=("phone", "letter"), satisfied=(True, False), script=("water-1", "noise-1", None)
    ),
    "decide": every(outcome=("adopted", "declined"), reason=("可行",)),
    "follow_up": ({},),
    "consult": ({},),
    "ask_approval": ({"draft": "拟复"},),
    "return_draft": ({},),
    "call_back": (
        {"reached": False},
        *every(satisfied=(True, False), quality_ok=(True, False), channel=("phone",)),
    ),
    "reclassify": every(emergency=(True, False)),
    "wait": ({"reason": "parts", "eta": timedelta(days=2), "informed": True},),
    **dict.fromkeys(("mediate", "approve", "arrive", "resume"), ({},)),
}
CORRECTED: Mapping[str, Sequence[Fields]] = {
    "complaint": ({"field": "place", "value": "东门"},),
    "suggestion": ({"field": "important", "value": True},),
    "challenge": ({"field": "important", "value": True},),
    "help": ({"field": "dispute", "value": True},),
}
REACHABLE_BY = {"field": "phone", "value": "13600000000"}
LOOKED_AT: Mapping[str, Sequence[str]] = {
    "complaint": (),
    "suggestion": ("important",),
    "enquiry": ("contact_taken",),
    "challenge": ("important", "sensitive", "approved", "form"),
    "help": ("emergency", "dispute"),
    "repair": ("emergency",),
}
MOVED = ("resolve", "finish")
SPAN = timedelta(minutes=1)


@frozen
class Seen:
    """A case at a time, as the rules see it: two that are alike go the same ways."""

    case: Case
    at: datetime
    book: Handbook = field(default=BOOK, eq=False, repr=False)

    @property
    def traits(self) -> Traits:
        """All that a guard looks at, with nothing of when exactly and by whom exactly."""
        case, at = self.case, self.at
        request = self.book.requests[case.kind]
        overdue = [each.name for each in case.owed if each.due < at]
        once = {each.name for each in request.reactions if each.once} & {each.name for each in case.duties}
        told = case.facts.get("told", ()) if case.owes("report_up") else ()
        policy = self.book.policy(case.received)
        return frozenset(
            {
                ("state", case.state),
                *(("owed", each.name) for each in case.owed),
                *(("overdue", each) for each in overdue if each in MOVED),
                ("missed", bool(overdue)),
                *(("once", each) for each in once),
                *(("told", each) for each in (told if isinstance(told, tuple) else ())),
                *(("holds", each) for each in ("anonymous", *LOOKED_AT[case.kind]) if case.holds(each)),
                *(("known" if case.facts.get(each) else "unknown", each) for each in request.form),
                *(("handled by", each) for each in case.handlers),
                *((name, case.text(name)) for name in ("outcome", "topic")),
                ("written", case.facts.get("channel") == "letter"),
                ("somebody", bool(case.household or case.text("name"))),
                ("reachable", bool(case.household or case.text("phone") or case.text("email"))),
                ("worked on", bool(case.workers)),
                ("many", case.joint > 5 or (case.kind == "complaint" and case.holds("major"))),
                ("tries", min(case.tries, policy.count("call_back_attempts"))),
                ("unsatisfied", min(case.unsatisfied, 1)),
                ("open now", case.state == "noted" and policy.hours.contains(at)),
                ("longest", _longest(case)),
            }
        )


def _longest(case: Case) -> bool:
    resolve = case.duty("resolve")
    return resolve is not None and resolve.owed and resolve.due - resolve.limit >= timedelta(days=5)


def given(
    case: Case | None,
    command: str,
    by: str,
    at: datetime,
    fields: Fields,
    book: Handbook = BOOK,
    others: Sequence[Case] = (),
) -> tuple[Event, ...] | Refusal:
    """What comes of a command; `older`, `itself` and `the incident` in its fields are the numbers of such cases."""
    number = case.number if case else "A-20261123-002"
    known = {each.number: each for each in others}
    first = {each.matter: each.number for each in others}
    asked = Command(command, by, number, said(fields, at, first.get(True, ""), number, first.get(False, "")))
    return decide(case, asked, at, book, others_of(case, asked, known.get))


def receipt(kind: str, by: str, at: datetime, fields: Fields, number: str = "A-20261123-002") -> Command:
    """The command of a receipt, with a household and all that its form needs unless said."""
    usual: dict[str, Any] = {"kind": kind, "channel": "phone", "household": "1-1-101", "summary": "事由"}
    usual |= COMPLAINT if kind == "complaint" else {}
    values = {name: value for name, value in (usual | said(fields, at)).items() if value is not None}
    return Command("receive", by, number, values)


def taken_in(
    kind: str, by: str, at: datetime, fields: Fields, book: Handbook = BOOK, number: str = "A-20261123-002"
) -> Case:
    """A case as its receipt makes it."""
    events = decide(None, receipt(kind, by, at, fields, number), at, book)
    assert not isinstance(events, Refusal), events.sentence.en
    return evolve(None, events[0])


def receipts(kind: str, book: Handbook = BOOK) -> Iterator[Seen]:
    """The receipts that a walk of a kind begins with: by the desk and by others, in desk hours and at night."""
    for fields in RECEIPTS[kind]:
        for by in RECEIVED_BY:
            yield Seen(taken_in(kind, by, MONDAY, fields, book), MONDAY, book)
    yield Seen(taken_in(kind, "staff", LATE_EVENING, {}, book), LATE_EVENING, book)


def leads_on(case: Case, command: str) -> Sequence[Fields]:
    """The fields that a walk gives with a command: those that lead somewhere new."""
    if command == "assign" and case.kind == "complaint":
        return ({"to": "engineering"},)
    if command != "correct":
        return LEADS_ON.get(command, ())
    unreachable = not (case.household or case.text("phone"))
    return (*CORRECTED.get(case.kind, ()), *((REACHABLE_BY,) if unreachable else ()))


def applied(case: Case, events: Iterable[Event]) -> Case:
    """The case after those of the events that are its own."""
    for event in events:
        if event.case == case.number:
            case = evolve(case, event)
    return case


@frozen
class Way:
    """A way on: by which command, and what it leads to."""

    command: str
    to: Seen


def ways(seen: Seen) -> Iterator[Way]:
    """All that can happen next: what somebody may do, another case merged into it, and a due time that passes."""
    case, book, at = seen.case, seen.book, seen.at + SPAN
    done: dict[tuple[str, str], Case] = {}
    for step in book.requests[case.kind].steps:
        if case.state in step.states and step.for_case(case):
            for fields in leads_on(case, step.command):
                for by in (*(person for who in step.who for person in standing(case, who)), "security"):
                    events = given(case, step.command, by, at, fields, book)
                    if not isinstance(events, Refusal):
                        done.setdefault((step.command, repr(events[0].changes)), applied(case, events))
                        break
    yield from (Way(command, Seen(after, at, book)) for (command, _), after in done.items())
    if case.open:
        yield from (Way("merge", Seen(each, at, book)) for each in _merged_in(seen, at))
        yield from (Way("wait", Seen(case, each.due + timedelta(seconds=1), book)) for each in _next_due(seen))


def standing(case: Case, who: str) -> Sequence[str]:
    """Somebody of the staff who is what a row of a life cycle calls for."""
    match who:
        case "anyone" | "whoever_may_see":
            return ("desk",)
        case "owner":
            return (case.owner,)
        case "first_contact":
            return (case.first_contact,)
        case "handler":
            return case.handlers
        case "offered":
            return (case.offered_to,) if case.offered_to else ()
        case "handling_centre_head":
            return (Role.CENTRE_HEAD,)
        case _:
            return (who,)


def _merged_in(seen: Seen, at: datetime) -> Iterator[Case]:
    for fields in MERGED_IN.get(seen.case.kind, ({},)):
        newer = taken_in(seen.case.kind, "desk", at, {"household": "1-1-108", **fields}, seen.book, "A-20261130-009")
        events = given(newer, "merge", "desk", at, {"into": "older"}, seen.book, (seen.case,))
        assert not isinstance(events, Refusal), events.sentence.en
        yield applied(seen.case, events)


def _next_due(seen: Seen) -> Sequence[Any]:
    return [each for each in seen.case.owed if each.due >= seen.at][:1]


@frozen
class Walked:
    """All that a walk came by, one case for each set of traits, and the ways between them."""

    found: Mapping[Traits, Seen]
    ways: Mapping[Traits, frozenset[tuple[str, Traits]]]


def walk(kind: str, book: Handbook = BOOK, limit: int = 10**6) -> Walked:
    """Walks a kind until nothing new comes of it, or the ways from `limit` cases have been seen."""
    found: dict[Traits, Seen] = {}
    led: dict[Traits, frozenset[tuple[str, Traits]]] = {}
    waiting: deque[Seen] = deque()

    def come_by(seen: Seen) -> Traits:
        traits = seen.traits
        if traits not in found:
            found[traits] = seen
            waiting.append(seen)
        return traits

    for seen in receipts(kind, book):
        come_by(seen)
    while waiting and len(led) < limit:
        seen = waiting.popleft()
        led[seen.traits] = frozenset((way.command, come_by(way.to)) for way in ways(seen))
    return Walked(found, led)


@cache
def walked(kind: str) -> Walked:
    """The walk of a kind as the product's tables have it."""
    return walk(kind)
