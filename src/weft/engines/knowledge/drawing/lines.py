"""The lines of the network: what in a firm is tied to what, as columns of numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain

import msgspec
import numpy as np

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.indexes import lying
from weft.core.kept import kept
from weft.core.lineage import Changes, same_keys
from weft.core.people import Person
from weft.core.scalars import Month
from weft.engines.knowledge.drawing.pictures import NodeTable, Tie
from weft.engines.knowledge.roster import NOBODY, Bools, Floats, Ints, roster
from weft.engines.knowledge.sittings import sittings

TABLES: tuple[NodeTable, ...] = ("missions", "units", "partners", "assets", "people")
TIES: tuple[Tie, ...] = (
    *("seat", "sits in", "part of", "reports to", "owns", "keeps"),
    *("supplied by", "employed by", "depends on"),
)
_OWNS, _KEEPS, _DEPENDS, _SUPPLIED = map(
    TIES.index, ("owns", "keeps", "depends on", "supplied by")
)
Row = tuple[Tie, int, int]
_NONE = -1


class Ends(msgspec.Struct, frozen=True):
    """What a line can end at: everything in five tables, each in the order of its ids.

    first: the place of the first of each table. at: the place of each by its id.
    """

    keys: Mapping[NodeTable, tuple[str, ...]]
    first: Mapping[NodeTable, int]
    at: Mapping[NodeTable, Mapping[str, int]]
    size: int

    def place(self, table: NodeTable, key: str | None) -> int:
        """Give the place of something, or _NONE where the firm does not have it."""
        return self.at[table].get(key or "", _NONE)

    def are(self, table: NodeTable) -> Ints:
        """Give the places of all of a table, which stand beside each other."""
        return np.arange(len(self.keys[table])) + self.first[table]


class Lines(msgspec.Struct, frozen=True):
    """Lines as columns: the tie, the source and the target; shape (lines, 3).

    weight: of each: a share of time for a seat, else 1.
    """

    rows: Ints
    weight: Floats


def ends(firm: Firm) -> Ends:
    """Give what the lines of a firm can end at."""

    def amend(before: Ends, *changes: Changes) -> Ends | None:
        return before if all(map(same_keys, changes)) else None

    return kept("ends", tuple(map(firm.table, TABLES)), lambda: _ends(firm), amend)


def _ends(firm: Firm) -> Ends:
    keys = {table: tuple(sorted(firm.table(table))) for table in TABLES}
    sizes = [len(keys[table]) for table in TABLES]
    first = dict(zip(TABLES, accumulate(sizes, initial=0), strict=False))
    at = {
        table: {key: place for place, key in enumerate(keys[table], first[table])}
        for table in TABLES
    }
    return Ends(keys, first, at, sum(sizes))


def lines(firm: Firm, month: Month) -> tuple[Lines, Bools]:
    """Give every line of a firm in a month, and what of the ends is in the picture.

    From a person to where somebody sits and to the manager; from an owner to the
    asset; from an asset to its supplier; from a unit to the one above it, as
    far as the units are in the picture at all.
    """
    seats, share = _seats(firm, month)
    others = np.concatenate(
        (_managers(firm), _employers(firm), _of_assets(firm), _contracts(firm))
    )
    there = _there(firm, np.concatenate((seats, others)))
    upwards = _upwards(firm, there)
    ones = np.ones(len(others) + len(upwards))
    rows = np.concatenate((seats, others, upwards))
    return Lines(rows, np.concatenate((share, ones))), there


def _rows(found: Iterable[Row]) -> Ints:
    """Make columns of lines; one with an end that the firm does not have falls away."""
    told = [(TIES.index(each), *ends) for each, *ends in found if _NONE not in ends]
    return np.array(told, np.int64).reshape(-1, 3)


def _columns(tie: Tie, source: Ints, target: Ints) -> Ints:
    """Make lines of one tie."""
    return np.column_stack((np.full(len(source), TIES.index(tie)), source, target))


def _seats(firm: Firm, month: Month) -> tuple[Ints, Floats]:
    """Tie people to their missions of the month, and who has none to the unit."""
    known, sits = ends(firm), sittings(firm, month)
    place = [
        _NONE if table == "people" else known.at[table][key]
        for table, key in sits.groups
    ]
    tie = [TIES.index("sits in" if t == "units" else "seat") for t, _ in sits.groups]
    target = np.array(place, np.int64)[sits.group]
    person = sits.person + known.first["people"]
    rows = np.column_stack((np.array(tie, np.int64)[sits.group], person, target))
    drawn = target != _NONE
    return rows[drawn], sits.share[drawn]


def _managers(firm: Firm) -> Ints:
    """Tie people to their managers."""
    manager, first = roster(firm).manager, ends(firm).first["people"]
    (led,) = np.nonzero((manager != NOBODY) & (manager != np.arange(len(manager))))
    return _columns("reports to", led + first, manager[led] + first)


def _employers(firm: Firm) -> Ints:
    """Tie people to their employer, if it is not the firm."""

    def employed(people: Iterable[Person]) -> dict[str, str]:
        return {person.id: person.partner for person in people if person.partner}

    def amend(before: dict[str, str], people: Changes) -> dict[str, str]:
        kept_on = {key: value for key, value in before.items() if key not in people}
        return kept_on | employed(new for _, new in people.values() if new)

    found = kept(
        "employers", (firm.people,), lambda: employed(firm.people.values()), amend
    )
    at = ends(firm).place
    return _rows(
        ("employed by", at("people", person), at("partners", partner))
        for person, partner in found.items()
    )


def _of_assets(firm: Firm) -> Ints:
    """Tie assets to who owns, keeps and supplies them, and to one another."""
    known = ends(firm)

    def rows(assets: Iterable[Asset]) -> Ints:
        """Give the lines of assets, before each the place of the asset."""
        told = (each for asset in assets for each in _asset(known, asset))
        found = np.fromiter(chain.from_iterable(told), np.int64).reshape(-1, 4)
        whole: Ints = found[(found[:, 2:] != _NONE).all(axis=1)]
        return whole

    def amend(before: Ints, same: Changes, assets: Changes) -> Ints | None:
        if same or not same_keys(assets):
            return None
        gone = [known.at["assets"][key] for key in assets]
        stays = before[~np.isin(before[:, 0], gone)]
        return np.concatenate((stays, rows(pair[1] for pair in assets.values())))

    def work_out() -> Ints:
        return rows(lying(firm.assets))

    tables = (known, firm.assets)
    return kept("lines of assets", tables, work_out, amend)[:, 1:]


def _asset(known: Ends, asset: Asset) -> Iterator[tuple[int, int, int, int]]:
    """Give the lines of an asset: its own place, the tie, the source and the target."""
    at = known.at
    here = at["assets"][asset.id]
    if asset.mission:
        yield here, _OWNS, at["missions"].get(asset.mission, _NONE), here
    elif asset.unit:
        yield here, _OWNS, at["units"].get(asset.unit, _NONE), here
    for keeper in set(asset.keepers):
        yield here, _KEEPS, at["people"].get(keeper, _NONE), here
    for needed in set(asset.depends_on) - {asset.id}:
        yield here, _DEPENDS, here, at["assets"].get(needed, _NONE)
    if asset.supplier:
        yield here, _SUPPLIED, here, at["partners"].get(asset.supplier, _NONE)


def _contracts(firm: Firm) -> Ints:
    """Tie missions to the partners that supply them by contract."""
    at = ends(firm).place
    return _rows(
        ("supplied by", at("missions", mission), at("partners", contract.partner))
        for contract in firm.contracts.values()
        for mission in set(contract.missions)
    )


def _there(firm: Firm, rows: Ints) -> Bools:
    """Tell what is in the picture: all but the units in which nothing of it is.

    A unit is in it where somebody sits or that owns an asset, and those above it.
    """
    known = ends(firm)
    there = np.ones(known.size, np.bool_)
    units = known.are("units")
    there[units] = False
    there[rows[rows[:, 0] == TIES.index("sits in"), 2]] = True
    there[rows[rows[:, 0] == TIES.index("owns"), 1]] = True
    above = _above(firm)
    found = units[there[units]]
    while len(found):
        up = above[found - known.first["units"]]
        found = np.unique(up[(up != _NONE) & ~there[up]])
        there[found] = True
    return there


def _above(firm: Firm) -> Ints:
    """Give for each unit the place of the one above it; _NONE where there is none."""
    known = ends(firm)
    up = [
        _NONE if (up := firm.units[key].parent) == key else known.place("units", up)
        for key in known.keys["units"]
    ]
    return np.array(up, np.int64)


def _upwards(firm: Firm, there: Bools) -> Ints:
    """Tie the units in the picture to the units above them."""
    units, above = ends(firm).are("units"), _above(firm)
    drawn = there[units] & (above != _NONE)
    return _columns("part of", units[drawn], above[drawn])
