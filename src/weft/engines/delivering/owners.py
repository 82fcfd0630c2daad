"""Whose a delivery is: a service or repository belongs to the mission of its asset."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import msgspec

from weft.core.assets import Asset
from weft.core.delivering.deliveries import Delivery
from weft.core.firm import Firm
from weft.core.kept import kept


class Owned(msgspec.Struct, frozen=True):
    """Deliveries by the asset that they are of, and those that no asset claims."""

    by_asset: Mapping[str, tuple[Delivery, ...]]
    unplaced: tuple[Delivery, ...]


def whose(firm: Firm) -> Mapping[str, tuple[str, ...]]:
    """Give the assets of each service or repository, by its name in small letters.

    An asset names its own in `delivered_from`; its id and its id elsewhere count too.
    """
    return kept("whose", (firm.assets,), lambda: _whose(firm.assets.values()))


def _whose(assets: Iterable[Asset]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, set[str]] = defaultdict(set)
    for asset in assets:
        for name in (asset.id, asset.source_id, *asset.delivered_from):
            if name:
                found[name.lower()].add(asset.id)
    return {name: tuple(sorted(ids)) for name, ids in found.items()}


def owned(firm: Firm, deliveries: Iterable[Delivery]) -> Owned:
    """Place deliveries with the assets that they are of.

    Several assets that come from one repository each have its deliveries.
    """
    names = whose(firm)
    by_asset: dict[str, list[Delivery]] = defaultdict(list)
    unplaced: list[Delivery] = []
    for each in deliveries:
        assets = names.get(each.of.lower(), ())
        for asset in assets:
            by_asset[asset].append(each)
        if not assets:
            unplaced.append(each)
    return Owned({a: tuple(d) for a, d in sorted(by_asset.items())}, tuple(unplaced))
