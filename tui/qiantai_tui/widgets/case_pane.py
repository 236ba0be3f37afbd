"""The case at hand beside the queue: who, what is due and by which clause, how far it is, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from qiantai import ZONE, Case, Handbook, label
from qiantai.duties import Duty
from qiantai.privacy import mask_phone
from qiantai.projections.incidents import wording
from qiantai.rooms import written
from qiantai.words import Bilingual

from ..ahead import ahead, because
from ..text import showing
from ..text.clocktime import LEFT_WIDTH
from ..text.facts import escalation
from ..text.safe import clean, entitle, fit
from ..text.typedtime import shown_time
from ..text.words import language, named, say
from ..text.wrapping import wrap

ROOM, PHONE, CAME = Bilingual("房号", "Room"), Bilingual("电话", "Phone"), Bilingual("来源", "Came by")
FIRST, OWNER = Bilingual("首接", "First"), Bilingual("跟进", "Owner")
HANDLER, STAND_IN, OFFERED = Bilingual("处理", "With"), Bilingual("代跟", "Stand-in"), Bilingual("待接手", "Offered to")
ABOUT, LIMITS = Bilingual("内容", "About"), Bilingual("时限", "Due")
PROGRESS, NEXT = Bilingual("进度", "Progress"), Bilingual("下一步", "Next")
ANSWER = Bilingual("口径", "Answer")
INCIDENT = Bilingual("事件", "Incident")
REVEAL = Bilingual("^R 显示并留痕", "^R shows it (logged)")
SPOKEN_BY = Bilingual("由 {who} 解答", "given by {who}")
NOTHING_CHOSEN = Bilingual("↑ ↓ 选一件事项,这里显示它的情况", "↑ ↓ choose a case, to see it here")
WHO = Bilingual("业户", "Who")
HISTORY = Bilingual("经过", "History")
NOW_MANY = 6
_CLAUSE = 9
_MARK = {"past": "✓", "now": "●", "ahead": "○"}
_PART = {"past": "$text-muted", "now": "bold $accent", "ahead": ""}
_TONES = {"overdue": "$text-error", "urgent": "$text-error", "soon": "$text-warning", "late": "$text-error"}
_TONES |= {"met": "$text-success", "void": "$text-muted"}


class CasePane(Widget):
    """Reads the case anew when it is shown; the countdowns follow `tick`."""

    DEFAULT_CSS = """
    CasePane { border: round $primary 50%; padding: 0 1; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="titled")
        self._case: Case | None = None
        self._person = ""
        self._incident: Case | None = None
        self._handbook = Handbook()
        self._shown: tuple[str, str, datetime] | None = None
        self._lines: tuple[Content, ...] = ()
        self._still: tuple[datetime | None, tuple[Content, ...]] = (None, ())

    def show(
        self, case: Case | None, person: str, handbook: Handbook, at: datetime, incident: Case | None = None
    ) -> None:
        """Shows a case, as this person may act on it, with the incident that it is linked to."""
        if person != self._person:
            self._shown = None
        self._case, self._person, self._handbook, self._incident = case, person, handbook, incident
        self._still = (None, ())
        title = "" if case is None else f"{case.number} {showing.kind(case.kind)}"
        entitle(self, title)
        self.tick(at)

    def reveal(self, number: str, phone: str, until: datetime) -> None:
        """Shows the telephone number of a case, which is given in full, until then."""
        self._shown = (number, phone, until)

    @property
    def number_shown(self) -> str:
        """The telephone number that stands there in full, empty where none does."""
        return self._shown[1] if self._shown else ""

    @property
    def revealing(self) -> str:
        """The case whose number stands there in full."""
        return self._shown[0] if self._shown else ""

    def tick(self, at: datetime) -> None:
        """Reckons the countdowns anew, and draws where anything changed."""
        if self._shown and at >= self._shown[2]:
            self._shown = None
        lines = tuple(self._rows(at)) if self._case else (Content.styled(say(NOTHING_CHOSEN), "$text-muted"),)
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines)

    def on_resize(self) -> None:
        """Breaks the lines anew."""
        self._still = (None, ())
        self.tick(self.app.clock())  # type: ignore[attr-defined]

    def _rows(self, at: datetime) -> Iterator[Content]:
        case, handbook = self._case, self._handbook
        assert case is not None
        yield from self._named(ROOM if case.household else WHO, self._who(case))
        if phone := showing.full_phone(case, handbook):
            full = self._shown is not None and self._shown[0] == case.number
            shown = clean(self.number_shown) if full else clean(mask_phone(phone))
            hint = "" if full else f"  {say(REVEAL)}"
            yield Content.assemble(self._head(PHONE), (shown, "bold" if full else ""), (hint, "$text-muted"))
        yield from self._named(ABOUT, showing.summary(case), most=3)
        yield from self._named(CAME, f"{say(label('channels', case.text('channel')))} {shown_time(case.received, at)}")
        yield from self._people(case)
        yield from self._named(label("commands", "escalate"), escalation(case, handbook, at))
        yield from self._duties(case, at)
        minute = at.replace(second=0, microsecond=0)
        if self._still[0] != minute:
            self._still = (minute, tuple(self._reckoned(case, at)))
        yield from self._still[1]

    def _reckoned(self, case: Case, at: datetime) -> Iterator[Content]:
        """What asks the rules, and is asked once a minute: how far it is, what comes next, what may be said."""
        yield from self._progress(case)
        yield from self._next(case, at)
        yield from self._of_incident(at)
        yield from self._script(case, at)
        yield from self._history(case, at)

    def _head(self, words: Bilingual | None) -> Content:
        return Content.styled(fit(say(words) if words else "", _wide()), "$text-muted")

    def _named(self, words: Bilingual, text: str, most: int = 2) -> Iterator[Content]:
        lines = wrap(text, max(2, self.content_size.width - _wide())) if text else []
        for place, line in enumerate(lines[:most]):
            cut = "…" if place == most - 1 and len(lines) > most else ""
            yield Content.assemble(
                self._head(words if place == 0 else None), Content(line[: -1 if cut else None] + cut)
            )

    def _who(self, case: Case) -> str:
        parts = (showing.room(case.household) if case.household else "", showing.resident(case, self._handbook))
        place = showing.place(case)
        dot = "· " if any(parts) else ""
        where = f"{dot}{place}" if place and place not in (parts[0], written(case.household)) else ""
        return " ".join(each for each in (*parts, where) if each)

    def _people(self, case: Case) -> Iterator[Content]:
        def name(person: str) -> str:
            return showing.staff(person, self._handbook)

        parts = [f"{name(case.first_contact)}", f"{say(OWNER)} {name(case.owner)}"]
        if case.stand_in:
            parts.append(f"{say(STAND_IN)} {name(case.stand_in)}")
        if case.offered_to:
            parts.append(f"{say(OFFERED)} {name(case.offered_to)}")
        yield from self._named(FIRST, "  ".join(parts))
        if case.handlers:
            who = " ".join(say(label("roles", each)) for each in case.handlers)
            yield from self._named(HANDLER, " · ".join(each for each in (who, *map(name, case.workers)) if each))

    def _duties(self, case: Case, at: datetime) -> Iterator[Content]:
        open_first = (*case.owed, *(each for each in reversed(case.duties) if not each.owed))
        for place, duty in enumerate(open_first[:NOW_MANY]):
            yield Content.assemble(self._head(LIMITS if place == 0 else None), self._duty(case, duty, at))

    def _duty(self, case: Case, duty: Duty, at: datetime) -> Content:
        """The sign, the name, what is left, when it is due as exactly as there is room for, the clause."""
        shown = showing.duty_sign(duty, at, urgent=case.holds("emergency"))
        width = self.content_size.width - _wide()
        clause = showing.clause(duty.clause)
        left = showing.countdown(duty, at) if duty.owed else say(shown.word)
        space = width - 2 - LEFT_WIDTH - 1 - _CLAUSE - 1
        name = showing.duty(duty.name)
        narrow = space < 12 + max(8, cell_len(name))
        due = _short_due(duty.due, at) if narrow else shown_time(duty.due, at)
        due = fit(due + "?" * duty.provisional if duty.owed else "", 6 if narrow else 12)
        text = f"{shown.mark} {fit(name, max(4, space - cell_len(due)))}{fit(left, LEFT_WIDTH, 'right')} {due} "
        return Content.assemble((text, _TONES.get(shown.tone, "")), (clause, "$text-muted"))

    def _progress(self, case: Case) -> Iterator[Content]:
        """The states in a row; one that does not fit begins another line."""
        room = self.content_size.width - _wide()
        parts = [
            Content.styled(f"{_MARK[when]}{words}".replace(" ", chr(0xA0)), _PART[when])
            for words, when in showing.progress(case, self._handbook)
        ]
        arrow = Content(" → " if sum(each.cell_length + 3 for each in parts) - 3 <= room else "→")
        lines: list[Content] = []
        for part in parts:
            if lines and lines[-1].cell_length + arrow.cell_length + part.cell_length <= room:
                lines[-1] = lines[-1] + arrow + part
            else:
                lines.append(arrow + part if lines else part)
        for place, line in enumerate(lines):
            yield self._head(None if place else PROGRESS) + line

    def _next(self, case: Case, at: datetime) -> Iterator[Content]:
        found = ahead(case, self._person, at, self._handbook)
        if found.waits is not None:
            yield from self._named(NEXT, say(found.waits))
        for place, step in enumerate(found.steps[:3]):
            key = f"{named('F4')} " if place == 0 else " " * (len(named("F4")) + 1)
            duty = f" → {showing.duty(step.duty)}" if step.duty and step.duty != step.command else ""
            text = f"{key}{say(label('commands', step.command))}{duty}  "
            head = NEXT if place == 0 and found.waits is None else None
            yield Content.assemble(self._head(head), text, (showing.clause(because(case, step)), "$text-muted"))

    def _of_incident(self, at: datetime) -> Iterator[Content]:
        """The incident that it is linked to, and what is said of that."""
        if (incident := self._incident) is None:
            return
        about = " ".join((incident.number, showing.place(incident), showing.summary(incident)))
        yield from self._named(INCIDENT, f"{showing.LINKED} {about}")
        if incident.open and (words := wording(incident, at, self._handbook)):
            yield from self._named(ANSWER, f"「{words}」", most=3)

    def _script(self, case: Case, at: datetime) -> Iterator[Content]:
        script = self._handbook.script(case.text("topic"), at)
        if script is None:
            return
        who = f" ({say(SPOKEN_BY.format(who=showing.staff(script.spokesperson, self._handbook)))})"
        yield from self._named(
            ANSWER, f"v{script.version} 「{script.text}」{who if script.spokesperson else ''}", most=4
        )

    def _history(self, case: Case, at: datetime) -> Iterator[Content]:
        """The latest of what happened, newest first."""
        events = [event for event in reversed(case.history) if event.name != "recount"]
        for place, event in enumerate(events[:NOW_MANY]):
            words = say(label("commands", event.name))
            when = _short_due(event.at, at)
            who = showing.staff(event.by, self._handbook)
            text = clean(f"{when} {who} {words}")
            struck = "strike $text-muted" if event.seq in case.struck else "$text-muted"
            yield Content.assemble(self._head(HISTORY if place == 0 else None), (text, struck))


def _wide() -> int:
    """The cells of the names at the left."""
    return 9 if language() == "en" else 7


def _short_due(due: datetime, at: datetime) -> str:
    """The time of a moment of today, else its day."""
    local, now = due.astimezone(ZONE), at.astimezone(ZONE)
    return f"{local:%H:%M}" if local.date() == now.date() else f"{local:%m-%d}"
