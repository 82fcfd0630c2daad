"""The lines of the network: what in a firm is tied to what."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.firm import Firm
from weft.core.kept import kept
from weft.core.scalars import Month
from weft.engines.knowledge.drawing.pictures import NodeTable, Tie
from weft.engines.knowledge.roster import roster, sittings

End = tuple[NodeTable, str]
Line = tuple[Tie, End, End, float]
_TO_UNITS: tuple[Tie, ...] = ("sits in", "owns")


def lines(firm: Firm, month: Month) -> list[Line]:
    """Give every line of a firm in a month; an end may be absent from the firm.

    From a person to where somebody sits and to the manager; from an owner to the
    asset; from an asset to its supplier; from a unit to the one above it, as
    far as the units are in the picture at all.
    """
    found = [
        *_seats(firm, month),
        *_people(firm),
        *kept("lines of assets", (firm.assets,), lambda: [*_assets(firm)]),
        *_contracts(firm),
    ]
    units = {
        key
        for tie, *ends, _ in found
        if tie in _TO_UNITS
        for table, key in ends
        if table == "units"
    }
    return found + list(_upwards(firm, units))


def _seats(firm: Firm, month: Month) -> Iterator[Line]:
    """Tie people to their missions of the month, and who has none to the unit."""
    ids, sits = roster(firm).ids, sittings(firm, month)
    rows = zip(
        sits.group.tolist(), sits.person.tolist(), sits.share.tolist(), strict=True
    )
    for group, person, share in rows:
        kind, key = sits.groups[group]
        if kind == "missions":
            yield "seat", ("people", ids[person]), ("missions", key), share
        elif kind == "units":
            yield "sits in", ("people", ids[person]), ("units", key), 1.0


def _people(firm: Firm) -> Iterator[Line]:
    """Tie people to their managers and, if it is not the firm, to their employer."""
    for key, person in firm.people.items():
        if person.manager and person.manager != key:
            yield "reports to", ("people", key), ("people", person.manager), 1.0
        if person.partner:
            yield "employed by", ("people", key), ("partners", person.partner), 1.0


def _assets(firm: Firm) -> Iterator[Line]:
    """Tie assets to who owns, keeps and supplies them, and to one another."""
    for key, asset in firm.assets.items():
        here: End = ("assets", key)
        if asset.mission:
            yield "owns", ("missions", asset.mission), here, 1.0
        elif asset.unit:
            yield "owns", ("units", asset.unit), here, 1.0
        for keeper in set(asset.keepers):
            yield "keeps", ("people", keeper), here, 1.0
        for needed in set(asset.depends_on) - {key}:
            yield "depends on", here, ("assets", needed), 1.0
        if asset.supplier:
            yield "supplied by", here, ("partners", asset.supplier), 1.0


def _contracts(firm: Firm) -> Iterator[Line]:
    """Tie missions to the partners that supply them by contract."""
    for contract in firm.contracts.values():
        for mission in set(contract.missions):
            partner: End = ("partners", contract.partner)
            yield "supplied by", ("missions", mission), partner, 1.0


def _upwards(firm: Firm, units: set[str]) -> Iterator[Line]:
    """Tie units to the units above them, up to the top."""
    done: set[str] = set()
    for unit in sorted(units):
        key = unit
        while key in firm.units and key not in done:
            done.add(key)
            parent = firm.units[key].parent
            if not parent or parent == key:
                break
            yield "part of", ("units", key), ("units", parent), 1.0
            key = parent
