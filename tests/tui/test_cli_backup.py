"""Backing up, restoring, exporting and taking in on the command line."""

from __future__ import annotations

import json
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from qiantai_tui.backups.record import read_record
from qiantai_tui.cli import sitting
from qiantai_tui.sites.site import open_site
from tests.tui.command_line import answered, given
from tests.tui.sites import NOON, a_site, another_case, done


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(tmp_path / "site")


@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase"
    file.write_text("正确的口令\n", encoding="utf-8")
    return file


def backed_up(site: Path) -> str:
    return str(answered("backup", "--site", site)["file"])


def listed(site: Path) -> list[dict[str, Any]]:
    """The open cases, without how long is left: that is another from one second to the next."""
    return [each | {"left_seconds": 0} for each in answered("case", "list", "--site", site)["cases"]]


def test_a_backup_is_made_verified_and_made_a_site_elsewhere(site: Path, tmp_path: Path) -> None:
    made = answered("backup", "--site", site)
    assert (made["ok"], made["new"], made["cases"], made["households"], made["gone"]) == (True, True, 2, 1, [])
    assert answered("backup", "--automatic", "--site", site)["new"] is False
    assert answered("verify", made["file"])["events"] == 4
    restored = answered("restore", made["file"], "--site", tmp_path / "new")
    assert (restored["folder"], restored["differs"]) == (str(tmp_path / "new"), None)
    assert listed(tmp_path / "new") == listed(site)


def test_a_restore_says_what_the_site_there_is_would_lose(site: Path) -> None:
    file = backed_up(site)
    number = another_case(site, NOON + timedelta(hours=1))
    with open_site(site, lambda: NOON + timedelta(hours=1)) as opened:
        done(opened.desk.do("BX-20261122-001", "note", "desk1", text="已联系"))
    (site / "calendar.toml").write_text("", encoding="utf-8")
    found = answered("restore", file, "--site", site)
    assert found["folder"] == f"{site}-restored"
    assert found["differs"]["files"] == ["calendar.toml"]
    assert [(each["which"], each["how"]) for each in found["differs"]["store"]] == [
        ("BX-20261122-001", "ahead"),
        (number, "only"),
    ]
    assert number in given("case", "show", number, "--site", site).output, "the site there is was left alone"


def test_nothing_is_replaced_unless_it_is_agreed_to(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = backed_up(site)
    number = another_case(site, NOON + timedelta(hours=1))
    assert given("restore", file, "--replace", "--site", site).exit_code == 1
    assert answered("restore", file, "--replace", "--site", site, code=1)["replaced"] is None
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    assert given("restore", file, "--replace", "--site", site, typed="n\n").exit_code == 1
    assert given("case", "show", number, "--site", site).exit_code == 0
    result = given("restore", file, "--replace", "--site", site, typed="y\n")
    assert result.exit_code == 0
    assert number in result.output
    assert "恢复后就没有了" in result.output
    assert given("case", "show", number, "--site", site).exit_code == 3
    (old,) = site.parent.glob("site-*-old")
    assert given("case", "show", number, "--site", old).exit_code == 0


def test_an_open_site_is_not_replaced(site: Path) -> None:
    file = backed_up(site)
    with open_site(site):
        assert given("restore", file, "--replace", "--yes", "--site", site).exit_code == 4
    assert given("verify", "--site", site).exit_code == 0
    assert not list(site.parent.glob(".site*"))


def test_a_damaged_site_is_replaced_by_its_backup(site: Path) -> None:
    file = backed_up(site)
    (site / "open.json").write_text("{", encoding="utf-8")
    found = answered("restore", file, "--replace", "--yes", "--site", site)
    assert found["differs"]["unread"]["zh"].startswith("数据文件已损坏")
    assert given("verify", "--site", site).exit_code == 0


def test_a_table_that_is_no_text_is_named_and_the_failure_is_on_record(site: Path) -> None:
    (site / "notes.toml").write_bytes("# 备忘".encode("gbk"))
    refused = given("backup", "--site", site)
    assert refused.exit_code != 0
    assert "notes.toml: 不是 UTF-8 文字(第 1 行)" in refused.stderr
    assert "notes.toml" in read_record(site).why.zh


def test_a_site_whose_settings_are_no_text_is_replaced_by_its_backup(site: Path) -> None:
    file = backed_up(site)
    with (site / "site.toml").open("ab") as settings:
        settings.write(b"# \xff\n")
    found = answered("restore", file, "--replace", "--yes", "--site", site)
    assert "site.toml" in found["differs"]["unread"]["zh"]
    assert given("verify", "--site", site).exit_code == 0


def test_a_sealed_backup_asks_for_its_passphrase(site: Path, tmp_path: Path, phrase: Path) -> None:
    file = tmp_path / "away.age"
    answered("backup", "--to", file, "--passphrase-file", phrase, "--site", site)
    assert given("verify", file).exit_code == 1
    assert given("verify", file, "--passphrase-file", phrase).exit_code == 0
    phrase.write_text("不对的口令\n", encoding="utf-8")
    result = given("restore", file, "--passphrase-file", phrase, "--site", tmp_path / "new")
    assert result.exit_code == 1
    assert "口令不对" in result.output
    assert not (tmp_path / "new").exists()


def test_a_passphrase_is_typed_twice_and_not_shown(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitting, "on_a_terminal", lambda: True)
    file = tmp_path / "away.age"
    result = given("backup", "--to", file, "--encrypt", "--site", site, typed="geheim\ngeheim\n")
    assert result.exit_code == 0
    assert "geheim" not in result.output
    assert given("verify", file, typed="geheim\n").exit_code == 0
    assert given("verify", file, typed="other\n").exit_code == 1


def test_an_empty_passphrase_seals_nothing(site: Path, tmp_path: Path) -> None:
    assert given("backup", "--to", tmp_path / "x.age", "--encrypt", "--site", site).exit_code == 2
    assert not (tmp_path / "x.age").exists()


def test_a_new_key_seals_what_its_secret_opens(site: Path, tmp_path: Path) -> None:
    key = tmp_path / "key.txt"
    public = answered("backup", "--new-key", key)["public"]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    (site / "settings.toml").write_text(f'backup_key = "{public}"\n', encoding="utf-8")
    file = backed_up(site)
    assert file.endswith(".age")
    assert given("verify", file).exit_code == 1
    assert given("verify", file, "--key-file", key).exit_code == 0
    assert given("backup", "--new-key", key).exit_code == 1, "a key is never written over"


def test_an_export_is_on_record_and_comes_back_byte_for_byte(site: Path, tmp_path: Path) -> None:
    file, again = tmp_path / "all.jsonl", tmp_path / "again.jsonl.gz"
    assert answered("export", file, "--by", "lead", "--site", site)["cases"] == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with open_site(site) as opened:
        look = opened.desk.store.looks()[-1]
    assert (look.by, look.what, look.which) == ("lead", "export", "everything 2")
    new = tmp_path / "new"
    assert answered("import", "site", file, "--site", new)["looks"] == 2
    answered("export", again, "--by", "lead", "--site", new)
    events = [each for each in file.read_bytes().splitlines() if each.startswith(b'{"event"')]
    assert len(events) == 4
    import gzip

    assert [each for each in gzip.decompress(again.read_bytes()).splitlines() if each.startswith(b'{"event"')] == events


def test_who_may_not_see_all_exports_nothing(site: Path, tmp_path: Path) -> None:
    result = given("export", tmp_path / "all.jsonl", "--by", "eng1", "--site", site)
    assert result.exit_code == 5
    assert not (tmp_path / "all.jsonl").exists()


def test_an_export_is_never_written_over(site: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text("mine", encoding="utf-8")
    assert given("export", tmp_path / "all.jsonl", "--site", site).exit_code == 1
    assert (tmp_path / "all.jsonl").read_text(encoding="utf-8") == "mine"


def test_what_is_wrong_with_an_export_is_told_by_its_line_and_nothing_is_taken(site: Path, tmp_path: Path) -> None:
    file, masked = tmp_path / "all.jsonl", tmp_path / "masked.jsonl"
    answered("export", file, "--site", site)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    event = json.loads(lines[4])
    event["event"]["seq"] = 7
    file.write_text("".join([*lines[:4], json.dumps(event) + "\n", *lines[5:]]), encoding="utf-8")
    result = given("import", "site", file, "--site", tmp_path / "new")
    assert result.exit_code == 1
    assert "第 " in result.output
    answered("export", masked, "--masked", "--site", site)
    assert given("import", "site", masked, "--site", tmp_path / "new").exit_code == 1
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))
    assert given("import", "site", masked, "--site", site).exit_code == 1, "a site is there already"
