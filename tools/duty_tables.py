"""A kind's duties as a table: what is due by when, who owes it, what opens it and how it ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qiantai.lifecycle import DutyRule, On, Request, Step
from qiantai.periods import Period
from qiantai.policy import LIMITS
from qiantai.words import Bilingual, label
from tools.markdown import bracketed, cited, table

HEADS = (
    Bilingual("时限", "duty"),
    Bilingual("条款", "clause"),
    Bilingual("多久", "within"),
    Bilingual("从何时算", "from"),
    Bilingual("谁欠着", "owed by"),
    Bilingual("怎样产生", "opened by"),
    Bilingual("怎样了结", "ended by"),
)
RECEIPT = Bilingual("受理", "receipt")
THE_STEP = Bilingual("产生它的那一步", "the step that opens it")
ANEW = Bilingual(";以后再产生的,从那一步", "; where it arises anew later, that step")
IN_HOURS = Bilingual(";前台下班时从再开门", "; outside desk hours, their next opening")
DONE = Bilingual("履行:", "done by: ")
VOID = Bilingual("免去:", "voided by: ")
MOVED = Bilingual("改时限:", "moved by: ")
LAPSES = Bilingual("情形不再成立", "its case no longer holding")
NO_ONE_TO_TELL = Bilingual("匿名的免去", "void where anonymous")
NEVER = Bilingual("匿名的不产生", "never opened where anonymous")
THE_DESK = Bilingual("客服前台(任一人)", "the front desk (any clerk)")
WHENEVER = Bilingual("一旦{case}", "as soon as: {case}")
AFTER = Bilingual(";", "; ")


def duties(request: Request, language: str) -> str:
    """The table of a kind's duties."""
    return table((each[language] for each in HEADS), (_row(request, each, language) for each in request.duties))


def cases(ons: Iterable[On], language: str) -> str:
    """Duties by their labels, each with the case in which it is meant."""
    return ("、" if language == "zh" else ", ").join(_with_case(label("duties", on.name), on, language) for on in ons)


def _with_case(name: Bilingual, on: On, language: str) -> str:
    case = label("conditions", on.where)[language] if on.where else ""
    return f"{name[language]}{bracketed(case, language)}"


def _row(request: Request, rule: DutyRule, language: str) -> tuple[str, ...]:
    limit = LIMITS[rule.limit]
    assert isinstance(limit.default, Period), rule.limit
    where = label("conditions", rule.where)[language] if rule.where else ""
    return (
        f"{label('duties', rule.name)[language]}{bracketed(where, language)} `{rule.name}`",
        cited(rule.clause, language),
        f"{limit.default.label[language]} `{rule.limit}`",
        _since(request, rule, language),
        _owed_by(rule, language),
        AFTER[language].join(_opened(request, rule, language)),
        AFTER[language].join(_ended(request, rule, language)),
    )


def _since(request: Request, rule: DutyRule, language: str) -> str:
    opens = [on for step in (*request.steps, *request.linked) for on in step.opens if on.name == rule.name]
    since = RECEIPT if rule.since_receipt else THE_STEP
    anew = ANEW[language] if rule.since_receipt and any(on.anew for on in opens) else ""
    return f"{since[language]}{anew}{IN_HOURS[language] if rule.in_hours else ''}"


def _owed_by(rule: DutyRule, language: str) -> str:
    return THE_DESK[language] if rule.owed_by == "desk" else label("words", rule.owed_by)[language]


def _opened(request: Request, rule: DutyRule, language: str) -> Iterator[str]:
    yield from _steps(
        ((step, on) for step in (*request.steps, *request.linked) for on in step.opens if on.name == rule.name),
        language,
    )
    for on in request.reactions:
        if on.name == rule.name:
            yield WHENEVER[language].format(case=label("conditions", on.where)[language])
    if rule.silent:
        yield NEVER[language]


def _ended(request: Request, rule: DutyRule, language: str) -> Iterator[str]:
    steps, name = (*request.steps, *request.linked), rule.name
    done = _steps(((step, on) for step in steps for on in step.discharges if on.name == name), language)
    void = _steps(((step, on) for step in steps for on in step.voids if on.name == name), language)
    lapses = (LAPSES[language] for on in request.reactions if on.name == name and not on.once)
    moved = _steps(((step, On(each.name)) for step in steps for each in step.moves if each.name == name), language)
    for words, told in ((DONE, done), (VOID, (*void, *lapses)), (MOVED, moved)):
        if joined := ("、" if language == "zh" else ", ").join(told):
            yield f"{words[language]}{joined}"
    if rule.spoken:
        yield NO_ONE_TO_TELL[language]


def _steps(found: Iterable[tuple[Step, On]], language: str) -> tuple[str, ...]:
    """The commands of these rows, each once, with the case in which the row holds or the duty is meant."""
    return tuple(dict.fromkeys(_step(step, on, language) for step, on in found))


def _step(step: Step, on: On, language: str) -> str:
    case = on.where or (step.branch if step.branch not in PLACES else "")
    name = label("commands", step.command)[language]
    return f"{name}{bracketed(label('conditions', case)[language] if case else '', language)}"


PLACES = frozenset({"desk", "others", "by the desk", "by others", "first contact", "area manager", "again"})
"""The branches that say where or by whom: what a duty table has no need of."""
