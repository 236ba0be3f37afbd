"""What is half written on a screen, by name: read out to be kept, and put back after a crash."""

from __future__ import annotations

from collections.abc import Mapping

from textual.dom import DOMNode
from textual.widgets import Checkbox, Select, TextArea

from .entry import Entry


def drafts(node: DOMNode) -> dict[str, str]:
    """The text of every field below `node` that has a `draft` name and is not empty."""
    found: dict[str, str] = {}
    for field in node.query("*"):
        name = getattr(field, "draft", "")
        if name and (text := _text(field)):
            found[name] = text
    return found


def put_back(node: DOMNode, kept: Mapping[str, str]) -> frozenset[str]:
    """Puts the texts back into the fields of these names; gives the names that no field took."""
    taken: set[str] = set()
    for field in node.query("*"):
        name = getattr(field, "draft", "")
        if name in kept and _put(field, kept[name]):
            taken.add(name)
    return frozenset(kept) - taken


def _text(field: DOMNode) -> str:
    match field:
        case Entry():
            return field.value
        case TextArea():
            return field.text
        case Checkbox():
            return "1" if field.value else ""
        case Select():
            return "" if field.value is Select.NULL else str(field.value)
        case _:
            return ""


def _put(field: DOMNode, text: str) -> bool:
    match field:
        case Entry():
            field.load(text)
        case TextArea():
            field.load_text(text)
        case Checkbox():
            field.value = True
        case Select():
            value = next((each for _, each in field._options if each is not Select.NULL and str(each) == text), None)
            if value is None:
                return False
            field.value = value
        case _:
            return False
    return True
