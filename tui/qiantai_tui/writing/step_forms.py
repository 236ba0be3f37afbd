"""The forms of what happens in a rehearsal: somebody comes, an incident is opened, a step on a case."""

from __future__ import annotations

from collections.abc import Sequence

from qiantai.commands import Field, Type
from qiantai.directory import Directory
from qiantai.tables import moment
from qiantai.words import Bilingual, Channel, label

from ..dialogs.asked import Asked
from ..dialogs.step_rows import SHOWN_WITH, row_for
from ..widgets.choice_rows import FlagRow, OptionsRow
from ..widgets.field_rows import FieldRow, NumberRow, PhoneRow, WordsRow
from ..widgets.options import Option
from .form import Form, StepTimeRow
from .forms import Forms, Given
from .lines import (
    AT,
    BY,
    CASE,
    MUST_BE_REFUSED,
    ROOM,
    SAYS,
    case_before,
    clause_options,
    labelled,
    of_the_site,
    one_of,
    unproposed,
    wanted,
)


def receipt(forms: Forms, number: int, row: Given) -> Form:
    """Somebody comes to the desk: what the intake asks, and what the file has besides."""

    def rows() -> Sequence[FieldRow]:
        homes = [str(each.get("id", "")) for each in forms.several("household")]
        topics = [Option(each, each) for each in forms.topics]
        day = forms.day(number)
        return (
            StepTimeRow("at", AT, day),
            OptionsRow("channel", label("fields", "channel"), labelled("channels", Channel), must=True),
            OptionsRow("kind", label("fields", "kind"), labelled("kinds", forms.kinds), must=True),
            one_of("household", ROOM, [Option(each, each) for each in homes if each], row.get("household")),
            WordsRow("says", SAYS, must=True),
            WordsRow("summary", label("fields", "summary"), must=True),
            FlagRow("emergency", label("fields", "emergency")),
            WordsRow("place", label("fields", "place")),
            WordsRow("demand", label("fields", "demand")),
            StepTimeRow("occurred_at", label("fields", "occurred_at"), day, must=False),
            one_of("topic", label("fields", "topic"), topics, row.get("topic")),
            WordsRow("name", label("fields", "name")),
            PhoneRow("phone", label("fields", "phone")),
            one_of("against", label("fields", "against"), forms.people(), row.get("against")),
            StepTimeRow("promised", label("fields", "promised"), day, must=False),
            NumberRow("joint", label("fields", "joint")),
            *(FlagRow(each, label("fields", each)) for each in ("important", "major", "dispute", "anonymous")),
            OptionsRow("by", BY, forms.people(), must=True),
        )

    return forms.form("rings", number, rows, {**row, **of_the_site(row)})


def incident(forms: Forms, number: int, row: Given) -> Form:
    """An incident is opened, of the cases that are linked to it from the start."""

    def rows() -> Sequence[FieldRow]:
        return (
            StepTimeRow("at", AT, forms.day(number)),
            OptionsRow("by", BY, forms.people(), must=True),
            WordsRow("summary", label("fields", "summary"), must=True),
            WordsRow("place", label("fields", "place"), must=True),
            OptionsRow("cases", label("fields", "cases"), forms.cases(), several=True),
            one_of("topic", label("fields", "topic"), [Option(each, each) for each in forms.topics], row.get("topic")),
            WordsRow("wording", label("fields", "wording")),
        )

    return forms.form("incident", number, rows, row)


def step(forms: Forms, number: int, row: Given) -> Form | None:
    """A step on a case: the fields of its command as the desk asks them; None where its case is not there then."""
    asked = _asked(forms, number, row)
    if asked is None:
        return None

    def rows() -> Sequence[FieldRow]:
        fields = sorted(asked.fields, key=lambda each: each.optional)
        return (
            StepTimeRow("at", AT, forms.day(number)),
            *(_line(forms, each, asked, row) for each in fields),
            WordsRow("says", SAYS),
            OptionsRow("by", BY, forms.people(), must=True),
            OptionsRow("case", CASE, [Option(each, each) for each in forms.aliases], must=True),
            one_of("refused", MUST_BE_REFUSED, clause_options(), row.get("refused")),
        )

    shown = {name: (other, wanted(value)) for name, (other, value) in SHOWN_WITH.get(asked.command, {}).items()}
    title = Bilingual("{who} {what}", "{who}: {what}").format(
        who=asked.handbook.people[asked.by].name, what=label("commands", asked.command)
    )
    form = forms.form("step", number, rows, {**row, **of_the_site(row)}, title)
    return Form(form.name, title, rows, form.given, {each: how for each, how in shown.items() if how[1]})


def _line(forms: Forms, field: Field, asked: Asked, row: Given) -> FieldRow:
    """The line of a field; another case is named as the file does."""
    match field.type:
        case Type.CASES:
            return OptionsRow(field.name, label("fields", field.name), forms.cases(), must=field.must, several=True)
        case Type.CASE:
            incidents = field.name == "incident"
            others = [each for each in forms.cases(incidents=incidents) if each.value != row.get("case")]
            return one_of(field.name, label("fields", field.name), others, row.get(field.name), must=field.must)
        case _:
            return unproposed(row_for(field, asked))


def _asked(forms: Forms, number: int, row: Given) -> Asked | None:
    """A step as the desk would be asked for it, on its case as it stands just before."""
    from ..text.pinyin import initials

    at, scenario = moment(row.get("at")), forms.scenario
    if scenario is None or at is None or row.get("by") not in scenario.handbook.people:
        return None
    case = case_before(scenario, str(row.get("case", "")), at, number)
    if case is None:
        return None
    handbook = scenario.handbook
    directory = Directory(handbook.households.values(), initials)
    return Asked(case, str(row.get("do", "")), str(row["by"]), handbook, directory, lambda: at)
