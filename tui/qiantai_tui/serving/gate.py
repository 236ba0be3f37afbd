"""What stands before every page of a served desk: names, origins, visits, the password, and what is said of errors."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from http import HTTPStatus

from aiohttp import web

from qiantai.words import Bilingual

from ..sign_in.secrecy import fits
from .door import Door, Tries, Visit
from .names import Names
from .pages import OPENING, policy, words_page
from .reading import UNREAD
from .terms import Terms

NONCE = web.RequestKey("nonce", str)
"""What a page lets its styles be told by."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Note = Callable[[Bilingual], None]

WAITING = 8
"""Passwords that wait to be looked at; what comes besides is sent away."""
PATIENCE = 10.0
"""Seconds that a browser has to send a password."""
PAUSE = 0.5
"""Seconds after a wrong password in which no other is looked at, from wherever."""
BY_LINK = Bilingual(
    "这里要从打印出来的链接进。可行:在开着 qiantai serve 的终端里按回车,会打印一个新链接",
    "The way in is the link that was printed. What would do: Enter in the terminal of qiantai serve, for a new one",
)
ASK = Bilingual("请输入口令。", "The password, please.")
SPENT = Bilingual(
    "这个链接用过了,或已过期:一个链接只能用一次,十分钟内有效。可行:在开着 qiantai serve 的终端里按回车要一个新的",
    "This link was used, or has run out: one serves once, within ten minutes. What would do: press Enter in the "
    "terminal of qiantai serve for a new one",
)
WRONG = Bilingual("口令不对。可行:再试一次", "That is not the password. What would do: try again")
WAIT = Bilingual("还要等 {s} 秒才能再试", "Try again in {s} s")
MANY = Bilingual("试的人太多。可行:过一会儿再试", "Too many are trying. What would do: try again in a while")
FAULT = Bilingual(
    "服务器出错了,已记下。可行:重新打开;还是这样就告诉维护人员",
    "The server met an error and has noted it. What would do: open again; if it goes on, tell whoever maintains it",
)
ERRORS = {
    HTTPStatus.NOT_FOUND: Bilingual(
        "没有这一页。可行:打开前台的地址", "There is no such page. What would do: open the desk's address"
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: Bilingual(
        "不能这样请求这一页。可行:打开前台的地址",
        "This page is not asked for in this way. What would do: open the desk's address",
    ),
    HTTPStatus.REQUEST_TIMEOUT: Bilingual("等得太久。可行:再试一次", "That took too long. What would do: try again"),
    HTTPStatus.INTERNAL_SERVER_ERROR: FAULT,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Bilingual(
        "送来的太多。可行:打开前台的地址", "Too much was sent. What would do: open the desk's address"
    ),
}
UNASKED = Bilingual(
    "没有看懂这个请求。可行:打开前台的地址", "This was not understood. What would do: open the desk's address"
)


def new_nonce() -> str:
    """One that nobody guesses."""
    return secrets.token_urlsafe(16)


class Gate:
    """Middleware, and the two ways in."""

    def __init__(self, terms: Terms, names: Names, door: Door, clock: Callable[[], datetime], note: Note) -> None:
        self.terms, self.names, self.door, self.clock, self.note = terms, names, door, clock, note
        self.tries = Tries()
        self._turn, self._waiting = asyncio.Lock(), 0
        secure = "__Host-" if terms.tls else ""
        self.cookie = f"{secure}qiantai-{names.port}"

    def visit(self, request: web.Request) -> Visit | None:
        """Whose request it is; None of nobody who was let in."""
        return self.door.known(request.cookies.get(self.cookie, ""), self.clock())

    def origin(self, request: web.Request) -> str:
        """The origin of the desk as this browser asked for it; nothing where that is none of its names."""
        host = request.headers.get("Host", "").lower()
        return f"{self.names.scheme}://{host}" if host in self.names.hosts else ""

    @web.middleware
    async def stand(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answers what may be answered; what goes wrong ends in a page of words."""
        if request.method == UNREAD:
            return self.fault(HTTPStatus.BAD_REQUEST)
        leads = request.method == "GET" and request.path in ("/", "/enter")
        wrong = self.names.wrong(
            request.headers, must_say=request.method == "POST" or request.path == "/ws", may_lead_here=leads
        )
        if wrong is not None:
            self.note(Bilingual(f"{request.remote} 被拒:{wrong.zh}", f"{request.remote} refused: {wrong.en}"))
            return self.words(wrong, HTTPStatus.FORBIDDEN)
        if self.names.led_here(request.headers):  # then the cookie is kept back until a page of ours asks
            return self.words(OPENING, HTTPStatus.OK, on=str(request.rel_url))
        try:
            return await handler(request)
        except web.HTTPException as error:
            return self.fault(HTTPStatus(error.status))
        except Exception as error:
            what = type(error).__name__
            self.note(Bilingual(f"出错:{what}", f"an error: {what}"))
            return self.fault(HTTPStatus.INTERNAL_SERVER_ERROR)

    def fault(self, status: HTTPStatus) -> web.Response:
        """The page for what went wrong."""
        return self.words(ERRORS.get(status, UNASKED), status)

    def words(self, what: Bilingual, status: HTTPStatus, *, form: bool = False, on: str = "") -> web.Response:
        """A page of words; it goes `on` to that address by itself."""
        page = words_page(what, self.terms.language, form=form, on=on)
        return web.Response(text=page, status=status, content_type="text/html")

    async def guard(self, request: web.Request, response: web.StreamResponse) -> None:
        """The headers of every answer."""
        nonce = request.get(NONCE) or new_nonce()
        response.headers.update(
            {
                "Content-Security-Policy": policy(nonce, self.origin(request)),
                "X-Content-Type-Options": "nosniff",
                "X-Frame-Options": "DENY",
                "Referrer-Policy": "same-origin",
                "Cross-Origin-Opener-Policy": "same-origin",
                "Cross-Origin-Resource-Policy": "same-origin",
                "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
                "Cache-Control": "no-store",
            }
        )
        response.headers.pop("Server", None)

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """By a link; without one, what the way in is."""
        token = request.query.get("token", "")
        if not token:
            return self.way_in()
        shown = self.door.by_link(token, self.clock())
        if shown is None:
            self.note(Bilingual(f"{request.remote} 用了失效的链接", f"{request.remote} used a link that is spent"))
            return self.words(SPENT, HTTPStatus.FORBIDDEN, form=bool(self.terms.password))
        return self._let_in(request, shown)

    def way_in(self) -> web.Response:
        """What somebody is told who has not been let in."""
        has = bool(self.terms.password)
        return self.words(ASK if has else BY_LINK, HTTPStatus.UNAUTHORIZED, form=has)

    async def take(self, request: web.Request) -> web.StreamResponse:
        """By the password: one is looked at after the other, and each wrong one costs its sender more time."""
        if not self.terms.password:
            return self.way_in()
        try:
            async with asyncio.timeout(PATIENCE):
                given = str((await request.post()).get("password", ""))
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        if self._waiting >= WAITING:
            return self.words(MANY, HTTPStatus.TOO_MANY_REQUESTS, form=True)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._tried(request, given)
        finally:
            self._waiting -= 1

    async def _tried(self, request: web.Request, given: str) -> web.StreamResponse:
        address, at = request.remote or "", self.clock()
        if left := self.tries.left(address, at):
            return self.words(WAIT.format(s=_seconds(left)), HTTPStatus.TOO_MANY_REQUESTS, form=True)
        self.tries.count(address, at)
        if await asyncio.to_thread(fits, given, self.terms.password):
            self.tries.forget(address)
            return self._let_in(request, self.door.let_in(at))
        self.note(Bilingual(f"{address} 口令不对", f"{address} gave a wrong password"))
        await asyncio.sleep(PAUSE)
        return self.words(WRONG, HTTPStatus.FORBIDDEN, form=True)

    def _let_in(self, request: web.Request, shown: str) -> web.Response:
        self.note(Bilingual(f"{request.remote} 进来了", f"{request.remote} was let in"))
        answer = web.Response(status=HTTPStatus.SEE_OTHER, headers={"Location": "/"})
        secure = self.terms.tls is not None
        answer.set_cookie(self.cookie, shown, path="/", httponly=True, samesite="Strict", secure=secure)
        return answer


def _seconds(left: timedelta) -> int:
    return max(1, -(-left // timedelta(seconds=1)))
