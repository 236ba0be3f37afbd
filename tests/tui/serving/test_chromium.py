"""The served desk in a real browser: what a clerk does there, and what the browser of a wrong-doer is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from qiantai_tui.serving import pages, server
from qiantai_tui.serving.running import command_of
from qiantai_tui.sites.demo import make_demo
from qiantai_tui.sites.site import open_site
from tests.tui.serving.chromium import Chromium, Page, browsing, program
from tests.tui.serving.served import Served, served

AWAY = pages.AWAY.zh[:7]
NO_BOUND = {"downloadThroughput": -1, "uploadThroughput": -1}
PIN = "fox under stairs"
HOME = "4-2-302"
SIGNS = "●○▲→…·✓✗—“”"
"""What a Chinese font draws two cells wide, and a terminal in one."""


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Served]:
    """The demo estate, where people sign in, served."""
    site = make_demo(tmp_path / "demo")
    (site / "settings.toml").write_text("sign_in = true\n", encoding="utf-8")
    with open_site(site) as opened:
        opened.pins.choose(opened.desk.handbook.people["lin"], PIN)
    async with served(command=command_of(site, "zh", tmp_path / "config.toml")) as found:
        yield found


async def signed_in(page: Page) -> None:
    await page.see("登录 · 阳光花园")
    await page.in_a_field()
    await page.type("林晓")
    await page.until(lambda: "李静" not in page.drawn.text)
    await page.press("Enter")
    await page.until(lambda: "PIN" in page.drawn.above, lambda: page.drawn.above)
    await page.type(PIN)
    await page.see("•" * len(PIN))
    await page.press("Enter")
    await page.see("快速受理")


async def test_a_clerks_round(here: Served, chromium: Chromium) -> None:
    """Signs in, takes in a case, sees it in the queue, gives a resident's copy, which comes as a file."""
    page = await chromium.tab()
    await page.go(here.browser().link())
    await signed_in(page)
    assert [sign for sign, width in await page.widths(SIGNS) if width > 1.05] == []
    assert [sign for sign, width in await page.widths("漏水,") if width > 2.1] == []
    await page.press("F2")
    await page.in_a_field()
    await page.paste("1-2-301 阳台漏水\x1b[201~\x1b[18~")
    await page.see("→ 1栋2单元301 王*")
    await page.see("1-2-301 阳台漏水[201~[18~")
    for _ in "[201~[18~":
        await page.press("Backspace")
    await page.press("Enter")
    await page.see("受理登记")
    await page.press("Enter")
    await page.see("报修 阳台漏水")
    await page.press("F3")
    await page.see("查找 F3")
    await page.in_a_field()
    await page.type(HOME)
    await page.see("业户 1")
    await page.press("Enter")
    await page.see("C 复制件")
    await page.type("c")
    await page.see("给业户复制件")
    await page.in_a_field()
    await page.type("业主本人,看过身份证")
    await page.see("看过身份证")
    await page.press("Enter")
    await page.until(lambda: [each for each in chromium.files.iterdir() if each.suffix == ".html"])
    (copy,) = chromium.files.iterdir()
    assert copy.name.startswith(HOME)
    text = copy.read_text(encoding="utf-8")
    assert "个人信息复制件" in text
    assert text.endswith("</html>\n"), "it is whole"
    assert [each for each in page.told if "violates" in each or "Error" in each] == []
    asked = [each for each in page.requested if not each.startswith("data:")]
    assert [each for each in asked if not each.startswith(f"{here.address}/")] == [], "nothing from elsewhere"


async def test_without_the_gpu_s_help_it_is_drawn_all_the_same(here: Served, tmp_path: Path) -> None:
    """An old office machine has no WebGL."""
    if program() is None:
        pytest.skip("no Chromium: apt-get install chromium")
    async with browsing(tmp_path, "--disable-gpu", "--disable-3d-apis") as chromium:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await page.see("登录 · 阳光花园")
        await page.until(lambda: page.value("document.querySelector('.xterm-rows')?.innerText.includes('登录')"))
        assert [each for each in page.told if "violates" in each or "Error" in each] == []


async def test_a_server_that_is_gone_is_noticed_and_one_that_is_back_opens_again(
    chromium: Chromium, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection hangs, then the network is away, then it is back."""
    monkeypatch.setattr(pages, "EVERY", 0.2)

    async def deaf(*_: object) -> bool:
        return True

    async with served() as here:
        page = await chromium.tab()
        await page.go(here.browser().link())
        await page.see('"pid"')
        await page.paste("漏" * (pages.MOST_PASTED + 1))
        await page.until(lambda: page.value("!document.querySelector('.told').hidden"))
        monkeypatch.setattr(server, "_handed_on", deaf)
        await page.until(lambda: page.value("document.activeElement.id === 'again'"))
        await page.ask("Network.emulateNetworkConditions", offline=True, latency=0, **NO_BOUND)
        await page.press("Enter")
        await page.until(lambda: page.value(f"document.querySelector('.ended').innerText.includes({AWAY!r})"))
        await page.ask("Network.emulateNetworkConditions", offline=False, latency=0, **NO_BOUND)
        monkeypatch.undo()
        await page.press("Enter")
        await page.until(lambda: page.value("document.body.className.includes('-first-byte')"))
        await page.until(lambda: page.value("!document.body.className.includes('-closed')"))


async def test_a_link_on_another_site_leads_in(chromium: Chromium) -> None:
    """The browser keeps the cookie back from what another site led to, and shows it to a page of the desk's own."""
    page = await chromium.tab()
    async with served() as here, another_page() as address:
        for leads in (here.browser().link(), here.address):
            await page.go(address.replace("127.0.0.1", "localhost"))
            await page.value(f"location.href = '{leads}'")
            await page.see('"pid"')


async def test_what_a_browser_is_refused(here: Served, chromium: Chromium, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a link, with a used one, from another page, and one desk too many; the first goes on meanwhile."""
    monkeypatch.setattr(server, "PATIENCE", 0.3)
    page, other = await chromium.tab(), await chromium.tab()
    link = here.browser().link()
    await page.go(link)
    await page.see("登录 · 阳光花园")
    await other.go(here.address.replace("127.0.0.1", "localhost"))
    assert "qiantai serve" in await other.value("document.body.innerText")
    await other.go(link)
    assert "用过了" in await other.value("document.body.innerText")
    async with another_page() as address:
        await other.go(address)
        assert await other.value(knock(here.address)) == "refused"
        assert await other.value(f"fetch('{here.address}/').then(() => 'had', () => 'refused')") == "refused"
    await other.go(here.address)
    await other.see("同时最多开 1 个")
    await other.until(lambda: other.value("getComputedStyle(document.querySelector('.ended')).display === 'flex'"))
    assert await other.value(knock(here.address)) == "open", "from its own page it is taken, to be told the same"
    await page.in_a_field()
    monkeypatch.undo()
    await page.go(here.address)
    await page.see("李静")


def knock(address: str) -> str:
    """A script that opens a tab's websocket."""
    return (
        f"new Promise(told => {{ const at = new WebSocket('ws{address.removeprefix('http')}/ws');"
        "at.onopen = () => { told('open'); at.close(); }; at.onerror = () => told('refused'); })"
    )


@asynccontextmanager
async def another_page() -> AsyncIterator[str]:
    """A page on another port of this machine: the same site to a cookie, another origin."""

    async def page(_: web.Request) -> web.Response:
        return web.Response(text="<p>", content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", page)])
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()
