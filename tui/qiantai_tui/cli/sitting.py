"""Who gives a command on the line, and the desk as they sit at it; where people sign in, only with their PIN."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

import click

from .completing import files
from .speech import Speech
from .stopped import NOT_ALLOWED, NOT_FOUND, Stopped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from qiantai.case import Case
    from qiantai.people import Person
    from qiantai.seat import Seat
    from qiantai_tui.sign_in.book import PinBook
    from qiantai_tui.sites.site import Site

VARIABLE = "QIANTAI_PIN_FILE"
"""The environment's word on the file in which the PIN stands."""
_KEPT = "qiantai.pin_file"
_LONGEST_PIN = 1024  # bytes of that file


def by_options(say: Speech, *, required: bool = False) -> list[click.Parameter]:
    """`--by`, and `--pin-file` for where people sign in; a PIN is never an argument, which others could read."""
    return [
        click.Option(["--by"], metavar="ID", required=required, help=say("办理人的 id 或姓名", "who, by id or name")),
        click.Option(
            ["--pin-file"],
            metavar="FILE",
            expose_value=False,
            callback=_take_file,
            help=say(
                "PIN 所在的文件(QIANTAI_PIN_FILE);不给就问", "file with the PIN (QIANTAI_PIN_FILE); else it is asked"
            ),
            shell_complete=files,
        ),
    ]


def _take_file(ctx: click.Context, _: click.Parameter, given: str | None) -> None:
    ctx.meta[_KEPT] = given or os.environ.get(VARIABLE, "")


def seat_of(ctx: click.Context, site: Site, by: str | None, say: Speech) -> Seat:
    """The seat of whoever gives the command. Ends the run as not allowed where it is nobody, or the PIN is not theirs.

    Where nobody signs in and `--by` is left out, whoever holds the files sits there, by the system's name.
    """
    from qiantai.seat import Seat

    pins = site.pins if site.settings.sign_in else None
    return Seat(site.desk, whoever(ctx, pins, site.desk.handbook.people, by, site.desk.clock(), say))


def whoever(
    ctx: click.Context, pins: PinBook | None, people: Mapping[str, Person], by: str | None, at: datetime, say: Speech
) -> Person:
    """Who gives the command, proved by their PIN where people sign in, which no `pins` says they do not.

    Ends the run as not allowed where it is nobody of these people, or the PIN is not theirs.
    """
    if pins is None:
        return person_of(people, by, say) if by else owner_of_the_files()
    if not by:
        raise Stopped(
            NOT_ALLOWED,
            say(
                "这个小区要登录。可行:加 --by 和 PIN(--pin-file,或在终端里输入)",
                "people sign in to this site. What would do: --by and the PIN (--pin-file, or typed on a terminal)",
            ),
            {"rule": "not_signed_in"},
        )
    person = person_of(people, by, say)
    prove(ctx, pins, person, at, say)
    return person


def prove(ctx: click.Context, pins: PinBook, person: Person, at: datetime, say: Speech) -> None:
    """Has the person sign in. Ends the run as not allowed where it is not them."""
    from qiantai_tui.sign_in.book import Signed

    found = pins.sign_in(person, pin_given(ctx, person, say), at)
    if not isinstance(found, Signed):
        raise Stopped(NOT_ALLOWED, found.why[say.language], {"rule": "wrong_pin"})
    if found.change:
        raise Stopped(
            NOT_ALLOWED,
            say(
                "这是一次性代码。可行:qiantai pin set 设自己的 PIN",
                "that was a one-time code. What would do: qiantai pin set, to choose a PIN",
            ),
            {"rule": "one_time_code"},
        )


def pin_given(ctx: click.Context, person: Person, say: Speech) -> str:
    """The PIN out of the file that was named, else asked for without showing it."""
    named: str = ctx.meta.get(_KEPT, "")
    if named:
        from qiantai_tui.sites.files import path_of

        try:
            with path_of(named).open("rb") as file:
                return file.read(_LONGEST_PIN).decode("utf-8").strip()
        except (OSError, ValueError) as error:  # the latter for what is no text, and for a name with a NUL in it
            raise Stopped(NOT_FOUND, say(f"读不了 {named}:{error}", f"{named} cannot be read: {error}")) from error
    return asked(say(f"{person.name} 的 PIN", f"PIN of {person.name}"), say)


def asked(prompt: str, say: Speech) -> str:
    """What is typed on the terminal, not shown. Ends the run as not allowed where there is no terminal."""
    if not on_a_terminal():
        raise Stopped(
            NOT_ALLOWED,
            say("要 PIN。可行:--pin-file 或 QIANTAI_PIN_FILE", "a PIN is needed. What would do: --pin-file"),
            {"rule": "not_signed_in"},
        )
    answer: str = click.prompt(prompt, hide_input=True, err=True)
    return answer


def on_a_terminal() -> bool:
    """Whether somebody is there to type it."""
    return sys.stdin.isatty()


def says_yes(question: str) -> bool:
    """Whether somebody on the terminal says yes to it; nobody does where there is none."""
    if not on_a_terminal():
        return False
    answer = click.prompt(question, default="n", show_default=False)
    return str(answer).strip().casefold() in ("y", "yes", "是", "好")


def person_of(people: Mapping[str, Person], by: str, say: Speech) -> Person:
    """The member of staff of that id or name. Ends the run as not allowed where nobody has it."""
    named = [each for each in people.values() if each.name == by]
    found = people.get(by) or (named[0] if len(named) == 1 else None)
    if found is None:
        known = ", ".join(f"{each.id} {each.name}" for each in people.values())
        raise Stopped(
            NOT_ALLOWED,
            say(f"员工里没有 {by}。可行:{known}", f"nobody of the staff is {by}. What would do: {known}"),
            {"rule": "unknown_person"},
        )
    return found


def owner_of_the_files() -> Person:
    """Whoever holds the files and did not say who they are, as the system knows them: nothing is hidden from them."""
    from qiantai.people import Person

    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        name = ""
    return Person(f"os:{name}", name, ("admin",))


def theirs(seat: Seat, number: str, say: Speech) -> Case:
    """A case that is theirs to see, masked. Ends the run as not allowed where it is not [M-3.4c]."""
    from qiantai.refusals import Refusal

    found = seat.case(number)
    if isinstance(found, Refusal):
        raise withheld(number, seat, say)
    return found


def at_hand(seat: Seat, number: str, say: Speech) -> tuple[Case, bool]:
    """The case as it is shown at the desk, and whether in full: an open one is, once the look is on record."""
    from qiantai.refusals import Refusal
    from qiantai.store import Unwritable

    case = theirs(seat, number, say)
    try:
        found = seat.reveal(number) if case.open else case
    except Unwritable:
        return case, False
    return (case, False) if isinstance(found, Refusal) else (found, case.open)


def withheld(what: str, seat: Seat, say: Speech) -> Stopped:
    """The end of a run that asks for what is not theirs to see."""
    name = seat.person.name
    return Stopped(
        NOT_ALLOWED,
        say(f"{name} 不能看 {what} [M-3.4c]", f"{what} is not {name}'s to see [M-3.4c]"),
        {"rule": "may_not_see", "clause": "M-3.4c"},
    )
