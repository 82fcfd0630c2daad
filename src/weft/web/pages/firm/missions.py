"""The missions: all of them, and one with its people, skills and mandate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app import missions, requests, waivers
from weft.app.delivering import agreeing, measuring
from weft.app.framework import rollouts
from weft.app.knowing import coverage
from weft.app.outcomes import board
from weft.app.outcomes.improvements import improving
from weft.app.outcomes.touchpoints import touchpoints
from weft.app.permissions import OPERATIONS, leads
from weft.app.records import record
from weft.app.rounds.lending import lending
from weft.app.rounds.mission import wants as mission_wants
from weft.core.indexes import assets_by_mission, seats_by_mission
from weft.core.records import Record, read_texts
from weft.engines.allocation import Wanted
from weft.web.context import Html, Page
from weft.web.pages.choices import matching
from weft.web.pages.outcomes.outcomes import TONES, drawing
from weft.web.pages.paging import part
from weft.web.pages.rounds.solving import Solves
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]


class Read(Record, frozen=True, kw_only=True):
    """What the form of a signature says: the entry at which the page was read."""

    seen: int


@get("/missions", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002 # the word of the address
    n: FromQuery[int] = 1,
) -> Html:
    """List the missions, with who leads them."""
    firm = page.view.firm
    found = [
        mission
        for mission in sorted(firm.missions.values(), key=lambda m: m.title)
        if (not type or mission.type == type) and matching(q, mission.title)
    ]
    shown, paging = part(found, n, q=q, type=type)
    held = seats_by_mission(firm)
    seats = {
        m.id: len({s.person for s in held.get(m.id, ()) if s.held_in(page.month)})
        for m in shown
    }
    return page.show(
        "missions.html", missions=shown, paging=paging, seats=seats, q=q, type=type
    )


@get("/missions/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one mission."""
    view = page.view
    mission = record(view, "missions", key)
    standing = [s for s in waivers.waivers(view, page.now) if s.waiver.mission == key]
    judged = board.outcome(page.desk, view, key, page.now)
    answers = requests.decisions(page.desk, page.actor, most=8, mission=key)
    return page.show(
        "mission.html",
        mission=mission,
        judged=judged,
        drawing=drawing(page, judged) if judged else None,
        tones=TONES,
        improved=improving(page.desk, view, page.now, key).improvements,
        touched=touchpoints(page.desk, view, key),
        tried=_of(view.firm.experiments, key),
        measured=board.mix_of(view, key),
        mandate=view.firm.mandates.get(key),
        may_sign=view.now and leads(view.firm, page.actor, key),
        seats=missions.seats(view, key, page.month),
        covered=coverage.covered(view, page.now, page.month, "missions", key),
        wants=(wants := mission_wants(view, key, page.month, page.now)),
        reasons=_reasons(page, wants),
        lending=lending(view, page.month, mission=key),
        assets=assets_by_mission(view.firm).get(key, ()),
        contracts=[c for c in view.firm.contracts.values() if key in c.missions],
        standings=standing,
        to_do=rollouts.to_do(view, page.now, key),
        agreed=agreeing.agreed(page.desk, view, key, page.now.date()),
        delivered=measuring.of_mission(page.desk, view, key, page.now),
        answers=answers,
    )


def _of(table: Mapping[str, Any], mission: str) -> list[Any]:
    """Give the records of a mission, by id."""
    return [table[key] for key in sorted(table) if table[key].mission == mission]


def _reasons(page: Page, wants: Sequence[Wanted]) -> dict[str, str]:
    """Tell why needs stay open in the round that was worked out, by skill and level.

    Empty where none was, or where the one who looks sees no round.
    """
    solves: Solves = page.call.app.state.solves
    months = [month for want in wants[:1] for month in want.asked]
    found = solves.latest(months)
    if found is None or OPERATIONS["round"].lacks(page.view.firm, page.actor, ""):
        return {}
    told = {f"{n.mission}:{n.skill}:{n.level}": n.why for n in found.open}
    keys = [f"{w.mission}:{w.skill}:{w.level}" for w in wants]
    return {key: told.get(key, "The round would fill it.") for key in keys}


@post("/missions/{key:str}/mandate/sign", sync_to_thread=True, operation="change")
def sign(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Sign the mandate of a mission, as it stood on the page that was read."""
    seen = read_texts(Read, {"seen": data.get("seen", "")}).seen
    missions.sign(page.desk, page.actor, key, page.now, seen)
    return Redirect(f"/missions/{key}#mandate", status_code=303)


HANDLERS = [several, one, sign]
