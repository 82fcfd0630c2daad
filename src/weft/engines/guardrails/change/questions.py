"""Questions: facts that nobody has stated, with the verdict for each answer.

Facts are asked, never suggested: every answer is shown with what follows from it,
and none of them as advice.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from weft.core.requests import Question, Verdict, WayOut
from weft.engines.guardrails.change.members import (
    MOST_COMBINED,
    classes,
    whole_sets,
)
from weft.engines.guardrails.change.moves import Freedom
from weft.engines.guardrails.change.regions import (
    all_cells,
    leaves_at,
    one_of,
    region,
)
from weft.engines.guardrails.change.solve import Solved, Solver
from weft.engines.guardrails.change.ways import ways
from weft.engines.guardrails.change.world import Move, Place, World
from weft.engines.guardrails.judging import judge, verdict_of
from weft.engines.guardrails.rules.kinds import ORDERED
from weft.engines.guardrails.rules.wording import text_of
from weft.engines.guardrails.rules.words import word_of

NO_ELEMENT: Final = "none at all"
_MOST_ROWS: Final = 64
_MOST_AFTER: Final = 8


class _Answer(msgspec.Struct, frozen=True):
    """An answer as people read it; those of one `kind` have the same verdict."""

    label: str
    value: Any
    kind: Any


def questions(
    solver: Solver, solved: Solved, *, with_changes: bool = False
) -> tuple[Question, ...]:
    """Give a question for each smallest set of facts that could turn the answer.

    with_changes: no answer does it alone, so what would be left to change after
    each of them is told too.
    """
    asked: dict[tuple[Place, ...], Question] = {}
    for solution in solved.solutions:
        moved = {option.move.place for option in solution.options}
        places = tuple(sorted(p for p in moved if is_unknown_fact(solver, p)))
        if places and places not in asked:
            asked[places] = _question(solver, places, with_changes=with_changes)
    return tuple(asked.values())


def open_ended(solver: Solver) -> tuple[Question, ...]:
    """Ask for what cannot be listed: lists, and sets of very many kinds."""
    slots = {
        word_of(solver.base.slots, slot)
        for rule in solver.blocking
        for slot in rule.reads
    }
    places = [Place(slot) for slot in sorted(slots)]
    return tuple(
        _question(solver, (place,), with_changes=False)
        for place in places
        if is_unknown_fact(solver, place) and _has_no_end(solver, place)
    )


def is_unknown_fact(solver: Solver, place: Place) -> bool:
    """Tell whether a place is to be asked: it is unknown, and no choice."""
    if not solver.base.has(place) or solver.base.typed(place) is not None:
        return False
    prop = solver.base.prop(place)
    return prop.role == "fact" or (prop.role == "choice" and prop.type == "list")


def _has_no_end(solver: Solver, place: Place) -> bool:
    """Tell whether a fact has more answers than can be tried."""
    prop = solver.base.prop(place)
    groups = classes(prop, leaves_at(solver, place)) if prop.type == "set" else ()
    return prop.type == "list" or len(groups) > MOST_COMBINED


def _question(
    solver: Solver, places: Sequence[Place], *, with_changes: bool
) -> Question:
    """Ask for some facts together; each row of answers gets its verdict."""
    verdicts: dict[str, Verdict] = {}
    after: dict[str, WayOut] = {}
    known: dict[tuple[Any, ...], tuple[Verdict, WayOut | None]] = {}
    tables = [_answers(solver, place) for place in places]
    for row in itertools.islice(itertools.product(*tables), _MOST_ROWS):
        kind = tuple(answer.kind for answer in row)
        if kind not in known:
            world = solver.base
            for place, answer in zip(places, row, strict=True):
                world = world.after(Move("set", place, answer.value))
            changes = with_changes and len(known) < _MOST_AFTER
            known[kind] = _told(solver, world, with_changes=changes)
        label = ", ".join(answer.label for answer in row)
        verdicts[label], way = known[kind]
        if way is not None:
            after[label] = way
    paths = [solver.base.path(place) for place in places]
    title = ", ".join(solver.base.prop(place).title for place in places)
    return Question(
        path=paths[0],
        also=tuple(paths[1:]),
        title=title[:400],
        answers=verdicts,
        after=after,
    )


def _told(
    solver: Solver, world: World, *, with_changes: bool
) -> tuple[Verdict, WayOut | None]:
    """Judge what an answer makes of the request; and what would turn that."""
    case = replace(solver.case, facts=world.facts)
    outcome, findings = judge(case)
    verdict = verdict_of(findings)
    if verdict != "refused" or not with_changes:
        return verdict, None
    then = Solver(case, outcome, findings)
    found = ways(then, then.solve(Freedom()))
    return verdict, found[0] if found else None


def _answers(solver: Solver, place: Place) -> Iterator[_Answer]:
    """Give all answers to one fact: each value, or each range of values."""
    prop = solver.base.prop(place)
    if prop.type == "list":
        yield _Answer(NO_ELEMENT, (), None)
        return
    leaves = leaves_at(solver, place)
    if prop.type == "set":
        for told in whole_sets(classes(prop, leaves)):
            yield _Answer(text_of(prop, told), told, told)
        return
    for cell in all_cells(solver, place):
        if prop.type in ORDERED - {"rank"} or prop.type == "text":
            label = region(prop, [cell], leaves)
            yield _Answer(label, one_of(prop, cell), cell.signature)
            continue
        values = cell.values or tuple(range(cell.low or 0, (cell.high or 0) + 1))
        for value in values:
            yield _Answer(text_of(prop, value), value, cell.signature)
