"""From a stated round and its plan to what is proposed."""

from __future__ import annotations

from collections import Counter
from math import floor

import numpy as np

from weft.engines.allocation.moving import FEWEST, Moving, liked
from weft.engines.allocation.plan import Plan, plan_of
from weft.engines.allocation.problem import Problem, empty
from weft.engines.allocation.proposal import Proposal
from weft.engines.allocation.reasons import Reasons
from weft.engines.allocation.stating import Stated


def read(stated: Stated, plan: Plan) -> Proposal:
    """Say what a plan proposes: moves, open needs, and how good it is."""
    problem, cost = stated.problem, plan.cost
    return Proposal(
        month=problem.months[0],
        months=len(problem.months),
        seq=stated.firm.seq,
        people=len(problem.people),
        missions=len(problem.missions),
        needs=len(problem.needs),
        points={
            "open": cost.open,
            "misfit": cost.misfit,
            "joining": cost.joining,
            "missing": cost.missing,
        },
        bound=max(floor(min(plan.bound, cost.total) + 1e-6), 0),
        gap=round(plan.gap * 100, 2),
        ended=plan.ended,
        begin=dict(zip(problem.months, plan.begun.tolist(), strict=True)),
        moves=Moving(stated, plan).moves(),
        open=Reasons(stated, plan).open_needs(),
        kept={
            why: many
            for why, many in sorted(Counter(stated.kept.values()).items())
            if why != "asks not to" or many >= FEWEST
        },
        liked=liked(stated, plan),
        notes=stated.notes,
        rate=stated.rules.rate,
    )


def nothing_given(problem: Problem) -> Plan:
    """Give the one plan there is where nobody can serve what is wanted."""
    prices = np.zeros(problem.demand.shape)
    plan = plan_of(problem, empty(4), 0.0, prices, "proven")
    return plan_of(problem, empty(4), float(plan.cost.total), prices, "proven")
