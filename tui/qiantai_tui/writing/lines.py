"""What the lines of a rehearsal's forms are called, and the lists that they choose from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from qiantai.case import Case
from qiantai.clauses import clauses
from qiantai.tables import moment
from qiantai.words import Bilingual, label
from qiantai_scenarios.scenario import Scenario

from ..text.words import say
from ..widgets.choice_rows import ListRow, OptionsRow
from ..widgets.field_rows import FieldRow
from ..widgets.options import Option, Options
from .form import as_text

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
MUST_BE_REFUSED = Bilingual("必须被拒于", "Must be refused by")
APPROVED_BY, VERSION = Bilingual("谁审定的", "Approved by"), Bilingual("第几版", "Version")
AT_THE_END = Bilingual("几点(可空)", "When, or end")
STATE, STATUS = Bilingual("状态", "State"), Bilingual("履行", "Status")
OPEN, PLACES = Bilingual("未了的时限", "Still owed"), Bilingual("归档在", "Filed in")
OWNER, STAND_IN = Bilingual("责任人", "Owner"), Bilingual("代跟人", "Stand-in")
HANDLER, INCIDENT_OF = Bilingual("处理", "Handled by"), Bilingual("突发事件", "Incident")
WHO, COMMANDS = Bilingual("谁", "Who"), Bilingual("哪些步骤", "Which steps")
PROVISIONAL, WORDING = Bilingual("暂定", "Provisional"), Bilingual("原话", "Wording")
DUTY, DUE = Bilingual("哪项时限", "Which duty"), Bilingual("几点到期", "Due at")
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


def case_before(scenario: Scenario, alias: str, at: datetime, number: int = 0) -> Case | None:
    """A case as it stands before the step of that number; without one, at that time. None where it is not there yet."""
    from qiantai_scenarios.stage import Stage

    stage = Stage(scenario.handbook, scenario.steps[0].at)
    for step in scenario.steps:
        if step.at > at or (number and step.number >= number):
            break
        stage.take(step)
    return stage.case(alias)


def of_the_site(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The times of a row as the desk's lines show them."""
    return {key: found for key, value in row.items() if isinstance(value, datetime) and (found := moment(value))}


def unproposed(row: FieldRow) -> FieldRow:
    """A line without what the desk would propose: the file says what is there."""
    if isinstance(row, OptionsRow):
        row.options.set_reactive(Options.taken, ())
    return row


def wanted(value: object) -> tuple[str, ...]:
    match value:
        case bool():
            return ("yes",) if value else ("no",)
        case "several":
            return ()
        case _:
            return (str(value),)


def one_of(name: str, words: Bilingual, options: Sequence[Option], taken: Any, *, must: bool = False) -> ListRow:
    """A list to choose from; what the file has is among it, whatever that is."""
    value = as_text(taken)
    known = [each.value for each in options]
    own = [Option(value, value)] if value and value not in known else []
    return ListRow(name, words, [*own, *options], must=must, taken=value)


def labelled(group: str, names: Iterable[str]) -> list[Option]:
    return [Option(str(each), label(group, str(each))) for each in names]


def clause_options() -> list[Option]:
    return [Option(each.id, f"{each.id} {say(Bilingual(each.zh, each.en))[:40]}") for each in clauses()]
