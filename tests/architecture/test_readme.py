"""What the READMEs promise: their examples run, their links lead somewhere, both say the same."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_the_example_of_embedding_runs(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = blocks(name, "python")
    exec(compile(example, name, "exec"), {})  # the README's own words are what is tested
    printed = capsys.readouterr().out
    assert printed.count("M-3.3a") == 2, "the two duties of an emergency, each with its clause"
    assert "已派人" in printed or "Dispatched" in printed, "the refusal names the state that would do"


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)]+)\)", (ROOT / name).read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_both_give_the_same_commands() -> None:
    commands = [
        [line.split("#")[0].strip() for block in blocks(name, "sh") for line in block.splitlines()] for name in READMES
    ]
    assert commands[0] == commands[1]


@pytest.mark.parametrize("name", READMES)
def test_what_make_is_said_to_do_the_makefile_does(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert named >= {"desk", "test", "check", "bench"}
    assert [each for each in named if not re.search(rf"^{each}:", makefile, re.MULTILINE)] == []
