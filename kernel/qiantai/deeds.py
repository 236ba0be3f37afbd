"""What was done to the agreed answers, each deed by whom and when, and the versions that all of it makes (H-4.4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import evolve, field, frozen

from qiantai.events import Event, Value
from qiantai.scripts import Script

DRAFT, SUBMIT, RETURN = "draft_script", "submit_script", "return_script"
APPROVE, WITHDRAW, DROP = "approve_script", "withdraw_script", "drop_script"
DEEDS = (DRAFT, SUBMIT, RETURN, APPROVE, WITHDRAW, DROP)
SAID: Mapping[str, type] = {
    "topic": str, "text": str, "from": str, "until": str, "sensitive": bool, "spokesperson": str, "reason": str,
}  # fmt: skip
"""What a deed may say, and what each is: a draft its wording, its first and last day as ISO text; others a reason."""


@frozen
class Deed:
    """One thing that was done to one version of an agreed answer; it is never changed and never taken back."""

    at: datetime
    by: str
    name: str
    id: str
    version: int
    fields: Mapping[str, Any] = field(factory=dict[str, Any])

    def text(self, name: str) -> str:
        """What it says under this name, empty where nothing."""
        return str(self.fields.get(name, ""))


def agreed(scripts: Iterable[Script], deeds: Iterable[Deed]) -> tuple[Script, ...]:
    """The versions that there are once these deeds are done to those; doing them all once more changes nothing.

    A version that was withdrawn does not hand back to the ones before it: they are withdrawn with it. What was done to
    a version that is no longer there is passed over.
    """
    found = {(each.id, each.version): each for each in scripts}
    for deed in deeds:
        key = deed.id, deed.version
        match deed.name:
            case "draft_script":
                found[key] = _drafted(deed)
            case "drop_script":
                found.pop(key, None)
            case "withdraw_script":
                for each in [each for each in found.values() if _goes_with(each, deed)]:
                    found[each.id, each.version] = evolve(each, withdrawn=deed.at)
            case _ if key in found:
                found[key] = _gone_on(found[key], deed)
            case _:
                pass
    return tuple(found.values())


def _drafted(deed: Deed) -> Script:
    until = deed.text("until")
    return Script(
        id=deed.id,
        topic=deed.text("topic"),
        text=deed.text("text"),
        valid_from=date.fromisoformat(deed.text("from")),
        approved_by="",
        valid_until=date.fromisoformat(until) if until else None,
        sensitive=deed.fields.get("sensitive") is True,
        spokesperson=deed.text("spokesperson"),
        version=deed.version,
    )


def _goes_with(script: Script, deed: Deed) -> bool:
    before = script.id == deed.id and script.version <= deed.version
    return before and bool(script.approved_by) and (script.withdrawn is None or script.withdrawn == deed.at)


def _gone_on(script: Script, deed: Deed) -> Script:
    match deed.name:
        case "submit_script":
            return evolve(script, submitted=True)
        case "return_script":
            return evolve(script, submitted=False)
        case _:
            return evolve(script, submitted=False, approved_by=deed.by, approved=deed.at)


def fields_of(deed: Deed) -> dict[str, Value]:
    """What a line of the book of agreed answers says of a deed, besides its time, its person and its name."""
    return {"id": deed.id, "version": deed.version, **deed.fields}


def deed_of(line: Event) -> Deed:
    """The deed that a line of the book tells of. Raises `KeyError`, `TypeError` or `ValueError` for what is none."""
    said = dict(line.fields)
    deed = Deed(line.at, line.by, line.name, _of(str, said.pop("id")), _of(int, said.pop("version")), _said(said))
    if deed.name not in DEEDS or deed.version < 1:
        raise ValueError(f"no deed: {deed.name}")
    if deed.name == DRAFT:
        _drafted(deed)
    return deed


def _said(given: Mapping[str, Value]) -> Mapping[str, Value]:
    return {name: _of(SAID[name], value) for name, value in given.items()}


def _of(type_: type[Any], given: Any) -> Any:
    if type(given) is not type_:
        raise TypeError(f"no {type_.__name__}")
    return given
