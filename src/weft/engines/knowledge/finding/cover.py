"""Coverage: what missions and assets need against who can do it, and what is alone.

A skill is covered by whoever shares a claim to it at the level needed, as long as the
claim has not lapsed. Needed and held by none is a hole; held by one, it hangs on them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

import msgspec

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.indexes import (
    assets_by_mission,
    claims_by_person,
    needs_by_mission,
    seats_by_mission,
)
from weft.core.missions import Mission
from weft.core.records import Record
from weft.core.scalars import Month
from weft.core.skills import Claim
from weft.engines.knowledge.finding.ageing import oldest
from weft.engines.knowledge.roster import WORKS_ALONE

CoverState = Literal["hole", "single", "covered"]
_STATES: tuple[CoverState, ...] = ("hole", "single", "covered")


class _Asked(msgspec.Struct, frozen=True):
    """What is asked of a skill: level, hundredths of a person, assets that take it."""

    level: int = 0
    share: int = 0
    assets: tuple[str, ...] = ()


_NOTHING = _Asked()


class Cover(Record, frozen=True, kw_only=True):
    """One skill in a mission or an asset: what is needed of it, and who has it.

    level: the highest that is asked for; 0 where nothing is. share: hundredths of a
    person that the month asks for; 0 for an asset. assets: those of the mission that
    take it. holders: who has it at the level, by id. held: hundredths of a person
    that they sit there with, for all their skills together. lapsed: who would, were
    the claim confirmed. below: who has it at a lower level.
    """

    skill: str
    level: int
    share: int
    assets: tuple[str, ...] = ()
    holders: tuple[str, ...]
    held: int = 0
    lapsed: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    state: CoverState

    @property
    def needed(self) -> bool:
        """Tell whether the mission asks for it, or one of its assets takes it."""
        return self.level > 0


class Covered(Record, frozen=True, kw_only=True):
    """How a mission or an asset is covered, each skill in it; the holes first.

    bus_factor: the least number of people who have a skill that is needed: so many
    have to leave before one is held by nobody. None where nothing is needed.
    """

    table: Literal["missions", "assets"]
    id: str
    title: str
    type: str
    month: str
    people: int
    bus_factor: int | None
    holes: int
    singles: int
    skills: tuple[Cover, ...]


def mission_covered(
    firm: Firm, key: str, month: Month, today: date, *, others: bool = True
) -> Covered:
    """Tell how a mission is covered in a month by who has a seat in it.

    What it needs: its needs of the month, and, at level 3, the skills that its assets
    take. others: tell too of the skills that are there and not needed.
    """
    mission = firm.missions[key]
    seated: dict[str, int] = {}
    for seat in seats_by_mission(firm).get(key, ()):
        if seat.held_in(month):
            seated[seat.person] = seated.get(seat.person, 0) + seat.share
    covers = _covers(firm, seated, _needed(firm, key, month), today, others=others)
    return _covered("missions", mission, month, seated, covers)


def _needed(firm: Firm, mission: str, month: Month) -> dict[str, _Asked]:
    """Give what a mission needs of each skill: asked for, and taken by its assets."""
    asked: dict[str, _Asked] = {}
    for need in needs_by_mission(firm).get(mission, ()):
        if need.month == month:
            so_far = asked.get(need.skill, _NOTHING)
            level = max(so_far.level, need.level)
            asked[need.skill] = _Asked(level, so_far.share + need.share)
    for asset in sorted(assets_by_mission(firm).get(mission, ()), key=lambda a: a.id):
        for skill in dict.fromkeys(asset.needs):
            so_far = asked.get(skill, _NOTHING)
            level, takers = max(so_far.level, WORKS_ALONE), (*so_far.assets, asset.id)
            asked[skill] = _Asked(level, so_far.share, takers)
    return asked


def asset_covered(firm: Firm, key: str, month: Month, today: date) -> Covered:
    """Tell how an asset is covered: by its keepers and who sits in its mission."""
    asset = firm.assets[key]
    near = dict.fromkeys(_around(firm, asset, month), 0)
    asked = dict.fromkeys(asset.needs, _Asked(WORKS_ALONE))
    covers = _covers(firm, near, asked, today, others=False)
    return _covered("assets", asset, month, near, covers)


def all_covered(firm: Firm, month: Month, today: date) -> Iterator[Covered]:
    """Tell it of every mission, and of every asset that takes a skill, by id."""
    for key in sorted(firm.missions):
        yield mission_covered(firm, key, month, today, others=False)
    for key in sorted(firm.assets):
        if firm.assets[key].needs:
            yield asset_covered(firm, key, month, today)


def bus_factor(keepers: Iterable[Collection[str]]) -> int | None:
    """Tell without how many people more than half of some assets have no keeper.

    Greedily: whoever keeps most of what is left goes first. None where nothing has a
    keeper. Source: Avelino et al., A Novel Approach for Estimating Truck Factors
    (ICPC 2016).
    """
    kept = [set(each) for each in keepers if each]
    counts = Counter(person for each in kept for person in each)
    # An asset counts for each of its keepers until the last is gone, so nobody's
    # count falls while others go: the order of going is known beforehand.
    order = sorted(counts, key=lambda person: (-counts[person], person))
    turn = {person: number for number, person in enumerate(order, start=1)}
    bare = sorted(max(turn[person] for person in each) for each in kept)
    return bare[len(kept) // 2] if kept else None


def _around(firm: Firm, asset: Asset, month: Month) -> list[str]:
    """Give who looks after an asset."""
    seats = seats_by_mission(firm).get(asset.mission or "", ())
    near = {*asset.keepers, *(s.person for s in seats if s.held_in(month))}
    return sorted(person for person in near if person in firm.people)


def _covers(
    firm: Firm,
    shares: Mapping[str, int],
    asked: Mapping[str, _Asked],
    today: date,
    *,
    others: bool,
) -> list[Cover]:
    """Describe each skill that is needed or there, the holes first.

    shares: who is there, with the hundredths of a person each sits there with.
    """
    said: dict[str, list[Claim]] = {skill: [] for skill in asked}
    claims = claims_by_person(firm)
    for person in sorted(shares):
        for claim in claims.get(person, ()):
            if claim.skill in said:
                said[claim.skill].append(claim)
            elif others:
                said[claim.skill] = [claim]
    covers = []
    for skill, found in said.items():
        since, need = oldest(firm.skills.get(skill), today), asked.get(skill, _NOTHING)
        covers.append(_cover(skill, found, need, shares, since=since))
    return sorted(covers, key=lambda c: (not c.needed, _STATES.index(c.state), c.skill))


def _cover(
    skill: str,
    said: list[Claim],
    asked: _Asked,
    shares: Mapping[str, int],
    *,
    since: date,
) -> Cover:
    """Describe one skill; a claim counts that was seen since a day."""
    able = [claim for claim in said if claim.level >= asked.level]
    holders = tuple(claim.person for claim in able if claim.seen >= since)
    return Cover(
        skill=skill,
        level=asked.level,
        share=asked.share,
        assets=asked.assets,
        holders=holders,
        held=sum(shares[person] for person in holders),
        lapsed=tuple(claim.person for claim in able if claim.seen < since),
        below=tuple(claim.person for claim in said if claim.level < asked.level),
        state=_STATES[min(len(holders), 2)],
    )


def _covered(
    table: Literal["missions", "assets"],
    record: Mission | Asset,
    month: Month,
    people: Collection[str],
    covers: list[Cover],
) -> Covered:
    """Sum up the skills of a mission or an asset."""
    needed = [cover for cover in covers if cover.needed]
    return Covered(
        table=table,
        id=record.id,
        title=record.title,
        type=record.type,
        month=month,
        people=len(people),
        bus_factor=min((len(c.holders) for c in needed), default=None),
        holes=sum(c.state == "hole" for c in needed),
        singles=sum(c.state == "single" for c in needed),
        skills=tuple(covers),
    )
