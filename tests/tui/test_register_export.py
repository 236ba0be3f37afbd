"""The register taken away from its screen: of which days, what for, masked, on record, and by whom it may be."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

from qiantai_tui.dialogs.refusal import RefusalDialog
from qiantai_tui.dialogs.register_export import RegisterExportForm
from qiantai_tui.register_list import COLUMNS
from qiantai_tui.screens.register import RegisterScreen
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.waiting import until


async def exporting(desk: Driver) -> RegisterExportForm:
    await desk.press("f7", "ctrl+e")
    assert isinstance(desk.app.screen, RegisterExportForm)
    return desk.app.screen


async def days(desk: Driver, first: str, last: str) -> None:
    """Puts other days into the form."""
    for name, text in (("first", first), ("last", last)):
        row = desk.app.screen.row(name)  # type: ignore[attr-defined]
        row.load(text)
    await desk.pilot.pause()


async def test_the_day_shown_is_written_masked_for_its_owner_alone_and_on_record(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        number = desk.receive(kind="repair", household="1-2-301", summary="=漏水,回电 13812345678", name="王敏")
        await exporting(desk)
        await desk.press("enter")
        assert list(tmp_path.rglob("*.csv")) == [], "not without a purpose"
        assert "这一项要填" in desk.screen
        await desk.type("月度检查")
        await desk.press("enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, RegisterScreen))
        [file] = tmp_path.rglob("*.csv")
        text = file.read_text(encoding="utf-8-sig")
        head, row = csv.reader(text.splitlines())
        assert head == [zh for zh, _ in COLUMNS]
        assert (row[0], row[1], row[5], row[9]) == (number, "2026-11-23", "王*", "'=漏水,回电 138****5678")
        assert "王敏" not in text
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert [(each.by, each.what, each.which, each.why) for each in desk.app.desk.store.looks()] == [
            ("li", "export", "register 2026-11-23..2026-11-23 1", "月度检查")
        ]
        assert any(each.message.startswith(f"登记表 1 件已写好:{file}") for each in desk.app._notifications)


async def test_other_days_are_read_as_days_that_were(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        desk.receive(kind="repair", household="1-2-301", summary="漏水")
        await desk.go(days=1)
        desk.receive(kind="repair", household="1-2-301", summary="灯不亮")
        await exporting(desk)
        await days(desk, "今天", "11-23")
        await desk.type("核对")
        await desk.press("enter")
        assert "比起始那天还早" in desk.screen
        await days(desk, "昨天", "2026-11-24")
        await desk.press("enter")
        await until(desk.pilot, lambda: isinstance(desk.app.screen, RegisterScreen))
        [file] = tmp_path.rglob("*.csv")
        assert [each[1] for each in csv.reader(file.read_text(encoding="utf-8-sig").splitlines())][1:] == [
            "2026-11-23",
            "2026-11-24",
        ]


async def test_where_nothing_was_taken_in_nothing_is_written_or_recorded(tmp_path: Path) -> None:
    async with at_the_desk(folder=tmp_path) as desk:
        await exporting(desk)
        await desk.type("月度检查")
        await desk.press("enter")
        await until(desk.pilot, lambda: "这些天没有登记" in desk.screen)
        assert isinstance(desk.app.screen, RegisterExportForm)
        assert list(tmp_path.rglob("*.csv")) == []
        assert list(desk.app.desk.store.looks()) == []


async def test_who_may_not_have_it_whole_is_refused_by_the_clause() -> None:
    async with at_the_desk("sun") as desk:
        await desk.press("f7", "ctrl+e")
        assert isinstance(desk.app.screen, RefusalDialog)
        assert "M-3.4c" in desk.screen
