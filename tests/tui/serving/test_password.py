"""The password of a served desk, and TLS."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
from collections.abc import AsyncIterator
from http.cookies import SimpleCookie
from pathlib import Path

import pytest

from qiantai_tui.serving import gate
from qiantai_tui.serving.password import digest_of
from tests.tui.serving.served import Browser, Served, both, served

GOOD = "four dry lamps agree"


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


async def test_a_password_that_does_not_come_is_not_waited_for(
    guarded: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.1)
    never = asyncio.Event()

    async def slowly() -> AsyncIterator[bytes]:
        yield b"password="
        await never.wait()

    browser = guarded.browser()
    headers = {"Origin": browser.address, "Content-Type": "application/x-www-form-urlencoded"}
    answer = await browser.session.post(f"{browser.address}/enter", data=slowly(), headers=headers)
    assert answer.status == 408
    assert both(await answer.text(), "太久", "too long")
    assert (await give(browser, GOOD))[0] == 200


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
