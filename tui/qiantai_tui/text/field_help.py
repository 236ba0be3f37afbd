"""What F1 says of a field of a form: of that field there, else of the field wherever it stands."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qiantai.words import NOTHING, Bilingual

ANY_FORM = "field"


def field_help(form: str, field: str) -> Bilingual:
    """The help of a field of a form, by its command; nothing for a field that a plugin brought."""
    known = _all()
    return known.get((form, field)) or known.get((ANY_FORM, field)) or NOTHING


@cache
def _all() -> Mapping[tuple[str, str], Bilingual]:
    data = tomllib.loads(files("qiantai_tui.text").joinpath("field_help.toml").read_text(encoding="utf-8"))
    return {(form, field): Bilingual(**words) for form, fields in data.items() for field, words in fields.items()}
