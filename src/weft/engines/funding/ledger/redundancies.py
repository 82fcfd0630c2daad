"""The same thing bought or built more than once: found, priced, accepted or not.

A firm that lets its missions help themselves pays for some things twice, and may be
prepared to: so what it costs is shown beside the limit that somebody answers for. The
price is what all but the dearest cost in a year: what having only one would save.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Literal

import msgspec

from weft.core.assets import Asset, Contract
from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.money.rates import convert
from weft.core.money.redundancy import Redundancy
from weft.core.scalars import Amount, amount, minor, slug

CAPABILITY = "capability"
"""The property of an asset that names what it can be counted on for."""

Standing = Literal["not accepted", "accepted", "over its limit", "lapsed"]


class Twin(msgspec.Struct, frozen=True):
    """One of the things that are there more than once."""

    table: Literal["assets", "contracts"]
    id: str
    title: str
    mission: str
    yearly_cost: Amount | None


class Redundant(msgspec.Struct, frozen=True):
    """Things that serve the same end. price: of all but the dearest, in a year.

    unknown: so many of them tell no cost, or one that no rate converts.
    """

    id: str
    what: str
    why: Literal["the same capability", "the same name", "the same supplier and terms"]
    twins: tuple[Twin, ...]
    price: Amount
    unknown: int
    standing: Standing
    accepted: Redundancy | None = None

    @property
    def priced(self) -> bool:
        """Tell whether the costs of at least two are known: else no price is."""
        return len(self.twins) - self.unknown > 1


def redundancies(firm: Firm, day: date, currency: str) -> tuple[Redundant, ...]:
    """Give what the firm has more than once, the dearest first."""
    found = [
        _priced(firm, day, currency, key, groups)
        for key, groups in sorted(_groups(firm).items())
        if len(groups[2]) > 1
    ]
    return tuple(sorted(found, key=lambda each: (-minor(each.price)[0], each.id)))


class InAll(msgspec.Struct, frozen=True):
    """What all that is there more than once costs a year, and how much is accepted.

    unpriced: so many of which no price is known, and which are not in it.
    """

    price: Amount
    accepted: Amount
    open: Amount
    unpriced: int


def in_all(found: Iterable[Redundant], currency: str) -> InAll:
    """Add redundancies up; open is what nobody has accepted, or not any more."""
    found = tuple(found)
    prices = [(each.standing, minor(each.price)[0]) for each in found]
    whole = sum(units for _, units in prices)
    held = sum(units for standing, units in prices if standing == "accepted")
    unpriced = sum(not each.priced for each in found)
    return InAll(
        price=amount(whole, currency),
        accepted=amount(held, currency),
        open=amount(whole - held, currency),
        unpriced=unpriced,
    )


_Group = tuple[str, str, list[Asset | Contract]]


def _groups(firm: Firm) -> dict[str, _Group]:
    """Put together what serves the same end, each thing into one group at most."""
    found: dict[str, _Group] = {}
    for asset in sorted(lying(firm.assets), key=lambda each: each.id):
        said = asset.properties.get(CAPABILITY)
        if isinstance(said, str) and said.strip():
            key, why = f"capability.{slug(said)}", "the same capability"
            what = said.replace("-", " ")
        else:
            key, why = f"asset.{slug(_plain(asset.title))}", "the same name"
            what = asset.title
        if asset.type not in {"feature", "area"}:
            found.setdefault(key, (what, why, []))[2].append(asset)
    for contract in sorted(lying(firm.contracts), key=lambda each: each.id):
        key = f"contract.{slug(f'{contract.partner} {_plain(contract.title)}')}"
        why = "the same supplier and terms"
        found.setdefault(key, (contract.title, why, []))[2].append(contract)
    return {key: group for key, group in found.items() if _at_once(group[2])}


def _at_once(things: list[Asset | Contract]) -> bool:
    """Tell whether things are there at once: of contracts, if any two overlap."""
    spans = sorted(
        (each.start or date.min, each.end or date.max)
        for each in things
        if isinstance(each, Contract)
    )
    pairs = pairwise(spans)
    return len(spans) < len(things) or any(a[1] >= b[0] for a, b in pairs)


def _plain(title: str) -> str:
    """Give a title without what tells apart only how it was written."""
    return " ".join(re.findall(r"[^\W_]+", title.casefold()))


def _priced(firm: Firm, day: date, currency: str, key: str, group: _Group) -> Redundant:
    what, why, things = group
    costs = list(_costs(firm, day, currency, things))
    known = sorted(each for each in costs if each is not None)
    price = sum(known[:-1])
    accepted = firm.redundancies.get(key[:80])
    return Redundant(
        id=key[:80],
        what=what,
        why=why,  # type: ignore[arg-type] # it comes from _groups
        twins=tuple(map(_twin, things)),
        price=amount(price, currency),
        unknown=costs.count(None),
        standing=_standing(firm, day, currency, accepted, price),
        accepted=accepted,
    )


def _costs(
    firm: Firm, day: date, currency: str, things: list[Asset | Contract]
) -> Iterator[int | None]:
    for each in things:
        units, of = minor(each.yearly_cost) if each.yearly_cost else (0, "")
        if of and of != currency:
            month = day.strftime("%Y-%m")
            done = convert(units, of, currency, month, firm.rates.values())
            yield done.units if done else None
        else:
            yield units if of else None


def _standing(
    firm: Firm, day: date, currency: str, accepted: Redundancy | None, price: int
) -> Standing:
    if accepted is None:
        return "not accepted"
    if accepted.until < day:
        return "lapsed"
    units, of = minor(accepted.limit)
    if of != currency:
        month = day.strftime("%Y-%m")
        done = convert(units, of, currency, month, firm.rates.values())
        units = done.units if done else -1
    return "accepted" if price <= units else "over its limit"


def _twin(thing: Asset | Contract) -> Twin:
    asset = isinstance(thing, Asset)
    return Twin(
        table="assets" if asset else "contracts",
        id=thing.id,
        title=thing.title,
        mission=(thing.mission or "") if isinstance(thing, Asset) else "",
        yearly_cost=thing.yearly_cost,
    )
