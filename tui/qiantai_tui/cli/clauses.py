"""`qiantai clauses`: the clauses, and for each the rows of the tables that carry it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from .completing import clause_ids
from .speech import Speech
from .spoken import Spoken, json_option
from .stopped import DONE, NOT_FOUND, Stopped

if TYPE_CHECKING:
    from qiantai.clauses import Clause
    from qiantai.lifecycle import Request


def command(say: Speech) -> click.Command:
    """JSON: `clauses`, each with `id`, `kind`, `area`, `zh`, `en`; with an id `clause`, and `carried_out_by`: `what`
    (`step`, `duty`, `bar`, `limit`), `request`, `name` and `says` in both languages.
    """
    return Spoken(
        say,
        "clauses",
        help=say(
            "条款;给出编号就看全文和落实它的规则。",
            "The clauses; with an id its text, and the rules that carry it out.",
        ),
        params=[
            click.Argument(["id"], required=False, metavar=say("[编号]", "[ID]"), shell_complete=clause_ids),
            json_option(say),
        ],
        callback=_clauses,
    )


@click.pass_context
def _clauses(ctx: click.Context, id: str | None, as_json: bool) -> int:
    from qiantai.clauses import HOUSE, clauses
    from qiantai.plugins import load_plugins

    say: Speech = ctx.command.say  # type: ignore[attr-defined]
    kinds, _ = load_plugins().kinds()
    there = {each.id: each for each in (*clauses(), HOUSE)}
    if id is None:
        _all(tuple(there.values()), as_json, say)
        return DONE
    known = {each.casefold(): each for each in there}
    if id.casefold() not in known:
        from difflib import get_close_matches

        near = say("、", ", ").join(known[each] for each in get_close_matches(id.casefold(), known, 3, 0.5))
        would_do = say(f"。是不是 {near}?", f"; is it {near}?") if near else say("。qiantai clauses 全部列出", "")
        raise Stopped(NOT_FOUND, say(f"没有条款 {id}{would_do}", f"there is no clause {id}{would_do}"))
    _one(there[known[id.casefold()]], kinds, as_json, say)
    return DONE


def _all(found: tuple[Clause, ...], as_json: bool, say: Speech) -> None:
    from .answers import write_json, write_table

    if as_json:
        write_json({"clauses": [clause_out(each) for each in found]})
        return
    headings = (say("编号", "Id"), say("性质", "Kind"), say("归属", "Area"), say("内容", "Text"))
    write_table(headings, ((each.id, each.kind, each.area, say(each.zh, each.en)) for each in found), 72)


def _one(clause: Clause, kinds: Mapping[str, Request], as_json: bool, say: Speech) -> None:
    from qiantai.citations import citations

    from .answers import write_json

    rules = [each for each in citations(kinds) if each.clause == clause]
    if as_json:
        told = [{"what": each.what, "request": each.request, "name": each.name, "says": each.says} for each in rules]
        write_json({"clause": clause_out(clause), "carried_out_by": told})
        return
    click.echo(f"{clause.id}  {clause.kind}  {clause.area}\n{clause.zh}\n{clause.en}")
    click.echo(say("落实它的规则:", "Carried out by:") if rules else say("没有规则引用它。", "No rule cites it."))
    for each in rules:
        click.echo(f"  {each.says[say.language]}")


def clause_out(clause: Clause) -> dict[str, str]:
    """A clause as data."""
    return {"id": clause.id, "kind": clause.kind, "area": clause.area, "zh": clause.zh, "en": clause.en}
