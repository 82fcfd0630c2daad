"""What leaves with somebody: a person, a partner's people, or all of a unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.records import Record
from weft.core.scalars import Month
from weft.engines.knowledge.finding.cover import Covered, bus_factor


class Loss(Record, frozen=True, kw_only=True):
    """A needed skill that would be held by nobody, or by one person alone.

    before, after: how many have it at the level, with and without those who leave.
    left: who has it then.
    """

    table: Literal["missions", "assets"]
    id: str
    title: str
    skill: str
    level: int
    before: int
    after: int
    left: tuple[str, ...]


class Leaving(Record, frozen=True, kw_only=True):
    """What leaves with a person, a partner or a unit, as the month stands.

    people: how many would leave. losses: the worst first. unkept: assets that nobody
    would keep any more. supplied, contracts: what a partner supplies.
    keepers_before, keepers_after: without so many people more than half of the
    assets that are kept have no keeper; None where none is kept.
    """

    table: Literal["people", "partners", "units"]
    id: str
    title: str
    month: str
    people: int
    losses: tuple[Loss, ...]
    unkept: tuple[str, ...]
    supplied: tuple[str, ...]
    contracts: tuple[str, ...]
    keepers_before: int | None
    keepers_after: int | None


def leaving(
    firm: Firm,
    table: Literal["people", "partners", "units"],
    key: str,
    month: Month,
    every: Iterable[Covered],
) -> Leaving:
    """Tell what leaves with a person, all people of a partner, or all of a unit.

    every: how the missions and assets of the firm are covered in the month. It is
    asked for, as it serves whoever leaves and takes the longest to work out.
    A skill counts as lost where somebody who leaves has it, and nobody or one person
    has it after; what was missing before is no loss.
    """
    gone = _gone(firm, table, key)
    kept = {a.id: {k for k in a.keepers if k in firm.people} for a in _assets(firm)}
    stay = {asset: keepers - gone for asset, keepers in kept.items()}
    partner = key if table == "partners" else None
    return Leaving(
        table=table,
        id=key,
        title="" if table == "people" else firm.table(table)[key].title,
        month=month,
        people=len(gone),
        losses=_losses(every, gone),
        unkept=tuple(a for a in kept if kept[a] and not stay[a]),
        supplied=tuple(
            a.id for a in _assets(firm) if partner and a.supplier == partner
        ),
        contracts=tuple(
            k for k in sorted(firm.contracts) if firm.contracts[k].partner == partner
        ),
        keepers_before=bus_factor(kept.values()),
        keepers_after=bus_factor(stay.values()),
    )


def _losses(every: Iterable[Covered], gone: frozenset[str]) -> tuple[Loss, ...]:
    """Give what would be held by nobody or by one, the worst first."""
    losses: list[Loss] = []
    for before in every:
        for cover in before.skills:
            if gone.isdisjoint(cover.holders):
                continue
            rest = tuple(each for each in cover.holders if each not in gone)
            if len(rest) <= 1 and len(rest) < len(cover.holders):
                losses.append(
                    Loss(
                        table=before.table,
                        id=before.id,
                        title=before.title,
                        skill=cover.skill,
                        level=cover.level,
                        before=len(cover.holders),
                        after=len(rest),
                        left=rest,
                    )
                )
    return tuple(sorted(losses, key=lambda x: (x.after, x.table, x.id, x.skill)))


def _of(
    table: Mapping[str, Record], field: str, partner: str | None
) -> tuple[str, ...]:
    """Give what a field says to be of a partner; nothing for no partner."""
    found = (key for key, record in table.items() if getattr(record, field) == partner)
    return tuple(sorted(found)) if partner else ()


def _assets(firm: Firm) -> list[Asset]:
    """Give the assets in the order of their ids."""
    return [firm.assets[key] for key in sorted(firm.assets)]


def _gone(firm: Firm, table: str, key: str) -> frozenset[str]:
    """Give who leaves."""
    if table == "people":
        return frozenset({key})
    if table == "partners":
        return frozenset(p.id for p in firm.people.values() if p.partner == key)
    units, inside = {key}, [key]
    while inside:
        above = inside.pop()
        for unit in firm.units.values():
            if unit.parent == above and unit.id not in units:
                units.add(unit.id)
                inside.append(unit.id)
    return frozenset(p.id for p in firm.people.values() if p.unit in units)
