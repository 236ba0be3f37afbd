"""What a trainer writes is kept: after a crash, beside what somebody else writes, and never over what comes along."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qiantai_scenarios.making.checking import checked
from qiantai_tui.writing import screen
from qiantai_tui.writing.opening import to_edit, writable
from qiantai_tui.writing.shelf import draft_file, earlier
from tests.tui.waiting import until
from tests.tui.writing_driver import leak, writing


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks it as soon as it is written."""
    monkeypatch.setattr(screen, "_LOOK_AFTER", 0.01)


async def test_what_is_not_saved_outlives_the_program_and_is_asked_about_at_leaving(tmp_path: Path) -> None:
    file = leak(tmp_path)
    before = file.read_text(encoding="utf-8")
    async with writing(file) as trainer:
        await trainer.press("f6")
        await trainer.write("王女士", "赵奶奶")
    assert draft_file(file).exists()
    async with writing(file, looked=False) as trainer:
        await until(trainer.pilot, lambda: "已放回" in trainer.screen)
        assert "赵奶奶" in trainer.text
        assert trainer.saved == before
        await trainer.press("escape")
        assert "改过的还没有保存" in trainer.screen
        await trainer.press("3")
        assert trainer.writing.is_current
        await trainer.press("escape", "1")
    assert "赵奶奶" in file.read_text(encoding="utf-8")
    assert earlier(file).read_text(encoding="utf-8") == before
    assert not draft_file(file).exists()


async def test_changes_can_be_let_go_of(tmp_path: Path) -> None:
    file = leak(tmp_path)
    before = file.read_text(encoding="utf-8")
    async with writing(file) as trainer:
        await trainer.press("f6")
        await trainer.write("王女士", "赵奶奶")
        await trainer.press("escape", "2")
    assert (file.read_text(encoding="utf-8"), draft_file(file).exists()) == (before, False)


async def test_a_file_that_somebody_else_writes_is_noticed(tmp_path: Path) -> None:
    file = leak(tmp_path)
    theirs = file.read_text(encoding="utf-8").replace("王女士", "钱先生")
    async with writing(file) as trainer:
        file.write_text(theirs, encoding="utf-8")
        trainer.writing.look_at_the_file()
        await trainer.pilot.pause()
        assert "已换成新的" in trainer.screen
        await trainer.looked()
        assert trainer.text == theirs
        await trainer.press("f6")
        await trainer.write("钱先生", "赵奶奶")
        mine = trainer.text
        file.write_text(theirs.replace("钱先生", "孙先生"), encoding="utf-8")
        trainer.writing.look_at_the_file()
        await trainer.pilot.pause()
        assert "保存时会先问您" in trainer.screen
        await trainer.press("f10")
        assert "文件被别人改过,怎么办?" in trainer.screen
        await trainer.press("1")
        assert trainer.saved == mine
        assert "孙先生" in earlier(file).read_text(encoding="utf-8")


def test_one_that_comes_along_or_cannot_be_written_is_copied_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, said = to_edit(tmp_path, "first-dripping-tap")
    assert file == tmp_path / "rehearsals" / "my-first-dripping-tap.toml"
    assert said is not None
    assert checked(file.read_text(encoding="utf-8"), file.name).findings == ()
    assert to_edit(tmp_path, "my-first-dripping-tap") == (file, None)
    other = leak(tmp_path, "closed")
    monkeypatch.setattr(os, "access", lambda path, _: path != other)
    copy, said = writable(tmp_path, other)
    assert copy == tmp_path / "rehearsals" / "my-closed.toml"
    assert said is not None
