"""A page that is left, reloaded, asleep, or whose server was stopped and is there again: it goes on, or says how."""

from __future__ import annotations

import signal
from functools import partial

import pytest

from qiantai_tui.serving import server
from tests.tui.serving.chromium import Chromium, Page
from tests.tui.serving.conftest import at_the_desk
from tests.tui.serving.served import alive, served, until

ENDED = "document.body.classList.contains('-closed') && document.activeElement.id === 'again'"


def pid(page: Page) -> int:
    """The process of the page's desk."""
    return int(page.drawn.text.partition('"pid": ')[2].partition(",")[0])


async def test_a_reloaded_page_and_one_that_is_come_back_to_need_no_new_link(chromium: Chromium) -> None:
    """Each time the desk before has ended."""
    async with served() as here:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await page.see('"pid"')
        first = pid(page)
        await page.ask("Page.reload")
        await until(lambda: not alive(first))
        await page.until(lambda: '"pid"' in page.drawn.text and pid(page) != first)
        second = pid(page)
        history = await page.ask("Page.getNavigationHistory")
        at = history["currentIndex"]
        assert "token" not in str([each["url"] for each in history["entries"]]), (
            "the link is not kept in the browser's history"
        )
        await page.ask("Page.navigateToHistoryEntry", entryId=history["entries"][at - 1]["id"])
        await until(lambda: not alive(second))
        await page.ask("Page.navigateToHistoryEntry", entryId=history["entries"][at]["id"])
        await page.until(lambda: '"pid"' in page.drawn.text and pid(page) != second)


async def test_what_was_half_written_is_offered_again_after_a_reload(desk: Page) -> None:
    await desk.press("F2")
    await desk.in_a_field()
    await desk.type("1-2-301 漏水")
    await desk.see("│ 1-2-301 漏水  ")
    await desk.ask("Page.reload")
    await at_the_desk(desk)
    await desk.see("│ 1-2-301 漏水  ")


async def test_a_server_that_was_stopped_and_started_again_asks_for_a_new_link(chromium: Chromium) -> None:
    page = await chromium.tab()
    async with served() as here:
        link = here.browser().link()
        await page.go(link)
        await page.see('"pid"')
        left = here.browser().link()
    await page.see("服务器停了,写到一半的登记都留着")
    await page.until(lambda: page.value(ENDED))
    await page.press("Enter")
    await page.until(lambda: page.value("document.querySelector('.ended').innerText.includes('连不上前台的服务器')"))
    async with served(port=int(here.address.rpartition(":")[2])) as again:
        assert again.address == here.address
        await page.press("Enter")
        await page.until(lambda: page.value("document.body.innerText.includes('按回车,会打印一个新链接')"))
        for each in (link, left):
            await page.go(each)
            assert "用过了,或已过期" in await page.value("document.body.innerText")
        await page.go(again.browser().link())
        await page.see('"pid"')


async def test_after_a_sleep_the_page_says_that_its_desk_has_ended(
    chromium: Chromium, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole machine with the browser is silent: nothing is answered, and nothing is closed."""
    monkeypatch.setattr(server, "HEARTBEAT", 0.4)
    async with served() as here:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await page.see('"pid"')
        chromium.signal(signal.SIGSTOP)
        try:
            await until(lambda: not alive(pid(page)))
        finally:
            chromium.signal(signal.SIGCONT)
        before = pid(page)
        await page.until(lambda: page.value(ENDED))
        assert "前台已结束" in await page.value("document.querySelector('.ended').innerText")
        await page.press("Enter")
        await page.until(lambda: '"pid"' in page.drawn.text and pid(page) != before)


async def test_of_two_tabs_each_has_its_own_desk_and_one_goes_on_without_the_other(chromium: Chromium) -> None:
    async with served(desks=2) as here:
        one, other = await chromium.tab(), await chromium.tab()
        await one.go(here.browser().link())
        await one.see('"pid"')
        await other.go(here.address)
        await other.see('"pid"')
        await one.type("only here")
        await one.see("only here")
        await one.ask("Page.close")
        await until(lambda: not alive(pid(one)))
        await other.type("and there")
        await other.see("and there")
        assert "only here" not in other.drawn.text


@pytest.mark.parametrize("zoom", [1.0, 2.0])
async def test_rows_and_columns_follow_the_window_and_the_zoom(zoom: float, chromium: Chromium) -> None:
    """A browser that shows everything twice as large has half the pixels for the page."""
    async with served() as here:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await page.see('"pid"')
        for width, height in ((1200, 800), (700, 500), (1600, 900)):
            seen = {"width": int(width / zoom), "height": int(height / zoom), "deviceScaleFactor": zoom}
            await page.ask("Emulation.setDeviceMetricsOverride", mobile=False, **seen)
            await page.until(partial(fits, page, **seen))


async def fits(page: Page, width: float, height: float, **_beside: float) -> bool:
    """Whether the desk has as many cells as go into the page: none is cut, and not many more would go in."""
    _, _, wide, high = await page.terminal()
    whole = width - 30 < wide <= width and height - 30 < high <= height
    return whole and page.drawn.text.endswith(str(list(page.cells)))
