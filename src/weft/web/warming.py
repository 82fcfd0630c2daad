"""What most people look at, worked out before they do: after a start and a change."""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from weft.app import home, mirror, search
from weft.app.framework import counting
from weft.app.knowing import coverage, who
from weft.app.views import View, look
from weft.core import indexes
from weft.core.roles import Actor
from weft.store.desk import Desk
from weft.web.pages.ordered import assets_by_title, people_by_name
from weft.web.settings import Settings
from weft.web.soon import Working

LOG = logging.getLogger("weft")
LOOKS = 5.0
"""Seconds between two times that it is written down who looked."""
PAUSE = 0.2
"""Seconds between two looks whether the firm has changed."""
SHARE = 4
"""After work so many times as long is rested, so that Answers come first."""
TURN = 0.001
"""Seconds after which others have their turn while this works, instead of five."""
_OWNER = Actor(person="owner", owner=True)


def first(desk: Desk, settings: Settings) -> None:
    """Work out what the first page shows, before anybody can ask for it."""
    home.needed(look(desk, _OWNER), settings.clock())


@contextmanager
def warm(desk: Desk, settings: Settings, working: Working) -> Iterator[None]:
    """Keep what most people look at worked out, in a thread of its own."""
    over = threading.Event()

    def keep() -> None:
        seen: tuple[object, ...] = ()
        rest, written = 0.0, time.monotonic()
        while not over.wait(max(PAUSE, rest)):
            view = look(desk, _OWNER)
            tables = (*(view.firm.table(kind) for kind in _KINDS), view.profiles)
            if [*map(id, tables)] != [*map(id, seen)]:
                seen, rest = tables, SHARE * _work(desk, view, settings, over)
                working.starting = False
            _try(lambda: counting.go_on(desk, over.wait))
            if time.monotonic() > written + LOOKS:
                _try(desk.looks.write)
                written = time.monotonic()

    working.starting = True
    thread = threading.Thread(target=keep, name="weft-warm", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()  # ended within numpy, it would take the process down with it


_KINDS = (
    *("people", "units", "missions", "seats", "claims", "skills", "disciplines"),
    *("assets", "needs", "partners", "contracts"),
)
"""The tables that the pictures of the firm rest on."""


def _work(desk: Desk, view: View, settings: Settings, over: threading.Event) -> float:
    """Work out what is looked at most, the quickest first; give the seconds it took."""
    begin = time.thread_time()
    month = settings.clock().strftime("%Y-%m")
    across = "missions" if len(view.firm.missions) > 1 else "units"
    steps: tuple[Callable[[], object], ...] = (
        lambda: people_by_name(view),
        lambda: assets_by_title(view.firm),
        lambda: indexes.claims_by_person(view.firm),
        lambda: indexes.people_by_manager(view.firm),
        lambda: indexes.seats_by_person(view.firm),
        lambda: indexes.seats_by_mission(view.firm),
        lambda: indexes.people_by_unit(view.firm),
        lambda: indexes.claims_by_skill(view.firm),
        lambda: search.ready(view),
        lambda: counting.counted(desk, desk.firm().seq),
        lambda: who.ready(view, month),
        lambda: mirror.diagnose(view, month),
        lambda: mirror.weave(view, month, across=across),
        lambda: mirror.network(view, month),
        lambda: coverage.coverage(view, settings.clock(), month),
    )
    usual = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        for step in steps:
            if over.is_set():
                break
            _try(step)
    finally:
        sys.setswitchinterval(usual)
    return time.thread_time() - begin


def _try(step: Callable[[], object]) -> None:
    """Do a step, of which nobody waits to hear how it went."""
    try:
        step()
    except Exception:
        LOG.exception("What pages rest on could not be worked out beforehand")
