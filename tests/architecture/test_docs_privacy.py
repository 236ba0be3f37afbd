"""What the pages on personal information say is so: their lines run, their terms are read, their names exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from datetime import datetime, timedelta
from importlib import import_module
from pathlib import Path

import pytest
from tests.tui.command_line import given

from qiantai import ZONE, Desk, Done, Household, clauses
from qiantai.words import ERASED, entry
from qiantai_tui.actions import shown_key
from qiantai_tui.actions.everything import all_actions
from qiantai_tui.sites.files import PRIVATE_FILE, PRIVATE_FOLDER, SETTINGS
from qiantai_tui.sites.site import make_site, open_site

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("privacy.zh-CN.md", "privacy.en.md")
LONG_AGO = datetime.now(ZONE).replace(microsecond=0) - timedelta(days=4 * 366)
STAFF = """
[[staff]]
id = "zhao"
name = "赵颖"
roles = ["cs_head", "desk"]
[[staff]]
id = "lin"
name = "林晓"
roles = ["supervisor"]
"""

pytestmark = pytest.mark.parametrize("page", PAGES)


def text_of(page: str) -> str:
    return (DOCS / page).read_text(encoding="utf-8")


def blocks(page: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", text_of(page), re.MULTILINE | re.DOTALL)


def a_site(folder: Path, page: str) -> Path:
    """A site with the page's terms, in force long since, and a repair of two households from before them."""
    make_site(folder)
    (folder / SETTINGS).write_text("sign_in = false\n", encoding="utf-8")
    (terms,) = blocks(page, "toml")
    settings = folder / "site.toml"
    earlier = re.sub(r"valid = .*", "valid = 2020-01-01", terms)
    settings.write_text(settings.read_text(encoding="utf-8") + STAFF + earlier, encoding="utf-8")
    with open_site(folder, lambda: LONG_AGO) as site:
        site.desk.store.keep_households([Household("1-2-301", "王岚", "13800001234"), Household("1-2-302", "李芳")])
        desk: Desk = site.reread().desk
        for room in ("1-2-301", "1-2-302"):
            done = desk.receive("zhao", kind="repair", channel="phone", household=room, summary="漏水")
            assert isinstance(done, Done)
            assert isinstance(desk.do(done.case.number, "withdraw", "zhao", reason="修好了"), Done)
    return folder


def test_the_lines_of_the_page_run_in_their_order(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_site(tmp_path / "site", page)
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    monkeypatch.chdir(tmp_path)
    lines = [shlex.split(line) for block in blocks(page, "sh") for line in block.splitlines()]
    assert {program for program, *_ in lines} == {"qiantai"}
    assert [given(*arguments).exit_code for _, *arguments in lines] == [0, 0, 1, 0, 0, 0]
    assert "王岚" in (tmp_path / "copy.html").read_text(encoding="utf-8")
    with open_site(folder) as site:
        store = site.desk.store
        assert [case.text("summary") for case in store.all_cases()] == [ERASED] * 2
        assert [each.what for each in store.looks()] == ["copy", "roll", "erase", "retention"]
        assert {each.id: each.name for each in store.households()} == {"1-2-301": "", "1-2-302": "李芳"}


def test_the_terms_of_the_page_are_read(page: str, tmp_path: Path) -> None:
    with open_site(a_site(tmp_path / "site", page)) as site:
        (version,) = site.desk.handbook.retentions
    (terms,) = blocks(page, "toml")
    (written,) = tomllib.loads(terms)["retention"]
    assert {key: str(term) for key, term in version.terms.items()} == {
        key: each for key, each in written.items() if key not in ("valid", "by", "hq_told")
    }


def test_every_clause_named_exists(page: str) -> None:
    named = set(re.findall(r"\b[MHPR]-[0-9.]+[a-z]?", text_of(page)))
    assert "M-3.4c" in named
    assert named <= {each.id for each in clauses()}


def test_every_key_named_does_something(page: str) -> None:
    known = {shown_key(each.key): each.id for each in all_actions() if each.key}
    said = re.sub(r"```.*?```", "", text_of(page), flags=re.DOTALL)
    assert set(re.findall(r"(?<![\w`])(F\d{1,2}|\^[A-Z])(?!\w)", said)) <= set(known)
    letters = [each.upper() for each in re.findall(r"`([a-z])`", said) if each not in "yd"]
    assert [known[each] for each in letters] == ["copy_resident", "correct_resident", "erase_resident", "terms"]


def test_every_name_of_the_program_exists(page: str) -> None:
    named = re.findall(r"`(qiantai\.\w+)\.(\w+)`", text_of(page))
    assert len(named) >= 8
    assert [name for module, name in named if not hasattr(import_module(module), name)] == []


def test_every_kept_modes_figure_is_the_real_one(page: str) -> None:
    assert {f"{each:04o}" for each in (PRIVATE_FOLDER, PRIVATE_FILE)} == set(re.findall(r"\b0[67]00\b", text_of(page)))


def test_both_pages_have_the_same_parts(page: str) -> None:
    def shape(name: str) -> list[str]:
        lines = text_of(name).splitlines()
        return [found[0] for each in lines if (found := re.match(r"#+ |```\w*|- |\| ", each))]

    assert shape(page) == shape(PAGES[0])


def test_every_role_that_sees_something_is_in_the_table(page: str) -> None:
    language = "en" if page.endswith(".en.md") else "zh"
    said = text_of(page).casefold()
    roles = ("desk", "supervisor", "area_manager", "cs_head", "centre_head", "admin", "engineering", "security")
    words = [entry("roles", each)[language].casefold().removeprefix("customer-service ") for each in roles]
    assert [each for each in words if each not in said] == []
