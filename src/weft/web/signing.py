"""Coming and going: signing in and out, and acting as somebody of the firm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Request as Call
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app import accounts
from weft.errors import Forbidden, SignInNeeded, UnknownName
from weft.store.desk import Desk
from weft.web.actors import ACT_AS, SESSION
from weft.web.context import cookie, show
from weft.web.settings import LOOPBACK, Settings

AnyCall = Call[Any, Any, Any]
Form = URLEncodedBody[dict[str, str]]


@get("/sign-in", sync_to_thread=False, operation="sign-in")
def form(request: AnyCall, next: FromQuery[str] = "/") -> Response[Any]:  # noqa: A002
    """Show the page on which one signs in."""
    return show(request, "sign-in.html", next=_inside(next), name="", wrong="")


@post("/sign-in", sync_to_thread=True, operation="sign-in")
def sign_in(
    request: AnyCall,
    data: Form,
    desk: NamedDependency[Desk],
    settings: NamedDependency[Settings],
    now: NamedDependency[datetime],
) -> Response[Any]:
    """Open a session, and go on to where one wanted to go."""
    _kept_secret(request)
    name, wanted = data.get("name", ""), _inside(data.get("next", "/"))
    try:
        secret = accounts.sign_in(desk, name, data.get("password", ""), now)
    except SignInNeeded as error:
        return show(
            request,
            "sign-in.html",
            status=401,
            next=wanted,
            name=name,
            wrong=f"{error.what} {error.do}",
        )
    answer = Redirect(wanted, status_code=303)
    answer.set_cookie(cookie(settings, SESSION, secret))
    return answer


@post("/sign-out", sync_to_thread=True, operation="sign-in")
def sign_out(
    request: AnyCall,
    desk: NamedDependency[Desk],
    settings: NamedDependency[Settings],
) -> Response[Any]:
    """Close the session, here and in the store."""
    if secret := request.cookies.get(SESSION):
        accounts.sign_out(desk, secret)
    answer = Redirect("/sign-in", status_code=303)
    answer.set_cookie(cookie(settings, SESSION, "", age=0))
    return answer


@post("/act-as", sync_to_thread=False, operation="look")
def act_as(
    data: Form, desk: NamedDependency[Desk], settings: NamedDependency[Settings]
) -> Response[Any]:
    """Act as a person of the firm, so that the rules hold as they do for them."""
    if not settings.single:
        raise Forbidden(
            "Everybody acts as themselves here.", do="Sign in with another account."
        )
    person, people = data.get("person", ""), desk.firm().people
    if person and person not in people:
        raise UnknownName("person", person, people)
    answer = Redirect(_inside(data.get("next", "/")), status_code=303)
    answer.set_cookie(cookie(settings, ACT_AS, person, age=None if person else 0))
    return answer


def _inside(path: str) -> str:
    """Give a path of this Weft, or the home page for an address anywhere else."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if inside and path.isprintable() else "/"


def _kept_secret(call: AnyCall) -> None:
    """Refuse a password that comes over a wire on which others can read it."""
    if call.url.scheme != "https" and call.url.hostname not in LOOPBACK:
        raise Forbidden(
            "This password would cross the network readable by others.",
            do="Put Weft behind a proxy that speaks https, and open that address.",
        )


HANDLERS = [form, sign_in, sign_out, act_as]
