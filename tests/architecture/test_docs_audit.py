"""What the pages on the audit say is so: their lines run in their order, their example prints what they show."""

from __future__ import annotations

import re
import shlex
import tomllib
from datetime import datetime
from pathlib import Path

import pytest
from tests.tui.command_line import given

from qiantai import ZONE, Desk, Done, Household
from qiantai.words import ERASED
from qiantai_tui.sites.files import SETTINGS
from qiantai_tui.sites.site import make_site, open_site

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("audit.zh-CN.md", "audit.en.md")
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
STAFF = '\n[[staff]]\nid = "zhao"\nname = "赵颖"\nroles = ["desk", "cs_head"]\n'

pytestmark = pytest.mark.parametrize("page", PAGES)


def blocks(page: str, kind: str) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{kind}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_example_prints_what_the_page_shows(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,), (shown,) = blocks(page, "python"), blocks(page, "text")
    exec(compile(example, page, "exec"), {})  # the page's own words are what is tested
    assert capsys.readouterr().out == shown


def a_site(folder: Path) -> Path:
    """A site with the page's household and its closed repair."""
    make_site(folder)
    (folder / SETTINGS).write_text("sign_in = false\n", encoding="utf-8")
    settings = folder / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + STAFF, encoding="utf-8")
    with open_site(folder, lambda: NINE) as site:
        site.desk.store.keep_households([Household("1-2-301", "王岚")])
        desk: Desk = site.reread().desk
        facts = {"household": "1-2-301", "name": "王岚", "phone": "13800001234", "summary": "漏水"}
        done = desk.receive("zhao", kind="repair", channel="phone", **facts)
        assert isinstance(done, Done)
        assert done.case.number == "BX-20261123-001"
        assert isinstance(desk.do(done.case.number, "withdraw", "zhao", reason="修好了"), Done)
    return folder


def test_the_lines_of_the_page_run_in_their_order(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = a_site(tmp_path / "site")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    monkeypatch.chdir(tmp_path)
    lines = [shlex.split(line) for block in blocks(page, "sh") for line in block.splitlines()]
    codes = []
    for program, *arguments in lines:
        assert program == "qiantai"
        codes.append(given(*arguments).exit_code)
    assert codes == [0, 0, 0, 1, 0, 0], "the preview alone erases nothing"
    assert given(*lines[2][1:]).exit_code == 0, "the site goes on from its anchor"
    with open_site(folder, lambda: NINE) as site:
        case = site.desk.case("BX-20261123-001")
    assert [case.text(name) for name in ("name", "phone", "summary")] == [ERASED] * 3
    assert [each.name for each in case.history][-2:] == ["erase", "erase"]


def test_every_finding_is_on_the_page_and_no_other(page: str) -> None:
    labels = (DOCS.parent / "kernel" / "qiantai" / "labels.toml").read_text(encoding="utf-8")
    text = (DOCS / page).read_text(encoding="utf-8")
    table = text[text.index("| --- | --- |") :].split("\n\n")[0]
    named = {each for row in table.splitlines()[1:] for each in re.findall(r"`([a-z_]+)`", row.split("|")[1])}
    assert named == set(tomllib.loads(labels)["breaks"])


def test_both_pages_have_the_same_parts(page: str) -> None:
    def shape(name: str) -> list[str]:
        lines = (DOCS / name).read_text(encoding="utf-8").splitlines()
        return [found[0] for each in lines if (found := re.match(r"#+ |```\w*|- |\| ", each))]

    assert shape(page) == shape(PAGES[0])
