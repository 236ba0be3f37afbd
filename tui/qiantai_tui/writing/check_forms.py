"""The forms of a check of a rehearsal: what must hold of a case, who may do what then, how a duty stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from qiantai.handbook import Handbook
from qiantai.words import Bilingual, Role, Status
from qiantai_scenarios.making.check_rows import FILED
from qiantai_scenarios.vocabulary import Vocabulary, vocabulary

from ..widgets.choice_rows import FlagRow, OptionsRow
from ..widgets.field_rows import FieldRow
from ..widgets.options import Option
from .form import Form, StepTimeRow
from .forms import Forms, Given
from .lines import (
    AT_THE_END,
    CASE,
    CLAUSE,
    COMMANDS,
    DUE,
    DUTY,
    HANDLER,
    INCIDENT_OF,
    OPEN,
    OWNER,
    PLACES,
    PROVISIONAL,
    STAND_IN,
    STATE,
    STATUS,
    WHO,
    clause_options,
    labelled,
    of_the_site,
    one_of,
)

NONE = "-"
_NONE = Option(NONE, Bilingual("没有", "None"))
_EMPTY: Mapping[str, Any] = {"open": [], "filed": [], "handler": "", "stand_in": "", "incident": ""}
_MAY = (
    Option("may", Bilingual("能办", "May")),
    Option("may_not", Bilingual("不能办", "May not")),
)
_MAY_OR_NOT = Bilingual("能不能", "May or not")


def check(forms: Forms, number: int, row: Given) -> Form:
    """What must hold of a case at a time, or at the end. What is left empty is not looked at."""
    words, kind = _words(forms), forms.kind(str(row.get("case", "")))
    given = {key: NONE if value in ("", []) else value for key, value in {**row, **of_the_site(row)}.items()}

    def rows() -> Sequence[FieldRow]:
        people = forms.people()
        roles = [each for each in labelled("roles", Role) if each.value in forms.roles]
        return (
            OptionsRow("case", CASE, [Option(each, each) for each in forms.aliases], must=True),
            StepTimeRow("at", AT_THE_END, forms.day(), must=False),
            OptionsRow("state", STATE, labelled("states", words.states(kind))),
            OptionsRow("open", OPEN, [_NONE, *labelled("duties", words.duties(kind))], several=True),
            one_of("owner", OWNER, people, row.get("owner")),
            one_of("stand_in", STAND_IN, [_NONE, *people], given.get("stand_in")),
            OptionsRow("handler", HANDLER, [_NONE, *roles, *people], several=True),
            OptionsRow("filed", PLACES, [_NONE, *(Option(*each) for each in FILED.items())], several=True),
            one_of("incident", INCIDENT_OF, [_NONE, *forms.cases(incidents=True)], given.get("incident")),
        )

    return forms.form("check", number, rows, given)


def entry(forms: Forms, number: int, row: Given, path: tuple[str, str]) -> Form:
    """Who may do what, or how a duty stands; a name that is empty is yet to be given."""
    group, name = path
    kind = forms.kind(str(row.get("case", "")))
    found = row.get(group)
    there = found.get(name) if isinstance(found, dict) else None
    if group == "duty":
        return _duty(forms, number, kind, name, there if isinstance(there, dict) else {})
    return _may(forms, number, kind, path, list(there) if isinstance(there, list) else [])


def _may(forms: Forms, number: int, kind: str, path: tuple[str, str], there: list[Any]) -> Form:
    group, name = path
    request = _words(forms).kinds.get(kind)

    def rows() -> Sequence[FieldRow]:
        commands = [*request.commands] if request is not None else [*_words(forms).commands]
        known = dict.fromkeys((*commands, *map(str, there)))
        return (
            OptionsRow("name", WHO, forms.people(), must=True),
            OptionsRow("group", _MAY_OR_NOT, _MAY, must=True),
            OptionsRow("commands", COMMANDS, labelled("commands", known), must=True, several=True),
        )

    return forms.form("may", number, rows, {"name": name, "group": group, "commands": there})


def _duty(forms: Forms, number: int, kind: str, name: str, there: Given) -> Form:
    def rows() -> Sequence[FieldRow]:
        known = dict.fromkeys((*_words(forms).duties(kind), *([name] if name else [])))
        return (
            OptionsRow("name", DUTY, labelled("duties", known), must=True),
            OptionsRow("status", STATUS, labelled("statuses", Status)),
            StepTimeRow("due", DUE, forms.day(), must=False),
            one_of("clause", CLAUSE, clause_options(), there.get("clause")),
            FlagRow("provisional", PROVISIONAL),
        )

    return forms.form("duty", number, rows, {"name": name, **there, **of_the_site(there)})


def of_check(values: Given) -> dict[str, Any]:
    """What the form of a check says as its keys: nothing at all, where that was chosen, is a value too."""
    given = dict(values)
    for key, empty in _EMPTY.items():
        if NONE in (given.get(key), *(given.get(key) or ())):
            given[key] = empty
    if isinstance(given.get("handler"), tuple) and len(given["handler"]) == 1:
        (given["handler"],) = given["handler"]
    return given


def of_entry(values: Given, path: tuple[str, str], there: Any) -> tuple[tuple[str, str], Any]:
    """Where the form of an entry puts it, and with which value."""
    group, name = str(values.get("group") or path[0]), str(values.get("name") or path[1])
    if group != "duty":
        return (group, name), list(values.get("commands") or there or ())
    known = dict(there) if isinstance(there, dict) else {}
    known |= {key: value for key, value in values.items() if key not in ("name", "group")}
    return (group, name), {key: value for key, value in known.items() if value is not None}


def _words(forms: Forms) -> Vocabulary:
    return vocabulary(Handbook(requests=forms.kinds))
