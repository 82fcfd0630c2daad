"""What every page gets to work with, and every template to show.

A page handler asks for `page: NamedDependency[Page]` and gives back
`page.show("missions.html", missions=...)`. A template then has, beside what the
handler names:

    view      the firm as this actor may see it: view.firm, view.name(person), view.now
    actor     who acts: actor.person, actor.owner
    called    the name of who acts
    single    True where nobody signs in; then POST /act-as with `person` (empty for the
              owner) changes who acts
    csrf      the form token, sent in the hidden field `_csrf_token` of each form, or by
              htmx in the header x-csrftoken
    path      the path of this page, such as /missions/payments
    month     the month to show, such as 2026-11: `?month=`, or that of the view
    now       the instant of this call, in UTC
    moment    in words what is shown: "now", "as of 2026-11-21", "draft more-java"
    link      link("/missions", q="x"): that address, with the as-of day or the draft
              of this page kept; every link inside Weft goes through it
    asset     asset("weft.css"): the address of a file in static/, with its version
    fragment  True where htmx asks for a part of the page only

`weft.web.pages` gives HANDLERS, the page handlers, each with `operation=`, a name in
app.permissions.OPERATIONS; and FILTERS, the Jinja filters by name. Forms post to
handlers of their own; the token is checked for all of them before they run.

`problem.html` is shown for every error. It gets `problem` (title, status, detail, do,
file, line, path, problems), and all of the above but with `view` None, and `actor` None
where nobody is signed in. `sign-in.html` gets the same without `problem`, and `next`
(the path to go on to), `name` and `wrong` (what to tell after a failure, else empty).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias
from urllib.parse import urlencode

import msgspec
from litestar import Request as Call
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.enums import MediaType
from litestar.response import Response

from weft.app.views import View, look
from weft.core.records import Record, read_texts
from weft.core.roles import Actor
from weft.core.scalars import Month
from weft.store.desk import Desk
from weft.web.actors import acting
from weft.web.forms import COOKIE, new_token
from weft.web.params import AsOf, Draft
from weft.web.settings import Settings

AnyCall = Call[Any, Any, Any]


class Shown(Record, frozen=True, kw_only=True):
    """Which month a page is asked to show."""

    month: Month


Html: TypeAlias = Response[str]
"""A page as it is sent."""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page about to be shown: the firm, who looks, and when."""

    call: AnyCall
    desk: Desk
    settings: Settings
    view: View
    actor: Actor
    now: datetime

    @property
    def month(self) -> Month:
        """Give the month to show: as asked for, or that of the day looked at."""
        if asked := self.call.query_params.get("month"):
            return read_texts(Shown, {"month": asked}, "address").month
        day = self.view.firm.on if self.view.as_of else None
        return (day or self.now).strftime("%Y-%m")

    @property
    def moment(self) -> str:
        """Say in words which firm is looked at."""
        if self.view.draft:
            return f"draft {self.view.draft.id}"
        as_of = self.view.as_of
        entry = "entry " if as_of.isdigit() else ""
        return f"as of {entry}{as_of}" if as_of else "now"

    def show(self, template: str, *, status: int = 200, **more: Any) -> Html:
        """Show a template with all that every template has, and what is added."""
        own = {"month": self.month, "moment": self.moment}
        return show(self.call, template, status=status, view=self.view, **own, **more)


def show(
    call: AnyCall,
    template: str,
    *,
    status: int = 200,
    view: View | None = None,
    **more: Any,
) -> Html:
    """Show a template where there may be no firm to look at, such as an error's.

    It is drawn here, in the thread of the handler: Litestar would draw it later, while
    every other call waits.
    """
    token = call.cookies.get(COOKIE, "")
    settings: Settings = call.app.state.settings
    cookies = []
    if not token:
        token = new_token()
        cookies = [cookie(settings, COOKIE, token)]
    context = {
        "view": view,
        "month": settings.clock().strftime("%Y-%m"),
        "moment": "now",
        "actor": acting(call),
        "called": _called(call),
        "single": settings.single,
        "csrf": token,
        "path": call.url.path,
        "now": settings.clock(),
        "link": lambda path, **query: link(call if view else None, path, **query),
        "fragment": "hx-request" in call.headers,
        **more,
    }
    html = call.app.state.templates.get_template(template).render(**context)
    return Response(
        html, media_type=MediaType.HTML, status_code=status, cookies=cookies
    )


def _called(call: AnyCall) -> str:
    """Give the name of who acts, or the id where the name is not known."""
    actor = acting(call)
    if actor is None:
        return ""
    profile = call.app.state.desk.profiles().get(actor.person)
    return profile.name if profile else actor.person


def link(call: AnyCall | None, path: str, **query: object) -> str:
    """Give an address inside Weft that keeps the as-of day and the draft of a call."""
    given = call.query_params if call else {}
    kept = {k: v for k in ("as_of", "draft") if (v := given.get(k))}
    asked = {**kept, **{k: v for k, v in query.items() if v not in {None, ""}}}
    return f"{path}?{urlencode(asked)}" if asked else path


def cookie(settings: Settings, key: str, value: str, age: int | None = None) -> Cookie:
    """Make a cookie that no script reads and no other site sends."""
    return Cookie(
        key=key,
        value=value,
        max_age=age,
        path="/",
        httponly=True,
        samesite="lax",
        secure=not settings.loopback,
    )


def view(
    desk: NamedDependency[Desk],
    actor: NamedDependency[Actor],
    as_of: AsOf = "",
    draft: Draft = "",
) -> View:
    """Give the firm as the actor may see it: now, as of a day, or with a draft."""
    return look(desk, actor, as_of=as_of, draft=draft)


def page(
    *,
    request: AnyCall,
    desk: NamedDependency[Desk],
    settings: NamedDependency[Settings],
    view: NamedDependency[View],
    actor: NamedDependency[Actor],
    now: NamedDependency[datetime],
) -> Page:
    """Give what a page handler works with."""
    return Page(
        call=request, desk=desk, settings=settings, view=view, actor=actor, now=now
    )
