"""The page of clauses: for each what it says, where it is carried out, and which scenarios and tests show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial

from qiantai.citations import BAR, DUTY, LIMIT, STEP, Citation, citations
from qiantai.clauses import HOUSE, Clause, clauses
from qiantai.policy import LIMITS, Many
from qiantai.requests import REQUESTS
from qiantai.words import Bilingual, label, listed
from qiantai_scenarios import Outcome, play, read_scenario, shipped
from qiantai_scenarios.clauses_shown import scenarios_by_clause
from tools.clause_links import Declared, Link, declared
from tools.markdown import anchor, bracketed, quoted, table

SCENARIOS = "../fixtures/qiantai_scenarios/scenarios"
MOST = 3
OWED = ("duty", "bar", "record", "target")
"""The kinds of clauses that something has to carry out, or a reason say why nothing does."""

COLON, AFTER = Bilingual(":", ": "), Bilingual(";", "; ")
EVERY_KIND = Bilingual("各类", "every kind")
CARRIED = {
    STEP: Bilingual("步骤", "Steps"),
    DUTY: Bilingual("时限", "Duties"),
    BAR: Bilingual("拒绝", "Refusals"),
    LIMIT: Bilingual("标准", "Limits"),
}
SHOWN = {
    STEP: Bilingual("办到的情景", "Done in the scenarios"),
    DUTY: Bilingual("产生时限的情景", "Owed in the scenarios"),
    BAR: Bilingual("被拒绝的情景", "Refused in the scenarios"),
}
IN_CODE = Bilingual("程序", "In the code")
TEST = Bilingual("测试", "test")
PARTLY = Bilingual("不由程序做的", "Not the program's")
NOT = Bilingual("没有由程序落实", "Not carried out by the program")
PEOPLE = Bilingual(
    "没有规则引用它:是对人和组织的要求。",
    "No rule cites it: it is asked of people and of how they work together.",
)
MORE = Bilingual("{shown} 等 {all} 个", "{shown} and {more} more")


@cache
def _shown() -> Mapping[tuple[Clause, str], tuple[Outcome, ...]]:
    return scenarios_by_clause(play(read_scenario(each)) for each in shipped())


@cache
def _declared() -> Declared:
    return declared()


@cache
def _citations() -> tuple[Citation, ...]:
    return citations()


def carried_out(clause: Clause, told: Declared) -> bool:
    """Whether a row of the tables, or code that is declared, carries a clause out."""
    return clause in {each.clause for each in _citations()} | {each.clause for each in told.elsewhere}


def document(letter: str, language: str) -> str:
    """The clauses of one document, each under its id."""
    return "\n\n".join(_clause(each, language) for each in clauses() if each.id.startswith(f"{letter}-"))


def house(language: str) -> str:
    """What no document gives and each site sets itself."""
    return "\n".join(_lines(HOUSE, language))


def _clause(clause: Clause, language: str) -> str:
    kind = label("clauses", clause.kind)[language]
    text = clause.en if language == "en" else clause.zh
    return "\n".join((f"### {clause}", "", f"{text} *{kind}*", "", *_lines(clause, language)))


def _lines(clause: Clause, language: str) -> Iterator[str]:
    for head, body in _told(clause, language):
        yield f"- **{head[language]}**{COLON[language]}{body}" if body else f"- {head[language]}"


def _told(clause: Clause, language: str) -> Iterator[tuple[Bilingual, str]]:
    rows = [each for each in _citations() if each.clause == clause]
    links = [each for each in _declared().elsewhere if each.clause == clause]
    for what, head in CARRIED.items():
        if found := [each for each in rows if each.what == what]:
            yield head, _limits(found, language) if what == LIMIT else _by_kinds(found, what, language)
    if links:
        yield IN_CODE, AFTER[language].join(_link(each, language) for each in links)
    for what, head in SHOWN.items():
        if outcomes := _shown().get((clause, what)):
            yield head, _scenarios(outcomes, language)
    told = _declared()
    if clause in told.partly:
        yield PARTLY, told.partly[clause][language]
    if clause in told.not_carried_out:
        yield NOT, told.not_carried_out[clause][language]
    elif not rows and not links:
        yield PEOPLE, ""


def _by_kinds(rows: list[Citation], what: str, language: str) -> str:
    """What these rows are called, or of bars what they say, those together that the same kinds have."""
    joined = quoted if what == BAR else listed
    kinds: dict[Bilingual, dict[str, None]] = {}
    for each in rows:
        kinds.setdefault(each.label, {})[each.request] = None
    names: dict[tuple[str, ...], list[Bilingual]] = {}
    for name, of in kinds.items():
        names.setdefault(tuple(of), []).append(name)
    told = (f"{_kinds(of)[language]}{COLON[language]}{joined(tuple(each))[language]}" for of, each in names.items())
    return AFTER[language].join(told)


def _kinds(of: tuple[str, ...]) -> Bilingual:
    return EVERY_KIND if "" in of or len(of) == len(REQUESTS) else listed(tuple(label("kinds", each) for each in of))


def _limits(rows: list[Citation], language: str) -> str:
    return listed(tuple(_limit(each.name) for each in rows))[language]


def _limit(key: str) -> Bilingual:
    limit = LIMITS[key]
    default = str(limit.default) if isinstance(limit.default, Many) else limit.default
    words = getattr(default, "label", Bilingual(str(default), str(default)))
    return Bilingual(f"{limit.label.zh}({words.zh},`{key}`)", f"{limit.label.en} ({words.en}, `{key}`)")


def _link(link: Link, language: str) -> str:
    file, _, name = link.test.partition("::")
    code = f"[{link.file.rpartition('/')[2]}](../{link.file})"
    return f"{link.says[language]} ({code}, {TEST[language]} [{name}](../{file}))"


def _scenarios(outcomes: tuple[Outcome, ...], language: str) -> str:
    shown = listed(tuple(_scenario(each) for each in outcomes[:MOST]))
    if len(outcomes) <= MOST:
        return shown[language]
    return MORE.format(shown=shown, all=len(outcomes), more=len(outcomes) - MOST)[language]


def _scenario(outcome: Outcome) -> Bilingual:
    title, to = outcome.scenario.title, f"{SCENARIOS}/{outcome.scenario.id}.toml"
    return Bilingual(f"[{title.zh}]({to})", f"[{title.en}]({to})")


def not_carried_out(language: str) -> str:
    """The clauses that nothing carries out though something should, those together that have one reason."""
    heads = ("条款", "为什么") if language == "zh" else ("clauses", "why")
    reasons: dict[Bilingual, list[str]] = {}
    for clause in clauses():
        if why := _declared().not_carried_out.get(clause):
            kind = label("clauses", clause.kind)[language]
            reasons.setdefault(why, []).append(f"[{clause}](#{anchor(clause.id)}){bracketed(kind, language)}")
    return table(heads, ((" · ".join(found), why[language]) for why, found in reasons.items()))


BLOCKS: Mapping[str, Callable[[str], str]] = {
    "not_carried_out": not_carried_out,
    "house": house,
    **{each.lower(): partial(document, each) for each in dict.fromkeys(each.id[0] for each in clauses())},
}
