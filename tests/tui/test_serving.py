"""The served desk over HTTP: who is let in, what a tab is, and that nothing is left of it when it is over."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
import subprocess
from collections.abc import AsyncIterator
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
from aiohttp import ClientPayloadError, WSServerHandshakeError

from qiantai_tui.serving import gate, server, tab
from qiantai_tui.serving.door import LINK_GOOD_FOR, VISIT_GOOD_FOR
from qiantai_tui.serving.pages import FONTS, FONTS_THERE, static
from qiantai_tui.serving.password import digest_of
from tests.tui.a_file import FILE
from tests.tui.served import Browser, Served, alive, served, until

GOOD = "four dry lamps agree"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person waits for, tests do not."""
    monkeypatch.setattr(gate, "PAUSE", 0)
    monkeypatch.setattr(tab, "GRACE", 0.5)


@pytest.fixture
async def here() -> AsyncIterator[Served]:
    """A server that anybody on this machine reaches."""
    async with served() as found:
        yield found


@pytest.fixture
async def in_(here: Served) -> Browser:
    """A browser that was let in."""
    browser = here.browser()
    await browser.enter()
    return browser


def both(page: str, words: str, other: str) -> bool:
    """Whether a page says something in both languages."""
    return words in page and other in page


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


async def test_another_page_takes_no_file_and_no_script(in_: Browser) -> None:
    for path in ("/download/k1", "/static/textual.js"):
        assert (await in_.get(path, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors"))[0] == 403


async def test_every_answer_has_rules_for_the_browser(in_: Browser) -> None:
    for path in ("/", "/static/desk.js", "/nothing", "/enter?token=x"):
        headers = (await in_.answer(path)).headers
        rules = dict(each.strip().partition(" ")[::2] for each in headers["Content-Security-Policy"].split(";"))
        assert rules["default-src"] == "'none'"
        assert rules["script-src"] == "'self'", "no script within a page, not by a nonce either"
        assert "unsafe" not in rules["style-src"]
        assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Cache-Control"] == "no-store"
        assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert headers["Server"] == "qiantai"


async def test_the_page_brings_everything_along(in_: Browser) -> None:
    """No script within it, and nothing that is to be had elsewhere."""
    _, page = await in_.get("/")
    assert re.findall(r"<script[^>]*>([^<]*)</script>", page) == ["", ""]
    assert re.findall(r"""(?:src|href)=["']([^"']+)""", page) == [
        "data:,", "/static/xterm.css", "/static/desk.css", "/static/desk.js", "/static/textual.js", "/",
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
    assert body.count(FONTS.encode()) == 1


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
    await sat.send("focus")
    await sat.see('{"type": "focus"}')
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


async def test_what_a_desk_offered_goes_with_it(in_: Browser) -> None:
    sat = await in_.sit()
    pid = (await sat.begun())["pid"]
    await sat.type("offer copy.html")
    await sat.hear()
    await sat.socket.close()
    await until(lambda: not alive(pid))
    assert (await in_.get("/download/k1"))[0] == 404


async def give(browser: Browser, password: str, **headers: str) -> tuple[int, str]:
    given = {"Origin": browser.address, **headers}
    answer = await browser.session.post(f"{browser.address}/enter", data={"password": password}, headers=given)
    return answer.status, await answer.text()


@pytest.fixture
async def guarded() -> AsyncIterator[Served]:
    """A server with a password."""
    async with served(password=digest_of(GOOD)) as found:
        yield found


async def test_the_password_lets_in(guarded: Served) -> None:
    browser = guarded.browser()
    status, page = await browser.get("/")
    assert status == 401
    assert 'type="password"' in page
    assert both(page, "口令", "password")
    assert "data-session-websocket-url" in (await give(browser, GOOD))[1]
    await (await browser.sit()).begun()
    assert GOOD not in str(guarded.notes)


async def test_a_wrong_password_does_not_and_each_costs_more_time(guarded: Served) -> None:
    browser = guarded.browser()
    for _ in range(3):
        status, page = await give(browser, "wrong")
        assert status == 403
        assert both(page, "不对", "not the password")
    status, page = await give(browser, GOOD)
    assert status == 429, "it is not even looked at"
    assert both(page, "还要等 5 秒", "Try again in 5 s")
    guarded.clock.go(seconds=5)
    assert (await give(browser, GOOD))[0] == 200


async def test_many_at_once_are_no_way_round(guarded: Served) -> None:
    browser = guarded.browser()
    said = await asyncio.gather(*(give(browser, "wrong") for _ in range(20)))
    assert sorted({status for status, _ in said}) == [403, 429]
    assert [status for status, _ in said].count(403) == 3


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}])
async def test_another_page_cannot_give_the_password(headers: dict[str, str], guarded: Served) -> None:
    assert (await give(guarded.browser(), GOOD, **headers))[0] == 403


async def test_without_a_password_none_is_taken(here: Served) -> None:
    browser = here.browser()
    assert (await give(browser, ""))[0] == 401
    assert (await give(browser, GOOD))[0] == 401


async def test_too_long_a_password_is_not_read(guarded: Served) -> None:
    assert (await give(guarded.browser(), "x" * 10_000))[0] == 413


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of its own and its key."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return cert, key


async def test_under_tls_the_cookie_goes_nowhere_else(tls: tuple[Path, Path]) -> None:
    async with served(tls=tls, password=digest_of(GOOD)) as here:
        assert here.address.startswith("https://")
        browser = here.browser()
        answer = await browser.session.post(
            f"{here.address}/enter", data={"password": GOOD}, headers={"Origin": here.address}, allow_redirects=False
        )
        ((name, cookie),) = SimpleCookie(answer.headers["Set-Cookie"]).items()
        assert name.startswith("__Host-")
        assert cookie["secure"] is True
        status, page = await browser.get("/")
        assert status == 200
        assert f'data-session-websocket-url="wss{here.address.removeprefix("https")}/ws"' in page
        await (await browser.sit()).begun()


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
