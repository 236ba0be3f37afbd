"""How requests are read: what is none, and what aiohttp would answer by itself, is answered by the gate as well."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from aiohttp import web
from aiohttp.web_request import BaseRequest

Answer = Callable[[HTTPStatus], web.Response]
UNREAD = "UNKNOWN"
"""What aiohttp has for the method of a request that could not be read."""


class Runner(web.AppRunner):
    """Runs the pages; `answer` is what is answered in the place of aiohttp's own words."""

    def __init__(self, app: web.Application, answer: Answer, **given: Any) -> None:
        super().__init__(app, **given)
        self._answer = answer

    async def _make_server(self) -> web.Server:
        made = await super()._make_server()
        return _Server(self._answer, made)


class _Server(web.Server):
    def __init__(self, answer: Answer, made: web.Server) -> None:
        super().__init__(made.request_handler, request_factory=made.request_factory, loop=made._loop, **made._kwargs)
        self.answer = answer

    def __call__(self) -> web.RequestHandler:
        return _Reader(self, loop=self._loop, **self._kwargs)


class _Reader(web.RequestHandler):
    """One connection."""

    def __init__(self, manager: _Server, **given: Any) -> None:
        super().__init__(manager, **given)
        self._answer = manager.answer

    def _make_error_handler(self, err_info: object) -> Callable[[BaseRequest], Awaitable[web.StreamResponse]]:
        """What could not be read goes the way of every request, so that its answer has their headers."""
        del err_info
        assert self._request_handler is not None
        return self._request_handler

    async def finish_response(
        self, request: BaseRequest, resp: web.StreamResponse, start_time: float | None
    ) -> tuple[web.StreamResponse, bool]:
        """Sends an answer; an error that nobody has put into words yet is put into the gate's."""
        match resp:
            case web.HTTPException():
                resp = self._answer(HTTPStatus(resp.status))
        return await super().finish_response(request, resp, start_time)
