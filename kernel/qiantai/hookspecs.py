"""What a plugin may do: six hooks, and how to be found.

A plugin is a module whose functions carry the names below and are marked `@hookimpl`. It is found by one line in its
own `pyproject.toml`, and switched off by that line's name in the site's settings:

    [project.entry-points."qiantai.plugins"]
    cn_calendar = "qiantai_cn_calendar"

    # qiantai_cn_calendar/__init__.py
    from qiantai.hookspecs import hookimpl

    @hookimpl
    def qiantai_calendar_years(known):
        return [Year(...)]

A hook may leave out parameters that it does not use. A misspelt hook, or one without `@hookimpl`, is a fault that the
desk shows with the plugin's name; so is an exception. Neither stops the desk or another plugin. A plugin imports
`qiantai` and its own libraries, and never another plugin; a screen of its own imports `qiantai_tui` too.

A store is a choice of one and no hook: an entry point of the group `qiantai.stores` names a function that takes the
data folder's path and gives a `qiantai.store.Store`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from pluggy import HookimplMarker, HookspecMarker

if TYPE_CHECKING:
    from qiantai.case import Case
    from qiantai.days import Year
    from qiantai.events import Event
    from qiantai.lifecycle import Request
    from qiantai.offered import OfferedScreen
    from qiantai.words import Labels

PROJECT = "qiantai"

hookspec: HookspecMarker = HookspecMarker(PROJECT)
hookimpl: HookimplMarker = HookimplMarker(PROJECT)
"""Marks a function of a plugin as an answer to the hook of its name."""


@hookspec
def qiantai_calendar_years(known: frozenset[int]) -> Iterable[Year]:
    """Years whose working days this plugin knows from the State Council's notice; asked once, at start.

    `known` are the years that the desk knows already; to give one of them is a fault.
    """
    return ()


@hookspec
def qiantai_requests() -> Iterable[Request]:
    """Kinds of request that the desk is to handle besides its own six; asked once, at start.

    A kind brings the limits that its duties go by along, as `Request.limits`. To give a kind of a name that is there
    already is a fault, so is a prefix of its numbers that another kind has, and so are tables that do not hold
    together: a state, duty, limit or clause that is not there.
    """
    return ()


@hookspec
def qiantai_labels() -> Labels:
    """The Chinese and English of every name that this plugin brings, by group and name as in `labels.toml`.

    `{"kinds": {"parcel": {"zh": "快递代收", "en": "Parcel"}}}` names a kind. Asked once, as the plugin is loaded. To
    give a name that is there already is a fault.
    """
    return {}


@hookspec
def qiantai_clauses() -> Iterable[Mapping[str, str]]:
    """The clauses of a document of the plugin's own, rows as in `clauses.toml`: `id`, `kind`, `area`, `zh`, `en`.

    Asked once, as the plugin is loaded. An id begins with the plugin's name and a colon, as `parcels:2`; `Clause` takes
    such an id anywhere, and a kind that cites one which nobody brought is a fault.
    """
    return ()


@hookspec
def qiantai_screens() -> Iterable[OfferedScreen]:
    """Screens that stand beside the desk's own, `OfferedScreen(name, make)`; asked once, as the program begins.

    `make` gives a new Textual screen when somebody first goes there, and imports Textual no sooner. To give one of a
    name that is there already is a fault, so is a name without a label in the group `screens`.
    """
    return ()


@hookspec
def qiantai_after_events(events: tuple[Event, ...], case: Case) -> None:
    """Told after every accepted command, when its events are durable; `case` is what they made of it.

    It cannot refuse and cannot change anything: what happened has happened. It should be quick, since the clerk waits.
    """
