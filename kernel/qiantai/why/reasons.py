"""The reasons of decisions as values: what screen, command line and JSON all tell from; residents' numbers masked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from attrs import field, frozen

from qiantai.clauses import Clause
from qiantai.days import Day
from qiantai.events import Value
from qiantai.hours import Hours
from qiantai.words import Bilingual, Status


@frozen
class Act:
    """A step of the case: its place in the history, its command, when, by whom, and the clause of the row it took.

    `by` is empty where the calendar itself spoke; `clause` is None where no row of the life cycle gave the step.
    """

    seq: int
    command: str
    at: datetime
    by: str
    clause: Clause | None


@frozen
class Version:
    """A dated version of the policy [M-1.3]: from when, who set it, when `hq` was told. No date: the default."""

    valid_from: date | None
    by: str
    hq_told: date | None


@frozen
class Standard:
    """The limit that a duty goes by: its key, its value as the duty was opened with, and the clause of its figure.

    `version` is the policy in force at receipt, `set_in` the version that brought this value. `revised` is the value
    that the policy of that day has by now, where somebody wrote another one into it since: the duty keeps its own.
    """

    key: str
    value: str
    clause: Clause
    version: Version
    set_in: Version
    revised: str


@frozen
class Reckoning:
    """How a period came to its end: from when it runs, how long, when it is due, and the days that were looked at.

    `days` are empty for a period that runs on the clock; one that counts days ends when the desk's `hours` do [C-203].
    `provisional`: no notice covered the year then; where it was counted anew since, that shift has the days.
    `waited`: the event fell outside those hours, and the time runs from their next start. `anew` is when it would be
    due by the handbook of today, where that is another time; what is on record stays.
    """

    since: datetime
    period: str
    due: datetime
    provisional: bool
    days: tuple[Day, ...]
    hours: Hours
    waited: bool
    anew: datetime | None


@frozen
class Shift:
    """What moved a due time: `how` is `promise`, `wait`, `extension`, `recount`, or the command that did.

    `period` and `days` are those of an extension or a recount, counted as those of a limit are.
    """

    act: Act
    how: str
    before: datetime
    after: datetime
    reason: Bilingual
    provisional: bool
    period: str
    days: tuple[Day, ...]


@frozen
class Verdict:
    """How a duty stands, and what ended it. `by` is who did it: nobody where it is void, or a miss never made good."""

    status: Status
    ended: Act | None
    by: str


@frozen
class DutyReason:
    """Why a duty is due when it is. `owed_by` is who owes it as the case stands, `people` and `roles` who that is.

    `runs_from` is the step that the time runs from, `opened` the one that opened the duty; `void_at_once` says that an
    anonymous case has nobody to do it towards.
    """

    name: str
    clause: Clause
    owed_by: str
    people: tuple[str, ...]
    roles: tuple[str, ...]
    opened: Act
    runs_from: Act
    standard: Standard | None
    reckoning: Reckoning
    shifts: tuple[Shift, ...]
    due: datetime
    provisional: bool
    void_at_once: bool
    verdict: Verdict


@frozen
class Claim:
    """Why somebody stands where they stand: who, by which clause, and the step that made it so."""

    person: str
    clause: Clause
    act: Act


@frozen
class OwnerReason:
    """Why somebody answers for the case; who stands in, and to whom it is offered, where anybody."""

    owner: Claim
    first_contact: Claim
    stand_in: Claim | None
    offered: Claim | None


@frozen
class HandlerReason:
    """Which roles handle it, by which step, and who has worked on it, each with the first time."""

    roles: tuple[str, ...]
    sent: Act | None
    workers: tuple[Claim, ...]


@frozen
class BookReason:
    """Whether a book (`register`, `dossier`) keeps the case, and why.

    `settled`: it is filed; else this is where it would go as it stands. `part` and `under` are the dossier's part and
    household. `why` is `taken_in`, `away_from_the_desk`, `part`, `no_part`. `marked` is `withdrawn`, `mistaken`, the
    number of the case that it was merged into, or empty.
    """

    book: str
    kept: bool
    settled: bool
    why: str
    clause: Clause
    part: str
    under: str
    marked: str


@frozen
class CaseReason:
    """Everything of a case that can be asked why, at a time; `filing` is empty for an incident, which no book has."""

    number: str
    kind: str
    state: str
    at: datetime
    owner: OwnerReason
    handler: HandlerReason
    filing: tuple[BookReason, ...]
    duties: tuple[DutyReason, ...]


class Place(StrEnum):
    """Where a rule stands among the rules that may refuse a command: the first that speaks is the refusal's."""

    KNOWN = "known"
    TIME = "time"
    NAMED = "named"
    STATE = "state"
    ROLE = "role"
    FIELDS = "fields"
    BARS = "bars"
    FORM = "form"


@frozen
class Tested:
    """One rule that was held against a command, with its clause where it has one."""

    rule: str
    clause: Clause | None
    why: Bilingual


@frozen
class Rung:
    """One place in the order of the rules: `outcome` is `passed`, `refused` or `not_reached`.

    `tested` are the rules that stand there for this command, as far as they were asked; of `refused` the last refused.
    """

    place: Place
    outcome: str
    tested: tuple[Tested, ...]


@frozen
class RefusalReason:
    """Why a command was refused: what was asked, by whom with which roles, of a case how it stood, by which rule.

    `since` is the step that brought the case to its state, None for a receipt. `order` has every place, in the order
    of the rules; it is empty for a refusal that no rule made.
    """

    rule: str
    clause: Clause | None
    why: Bilingual
    would_do: Bilingual
    command: str
    by: str
    roles: tuple[str, ...]
    at: datetime
    kind: str
    state: str
    since: Act | None
    order: tuple[Rung, ...]
    asked: Mapping[str, Value] = field(factory=dict[str, Value])
