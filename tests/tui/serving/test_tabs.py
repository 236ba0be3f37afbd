"""A tab of a served desk: what it is given, what ends it, and that nothing is left of it when it is over."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta

import pytest

from qiantai_tui.serving import server, tab
from qiantai_tui.serving.door import VISIT_GOOD_FOR
from tests.tui.serving.served import Browser, Served, alive, served, until
from tests.tui.waiting import LONGEST

GOOD = "four dry lamps agree"


async def test_a_desk_is_given_what_it_needs_of_the_environment_and_no_more(
    in_: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A_SECRET", "xyzzy")
    monkeypatch.setenv("QIANTAI_SERVE_PASSWORD", GOOD)
    monkeypatch.setenv("PGPASSWORD", "for the store")
    given = (await (await in_.sit(width=101, height=33)).begun())["environment"]
    assert given["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert given["TEXTUAL_DRIVER"] == "qiantai_tui.serving.tab_driver:TabDriver"
    assert (given["COLUMNS"], given["ROWS"]) == ("101", "33")
    assert given["PGPASSWORD"] == "for the store"
    assert not {"A_SECRET", "QIANTAI_SERVE_PASSWORD"} & set(given)


async def test_keys_and_sizes_reach_the_desk(in_: Browser) -> None:
    sat = await in_.sit(width="x", height=10**9)
    given = (await sat.begun())["environment"]
    assert (given["COLUMNS"], given["ROWS"]) == ("80", "24")
    await sat.type("1-2-301 漏水 \ud800")
    await sat.see("1-2-301 漏水 ?")
    await sat.send("resize", {"width": 10**6, "height": -4})
    await sat.see(f"[{tab.WIDEST}, 1]")
    await sat.send("ping", "12")
    assert await sat.hear() == ["pong", "12"]


@pytest.mark.parametrize(
    "sent", ["{", "[]", '["stdin"]', '["stdin", 5]', '["quit"]', '"stdin"', "[" * 50_000, '["deliver", "k1"]']
)
async def test_what_no_page_of_ours_sends_ends_the_tab(sent: str, here: Served, in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await sat.socket.send_str(sent)
    await sat.end()
    assert sat.socket.close_code == 1003
    await until(lambda: not alive(pid))
    assert sent not in str(here.notes)


async def test_a_message_beyond_the_bound_ends_the_tab(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await sat.type("x" * server.MESSAGE)
    await sat.end()
    assert sat.socket.close_code == 1009
    await until(lambda: not alive(pid))


async def test_what_comes_too_fast_waits_and_none_of_it_is_lost(in_: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def slept(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(server, "sleep", slept)
    sat = await in_.sit()
    await sat.begun()
    many = int(server.AT_ONCE) + 50
    for number in range(many):
        await sat.type(f"{number};")
    drawn = await sat.see(f'"{many - 1};"')
    assert [int(each) for each in re.findall(r'"(\d+);"', drawn)] == list(range(many))
    assert waited[0] == 0
    assert max(waited) > 0


async def test_of_one_desk_too_many_the_last_is_told_and_a_place_that_is_free_is_had(
    here: Served, in_: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await in_.sit()
    await first.begun()
    monkeypatch.setattr(server, "PATIENCE", 0.1)
    second = await in_.sit()
    told = await second.end()
    assert "同时最多开 1 个" in told
    assert second.socket.close_code == 1013
    monkeypatch.undo()
    third = asyncio.create_task(in_.sit())
    await first.socket.close()
    assert (await (await third).begun())["pid"]
    assert here.server.terms.desks == 1


async def test_who_left_while_waiting_for_a_place_is_given_no_desk(here: Served, in_: Browser) -> None:
    """As a page that is reloaded twice in a hurry."""
    first = await in_.sit()
    await first.begun()
    hasty = here.browser()
    await hasty.enter()
    await hasty.sit()
    await hasty.session.close()
    third = await in_.sit()
    await first.socket.close()
    await third.begun()
    assert [each.zh for each in here.notes if "打开" in each.zh] == ["打开一个标签页(来客 1)"] * 2


async def test_two_desks_are_apart() -> None:
    async with served(desks=2) as here:
        browser = here.browser()
        await browser.enter()
        one, other = await browser.sit(), await browser.sit()
        pids = {(await each.begun())["pid"] for each in (one, other)}
        assert len(pids) == 2
        await one.type("only here")
        await one.see("only here")
        await other.type("and there")
        assert "only here" not in await other.see("and there")


async def test_a_tab_that_is_closed_ends_its_desk(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    assert alive(pid)
    await sat.socket.close()
    await until(lambda: not alive(pid))


async def test_a_browser_that_vanishes_ends_its_desk(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await in_.session.close()
    await until(lambda: not alive(pid))


@pytest.mark.parametrize("how", ["left alone", "stopped"])
async def test_a_browser_that_takes_nothing_is_cut_off(how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its desk nor the end of the server waits for it."""
    monkeypatch.setattr(tab, "PATIENCE", 0.3 if how == "left alone" else 3600.0)
    monkeypatch.setattr(tab, "LAST_WORD", 0.2)
    async with served() as here:
        browser = here.browser()
        await browser.enter()
        sat = await browser.sit()
        pid = (await sat.begun())["pid"]
        await sat.type("flood")
        await sat.see("x" * 1000)
        if how == "stopped":
            await asyncio.sleep(0.5)  # until what lies between them is full; else this sees less
            await asyncio.wait_for(here.server.on_shutdown(None), LONGEST)  # type: ignore[arg-type]
        await until(lambda: not alive(pid))


async def test_a_desk_that_will_not_end_is_killed(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await sat.type("stay")
    await sat.see("staying")
    await sat.socket.close()
    await until(lambda: not alive(pid))


async def test_a_server_that_stops_leaves_no_desk() -> None:
    async with served(desks=3) as here:
        browser = here.browser()
        await browser.enter()
        sats = [await browser.sit() for _ in range(3)]
        pids = [(await each.begun())["pid"] for each in sats]
        ends = [asyncio.create_task(each.end()) for each in sats]
        await here.server.on_shutdown(None)  # type: ignore[arg-type]
        assert not any(map(alive, pids))
        assert all("服务器停了" in each for each in await asyncio.gather(*ends))


async def test_an_untouched_tab_ends_with_a_word() -> None:
    async with served(idle=timedelta(seconds=0.3)) as here:
        browser = here.browser()
        await browser.enter()
        sat = await browser.sit()
        pid = (await sat.begun())["pid"]
        assert "没人动" in await sat.end()
        await until(lambda: not alive(pid))


async def test_a_visit_that_is_over_ends_its_tabs(here: Served, in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    here.clock.at += VISIT_GOOD_FOR
    await sat.send("focus")
    assert "十二小时" in await sat.end()
    await until(lambda: not alive(pid))
    assert (await in_.get("/"))[0] == 401


async def test_a_desk_that_ends_ends_its_tab(in_: Browser) -> None:
    sat = await in_.sit()
    await sat.begun()
    await sat.type("end 0")
    assert "可行" not in await sat.end()


@pytest.mark.parametrize(
    ("typed", "told", "hidden"),
    [
        ("end 4", "一次只能开一个", "xx"),
        ("fail site.toml: 没有 nmae 这一项", "没有 nmae", "xx"),
        ("fail \x1b]52;c;xx\x07", "]52;c;xx", "\x1b]52"),
        ("raise 王岚 13800001234", "qiantai doctor", "13800001234"),
    ],
)
async def test_a_desk_that_fails_says_why_and_shows_no_traceback(
    typed: str, told: str, hidden: str, here: Served, in_: Browser
) -> None:
    sat = await in_.sit()
    await sat.begun()
    await sat.type(typed)
    drawn = await sat.end()
    assert told in drawn
    assert hidden not in drawn
    assert "Traceback" not in drawn
    assert not any(each in str(here.notes) for each in ("nmae", "13800001234", "52;c"))


async def test_a_command_that_is_not_there_is_told() -> None:
    async with served(command=("/nowhere/qiantai",)) as here:
        browser = here.browser()
        await browser.enter()
        assert "qiantai doctor" in await (await browser.sit()).end()


async def test_a_desk_opens_no_page(in_: Browser) -> None:
    sat = await in_.sit()
    await sat.begun()
    await sat.type("open http://evil.example")
    await sat.type("still here")
    await sat.see("still here")
    assert sat.told == []


async def test_the_log_has_nothing_of_what_was_said(here: Served, in_: Browser) -> None:
    link = in_.link()
    await here.browser().get(link)
    sat = await in_.sit()
    environment = await sat.begun()
    await sat.type("1-2-301 王岚 13800001234")
    await sat.see("13800001234")
    await sat.type("offer 王岚.html")
    await sat.hear()
    await sat.socket.close()
    await until(lambda: not alive(environment["pid"]))
    told = json.dumps([[each.zh, each.en] for each in here.notes], ensure_ascii=False)
    assert here.notes
    assert not any(each in told for each in ("王岚", "13800001234", "token", link.rpartition("=")[2]))
    assert "来客 1" in told
