"""The firm's tables grouped the other way: worked out once for each snapshot."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from immutables import Map

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.missions import Seat
from weft.core.people import Person
from weft.core.skills import Claim

T = TypeVar("T")
_KEPT = 16
_cache: OrderedDict[tuple[str, int], tuple[Map[str, Any], Any]] = OrderedDict()


def _grouped(
    name: str, table: Map[str, T], by: Callable[[T], str | None]
) -> Mapping[str, tuple[T, ...]]:
    """Group a table, or give what was grouped before: a table never changes.

    The table is kept beside its groups, so its id cannot be another's.
    """
    at = (name, id(table))
    # Taken once: another thread may let go of it between two looks.
    held = _cache.get(at)
    if held is None:
        groups: dict[str, list[T]] = {}
        for each in table.values():
            if (group := by(each)) is not None:
                groups.setdefault(group, []).append(each)
        held = (table, {key: tuple(found) for key, found in groups.items()})
        _cache[at] = held
        while len(_cache) > _KEPT:
            _cache.popitem(last=False)
    found: Mapping[str, tuple[T, ...]] = held[1]
    return found


def people_by_unit(firm: Firm) -> Mapping[str, tuple[Person, ...]]:
    """Give the people directly in each unit."""
    return _grouped("unit", firm.people, lambda person: person.unit)


def people_by_manager(firm: Firm) -> Mapping[str, tuple[Person, ...]]:
    """Give the people who report to each manager."""
    return _grouped("manager", firm.people, lambda person: person.manager)


def claims_by_person(firm: Firm) -> Mapping[str, tuple[Claim, ...]]:
    """Give what each person claims to know."""
    return _grouped("person", firm.claims, lambda claim: claim.person)


def claims_by_skill(firm: Firm) -> Mapping[str, tuple[Claim, ...]]:
    """Give who claims to know each skill."""
    return _grouped("skill", firm.claims, lambda claim: claim.skill)


def seats_by_mission(firm: Firm) -> Mapping[str, tuple[Seat, ...]]:
    """Give the seats of each mission, those of all months."""
    return _grouped("mission", firm.seats, lambda seat: seat.mission)


def seats_by_person(firm: Firm) -> Mapping[str, tuple[Seat, ...]]:
    """Give the seats of each person, those of all months."""
    return _grouped("seated", firm.seats, lambda seat: seat.person)


def assets_by_mission(firm: Firm) -> Mapping[str, tuple[Asset, ...]]:
    """Give the assets that each mission owns."""
    return _grouped("owner", firm.assets, lambda asset: asset.mission)
