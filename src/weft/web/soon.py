"""Pages that may take long: each comes at once, if need be to say that it is not ready.

What a large firm looks like takes seconds to work out the first time. Nobody waits for
that before an empty window, and no older figure is shown as if it were new: the page
says what is being worked out, asks for itself again, and is there when it is ready.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import wraps
from typing import Any, ParamSpec

from litestar.status_codes import HTTP_202_ACCEPTED

from weft.web.context import Html, Page
from weft.web.forms import COOKIE

P = ParamSpec("P")

AGAIN = 1
"""Seconds after which the browser asks again."""
_WORKERS, _MOST = 3, 64
"""So many pages are worked out side by side, of so many: more would only make all of
them slow, and with them the pages that are there already."""


_BUSY = 0.25
"""So much of the usual patience is had while something else is being worked out: the
page would seldom be ready by then, and to say so takes longer too."""


class Working:
    """What is being worked out for those who asked, until they come for it.

    starting: whether what most pages rest on is being worked out for the first time.
    """

    def __init__(self, patience: float) -> None:
        """Begin with nothing. patience: seconds that a page is waited for."""
        self.starting = False
        self._patience = patience
        self._pool = ThreadPoolExecutor(_WORKERS, "weft-page")
        self._turn = threading.Lock()
        self._asked: OrderedDict[Hashable, Future[Html]] = OrderedDict()

    def ask(self, key: Hashable, work_out: Callable[[], Html]) -> Html | None:
        """Give what was asked for under a key, or None while it is being worked out.

        Each answer is given once. Raises what work_out raises.
        """
        with self._turn:
            others = any(not o.done() for at, o in self._asked.items() if at != key)
            asked = self._asked.get(key) or self._pool.submit(work_out)
            self._asked[key] = asked
            while len(self._asked) > _MOST:  # nobody came back for the oldest
                self._asked.popitem(last=False)
        share = _BUSY if others or self.starting else 1
        if not wait([asked], self._patience * share).done:
            return None
        with self._turn:
            self._asked.pop(key, None)
        return asked.result()


def soon(handler: Callable[P, Html]) -> Callable[P, Html]:
    """Let a handler of a page answer at once, whatever it takes to work it out."""

    @wraps(handler)
    def answer(*args: P.args, **kwargs: P.kwargs) -> Html:
        page: Any = kwargs["page"]
        if "hx-request" in page.call.headers:  # a part of a page that is there
            return handler(*args, **kwargs)
        working: Working = page.call.app.state.working
        found = working.ask(_key(page), lambda: handler(*args, **kwargs))
        return found or _not_yet(page)

    return answer


def _key(page: Page) -> Hashable:
    """Tell apart who asks for what of which firm; a form's token is in the page too.

    Who keeps no cookies has no token and cannot send a form, so that nothing tells
    one such client of an actor from another, and each comes to an end.
    """
    token = page.call.cookies.get(COOKIE, "")
    return page.actor, token, page.view.firm.seq, page.month, str(page.call.url)


def _not_yet(page: Page) -> Html:
    """Say that a page is being worked out; the browser comes again by itself."""
    told = page.show("working.html", status=HTTP_202_ACCEPTED)
    told.headers["Refresh"] = str(AGAIN)
    return told
