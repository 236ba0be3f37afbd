"""The schema of a line of an export: the heading, a file, a household, an event, a look, or the end."""

from __future__ import annotations

from qiantai.exporting import FORMAT, KINDS, VERSION
from qiantai.people import Household
from qiantai.schema.shapes import FLAG, TEXT, TIME, WHOLE, Shape, objects, of_class, ref
from qiantai.schema.stored import event
from qiantai.schema.vocabulary import Kinds
from qiantai.store import Look


def export(kinds: Kinds) -> tuple[Shape, dict[str, Shape]]:
    """A line as `qiantai.exporting.export_lines` writes it."""
    body, defs = event(kinds)
    heading: dict[str, Shape] = {
        "format": {"const": FORMAT},
        "version": {"const": VERSION},
        "name": objects({"zh": TEXT, "en": TEXT}, ("zh", "en")),
        "at": TIME,
        "by": TEXT,
        "masked": FLAG,
    }
    holds: dict[str, Shape] = {
        "file": objects({"name": TEXT, "text": TEXT}, ("name", "text")),
        "household": of_class(Household),
        "event": ref("event"),
        "look": of_class(Look),
        "end": objects({**dict.fromkeys(KINDS, WHOLE), "digest": TEXT}, (*KINDS, "digest")),
    }
    lines = [objects(heading, heading), *(objects({name: shape}, (name,)) for name, shape in holds.items())]
    return {"oneOf": lines}, {**defs, "event": body}
