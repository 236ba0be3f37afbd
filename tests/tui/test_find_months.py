"""The months that what is closed may be narrowed to."""

from __future__ import annotations

from pathlib import Path

import pytest

from qiantai import MemoryStore
from qiantai.projections.months import up_to
from qiantai.testing.happenings import NINE, closed, received
from qiantai_tui.screens.queue import QueueScreen
from tests.tui.closed_list import (
    COUNT,
    archived,
    at_find,
    damaged,
    filled,
    months,
    narrowed,
    number_of,
    rested,
    table,
)


async def test_a_month_alone_is_the_way_to_its_cases_among_all() -> None:
    async with at_find(filled(MemoryStore())) as desk:
        rows, october = table(desk), [n for n in range(COUNT) if "202610" in number_of(n)]
        await narrowed(desk, "f6", "2026-10")
        assert "只看 2026-10" in desk.screen
        assert f"已办结 {len(october)}" in desk.screen
        rows.focus()
        await desk.press("end")
        assert rows.key == number_of(october[-1])
        await desk.press("escape")
        assert "已办结 1,200" in desk.screen
        assert (rows.cursor, rows.key) == (october[-1], number_of(october[-1]))
        await desk.press("escape")
        assert isinstance(desk.app.screen, QueueScreen)
        await desk.press("f3")
        await rested(desk)
        assert rows.cursor == october[-1]


async def test_the_months_go_back_to_the_first_that_has_a_case(monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(MemoryStore(), 3)
    async with at_find(store) as desk:
        assert await months(desk) == ["", "2026-11"]
        await desk.press("escape")
        first = NINE.replace(year=2021, month=2)
        store.append([received("BX-20210223-001", first)])
        assert await months(desk) == ["", *reversed(up_to("2026-11", 70))]
        await desk.press("escape")
        store.append([closed("BX-20210223-001", 1, first)])
        assert (await months(desk))[-1] == "2021-02"
        await desk.press("escape")
        monkeypatch.setattr(MemoryStore, "closed_count", damaged)
        assert (await months(desk))[-1] == "2023-12"
    async with at_find(store, "sun") as desk:
        assert (await months(desk))[-1] == "2023-12"


async def test_where_a_month_cannot_be_counted_the_others_can_be_chosen(tmp_path: Path) -> None:
    with archived(tmp_path) as (store, path):
        path.write_bytes(path.read_bytes().replace(b'"cases": ', b'"cases": 1'))
        async with at_find(store) as desk:
            assert "2026-10.json" in str([*desk.app._notifications][-1].message)
            await narrowed(desk, "f6", "2026-11")
            november = sum("202611" in number_of(n) for n in range(COUNT // 2))
            assert f"已办结 {november}" in desk.screen
            assert number_of(0) in desk.screen
