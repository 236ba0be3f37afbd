"""A site's staff, households, agreed answers, limits and calendar, out of plain tables as TOML and JSON have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from math import ceil
from typing import Any

from attrs import evolve, field, frozen

from qiantai.calendar import BadCalendar, Calendar, national
from qiantai.handbook import Handbook
from qiantai.lifecycle import Request
from qiantai.people import Household, Person
from qiantai.periods import BadPeriod, Period
from qiantai.plainly import shown
from qiantai.policy import Many, Policy, PolicyRefused, change_policy
from qiantai.scripts import Script
from qiantai.tables import BadInput, Mistake, Table, names
from qiantai.terms import MAJOR, Retention, Term
from qiantai.words import INCIDENT, NOTHING, Bilingual, Role, label

__all__ = [
    "BadInput",
    "Mistake",
    "Site",
    "Table",
    "read_calendar",
    "read_changes",
    "read_households",
    "read_policies",
    "read_retentions",
    "read_scripts",
    "read_site",
    "read_staff",
]

STAFF = Bilingual("员工", "member of staff")
_VERSION_KEYS = ("valid", "by", "hq_told")


@frozen
class Site:
    """One estate: its name, its handbook without the roll, and the words that speak for each topic."""

    name: Bilingual
    handbook: Handbook
    topics: Mapping[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])


def read_staff(file: Table) -> Mapping[str, Person]:
    """The people of `[[staff]]`, by id: `id`, `name`, `roles`, and an area manager's `areas` (H-3.2)."""
    found: dict[str, Person] = {}
    for row in file.tables("staff"):
        row.only("id", "name", "roles", "areas")
        id = _new_id(row, found)
        name, roles, areas = row.text("name", must=True), row.texts("roles", must=True), row.texts("areas")
        if row.given.get("roles") == []:
            row.note("roles", Bilingual("没有岗位", "no role"), names(Role))
        roles = tuple(each for each in roles if row.known("roles", each, tuple(Role), Bilingual("岗位", "role")))
        found.setdefault(id, Person(id, name, roles, areas))
    return found


def read_households(file: Table) -> Mapping[str, Household]:
    """The households of `[[household]]`, by id: `id`, `name`, `phone`, `email`, `important`, `area`."""
    found: dict[str, Household] = {}
    for row in file.tables("household"):
        row.only("id", "name", "phone", "email", "important", "area")
        id = _new_id(row, found)
        household = Household(
            id, row.text("name"), row.text("phone"), row.text("email"), row.flag("important"), row.text("area")
        )
        found.setdefault(id, household)
    return found


def read_scripts(file: Table, people: Collection[str]) -> tuple[Script, ...]:
    """The agreed answers of `[[script]]` (H-4.4.5); several versions of one `id` differ in their `version`."""
    found: dict[tuple[str, int], Script] = {}
    for row in file.tables("script"):
        row.only(
            "id", "topic", "text", "sensitive", "spokesperson", "from", "until", "approved_by", "version"
        )  # fmt: skip
        script = _script(row)
        for key, person in (("spokesperson", script.spokesperson), ("approved_by", script.approved_by)):
            if person:
                row.known(key, person, people, STAFF)
        if script.valid_until is not None and script.valid_until < script.valid_from:
            row.note(
                "until",
                Bilingual("早于 from", "it is before `from`"),
                Bilingual(f"{script.valid_from} 或以后", f"{script.valid_from} or later"),
            )
        if (script.id, script.version) in found:
            row.note(
                "id",
                Bilingual(f"{script.id} 的第{script.version}版已经有了", f"{script.id} has a version {script.version}"),
                Bilingual("另一个 version", "another version"),
            )
        found[script.id, script.version] = script
    return tuple(found.values())


def _script(row: Table) -> Script:
    return Script(
        id=row.text("id", must=True),
        topic=row.text("topic", must=True),
        text=row.text("text", must=True),
        valid_from=row.day("from", must=True) or date.min,
        approved_by=row.text("approved_by", must=True),
        valid_until=row.day("until"),
        sensitive=row.flag("sensitive"),
        spokesperson=row.text("spokesperson"),
        version=row.count("version", default=1),
    )


def read_changes(row: Table, over: Policy, valid_from: date = date.min, hq_told: date | None = None) -> Policy:
    """A policy with the limits that a table changes; each that cannot be is noted by its key, with its clause."""
    policy = over
    for key, given in row.given.items():
        if key in _VERSION_KEYS and valid_from != date.min:
            continue
        try:
            policy = change_policy({key: given}, policy)
        except PolicyRefused as refused:
            cited = f" [{refused.clause}]" if refused.clause else ""
            would_do = Bilingual(*[f"{over.limits[key].default}"] * 2) if key in over.limits else NOTHING
            row.note(key, Bilingual(f"{refused.why.zh}{cited}", f"{refused.why.en}{cited}"), would_do)
    by = row.given.get("by", "")
    return change_policy({}, policy, valid_from, by if isinstance(by, str) else "", hq_told)


def read_policies(file: Table, people: Collection[str], defaults: Policy) -> tuple[Policy, ...]:
    """The dated versions of `[[policy]]`: `valid` (its first day), `by`, `hq_told` (M-1.3), and the limits it changes.

    Each goes on from the version before it in time; the defaults come first.
    """
    versions = [defaults]
    for row in sorted(file.tables("policy"), key=lambda each: shown(each.given.get("valid", ""))):
        valid = row.day("valid", must=True)
        by = row.text("by", must=True)
        if by:
            row.known("by", by, people, STAFF)
        if valid is not None and any(each.valid_from == valid for each in versions):
            row.note(
                "valid",
                Bilingual(f"{valid} 已经有一版", f"there is a version of {valid} already"),
                Bilingual("另一天", "another day"),
            )
        versions.append(read_changes(row, versions[-1], valid or date.max, row.day("hq_told")))
    return tuple(versions)


def read_retentions(file: Table, people: Collection[str], handbook: Handbook) -> tuple[Retention, ...]:
    """The dated versions of `[[retention]]`: `valid`, `by`, `hq_told` as for a policy, and a term by kind.

    A kind that a version does not name is kept without end from then on. A term that is shorter than a case of its kind
    may be owed something is refused.
    """
    versions: dict[date, Retention] = {}
    for row in file.tables("retention"):
        row.only(*_VERSION_KEYS, *handbook.requests, INCIDENT, MAJOR)
        valid, by = row.day("valid", must=True) or date.max, row.text("by", must=True)
        if by:
            row.known("by", by, people, STAFF)
        if valid in versions:
            wrong = Bilingual(f"{valid} 已经有一版", f"there is a version of {valid} already")
            row.note("valid", wrong, Bilingual("另一天", "another day"))
        given = {key: each for key in row.given if key not in _VERSION_KEYS and (each := _term(row, key, handbook))}
        versions[valid] = Retention(given, valid, by, row.day("hq_told"))
    return tuple(versions.values())


def _term(row: Table, key: str, handbook: Handbook) -> Term | None:
    try:
        term = Term.parse(row.given[key])
    except BadPeriod as bad:
        row.note(key, bad.why, Bilingual("5y", "5y"))
        return None
    kind = "complaint" if key == MAJOR else key
    limit, period, days = _longest_owed(kind, handbook)
    if term.least_days < days:
        row.note(
            key,
            _TOO_SHORT.format(term=str(term), key=limit, period=period),
            Bilingual(f"{days}d 或更长", f"{days}d or longer"),
        )
    return term


_TOO_SHORT = Bilingual(
    "{term} 太短:“{key}”是 {period},这期间还可能有该办的",
    "{term} is too short: {key} is {period}, within which something may still be owed",
)
_BESIDES = {"complaint": "complaint_limit", "challenge": "many_challenges"}
"""The limit of a kind that is none of its duties: an extension, and how long challenges on one topic count."""


def _longest_owed(kind: str, handbook: Handbook) -> tuple[Bilingual, str, int]:
    """The limit within which a case of a kind may be owed something longest, over all versions, and its days at most.

    A working day counts three.
    """
    request = handbook.request(kind)
    keys = {each.limit for each in request.duties} | {_BESIDES.get(kind, "")} if request else set[str]()
    periods = ((key, _period(policy.values.get(key))) for policy in handbook.policies for key in keys)
    found = [(label("policy", key), str(period), _days(period)) for key, period in periods if period is not None]
    return max(found, key=lambda each: each[2], default=(NOTHING, "", 0))


def _period(value: object) -> Period | None:
    match value:
        case Period():
            return value
        case Many():
            return value.within
        case _:
            return None


def _days(period: Period) -> int:
    return 3 * period.count if period.counts_days else ceil(period.seconds / 86400)


def read_calendar(file: Table, over: Calendar) -> Calendar:
    """The calendar with the single days of `[calendar]` corrected: `off` and `work`."""
    row = file.table("calendar")
    row.only("off", "work")
    try:
        return over.with_days(row.days("off"), row.days("work"))
    except BadCalendar as bad:
        row.note("off", bad.why)
        return over


def read_site(
    data: Mapping[str, Any], calendar: Calendar | None = None, requests: Mapping[str, Request] | None = None
) -> Site:
    """The site that a site's file stands for, its households left to the roll. Raises `BadInput` with all mistakes.

    `calendar` is the nation's and `requests` the kernel's own unless others are given.
    """
    file = Table("", data)
    file.only("name", "name_en", "staff", "script", "policy", "retention", "calendar", "topics")
    name = file.text("name", must=True)
    people = read_staff(file)
    topics = file.table("topics")
    plain = Handbook() if requests is None else Handbook(requests=requests)
    handbook = evolve(plain, people=people, policies=read_policies(file, people, plain.defaults))
    site = Site(
        Bilingual(name, file.text("name_en") or name),
        evolve(
            handbook,
            scripts=read_scripts(file, people),
            retentions=read_retentions(file, people, handbook),
            calendar=read_calendar(file, calendar or national()),
        ),
        {topic: topics.texts(topic) for topic in topics.given},
    )
    if file.mistakes:
        raise BadInput(file.mistakes)
    return site


def _new_id(row: Table, found: Collection[str]) -> str:
    id = row.text("id", must=True)
    if id and id in found:
        row.note("id", Bilingual(f"{id} 写了两遍", f"{id} is given twice"), Bilingual("另一个 id", "another id"))
    return id
