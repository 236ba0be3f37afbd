"""Why a duty is due when it is: what opened it, the limit, the days counted, what moved it, and how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from attrs import field, frozen

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.events import Change, Discharged, Event, Moved, Opened, Voided
from qiantai.handbook import Handbook
from qiantai.lifecycle import DutyRule
from qiantai.periods import BadPeriod, Period, counted, due
from qiantai.policy import Policy
from qiantai.privacy import mask_words
from qiantai.why.reasons import Act, DutyReason, Reckoning, Shift, Standard, Verdict, Version
from qiantai.why.trail import Taken
from qiantai.words import Bilingual, label

HOW = {"until": "extension", "eta": "wait", "promised": "promise"}
"""What moves a due time, by the field that says to when."""


@frozen
class _Life:
    """One duty with the step that opened it, and the later changes of it, each with its step."""

    duty: Duty
    opened: Taken
    later: list[tuple[Taken, Change]] = field(factory=list[tuple[Taken, Change]])


def duty_reasons(case: Case, taken: Iterable[Taken], at: datetime, handbook: Handbook) -> tuple[DutyReason, ...]:
    """The reason of every duty of the case, in the order they were opened in, as they stand at `at`."""
    taken = tuple(taken)
    lives = zip(_lives(taken), case.duties, strict=True)
    return tuple(_reason(life, now, case, taken[0], at, handbook) for life, now in lives)


def _lives(taken: Iterable[Taken]) -> list[_Life]:
    lives: list[_Life] = []
    owed: dict[str, _Life] = {}
    for each in taken:
        for change in each.event.changes:
            match change:
                case Opened(duty):
                    lives.append(_Life(duty, each))
                    if duty.owed:
                        owed[duty.name] = lives[-1]
                case Moved(name) if name in owed:
                    owed[name].later.append((each, change))
                case Discharged(name) | Voided(name) if name in owed:
                    owed.pop(name).later.append((each, change))
                case _:
                    """Of no duty, or of one that is not owed."""
    return lives


def _reason(life: _Life, now: Duty, case: Case, receipt: Taken, at: datetime, handbook: Handbook) -> DutyReason:
    duty, opened = life.duty, life.opened.act
    rule = _rule(case, duty, handbook)
    from_receipt = rule is not None and rule.since_receipt and case.received in (duty.since, duty.opened)
    owed_by = case.owing(now) if now.owed else now.owed_by
    people, roles = _owing(case, owed_by)
    shifts = tuple(_shifts(life, handbook))
    return DutyReason(
        name=duty.name,
        clause=duty.clause,
        owed_by=owed_by,
        people=people,
        roles=roles,
        opened=opened,
        runs_from=receipt.act if from_receipt else opened,
        standard=_standard(duty, rule, case, handbook) if rule else None,
        reckoning=_reckoning(duty, case, handbook, recounted=any(each.how == "recount" for each in shifts)),
        shifts=shifts,
        due=now.due,
        provisional=now.provisional,
        void_at_once=duty.void,
        verdict=Verdict(now.status(at), _ended(life), now.by),
    )


def _rule(case: Case, duty: Duty, handbook: Handbook) -> DutyRule | None:
    """The row of the duty table: the one of its clause, for what the case says may have been corrected since."""
    request = handbook.request(case.kind)
    rows = [each for each in request.duties if each.name == duty.name] if request else []
    return next((each for each in rows if each.clause == duty.clause), rows[0] if rows else None)


def _owing(case: Case, owed_by: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who owes it, by id, and in which roles."""
    match owed_by:
        case "owner":
            return tuple(each for each in (case.owner, case.stand_in) if each), ()
        case "first_contact":
            return (case.first_contact,), ()
        case "handler":
            return case.workers, case.handlers
        case role:
            return (), (role,)


def _standard(duty: Duty, rule: DutyRule, case: Case, handbook: Handbook) -> Standard:
    policy = handbook.policy(case.received)
    now = str(policy.values[rule.limit])
    return Standard(
        key=rule.limit,
        value=duty.period,
        clause=policy.limits[rule.limit].clause,
        version=_version(policy),
        set_in=_version(_brought(policy, rule.limit, handbook)),
        revised=now if now != duty.period else "",
    )


def _version(policy: Policy) -> Version:
    by_default = not policy.by and policy.valid_from == Policy().valid_from
    return Version(None if by_default else policy.valid_from, policy.by, policy.hq_told)


def _brought(policy: Policy, key: str, handbook: Handbook) -> Policy:
    """The version that brought the value which this one has: the first of those in a row that agree on it."""
    earlier = sorted(
        (each for each in handbook.policies if each.valid_from <= policy.valid_from), key=lambda each: each.valid_from
    )
    found = policy
    for each in reversed(earlier):
        if each.values.get(key) != policy.values[key]:
            break
        found = each
    return found


def _reckoning(duty: Duty, case: Case, handbook: Handbook, *, recounted: bool) -> Reckoning:
    """How the limit came about; the days of one that was counted anew since are told there."""
    hours, calendar, period = handbook.policy(case.received).hours, handbook.calendar, Period.parse(duty.period)
    anew = due(duty.since, period, calendar, hours).at
    return Reckoning(
        since=duty.since,
        period=duty.period,
        due=duty.limit,
        provisional=duty.provisional,
        days=() if recounted else counted(duty.since, period, calendar),
        hours=hours,
        waited=duty.since not in (case.received, duty.opened),
        anew=None if recounted or anew == duty.limit else anew,
    )


def _shifts(life: _Life, handbook: Handbook) -> Iterator[Shift]:
    before, period = life.duty.due, Period.parse(life.duty.period)
    for taken, change in life.later:
        match change:
            case Moved(_, after, provisional):
                how = _how(taken.event)
                period = _extended(taken.event) or period
                counts = how in ("extension", "recount")
                if after != before or how == "recount":
                    yield Shift(
                        act=taken.act,
                        how=how,
                        before=before,
                        after=after,
                        reason=_said(taken.event),
                        provisional=provisional,
                        period=str(period) if counts else "",
                        days=counted(life.duty.since, period, handbook.calendar) if counts else (),
                    )
                before = after
            case _:
                """It ended."""


def _how(event: Event) -> str:
    return next((how for name, how in HOW.items() if name in event.fields), event.name)


def _extended(event: Event) -> Period | None:
    """How long from where it runs an extension made it."""
    try:
        return Period.parse(event.fields.get("until"))
    except BadPeriod:
        return None


def _said(event: Event) -> Bilingual:
    """The reason that was given, in words where it is one of the vocabulary's; a resident's number in it is masked."""
    found = [
        label("values", text) if name == "reason" and "eta" in event.fields else Bilingual(text, text)
        for name in ("reason", "text")
        if (text := mask_words(str(event.fields.get(name, ""))))
    ]
    return Bilingual(" ".join(each.zh for each in found), " ".join(each.en for each in found))


def _ended(life: _Life) -> Act | None:
    ends = [taken.act for taken, change in life.later if isinstance(change, Discharged | Voided)]
    return ends[-1] if ends else life.opened.act if life.duty.void else None
