"""The firm as one actor may see it: now, as of a day, or with a draft over it.

Reads are scoped here and nowhere else: every page, command and endpoint takes
its firm from `look`, so there is no second path by which a record could leak.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from weft.app.permissions import outside, permit
from weft.core.entries import Draft
from weft.core.firm import Firm, change
from weft.core.indexes import seats_by_person
from weft.core.people import Profile
from weft.core.roles import Actor
from weft.errors import InputError, Where
from weft.store.desk import Desk

LONGEST = 15


class View(msgspec.Struct, frozen=True, kw_only=True):
    """What an actor looks at.

    head: the last sequence of the journal. as_of: as it was asked for; empty for
    now. draft: the draft that lies over the firm, where one does.
    """

    actor: Actor
    firm: Firm
    profiles: Mapping[str, Profile]
    head: int
    as_of: str = ""
    draft: Draft | None = None

    def name(self, person: str | None) -> str:
        """Give a person's name, or the id where the name is not known (any more)."""
        profile = self.profiles.get(person or "")
        return profile.name if profile else (person or "")

    @property
    def now(self) -> bool:
        """Tell whether this is the firm as it stands, without any what-if."""
        return not self.as_of and self.draft is None


def look(desk: Desk, actor: Actor, *, as_of: str = "", draft: str = "") -> View:
    """Give the firm as the actor may see it.

    as_of: a day (2026-11-21) or a sequence; draft: the id of a draft.
    """
    head = desk.firm()
    firm = desk.firm(moment(as_of)) if as_of else head
    over = None
    if draft:
        permit(head, actor, "draft")
        over, changes = desk.draft(draft)
        firm = change(firm, changes)
    profiles = desk.profiles()
    if outside(head, actor):
        firm = shared_with(firm, actor)
        profiles = {i: p for i, p in profiles.items() if i in firm.people}
    return View(
        actor=actor,
        firm=firm,
        profiles=profiles,
        head=head.seq,
        as_of=as_of,
        draft=over,
    )


def moment(as_of: str) -> int | date:
    """Read a day or a sequence."""
    if as_of.isascii() and as_of.isdigit() and len(as_of) <= LONGEST:
        return int(as_of)
    try:
        return date.fromisoformat(as_of)
    except ValueError as error:
        raise InputError(
            f"{as_of!r} is neither a day nor a sequence.",
            do="Give a day such as 2026-11-21, or the number of an entry.",
            where=Where(path="as-of"),
        ) from error


def shared_with(firm: Firm, actor: Actor) -> Firm:
    """Give the part of the firm that a partner's person shares.

    That is: the missions in which they have had a seat, who sits there, what
    these own, their waivers; the rules that bind everybody; nothing else.
    """
    missions = {s.mission for s in seats_by_person(firm).get(actor.person, ())}
    seats = {k: s for k, s in firm.seats.items() if s.mission in missions}
    people = {s.person for s in seats.values()} | {actor.person}
    partners = {firm.people[p].partner for p in people if p in firm.people}

    def kept(kind: str, field: str, among: set[Any]) -> Map[str, Any]:
        table = firm.table(kind).items()
        return Map({k: r for k, r in table if getattr(r, field) in among})

    bare = Firm(seq=firm.seq, at=firm.at, on=firm.on)
    return replace(
        bare,
        about=firm.about,
        disciplines=firm.disciplines,
        skills=firm.skills,
        acts=firm.acts,
        vocabulary=firm.vocabulary,
        sets=firm.sets,
        principles=firm.principles,
        guardrails=firm.guardrails,
        roles=Map({k: replace(r, holders=()) for k, r in firm.roles.items()}),
        partners=kept("partners", "id", partners),
        people=Map(
            {
                p: replace(firm.people[p], unit=None, manager=None, posts=())
                for p in people
                if p in firm.people
            }
        ),
        claims=kept("claims", "person", {actor.person}),
        missions=kept("missions", "id", missions),
        mandates=kept("mandates", "mission", missions),
        seats=Map(seats),
        assets=kept("assets", "mission", missions),
        waivers=kept("waivers", "mission", missions),
    )
