"""Agreed answers on the command line: from a draft to its approval, taken out of force, and who was told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qiantai_tui.sites.site import make_site, open_site
from tests.tui.command_line import answered, given
from tests.tui.sites import WANG

TEXT = "您好,地下固定车位每月 400 元。"


@pytest.fixture(autouse=True)
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's staff and answers, a household, and no case."""
    folder = make_site(tmp_path / "site", "demo")
    monkeypatch.setenv("QIANTAI_SITE", str(folder))
    with open_site(folder) as opened:
        opened.desk.store.keep_households([WANG])
    return folder


def stages(id: str, by: str = "zhao") -> dict[int, str]:
    """Where the versions of an answer stand."""
    listed = answered("script", "list", "--by", by)["scripts"]
    return {each["version"]: each["stage"] for each in listed if each["id"] == id}


def approved(text: str = TEXT) -> None:
    """The next version of the answer on parking, in force."""
    given("script", "draft", "topic=parking-fee", f"text={text}", "--by", "li")
    given("script", "submit", "parking-fee-2026", "--by", "li")
    assert given("script", "approve", "parking-fee-2026", "--by", "zhao").exit_code == 0


def challenged(*, answered_by: str = "parking-fee-2026") -> str:
    """Somebody of 1-2-301 challenges the fee, and is told by the agreed answer unless that is empty; the number."""
    said = ["kind=challenge", "channel=phone", "household=1-2-301", "summary=太贵", "topic=parking-fee"]
    who = ["name=王敏", "phone=13800001234"]
    number: str = answered("case", "receive", "--by", "li", *said, *who)["case"]["number"]
    if answered_by:
        said = [f"text={TEXT}", f"script={answered_by}", "satisfied=yes"]
        assert given("case", "do", number, "answer", "--by", "li", *said).exit_code == 0
    return number


def test_from_a_draft_to_its_approval_and_out_of_force() -> None:
    drafted = answered("script", "draft", "topic=parking-fee", f"text={TEXT}", "until=2099-12-31", "--by", "li")
    assert (drafted["script"]["id"], drafted["script"]["version"]) == ("parking-fee-2026", 2)
    assert stages("parking-fee-2026") == {1: "in_force", 2: "draft"}
    changed = ("id=parking-fee-2026", "version=2", "sensitive=是", "spokesperson=赵颖")
    script = answered("script", "draft", *changed, "--by", "lin")["script"]
    assert (script["text"], script["until"], script["sensitive"]) == (TEXT, "2099-12-31", True)
    assert script["spokesperson"] == "zhao"
    answered("script", "submit", "parking-fee-2026", "--by", "li")
    refused = answered("script", "approve", "parking-fee-2026", "--by", "lin", code=5)["refusal"]
    assert (refused["rule"], refused["clause"]) == ("not_theirs_to_agree", "H-4.4.4")
    answered("script", "return", "parking-fee-2026", "--reason", "少了地面", "--by", "zhao")
    answered("script", "submit", "parking-fee-2026", "--by", "li")
    answered("script", "approve", "parking-fee-2026", "--by", "zhao")
    assert stages("parking-fee-2026") == {1: "superseded", 2: "in_force"}
    refused = answered("script", "draft", *changed[:2], "text=改口", "--by", "li", code=1)["refusal"]
    assert (refused["rule"], refused["clause"]) == ("not_a_draft", "H-4.4.5")
    shown = answered("script", "show", "parking-fee-2026")
    done = ["draft_script", "draft_script", "submit_script", "return_script", "submit_script", "approve_script"]
    assert [each["do"] for each in shown["history"]] == done
    assert shown["history"][3]["reason"] == "少了地面"
    assert answered("script", "withdraw", "parking-fee-2026", "--reason", "错了", "--by", "zhao")["ok"]
    assert stages("parking-fee-2026") == {1: "withdrawn", 2: "withdrawn"}


def test_a_draft_is_for_those_who_read_drafts_and_can_be_dropped() -> None:
    answered("script", "draft", "topic=lifts", "text=下周换", "--by", "li")
    assert stages("lifts") == {1: "draft"}
    assert stages("lifts", by="sun") == {}
    assert stages("parking-fee-2026", by="sun") == {1: "in_force"}
    assert given("script", "show", "lifts", "--by", "sun").exit_code == 3
    assert answered("script", "drop", "lifts", "--by", "li") == {"ok": True, "script": None}
    assert stages("lifts") == {}


def test_the_rules_go_by_it_at_once(site: Path) -> None:
    approved()
    with open_site(site) as opened:
        handbook = opened.desk.handbook
        script = handbook.script("parking-fee", opened.desk.clock())
        assert script is not None
        assert (script.version, script.text, script.approved_by) == (2, TEXT, "zhao")
    number = challenged()
    given("script", "withdraw", "parking-fee-2026", "--reason", "错了", "--by", "zhao")
    said = ["text=x", "script=parking-fee-2026", "satisfied=yes"]
    refused = answered("case", "do", challenged(answered_by=""), "answer", "--by", "li", *said, code=1)["refusal"]
    assert refused["would_do"]["zh"] == "不填口径"
    assert answered("case", "show", number)["case"]["state"] == "closed"


def test_who_was_told_in_which_version_and_what_for_is_on_record(site: Path) -> None:
    first = challenged()
    approved()
    second = challenged()
    told: list[dict[str, Any]] = answered("script", "told", "parking-fee-2026", "--for", "复核", "--by", "lin")["told"]
    assert [(each["number"], each["version"]) for each in told] == [(second, 2), (first, 1)]
    assert (told[0]["name"], told[0]["phone"], told[0]["open"]) == ("王*", "138****1234", False)
    alone = answered("script", "told", "parking-fee-2026", "1", "--for", "复核", "--by", "lin")["told"]
    assert [each["number"] for each in alone] == [first]
    with open_site(site) as opened:
        looks = [each for each in opened.desk.store.looks() if each.what == "export"]
    assert [(each.by, each.which, each.why) for each in looks] == [
        ("lin", "told parking-fee-2026 2", "复核"),
        ("lin", "told parking-fee-2026 v1 1", "复核"),
    ]
    assert given("script", "told", "parking-fee-2026", "--for", "x", "--by", "sun").exit_code == 5
    assert given("script", "told", "parking-fee-2026", "--for", " ", "--by", "li").exit_code == 2
    assert given("script", "told", "nothing", "--for", "x", "--by", "li").exit_code == 3
    assert "13800001234" not in given("script", "told", "parking-fee-2026", "--for", "x", "--by", "li").output


def test_what_changed_is_shown_word_by_word() -> None:
    shown = answered("script", "show", "ev-charging")
    assert (shown["script"]["version"], shown["against"]) == (2, 1)
    sides = {
        1: "".join(each["text"] for each in shown["changes"] if each["how"] != "new"),
        2: "".join(each["text"] for each in shown["changes"] if each["how"] != "gone"),
    }
    assert sides[2] == shown["script"]["text"]
    assert sides[1] == answered("script", "show", "ev-charging", "1")["script"]["text"]
    assert "[-1.2-]{+1.0+}" in given("script", "show", "ev-charging").output


def test_topics_that_call_for_an_answer_come_first() -> None:
    for _ in range(3):
        said = ["kind=challenge", "channel=phone", "household=1-2-301", "summary=发白", "topic=water-supply"]
        answered("case", "receive", "--by", "li", *said)
    wanted = answered("script", "list", "--by", "li")["wanted"]
    assert wanted == [{"topic": "water-supply", "challenges": 3}]
    assert answered("script", "list", "--by", "sun")["wanted"] == []
    assert "水箱清洗 有 3 次质疑" in given("script", "list").stderr
    assert answered("script", "list", "--topic", "pets")["wanted"] == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("draft", "topic=a", "text=x", "from=gestern", "--by", "li"), 1),
        (("draft", "topic=a", "text=x", "colour=red", "--by", "li"), 1),
        (("draft", "topic=a", "text=x", "spokesperson=ghost", "--by", "li"), 5),
        (("draft", "topic=a", "--by", "li"), 1),
        (("draft", "topic=a", "text=x", "--by", "sun"), 5),
        (("draft", "topic=a", "text=x", "--by", "ghost"), 5),
        (("approve", "nothing", "--by", "zhao"), 1),
        (("withdraw", "ev-charging", "--by", "zhao"), 2),
        (("show", "ev-charging", "9"), 3),
    ],
)
def test_what_will_not_do_ends_with_its_code(arguments: tuple[str, ...], code: int, site: Path) -> None:
    assert given("script", *arguments).exit_code == code
    assert not (site / "scripts.jsonl").exists()
