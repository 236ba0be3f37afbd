"""What closing needs and where a closed case is filed, as the kernel files cases like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from attrs import evolve

from qiantai.case import Case
from qiantai.filing import DOSSIER, REGISTER, places
from qiantai.lifecycle import Request
from qiantai.periods import ZONE
from qiantai.words import CLOSED, NOTED, RECEIVED, Bilingual, label, listed
from tools.markdown import bracketed, table

NOWHERE = Bilingual("不归档,但留存、可查", "in neither; it is kept and can be found")
NEEDED = Bilingual("办结前处理单要有:{names}。", "To be closed the form needs: {names}.")
ANONYMOUS = Bilingual(
    "匿名的不要来人、联系方式和回复。", "Anonymous, it needs neither who nor how to reach them, nor a reply."
)
ON_THE_SPOT = Bilingual("这样办结的只要{summary}:{steps}。", "Closed by these it needs the {summary} alone: {steps}.")
FILED = Bilingual("归档:{places}。", "Filed in: {places}.")
SITUATIONS: Mapping[str, tuple[Bilingual, str, dict[str, bool]]] = {
    "plain": (Bilingual("一般", "as a rule"), RECEIVED, {}),
    "form": (Bilingual("派过单的", "where a form was made"), RECEIVED, {"form": True}),
    "away": (Bilingual("不经前台办结的", "settled away from the desk"), NOTED, {}),
}
"""The situations in which kinds differ: what each is called, the state it closes from, and what is known of it."""


def filing_of(request: Request, situation: str) -> tuple[tuple[str, ...], str]:
    """Where the kernel files a case of the kind in this situation, and in which part of the dossier."""
    _, state, facts = SITUATIONS[situation]
    at = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    before = Case("", request.kind, state, at, at, "", "", facts=facts)
    after = evolve(before, state=CLOSED)
    return places(request, before, after), request.dossier(after)


def filed_in(request: Request, situation: str) -> Bilingual:
    """The same in words."""
    found, part = filing_of(request, situation)
    register = (label("words", "register"),) if REGISTER in found else ()
    return listed((*register, *((_dossier(part),) if DOSSIER in found else ()))) if found else NOWHERE


def _dossier(part: str) -> Bilingual:
    place, of = label("words", "dossier"), label("dossiers", part)
    return Bilingual(f"{place.zh}({of.zh})", f"{place.en} ({of.en})")


def filed(request: Request, language: str) -> str:
    """What closing a case of the kind needs, and where it then goes."""
    form = listed((_either("household", "name"), _either("phone", "email"), *map(_field, ("summary", *request.form))))
    short = ON_THE_SPOT.format(summary=_field("summary"), steps=listed(tuple(_on_the_spot(request))))
    told = (NEEDED.format(names=form), ANONYMOUS, short, FILED.format(places=filed_in(request, "plain")))
    others = (_otherwise(request, each, language) for each in ("form", "away"))
    return "\n".join(f"- {each}" for each in (*(each[language] for each in told), *others) if each)


def _field(name: str) -> Bilingual:
    return label("fields", name)


def _either(one: str, other: str) -> Bilingual:
    return Bilingual(f"{_field(one).zh}或{_field(other).zh}", f"{_field(one).en} or {_field(other).en}")


def _on_the_spot(request: Request) -> Iterator[Bilingual]:
    """The steps that close a case without its form, in the cases in which they do."""
    for step in request.steps:
        if step.on_the_spot:
            name, case = label("commands", step.command), label("conditions", step.branch)
            told = (f"{name[each]}{bracketed(case[each], each)}" for each in ("zh", "en"))
            yield Bilingual(*told)


def _otherwise(request: Request, situation: str, language: str) -> str:
    found = filed_in(request, situation)
    if found == filed_in(request, "plain") or (situation == "away" and not settled_away(request)):
        return ""
    name = SITUATIONS[situation][0][language]
    return f"{name[0].upper()}{name[1:]}: {found[language]}." if language == "en" else f"{name}:{found[language]}。"


def settled_away(request: Request) -> bool:
    """Whether a case of the kind can be settled where it was noted, the desk never having it."""
    return any(NOTED in step.states and step.to == CLOSED and len(step.states) == 1 for step in request.steps)


def filing(kinds: tuple[Request, ...], language: str) -> str:
    """Where the cases of all kinds are filed."""
    heads = (Bilingual("类别", "kind"), *(each for each, *_ in SITUATIONS.values()))

    def cells(request: Request) -> tuple[Bilingual, ...]:
        away = filed_in(request, "away") if settled_away(request) else Bilingual("–", "–")
        return label("kinds", request.kind), filed_in(request, "plain"), filed_in(request, "form"), away

    return table((each[language] for each in heads), ([each[language] for each in cells(kind)] for kind in kinds))
