"""The pages on the desk in a browser name what there is, and both say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from attrs import fields_dict

from qiantai.words import Bilingual
from qiantai_tui.cli.serve import command
from qiantai_tui.cli.speech import Speech
from qiantai_tui.serving import gate, names, pages, server, tab
from qiantai_tui.serving.password import SHORTEST, VARIABLE
from qiantai_tui.serving.terms import ALONE, SEVERAL, Terms
from qiantai_tui.sign_in.book import WAITS
from qiantai_tui.sites.site import Settings

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("serve.zh-CN.md", "serve.en.md")
TOLD: tuple[tuple[Bilingual, Bilingual], ...] = (
    (pages.ENDED, Bilingual("前台已结束", "The desk has ended")),
    (pages.AWAY, Bilingual("连不上前台的服务器", "The desk's server is not reached")),
    (pages.MUCH, Bilingual("要粘贴的字太多", "too much to paste")),
    (tab.IN_USE, Bilingual("一次只能开一个", "takes one at a time")),
    (server.FULL, Bilingual("同时最多开", "At most")),
    (names.WRONG_NAME, Bilingual("这个地址不是本前台的", "not a name of this desk")),
    (gate.BY_LINK, Bilingual("这里要从打印出来的链接进", "The way in is the link that was printed")),
    (gate.SPENT, Bilingual("这个链接用过了", "This link was used")),
)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_every_option_and_setting_is_named_and_no_other(page: str) -> None:
    text = text_of(page)
    options = {each for param in command(Speech("zh")).params for each in param.opts} - {"--site"}
    assert options == set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) - {"--to"}
    assert {each for each in fields_dict(Settings) if each.startswith("serve_")} == set(re.findall(r"serve_\w+", text))
    assert VARIABLE in text


@pytest.mark.parametrize("page", PAGES)
def test_the_figures_are_the_programs(page: str) -> None:
    text = text_of(page)
    for figure in (Terms().port, SHORTEST, Settings().serve_idle, Terms().address):
        assert str(figure) in text
    for figure in (pages.MOST_PASTED, pages.EVERY * pages.UNHEARD):
        assert re.search(rf"\b{figure}\b", text)
    (row,) = (each for each in text.splitlines() if each.startswith("| `serve_desks`"))
    assert [int(each) for each in re.findall(r"\d+", row)] == [ALONE, SEVERAL]
    assert len(WAITS) == 8, "“the eighth” is in words"


@pytest.mark.parametrize(("page", "language"), [(PAGES[0], "zh"), (PAGES[1], "en")])
def test_what_is_seen_is_what_is_said(page: str, language: str) -> None:
    for whole, part in TOLD:
        assert part[language] in whole[language]
        assert part[language] in text_of(page)


def test_both_pages_have_the_same_parts_and_commands() -> None:
    shapes, commands = zip(
        *(
            (
                re.findall(r"^(#+ |\| |```)", text_of(page), re.MULTILINE),
                re.findall(r"^qiantai .*", text_of(page), re.M),
            )
            for page in PAGES
        ),
        strict=True,
    )
    assert shapes[0] == shapes[1]
    assert commands[0] == commands[1]
    assert len(commands[0]) == 2
