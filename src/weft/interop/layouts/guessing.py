"""What the columns of a table hold, guessed by their heads and by their values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from weft.interop.layouts.columns import Claim, Column, by_head, by_values, seen
from weft.interop.layouts.layout import Guess, Layout, People
from weft.interop.layouts.words import PRIVATE, plain
from weft.interop.sheets import Sheet, Table

_HALVES = ("first name", "last name")
_NAMES = ("name", *_HALVES)
_FIRST = (*_NAMES, "email", "id", "manager", "unit")
_NEARLY_ONE = 1.05  # values of an inner unit for each that lies in one outer unit
_STRONG = 60


def guess(table: Table) -> Layout:
    """Guess which sheet holds the people and which column what, with the reasons.

    Looks at what the heads say in several languages, and at the values: addresses,
    names, texts that come back, names of others in the list. Never raises: a table
    of which nothing is understood gives a layout without columns.
    """
    found = [(sheet, _understood(sheet)) for sheet in table.sheets]
    sheet, claims = max(found, key=lambda each: _worth(*each))
    single = {c.field: c.column for c in claims if c.field not in {*_NAMES, "unit"}}
    people = People(
        sheet=sheet.name,
        name=tuple(c.column for c in claims if c.field in _NAMES),
        unit=tuple(c.column for c in claims if c.field == "unit"),
        **single,
    )
    return Layout(people=people, guesses=tuple(map(_told, claims)))


def private_columns(sheet: Sheet) -> tuple[str, ...]:
    """Give the columns that hold what Weft never takes: pay, birth, health ..."""
    return tuple(
        c for c in sheet.columns if plain(re.sub(r" \(\d+\)$", "", c)) in PRIVATE
    )


def _told(claim: Claim) -> Guess:
    """Make a guess of the claim that won."""
    return Guess(
        field="name" if claim.field in _NAMES else claim.field,
        column=claim.column,
        confidence=claim.confidence,
        reason=claim.reason,
    )


def _worth(sheet: Sheet, claims: Iterable[Claim]) -> tuple[int, int, int]:
    """Weigh a sheet: names first, then units or managers, then all else, then size."""
    fields = {claim.field for claim in claims}
    named, placed = bool(fields & {*_NAMES}), bool(fields & {"unit", "manager"})
    return 2 * named + placed, sum(c.confidence for c in claims), len(sheet.rows)


def _understood(sheet: Sheet) -> list[Claim]:
    """Give each column to the field that has the strongest claim to it."""
    private = set(private_columns(sheet))
    columns = [c for c in seen(sheet) if c.name not in private]
    claims = [*by_head(columns), *by_values(columns)]
    won: dict[str, Claim] = {}
    given: set[str] = set()
    for claim in sorted(claims, key=lambda c: (-c.confidence, *_order(c))):
        if claim.field not in won and claim.column not in given:
            won[claim.field] = claim
            given.add(claim.column)
    by_name = {column.name: column for column in columns}
    names = _names(won, by_name)
    units = _units(claims, won, by_name)
    rest = [claim for f, claim in won.items() if f not in {*_NAMES, "unit"}]
    return [*names, *units, *sorted(rest, key=_order)]


def _order(claim: Claim) -> tuple[int, str]:
    """Give the place of a claim: names and what tells people apart come first."""
    place = _FIRST.index(claim.field) if claim.field in _FIRST else len(_FIRST)
    return place, claim.column


def _names(won: dict[str, Claim], columns: dict[str, Column]) -> list[Claim]:
    """Give the columns of the name: one, or those of the first and the last name.

    A column called name that holds single words is half of one: `Name, Vorname`.
    """
    first, last = (won.get(half) for half in _HALVES)
    name = won.get("name")
    if first and last:
        return [first, last]
    if name and (first or last) and columns[name.column].of_one_word:
        return [each for each in (first or name, last or name) if each]
    if name:
        return [name]
    return [replace(each, confidence=_STRONG) for each in (first, last) if each]


def _units(
    claims: list[Claim], won: dict[str, Claim], columns: dict[str, Column]
) -> list[Claim]:
    """Give the columns of units from the outermost box to the innermost.

    Several columns are one tree where each value of the inner one lies in a single
    value of the outer one, as departments lie in divisions. Where there is neither
    a unit nor a manager, the team stands in for the unit; where there are managers,
    they tell more than a column that only looks like one of units.
    """
    if "manager" in won and "unit" in won and won["unit"].confidence < _STRONG:
        return []
    if "unit" not in won:
        if "manager" in won or "mission" not in won:
            return []
        team = won.pop("mission")
        reason = f"{team.reason} Nothing else holds the units."
        return [replace(team, field="unit", confidence=_STRONG, reason=reason)]
    best = won["unit"]
    taken = {claim.column for field, claim in won.items() if field != "unit"}
    strong = {
        c.column: c
        for c in claims
        if c.field == "unit" and c.confidence >= _STRONG and c.column not in taken
    }
    strong[best.column] = best
    chain: list[str] = []
    for name in sorted(strong, key=lambda n: (len(columns[n].different), n)):
        if not chain or _lies_in(columns[name], columns[chain[-1]]):
            chain.append(name)
    return [strong[name] for name in (chain if best.column in chain else [best.column])]


def _lies_in(inner: Column, outer: Column) -> bool:
    """Tell whether each value of one column goes with a single value of another."""
    whole = inner.rows == len(inner.texts) == len(outer.texts)
    if not whole or len(inner.different) <= len(outer.different):
        return False
    pairs = set(zip(inner.texts, outer.texts, strict=True))
    return len(pairs) <= len(inner.different) * _NEARLY_ONE
