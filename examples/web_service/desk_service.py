"""The front desk as a small web service: cases taken in, commands given, refusals told with their clause, all as JSON.

The kernel asks for one thing: that it is asked one thing at a time, since a command is decided on what the last one
left; of two at once on one case the second is told that the case has gone on. So there is one `Desk` in one process,
and one lock around everything that is asked of it. What it gives is values, which nobody changes: they are written out
as JSON without the lock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from threading import Lock
from typing import Any, TypeVar

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from qiantai import (
    Case,
    Conflict,
    Desk,
    Done,
    Duty,
    Handbook,
    Household,
    Person,
    Refusal,
    StoreError,
    UnknownCase,
    offers,
)
from qiantai.access import may_see
from qiantai.commands import Field, Type
from qiantai.projections.queue import queue
from qiantai.tables import moment
from qiantai.wire import event_out, plain
from qiantai.words import Bilingual

T = TypeVar("T")

MAY_NOT_SEE = Bilingual("没有这个人,或这件事项不归这个人看", "nobody of that id, or the case is not theirs to see")
NO_OBJECT = Bilingual("要一个 JSON 对象,by 是员工的 id", "a JSON object is wanted, with a member of staff's id as by")


def service(desk: Desk, lock: AbstractContextManager[Any] | None = None) -> Starlette:
    """The service on a desk. Who asks is believed: put a login in front that sets `by`.

    A case is shown to those alone who may see it [M-3.4c], open cases in the order of the queue. A refusal is 409 with
    the clause that forbids it, or 422 without one: malformed, or impossible as things stand.
    """
    one_at_a_time = lock or Lock()

    async def receive(request: Request) -> JSONResponse:
        by, given = await _said(request)
        fields = desk.handbook.requests[str(given.get("kind", ""))].fields.get("receive", {})
        return await command(desk.receive, by, fields=_typed(fields, given), at_first=201)

    async def do(request: Request) -> JSONResponse:
        by, given = await _said(request)
        number, name = request.path_params["number"], request.path_params["command"]
        case = await ask(desk.case, number)
        fields = desk.handbook.requests[case.kind].fields.get(name, {})
        return await command(desk.do, number, name, by, fields=_typed(fields, given))

    async def ask(asked: Callable[..., T], *about: str, **fields: Any) -> T:
        def alone() -> T:
            with one_at_a_time:
                return asked(*about, **fields)

        return await run_in_threadpool(alone)

    async def command(
        give: Callable[..., Done | Refusal], *about: str, fields: Mapping[str, Any], at_first: int = 200
    ) -> JSONResponse:
        match await ask(give, *about, **fields):
            case Done(case, events):
                return JSONResponse({"case": case_out(case, desk), "events": [*map(event_out, events)]}, at_first)
            case Refusal() as refusal:
                return JSONResponse({"refusal": refusal_out(refusal)}, 409 if refusal.clause else 422)

    async def case(request: Request) -> JSONResponse:
        found, by = await ask(desk.case, request.path_params["number"]), request.query_params.get("by", "")
        person = desk.handbook.people.get(by)
        if person is None or not may_see(found, person):
            raise _Unfit(403, MAY_NOT_SEE)
        may = offers(found, by, desk.clock(), desk.handbook)
        return JSONResponse({"case": case_out(found, desk), "offers": may})

    async def cases(request: Request) -> JSONResponse:
        person = desk.handbook.people.get(request.query_params.get("by", ""))
        there = await ask(desk.store.open_cases)
        seen = [line.case for line in queue(there) if person is not None and may_see(line.case, person)]
        return JSONResponse({"cases": [case_out(each, desk) for each in seen]})

    routes = [
        Route("/cases", receive, methods=["POST"]),
        Route("/cases", cases),
        Route("/cases/{number}", case),
        Route("/cases/{number}/{command}", do, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={UnknownCase: _unknown, StoreError: _not_kept, _Unfit: _unfit})


class _Unfit(Exception):
    """A request that cannot be served: the status, and why."""

    def __init__(self, status: int, why: Bilingual) -> None:
        super().__init__(why.en)
        self.status, self.why = status, why


async def _said(request: Request) -> tuple[str, dict[str, Any]]:
    """Who asks, and the fields, of a body `{"by": "li", "summary": "…"}`."""
    try:
        match await request.json():
            case {"by": str(by), **fields}:
                return by, {str(name): value for name, value in fields.items()}
    except ValueError as error:
        raise _Unfit(400, NO_OBJECT) from error
    raise _Unfit(400, NO_OBJECT)


def _typed(fields: Mapping[str, Field], given: Mapping[str, Any]) -> dict[str, Any]:
    """The values as the kernel takes them: JSON has no times, so an ISO text stands for one."""

    def value(name: str, said: Any) -> Any:
        timed = name in fields and fields[name].type == Type.TIME
        return moment(said) or said if timed else said

    return {name: value(name, said) for name, said in given.items()}


def case_out(case: Case, desk: Desk) -> dict[str, Any]:
    """A case as JSON: what is known, and its duties as they stand now."""
    now = desk.clock()

    def duty_out(duty: Duty) -> dict[str, Any]:
        return {
            "name": duty.name,
            "clause": duty.clause.id,
            "due": duty.due.isoformat(),
            "status": str(duty.status(now)),
            "provisional": duty.provisional,
        }

    return {
        "number": case.number,
        "kind": case.kind,
        "state": case.state,
        "received": case.received.isoformat(),
        "owner": case.owner,
        "handlers": list(case.handlers),
        "facts": plain(case.facts),
        "duties": [duty_out(each) for each in case.duties],
        "filed": list(case.filed),
    }


def refusal_out(refusal: Refusal) -> dict[str, Any]:
    """A refusal as JSON: by which rule and clause, why, and what would do, in both languages."""
    clause = refusal.clause
    return {
        "rule": refusal.rule,
        "clause": refusal.clause_id,
        "clause_text": both(Bilingual(clause.zh, clause.en)) if clause else None,
        "why": both(refusal.why),
        "would_do": both(refusal.would_do),
    }


def both(text: Bilingual) -> dict[str, str]:
    """A sentence in both languages."""
    return {"zh": text.zh, "en": text.en}


async def _unknown(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, UnknownCase)
    return JSONResponse({"why": both(error.why)}, 404)


async def _not_kept(_: Request, error: Exception) -> JSONResponse:
    """What the store could not do: the case has gone on meanwhile, or the disk failed. Nothing was kept."""
    assert isinstance(error, StoreError)
    return JSONResponse({"why": both(error.why)}, 409 if isinstance(error, Conflict) else 503)


async def _unfit(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, _Unfit)
    return JSONResponse({"why": both(error.why)}, error.status)


def in_memory() -> Starlette:
    """A service to try: one clerk, one fitter, one household, and nothing kept."""
    staff = Person("li", "李静", ["desk"]), Person("sun", "孙浩", ["engineering"])
    home = Household("1-2-301", "王敏", "13800001234")
    return service(Desk(Handbook({each.id: each for each in staff}, {home.id: home})))
