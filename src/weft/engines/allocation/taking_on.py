"""Can we take this on? The round with a need more, beside the round without it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from weft.core.missions import Need
from weft.core.records import Record
from weft.core.rounds.rules import STEP
from weft.engines.allocation.moving import Moving
from weft.engines.allocation.plan import Plan
from weft.engines.allocation.proposal import OpenNeed, Proposed
from weft.engines.allocation.reasons import Reasons
from weft.engines.allocation.stating import Stated


class Gives(Record, frozen=True, kw_only=True):
    """What another need would lack that it has without: hundredths, by month."""

    mission: str
    skill: str
    level: int
    open: Mapping[str, int]


class Ability(Record, frozen=True, kw_only=True):
    """Whether a mission can have a need met, and what must give.

    verdict: yes: in all its months. later: from a month on, `since`. no: in none to
    the end. gives: needs that would lack more. moves: of the first month that it takes.
    open: what it lacks, why, and the ways out; None where it lacks nothing. gap: how
    far from the best the plan with it is at most, in percent: a no may be the search's.
    """

    verdict: Literal["yes", "later", "no"]
    since: str | None = None
    gives: tuple[Gives, ...]
    moves: tuple[Proposed, ...]
    open: OpenNeed | None
    gap: float


def can(
    need: Need, without: tuple[Stated, Plan], asked: tuple[Stated, Plan]
) -> Ability:
    """Compare a round with a need more with the round as it is."""
    (before, old), (after, new) = without, asked
    mine = (need.mission, need.skill, need.level)
    lacks = {key: row for key, row in _open(after, new).items() if any(row.values())}
    had = _open(before, old)
    moved = {move.person: move.parts for move in Moving(before, old).moves()}
    row = lacks.get(mine, {})
    asking = [m for m in after.problem.months if need.wanted_in(m)]
    short = [m for m in asking if row.get(m, 0) > had.get(mine, {}).get(m, 0)]
    later = [m for m in asking if not short or m > short[-1]]
    verdict: Literal["yes", "later", "no"] = "later" if later else "no"
    opened = Reasons(after, new).open_needs() if short else ()
    return Ability(
        verdict=verdict if short else "yes",
        since=later[0] if short and later else None,
        gives=tuple(
            Gives(mission=key[0], skill=key[1], level=key[2], open=more)
            for key, now in sorted(lacks.items())
            if key != mine
            and (
                more := {
                    m: share - had.get(key, {}).get(m, 0)
                    for m, share in now.items()
                    if share > had.get(key, {}).get(m, 0)
                }
            )
        ),
        moves=tuple(
            move
            for move in Moving(after, new).moves()
            if moved.get(move.person) != move.parts
        ),
        open=next((o for o in opened if (o.mission, o.skill, o.level) == mine), None),
        gap=round(new.gap * 100, 2),
    )


def _open(stated: Stated, plan: Plan) -> dict[tuple[str, str, int], dict[str, int]]:
    """Give what each need lacks in each month, in hundredths."""
    problem = stated.problem
    return {
        (problem.missions[mission], skill, level): {
            month: units * STEP
            for month, units in zip(problem.months, row, strict=True)
        }
        for (mission, skill, level), row in zip(
            problem.needs, plan.open.tolist(), strict=True
        )
    }
