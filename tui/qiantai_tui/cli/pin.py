"""`qiantai pin`: one's own PIN, one-time codes for others, and the unlocking of who tried too often."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .sitting import asked, by_options, person_of, pin_given, prove
from .speech import Speech
from .spoken import Spoken, SpokenGroup, json_option, site_option
from .stopped import DONE, NOT_ALLOWED, REFUSED, Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantai.people import Person
    from qiantai_tui.sign_in.book import PinBook
    from qiantai_tui.sites.site import Settings

_LINES = {
    "set": ("设或改自己的 PIN", "choose or change one's own PIN"),
    "code": ("给别人一个一次性代码(管理员、主管)", "give somebody a one-time code (administrator, supervisor)"),
    "unlock": ("解锁试错太多的人(管理员、主管)", "unlock who tried too often (administrator, supervisor)"),
    "list": ("各人有没有 PIN、锁没锁", "who has a PIN, and who is locked"),
}


def command(say: Speech) -> click.Command:
    """The group. It works beside an open desk, for it touches no case."""
    makers = {"set": _set, "code": _code, "unlock": _unlock, "list": _list}

    def load(name: str) -> click.Command:
        return makers[name](say)

    help = say("登录用的 PIN。", "PINs to sign in with.")
    return SpokenGroup(say, "pin", _LINES, load, help=help)


class _Door:
    """The people of a site and their PINs, without its cases: another program may hold those."""

    def __init__(self, ctx: click.Context, site: str | None) -> None:
        from qiantai.desk import now
        from qiantai.plugins import load_plugins
        from qiantai_tui.sign_in.book import PinBook
        from qiantai_tui.sites.files import is_site
        from qiantai_tui.sites.site import NoSite, read_settings, read_tables

        from .opening import folder_of

        folder = folder_of(ctx, site)
        if not is_site(folder):
            raise NoSite(folder)
        self.settings: Settings = read_settings(folder)
        plugins = load_plugins(self.settings.plugins_off)
        kinds, _ = plugins.kinds()
        self.people: Mapping[str, Person] = read_tables(folder, plugins, {}, kinds).handbook.people
        self.pins: PinBook = PinBook(folder)
        self.clock = now


def _set(say: Speech) -> click.Command:
    """The present PIN, or the one-time code, is asked for first; the first person of a site has none."""
    return Spoken(
        say,
        "set",
        help=say("设或改自己的 PIN。", "Choose or change one's own PIN."),
        params=[*by_options(say, required=True), site_option(say)],
        callback=_setting,
    )


@click.pass_context
def _setting(ctx: click.Context, by: str, site: str | None) -> int:
    from qiantai_tui.sign_in.book import Denied, first_people

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    door = _Door(ctx, site)
    person = person_of(door.people, by, say)
    if door.pins.empty:
        if person not in (may := first_people(door.people)):
            names = say("、", ", ").join(each.name for each in may)
            raise Stopped(
                NOT_ALLOWED,
                say(f"第一个 PIN 由{names}设", f"the first PIN of the site is chosen by: {names}"),
                {"rule": "not_the_first"},
            )
    else:
        match door.pins.sign_in(person, pin_given(ctx, person, say), door.clock()):
            case Denied(why):
                raise Stopped(NOT_ALLOWED, why[say.language], {"rule": "wrong_pin"})
            case _:
                """It was right, or the code."""
    new, again = asked(say("新 PIN", "New PIN"), say), asked(say("再输一遍", "Once more"), say)
    if new != again:
        raise Stopped(REFUSED, say("两遍不一样,没有改", "the two differ; nothing was changed"))
    if (wrong := door.pins.choose(person, new)) is not None:
        raise Stopped(REFUSED, wrong[say.language])
    click.echo(say("PIN 已设好。", "The PIN is set."))
    return DONE


def _code(say: Speech) -> click.Command:
    """The code is good for three days and once; the PIN that they had is void."""
    return _for_others(say, "code", "给一个一次性代码;原来的 PIN 作废。", "Give a one-time code; their PIN is void.")


def _unlock(say: Speech) -> click.Command:
    """Their PIN stays."""
    return _for_others(say, "unlock", "解锁;PIN 不变。", "Unlock; the PIN stays.")


def _for_others(say: Speech, name: str, zh: str, en: str) -> click.Command:
    return Spoken(
        say,
        name,
        help=say(zh, en),
        params=[
            click.Argument(["person"], metavar=say("员工", "PERSON")),
            *by_options(say, required=True),
            site_option(say),
        ],
        callback=_coding if name == "code" else _unlocking,
    )


@click.pass_context
def _coding(ctx: click.Context, person: str, by: str, site: str | None) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    door = _Door(ctx, site)
    other = person_of(door.people, person, say)
    _superior(ctx, door, by, say)
    click.echo(door.pins.give_code(other.id, door.clock()))
    click.echo(
        say(f"{other.name} 的一次性代码,三天内有效", f"one-time code of {other.name}, good for three days"), err=True
    )
    return DONE


@click.pass_context
def _unlocking(ctx: click.Context, person: str, by: str, site: str | None) -> int:
    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    door = _Door(ctx, site)
    other = person_of(door.people, person, say)
    _superior(ctx, door, by, say)
    door.pins.unlock(other.id)
    click.echo(say(f"{other.name} 已解锁。", f"{other.name} is unlocked."))
    return DONE


def _superior(ctx: click.Context, door: _Door, by: str, say: Speech) -> None:
    """Has an administrator or a supervisor sign in; ends the run as not allowed for anybody else."""
    from qiantai_tui.sign_in.book import may_give_codes

    person = person_of(door.people, by, say)
    if not may_give_codes(person):
        raise Stopped(
            NOT_ALLOWED,
            say(f"{person.name} 不是管理员或主管", f"{person.name} is no administrator or supervisor"),
            {"rule": "not_their_role"},
        )
    prove(ctx, door.pins, person, door.clock(), say)


def _list(say: Speech) -> click.Command:
    """JSON: `people`, each with `id`, `name`, `pin` (whether they have one) and `locked`."""
    return Spoken(
        say,
        "list",
        help=say("各人有没有 PIN、锁没锁。", "Who has a PIN, and who is locked."),
        params=[site_option(say), json_option(say)],
        callback=_listing,
    )


@click.pass_context
def _listing(ctx: click.Context, site: str | None, as_json: bool) -> int:
    from .answers import write_json, write_table

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    door = _Door(ctx, site)
    at = door.clock()
    rows = [(each, door.pins.has(each.id), door.pins.locked(each.id, at)) for each in door.people.values()]
    if as_json:
        people = [{"id": each.id, "name": each.name, "pin": has, "locked": locked} for each, has, locked in rows]
        write_json({"people": people})
        return DONE
    words = {
        (True, True): say("已锁", "locked"),
        (True, False): say("有", "yes"),
        (False, False): say("没有", "no"),
    }
    write_table(
        [say("员工", "Id"), say("姓名", "Name"), "PIN"],
        [(each.id, each.name, words[has, locked]) for each, has, locked in rows],
    )
    return DONE
