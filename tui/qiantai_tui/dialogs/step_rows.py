"""The lines of a step's form, made from the fields of its row in the life cycle, with what can be known filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import evolve
from rich.cells import cell_len

from qiantai import Period, Role, label
from qiantai.commands import RECEIVE, Field, Type
from qiantai.words import Bilingual, Channel, entry

from ..text import showing
from ..text.facts import HOW
from ..text.words import say
from ..widgets.choice_rows import FlagRow, ListRow, OneRoleRow, OnlyRow, OptionsRow, ScoreRow
from ..widgets.field_rows import FieldRow, NotesRow, NumberRow, PhoneRow, RoomRow, TimeRow, WordsRow
from ..widgets.options import Option
from .asked import Asked, look_up

HIDDEN = "*"
"""What stands in a text in the place of what was masked."""

SHOWN_WITH: Mapping[str, Mapping[str, tuple[str, object]]] = {
    "call_back": {
        "satisfied": ("reached", True),
        "score": ("reached", True),
        "channel": ("reached", True),
        "quality_ok": ("reached", True),
    },
    "answer": {
        "alternative": ("out_of_scope", True),
        "proxy_offered": ("out_of_scope", True),
        "proxy_accepted": ("out_of_scope", True),
    },
    "complete": {"responsible": ("valid", True)},
    "wait": {"text": ("reason", "other")},
    "assign": {"lead": ("to", "several")},
}
"""Of each command the lines that are shown only while another line says so."""

LONG = frozenset({"text", "log", "draft", "result"})
LONG_IN = frozenset({"reply", "answer", "complete", "ask_approval", "broadcast"})
OUTGOING = (Channel.PHONE, Channel.VISIT, Channel.WECHAT, Channel.ONLINE, Channel.EMAIL, Channel.LETTER)
_IN_KIND = {
    "letter": "letter",
    "letter_in_person": "letter",
    "opinion_box": "letter",
    "email": "email",
    "online": "online",
    "wechat": "wechat",
}
HANDLES_NOTHING = frozenset({Role.TRAINER, Role.ADMIN})
_EXTENSIONS = ("3wd", "4wd", "5wd", "6wd", "7wd")
_MANY_CELLS = 150
_TEXT_LABELS = {
    "note": Bilingual("备注", "Note"),
    "urge": Bilingual("催办内容", "What is pressed for"),
    "feedback": Bilingual("反馈内容", "Progress told"),
    "follow_up": Bilingual("沟通内容", "What was said"),
    "mediate": Bilingual("调解经过", "How it went"),
    "wait": Bilingual("说明", "Explanation"),
    "reply": Bilingual("回复内容", "Reply"),
    "broadcast": Bilingual("通报内容", "What is told"),
}
MYSELF = Bilingual("由我接手", "I take it")


def rows_for(asked: Asked) -> list[FieldRow]:
    """The lines of the form, in the order of the table, what may be left out last; none where nothing is asked."""
    return [row_for(field, asked) for field in sorted(asked.fields, key=lambda each: each.optional)]


def row_for(field: Field, asked: Asked) -> FieldRow:
    """The line of one field."""
    name, words = field.name, _label(field.name, asked.command)
    match field.type:
        case Type.FLAG:
            taken = None if field.must else bool(field.default)
            return FlagRow(name, words, must=field.must, taken=taken)
        case Type.NUMBER if name == "score":
            scores = tuple(Option(str(n), str(n)) for n in range(1, 6))
            return ScoreRow(name, words, scores)
        case Type.NUMBER:
            return NumberRow(name, words, must=field.must)
        case Type.TIME:
            return TimeRow(name, words, asked.clock, must=field.must, past=name == "occurred_at")
        case Type.ROLES:
            return _roles_row(field, words, asked)
        case Type.PERSON:
            return _people_row(field, words, asked)
        case Type.CHANNEL:
            return _channel_row(field, words, asked)
        case Type.CHOICE:
            group = "fields" if asked.command == "correct" else "values"
            options = tuple(Option(each, label(group, each)) for each in field.choices)
            return OptionsRow(name, words, options, must=field.must)
        case Type.HOUSEHOLD:
            return RoomRow(name, words, look_up(asked.directory), must=field.must)
        case Type.CASE:
            return _cases_row(field, words, asked)
        case _:
            return _words_row(field, words, asked)


def correction_row(name: str, asked: Asked) -> FieldRow:
    """The line for the new value of a corrected fact, of that fact's own type; what is masked is not filled in."""
    field = next(each for each in RECEIVE if each.name == name)
    row = row_for(evolve(field, name="value", must=True), asked)
    row.label_words = _label("value", "correct")
    if isinstance(row, OptionsRow | ListRow):
        return row
    if name not in ("phone", "email"):
        known = asked.case.facts.get(name, "")
        row.load(known if isinstance(known, str) and HIDDEN not in known else "")
    return row


def _label(name: str, command: str) -> Bilingual:
    if name == "channel":
        return HOW
    if name == "text" and command in _TEXT_LABELS:
        return _TEXT_LABELS[command]
    return label("fields", name)


def _words_row(field: Field, words: Bilingual, asked: Asked) -> FieldRow:
    script = asked.moment.script
    if field.name == "until":
        options = tuple(Option(each, Period.parse(each).label) for each in _EXTENSIONS)
        return OptionsRow(field.name, words, options, must=field.must)
    if field.name == "script":
        given = script.id if script and asked.case.kind == "challenge" else ""
        return WordsRow(field.name, words, text=given, hint=script.id if script else "")
    if field.name in LONG and asked.command in LONG_IN:
        given = script.text if script and field.name == "text" else ""
        return NotesRow(field.name, words, must=field.must, text=given)
    if field.name in ("phone", "email"):
        if field.name == "phone":
            return PhoneRow(field.name, words, must=field.must, hint=showing.phone(asked.case, asked.handbook))
        return WordsRow(field.name, words, must=field.must, halfwidth=True)
    return WordsRow(field.name, words, must=field.must)


def _roles_row(field: Field, words: Bilingual, asked: Asked) -> FieldRow:
    held = {role for person in asked.handbook.people.values() for role in person.roles} - HANDLES_NOTHING
    choices = [each for each in field.choices or tuple(Role) if each in held or field.choices]
    taken = choices if len(choices) == 1 and field.must else _called_for(asked, choices)
    several = len(choices) > 1
    if several:
        return OptionsRow(
            field.name,
            words,
            _role_options(choices),
            must=field.must,
            taken=[str(each) for each in taken],
            several=True,
        )
    return OneRoleRow(field.name, words, _role_options(choices), must=field.must, taken=[str(each) for each in taken])


def _called_for(asked: Asked, choices: list[str]) -> list[str]:
    """The role that a clause calls for: who handles a suggestion [H-4.1.2.1], both who are told [M-4.3c]."""
    if asked.case.kind == "suggestion" and asked.command == "assign":
        from qiantai.requests.suggestion import called_for

        return [called_for(asked.moment)]
    if asked.command == "report_up":
        return [each for each in (Role.CENTRE_HEAD, Role.HQ) if each in choices]
    return []


def _role_options(roles: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(str(each), label("roles", each)) for each in roles)


def _people_row(field: Field, words: Bilingual, asked: Asked) -> FieldRow:
    desk_only = asked.command == "hand_to_desk"
    people = [
        each
        for each in asked.handbook.people.values()
        if (each.has(Role.DESK) if desk_only else True) and (each.id != asked.by or desk_only)
    ]
    me = asked.handbook.people[asked.by]
    if desk_only and me.has(Role.DESK):
        people = [me, *(each for each in people if each.id != me.id)]
    options = tuple(
        Option(each.id, MYSELF if desk_only and each.id == asked.by else f"{each.name}({_roles(each.roles)})")
        for each in people
    )
    first = options[0].value if desk_only and options and (me.has(Role.DESK) or len(options) == 1) else ""
    if sum(cell_len(say(each.label)) + 4 for each in options) <= _MANY_CELLS:
        return OptionsRow(field.name, words, options, must=field.must, taken=[first] if first else ())
    return ListRow(field.name, words, options, must=field.must, taken=first)


def _roles(roles: frozenset[Role]) -> str:
    return "/".join(say(label("roles", each)) for each in Role if each in roles)


def out_label(channel: str) -> Bilingual:
    """A channel as our side uses it."""
    known = label("channels", channel)
    return Bilingual(entry("channels", channel).get("out", known.zh), known.en)


def _channel_row(field: Field, words: Bilingual, asked: Asked) -> FieldRow:
    channels: tuple[Channel, ...] = OUTGOING
    if asked.command == "thank":
        channels = (Channel.PHONE, Channel.VISIT, Channel.PATROL)
    if asked.case.kind == "repair" and asked.command == "call_back":
        channels = (Channel.PHONE,)
    came_by = asked.case.text("channel")
    first = _IN_KIND.get(came_by, "phone") if asked.command == "reply" else "phone"
    if asked.command == "broadcast":
        first = "wechat"
    if asked.command == "thank" and came_by in ("visit", "patrol") and not asked.case.text("phone"):
        first = came_by
    return OptionsRow(
        field.name, words, [Option(each, out_label(each)) for each in channels], must=field.must, taken=[first]
    )


def _cases_row(field: Field, words: Bilingual, asked: Asked) -> FieldRow:
    options = tuple(
        Option(each.number, f"{each.number} {showing.place(each)} {showing.summary(each)[:16]}") for each in asked.older
    )
    if asked.command == "unlink" and options:
        return OnlyRow(field.name, words, options[0], must=field.must)
    only = field.name == "incident" and len(options) == 1
    theirs = field.name == "into" and bool(asked.older) and asked.older[0].household == asked.case.household != ""
    taken = options[0].value if only or theirs else ""
    return ListRow(field.name, words, options, must=field.must, taken=taken)
