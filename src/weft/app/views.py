"""The firm as one actor may see it: now, as of a day, or with a draft over it.

Reads are scoped here and nowhere else: every page, command and endpoint takes
its firm from `look`, so there is no second path by which a record could leak.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

import msgspec
from immutables import Map
from msgspec.structs import replace

from weft.app.knowing.consent import consented
from weft.app.permissions import outside, permit
from weft.core.assets import Asset
from weft.core.entries import Draft
from weft.core.firm import Firm, change
from weft.core.framework.adrs import ADR
from weft.core.framework.challenges import Challenge
from weft.core.framework.rollouts import Rollout
from weft.core.guardrails import Waiver
from weft.core.indexes import seats_by_person
from weft.core.people import Person, Profile
from weft.core.roles import Actor
from weft.core.rounds.asking import Wish
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
    if draft:
        permit(head, actor, "draft")
    firm, over = whole(desk, as_of=as_of, draft=draft)
    firm = consented(firm, head, actor.person)
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


def whole(desk: Desk, *, as_of: str = "", draft: str = "") -> tuple[Firm, Draft | None]:
    """Give the firm as nobody may see it but Weft itself, and the draft over it."""
    firm = desk.firm(moment(as_of)) if as_of else desk.firm()
    if not draft:
        return firm, None
    over, changes = desk.draft(draft)
    return change(firm, changes), over


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

    That is: the missions in which they have had a seat, who sits there or leads
    them, what these own, their waivers; the rules that bind everybody, with what
    they rest on and who answers for them; nothing else, and no name of anything
    else. A request about any of it is judged as on the whole firm.
    """
    missions = {s.mission for s in seats_by_person(firm).get(actor.person, ())}
    seats = {k: s for k, s in firm.seats.items() if s.mission in missions}
    mandates = {k: m for k, m in firm.mandates.items() if m.mission in missions}
    known: set[str | None] = {actor.person, *(s.person for s in seats.values())}
    for mandate in mandates.values():
        known |= {mandate.business_lead, mandate.technology_lead}
    people = {p: _known(firm.people[p]) for p in known if p and p in firm.people}
    partners = {person.partner for person in people.values()}
    owned = {k: a for k, a in firm.assets.items() if a.mission in missions}
    return replace(
        Firm(seq=firm.seq, at=firm.at, on=firm.on),
        **{kind: firm.table(kind) for kind in _FOR_ALL},
        partners=_kept(firm.partners, "id", partners),
        people=Map(people),
        claims=_kept(firm.claims, "person", {actor.person}),
        missions=Map(
            {
                m: replace(firm.missions[m], from_units=())
                for m in missions
                if m in firm.missions
            }
        ),
        **_measured(firm, missions),
        mandates=Map(mandates),
        agreements=_kept(firm.agreements, "mission", missions),
        seats=Map(seats),
        wishes=_wished(firm, actor.person, missions),
        absences=_kept(firm.absences, "person", {actor.person}),
        moves=_kept(firm.moves, "person", {actor.person}),
        assets=Map({k: _owned(a, owned, people, partners) for k, a in owned.items()}),
        adrs=_grounds(firm, missions),
        waivers=(waivers := _waivers(firm, missions, owned)),
        challenges=Map(
            {
                key: _heard(each, missions, people, waivers)
                for key, each in firm.challenges.items()
            }
        ),
        rollouts=Map({k: _dated(r, missions) for k, r in firm.rollouts.items()}),
        baseline=_kept(firm.baseline, "asset", owned),
    )


_FOR_ALL = (
    *("about", "disciplines", "skills", "roles", "acts", "vocabulary", "sets"),
    *("principles", "catalogues", "controls", "guardrails"),
)
"""The kinds that everybody sees: the words and the rules that bind all."""


def _measured(firm: Firm, missions: Collection[str]) -> dict[str, Map[str, Any]]:
    """Give what some missions are measured by, what they try and what they improve."""
    tried = _kept(firm.experiments, "mission", missions)
    mine = [firm.missions[m] for m in missions if m in firm.missions]
    used = {m.outcome.metric for m in mine if m.outcome}
    used |= {name for e in tried.values() for name in (e.metric, e.guard) if name}
    improved = _kept(firm.improvements, "mission", missions)
    used |= {i.metric for i in improved.values()}
    metrics = {
        key: replace(
            m, of_unit=None, mission=m.mission if m.mission in missions else None
        )
        for key, m in firm.metrics.items()
        if m.mission in missions or key in used
    }
    for key, metric in metrics.items():
        known = tuple(name for name in metric.against if name in metrics)
        after = metric.replaced_by if metric.replaced_by in metrics else None
        metrics[key] = replace(metric, against=known, replaced_by=after)
    shared = {
        key: replace(
            each,
            asset=None,
            evidence=tuple(
                replace(e, control=e.control if e.control in metrics else None)
                for e in each.evidence
                if e.experiment is None or e.experiment in tried
            ),
        )
        for key, each in improved.items()
    }
    return {"metrics": Map(metrics), "experiments": tried, "improvements": Map(shared)}


def _kept(table: Map[str, Any], field: str, among: Collection[Any]) -> Map[str, Any]:
    """Keep the records of which a field is among some values."""
    return Map({k: r for k, r in table.items() if getattr(r, field) in among})


def _known(person: Person) -> Person:
    """Give of a person what those know who share a mission with them."""
    return Person(
        id=person.id,
        title=person.title,
        partner=person.partner,
        disciplines=person.disciplines,
        location=person.location,
        zone=person.zone,
    )


def _wished(firm: Firm, person: str, missions: Collection[str]) -> Map[str, Wish]:
    """Give one's own wishes, as far as they are for missions one shares."""
    if (wish := firm.wishes.get(person)) is None:
        return Map()
    likes, leaves = (
        tuple(m for m in named if m in missions) for named in (wish.likes, wish.leaves)
    )
    return Map({wish.key: replace(wish, likes=likes, leaves=leaves)})


def _owned(
    asset: Asset,
    owned: Collection[str],
    people: Collection[str],
    partners: Collection[str | None],
) -> Asset:
    """Give an asset without the names of what is not shared."""
    return replace(
        asset,
        unit=None,
        keepers=tuple(k for k in asset.keepers if k in people),
        depends_on=tuple(a for a in asset.depends_on if a in owned),
        supplier=asset.supplier if asset.supplier in partners else None,
    )


def _grounds(firm: Firm, missions: Collection[str]) -> Map[str, ADR]:
    """Give the decisions that guardrails rest on, and those that replaced them.

    They are the reasons of the rules that bind everybody; other decisions are not.
    """
    found: dict[str, ADR] = {}
    waiting = [name for g in firm.guardrails.values() for name in g.rests_on]
    while waiting:
        record = firm.adrs.get(waiting.pop())
        if record is not None and record.id not in found:
            mine = tuple(m for m in record.missions if m in missions)
            found[record.id] = replace(record, missions=mine)
            waiting += [record.superseded_by] if record.superseded_by else []
    return Map(found)


def _dated(rollout: Rollout, missions: Collection[str]) -> Rollout:
    """Give a roll-out without the dates of missions that are not shared."""
    dates = {m: day for m, day in rollout.dates.items() if m in missions}
    return replace(rollout, dates=dates)


def _waivers(
    firm: Firm, missions: Collection[str], owned: Collection[str]
) -> Map[str, Waiver]:
    """Give the waivers of some missions, but those for assets of others."""
    found = {
        key: waiver
        for key, waiver in firm.waivers.items()
        if waiver.mission in missions
        and (waiver.asset is None or waiver.asset in owned)
    }
    return Map(
        {
            key: replace(w, renews=w.renews if w.renews in found else None)
            for key, w in found.items()
        }
    )


SOMEBODY, ANOTHER = "somebody", "somebody-else"
"""Stand for people whom an actor may not see."""


def _heard(
    challenge: Challenge,
    missions: Collection[str],
    people: Collection[str],
    waivers: Collection[str],
) -> Challenge:
    """Give of a challenge that there is one, as its guardrail binds everybody.

    Who objects for which reason is told to those who share the mission.
    """
    shared = challenge.mission in missions
    known = {each: each if each in people else SOMEBODY for each in challenge.objectors}
    return replace(
        challenge,
        by=known[challenge.by],
        joined=tuple(each for each in challenge.joined if each in people),
        mission=challenge.mission if shared else None,
        reason=challenge.reason if shared else "",
        decisions=challenge.decisions if shared else (),
        waivers=tuple(key for key in challenge.waivers if key in waivers),
        draft=None,
        answer_reason=challenge.answer_reason if shared else "",
        answered_by=challenge.answered_by and ANOTHER,
    )
