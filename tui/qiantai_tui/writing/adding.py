"""A row more in a rehearsal: which sort in plain words, what it begins with, and what a form's answer makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from qiantai.decision import offers
from qiantai.words import INCIDENT, Bilingual, label
from qiantai_scenarios.making.editing import added, in_time, place_for, put
from qiantai_scenarios.making.within import put_within

from ..dialogs.choose import ChooseDialog, Item
from ..text.words import say
from ..widgets.choice_rows import OptionsRow
from ..widgets.field_rows import FieldRow
from ..widgets.options import Option
from ..widgets.rows import Column
from .check_forms import check as check_form
from .check_forms import entry, of_check, of_entry
from .form import Form, StepTimeRow
from .forms import Forms
from .lines import AT, BY, CASE, case_before
from .script_form import script
from .step_forms import incident, receipt

WHICH = Bilingual("添一行什么?", "What is to be added?")
SORTS: Mapping[str, Bilingual] = {
    "rings": Bilingual("有人来电、来访", "Somebody rings or comes"),
    "model": Bilingual("学员该做的一步(示范)", "A step that the trainee should take (the model)"),
    "acts": Bilingual("同事做的一步,到时间自己发生", "A colleague's step, which happens by itself"),
    "answer": Bilingual("业户顶一句嘴", "The resident answers back"),
    "mark": Bilingual("一项加分", "Points to be earned"),
    "fault": Bilingual("一项扣分", "Points to be lost"),
    "staff": Bilingual("一位同事", "A colleague"),
    "household": Bilingual("一家住户", "A household"),
    "incident": Bilingual("登记一件突发事件", "An incident that is opened"),
    "script": Bilingual("一条统一口径", "An agreed answer"),
    "check": Bilingual("一次查验:那时该是什么样", "A check: how things have to stand then"),
    "may": Bilingual("查验里的:谁能办什么", "In a check: who may do what"),
    "duty": Bilingual("查验里的:一项时限", "In a check: a duty"),
}
WHAT = Bilingual("{who}办什么?", "What does {who} do?")
NEW_STEP = Bilingual("几点、谁、哪一件", "When, who, which case")
_TABLES = {
    **dict.fromkeys(("rings", "model", "acts", "incident"), "step"),
    "answer": "rehearsal.answer",
    "mark": "rehearsal.mark",
    "fault": "rehearsal.mark",
}
ENTRIES: Mapping[str, tuple[str, str]] = {"may": ("may", ""), "duty": ("duty", "")}
"""The sorts that go into a check."""
_COLUMNS = (Column(Bilingual("", ""), 30, flex=1),)
_MINUTE = timedelta(minutes=1)
Values = Mapping[str, Any]


def which_sort() -> ChooseDialog:
    """Asks which sort of row."""
    return ChooseDialog(WHICH, _COLUMNS, [Item(sort, (say(words),)) for sort, words in SORTS.items()])


def which_command(forms: Forms, values: Values) -> ChooseDialog | None:
    """Asks for one of the commands that this person could give then; None where the case is not there, or none is."""
    scenario = forms.scenario
    case = case_before(scenario, str(values["case"]), values["at"]) if scenario else None
    if scenario is None or case is None:
        return None
    there = offers(case, str(values["by"]), values["at"], scenario.handbook)
    if not there:
        return None
    items = [Item(each, (say(label("commands", each)),)) for each in there]
    person = scenario.handbook.people[str(values["by"])]
    return ChooseDialog(WHAT.format(who=person.name), _COLUMNS, items, filtered=True)


def new_form(forms: Forms, sort: str, check: int = 0) -> Form:
    """The form that a new row of a sort is asked for with; what goes into a check goes into that of this number."""
    match sort:
        case "rings":
            return receipt(forms, 0, beginning(forms, sort))
        case "incident":
            return incident(forms, 0, beginning(forms, sort))
        case "script":
            return script(forms, 0, beginning(forms, sort))
        case "check":
            return check_form(forms, 0, beginning(forms, sort))
        case "may" | "duty":
            row = forms.row("check", check) or {"case": _last(forms)}
            return entry(forms, 0, {"case": row.get("case", "")}, ENTRIES[sort])
        case "answer":
            return forms.answer(0, beginning(forms, sort))
        case "mark" | "fault":
            return forms.mark(0, beginning(forms, sort))
        case "staff":
            return forms.staff(0, {})
        case "household":
            return forms.household(0, {})
        case _:
            return new_step(forms, sort)


def new_step(forms: Forms, sort: str) -> Form:
    """When a step takes place, by whom, on which case: asked before which it is."""
    people = [each for each in forms.several("staff") if (each.get("id") == forms.trainee) == (sort == "model")]
    who = [Option(str(each.get("id", "")), str(each.get("name", ""))) for each in people]
    cases = [Option(each, each) for each in forms.aliases]
    at = forms.day() + _MINUTE

    def rows() -> list[FieldRow]:
        return [
            StepTimeRow("at", AT, at),
            OptionsRow("by", BY, who, must=True),
            OptionsRow("case", CASE, cases, must=True),
        ]

    first = who[0].value if len(who) == 1 else ""
    given = {"at": f"{at:%Y-%m-%d %H:%M}", "by": first, "case": forms.aliases[-1] if forms.aliases else ""}
    return Form(f"rehearsal:{forms.name}:new-{sort}", NEW_STEP, rows, given)


def beginning(forms: Forms, sort: str) -> dict[str, Any]:
    """What a new row has before anything is said."""
    case = _last(forms)
    match sort:
        case "rings":
            homes = forms.several("household")
            home = {"household": str(homes[0].get("id", ""))} if homes else {}
            kind = next((str(each["kind"]) for each in forms.several("step") if "kind" in each), "repair")
            return {**_first(forms, "receive"), "kind": kind, "channel": "phone", **home}
        case "incident":
            return {**_first(forms, INCIDENT), "summary": "…", "place": "…"}
        case "check":
            return {"case": case, **({"state": state} if (state := _ends(forms, case)) else {})}
        case "may":
            return {"name": forms.trainee, "group": "may", "commands": ["note"]}
        case "duty":
            return {"name": "call_back", "status": "met"}
        case "script":
            return _answer(forms)
        case "answer":
            return {"case": case, "missing": "dispatch", "within": "3m"}
        case "mark":
            return {"points": 10, "event": "receive", "case": case}
        case "fault":
            return {"points": -10, "refused": "P-2.1", "case": case}
        case "staff":
            return {"id": "zhou", "name": "周强", "roles": ["security"]}
        case "household":
            return {"id": "2-1-501", "name": "李先生", "phone": "13800005678"}
        case _:
            by = next((each.get("id") for each in forms.several("staff") if each.get("id") != forms.trainee), "")
            who = forms.trainee if sort == "model" else by
            return {"at": forms.day() + _MINUTE, "by": who, "do": "note", "case": case, "text": "…"}


def with_row(forms: Forms, sort: str, values: Values, check: int = 0) -> str:
    """The text with a new row of a sort: what it begins with, and what was said of it.

    What goes into a check goes into that of this number, or into a new one.
    """
    if sort in ENTRIES:
        text = forms.text if check else added(forms.text, "check", {"case": _last(forms)})
        at, value = of_entry(values or beginning(forms, sort), ENTRIES[sort], None)
        return put_within(text, "check", check or 1, at, value)
    table = _TABLES.get(sort, sort)
    of = beginning(forms, sort) if sort not in ("staff", "household") else {}
    return with_table(forms.text, table, answered(table, {**of, **values}))


def with_table(text: str, table: str, values: Values) -> str:
    """The text with a table more; a step stands where its time belongs."""
    if table != "step":
        return added(text, table, values)
    at = values.get("at")
    return added(text, table, values, place_for(text, at) if isinstance(at, datetime) else 0)


def changed(
    text: str, table: str, number: int, values: Values, there: Values, path: tuple[str, str] | None = None
) -> str:
    """The text with what a form has changed of a table, or of an entry within it.

    A step whose time changed goes where it belongs.
    """
    if path is not None:
        group = there.get(path[0])
        at, value = of_entry(values, path, group.get(path[1]) if isinstance(group, dict) else None)
        return put_within(put_within(text, table, number, path, None) if at != path else text, table, number, at, value)
    if not table:
        own = {key: value for key, value in values.items() if key in ("title", "about")}
        rest = {key: value for key, value in values.items() if key not in own}
        return put(put(text, "", 0, own), "rehearsal", 0, rest)
    given = answered(table, values, there)
    edited = put(text, table, number, given)
    return in_time(edited, number) if table == "step" and "at" in given else edited


def answered(table: str, values: Values, there: Values = {}) -> dict[str, Any]:  # noqa: B006  # never changed
    """What a form's lines say as keys of the table: a mark is for one thing, an answer comes after one."""
    given = of_check(values) if table == "check" else dict(values)
    what = given.pop("what", None)
    if table == "rehearsal.answer":
        before = "missing" if "missing" in {**there, **given} else "event"
        step = given.pop("step", {**there, **given}.get(before))
        what = what or next((each for each in ("missing", "event", "refused") if each in there), before)
        given |= {each: step if each == what else None for each in ("missing", "event")}
        if what != "missing":
            given["within"] = None
    if table == "rehearsal.mark" and what is not None:
        given["duties"] = "met" if what == "duties" else None
        others = {"event": ("refused",), "refused": ("event",), "duties": ("event", "refused", "case")}[what]
        given |= dict.fromkeys(others)
        if what != "event":
            given |= dict.fromkeys(("within", "rang", "first"))
    return given


def _last(forms: Forms) -> str:
    return forms.aliases[-1] if forms.aliases else "A"


def _first(forms: Forms, command: str) -> dict[str, Any]:
    """A step by the trainee that begins a case or an incident."""
    return {"at": forms.day() + _MINUTE, "by": forms.trainee, "do": command, "case": _alias(forms)}


def _ends(forms: Forms, alias: str) -> str:
    """The state that the model leaves a case in; empty where that cannot be told."""
    scenario = forms.scenario
    case = case_before(scenario, alias, scenario.ends) if scenario else None
    return case.state if case else ""


def _answer(forms: Forms) -> dict[str, Any]:
    """An agreed answer in force on the day of the rehearsal, on a topic that a call names."""
    topic = next((str(each["topic"]) for each in forms.several("step") if each.get("topic")), "parking-fee")
    first = forms.day().date().replace(month=1, day=1)
    by = next((str(each.get("id")) for each in forms.several("staff") if each.get("id") != forms.trainee), "")
    return {"id": f"{topic}-{first.year}", "topic": topic, "text": "…", "from": first, "approved_by": by}


def _alias(forms: Forms) -> str:
    """The next letter that no case is called by."""
    letters = [chr(ord("A") + n) for n in range(26)]
    return next((each for each in (*letters, *(f"A{n}" for n in range(2, 1000))) if each not in forms.aliases), "X")
