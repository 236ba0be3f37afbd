"""What the `[alerts]` table of `settings.toml` says: how long before a due time, the quiet hours, the bell."""

from __future__ import annotations

from datetime import time

from attrs import field, frozen

from qiantai.periods import BadPeriod, Period
from qiantai.projections.alerts import AlertRules, Quiet
from qiantai.tables import Table
from qiantai.words import Bilingual

_A_TIME = Bilingual("钟点,如 09:00", "a time of day, as 09:00")
_TWO_TIMES = Bilingual('两个钟点,如 ["22:00", "07:00"]', 'two times of day, as ["22:00", "07:00"]')
_ON_THE_CLOCK = Bilingual("分钟、小时或天,如 2m、1h、1d", "minutes, hours or days, as 2m, 1h, 1d")
_DUTY = Bilingual("时限", "duty")


@frozen
class AlertSettings:
    """When and how this site's people are told of due times."""

    rules: AlertRules = field(factory=AlertRules)
    bell: bool = True


def read_alerts(row: Table) -> AlertSettings:
    """The settings of the table; a mistake is noted, and the default holds there."""
    row.only("before", "morning", "quiet", "bell")
    before = row.table("before")
    default = AlertRules()
    lengths = {key: _period(before, key) for key in before.given}
    own = {key: each for key, each in lengths.items() if each is not None and key not in ("short", "long")}
    if own:
        _known(before, own)
    rules = AlertRules(
        lengths.get("short") or default.short,
        lengths.get("long") or default.long,
        own,
        _time(row, "morning") or default.morning,
        _quiet(row),
    )
    return AlertSettings(rules, row.flag("bell", default=True))


def _known(before: Table, own: dict[str, Period]) -> None:
    from qiantai.requests import REQUESTS  # needed only where a duty has a length of its own

    duties = dict.fromkeys(rule.name for request in REQUESTS.values() for rule in request.duties)
    for key in own:
        before.known(key, key, ("short", "long", *duties), _DUTY)


def _period(before: Table, key: str) -> Period | None:
    try:
        found = Period.parse(before.given[key])
    except BadPeriod as bad:
        before.note(key, bad.why, _ON_THE_CLOCK)
        return None
    if found.counts_days:
        before.note(key, Bilingual(f"不能是 {found}", f"it cannot be {found}"), _ON_THE_CLOCK)
        return None
    return found


def _time(row: Table, key: str) -> time | None:
    if key not in row.given:
        return None
    found = _clock(row.given[key])
    if found is None:
        row.note(key, Bilingual("读不懂这个钟点", "this is no time of day"), _A_TIME)
    return found


def _quiet(row: Table) -> Quiet | None:
    if "quiet" not in row.given:
        return None
    match row.given["quiet"]:
        case [begins, ends] if (first := _clock(begins)) is not None and (last := _clock(ends)) is not None:
            return Quiet(first, last)
        case _:
            row.note("quiet", Bilingual("读不懂安静时段", "these are no quiet hours"), _TWO_TIMES)
            return None


def _clock(given: object) -> time | None:
    try:
        found = time.fromisoformat(given) if isinstance(given, str) else None
    except ValueError:
        return None
    return None if found is None or found.tzinfo is not None else found
