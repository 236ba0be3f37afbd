"""The schemas of a case and a refusal as they are shown: by the command line, and in the report of a replay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qiantai.case import Case
from qiantai.duties import Duty
from qiantai.schema.shapes import (
    FLAG,
    TEXT,
    TIME,
    WHOLE,
    Shape,
    attributes,
    either,
    named,
    objects,
    ref,
    several,
    titled,
    typed,
)
from qiantai.schema.vocabulary import Kinds, fields_said
from qiantai.why.reasons import Place, Rung, Tested

_BOTH: Mapping[str, Shape] = {"zh": TEXT, "en": TEXT}
_OUTCOMES = ("passed", "refused", "not_reached")
_LEFT_OUT_OF_CASE = frozenset({"tries", "unsatisfied"})
_LEFT_OUT_OF_DUTY = frozenset({"since", "period", "limit", "owed_by", "void"})
_CASE_KEYS: Mapping[str, str] = {"handlers": "handler", "history": "events"}
_IN_EVERY_CASE = ("number", "kind", "state", "first_contact", "owner", "stand_in", "handler", "workers", "filed",
                  "duties", "events", "incident", "cases")  # fmt: skip


def case(kinds: Kinds) -> tuple[Shape, dict[str, Shape]]:
    """A case as it is shown, alone or in a replay, where one that was not received has nothing but its refusals."""
    known = {
        "number": either(ref("number"), {"const": ""}),
        "kind": either(ref("kind"), {"const": ""}),
        "state": either(ref("state"), {"const": ""}),
        "handler": several(ref("role")),
        "facts": {"type": "object", "additionalProperties": ref("value")},
        "filed": several(ref("place")),
        "duties": several(ref("duty")),
        "events": several(ref("happening")),
    }
    hints = {_CASE_KEYS.get(name, name): hint for name, hint in attributes(Case).items()}
    own = {name: known[name] if name in known else typed(hint) for name, hint in hints.items()}
    beside = {
        **dict.fromkeys(("household", "name", "phone", "incident"), TEXT),
        "cases": several(TEXT),
        "refusals": several(ref("replayed")),
    }
    shown = {name: shape for name, shape in own.items() if name not in _LEFT_OUT_OF_CASE}
    return objects({**shown, **beside}, _IN_EVERY_CASE), {
        "duty": titled(_duty_shown(), named("duty")),
        "happening": titled(_happening(kinds), named("happening")),
        "replayed": titled(_replayed(), named("replayed")),
        "value": titled(either(TEXT, WHOLE, FLAG, several(TEXT)), named("value")),
    }


def _duty_shown() -> Shape:
    shown = {name: typed(hint) for name, hint in attributes(Duty).items() if name not in _LEFT_OUT_OF_DUTY}
    shown |= {"name": ref("duty_name"), "discharged": either(TIME, {"type": "null"}), "status": ref("status")}
    return objects(shown, shown)


def _happening(kinds: Kinds) -> Shape:
    own = {"at": TIME, "by": TEXT, "name": ref("happened"), "struck": {"const": True}}
    said = {f"{name}_" if name in own else name: shape for name, shape in fields_said(kinds, TIME).items()}
    return objects({**own, **said}, ("at", "by", "name"), additionalProperties=ref("value"))


def refusal(kinds: Kinds) -> tuple[Shape, dict[str, Shape]]:
    """A refusal as a command answers with it, or as a replay reports it."""
    del kinds
    both = objects(_BOTH, _BOTH)
    answered = {
        "rule": TEXT,
        **_refused(),
        "clause_text": either(both, {"type": "null"}),
        "why": both,
        "would_do": both,
    }
    return either(ref("answered"), ref("replayed")), {
        "answered": titled(objects({**answered, "order": several(ref("rung"))}, answered), named("answered")),
        "rung": titled(_rung(both), named("rung")),
        "replayed": titled(_replayed(), named("replayed")),
    }


def _rung(both: Shape) -> Shape:
    """A place in the order of the rules, with those that were held against the command there."""
    clause = {"id": ref("clause"), **_BOTH}
    rule = {"rule": TEXT, "clause": either(objects(clause, clause), {"type": "null"}), "why": both}
    assert list(rule) == list(attributes(Tested)), "a rule that was tested has other attributes"
    place, outcome = titled(_one_of(Place), named("rung_place")), titled(_one_of(_OUTCOMES), named("rung_outcome"))
    shapes = {"place": place, "outcome": outcome, "tested": several(objects(rule, rule))}
    assert list(shapes) == list(attributes(Rung)), "a place in the order has other attributes"
    return objects(shapes, shapes)


def _one_of(names: Iterable[str]) -> Shape:
    return {"enum": [str(each) for each in names]}


def _refused() -> dict[str, Shape]:
    return {"at": TIME, "by": TEXT, "do": TEXT, "clause": either(ref("clause"), {"const": ""})}


def _replayed() -> Shape:
    found = {**_refused(), **dict.fromkeys(("why", "why_en", "would_do", "would_do_en"), TEXT)}
    return objects(found, found)
