"""The tables of the pages on scenarios, from the product's own: commands, fields, limits, kinds and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from qiantai.commands import Field, Type
from qiantai.fields import RANGES
from qiantai.hours import Hours
from qiantai.lifecycle import Request, Step
from qiantai.policy import LIMITS, Many, Value
from qiantai.requests import INCIDENT_REQUEST, REQUESTS
from qiantai.words import Bilingual, Channel, Role, Status, entry, label
from qiantai_scenarios.vocabulary import Vocabulary
from tools.markdown import table

KINDS: Mapping[str, Request] = {**REQUESTS, INCIDENT_REQUEST.kind: INCIDENT_REQUEST}
VOCABULARY = Vocabulary(KINDS)
ALL = Bilingual("全部", "all")
NEVER = Bilingual("一律拒绝", "always refused")

WRITE: Mapping[Type, Bilingual] = {
    Type.TEXT: Bilingual("文字", "text"),
    Type.FLAG: Bilingual("`true` 或 `false`", "`true` or `false`"),
    Type.NUMBER: Bilingual("整数", "a whole number"),
    Type.TIME: Bilingual("时间,如 `2026-11-23T09:00:00`", "a time, as `2026-11-23T09:00:00`"),
    Type.PERSON: Bilingual("员工的 `id`", "a member of staff's `id`"),
    Type.ROLES: Bilingual('岗位的列表,如 `["engineering"]`', 'a list of roles, as `["engineering"]`'),
    Type.CHANNEL: Bilingual("途径(见下)", "a channel (see below)"),
    Type.HOUSEHOLD: Bilingual("房号,即 `[[household]]` 的 `id`", "a room: the `id` of a `[[household]]`"),
    Type.CASE: Bilingual("另一件事项的代号", "the alias of another case"),
    Type.CASES: Bilingual('几件事项的代号,如 `["A", "B"]`', 'the aliases of cases, as `["A", "B"]`'),
    Type.CHOICE: Bilingual("指令表里括号中的一个", "one of those in brackets in the table of commands"),
    Type.ANY: Bilingual("与所更正的那一项相同", "what the corrected field takes"),
}


def commands(language: str) -> str:
    """Every command: a row for all kinds that take the same fields."""
    heads = ("指令", "意思", "类别", "字段") if language == "zh" else ("command", "what", "kinds", "fields")
    return table(heads, (row for each in VOCABULARY.commands for row in _rows(each, language)))


def _rows(command: str, language: str) -> Iterator[tuple[str, ...]]:
    alike: dict[str, list[Request]] = {}
    for each in KINDS.values():
        steps = [step for step in each.steps if step.command == command]
        barred = [bar.clause for bar in each.bars if command in bar.commands and bar.clause is not None]
        if steps:
            alike.setdefault(_fields(steps, language), []).append(each)
        elif barred:
            alike.setdefault(f"{NEVER[language]} [{barred[0]}]", []).append(each)
    for fields, kinds in alike.items():
        yield f"`{command}`", label("commands", command)[language], _kinds(kinds, language), fields


def _kinds(kinds: list[Request], language: str) -> str:
    cases = [each for each in kinds if each.kind in REQUESTS]
    shown = [f"`{each.kind}`" for each in kinds if len(cases) < len(REQUESTS) or each not in cases]
    return " ".join((*((ALL[language],) if len(cases) == len(REQUESTS) else ()), *shown))


def _fields(steps: list[Step], language: str) -> str:
    """The fields of a command's rows: bold where all of them want it, with ° where only some do."""
    rows: dict[str, list[Field]] = {}
    for step in steps:
        for of in step.fields:
            rows.setdefault(of.name, []).append(of)
    return " · ".join(_field(found, len(steps), language) for found in rows.values()) or "–"


def _field(rows: list[Field], steps: int, language: str) -> str:
    wanted = sum(each.must for each in rows)
    name = f"`{rows[0].name}`"
    name = f"**{name}**" if wanted == steps else f"{name}°" if wanted else name
    given = [each.choices for each in rows if each.type in (Type.CHOICE, Type.ROLES)]
    choices = dict.fromkeys(each for row in given for each in row) if all(given) else {}
    shown = " ".join(f"`{each}`" for each in choices)
    return f"{name}({shown})" if shown and language == "zh" else f"{name} ({shown})" if shown else name


def fields(language: str) -> str:
    """Every field of any command: what it is called on the screens, and what to write."""
    types: dict[str, dict[str, None]] = {}
    for each in VOCABULARY.commands:
        for request in KINDS.values():
            for of in request.fields.get(each, {}).values():
                types.setdefault(of.name, {})[_written(of)[language]] = None
    heads = ("字段", "意思", "写什么") if language == "zh" else ("field", "what", "what to write")
    either = ",或" if language == "zh" else "; or "
    return table(heads, ((f"`{k}`", label("fields", k)[language], either.join(v)) for k, v in types.items()))


def _written(of: Field) -> Bilingual:
    if of.name == "until":
        return Bilingual("从受理起的工作日数,如 `5wd`", "working days from receipt, as `5wd`")
    if of.name == INCIDENT_REQUEST.kind:
        return Bilingual("突发事件的代号", "the alias of an incident")
    if of.name == "kind":
        return Bilingual("类别(见下)", "a kind (see below)")
    if of.name in RANGES:
        least, most = RANGES[of.name]
        return Bilingual(f"{least} 到 {most} 的整数", f"a whole number from {least} to {most}")
    return WRITE[of.type]


def limits(language: str) -> str:
    """The keys of the policy, with their defaults and clauses."""
    heads = (
        ("键", "意思", "默认", "条款", "可改") if language == "zh" else ("key", "what", "default", "clause", "change")
    )
    tighter, free = Bilingual("只可更严", "stricter only"), Bilingual("自定", "freely")
    rows = (
        (f"`{k}`", v.label[language], f"`{_toml(v.default)}`", str(v.clause), (tighter if v.bound else free)[language])
        for k, v in LIMITS.items()
    )
    return table(heads, rows)


def _toml(value: Value) -> str:
    match value:
        case Hours():
            opens, closes = str(value).split("-")
            return f'["{opens}", "{closes}"]'
        case Many():
            return f'[{value.count}, "{value.within}"]'
        case int():
            return str(value)
        case _:
            return f'"{value}"'


def kinds(language: str) -> str:
    """The six kinds and the incident with their states and duties."""
    heads = ("类别", "单号", "状态", "时限") if language == "zh" else ("kind", "number", "states", "duties")

    def row(each: Request) -> tuple[str, ...]:
        duties = dict.fromkeys(rule.name for rule in each.duties)
        kind = f"`{each.kind}` {label('kinds', each.kind)[language]}"
        return kind, f"{each.prefix}-", *(_codes("", group, language) for group in (each.states, duties))

    return table(heads, map(row, KINDS.values()))


def words(language: str) -> str:
    """The states, duties, statuses, roles and channels with their labels, a line a group."""
    states = dict.fromkeys(state for each in KINDS.values() for state in each.states)
    duties = dict.fromkeys(rule.name for each in REQUESTS.values() for rule in each.duties)
    groups: Mapping[str, tuple[Bilingual, Iterable[str]]] = {
        "states": (Bilingual("状态", "States"), states),
        "duties": (Bilingual("时限", "Duties"), duties),
        "statuses": (Bilingual("履行状态", "Statuses of a duty"), Status),
        "roles": (Bilingual("岗位", "Roles"), Role),
        "channels": (Bilingual("途径", "Channels"), Channel),
    }
    colon = ":" if language == "zh" else ": "
    return "\n".join(f"- {what[language]}{colon}{_codes(k, of, language)}" for k, (what, of) in groups.items())


def _codes(group: str, names: Iterable[str], language: str) -> str:
    return " · ".join(f"`{each}` {entry(group, each)[language]}" if group else f"`{each}`" for each in names)


BLOCKS: Mapping[str, Callable[[str], str]] = {
    "commands": commands,
    "fields": fields,
    "limits": limits,
    "kinds": kinds,
    "words": words,
}
