"""Find with nothing typed over some hundreds of closed cases."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import timedelta
from pathlib import Path

from qiantai import Store
from qiantai.store import Damaged
from qiantai.testing.happenings import NINE, closed, received
from qiantai.words import Bilingual
from qiantai_tinydb import open_store
from qiantai_tui.dialogs.choose import ChooseDialog
from qiantai_tui.screens.find import FindScreen
from qiantai_tui.text.words import Language
from qiantai_tui.widgets.closed_table import ClosedTable
from tests.tui.desk_driver import Clock, Driver, at_the_desk
from tests.tui.waiting import until

COUNT = 1_200


def number_of(n: int) -> str:
    return f"BX-{_at(n):%Y%m%d}-{n + 1:04}"


def _at(n: int) -> object:
    return NINE - timedelta(hours=n)


def filled(store: Store, count: int = COUNT) -> Store:
    """So many closed cases, one an hour back from the morning; `number_of(0)` came last."""
    for n in range(count):
        at = NINE - timedelta(hours=n)
        number = number_of(n)
        store.append([received(number, at, summary="水管漏水" if n % 10 == 3 else "灯不亮"), closed(number, 1, at)])
    return store


@asynccontextmanager
async def at_find(
    store: Store, person: str = "li", size: tuple[int, int] = (120, 36), language: Language = "zh"
) -> AsyncIterator[Driver]:
    clock = Clock(NINE + timedelta(minutes=31))
    async with at_the_desk(person, store=store, clock=clock, size=size, language=language) as desk:
        await desk.press("f3")
        await rested(desk)
        yield desk


async def rested(desk: Driver) -> None:
    await until(desk.pilot, lambda: isinstance(desk.app.screen, FindScreen) and not desk.app.screen.searching)


def table(desk: Driver) -> ClosedTable:
    return desk.app.screen.query_one("#cases", ClosedTable)


async def narrowed(desk: Driver, key: str, value: str) -> None:
    await desk.press(key)
    dialog = desk.app.screen
    assert isinstance(dialog, ChooseDialog)
    dialog.dismiss(value)
    await desk.pilot.pause()
    await rested(desk)


async def months(desk: Driver) -> list[str]:
    await desk.press("f6")
    dialog = desk.app.screen
    assert isinstance(dialog, ChooseDialog)
    return [each.value for each in dialog._items]


def damaged(*_: object) -> int:
    raise Damaged(Bilingual("第 7 行损坏", "line 7 is damaged"))


@contextmanager
def archived(site: Path) -> Iterator[tuple[Store, Path]]:
    """A store with filed cases of two months, and the file of the earlier one."""
    with closing(open_store(site)) as store:
        filled(store, COUNT // 2)
    with closing(open_store(site)) as store:
        yield store, site / "archive" / "2026-10.json"


def spoilt(path: Path, word: bytes, other: bytes) -> None:
    whole = path.read_bytes()
    at = whole.rindex(word)
    path.write_bytes(whole[:at] + other + whole[at + len(word) :])
