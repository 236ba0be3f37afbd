"""The form of an agreed answer that is in force, or not yet, in a rehearsal."""

from __future__ import annotations

from collections.abc import Sequence

from qiantai.words import Bilingual, label

from ..widgets.choice_rows import FlagRow
from ..widgets.day_row import DayRow
from ..widgets.field_rows import FieldRow, NotesRow, NumberRow, WordsRow
from .form import Form
from .forms import Forms, Given
from .lines import APPROVED_BY, ID, VERSION, WORDING, one_of

_TOPIC = Bilingual("和来电的主题一样,如 parking-fee", "as the call's topic, parking-fee say")
_DAY = Bilingual("如 2026-01-01", "as 2026-01-01")


def script(forms: Forms, number: int, row: Given) -> Form:
    """One version of it."""

    def rows() -> Sequence[FieldRow]:
        return (
            WordsRow("topic", label("fields", "topic"), must=True, hint=_TOPIC),
            NotesRow("text", WORDING, must=True),
            WordsRow("id", ID, must=True, halfwidth=True),
            DayRow("from", label("fields", "from"), forms.day, must=True, hint=_DAY),
            DayRow("until", label("fields", "valid_until"), forms.day, hint=_DAY),
            one_of("approved_by", APPROVED_BY, forms.people(), row.get("approved_by"), must=True),
            FlagRow("sensitive", label("fields", "sensitive")),
            one_of("spokesperson", label("fields", "spokesperson"), forms.people(), row.get("spokesperson")),
            NumberRow("version", VERSION),
        )

    return forms.form("script", number, rows, row)
