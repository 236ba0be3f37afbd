"""The forms of the rows of a rehearsal: which lines each has, in the domain's own fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from qiantai.case import Case
from qiantai.clauses import clauses
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
from ..text.words import say
from ..widgets.choice_rows import FlagRow, ListRow, OptionsRow
from ..widgets.field_rows import FieldRow, NotesRow, NumberRow, PhoneRow, WordsRow
from ..widgets.options import Option, Options
from .form import Form, LengthRow, PointsRow, StepTimeRow, as_text

AT, BY, CASE = Bilingual("几点", "When"), Bilingual("谁办", "Who"), Bilingual("哪一件", "Which case")
SAYS = Bilingual("业户的话", "The resident says")
TITLE, ABOUT = Bilingual("标题", "Title"), Bilingual("学员先看到", "To be read first")
PASS, MINUTES = Bilingual("几分合格", "Points to pass"), Bilingual("限几分钟", "Minutes")
GRADE, TRAINS = Bilingual("难度", "Grade"), Bilingual("练什么", "It trains")
PLAYS, NAME = Bilingual("学员演谁", "Trainee plays"), Bilingual("姓名", "Name")
ID, ROLES = Bilingual("简称", "Short name"), Bilingual("岗位", "Roles")
ROOM, PHONE = Bilingual("房号", "Room"), Bilingual("电话(编的)", "Phone, invented")
POINTS, WHY = Bilingual("几分", "Points"), Bilingual("为什么", "Why")
FOR_WHAT, WHEN = Bilingual("凭什么", "For what"), Bilingual("什么时候说", "When")
COMMAND, CLAUSE = Bilingual("哪一步", "Which step"), Bilingual("哪一条", "Which clause")
WITHIN, RANG = Bilingual("多久之内", "Within"), Bilingual("响几秒之内", "Seconds of ringing")
FIRST, AFTER = Bilingual("要先做", "First of all"), Bilingual("过了多久", "After")
OF_A_MARK = (
    Option("event", Bilingual("做到一步", "A step done")),
    Option("refused", Bilingual("违了一条", "A clause gone against")),
    Option("duties", Bilingual("时限全按时", "Every duty in time")),
)
OF_AN_ANSWER = (
    Option("missing", Bilingual("一直没做", "Not done in time")),
    Option("event", Bilingual("做了以后", "After it is done")),
    Option("refused", Bilingual("违了以后", "After a breach")),
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
                OptionsRow("channel", label("fields", "channel"), _labelled("channels", Channel), must=True),
                OptionsRow("kind", label("fields", "kind"), _labelled("kinds", self.kinds), must=True),
                _one_of("household", ROOM, [Option(each, each) for each in homes if each], row.get("household")),
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
                *(_plain(each) for each in fields),
                WordsRow("says", SAYS),
            )

        shown = {name: (other, _wanted(value)) for name, (other, value) in SHOWN_WITH.get(asked.command, {}).items()}
        title = Bilingual("{who} {what}", "{who}: {what}").format(
            who=asked.handbook.people[asked.by].name, what=label("commands", asked.command)
        )
        form = self._form("step", number, rows, {**row, **_of_the_site(row)}, title)
        return Form(form.name, title, rows, form.given, {each: how for each, how in shown.items() if how[1]})

    def mark(self, number: int, row: Given) -> Form:
        """Points, and for what."""
        what = next((each.value for each in OF_A_MARK if each.value in row), "event")

        def rows() -> Sequence[FieldRow]:
            return (
                PointsRow("points", POINTS),
                WordsRow("why", WHY, must=True),
                OptionsRow("what", FOR_WHAT, OF_A_MARK, must=True, taken=[what]),
                _one_of("event", COMMAND, self._commands(), row.get("event")),
                _one_of("refused", CLAUSE, _clauses(), row.get("refused")),
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
                _one_of("step", COMMAND, self._commands(), row.get("event", row.get("missing"))),
                LengthRow("within", AFTER),
                _one_of("refused", CLAUSE, _clauses(), row.get("refused")),
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


def case_before(scenario: Scenario, alias: str, at: datetime, number: int = 0) -> Case | None:
    """A case as it stands before the step of that number; without one, at that time. None where it is not there yet."""
    from qiantai_scenarios.stage import Stage

    stage = Stage(scenario.handbook, scenario.steps[0].at)
    for step in scenario.steps:
        if step.at > at or (number and step.number >= number):
            break
        stage.take(step)
    return stage.case(alias)


def _of_the_site(row: Given) -> Given:
    """The times of a row as the desk's lines show them."""
    return {key: found for key, value in row.items() if isinstance(value, datetime) and (found := moment(value))}


def _plain(row: FieldRow) -> FieldRow:
    """A line without what the desk would propose: the file says what is there."""
    if isinstance(row, OptionsRow):
        row.options.set_reactive(Options.taken, ())
    return row


def _wanted(value: object) -> tuple[str, ...]:
    match value:
        case bool():
            return ("yes",) if value else ("no",)
        case "several":
            return ()
        case _:
            return (str(value),)


def _one_of(name: str, words: Bilingual, options: Sequence[Option], taken: Any) -> ListRow:
    """A list to choose from; what the file has is among it, whatever that is."""
    value = as_text(taken)
    known = [each.value for each in options]
    own = [Option(value, value)] if value and value not in known else []
    return ListRow(name, words, [*own, *options], taken=value)


def _labelled(group: str, names: Iterable[str]) -> list[Option]:
    return [Option(str(each), label(group, str(each))) for each in names]


def _clauses() -> list[Option]:
    return [Option(each.id, f"{each.id} {say(Bilingual(each.zh, each.en))[:40]}") for each in clauses()]
