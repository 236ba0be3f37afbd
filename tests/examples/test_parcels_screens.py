"""A parcel on the desk's own screens, in both languages: taken in by a line and the form, shelved, handed out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.tui.desk_driver import Driver, at_the_desk
from tests.tui.waiting import gathered, until

from qiantai import MemoryStore
from qiantai.lifecycle import Request
from qiantai.plugins import load_plugins
from qiantai_tui.text.words import Language, speak

Kinds = dict[str, Request]


@pytest.fixture
def kinds(parcels: object) -> Iterator[Kinds]:
    assert parcels
    found, failed = load_plugins().kinds()
    assert failed == ()
    yield dict(found)
    speak("zh")


async def taken_in(desk: Driver) -> str:
    """The number of a parcel that was taken in by the line and the form."""
    await desk.press("f2")
    await desk.type("1-2-301 快递一件")
    await desk.press("enter", "enter")
    await desk.type("顺丰")
    await desk.press("down")
    await desk.type("SF1")
    await desk.press("enter")
    (case,) = desk.app.desk.store.open_cases()
    return case.number


async def test_a_line_that_speaks_of_a_parcel_proposes_one_and_its_form_asks_for_its_own(kinds: Kinds) -> None:
    async with at_the_desk(requests=kinds) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 快递一件")
        assert "· 代收" in desk.screen
        await desk.press("enter")
        assert "快递公司*" in desk.screen
        assert "运单号*" in desk.screen
        assert "外包装破损" not in desk.screen, "what need not be asked waits for F8"
        await desk.press("f8")
        assert "外包装破损" in desk.screen


async def test_the_form_of_another_kind_does_not_ask_for_it(kinds: Kinds) -> None:
    async with at_the_desk(requests=kinds) as desk:
        await desk.press("f2")
        await desk.type("1-2-301 灯不亮")
        await desk.press("enter", "f8")
        assert "受理登记" in desk.screen
        assert "快递公司" not in desk.screen


async def test_from_the_courier_to_the_resident_on_the_screens(kinds: Kinds) -> None:
    async with at_the_desk(requests=kinds) as desk:
        number = await taken_in(desk)
        assert number == "KD-20261123-001"
        assert "通知取件    00:05:00 09:36  parcels:2" in desk.screen
        await desk.press("f4", "enter")
        assert "通知取件 · KD-20261123-001" in desk.screen
        assert "parcels:2  代收后立即通知收件人" in desk.screen
        await desk.press("enter")
        assert desk.app.desk.case(number).owes("notify") is False
        await desk.press("f4", "enter")
        assert "上架 · KD-20261123-001" in desk.screen
        await desk.type("A3")
        await desk.press("enter")
        assert desk.app.desk.case(number).state == "kept"
        assert "●待取" in desk.screen
        await desk.press("f4")
        assert "2  交件" in desk.screen
        await desk.press("down", "enter")
        await desk.type("王敏")
        await desk.press("down", "2", "enter")
        assert "没有核对取件人就不能交件" in desk.screen
        assert "parcels:3" in desk.screen
        await desk.press("escape", "1", "enter")
        case = desk.app.desk.case(number)
        assert (case.state, case.text("result"), case.filed) == ("closed", "王敏", ("register", "dossier"))
        assert "已办结归档" in desk.screen


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("代收", "货架号", "已上架,待取", "退回快递公司", "快递公司", "运单号", "通知取件")),
        ("en", ("Parcel", "Shelf", "Shelved", "send it back", "Courier", "Waybill number", "tell the resident")),
    ],
)
async def test_its_words_are_the_desks_language(kinds: Kinds, language: Language, said: tuple[str, ...]) -> None:
    async with at_the_desk(requests=kinds, language=language) as desk:
        parcel = {"kind": "parcel", "household": "1-2-301", "summary": "一件", "courier": "顺丰", "waybill": "SF1"}
        number = desk.receive(**parcel)
        desk.give(number, "keep", "li", shelf="A3")
        await desk.press("enter")
        shown = desk.screen
        assert [each for each in said if each not in shown] == []


async def test_its_commands_are_in_the_palette(kinds: Kinds) -> None:
    async with at_the_desk(requests=kinds) as desk:
        number = await taken_in(desk)
        await desk.press("ctrl+p")
        await gathered(desk.pilot)
        await desk.type("上架")
        await gathered(desk.pilot)
        await desk.press("enter")
        await until(desk.pilot, lambda: f"上架 · {number}" in desk.screen)


async def test_a_parcel_whose_kind_is_gone_stands_on_the_board(kinds: Kinds) -> None:
    store = MemoryStore()
    async with at_the_desk(requests=kinds, store=store) as desk:
        number = desk.receive(kind="parcel", household="1-2-301", summary="一件", courier="顺丰", waybill="SF1")
    async with at_the_desk(store=store) as desk:
        assert number in desk.screen
        await desk.press("enter")
        assert "经过" in desk.screen
        await desk.press("f4")
        assert desk.app.desk.case(number).state == "received"
