"""The book of agreed answers: private, whole before and after, shared by several desks, carried by every backup."""

from __future__ import annotations

import json
import multiprocessing
import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from qiantai import Refusal, StoreError
from qiantai.books import SCRIPTS, BadBook
from qiantai.deeds import APPROVE, DRAFT, SUBMIT, WITHDRAW, Deed
from qiantai_tui.agreed.book import read_deeds
from qiantai_tui.agreed.carrying_out import agree
from qiantai_tui.backups.making import back_up
from qiantai_tui.backups.reading import open_export
from qiantai_tui.backups.restoring import take_in
from qiantai_tui.backups.sealing import Sealing
from qiantai_tui.sites.books import FileBooks
from qiantai_tui.sites.site import open_site
from tests.tui.sites import NOON, a_site

FILE = "scripts.jsonl"
TEXT = "您好,水费\u2028按表计。\ud83d"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(tmp_path / "site")


def done(folder: Path, name: str, by: str, **fields: object) -> Deed:
    """Does it at a desk that is opened for it alone."""
    with open_site(folder, lambda: NOON) as opened:
        deed = agree(opened, by, name, **fields)
    assert isinstance(deed, Deed), deed
    return deed


def approved(folder: Path) -> Deed:
    """A version that is in force."""
    deed = done(folder, DRAFT, "desk1", topic="water", text=TEXT)
    done(folder, SUBMIT, "desk1", id=deed.id, version=deed.version)
    return done(folder, APPROVE, "head", id=deed.id, version=deed.version)


def in_force(folder: Path, topic: str = "water") -> str:
    """What is said on a topic there, an hour later."""
    with open_site(folder, lambda: NOON + timedelta(hours=1)) as opened:
        script = opened.desk.handbook.script(topic, opened.desk.clock())
    return script.text if script else ""


def test_there_is_none_until_something_is_done(site: Path) -> None:
    assert read_deeds(FileBooks(site)) == ()
    assert FileBooks(site).stamp(SCRIPTS) is None
    with open_site(site) as opened:
        assert isinstance(agree(opened, "desk1", APPROVE, id="water", version=1), Refusal)
    assert not (site / FILE).exists()


def test_what_was_done_is_there_after_the_desk_is_opened_anew_half_a_character_too(site: Path) -> None:
    deed = approved(site)
    assert in_force(site) == TEXT
    assert [each.name for each in read_deeds(FileBooks(site))] == [DRAFT, SUBMIT, APPROVE]
    done(site, WITHDRAW, "head", id=deed.id, version=deed.version, reason="错")
    assert in_force(site) == ""


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
def test_it_is_for_its_owner_alone(site: Path) -> None:
    approved(site)
    assert stat.S_IMODE((site / FILE).stat().st_mode) == 0o600


@pytest.mark.parametrize("line", ["{}", "[", "5", '{"at": 1}', "\udc80", "x" * 100])
def test_a_line_that_is_none_is_named_and_nothing_is_written_over_it(line: str, site: Path) -> None:
    approved(site)
    before = (site / FILE).read_bytes()
    damaged = before + line.encode("utf-8", "surrogateescape") + b"\n"
    (site / FILE).write_bytes(damaged)
    with pytest.raises(BadBook) as caught:
        read_deeds(FileBooks(site))
    assert (caught.value.book, caught.value.line) == ("scripts", 4)
    with pytest.raises(BadBook):
        open_site(site)
    assert (site / FILE).read_bytes() == damaged
    (site / FILE).write_bytes(before)
    assert in_force(site) == TEXT


def test_a_failure_leaves_the_book_as_it_was(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    approved(site)
    before = (site / FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with open_site(site, lambda: NOON) as opened:
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            agree(opened, "desk1", DRAFT, topic="noise", text="夜里不装修")
        monkeypatch.undo()
    assert (site / FILE).read_bytes() == before
    assert [each.name for each in site.iterdir() if "new" in each.name] == []


def test_another_desk_learns_of_it_by_the_state_of_the_file(site: Path) -> None:
    with open_site(site, lambda: NOON) as opened:
        assert not opened.scripts_changed
        deed = agree(opened, "desk1", DRAFT, topic="water", text=TEXT)
        assert isinstance(deed, Deed)
        assert opened.scripts_changed
        again = opened.with_scripts()
        assert not again.scripts_changed
        assert [each.text for each in again.desk.handbook.scripts if each.topic == "water"] == [TEXT]


def draft_some(folder: Path, name: str) -> None:
    """Drafts of one topic after the other, and one that everybody is after."""
    from qiantai import Desk, Handbook, Person
    from qiantai.plugins import load_plugins
    from qiantai.words import Bilingual
    from qiantai_tui.sites.site import Settings as SiteSettings
    from qiantai_tui.sites.site import Site

    handbook = Handbook(people={"desk1": Person("desk1", "前台", ("desk",))})
    site = Site(folder, Bilingual("a", "a"), Desk(handbook, clock=lambda: NOON), {}, load_plugins(), SiteSettings())
    for place in range(4):
        assert isinstance(agree(site, "desk1", DRAFT, topic=f"{name}-{place}", text="话"), Deed)
        agree(site, "desk1", DRAFT, topic="both", text=name)


def test_two_desks_at_once_lose_nothing_and_never_have_two_drafts_of_one_answer(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    desks = [context.Process(target=draft_some, args=(tmp_path, name)) for name in ("a", "b")]
    for each in desks:
        each.start()
    for each in desks:
        each.join(60)
        assert each.exitcode == 0
    topics = [each.text("topic") for each in read_deeds(FileBooks(tmp_path))]
    assert sorted(topics) == sorted([*(f"{name}-{place}" for name in "ab" for place in range(4)), "both"])


def test_a_backup_carries_it_and_a_restore_brings_it_back(site: Path, tmp_path: Path) -> None:
    back_up(site, NOON)
    approved(site)
    made = back_up(site, NOON + timedelta(minutes=1), only_changed=True)
    assert made.new, "a deed is something new to back up"
    export = open_export(Path(made.good.file), Sealing())
    assert export.files()[FILE].count("\n") == 3
    restored = tmp_path / "restored"
    take_in(export, restored)
    assert read_deeds(FileBooks(restored)) == read_deeds(FileBooks(site))
    assert in_force(restored) == TEXT


def test_every_deed_says_who_did_it_and_when(site: Path) -> None:
    approved(site)
    rows = [json.loads(each) for each in (site / FILE).read_text(encoding="utf-8").split("\n")[:-1]]
    assert [(each["by"], each["at"], each["name"]) for each in rows] == [
        ("desk1", NOON.isoformat(), DRAFT),
        ("desk1", NOON.isoformat(), SUBMIT),
        ("head", NOON.isoformat(), APPROVE),
    ]
