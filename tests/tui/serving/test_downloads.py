"""Files that a desk hands to its browser: whole, once, and to no other."""

from __future__ import annotations

import pytest
from aiohttp import ClientPayloadError

from tests.tui.serving.a_desk import FILE
from tests.tui.serving.served import Browser, Served, alive, served, until


async def test_a_file_is_handed_over_whole_and_once(in_: Browser) -> None:
    sat = await in_.sit()
    await sat.begun()
    await sat.type("offer 复制件 1-2-301.html")
    assert await sat.hear() == ["deliver_file_start", "k1"]
    answer = await in_.answer("/download/k1")
    assert await answer.read() == FILE
    assert answer.headers["Content-Type"] == "application/octet-stream", "no browser shows it as a page of ours"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E5%A4%8D%E5%88%B6%E4%BB%B6%201-2-301.html"
    )
    assert (await in_.get("/download/k1"))[0] == 404


async def test_a_file_is_for_the_browser_it_was_made_for(here: Served, in_: Browser) -> None:
    sat = await in_.sit()
    await sat.begun()
    await sat.type("offer copy.html")
    await sat.hear()
    other = here.browser()
    await other.enter()
    assert (await other.get("/download/k1"))[0] == 404
    assert await (await in_.answer("/download/k1")).read() == FILE


async def test_a_file_that_was_cut_is_not_taken_for_whole() -> None:
    async with served("cut") as here:
        browser = here.browser()
        await browser.enter()
        sat = await browser.sit()
        await sat.begun()
        await sat.type("offer copy.html")
        await sat.hear()
        with pytest.raises(ClientPayloadError):
            await (await browser.answer("/download/k1")).read()


async def test_a_file_that_nobody_waits_for_any_more_is_let_go() -> None:
    """The browser breaks it off; its desk goes on, and it was no error."""
    async with served("endless") as here:
        browser = here.browser()
        await browser.enter()
        sat = await browser.sit()
        await sat.begun()
        await sat.type("offer copy.html")
        await sat.hear()
        answer = await browser.answer("/download/k1")
        await answer.content.readany()
        answer.close()
        await until(lambda: any("没有送完" in each.zh for each in here.notes), lambda: here.notes)
        assert not [each for each in here.notes if "出错" in each.zh]
        assert (await browser.get("/download/k1"))[0] == 404
        await sat.type("still here")
        await sat.see("still here")


async def test_what_a_desk_offered_goes_with_it(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await sat.type("offer copy.html")
    await sat.hear()
    await sat.socket.close()
    await until(lambda: not alive(pid))
    assert (await in_.get("/download/k1"))[0] == 404
