"""`qiantai what-if`: what would differ in the site's cases under another policy, calendar or set of agreed answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from .sitting import by_options, seat_of
from .speech import Speech
from .spoken import Spoken, json_option, misuse, site_option
from .stopped import DONE

if TYPE_CHECKING:
    from qiantai.calendar import Calendar
    from qiantai.handbook import Handbook
    from qiantai.tables import Table
    from qiantai_tui.sites.site import Site

SITE_KEYS = ("name", "name_en", "staff", "script", "policy", "calendar", "topics")
"""What a site's file may hold: a changed copy of it will do, and only what is asked for is read."""


def command(say: Speech) -> click.Command:
    """JSON: `at`, `nothing`, and `dues`, `refused`, `allowed`, `offers`, `figures`, `unplayed`; what is `now` and what
    would be `then` stand side by side, null where there is nothing. A month's `figures` have the counts and `in_time`.
    """
    return Spoken(
        say,
        "what-if",
        help=say(
            "换一套标准、日历或统一口径,哪些时限、指令和各月数字会不同;什么都不改写。文件写法与小区自己的一样,"
            "写到的代替小区的,没写到的照旧。",
            "Which due times, commands and months' figures would differ under other limits, days or agreed answers; "
            "nothing is rewritten. The files are written as the site's own, and what they name goes before it.",
        ),
        params=[
            _file("--policy", say("[[policy]]:有日期的标准", "[[policy]]: dated limits"), say),
            _file("--calendar", say("[[year]] 或 [calendar]:放假安排", "[[year]] or [calendar]: days off"), say),
            _file("--scripts", say("[[script]]:统一口径", "[[script]]: agreed answers"), say),
            *by_options(say),
            site_option(say),
            json_option(say),
        ],
        callback=_what_if,
    )


def _file(option: str, help: str, say: Speech) -> click.Option:
    return click.Option([option], metavar=say("文件", "FILE"), help=help)


@click.pass_context
def _what_if(
    ctx: click.Context, policy: str | None, calendar: str | None, scripts: str | None, by: str | None, site: str | None,
    as_json: bool,
) -> int:  # fmt: skip
    from qiantai.what_if import what_if

    from .answers import write_json
    from .differences import difference_out, write_difference
    from .opening import opened

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    if not (policy or calendar or scripts):
        misuse(ctx, "要给出 --policy、--calendar、--scripts 之一", "give --policy, --calendar or --scripts", say)
    with opened(ctx, site) as found:
        desk = found.desk
        then = _changed(found, policy, calendar, scripts)
        at = desk.clock()
        seat = seat_of(ctx, found, by, say)
        cases = (*seat.open_cases(), *seat.closed_cases())
        differs = what_if(cases, desk.handbook, then, at)
    if as_json:
        write_json({"at": at, "nothing": differs.nothing, **difference_out(differs)})
    else:
        write_difference(differs, desk.handbook, say)
    return DONE


def _changed(site: Site, policy: str | None, calendar: str | None, scripts: str | None) -> Handbook:
    """The site's handbook with what these files say over its own. Raises `BadSite` with all mistakes of a file."""
    from attrs import evolve

    from qiantai.deeds import agreed
    from qiantai.reading import read_policies, read_scripts
    from qiantai.tables import Table
    from qiantai_tui.agreed.book import read_deeds
    from qiantai_tui.sites.files import SITE, read_toml

    handbook, own = site.desk.handbook, Table("", read_toml(site.folder / SITE))
    people, days = handbook.people, handbook.calendar
    if policy:
        with _taken(policy, "policy") as file:
            policies = read_policies(_over(file, own, "policy", ("valid",)), people, handbook.defaults)
        handbook = evolve(handbook, policies=policies)
    if scripts:
        with _taken(scripts, "script") as file:
            rows = read_scripts(_over(file, own, "script", ("id", "version")), people)
        handbook = evolve(handbook, scripts=agreed(rows, read_deeds(site.books)))
    if calendar:
        with _taken(calendar, "year", "calendar", "names") as file:
            days = _calendar(file, days)
        handbook = evolve(handbook, calendar=days)
    return handbook


@contextmanager
def _taken(path: str, *wanted: str) -> Iterator[Table]:
    """The tables of a file, which has to have one of those wanted; what is noted in them ends the run as a bad file."""
    from qiantai.tables import Table
    from qiantai.words import Bilingual
    from qiantai_tui.sites.files import BadSite, path_of, read_toml

    source = path_of(path)
    file = Table("", read_toml(source, must=True))
    file.only(*SITE_KEYS, *wanted)
    if not any(key in file.given for key in wanted):
        names = " / ".join(wanted)
        file.note("", Bilingual(f"里面没有 {names}", f"it has no {names}"))
    yield file
    if file.mistakes:
        raise BadSite(source, file.mistakes)


def _over(file: Table, own: Table, name: str, keys: tuple[str, ...]) -> Table:
    """The tables of this name of a file, and behind them those of the site that it does not replace by these keys."""
    from attrs import evolve

    from qiantai.plainly import shown

    rows = [each.given for each in file.tables(name)]

    def same(row: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(each if isinstance(each := row.get(key, ""), str) else shown(each) for key in keys)

    replaced = {same(row) for row in rows}
    kept = [each.given for each in own.tables(name) if same(each.given) not in replaced]
    return evolve(file, given={name: [*rows, *kept]})


def _calendar(file: Table, over: Calendar) -> Calendar:
    """The calendar with the years of `[[year]]`, and over them the single days of `[calendar]`."""
    from qiantai.calendar import BadCalendar, read_years
    from qiantai.reading import read_calendar

    try:
        over = over.with_years(read_years({key: file.given[key] for key in ("year", "names") if key in file.given}))
    except BadCalendar as bad:
        file.note("", bad.why)
    return read_calendar(file, over)
