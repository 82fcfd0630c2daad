"""Responsiveness to who asks: how long missions wait for a yes, and until done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from weft.app import requests
from weft.app.views import View
from weft.core.delivering.deliveries import Delivery
from weft.core.kept import kept
from weft.core.records import Record
from weft.core.requests import Asked
from weft.core.scalars import Line
from weft.engines.delivering import owned, whose
from weft.engines.transition import YEAR, Lasted, Want, ended, lasted, wants
from weft.errors import NotFound
from weft.store.desk import Desk

_REPORTED_BEFORE = timedelta(weeks=52)
"""What was reported of an asset so long before shows that tools tell of it."""


class Responded(Record, frozen=True, kw_only=True):
    """How long who asked waited, of one mission or of all.

    mission: none for all. wants: how many; at_once: of them answered with a yes by the
    first answer. yes: days to the yes. done: days to done, of those alone of whose
    asset tools told by the first asking.
    """

    mission: str | None = None
    title: Line
    wants: int
    at_once: int
    yes: Lasted
    done: Lasted


class Responsiveness(Record, frozen=True, kw_only=True):
    """How long missions wait that asked for something since a day, up to an instant.

    missions: by title; they are not ranked. all: None where nothing was asked.
    """

    since: date
    until: datetime
    all: Responded | None
    missions: tuple[Responded, ...]


class Waited(Record, frozen=True, kw_only=True):
    """What one mission wanted, request by request: the rows behind its figures.

    wants: those that still wait for a yes first, the longest waiting at the top; then
    the others, the newest first.
    """

    since: date
    until: datetime
    figures: Responded
    wants: tuple[Want, ...]


def responsiveness(desk: Desk, view: View, at: datetime) -> Responsiveness:
    """Tell how long who asked waited, mission by mission, in the year up to now.

    Worked out once a day for what is asked, and told as of that instant.
    """
    until = _until(view, at)
    told, firm = requests.asked(desk, view.actor, view.firm.seq), view.firm
    return kept(
        ("responsiveness", until.date()),
        (told, firm.waivers, firm.assets, firm.missions),
        lambda: _all(desk, view, told, until),
    )


def waited(desk: Desk, view: View, mission: str, at: datetime) -> Waited:
    """Tell how long one mission waited, with each of its wants.

    Raises NotFound where it is not there and never asked for anything.
    """
    until = _until(view, at)
    asked = requests.asked(desk, view.actor, view.firm.seq)
    mine = [each for each in asked if each.mission == mission]
    if mission not in view.firm.missions and not mine:
        raise NotFound("mission", mission, view.firm.missions)
    told = _wants(desk, view, mine, until)
    told.sort(key=lambda want: -want.asked.timestamp())
    waiting = [want for want in reversed(told) if want.yes is None]
    return Waited(
        since=_since(until).date(),
        until=until,
        figures=_responded(view, mission, told, until),
        wants=(*waiting, *(want for want in told if want.yes is not None)),
    )


def _all(
    desk: Desk, view: View, asked: Sequence[Asked], until: datetime
) -> Responsiveness:
    """Work out how long all waited, together and mission by mission."""
    told = _wants(desk, view, asked, until)
    by_mission: dict[str, list[Want]] = {}
    for want in told:
        by_mission.setdefault(want.mission, []).append(want)
    each = [_responded(view, key, mine, until) for key, mine in by_mission.items()]
    return Responsiveness(
        since=_since(until).date(),
        until=until,
        all=_responded(view, None, told, until) if told else None,
        missions=tuple(sorted(each, key=lambda one: (one.title, one.mission))),
    )


def _wants(
    desk: Desk, view: View, asked: Iterable[Asked], until: datetime
) -> list[Want]:
    """Give what was first asked for in the year up to an instant, and what came of it.

    Of what was asked before, too, it is told which it was, so that a want that is older
    is not taken for a new one.
    """
    since, firm = _since(until), view.firm
    told = [w for w in wants(asked, firm.waivers.values()) if w.asked >= since]
    about = {want.asset for want in told}
    names = {name for name, assets in whose(firm).items() if about & {*assets}}
    first = f"{since - _REPORTED_BEFORE:%Y-%m-%dT%H:%M:%S}"
    reported = desk.facts.of(Delivery, names, upto=firm.seq, since=first)
    return [*ended(told, owned(firm, reported).by_asset, until)]


def _responded(
    view: View, mission: str | None, told: Sequence[Want], until: datetime
) -> Responded:
    """Tell how long who asked waited for some wants."""
    known = view.firm.missions.get(mission or "")
    return Responded(
        mission=mission,
        title=known.title if known else (mission or "All missions"),
        wants=len(told),
        at_once=sum(want.at_once for want in told),
        yes=lasted([want.answering for want in told], until),
        done=lasted([want.doing for want in told if want.reported], until),
    )


def _until(view: View, at: datetime) -> datetime:
    """Give the instant up to which is told: now, or when the firm stood so."""
    return at if view.now else (view.firm.at or at)


def _since(until: datetime) -> datetime:
    """Give the first instant of which is told."""
    return until - YEAR
