"""A hand-over as a record to be read, printed or handed on: text, a page, and data."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from attrs import asdict

from qiantai.seat import Seat
from qiantai.shift.book import HandOver
from qiantai.shift.summary import Summary
from qiantai.words import Bilingual

from ..sites.files import kept_page
from ..text.safe import clean
from ..text.words import Language
from .telling import SECTIONS, STAGES, clock, counts, name, sections

FOLDER = "hand-overs"
"""Where in the site's folder the desk puts the pages that it prints."""
TITLE = Bilingual("交接班 {n}", "Hand-over {n}")
GIVER, RECEIVER = Bilingual("交班人", "Giver"), Bilingual("接班人", "Receiver")
PERIOD, STAGE = Bilingual("班次", "Shift"), Bilingual("状态", "Standing")
SIGNED_OFF, TAKEN_OVER = (
    Bilingual("交班人签字", "Signed by the giver"),
    Bilingual("接班人签字", "Signed by the receiver"),
)
ACCEPTED, DECLINED = Bilingual("接下", "Taken on"), Bilingual("未接", "Not taken")
GONE = Bilingual("已办结或另有人跟进", "Closed, or with somebody else")
LET_GO, REASON = Bilingual("批准离岗", "Let go by"), Bilingual("原因", "Reason")
READ = Bilingual("下一个人已看", "Read by the next")
NOTES = Bilingual("交接备注", "Notes for the next shift")
_STYLE = (
    "body{font-family:'Songti SC',SimSun,serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.6}"
    "h2{border-bottom:1px solid;margin-top:1.5em;font-size:1.1em}dt{float:left;clear:left;width:9em;color:#555}"
    "dd{margin-left:9em}li{overflow-wrap:anywhere}p.sign{margin-top:3em}@media print{h2{break-after:avoid}}"
)


def facts(here: HandOver, seat: Seat) -> Iterator[tuple[Bilingual, str]]:
    """Who gave, who took, when, and what each has signed; what there is not yet is left out."""
    people = seat.handbook
    yield GIVER, name(here.giver, people)
    if here.receiver:
        yield RECEIVER, name(here.receiver, people)
    until = here.summary.until if here.summary else None
    yield PERIOD, f"{clock(here.since)} – {clock(until) if until else ''}"
    for words, at in ((SIGNED_OFF, here.signed_off), (TAKEN_OVER, here.taken_over)):
        if at is not None:
            yield words, clock(at)
    for words, numbers in ((ACCEPTED, here.accepted), (DECLINED, here.declined), (GONE, here.gone)):
        if numbers:
            yield words, " ".join(numbers)
    if here.superior and here.left_at:
        yield LET_GO, f"{name(here.superior, people)} {clock(here.left_at)}"
        yield REASON, here.reason
    if here.read_by and here.read_at:
        yield READ, f"{name(here.read_by, people)} {clock(here.read_at)}"


def text_of(here: HandOver, summary: Summary, seat: Seat, language: Language) -> Iterator[str]:
    """The record line by line."""
    yield f"{TITLE.format(n=here.number)[language]}  {STAGES[here.stage][language]}  [Q-S2b]"
    yield from (f"{words[language]}: {said}" for words, said in facts(here, seat))
    yield "  ".join(f"{words[language]} {n}" for words, n in counts(summary))
    for section in sections(summary, seat):
        yield ""
        yield f"{SECTIONS[section.name][language]} {len(section.lines)}"
        yield from (f"  {each.number}  {each.words[language]}" for each in section.lines)
    if here.notes:
        yield ""
        yield NOTES[language]
        yield from (f"  {line}" for line in here.notes.splitlines())


def page_of(here: HandOver, summary: Summary, seat: Seat, site: Bilingual, language: Language) -> str:
    """The record as one HTML file that needs no other, with room for two signatures in ink."""
    title = f"{site[language]} {TITLE.format(n=here.number)[language]}"
    told = ((STAGE, STAGES[here.stage][language]), *facts(here, seat))
    parts = [
        f'<!doctype html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>\n<meta charset="utf-8">',
        f"<title>{_html(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{_html(title)}</h1>\n<dl>",
        *(f"<dt>{_html(words[language])}</dt><dd>{_html(said)}</dd>" for words, said in told),
        *(f"<dt>{_html(words[language])}</dt><dd>{n}</dd>" for words, n in counts(summary)),
        "</dl>",
    ]
    for section in sections(summary, seat):
        parts.append(f"<h2>{_html(SECTIONS[section.name][language])} {len(section.lines)}</h2>\n<ul>")
        parts += [f"<li>{_html(f'{each.number} {each.words[language]}')}</li>" for each in section.lines]
        parts.append("</ul>")
    if here.notes:
        parts += [
            f"<h2>{_html(NOTES[language])}</h2>",
            *(f"<p>{_html(each)}</p>" for each in here.notes.splitlines()),
        ]
    sides = " ".join(f"{each[language]} ______________ " for each in (GIVER, RECEIVER))
    return "\n".join((*parts, f'<p class="sign">{sides}</p>\n</body>\n</html>\n'))


def _html(text: str) -> str:
    """Somebody's words as words of a page, whatever they are."""
    return escape(clean(text))


def kept_record(here: HandOver, page: str, folder: Path, at: str) -> Path:
    """The page in the site's folder, for its owner's eyes alone; gives the file. Raises `SiteError`."""
    return kept_page(folder / FOLDER, f"{here.number:04d}-{at}.html", page)


def data_of(here: HandOver) -> dict[str, Any]:
    """The record as data: people by their ids, cases by their numbers."""
    return asdict(here)
