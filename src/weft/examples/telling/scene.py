"""The scene of a story: the firm as it starts, and all that its history needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from weft.core.assets import Asset
from weft.core.guardrails import Guardrail
from weft.core.people import About
from weft.core.records import Record, read
from weft.core.roles import Role
from weft.core.vocabulary import Property
from weft.examples.days import Calendar, instant
from weft.examples.making.estate import Estate, contracts, partners, redundancies
from weft.examples.making.framework import (
    Ruling,
    Settling,
    adrs,
    guardrails,
    roles,
    words,
)
from weft.examples.making.jobs import disciplines, skills
from weft.examples.making.measures import metrics
from weft.examples.making.plan import plan
from weft.examples.making.pools import pools
from weft.examples.making.seats import mandates, missions, seats, wishes
from weft.examples.making.staff import Staff
from weft.examples.telling.calling import Called, called

_FROZEN, _NOON = 130, 12 * 60  # days before today
_NEW = 2  # who is seated later than the first does not ask
_SETTLED = timedelta(days=7)  # a first mission signs its mandate, and rules are made


class Scene(msgspec.Struct, frozen=True):
    """What is there as a story starts, and what is going to come.

    records: the firm as it is loaded. later: assets that a request brings, by
    id. guardrails: those that were there at any time. rulings, settlings: the
    guardrails that come or change, and the decisions that come with them. called:
    who forms a first mission, where the firm has none yet. owned: the assets of
    each mission that may ask. anchors: people who stay, as the story needs them.
    """

    firm: str
    seed: int
    calendar: Calendar
    staff: Staff
    records: tuple[Record, ...]
    assets: Mapping[str, Asset]
    later: Mapping[str, Asset]
    roles: Mapping[str, Role]
    guardrails: Mapping[str, Guardrail]
    rulings: tuple[Ruling, ...]
    settlings: Mapping[str, Settling]
    called: Called | None
    owned: Mapping[str, Sequence[str]]
    anchors: frozenset[str]

    @property
    def administrator(self) -> str:
        """Who loads the firm and brings in its people."""
        return next(r.holders[0] for r in self.roles.values() if r.administers)

    @property
    def frozen(self) -> datetime:
        """The instant at which the baseline is frozen: before a first mission."""
        return instant(self.calendar.ago(_FROZEN), _NOON)

    @property
    def asking_from(self) -> date:
        """The day from which missions ask, and guardrails are there to judge by."""
        first = self.called.day if self.called else self.calendar.start
        return first + _SETTLED

    def askers(self, mission: str) -> Sequence[str]:
        """Give who asks for a mission: a few of it, all of whom stay."""
        if self.called:
            return [person for person, _, months in self.called.people if months > _NEW]
        return self.staff.members(mission)[: self.staff.text["anchored"]]


def set_scene(
    firm: str,
    people: int | None,
    seed: int,
    calendar: Calendar,
    brought: frozenset[str],
) -> Scene:
    """Set the scene; brought: the assets that are not there yet."""
    staff = Staff(firm, plan(firm, people), seed, calendar.start)
    framework = tuple(words(firm))
    vocabulary = {w.id: w for w in framework if isinstance(w, Property)}
    first, rulings = guardrails(firm, calendar)
    decided, settlings = adrs(firm, calendar, staff.teams)
    estate = {a.id: a for a in Estate(firm, staff, seed, vocabulary).assets()}
    held = {role.id: role for role in roles(staff)}
    first_mission = called(staff, calendar)
    assets = {i: _without(a, brought) for i, a in estate.items() if i not in brought}
    return Scene(
        firm=firm,
        seed=seed,
        calendar=calendar,
        staff=staff,
        records=(
            *_shared(firm, staff, calendar),
            *_of_people(staff, seed, calendar),
            *assets.values(),
            *held.values(),
            *framework,
            *decided,
            *first,
        ),
        assets=assets,
        later={i: estate[i] for i in sorted(brought & set(estate))},
        roles=held,
        guardrails={g.id: g for g in (*first, *(r.guardrail for r in rulings))},
        rulings=tuple(rulings),
        settlings=settlings,
        called=first_mission,
        owned=_owned(staff, assets, first_mission),
        anchors=frozenset(_anchors(staff, held, first_mission)),
    )


def _without(asset: Asset, gone: frozenset[str]) -> Asset:
    """Give an asset without what it will depend on only later."""
    kept = tuple(d for d in asset.depends_on if d not in gone)
    return msgspec.structs.replace(asset, depends_on=kept)


def _shared(firm: str, staff: Staff, calendar: Calendar) -> Iterator[Record]:
    """Give what does not depend on who works there."""
    about = read(About, {**staff.text["about"], "invented": True})
    yield about
    yield from disciplines(firm)
    yield from skills(firm)
    yield from partners(firm)
    yield from contracts(firm, staff.teams, calendar, about.currency)
    yield from redundancies(firm, calendar, about.currency)


def _of_people(staff: Staff, seed: int, calendar: Calendar) -> Iterator[Record]:
    """Give the units, the people, what they know, and where they sit."""
    yield from staff.units.values()
    yield from staff.listed.values()
    for known in staff.claims.values():
        yield from known
    yield from pools(staff)
    yield from metrics(staff)
    yield from missions(staff, seed, calendar)
    yield from mandates(staff, seed, staff.text["about"]["currency"])
    yield from seats(staff, seed, calendar)
    yield from wishes(staff, seed)


def _owned(
    staff: Staff, assets: Mapping[str, Asset], called: Called | None
) -> dict[str, list[str]]:
    """Give the assets of each mission, those of one that is to be formed included."""
    if called:
        return {called.mission: [a for a in called.assets if a in assets]}
    owned: dict[str, list[str]] = {
        team.id: [] for team in staff.teams.values() if team.told
    }
    for asset in assets.values():
        if asset.mission:
            owned[asset.mission].append(asset.id)
    return owned


def _anchors(
    staff: Staff, held: Mapping[str, Role], called: Called | None
) -> Iterator[str]:
    """Give who stays: who holds a role, and the first few of each mission and unit."""
    if called:
        yield from (person for person, _, _ in called.people)
    for role in held.values():
        yield from role.holders
    for team in staff.teams.values():
        yield from staff.members(team.id)[: staff.text["anchored"]]
