"""The one shape that errors have over HTTP: problem details, RFC 9457."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from litestar import Request as Call
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from weft.core.records import Record
from weft.errors import Problems, SignInNeeded, WeftError
from weft.web.context import show

LOG = logging.getLogger("weft")
MEDIA = "application/problem+json"
MOST = 200
"""Of many problems so many are told; the first speaks of their number."""


class Fault(Record, frozen=True, kw_only=True):
    """One of several things that are wrong, and where."""

    detail: str
    do: str = ""
    file: str = ""
    line: int = 0
    path: str = ""


class Problem(Record, frozen=True, kw_only=True):
    """Why a call failed; `do`, `file`, `line`, `path`, `problems` are Weft's own."""

    type: str
    title: str
    status: int
    detail: str
    do: str = ""
    file: str = ""
    line: int = 0
    path: str = ""
    problems: tuple[Fault, ...] = ()


def explain(call: Call[Any, Any, Any], error: WeftError) -> Response[Any]:
    """Tell an error that Weft raised."""
    if isinstance(error, SignInNeeded) and call.method == "GET" and _page(call):
        wanted = quote(str(call.url.path) + _query(call), safe="/")
        return Redirect(f"/sign-in?next={wanted}", status_code=303)
    headers = {}
    if isinstance(error, SignInNeeded):
        headers["WWW-Authenticate"] = "Bearer"
    if error.http_status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = "5"
    return _answer(call, _problem(error), headers)


def explain_http(call: Call[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Tell an error that Litestar raised, such as 404, 405 or a wrong query."""
    parts = error.extra if isinstance(error.extra, list) else []
    told = [p for p in parts if isinstance(p, dict) and "key" in p]
    title = HTTPStatus(error.status_code).phrase
    problem = Problem(
        type="about:blank",
        title=title,
        status=error.status_code,
        detail="; ".join(f"{p['key']}: {p['message']}" for p in told)
        or _detail(error, title),
        do=_DO.get(error.status_code, ""),
        path=str(told[0]["key"]) if told else "",
    )
    return _answer(call, problem, error.headers or {})


def hide(call: Call[Any, Any, Any], error: Exception) -> Response[Any]:
    """Tell nothing of a fault in Weft itself; its log has all of it."""
    LOG.error("A fault in Weft at %s %s", call.method, call.url.path, exc_info=error)
    problem = Problem(
        type="about:blank",
        title="A fault in Weft",
        status=500,
        detail="Weft could not do this, and nothing was written.",
        do="The log of the server says more; please report it.",
    )
    return _answer(call, problem, {})


_DO = {
    404: "Check the address.",
    405: "See /schema/openapi.json for what can be done here.",
    413: "Send less at once, or use the command line on the server.",
    415: "Send application/json.",
}


def _detail(error: HTTPException, title: str) -> str:
    """Give Litestar's words only where they say more than the title."""
    code = HTTPStatus(error.status_code)
    return error.detail if code == HTTPStatus.BAD_REQUEST else f"{title}."


def _problem(error: WeftError) -> Problem:
    """Lay out the three parts of an error, and each of several."""
    kind, where = type(error), error.where
    several = error.problems if isinstance(error, Problems) else ()
    return Problem(
        type=f"/docs/errors#{kind.__name__}",
        title=(kind.__doc__ or "").partition("\n")[0],
        status=error.http_status,
        detail=error.what,
        do=error.do,
        file=where.file,
        line=where.line,
        path=where.path,
        problems=tuple(
            Fault(
                detail=p.what,
                do=p.do,
                file=p.where.file,
                line=p.where.line,
                path=p.where.path,
            )
            for p in several[:MOST]
        ),
    )


def _answer(
    call: Call[Any, Any, Any], problem: Problem, headers: dict[str, str]
) -> Response[Any]:
    """Answer with a problem: to a person as a page, to a program as JSON."""
    if _page(call):
        page = show(call, "problem.html", status=problem.status, problem=problem)
        page.headers.update(headers)
        return page
    return Response(
        problem, status_code=problem.status, media_type=MEDIA, headers=headers
    )


def _page(call: Call[Any, Any, Any]) -> bool:
    """Tell whether a person is looking, not a program."""
    return not call.url.path.startswith(("/api", "/schema"))


def _query(call: Call[Any, Any, Any]) -> str:
    """Give the query of a call as it was sent."""
    return f"?{call.url.query}" if call.url.query else ""
