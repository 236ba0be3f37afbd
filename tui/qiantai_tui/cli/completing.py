"""What can stand where somebody presses Tab: names that are known without opening a site, files and folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Complete = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]


def words(*known: str) -> Complete:
    """One of these."""
    return lambda _ctx, _param, begun: _begun(known, begun)


def files(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A file, which the shell knows best."""
    return [_item(begun, type="file")]


def folders(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A folder."""
    return [_item(begun, type="dir")]


def kinds(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A kind of request."""
    from qiantai.requests import REQUESTS

    return _begun(REQUESTS, begun)


def commands(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A command on a case, of whatever kind."""
    from qiantai.requests import REQUESTS

    return _begun(sorted({name for kind in REQUESTS.values() for name in kind.commands}), begun)


def clause_ids(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
    """A clause, written in capitals or not."""
    from qiantai.clauses import clauses

    return [_item(each.id) for each in clauses() if each.id.casefold().startswith(begun.casefold())]


def _begun(known: Iterable[str], begun: str) -> list[CompletionItem]:
    return [_item(each) for each in known if each.startswith(begun)]


def _item(value: str, **given: Any) -> CompletionItem:
    from click.shell_completion import CompletionItem  # of no use to a run that completes nothing

    return CompletionItem(value, **given)
