"""Solutions written down: what to change, and everything that would do there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.requests import Edit, Request, WayOut
from weft.engines.guardrails.change.regions import accepted
from weft.engines.guardrails.change.search import Solution
from weft.engines.guardrails.change.solve import Solved, Solver
from weft.engines.guardrails.change.world import Place, World
from weft.engines.guardrails.rules.kinds import plain
from weft.engines.guardrails.rules.wording import MISSING, actual, listed, text_of

REMOVED: Final = "removed"
ADDED: Final = "a new element"

_INSIDE = re.compile(r"(.+)\[(\d+)\](?:\.(.+))?")


def ways(solver: Solver, solved: Solved) -> tuple[WayOut, ...]:
    """Give each solution as the edits of a way out."""
    return tuple(
        WayOut(edits=_edits(solver, solution), proved=solved.proved)
        for solution in solved.solutions
    )


def _edits(solver: Solver, solution: Solution) -> tuple[Edit, ...]:
    """Write down the edits of a solution, one for each field, by path."""
    world = solver.after(solution)
    kinds = {option.move.place: option.move.kind for option in solution.options}
    edits = []
    for place, kind in kinds.items():
        if kind == "remove":
            old = _element(solver.base, place)
            edits.append(Edit(path=solver.base.path(place), old=old, new=REMOVED))
        elif kind == "add":
            edits.append(Edit(path=solver.base.path(place), old=MISSING, new=ADDED))
        else:
            edits.append(_edit(solver, solution, place, world))
    return tuple(sorted(edits, key=lambda edit: _by_path(edit.path)))


def _edit(solver: Solver, solution: Solution, place: Place, world: World) -> Edit:
    """Write down the new value of one field."""
    prop, new, base = world.prop(place), world.typed(place), solver.base
    was = (base.typed(place), base.raw(place)) if base.has(place) else (None, None)
    return Edit(
        path=base.path(place),
        old=actual(prop, *was),
        new=text_of(prop, new),
        value=plain(prop, new),
        accepted=accepted(solver, solution, place),
    )


def _element(world: World, place: Place) -> str:
    """Write down what is in an element that is taken out."""
    slot = world.slots[place.slot]
    raw = world.facts[slot.prop.id][place.element]
    fields = raw.items() if isinstance(raw, Mapping) else ()
    return listed(f"{name}: {value}" for name, value in sorted(fields)) or MISSING


def _by_path(path: str) -> tuple[str, int, str]:
    """Sort by path, the elements of a list by their number."""
    inside = _INSIDE.fullmatch(path)
    return (inside[1], int(inside[2]), inside[3] or "") if inside else (path, -1, "")


def changed(firm: Firm, request: Request, way: WayOut) -> Request:
    """Give a request with the edits of a way out made, ready to be asked again."""
    asset = firm.assets.get(request.asset) if request.asset else None
    known = {**(asset.properties if asset else {}), **request.properties}
    properties: dict[str, Any] = dict(request.properties)
    lists: dict[str, dict[int, Any]] = {}
    for edit in way.edits:
        inside = _INSIDE.fullmatch(edit.path)
        if inside is None:
            properties[edit.path] = edit.value
            continue
        name, index, field = inside[1], int(inside[2]), inside[3]
        elements: Sequence[Any] = known.get(name, ())  # type: ignore[assignment]
        edited = lists.setdefault(name, dict(enumerate(elements)))
        if field is None:
            edited[index] = None if edit.new == REMOVED else edited.get(index, {})
        else:
            old = edited.get(index)
            kept = old if isinstance(old, Mapping) else {}
            edited[index] = {**kept, field: edit.value}
    for name, edited in lists.items():
        left = (edited[index] for index in sorted(edited))
        properties[name] = tuple(each for each in left if each is not None)
    return replace(request, properties=properties)
