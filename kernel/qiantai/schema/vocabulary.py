"""The names that the values of several keys are taken from, as shapes."""

from __future__ import annotations

from collections.abc import Mapping

from qiantai.clauses import HOUSE, clauses
from qiantai.filing import DOSSIER, REGISTER
from qiantai.lifecycle import Request
from qiantai.schema.shapes import Shape, either, named, of_fields, ref, titled, words
from qiantai.words import Channel, Role, Status, label

Kinds = Mapping[str, Request]


def vocabulary(kinds: Kinds) -> dict[str, Shape]:
    """Clauses, numbers, kinds, states, commands and so on, each under the name that the schemas call it by."""
    requests = tuple(kinds.values())
    prefixes = "|".join(each.prefix for each in requests)
    commands = dict.fromkeys(name for each in requests for name in (*each.commands, *_barred(each)))
    besides = (
        titled({"const": "recount"}, named("recount")),
        titled({"const": "erase"}, label("commands", "erase")),
    )
    return {
        "clause": {"enum": [each.id for each in (*clauses(), HOUSE)]},
        "number": {"type": "string", "pattern": f"^({prefixes})-[0-9]{{8}}-[0-9]{{3,}}$"},
        "kind": words("kinds", kinds),
        "state": words("states", dict.fromkeys(state for each in requests for state in each.states)),
        "command": words("commands", commands),
        "happened": either(ref("command"), *besides),
        "duty_name": words("duties", dict.fromkeys(rule.name for each in requests for rule in each.duties)),
        "status": words("statuses", Status),
        "role": words("roles", Role),
        "channel": words("channels", Channel),
        "place": words("words", (REGISTER, DOSSIER)),
    }


def _barred(request: Request) -> tuple[str, ...]:
    return tuple(name for bar in request.bars for name in bar.commands)


def fields_said(kinds: Kinds, time: Shape) -> dict[str, Shape]:
    """What may be said with any command of these kinds; `time` is how a time is written."""
    found = of_fields((row for each in kinds.values() for row in each.fields.values()), time)
    return {name: titled(shape, label("fields", name)) for name, shape in found.items()}
