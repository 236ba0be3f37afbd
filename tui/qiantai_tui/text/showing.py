"""A case in the words of the screens: short, masked, with the sign of its next duty."""

from __future__ import annotations

from datetime import datetime

from qiantai import Case, Clause, Duty, Handbook, Status, label
from qiantai.clauses import HOUSE_ID
from qiantai.privacy import mask_name, mask_phone, mask_words
from qiantai.projections.queue import Line
from qiantai.rooms import written
from qiantai.words import Bilingual, entry

from .clocktime import Sign, left, minutes_left, sign
from .words import language, say

NOT_KNOWN = Bilingual("未知", "unknown")
ANONYMOUS = Bilingual("匿名", "Anonymous")
HOUSE_RULE = Bilingual("本项目规定", "house rule")
NO_COUNTDOWN = "—"
LINKED = "◆"
"""Before what is linked to an incident."""
ESCALATED = "↑"
"""Before what was escalated, for the superior to see."""
CAUSE = Bilingual("原因", "Cause")
"""What an incident is about, where a case has what it is about."""
ENDS = Bilingual("结束事件", "End incident")

_SHORT_EN = {
    "noted": "Noted",
    "received": "To send",
    "handling": "In hand",
    "resolved": "Reply due",
    "decided": "Reply due",
    "implementing": "Under way",
    "pending": "Reply due",
    "approving": "Approval",
    "dispatched": "Sent",
    "on_site": "On site",
    "waiting": "On hold",
    "awaiting_call_back": "Call back",
    "closed": "Closed",
    "open": "Under way",
}
_ANSWERED = ("enquiry", "challenge")
_KINDS_EN = {"help": "Help"}
KIND_WIDTH = {"zh": 4, "en": 10}
STATE_WIDTH = {"zh": 6, "en": 9}
SIDEWAYS = frozenset({"noted", "waiting", "approving", "pending", "implementing"})


def kind(name: str) -> str:
    """A kind, in one word."""
    if language() == "en":
        return _KINDS_EN.get(name, label("kinds", name).en)
    return entry("kinds", name).get("short", label("kinds", name).zh)


def duty(name: str) -> str:
    """A duty by name; one that is called as its command is by that."""
    return say(label("duties" if entry("duties", name) else "commands", name))


def clause(of: Clause) -> str:
    """A clause by its id; what no clause gives is the site's own rule."""
    return of.id if of.id != HOUSE_ID else say(HOUSE_RULE)


def state(case: Case) -> str:
    """The state of a case, in one short word."""
    return short_state(case.kind, case.state)


def short_state(of_kind: str, name: str) -> str:
    """A state, in one short word."""
    if name == "received" and of_kind in _ANSWERED:
        return say(Bilingual("待答", "To answer"))
    if language() == "en":
        return _SHORT_EN.get(name, label("states", name).en)
    return entry("states", name).get("short", label("states", name).zh)


def room(household: str) -> str:
    """A room as it is said at the counter; on an English screen its id."""
    return household if language() == "en" else written(household)


def place(case: Case) -> str:
    """Where it is, or where the resident lives."""
    return mask_words(case.text("place")) or (room(case.household) if case.household else "")


def summary(case: Case) -> str:
    """What it is about, numbers masked."""
    return mask_words(case.text("summary"))


def words(case: Case, name: str) -> str:
    """What was said under this name, numbers masked."""
    return mask_words(case.text(name))


def full_name(case: Case, handbook: Handbook) -> str:
    """The resident's name as it is known."""
    household = handbook.households.get(case.household)
    return case.text("name") or (household.name if household else "")


def full_phone(case: Case, handbook: Handbook) -> str:
    """The number to call back on as it is known."""
    household = handbook.households.get(case.household)
    return case.text("phone") or (household.phone if household else "")


def command(case: Case, name: str) -> Bilingual:
    """A command as it is called on this case; an incident is ended by what returns the form of others."""
    return label("commands", name) if case.matter or name != "complete" else ENDS


def summary_line(case: Case) -> str:
    """The same for a line of a list: with a sign before it where it was escalated or is linked to an incident."""
    marks = ESCALATED * (case.open and case.escalation is not None) + LINKED * bool(case.incident)
    return f"{marks} {summary(case)}" if marks else summary(case)


def resident(case: Case, handbook: Handbook) -> str:
    """The resident, masked."""
    if case.holds("anonymous"):
        return say(ANONYMOUS)
    return mask_name(full_name(case, handbook))


def phone(case: Case, handbook: Handbook) -> str:
    """The number, masked."""
    return mask_phone(full_phone(case, handbook))


def staff(person: str, handbook: Handbook) -> str:
    """Somebody of the staff by name; the id of one who has left."""
    found = handbook.people.get(person)
    return found.name if found else person


def line_sign(line: Line, at: datetime) -> Sign:
    """The sign of a line of the queue."""
    if line.duty is None:
        return sign(Status.OPEN, None, urgent=False)
    return duty_sign(line.duty, at, urgent=line.case.holds("emergency"))


def duty_sign(duty: Duty, at: datetime, *, urgent: bool = False) -> Sign:
    """The sign of one duty."""
    return sign(duty.status(at), minutes_left(duty.due, at), urgent=urgent)


def countdown(duty: Duty | None, at: datetime) -> str:
    """What is left of a duty."""
    return NO_COUNTDOWN if duty is None else left(duty.due, at)


def progress(case: Case, handbook: Handbook) -> tuple[tuple[str, str], ...]:
    """The states of its kind with `past`, `now` or `ahead`; the byways only where the case went along them."""
    been = {change.state for event in case.history for change in event.changes if hasattr(change, "state")}
    states = [
        each
        for each in handbook.life_cycle(case).states
        if each == case.state or each not in SIDEWAYS or (each in been and each != "noted")
    ]
    if case.state not in states:
        return ((short_state(case.kind, case.state), "now"),)  # its kind is not there
    here = states.index(case.state)
    parts = ("past", "now", "ahead")
    return tuple(
        (short_state(case.kind, each), parts[(place > here) - (place < here) + 1]) for place, each in enumerate(states)
    )
