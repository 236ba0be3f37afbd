"""The forms of the rows of a rehearsal: which lines each has, in the domain's own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from qiantai.hours import ZONE
from qiantai.lifecycle import Request
from qiantai.tables import moment
from qiantai.words import INCIDENT, Bilingual, Role, label
from qiantai_scenarios.making.editing import tables
from qiantai_scenarios.rehearsal import COVERS, GRADES
from qiantai_scenarios.scenario import BEGINS, Scenario

from ..widgets.choice_rows import FlagRow, OptionsRow
from ..widgets.field_rows import FieldRow, NotesRow, NumberRow, PhoneRow, WordsRow
from ..widgets.options import Option
from .form import Form, LengthRow, PointsRow, as_text
from .lines import (
    ABOUT,
    AFTER,
    CASE,
    CLAUSE,
    COMMAND,
    FIRST,
    FOR_WHAT,
    GRADE,
    ID,
    MINUTES,
    NAME,
    OF_A_MARK,
    OF_AN_ANSWER,
    PASS,
    PHONE,
    PLAYS,
    POINTS,
    RANG,
    ROLES,
    ROOM,
    SAYS,
    TITLE,
    TRAINS,
    WHEN,
    WHY,
    WITHIN,
    clause_options,
    one_of,
)

FORMS = {
    "head": Bilingual("这个演练", "This rehearsal"),
    "staff": Bilingual("谁在场", "Who is there"),
    "household": Bilingual("谁来找我们", "Who comes to us"),
    "script": Bilingual("一条统一口径", "An agreed answer"),
    "rings": Bilingual("有人来", "Somebody comes"),
    "step": Bilingual("一步", "A step"),
    "incident": Bilingual("登记突发事件", "An incident is opened"),
    "check": Bilingual("一次查验", "A check"),
    "may": Bilingual("查验:谁能办什么", "A check: who may do what"),
    "duty": Bilingual("查验:一项时限", "A check: a duty"),
    "rehearsal.mark": Bilingual("一项评分", "A mark"),
    "rehearsal.answer": Bilingual("业户回话", "The resident answers back"),
}
Given = Mapping[str, Any]


@frozen
class Forms:
    """The forms of one text, which `scenario` is read from where it can be."""

    name: str
    text: str
    kinds: Mapping[str, Request]
    scenario: Scenario | None = None

    @property
    def top(self) -> Given:
        """What the text gives."""
        return tables(self.text)

    def several(self, table: str) -> list[Given]:
        """The tables of a name, `rehearsal.mark` too."""
        given: Any = self.top
        for each in table.split("."):
            given = given.get(each, {}) if isinstance(given, dict) else {}
        return [each for each in given if isinstance(each, dict)] if isinstance(given, list) else []

    def row(self, table: str, number: int) -> Given:
        """What one of them has; nothing for one that is not there yet."""
        found = self.several(table)
        return found[number - 1] if 0 < number <= len(found) else {}

    def of(self, table: str, number: int, path: tuple[str, str] | None = None) -> Form | None:
        """The form of a table that is there, or of an entry within it; None for a step that cannot be asked for yet."""
        from . import check_forms, script_form, step_forms

        row = self.row(table, number)
        match table:
            case "":
                return self.head()
            case "staff":
                return self.staff(number, row)
            case "household":
                return self.household(number, row)
            case "rehearsal.mark":
                return self.mark(number, row)
            case "rehearsal.answer":
                return self.answer(number, row)
            case "script":
                return script_form.script(self, number, row)
            case "check" if path is not None:
                return check_forms.entry(self, number, row, path)
            case "check":
                return check_forms.check(self, number, row)
            case "step" if row.get("do") == "receive":
                return step_forms.receipt(self, number, row)
            case "step" if row.get("do") == INCIDENT:
                return step_forms.incident(self, number, row)
            case "step":
                return step_forms.step(self, number, row)
            case _:
                return None

    def head(self) -> Form:
        """What it is called, and how it is passed."""
        found = self.top.get("rehearsal")
        rehearsal: Given = found if isinstance(found, dict) else {}
        given = {**{each: self.top.get(each) for each in ("title", "about")}, **rehearsal}

        def rows() -> Sequence[FieldRow]:
            grades = [Option(str(n), str(n)) for n in range(1, GRADES + 1)]
            return (
                WordsRow("title", TITLE, must=True),
                NotesRow("about", ABOUT),
                OptionsRow("trainee", PLAYS, self.people(), must=True),
                NumberRow("pass", PASS, must=True),
                NumberRow("minutes", MINUTES),
                OptionsRow("grade", GRADE, grades),
                OptionsRow("covers", TRAINS, [Option(*each) for each in COVERS.items()], several=True),
            )

        return self.form("head", 0, rows, given)

    def staff(self, number: int, row: Given) -> Form:
        """Somebody of the staff."""

        def rows() -> Sequence[FieldRow]:
            roles = [Option(str(each), label("roles", each)) for each in Role]
            return (
                WordsRow("name", NAME, must=True),
                WordsRow("id", ID, must=True, halfwidth=True),
                OptionsRow("roles", ROLES, roles, must=True, several=True),
            )

        return self.form("staff", number, rows, row)

    def household(self, number: int, row: Given) -> Form:
        """Somebody who comes."""

        def rows() -> Sequence[FieldRow]:
            return (
                WordsRow("id", ROOM, must=True, halfwidth=True, hint=Bilingual("如 1-2-301", "as 1-2-301")),
                WordsRow("name", NAME),
                PhoneRow("phone", PHONE),
            )

        return self.form("household", number, rows, row)

    def mark(self, number: int, row: Given) -> Form:
        """Points, and for what."""
        what = next((each.value for each in OF_A_MARK if each.value in row), "event")

        def rows() -> Sequence[FieldRow]:
            return (
                PointsRow("points", POINTS),
                WordsRow("why", WHY, must=True),
                OptionsRow("what", FOR_WHAT, OF_A_MARK, must=True, taken=[what]),
                one_of("event", COMMAND, self._commands(), row.get("event")),
                one_of("refused", CLAUSE, clause_options(), row.get("refused")),
                OptionsRow("case", CASE, [Option(each, each) for each in self.aliases]),
                LengthRow("within", WITHIN),
                NumberRow("rang", RANG),
                FlagRow("first", FIRST),
            )

        shown: dict[str, tuple[str, tuple[str, ...]]] = dict.fromkeys(
            ("event", "within", "rang", "first"), ("what", ("event",))
        )
        shown |= {"refused": ("what", ("refused",)), "case": ("what", ("event", "refused"))}
        form = self.form("rehearsal.mark", number, rows, {**row, "what": what})
        return Form(form.name, form.title, rows, form.given, shown)

    def answer(self, number: int, row: Given) -> Form:
        """What the resident says back, and when."""
        what = next((each.value for each in OF_AN_ANSWER if each.value in row), "missing")

        def rows() -> Sequence[FieldRow]:
            return (
                WordsRow("says", SAYS, must=True),
                OptionsRow("case", CASE, [Option(each, each) for each in self.aliases], must=True),
                OptionsRow("what", WHEN, OF_AN_ANSWER, must=True, taken=[what]),
                one_of("step", COMMAND, self._commands(), row.get("event", row.get("missing"))),
                LengthRow("within", AFTER),
                one_of("refused", CLAUSE, clause_options(), row.get("refused")),
            )

        shown = {
            "step": ("what", ("missing", "event")),
            "within": ("what", ("missing",)),
            "refused": ("what", ("refused",)),
        }
        form = self.form("rehearsal.answer", number, rows, {**row, "what": what})
        return Form(form.name, form.title, rows, form.given, shown)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The cases of the file by its own names."""
        return tuple(dict.fromkeys(str(each["case"]) for each in self.several("step") if "case" in each))

    def cases(self, *, incidents: bool = False) -> list[Option]:
        """The cases, or the incidents, of the file as choices."""
        return [Option(each, each) for each in self.aliases if (self.kind(each) == INCIDENT) == incidents]

    def kind(self, alias: str) -> str:
        """The kind of a case, that of an incident where it is one; empty where nothing in the file begins it."""
        begun = (each for each in self.several("step") if each.get("case") == alias and each.get("do") in BEGINS)
        first = next(begun, {})
        return INCIDENT if first.get("do") == INCIDENT else str(first.get("kind", ""))

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics that the file has words or an agreed answer for, or names."""
        found = self.top.get("topics")
        named = [*(found if isinstance(found, dict) else ()), *(each.get("topic") for each in self.several("script"))]
        return tuple(dict.fromkeys(str(each) for each in named if each))

    @property
    def roles(self) -> frozenset[str]:
        """The roles that somebody in the file has."""
        given = [each.get("roles") for each in self.several("staff")]
        return frozenset(str(each) for roles in given if isinstance(roles, list) for each in roles)

    @property
    def trainee(self) -> str:
        """Whose part the trainee takes."""
        found = self.top.get("rehearsal")
        return str(found.get("trainee", "")) if isinstance(found, dict) else ""

    def day(self, number: int = 0) -> datetime:
        """When the step of that number takes place, or the last one before it that says so."""
        steps = self.several("step")
        times = [moment(each.get("at")) for each in (steps[:number] if number else steps)]
        return next((each for each in reversed(times) if each is not None), datetime(2026, 1, 5, 9, tzinfo=ZONE))

    def people(self) -> list[Option]:
        """The staff of the file."""
        return [Option(str(each.get("id", "")), str(each.get("name", ""))) for each in self.several("staff")]

    def _commands(self) -> list[Option]:
        """The commands of the kinds there are, those that stand in the file first."""
        here = [str(each.get("do", "")) for each in self.several("step")]
        every = [name for each in self.kinds.values() for name in each.commands]
        return [Option(each, label("commands", each)) for each in dict.fromkeys((*here, *every)) if each]

    def form(self, which: str, number: int, rows: Any, given: Given, title: Bilingual | None = None) -> Form:
        """A form with what is given as the texts of its lines, under a name of its own among the drafts."""
        texts = {key: as_text(value) for key, value in given.items()}
        name = f"rehearsal:{self.name}:{which}:{number}"
        return Form(name, title or FORMS[which], rows, texts)
