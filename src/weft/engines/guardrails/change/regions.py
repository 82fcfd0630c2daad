"""Accepted regions: every value of one field that would do, the rest unchanged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from weft.core.vocabulary import Property
from weft.engines.guardrails.change.search import Solution
from weft.engines.guardrails.change.solve import Solver
from weft.engines.guardrails.change.world import Move, Place
from weft.engines.guardrails.rules.cells import Cell, cells, cells_of
from weft.engines.guardrails.rules.kinds import ORDERED, bounds
from weft.engines.guardrails.rules.tree import Leaf
from weft.engines.guardrails.rules.wording import listed, text_of

ANY_OTHER = "any other text"


def accepted(solver: Solver, solution: Solution, place: Place) -> str:
    """Write down what could stand at an edited field instead, the new value included.

    Empty for a set: its members are edited one by one.
    """
    prop = solver.base.prop(place)
    if prop.type == "set":
        return ""
    others = [o for o in solution.options if o.move.place != place]
    world = solver.after(Solution(tuple(others)))
    rules = solver.readers([place.slot])
    fine = []
    for cell in all_cells(solver, place):
        there = world.after(Move("set", place, one_of(prop, cell)))
        if not any(solver.blocks(rule, there) for rule in rules):
            fine.append(cell)
    return region(prop, fine, leaves_at(solver, place))


def leaves_at(solver: Solver, place: Place) -> Sequence[Leaf]:
    """Give all leaves on a field, those of the mandate too."""
    field = (place.slot, place.field)
    known = solver.case.rules.board.leaves.get(field, [])
    return [*known, *solver.extra.leaves.get(field, ())]


def all_cells(solver: Solver, place: Place) -> tuple[Cell, ...]:
    """Cut the domain of a field by all rules there are, once for all requests."""
    field, prop = (place.slot, place.field), solver.base.prop(place)
    apart = solver.apart.get(field, ())
    if apart or field in solver.extra.leaves:
        return cells(prop, leaves_at(solver, place), apart)
    return cells_of(solver.case.rules.board, field, prop)


def one_of(prop: Property, cell: Cell) -> Any:
    """Give some value of a cell."""
    return cell.nearest(None) if prop.type in ORDERED else cell.values[0]


def region(prop: Property, found: Sequence[Cell], leaves: Sequence[Leaf]) -> str:
    """Write down the values of some cells."""
    if prop.type == "text":
        named = {value for leaf in leaves for value in leaf.order}
        begins = [leaf.constant for leaf in leaves if leaf.operator == "starts_with"]
        return listed(dict.fromkeys(_texts(prop, found, named, begins)))
    if prop.type not in ORDERED:
        values = {value for cell in found for value in cell.values}
        own = (True, False) if prop.type == "bool" else prop.values
        return listed(text_of(prop, value) for value in own if value in values)
    if prop.type == "rank":
        ends = [(cell.low or 0, cell.high or 0) for cell in found]
        places = (place for low, high in ends for place in range(low, high + 1))
        return listed(prop.values[place] for place in places)
    return listed(interval(prop, low, high) for low, high in _merged(found))


def interval(prop: Property, low: int | None, high: int | None) -> str:
    """Write down the numbers, amounts or days from one to another."""
    lowest, highest = bounds(prop)
    from_start, to_end = low in {None, lowest}, high in {None, highest}
    if low is not None and low == high:
        return text_of(prop, low)
    if from_start and to_end:
        return "any value"
    if from_start:
        return f"up to {text_of(prop, high)}"
    return f"from {text_of(prop, low)}" + (
        "" if to_end else f" to {text_of(prop, high)}"
    )


def _merged(found: Iterable[Cell]) -> list[tuple[int | None, int | None]]:
    """Join intervals that follow on each other."""
    merged: list[tuple[int | None, int | None]] = []
    for cell in found:
        last = merged[-1][1] if merged else None
        if merged and last is not None and cell.low == last + 1:
            merged[-1] = (merged[-1][0], cell.high)
        else:
            merged.append((cell.low, cell.high))
    return merged


def _texts(
    prop: Property, found: Iterable[Cell], named: set[Any], begins: Sequence[str]
) -> Iterable[str]:
    """Write down texts: by name, by how they begin, or as any other."""
    for cell in found:
        for value in cell.values:
            begin = max((b for b in begins if value.startswith(b)), key=len, default="")
            if value in named and value not in begins:
                yield text_of(prop, value)
            else:
                yield f"a text that begins with {begin}" if begin else ANY_OTHER
