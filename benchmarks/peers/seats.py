"""The peer for seats: OR-tools CP-SAT, given the very programme that HiGHS is given."""

from __future__ import annotations

import numpy as np
from ortools.sat.python import cp_model
from scipy.optimize import LinearConstraint

from weft.engines.allocation import Problem
from weft.engines.allocation.problem import Ints
from weft.engines.allocation.solving.exact import Model

WORKERS = 2


def seated(problem: Problem, seconds: float) -> tuple[Ints | None, float]:
    """Give its best plan, [., 4] or None, and the bound it proves.

    CP-SAT knows whole numbers only. All of a round are, so no plan is lost by that.
    """
    stated, model = Model(problem), cp_model.CpModel()
    columns, limits = stated.columns, stated.limits
    assert isinstance(limits, LinearConstraint)
    top = int(problem.demand.max() + problem.capacity.max())
    most = np.minimum(columns.most, top).astype(int)
    values = [
        model.new_int_var(int(low), int(high), f"c{at}")
        for at, (low, high) in enumerate(zip(columns.least, most, strict=True))
    ]
    matrix = limits.A.tocsr()
    for row, (low, high) in enumerate(zip(limits.lb, limits.ub, strict=True)):
        at = slice(*matrix.indptr[row : row + 2])
        terms = [values[column] for column in matrix.indices[at]]
        factors = matrix.data[at].astype(int).tolist()
        least = cp_model.INT32_MIN if low == -np.inf else int(low)
        greatest = cp_model.INT32_MAX if high == np.inf else int(high)
        model.add_linear_constraint(
            cp_model.LinearExpr.weighted_sum(terms, factors), least, greatest
        )
    model.minimize(
        cp_model.LinearExpr.weighted_sum(values, columns.cost.astype(int).tolist())
    )
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = WORKERS
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None, solver.best_objective_bound
    found = np.array([solver.value(value) for value in values], float)
    return stated.given(found), solver.best_objective_bound
