"""Backups beside an open desk: begun when one is due, never waited for, and told of once where they fail."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from qiantai.words import Bilingual
from qiantai_tui.backups.automatic import Automatic, begin
from qiantai_tui.backups.making import back_up, shelf_folder
from qiantai_tui.backups.record import RECORD, Record, keep_record, read_record
from qiantai_tui.doctor.backups import about_backups
from qiantai_tui.doctor.finding import State
from qiantai_tui.sites.site import Settings, read_settings
from tests.tui.estate import Clock, estate
from tests.tui.screens_text import screen_text
from tests.tui.sites import NOON, a_site, another_case


class Process:
    """A backup that ends when it is told to."""

    def __init__(self, said: bytes = b"") -> None:
        self.returncode: int | None = None
        self.stdout = BytesIO(said)

    def poll(self) -> int | None:
        return self.returncode


class Begun:
    """Keeps the backups that were begun."""

    def __init__(self) -> None:
        self.several: list[Process] = []

    def __call__(self, site: Path, language: str) -> Any:  # noqa: ARG002
        self.several.append(Process())
        return self.several[-1]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return a_site(tmp_path / "site")


def automatic(site: Path, clock: Clock) -> tuple[Automatic, Begun]:
    begun = Begun()
    return Automatic(site, clock, "zh", begun), begun


def test_one_is_due_where_none_of_today_is_good(site: Path) -> None:
    clock = Clock(NOON)
    made, _ = automatic(site, clock)
    assert made.due()
    back_up(site, NOON)
    assert not made.due()
    clock.on(hours=11, minutes=59)
    assert not made.due()
    clock.on(minutes=1)
    assert made.due(), "a new local day"
    back_up(site, clock(), only_changed=True)
    assert not made.due(), "what the last one holds is still all there is"
    for each in shelf_folder(site, read_settings(site)).iterdir():
        each.unlink()
    assert made.due()


@pytest.mark.parametrize("text", ["", "[]", "1", '{"good": []}', '{"good": "x"}', '{"failed": {}}', "[" * 100_000])
def test_a_record_that_cannot_be_read_says_nothing_and_one_is_due(text: str, site: Path) -> None:
    back_up(site, NOON)
    (site / RECORD).write_text(text, encoding="utf-8")
    assert read_record(site) == Record()
    assert automatic(site, Clock(NOON))[0].due()


def test_one_that_failed_is_tried_again_after_an_hour(site: Path) -> None:
    clock = Clock(NOON)
    made, begun = automatic(site, clock)
    made.begin()
    assert not made.due(), "it is being made"
    assert made.ended() is None
    begun.several[0].returncode = 1
    keep_record(site, Record(failed=NOON, why=Bilingual("盘满了", "the disk is full")))
    ended = made.ended()
    assert ended is not None
    assert ended.why is not None
    assert ended.why.zh == "盘满了"
    assert made.ended() is None, "told once"
    assert not made.due()
    clock.on(hours=1)
    assert made.due()


def test_closing_begins_one_where_anything_changed(site: Path) -> None:
    back_up(site, NOON)
    made, begun = automatic(site, Clock(NOON))
    made.close()
    assert begun.several == []
    made.changed = True
    made.close()
    assert len(begun.several) == 1


def test_the_process_makes_a_backup_by_itself(site: Path) -> None:
    process = begin(site, "zh")
    assert process.wait(120) == 0
    assert process.stdout is not None
    process.stdout.close()
    good = read_record(site).good
    assert good is not None
    assert Path(good.file).is_file()


async def test_the_desk_tells_a_failure_once_and_goes_on(noon: datetime, tmp_path: Path) -> None:
    made = estate(noon)
    made_by, begun = automatic(tmp_path, made.clock)
    app = made.app(tmp_path)
    from qiantai_tui.backups.beside import Backing

    app.backing = Backing(app, made_by)
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await pilot.pause()
        app.backing.look()
        assert len(begun.several) == 1
        begun.several[0].returncode = 1
        keep_record(tmp_path, Record(failed=noon, why=Bilingual("盘满了", "the disk is full")))
        app.backing.look()
        await pilot.pause()
        shown = screen_text(app)
        assert "备份没有做成" in shown
        assert "盘满了" in shown
        assert "还没有一份备份" in shown
        app.clear_notifications()
        made.clock.on(hours=1)
        app.backing.look()
        begun.several[1].returncode = 1
        app.backing.look()
        await pilot.pause()
        assert "备份没有做成" not in screen_text(app), "it is told once"
        app.carry_out(None, "receive", kind="repair", channel="phone", summary="漏水", emergency=False)
        assert made_by.changed


def test_the_doctor_says_how_old_the_backup_is_and_where(site: Path) -> None:
    settings = Settings()
    today = NOON.date()
    assert about_backups(site, settings, today).said.zh == "还没有一份备份"
    made = back_up(site, NOON)
    found = about_backups(site, settings, today)
    assert found.state is State.ATTENTION
    assert "同一个盘" in found.said.zh
    assert made.good.file in found.said.zh
    assert "backup_to" in found.would_do.zh
    assert "超过一天" in about_backups(site, settings, today + timedelta(days=2)).said.zh
    keep_record(site, Record(made.good, NOON, Bilingual("盘满了", "the disk is full")))
    assert "盘满了" in about_backups(site, settings, today).said.zh
    keep_record(site, Record(made.good))
    Path(made.good.file).unlink()
    assert "不在原处" in about_backups(site, settings, today).said.zh


def test_on_another_disk_it_is_well(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(site, NOON)
    another_case(site, NOON)
    monkeypatch.setattr("qiantai_tui.doctor.backups.same_disk", lambda *_: False)
    assert about_backups(site, Settings(), NOON.date()).state is State.FINE
