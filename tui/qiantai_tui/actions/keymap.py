"""Keys that somebody changed: read as people write them, and checked, because Textual accepts anything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from attrs import frozen

from qiantai.mistakes import Mistake, names
from qiantai.words import NOTHING, Bilingual

from . import SIGNS, Action, shown_key

TABLE = "keys"
"""The table of the settings that changes keys."""

Place = Mapping[str, Action]
"""The actions that are at hand together, by their ids."""

_HOW = Bilingual("写作 F7、^G、Shift+F3 或单个符号", "written F7, ^G, Shift+F3, or one sign")
_NO_ACTION = Bilingual("没有 {id} 这个功能", "there is no action {id}")
_ALL_IDS = Bilingual("qiantai config show 列出全部功能", "qiantai config show lists all actions")
_NO_TEXT = Bilingual("不能是 {value}", "it cannot be {value}")
_TEXTS = Bilingual(
    '引号里的按键,如 "F7",几个就写 ["F7", "^G"]', 'a key in quotes, as "F7", or several, as ["F7", "^G"]'
)
_NO_KEY = Bilingual("不认识按键 {key}", "{key} is no key")
_NEVER_SENT = Bilingual("终端送不出 {key},或当成别的键", "terminals do not send {key}, or as another key")
_RESERVED = Bilingual(
    "{key} 留给打字、选择、浏览器或终端用", "{key} is needed for typing, choosing, browsers or terminals"
)
_TYPED = Bilingual(
    "{key} 会在文字框里打不出来:{label} 在哪里都先于文字框",
    "{key} could no longer be typed: {label} goes before any field",
)
_TAKEN = Bilingual("{key} 已用于 {label}({id})", "{key} is in use for {label} ({id})")
_FREE = Bilingual("换成没用的 {keys},或同时改 {id} 的键", "one that is free: {keys}; or another key for {id} too")

_EDITING = (
    *("enter", "tab", "escape", "space", "backspace", "delete"),
    *("up", "down", "left", "right", "home", "end", "pageup", "pagedown"),
)
_KEPT_LETTERS = "abcdefhijkmntuvwxyz"
"""With Ctrl: N T W are the browser's, B is tmux's, C stops, H I J M are other keys, the rest edits a field."""
_SPOKEN = {
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "esc": "escape",
    "ins": "insert",
    "return": "enter",
    "↑": "up",
    "↓": "down",
    "←": "left",
    "→": "right",
}
_HELD = ("ctrl", "alt", "shift")
_FUNCTION = tuple(f"f{n}" for n in range(1, 25))
_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("、"): ord("/"), ord("　"): ord(" ")}
_NAMES = (*_FUNCTION, "insert", *_EDITING, *_SPOKEN, *SIGNS)
_OFFERED = (*(f"f{n}" for n in range(2, 13)), *(f"shift+f{n}" for n in range(2, 13)))


@frozen
class CheckedKeys:
    """The keys asked for, by the action's id, several by commas; of use only where there are no mistakes."""

    keys: Mapping[str, str]
    mistakes: tuple[Mistake, ...]


def read_key(written: str) -> str | None:
    """Textual's name of a key as people write it (`F7`, `^G`, `Ctrl+G`, `?`, full-width too), None where it is none."""
    held, last = _parts(written)
    if any(each not in _HELD for each in held):
        return None
    return "+".join([*(each for each in _HELD if each in held), last]) if last in _NAMES or _is_sign(last) else None


def _parts(written: str) -> tuple[list[str], str]:
    text = written.translate(_ASCII).strip().lower()
    if len(text) > 1 and text[0] == "^":
        text = f"ctrl+{text[1:]}"
    if text == "+" or text.endswith("++"):
        text = f"{text[:-1]}plus"
    *held, last = text.split("+")
    name = next((name for name, sign in SIGNS.items() if sign == last), last)
    return held, _SPOKEN.get(name, name)


def _is_sign(name: str) -> bool:
    return len(name) == 1 and name.isascii() and name.isalnum()


def reserved(key: str) -> bool:
    """Whether a key is kept for typing, choosing, browsers or terminals; an action that has it by default may keep it.

    >>> [reserved(key) for key in ("ctrl+w", "shift+left", "7", "f7", "ctrl+g")]
    [True, True, True, False, False]
    """
    *held, last = key.split("+")
    ctrl = held == ["ctrl"] and len(last) == 1 and last in _KEPT_LETTERS
    return ctrl or last in _EDITING or (not held and (last.isdigit() or last == "question_mark"))


def sendable(key: str) -> bool:
    """Whether a terminal without key reports tells a program of this key, and a field does not take it for a letter.

    It has no ^1, its ^Shift+G is ^G, and Alt+X is X in a field.

    >>> [sendable(key) for key in ("ctrl+1", "ctrl+shift+g", "shift+x", "alt+x", "ctrl+shift+f3")]
    [False, False, False, False, True]
    """
    *held, last = key.split("+")
    if last in _FUNCTION or last in ("insert", *_EDITING):
        return True
    return not held or (held == ["ctrl"] and last.isalpha() and len(last) == 1)


def checked_keys(wanted: Mapping[str, object], places: Sequence[Place]) -> CheckedKeys:
    """The keys that were asked for, and every mistake in them; nothing raises.

    Two actions that are at hand together may have a key in common only where both have it by default: the nearer one
    goes first. An action takes no key from another that was not given another too.
    """
    known = {id: action for place in places for id, action in place.items()}
    keys: dict[str, str] = {}
    mistakes: list[Mistake] = []
    for id, written in wanted.items():
        if id not in known:
            mistakes.append(_unknown(id, known))
            continue
        own = {key for place in places if id in place for key in _keys(place[id].key)}
        found = [_read(known[id], own, each) for each in _texts(written)]
        wrong = [each for each in found if isinstance(each, Mistake)]
        if not found:
            wrong = [Mistake(TABLE, 0, id, _NO_TEXT.format(value=repr(written)), _TEXTS)]
        mistakes += wrong
        if not wrong:
            keys[id] = ",".join(dict.fromkeys(each for each in found if isinstance(each, str)))
    return CheckedKeys(keys, (*mistakes, *_clashes(keys, places)))


def _unknown(id: str, known: Collection[str]) -> Mistake:
    near = get_close_matches(id, known, 3)
    return Mistake(TABLE, 0, id, _NO_ACTION.format(id=id), names(near) if near else _ALL_IDS)


def _texts(written: object) -> list[str]:
    given: list[object] = written if isinstance(written, list) else [written]
    texts = [each for each in given if isinstance(each, str) and each.strip()]
    return texts if len(texts) == len(given) else []


def _read(action: Action, own: Collection[str], written: str) -> str | Mistake:
    """The key, or why it cannot be this action's, whose `own` are those that it has somewhere by default."""
    key = read_key(written)
    if key is None:
        return Mistake(TABLE, 0, action.id, _NO_KEY.format(key=written), _meant(written))
    if key in own:
        return key
    shown = shown_key(key)
    if reserved(key):
        return Mistake(TABLE, 0, action.id, _RESERVED.format(key=shown), _HOW)
    if not sendable(key):
        return Mistake(TABLE, 0, action.id, _NEVER_SENT.format(key=shown), _HOW)
    if action.priority and (len(key) == 1 or key in SIGNS):
        return Mistake(TABLE, 0, action.id, _TYPED.format(key=shown, label=action.label), _HOW)
    return key


def _meant(written: str) -> Bilingual:
    """The key that is written nearly so, else how keys are written."""
    held, last = _parts(written)
    holding = [near[0] if (near := get_close_matches(each, _HELD, 1, 0.5)) else "" for each in held]
    ends = [last] if _is_sign(last) else get_close_matches(last, _NAMES, 1)
    meant = "+".join([*holding, *ends])
    key = read_key(meant) if ends and all(holding) else None
    return names([shown_key(key)]) if key is not None and sendable(key) and not reserved(key) else _HOW


def _clashes(keys: Mapping[str, str], places: Sequence[Place]) -> Iterator[Mistake]:
    told: set[tuple[str, str]] = set()
    order = list(keys)
    for id in order:
        for other, key in (each for place in places if id in place for each in _others(id, keys, place)):
            later = other in keys and order.index(other) > order.index(id)  # of two that are changed the later is told
            if not later and (id, key) not in told:
                told.add((id, key))
                action = next(place[other] for place in places if other in place)
                wrong = _TAKEN.format(key=shown_key(key), label=action.label, id=other)
                free = names(shown_key(each) for each in _free(id, keys, places)[:4])
                yield Mistake(TABLE, 0, id, wrong, _FREE.format(keys=free, id=other) if free.zh else NOTHING)


def _others(id: str, keys: Mapping[str, str], place: Place) -> Iterator[tuple[str, str]]:
    for key in _keys(keys[id]):
        for other, action in place.items():
            from_the_start = key in _keys(place[id].key) and key in _keys(action.key)
            if other != id and not from_the_start and key in _keys(keys.get(other, action.key)):
                yield other, key


def _free(id: str, keys: Mapping[str, str], places: Sequence[Place]) -> list[str]:
    here = (item for place in places if id in place for item in place.items())
    taken = {key for other, action in here for key in _keys(action.key if other == id else keys.get(other, action.key))}
    return [each for each in _OFFERED if each not in taken]


def _keys(several: str) -> list[str]:
    return [each.strip() for each in several.split(",") if each.strip()]
