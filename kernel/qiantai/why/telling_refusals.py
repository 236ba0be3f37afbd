"""A refusal told: what was asked of what, which rule spoke, and the rules before it that did not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from qiantai.events import Value
from qiantai.why.lines import Branch, People, act_words, clock, named, rests_on
from qiantai.why.reasons import Place, RefusalReason, Rung
from qiantai.words import Bilingual, entry, label, listed


def tell_refusal(reason: RefusalReason, people: People) -> Branch:
    """Why a command was refused, in full."""
    said = Bilingual("不能{what}: {why}", "{what} is refused: {why}").format(
        what=label("commands", reason.command), why=reason.why
    )
    return Branch(said, reason.clause, reason.at, tuple(_under(reason, people)))


def _under(reason: RefusalReason, people: People) -> Iterator[Branch]:
    if reason.clause is not None:
        yield rests_on(reason.clause)
    else:
        yield Branch(_NO_CLAUSE)
    if reason.would_do.zh:
        yield Branch(Bilingual("可行: {what}", "What would do: {what}").format(what=reason.would_do))
    yield _asked(reason, people)
    yield _stood(reason, people)
    if reason.order:
        yield Branch(_ORDER, under=tuple(_rung(each) for each in reason.order))


def _asked(reason: RefusalReason, people: People) -> Branch:
    roles = listed(tuple(label("roles", each) for each in reason.roles))
    who = Bilingual(named(reason.by, people), named(reason.by, people))
    if roles.zh:
        who = Bilingual("{who}({roles})", "{who} ({roles})").format(who=who, roles=roles)
    said = Bilingual("要办的: {what},{who},{at}", "Asked: {what}, by {who}, {at}").format(
        what=label("commands", reason.command), who=who, at=clock(reason.at)
    )
    return Branch(said, at=reason.at, under=tuple(_field(*each, people) for each in reason.asked.items()))


def _field(name: str, value: Value, people: People) -> Branch:
    shown = _value(value, people)
    return Branch(Bilingual("{name}: {value}", "{name}: {value}").format(name=label("fields", name), value=shown))


def _value(value: Value, people: People) -> Bilingual:
    match value:
        case bool():
            return Bilingual("是", "yes") if value else Bilingual("否", "no")
        case datetime():
            return Bilingual(clock(value), clock(value)) if value.tzinfo else Bilingual(str(value), str(value))
        case tuple():
            return listed(tuple(_value(each, people) for each in value))
        case str():
            person = Bilingual(named(value, people), named(value, people))
            groups = ("roles", "channels", "values", "kinds", "fields")
            return next((label(each, value) for each in groups if entry(each, value)), person)
        case _:
            return Bilingual(str(value), str(value))


def _stood(reason: RefusalReason, people: People) -> Branch:
    if not reason.state:
        return Branch(Bilingual("还没有受理的事项", "There was no case yet"))
    said = Bilingual("当时状态: {state}", "It stood: {state}").format(state=label("states", reason.state))
    if reason.since is None:
        return Branch(said)
    since = Bilingual("由此而来: {act}", "By: {act}").format(act=act_words(reason.since, people))
    return Branch(said, at=reason.since.at, under=(Branch(since, reason.since.clause, reason.since.at),))


def _rung(rung: Rung) -> Branch:
    said = _OUTCOMES[rung.outcome].format(what=_PLACES[rung.place])
    refused = len(rung.tested) - 1 if rung.outcome == "refused" else -1
    under = (
        Branch((_SPOKE if at == refused else _SILENT).format(why=each.why), each.clause)
        for at, each in enumerate(rung.tested)
    )
    return Branch(said, under=tuple(under))


_NO_CLAUSE = Bilingual("没有条款禁止;只是照现在的情形办不了", "No clause forbids it; as things stand it cannot be done")
_ORDER = Bilingual(
    "规则按这个次序问,第一条不许的就是答复", "The rules are asked in this order; the first to refuse answers"
)
_OUTCOMES: Mapping[str, Bilingual] = {
    "passed": Bilingual("✓ {what}", "✓ {what}"),
    "refused": Bilingual("✗ {what}", "✗ {what}"),
    "not_reached": Bilingual("– {what}: 没有问到", "– {what}: not reached"),
}
_SPOKE = Bilingual("不许: {why}", "Refused: {why}")
_SILENT = Bilingual("不适用: {why}", "Did not apply: {why}")
_PLACES: Mapping[Place, Bilingual] = {
    Place.KNOWN: Bilingual("有这个人、这一类事项", "The person and the kind are known"),
    Place.TIME: Bilingual("时间不早于上一步", "The time is not before the last step"),
    Place.NAMED: Bilingual("点名这个状态或岗位的禁止", "Bars that name this state or role"),
    Place.STATE: Bilingual("这个状态能办", "The state"),
    Place.ROLE: Bilingual("归这个人办", "The role"),
    Place.FIELDS: Bilingual("内容齐全、读得懂", "The fields"),
    Place.BARS: Bilingual("其他禁止", "The other bars, in their order"),
    Place.FORM: Bilingual("处理单齐全", "The form"),
}
