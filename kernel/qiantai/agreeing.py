"""How a wording comes to be agreed on: who may draft, submit, approve or withdraw which version, and when (H-4.4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from attrs import frozen

from qiantai.clauses import Clause
from qiantai.commands import Command
from qiantai.deeds import APPROVE, DRAFT, DROP, RETURN, SUBMIT, WITHDRAW, Deed, agreed
from qiantai.handbook import Handbook
from qiantai.hours import local
from qiantai.mistakes import names
from qiantai.people import Person
from qiantai.refusals import Refusal
from qiantai.rights import no, without_reason
from qiantai.scripts import MAY_APPROVE, MAY_DRAFT, Script, Stage, script_in_force, stage
from qiantai.words import Bilingual, Role, label, listed

AGREED, APPROVAL = Clause("H-4.4.5"), Clause("H-4.4.4")
LONGEST = 2000
"""Characters of a wording: what is said to a resident in one breath."""


@frozen
class Step:
    """What may be done to a version: by whom, in which stages, by which clause; some of it not without a reason."""

    who: tuple[Role, ...]
    stages: tuple[Stage, ...]
    clause: Clause
    reasoned: bool = False


STEPS: Mapping[str, Step] = {
    SUBMIT: Step(MAY_DRAFT, (Stage.DRAFT,), AGREED),
    APPROVE: Step(MAY_APPROVE, (Stage.SUBMITTED,), APPROVAL),
    RETURN: Step(MAY_APPROVE, (Stage.SUBMITTED,), APPROVAL, reasoned=True),
    WITHDRAW: Step(MAY_APPROVE, (Stage.IN_FORCE, Stage.TO_COME, Stage.SUPERSEDED), APPROVAL, reasoned=True),
    DRAFT: Step(MAY_DRAFT, (Stage.DRAFT,), AGREED),
    DROP: Step(MAY_DRAFT, (Stage.DRAFT, Stage.SUBMITTED), AGREED),
}
"""In the order in which they are offered. A draft is changed by drafting it again; nothing else is ever changed."""
FIELDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(STEPS, ("id", "version", "reason")),
    DRAFT: ("id", "version", "topic", "text", "from", "until", "sensitive", "spokesperson", "reason"),
}
"""What each command may say."""


def steps_for(script: Script, person: Person, at: datetime, handbook: Handbook) -> tuple[str, ...]:
    """What this person could do now to a version."""
    where = stage(script, handbook.scripts, at)
    return tuple(name for name, step in STEPS.items() if where in step.stages and person.has(*step.who))


def decide_script(command: Command, at: datetime, handbook: Handbook) -> Deed | Refusal:
    """What a command does to an agreed answer, or why not [H-4.4.5].

    Its fields are those of `FIELDS`, the days as `date`. A draft that names its `version` is changed, in what is said
    anew; without, the next version of the answer of that `id`, or of that topic, is begun.
    """
    step, person = STEPS.get(command.name), handbook.people.get(command.by)
    if step is None:
        return no(command, at, "unknown_command", _UNKNOWN, listed(tuple(label("commands", each) for each in STEPS)))
    if person is None:
        return no(command, at, "unknown_person", _NOBODY.format(by=command.by))
    if command.name == DRAFT and "version" not in command.fields:
        script = None
    elif (script := named(command, handbook)) is None:
        return no(command, at, "unknown_script", _NOT_THERE)
    elif (where := stage(script, handbook.scripts, at)) not in step.stages:
        return _not_now(command, at, where, step)
    if not person.has(*step.who):
        may = listed(tuple(label("roles", each) for each in step.who))
        return Refusal(command, at, "not_theirs_to_agree", step.clause, _NOT_THEIRS, may)
    if any(name not in FIELDS[command.name] for name in command.fields):
        return no(command, at, "unknown_field", _NO_FIELD, names(FIELDS[command.name]))
    if step.reasoned and (refused := without_reason(command, at)):
        return refused
    match command.name, script:
        case "draft_script", _:
            return _drafted(command, script, at, handbook)
        case "approve_script", Script():
            return _approved(command, script, at, handbook)
        case _, Script():
            return _deed(command, script.id, script.version, at)
        case _:
            return no(command, at, "unknown_script", _NOT_THERE)


def named(command: Command, handbook: Handbook) -> Script | None:
    """The version that a command names by `id` and `version`."""
    key = command.fields.get("id"), command.fields.get("version")
    return next((each for each in handbook.scripts if (each.id, each.version) == key), None)


def _deed(command: Command, id: str, version: int, at: datetime, **said: Any) -> Deed:
    reason = str(command.fields.get("reason", "")).strip()
    return Deed(at, command.by, command.name, id, version, said | ({"reason": reason} if reason else {}))


def _drafted(command: Command, script: Script | None, at: datetime, handbook: Handbook) -> Deed | Refusal:
    said, today = {**(_wording(script) if script else {}), **command.fields}, local(at).date()
    id, topic = (script.id, script.topic) if script else _named_by(command, handbook)
    text = str(said.get("text", "")).strip()
    first, last, spokesperson = said.get("from") or today, said.get("until"), str(said.get("spokesperson") or "")
    for name, given in (("topic", topic), ("wording", text)):
        if not given:
            return no(command, at, "field_missing", _MISSING, label("fields", name))
    if len(text) > LONGEST:
        return no(command, at, "too_long", _TOO_LONG.format(n=len(text), most=LONGEST))
    if spokesperson and spokesperson not in handbook.people:
        return no(command, at, "unknown_person", _NOBODY.format(by=spokesperson))
    if not isinstance(first, date) or not (last is None or isinstance(last, date)):
        return no(command, at, "not_a_day", _NO_DAY, _AS_A_DAY)
    if last is not None and last < max(first, today):
        return no(command, at, "never_in_force", _NEVER)
    theirs = [each for each in handbook.scripts if each.id == id]
    if script is None and (there := next((each for each in theirs if not each.approved_by), None)) is not None:
        return no(command, at, "draft_there", _DRAFT_THERE.format(n=there.version), _CHANGE_IT)
    version = script.version if script else 1 + max((each.version for each in theirs), default=0)
    days = {"from": first.isoformat(), "until": last.isoformat() if last else ""}
    kept = {"topic": topic, "text": text, **days, "sensitive": said.get("sensitive") is True}
    return _deed(command, id, version, at, **kept, spokesperson=spokesperson)


def _wording(script: Script) -> dict[str, Any]:
    """What a draft says, for what is not said anew."""
    days = {"from": script.valid_from, "until": script.valid_until}
    return {"text": script.text, **days, "sensitive": script.sensitive, "spokesperson": script.spokesperson}


def _named_by(command: Command, handbook: Handbook) -> tuple[str, str]:
    """The id and the topic of a new draft: of the two what is not given as the latest answer has it; else the topic."""
    id, topic = (str(command.fields.get(name, "")).strip() for name in ("id", "topic"))
    theirs = [each for each in handbook.scripts if (each.id == id if id else each.topic == topic)]
    latest = max(theirs, key=lambda each: (each.valid_from, each.version), default=None)
    return id or (latest.id if latest else topic), topic or (latest.topic if latest else "")


def _approved(command: Command, script: Script, at: datetime, handbook: Handbook) -> Deed | Refusal:
    """The approval, where the version then has its say: not after its last day, nor behind one that came later."""
    deed = _deed(command, script.id, script.version, at)
    today = local(at).date()
    if script.valid_until is not None and script.valid_until < today:
        return no(command, at, "never_in_force", _NEVER)
    after = agreed(handbook.scripts, [deed])
    speaks = script_in_force(after, script.topic, at)
    if script.valid_from <= today and speaks is not None and (speaks.id, speaks.version) != (script.id, script.version):
        why = _BEHIND.format(id=speaks.id, n=speaks.version, day=speaks.valid_from)
        return no(command, at, "behind_another", why, _LATER.format(day=speaks.valid_from))
    return deed


def _not_now(command: Command, at: datetime, where: Stage, step: Step) -> Refusal:
    why = _STANDS.format(stage=label("stages", where))
    if command.name == DRAFT:
        return Refusal(
            command, at, "not_a_draft", AGREED, why, _NEXT_VERSION if where != Stage.SUBMITTED else _RETURN_IT
        )
    would_do = _WHEN.format(stages=listed(tuple(label("stages", each) for each in step.stages)))
    return no(command, at, "not_in_this_stage", why, would_do)


_NO_FIELD = Bilingual("写了不认识的字段", "it says something that it may not")
_UNKNOWN = Bilingual("没有这一步", "there is no such step")
_NOBODY = Bilingual("员工里没有 {by}", "nobody of the staff is {by}")
_NOT_THERE = Bilingual("没有这一版口径", "there is no such version of an agreed answer")
_NOT_THEIRS = Bilingual("不归这个岗位办", "not for this role to do")
_MISSING = Bilingual("没有填全", "something is missing")
_TOO_LONG = Bilingual("口径有 {n} 个字,最多 {most} 个", "the wording has {n} characters, {most} at most")
_NO_DAY = Bilingual("起止日期不是日期", "its first or last day is no day")
_AS_A_DAY = Bilingual("如 2026-12-01", "as 2026-12-01")
_NEVER = Bilingual("到期日早于起用日或已经过去,一天也用不上", "its last day is before its first, or has passed")
_DRAFT_THERE = Bilingual("第{n}版还在起草或待审定", "version {n} is still a draft, or waits for its approval")
_CHANGE_IT = Bilingual("改那一版,或先删去它", "change that one, or drop it first")
_STANDS = Bilingual("这一版现在“{stage}”", "this version is now “{stage}”")
_WHEN = Bilingual("到“{stages}”时", "once it is “{stages}”")
_NEXT_VERSION = Bilingual("审定过的不能改,另拟新版", "what was approved is never changed: draft the next version")
_RETURN_IT = Bilingual(
    "待审定的不能改,请审定人先退回", "what waits for its approval is not changed: have it returned first"
)
_BEHIND = Bilingual(
    "{id} 第{n}版从 {day} 起用,比这一版晚,用的还是它", "{id} version {n} holds from {day}, later than this one"
)
_LATER = Bilingual("退回,起用日改为 {day} 或以后", "return it, and have it begin on {day} or later")
