"""The forms of the rows of a rehearsal: which lines each has, in the domain's own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from qiantai.commands import Type
from qiantai.directory import Directory
from qiantai.hours import ZONE
from qiantai.lifecycle import Request
from qiantai.tables import moment
from qiantai.words import Bilingual, Channel, Role, label
from qiantai_scenarios.making.editing import tables
from qiantai_scenarios.rehearsal import COVERS, GRADES
from qiantai_scenarios.scenario import Scenario

from ..dialogs.asked import Asked
from ..dialogs.step_rows import SHOWN_WITH, row_for
from ..widgets.choice_rows import FlagRow, OptionsRow
from ..widgets.field_rows import FieldRow, NotesRow, NumberRow, PhoneRow, WordsRow
from ..widgets.options import Option
from .form import Form, LengthRow, PointsRow, StepTimeRow, as_text
from .lines import (
    ABOUT,
    AFTER,
    AT,
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
    case_before,
    clause_options,
    labelled,
    of_the_site,
    one_of,
    unproposed,
    wanted,
)

FORMS = {
    "head": Bilingual("这个演练", "This rehearsal"),
    "staff": Bilingual("谁在场", "Who is there"),
    "household": Bilingual("谁来找我们", "Who comes to us"),
    "rings": Bilingual("有人来", "Somebody comes"),
    "step": Bilingual("一步", "A step"),
    "rehearsal.mark": Bilingual("一项评分", "A mark"),
    "rehearsal.answer": Bilingual("业户回话", "The resident answers back"),
}
_SCREENS_OWN = frozenset({Type.CASE, Type.CASES})
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

    def of(self, table: str, number: int) -> Form | None:
        """The form of a table that is there; None for one that has no form."""
        match table:
            case "":
                return self.head()
            case "staff":
                return self.staff(number, self.row(table, number))
            case "household":
                return self.household(number, self.row(table, number))
            case "rehearsal.mark":
                return self.mark(number, self.row(table, number))
            case "rehearsal.answer":
                return self.answer(number, self.row(table, number))
            case "step" if self.row(table, number).get("do") == "receive":
                return self.receipt(number, self.row(table, number))
            case "step":
                return self.step(number, self.row(table, number))
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
                OptionsRow("trainee", PLAYS, self._people(), must=True),
                NumberRow("pass", PASS, must=True),
                NumberRow("minutes", MINUTES),
                OptionsRow("grade", GRADE, grades),
                OptionsRow("covers", TRAINS, [Option(*each) for each in COVERS.items()], several=True),
            )

        return self._form("head", 0, rows, given)

    def staff(self, number: int, row: Given) -> Form:
        """Somebody of the staff."""

        def rows() -> Sequence[FieldRow]:
            roles = [Option(str(each), label("roles", each)) for each in Role]
            return (
                WordsRow("name", NAME, must=True),
                WordsRow("id", ID, must=True, halfwidth=True),
                OptionsRow("roles", ROLES, roles, must=True, several=True),
            )

        return self._form("staff", number, rows, row)

    def household(self, number: int, row: Given) -> Form:
        """Somebody who comes."""

        def rows() -> Sequence[FieldRow]:
            return (
                WordsRow("id", ROOM, must=True, halfwidth=True, hint=Bilingual("如 1-2-301", "as 1-2-301")),
                WordsRow("name", NAME),
                PhoneRow("phone", PHONE),
            )

        return self._form("household", number, rows, row)

    def receipt(self, number: int, row: Given) -> Form:
        """Somebody comes to the desk."""

        def rows() -> Sequence[FieldRow]:
            homes = [str(each.get("id", "")) for each in self.several("household")]
            words = label("fields", "summary")
            return (
                StepTimeRow("at", AT, self.day(number)),
                OptionsRow("channel", label("fields", "channel"), labelled("channels", Channel), must=True),
                OptionsRow("kind", label("fields", "kind"), labelled("kinds", self.kinds), must=True),
                one_of("household", ROOM, [Option(each, each) for each in homes if each], row.get("household")),
                WordsRow("says", SAYS, must=True),
                WordsRow("summary", words, must=True),
                FlagRow("emergency", label("fields", "emergency")),
                WordsRow("place", label("fields", "place")),
                WordsRow("demand", label("fields", "demand")),
            )

        return self._form("rings", number, rows, row)

    def step(self, number: int, row: Given) -> Form | None:
        """A step on a case: the fields of its command as the desk asks them; None where its case is not there then."""
        asked = self.asked(number, row)
        if asked is None:
            return None

        def rows() -> Sequence[FieldRow]:
            own = [each for each in asked.fields if each.type not in _SCREENS_OWN]
            fields = [row_for(each, asked) for each in sorted(own, key=lambda each: each.optional)]
            return (
                StepTimeRow("at", AT, self.day(number)),
                *(unproposed(each) for each in fields),
                WordsRow("says", SAYS),
            )

        shown = {name: (other, wanted(value)) for name, (other, value) in SHOWN_WITH.get(asked.command, {}).items()}
        title = Bilingual("{who} {what}", "{who}: {what}").format(
            who=asked.handbook.people[asked.by].name, what=label("commands", asked.command)
        )
        form = self._form("step", number, rows, {**row, **of_the_site(row)}, title)
        return Form(form.name, title, rows, form.given, {each: how for each, how in shown.items() if how[1]})

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
        form = self._form("rehearsal.mark", number, rows, {**row, "what": what})
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
        form = self._form("rehearsal.answer", number, rows, {**row, "what": what})
        return Form(form.name, form.title, rows, form.given, shown)

    @property
    def aliases(self) -> tuple[str, ...]:
        """The cases of the file by its own names."""
        return tuple(dict.fromkeys(str(each["case"]) for each in self.several("step") if "case" in each))

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

    def asked(self, number: int, row: Given) -> Asked | None:
        """A step as the desk would be asked for it, on its case as it stands just before."""
        from ..text.pinyin import initials

        at, scenario = moment(row.get("at")), self.scenario
        if scenario is None or at is None or row.get("by") not in scenario.handbook.people:
            return None
        case = case_before(scenario, str(row.get("case", "")), at, number)
        if case is None:
            return None
        handbook = scenario.handbook
        directory = Directory(handbook.households.values(), initials)
        return Asked(case, str(row.get("do", "")), str(row["by"]), handbook, directory, lambda: at)

    def _people(self) -> list[Option]:
        return [Option(str(each.get("id", "")), str(each.get("name", ""))) for each in self.several("staff")]

    def _commands(self) -> list[Option]:
        """The commands of the kinds there are, those that stand in the file first."""
        here = [str(each.get("do", "")) for each in self.several("step")]
        every = [name for each in self.kinds.values() for name in each.commands]
        return [Option(each, label("commands", each)) for each in dict.fromkeys((*here, *every)) if each]

    def _form(self, which: str, number: int, rows: Any, given: Given, title: Bilingual | None = None) -> Form:
        texts = {key: as_text(value) for key, value in given.items()}
        name = f"rehearsal:{self.name}:{which}:{number}"
        return Form(name, title or FORMS[which], rows, texts)
