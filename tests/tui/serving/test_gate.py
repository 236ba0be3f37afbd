"""What a served desk answers: to whom, with what rules for the browser, and what it says of errors."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Mapping
from http.cookies import SimpleCookie

import pytest
from aiohttp import WSServerHandshakeError

from qiantai_tui.serving import server
from qiantai_tui.serving.door import LINK_GOOD_FOR
from qiantai_tui.serving.pages import FONTS, FONTS_THERE, MOST_PASTED, NARROWED, static
from tests.tui.serving.served import Browser, Served, both, served
from tests.tui.waiting import LONGEST


async def test_a_link_lets_in_once_and_the_cookie_is_no_scripts_and_no_other_sites(here: Served) -> None:
    browser, link = here.browser(), None
    link = browser.link()
    answer = await browser.session.get(link, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/")
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["secure"]) == (True, "Strict", "/", "")
    assert cookie["max-age"] == cookie["expires"] == "", "it goes when the browser does"
    assert "data-session-websocket-url" in (await browser.get("/"))[1]
    status, page = await here.browser().get(link)
    assert status == 403
    assert both(page, "用过了", "was used")


async def test_a_link_that_has_run_out_lets_nobody_in(here: Served) -> None:
    browser = here.browser()
    link = browser.link()
    here.clock.at += LINK_GOOD_FOR
    assert (await browser.get(link))[0] == 403
    assert (await browser.get("/"))[0] == 401


async def test_looking_at_a_link_ahead_does_not_use_it_up(here: Served) -> None:
    browser = here.browser()
    link = browser.link()
    assert (await browser.session.head(link)).status == 405
    assert (await browser.get(link))[0] == 200


@pytest.mark.parametrize("cookie", ["", "x", "A" * 43])
async def test_without_a_visit_there_is_no_page_no_desk_and_no_file(cookie: str, here: Served) -> None:
    browser = here.browser()
    browser.session.cookie_jar.update_cookies({here.server.gate.cookie: cookie})
    for path in ("/", "/download/k1", "/enter"):
        status, page = await browser.get(path)
        assert status == 401
        assert both(page, "链接", "link")
    with pytest.raises(WSServerHandshakeError, match="401"):
        await browser.sit()


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", None])
async def test_another_pages_tab_is_refused_though_the_browser_was_let_in(origin: str | None, in_: Browser) -> None:
    with pytest.raises(WSServerHandshakeError, match="403"):
        await in_.session.ws_connect(f"{in_.address}/ws", origin=origin)


async def test_a_rebound_name_gets_nothing_at_all(in_: Browser) -> None:
    port = in_.address.rpartition(":")[2]
    for path in ("/", "/enter", "/ws", "/download/k1", "/static/desk.js", "/nothing"):
        status, page = await in_.get(path, Host=f"rebound.example:{port}")
        assert status == 403
        assert both(page, "地址", "name")


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
async def test_a_link_on_another_page_leads_here_by_a_page_of_our_own(site: str, here: Served) -> None:
    """A browser shows the cookie to nothing that another page led to; the page asks once more, and has it shown."""
    browser = here.browser()
    link = browser.link()
    status, page = await browser.get(link, Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")
    assert status == 200
    assert f'<meta http-equiv="refresh" content="0; url={link.removeprefix(here.address)}">' in page
    assert "data-session-websocket-url" in (await browser.get(link, Sec_Fetch_Site="same-origin"))[1], (
        "it is still good"
    )
    _, page = await browser.get('/?fontsize="><script>', Sec_Fetch_Site=site, Sec_Fetch_Mode="navigate")
    assert re.findall(r"<script|url=([^>]*)>", page) == ['/?fontsize=%22%3E%3Cscript%3E"']


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost: 127", b"GET /x HTTP/1.1\r\nHost: x\r\n\r\nGET"])
async def test_who_connects_and_asks_for_nothing_is_not_waited_for(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "UNASKED", 0.2)
    async with served() as here:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(here.address.rpartition(":")[2]))
        writer.write(said)
        await asyncio.wait_for(reader.read(), LONGEST)
        writer.close()


async def test_another_page_takes_no_file_and_no_script(in_: Browser) -> None:
    for path in ("/download/k1", "/static/textual.js"):
        assert (await in_.get(path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors"))[0] == 403


def has_its_rules(headers: Mapping[str, str]) -> None:
    """An answer's rules for the browser; and it does not say what it was made by."""
    rules = dict(each.strip().partition(" ")[::2] for each in headers["Content-Security-Policy"].split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'", "no script within a page, not by a nonce either"
    assert "unsafe" not in rules["style-src"]
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Server" not in headers
    assert not re.search(r"aiohttp|python", str(headers), re.IGNORECASE)


async def test_every_answer_has_rules_for_the_browser(in_: Browser) -> None:
    for path in ("/", "/static/desk.js", "/nothing", "/enter?token=x", "/ws"):
        has_its_rules((await in_.answer(path)).headers)
    has_its_rules((await in_.answer("/", Host="rebound.example")).headers)
    sat = await in_.sit()
    has_its_rules(sat.socket._response.headers)
    await sat.begun()
    await sat.type("offer copy.html")
    await sat.hear()
    has_its_rules((await in_.answer("/download/k1")).headers)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GARBAGE\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nno colon 13800001234\r\n\r\n", 400),
        (b"GET /" + b"x" * 10_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", 400),
        (b"GET / HTTP/1.0\r\n\r\n", 403),
        (b"GET /nothing HTTP/1.1\r\nHost: {host}\r\nExpect: 13800001234\r\nConnection: close\r\n\r\n", 417),
        (b"PUT / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n", 405),
    ],
)
async def test_what_is_no_request_is_answered_in_our_own_words(asked: bytes, status: int, here: Served) -> None:
    """Without a word of what was sent, and of the library that reads it."""
    host = here.address.rpartition("/")[2]
    reader, writer = await asyncio.open_connection(*host.split(":"))
    writer.write(asked.replace(b"{host}", host.encode()))
    head, _, page = (await asyncio.wait_for(reader.read(), LONGEST)).decode().partition("\r\n\r\n")
    writer.close()
    line, *rest = head.split("\r\n")
    assert int(line.split()[1]) == status
    headers = dict(each.split(": ", 1) for each in rest)
    has_its_rules(headers)
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert both(page, "可行", "What would do")
    assert "13800001234" not in page


async def test_the_page_brings_everything_along(in_: Browser) -> None:
    """No script within it, and nothing that is to be had elsewhere."""
    _, page = await in_.get("/")
    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == [""] * 4
    assert re.findall(r"""(?:src|href)=["']([^"']+)""", page) == [
        "data:,", "/static/xterm.css", "/static/desk.css", "/static/desk.js", "/static/keys.js",
        "/static/link.js", "/static/textual.js", "/",
    ]  # fmt: skip
    assert "物业前台" in page
    assert 'lang="zh-CN"' in page
    nonce = re.search(r'nonce="([\w-]{20,})"', page)
    assert nonce is not None
    assert nonce[1] not in (await in_.get("/"))[1], "each page has its own"
    for name in ("desk.css", "xterm.css"):
        assert "http" not in (await in_.get(f"/static/{name}"))[1].replace("https://github.com/", "").split("*/")[-1]
    assert (await in_.get("/static/..%2fpages.py"))[0] == 404


def test_the_terminal_has_fonts_with_chinese() -> None:
    body, _ = static("textual.js")
    assert FONTS_THERE not in body
    assert body.count(FONTS.encode() + b'"' + NARROWED.encode()) == 1
    assert b"rescaleOverlappingGlyphs:!1" in body, "what it is told is still a setting of the terminal"


def test_the_longest_that_may_be_pasted_is_no_message_beyond_the_bound() -> None:
    assert len(json.dumps(["stdin", "漏" * MOST_PASTED], ensure_ascii=False).encode()) < server.MESSAGE


async def test_what_is_not_there_is_told_in_both_languages_and_without_a_traceback(in_: Browser) -> None:
    status, page = await in_.get("/nothing")
    assert status == 404
    assert both(page, "没有这一页", "no such page")
    answer = await in_.session.post(f"{in_.address}/", headers={"Origin": in_.address})
    assert answer.status == 405
    assert both(await answer.text(), "不能这样", "in this way")


async def test_an_error_nobody_foresaw_shows_nothing_of_itself(
    here: Served, in_: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> str:
        raise RuntimeError("王岚 13800001234")

    monkeypatch.setattr(server, "desk_page", broken)
    status, page = await in_.get("/")
    assert status == 500
    assert both(page, "出错", "error")
    assert "13800001234" not in page + str(here.notes)
    assert "RuntimeError" in str(here.notes)
