"""`qiantai clauses`: the clauses, and for each the rows of the tables that carry it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

import click

from .speech import Speech
from .spoken import DONE, NOT_FOUND, Spoken, Stopped, json_option

if TYPE_CHECKING:
    from qiantai.clauses import Clause
    from qiantai.lifecycle import Bar, Request
    from qiantai.words import Bilingual


class Rule(NamedTuple):
    """A row that cites a clause: `what` it is (`step`, `duty`, `bar`, `limit`), of which kind (empty: all), by name."""

    clause: str
    what: str
    request: str
    name: str
    says: Bilingual


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
            click.Argument(["id"], required=False, metavar=say("[编号]", "[ID]")),
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
    from .answers import write_json

    rules = [each for each in rules_of_all(kinds) if each.clause == clause.id]
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


def rules_of_all(kinds: Mapping[str, Request]) -> tuple[Rule, ...]:
    """Every row of the tables of these kinds, and of what they share, that cites a clause, each once."""
    from qiantai.decide import ENGINE_BARS
    from qiantai.handbook import Handbook
    from qiantai.words import Bilingual

    found = [rule for request in kinds.values() for rule in _of_request(request)]
    found += [rule for bar in ENGINE_BARS for rule in _of_bar(bar, None)]
    for limit in Handbook(requests=kinds).defaults.limits.values():
        says = Bilingual(f"时限标准 {limit.label.zh}({limit.key})", f"limit: {limit.label.en} ({limit.key})")
        found.append(Rule(limit.clause.id, "limit", "", limit.key, says))
    return tuple(dict.fromkeys(found))


def _of_request(request: Request) -> Iterator[Rule]:
    from qiantai.words import Bilingual, label

    kind = label("kinds", request.kind)
    for duty in request.duties:
        name = label("duties", duty.name)
        says = Bilingual(f"{kind.zh} 时限 {name.zh}({duty.limit})", f"{kind.en}, duty: {name.en} ({duty.limit})")
        yield Rule(duty.clause.id, "duty", request.kind, duty.name, says)
    for bar in (*request.bars, *(bar for step in request.steps for bar in step.bars)):
        yield from _of_bar(bar, request)
    for step in request.steps:
        name = label("commands", step.command)
        says = Bilingual(f"{kind.zh} 指令 {name.zh}:{step.key}", f"{kind.en}, command: {name.en}: {step.key}")
        yield Rule(step.clause.id, "step", request.kind, step.key, says)


def _of_bar(bar: Bar, request: Request | None) -> Iterator[Rule]:
    from qiantai.words import Bilingual, label

    if bar.clause is None:
        return
    kind = label("kinds", request.kind) if request else Bilingual("各类", "every kind")
    says = Bilingual(f"{kind.zh} 禁止 {bar.why.zh}", f"{kind.en}, refused: {bar.why.en}")
    yield Rule(bar.clause.id, "bar", request.kind if request else "", bar.rule, says)
