"""The pages of clauses: each carried out or with its reason, every link checked, every scenario one that shows it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.clause_links import Link, declared
from tools.clause_pages import OWED, SHOWN, carried_out
from tools.markdown import anchor

from qiantai.clauses import Clause, UnknownClause, clauses
from qiantai_scenarios import play, read_scenario, shipped
from qiantai_scenarios.clauses_shown import clauses_shown

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("clauses.zh-CN.md", "clauses.en.md")
DECLARED = declared()


def sections(page: str) -> dict[str, str]:
    """The page's text on each clause, by its id."""
    parts = re.split(r"^### (.+)\n", (DOCS / page).read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {id: text.partition("<!-- end -->")[0] for id, text in zip(parts[1::2], parts[2::2], strict=True)}


@pytest.mark.parametrize("clause", clauses(), ids=str)
def test_a_clause_is_carried_out_or_says_why_not(clause: Clause) -> None:
    done, why = carried_out(clause, DECLARED), clause in DECLARED.not_carried_out
    assert not (done and why), f"{clause} is carried out; its reason in tools/clauses.toml goes"
    assert done or why or clause.kind not in OWED, f"{clause} wants a rule, or a reason in tools/clauses.toml"
    assert not why or clause.kind in OWED, f"{clause} is a {clause.kind} and wants no reason"


@pytest.mark.parametrize("clause", DECLARED.partly, ids=str)
def test_what_is_left_over_is_of_a_clause_that_is_carried_out(clause: Clause) -> None:
    assert carried_out(clause, DECLARED)


@pytest.mark.parametrize("link", DECLARED.elsewhere, ids=lambda each: f"{each.clause} {each.at}")
def test_code_that_is_named_is_there_cites_the_clause_and_is_tested(link: Link) -> None:
    assert re.search(rf"\b{re.escape(link.clause.id)}(?![\w.])", link.source), f"{link.at} does not cite {link.clause}"
    assert link.tested, f"there is no test {link.test}"


def test_a_link_that_leads_nowhere_is_seen() -> None:
    [good] = [each for each in DECLARED.elsewhere if each.at.endswith(":may_see")]
    at, test = good.at, good.test
    assert good.source
    assert good.tested
    assert not Link(good.clause, at + "_not", test, good.says).source
    assert not Link(good.clause, "kernel/qiantai/nowhere.py", test, good.says).source
    assert not Link(good.clause, at, test + "_not", good.says).tested
    assert not Link(good.clause, at, test.partition("::")[0], good.says).tested


def test_reasons_are_for_clauses_that_there_are_and_one_each(tmp_path: Path) -> None:
    file = tmp_path / "clauses.toml"
    row = '[[not]]\nclauses = ["{}"]\nzh = "无"\nen = "none"\n'
    file.write_text("elsewhere = []\npartly = []\n" + row.format("M-9.9"), encoding="utf-8")
    with pytest.raises(UnknownClause):
        declared(file)
    twice = tmp_path / "twice.toml"
    twice.write_text("elsewhere = []\npartly = []\n" + row.format("M-3.2") * 2, encoding="utf-8")
    with pytest.raises(ValueError, match="two reasons"):
        declared(twice)


@pytest.mark.parametrize("page", PAGES)
def test_every_clause_has_its_place(page: str) -> None:
    assert list(sections(page)) == [each.id for each in clauses()]
    language = "en" if page.endswith(".en.md") else "zh"
    for clause in clauses():
        assert getattr(clause, language) in sections(page)[clause.id]


@pytest.mark.parametrize("page", ["lifecycles.zh-CN.md", "lifecycles.en.md", *PAGES])
def test_every_link_to_a_clause_finds_it(page: str) -> None:
    there = {anchor(each) for each in (*sections(PAGES[0]), "house")}
    links = re.findall(r"\]\((?:clauses[^)#]*)?#([^)]+)\)", (DOCS / page).read_text(encoding="utf-8"))
    assert links
    assert set(links) <= there
    assert len(there) == len(clauses()) + 1, "two clauses share an anchor"


def test_a_scenario_is_named_where_it_shows_the_clause_in_that_way() -> None:
    heads = {head.zh: what for what, head in SHOWN.items()}
    shown = {file.name: clauses_shown(play(read_scenario(file))) for file in shipped()}
    for id, text in sections(PAGES[0]).items():
        for head, line in re.findall(r"^- \*\*(.+?情景)\*\*:(.+)$", text, re.MULTILINE):
            named = re.findall(r"scenarios/([^/)]+\.toml)", line)
            count = re.search(r" 等 (\d+) 个$", line)
            showing = [name for name, found in shown.items() if found[Clause(id), heads[head]]]
            assert named
            assert set(named) <= set(showing)
            assert len(showing) == (int(count[1]) if count else len(named)), (id, head)
