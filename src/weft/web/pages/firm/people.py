"""The people: all of them, and one with posts, seats and what they know."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from weft.app.knowing import looking, sharing
from weft.app.records import record
from weft.app.search import folded
from weft.core.indexes import claims_by_person, people_by_manager, seats_by_person
from weft.core.records import Record, read_texts
from weft.core.scalars import Level, Name
from weft.web.context import Html, Page
from weft.web.pages.ordered import people_by_name
from weft.web.pages.paging import part
from weft.web.soon import soon

Form = URLEncodedBody[dict[str, str]]


class Sharing(Record, frozen=True, kw_only=True):
    """What the form beside a claim says."""

    skill: Name
    shared: bool


class Contesting(Record, frozen=True, kw_only=True):
    """What the form says by which somebody puts right what is recorded of them."""

    skill: Name
    level: Level


@get("/people", sync_to_thread=True, operation="look")
@soon
def several(
    page: NamedDependency[Page],
    q: FromQuery[str] = "",
    unit: FromQuery[str] = "",
    n: FromQuery[int] = 1,
) -> Html:
    """List the people by name."""
    words = folded(q).split()
    found = [
        each.record
        for each in people_by_name(page.view)
        if (not unit or each.record.unit == unit)
        and all(word in each.searched for word in words)
    ]
    shown, paging = part(found, n, q=q, unit=unit)
    return page.show("people.html", people=shown, paging=paging, q=q, unit=unit)


@get("/people/{key:str}", sync_to_thread=True, operation="look")
@soon
def one(page: NamedDependency[Page], key: FromPath[str]) -> Html:
    """Show one person."""
    firm = page.view.firm
    person = record(page.view, "people", key)
    seats = sorted(seats_by_person(firm).get(key, ()), key=lambda s: s.start)
    claims = sorted(
        claims_by_person(firm).get(key, ()), key=lambda c: (-c.level, c.skill)
    )
    mine = page.view.now and page.actor.person == key
    looking.looked(page.desk, page.actor, [key], page.now)
    return page.show(
        "person.html",
        person=person,
        profile=page.view.profiles.get(key),
        mine=mine,
        looked=looking.who_looked(page.desk, page.actor, key) if mine else [],
        resting=looking.unused(page.desk, page.actor, key, page.now) if mine else (),
        seats=seats,
        claims=claims,
        reports=people_by_manager(firm).get(key, ()),
        roles=[r for r in firm.roles.values() if key in r.holders],
        leading=[
            m.mission
            for m in firm.mandates.values()
            if key in {m.business_lead, m.technology_lead}
        ],
        keeping=[a for a in firm.assets.values() if key in a.keepers],
    )


@post("/people/{key:str}/sharing", sync_to_thread=True, operation="change")
def share(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Share a claim with others or not, as the person whom it is about."""
    texts = {name: data.get(name, "") for name in ("skill", "shared")}
    sent = read_texts(Sharing, texts)
    sharing.share(
        page.desk, page.actor, key, sent.skill, shared=sent.shared, at=page.now
    )
    return Redirect(f"/people/{key}#knows", status_code=303)


@post("/people/{key:str}/contest", sync_to_thread=True, operation="change")
def contest(page: NamedDependency[Page], key: FromPath[str], data: Form) -> Redirect:
    """Put one's own word in the place of what was recorded that one knows."""
    texts = {name: data.get(name, "") for name in ("skill", "level")}
    sent = read_texts(Contesting, texts)
    looking.contest(
        page.desk, page.actor, key, sent.skill, level=sent.level, at=page.now
    )
    return Redirect(f"/people/{key}#knows", status_code=303)


HANDLERS = [several, one, share, contest]
