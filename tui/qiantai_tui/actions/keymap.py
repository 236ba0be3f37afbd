"""Keys changed by the site: read as people write them, and checked, because Textual accepts anything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from attrs import frozen
from textual.keys import KEY_TO_UNICODE_NAME

from qiantai.words import Bilingual

from . import Action, shown_key

NOT_A_TEXT = Bilingual("按键设置 {id}:应是一个按键,如 F7 或 ^G", "Key of {id}: this should be a key, such as F7 or ^G")
UNKNOWN_ID = Bilingual("按键设置 {id}:没有这个功能,可用的有 {ids}", "Key of {id}: no such action; there are {ids}")
UNKNOWN_KEY = Bilingual(
    "按键设置 {id}:不认识按键 {key},写作 F7、^G、Shift+F3 或单个符号",
    "Key of {id}: {key} is no key; write F7, ^G, Shift+F3 or one sign",
)
RESERVED_KEY = Bilingual(
    "按键设置 {id}:{key} 另有用处(输入、浏览器或终端),请换一个",
    "Key of {id}: {key} is needed for typing, by browsers or by terminals; choose another",
)
TAKEN = Bilingual(
    "按键设置 {id}:{key} 已用于 {other},请换一个", "Key of {id}: {key} is in use for {other}; choose another"
)

_KEPT = """
    enter tab shift+tab escape space backspace delete up down left right home end pageup pagedown
    ctrl+n ctrl+t ctrl+w ctrl+b ctrl+c ctrl+v ctrl+x ctrl+a ctrl+d ctrl+e ctrl+f ctrl+k ctrl+u
    ctrl+m ctrl+i ctrl+j ctrl+h
"""
RESERVED = frozenset(_KEPT.split())
"""What typing, fields, browsers and terminals need; an action that is on one of them from the start may stay there."""
_NAMED = frozenset(["insert", "print_screen", "pause"]) | {f"f{n}" for n in range(1, 25)}
_SPOKEN = {"pgup": "pageup", "pgdn": "pagedown", "del": "delete", "esc": "escape", "ins": "insert", "return": "enter"}
_HELD = ("ctrl", "alt", "shift")


@frozen
class CheckedKeys:
    """The keys that can be used, by the action's id, and what was wrong with the others."""

    keys: Mapping[str, str]
    findings: tuple[Bilingual, ...]


def read_key(written: str) -> str | None:
    """Textual's name of a key as people write it (`F7`, `^G`, `Ctrl+G`, `?`), None where it is none."""
    parts = [part for part in re.sub(r"^\^(?=.)", "ctrl+", written.strip().lower()).split("+") if part]
    if written.strip() in ("+", "＋"):
        parts = ["plus"]
    if not parts or any(part not in _HELD for part in parts[:-1]):
        return None
    last = _SPOKEN.get(parts[-1], parts[-1])
    if len(last) == 1 and not last.isalnum() and last.isprintable():
        last = unicodedata.name(last, "").lower().replace("-", "_").replace(" ", "_")
        last = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at"}.get(last, last)
    known = len(last) == 1 or last in _NAMED or last in KEY_TO_UNICODE_NAME or _is_sign(last) or last in RESERVED
    held = [each for each in _HELD if each in parts[:-1]]
    return "+".join([*held, last]) if known and last else None


def _is_sign(name: str) -> bool:
    if name in ("slash", "backslash", "at", "plus", "minus"):
        return True
    try:
        unicodedata.lookup(name.replace("_", " "))
    except KeyError:
        return False
    return True


def checked_keys(wanted: Mapping[str, object], actions: Iterable[Action]) -> CheckedKeys:
    """The changed keys that hold good; nothing raises, and an action whose key is refused keeps its own.

    Two actions may share a key only where they do so from the start, being on different screens.
    """
    known = {action.id: action for action in actions}
    keys: dict[str, str] = {}
    findings: list[Bilingual] = []
    for id, written in wanted.items():
        if id not in known:
            findings.append(UNKNOWN_ID.format(id=id, ids=" ".join(sorted(known))))
        elif not isinstance(written, str) or not written.strip():
            findings.append(NOT_A_TEXT.format(id=id))
        elif (key := read_key(written)) is None:
            findings.append(UNKNOWN_KEY.format(id=id, key=written))
        elif key in RESERVED and key not in known[id].key.split(","):
            findings.append(RESERVED_KEY.format(id=id, key=shown_key(key)))
        else:
            keys[id] = key
    return _without_clashes(keys, known, findings)


def _without_clashes(keys: dict[str, str], known: Mapping[str, Action], findings: list[Bilingual]) -> CheckedKeys:
    while clash := next(_clashes(keys, known), None):
        id, other = clash
        findings.append(TAKEN.format(id=id, key=shown_key(keys.pop(id)), other=known[other].label))
    return CheckedKeys(keys, tuple(findings))


def _clashes(keys: Mapping[str, str], known: Mapping[str, Action]) -> Iterator[tuple[str, str]]:
    for id, key in reversed(list(keys.items())):
        for other, action in known.items():
            theirs = keys.get(other, action.key)
            together = known[id].key == action.key != ""
            if other != id and not together and key in [each.strip() for each in theirs.split(",")]:
                yield id, other
