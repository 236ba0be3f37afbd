"""A resident's copy as a page to be read and printed, in Chinese, and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from qiantai.case import Case
from qiantai.handbook import Handbook
from qiantai.people import Household
from qiantai.resident_copy import ResidentCopy
from qiantai.roll import CORRECTABLE
from qiantai.store import Look
from qiantai.words import label

from .cli.answers import local
from .cli.shown import Viewed, duty_lines, facts_of, history_lines, shown, whole
from .cli.speech import Speech
from .sites.files import kept_page

FOLDER = "copies"
"""Where in the site's folder the desk puts the copies that it makes."""
_SAY = Speech("zh")
_STYLE = (
    "body{font-family:'Songti SC',SimSun,serif;max-width:48em;margin:2em auto;padding:0 1em;line-height:1.6}"
    "h2{border-bottom:1px solid;margin-top:2em}dt{float:left;clear:left;width:9em;color:#555}dd{margin-left:9em}"
    "li{overflow-wrap:anywhere}@media print{h3{break-after:avoid}}"
)


def page_of(copy: ResidentCopy, handbook: Handbook, site: str) -> str:
    """The copy as one HTML file that needs no other."""
    title = f"{site} {copy.household} 个人信息复制件"
    return "\n".join(
        (
            '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">',
            f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>",
            f"<p>截至 {local(copy.at)}。这是本项目前台保存的这一户的全部资料;里面提到的其他业户已打码或略去。</p>",
            *_entry(copy.entry),
            *_cases("在办的事项", (each for each in copy.cases if each.open), copy, handbook),
            *_cases("已办结的事项(登记表和业户档案)", (each for each in copy.cases if not each.open), copy, handbook),
            *_cases("一起反映的别户事项(不含别户的话)", copy.joined, copy, handbook),
            *_looks(copy.looks, handbook),
            "</body>\n</html>\n",
        )
    )


def _entry(entry: Household | None) -> Iterator[str]:
    yield "<h2>花名册</h2>"
    if entry is None:
        yield "<p>花名册里没有这一户。</p>"
        return
    facts = (("household", entry.id), *((name, getattr(entry, name)) for name in CORRECTABLE))
    yield from _facts((label("fields", name).zh, shown(name, value, _SAY)) for name, value in facts)


def _facts(facts: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "<dl>"
    yield from (f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in facts if text)
    yield "</dl>"


def _cases(title: str, cases: Iterable[Case], copy: ResidentCopy, handbook: Handbook) -> Iterator[str]:
    found = tuple(cases)
    yield f"<h2>{title} {len(found)}</h2>"
    for case in found:
        view = Viewed(case, copy.at, handbook, full=True)
        state = label("states", case.state).zh
        yield f"<h3>{case.number} {label('kinds', case.kind).zh} {state}</h3>"
        yield from _facts((("受理", local(case.received)), *facts_of(view, _SAY)))
        yield from _listed("时限", duty_lines(view, _SAY))
        yield from _listed("经过", history_lines(view, _SAY))


def _listed(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"<p>{title}</p>\n<ul>"
    yield from (f"<li>{escape(each)}</li>" for each in lines)
    yield "</ul>"


def _looks(looks: Iterable[Look], handbook: Handbook) -> Iterator[str]:
    yield "<h2>谁看过、给过复制件、改过</h2>\n<ul>"
    for each in looks:
        by = handbook.people.get(each.by)
        who, what = by.name if by else each.by, label("looks", each.what).zh
        yield f"<li>{escape(' '.join((local(each.at), who, what, each.which, each.why)).strip())}</li>"
    yield "</ul>"


def data_of(copy: ResidentCopy, handbook: Handbook) -> dict[str, Any]:
    """The copy as data; each case as the schema `case` has it."""

    def cases(several: Iterable[Case]) -> list[dict[str, Any]]:
        return [whole(Viewed(case, copy.at, handbook, full=True)) for case in several]

    entry = copy.entry
    return {
        "at": copy.at,
        "household": copy.household,
        "entry": None if entry is None else {name: getattr(entry, name) for name in ("id", *CORRECTABLE)},
        "cases": cases(copy.cases),
        "joined": cases(copy.joined),
        "looks": [
            {"at": each.at, "by": each.by, "what": each.what, "which": each.which, "why": each.why}
            for each in copy.looks
        ],
    }


def kept_copy(copy: ResidentCopy, handbook: Handbook, site: str, folder: Path) -> Path:
    """The copy written for its owner's eyes alone into the site's folder; gives the file. Raises `SiteError`."""
    name = "".join(each if each.isalnum() or each == "-" else "_" for each in copy.household)
    file = f"{name}-{local(copy.at, '%Y%m%d-%H%M%S')}.html"
    return kept_page(folder / FOLDER, file, page_of(copy, handbook, site))
