"""Who sits where: how near the best, how soon, beside HiGHS and CP-SAT given it whole.

The bars, at most so far from a bound that holds for all options: 100 people in 10
missions 1 % in 10 s, 1,000 in 100 3 % in 30 s, 10,000 in 500 4 % in 3 min and 2 GiB,
100,000 in 3,000 5 % in 20 min and 6 GiB: half an hour, and more to make that firm.
Every rule is counted anew by the checker. Time is by the clock, for the peers as well,
which get the same firm as far as they can take it: a machine that does other things
makes each worse. Ours and CP-SAT have two cores (ours one beyond 3,000 people), HiGHS
one.

    python benchmarks/allocation.py [--short] [--people N]     --short: up to 100 people
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from dataclasses import replace

import numpy as np

from firms import firm
from peers.seats import seated
from weft.app.rounds.abreast import abreast
from weft.engines.allocation import Plan, Problem, check, plan_of, propose
from weft.engines.allocation.problem import Ints
from weft.engines.allocation.solving import exact

SIZES = (
    (100, 10, 10, 1.0),
    (1_000, 100, 30, 3.0),
    (10_000, 500, 180, 4.0),
    (100_000, 3_000, 1_200, 5.0),
)
"""People, missions, seconds, percent."""
SMALL, FEW_MONTHS, PEER_S, PEER_PEOPLE = 20, 3, 60, 1_000


def timed(problem: Problem, seconds: float) -> tuple[Plan, float]:
    start = time.perf_counter()
    plan = propose(
        problem,
        seed=1,
        left=lambda: seconds - (time.perf_counter() - start),
        abreast=abreast,
    )
    return plan, time.perf_counter() - start


def shown(name: str, problem: Problem, plan: Plan, seconds: float) -> None:
    cost, people = plan.cost, len(problem.people)
    broken = Counter(violation.rule for violation in check(problem, plan))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{name}: {people:,} people, {len(problem.missions)} missions, "
        f"{len(problem.months)} months, {len(problem.misfit):,} options, "
        f"{seconds:.1f} s"
    )
    print(
        f"  {cost.total:,} points (open {cost.open:,}, misfit {cost.misfit:,}, "
        f"joining {cost.joining:,}, missing {cost.missing:,}), bound {plan.bound:,.0f}"
    )
    print(
        f"  gap {plan.gap:.2%}, open {plan.open.sum() / problem.demand.sum():.2%}, "
        f"joins {plan.joined:,}, holders missing {plan.missing_holders.sum()}, "
        f"camps missing {plan.missing_camps.sum()}, rules broken {dict(broken)}, "
        f"{plan.ended}, peak {peak:.2f} GiB"
    )


def whole(problem: Problem, plan: Plan, seconds: float) -> None:
    """Give the same firm to HiGHS and CP-SAT, every rule in one model."""
    start = time.perf_counter()
    found = exact.solve(problem, seconds=seconds)
    print(f"  HiGHS, whole, {time.perf_counter() - start:.1f} s: ", end="")
    beside(problem, plan, found.given, found.bound)
    start = time.perf_counter()
    given, bound = seated(problem, seconds)
    print(f"  CP-SAT, whole, {time.perf_counter() - start:.1f} s: ", end="")
    beside(problem, plan, given, bound)


def beside(problem: Problem, plan: Plan, given: Ints | None, bound: float) -> None:
    """Print what a peer found, and what ours costs of it."""
    if given is None:
        print(f"no plan, bound {bound:,.0f}")
        return
    zero = np.zeros(problem.demand.shape)
    peer = plan_of(problem, given, max(bound, plan.bound), zero, "done")
    assert check(problem, peer) == ()
    print(
        f"{peer.cost.total:,} points, gap {peer.gap:.2%}; "
        f"ours costs {plan.cost.total / peer.cost.total:.3f} of it"
    )


def small() -> None:
    """Compare with the optimum HiGHS proves: with its help, and by search alone."""
    equal, over, proven = 0, [], 0
    for seed in range(SMALL):
        problem = firm(16, 3, seed=seed, months=FEW_MONTHS)
        best = exact.solve(problem, seconds=PEER_S)
        if not best.proven:
            continue
        proven += 1
        plan = propose(problem)
        assert check(problem, plan) == ()
        equal += abs(plan.cost.total - best.bound) < 1 / 2
        alone = propose(problem, left=lambda: 1.9)  # too little for HiGHS
        assert check(problem, alone) == ()
        over.append(alone.cost.total / best.bound - 1)
    print(
        f"small: {equal} of {proven} equal to the optimum that HiGHS proves; "
        f"the search alone is {np.mean(over):.2%} above it, at most {max(over):.2%}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--short", action="store_true")
    arguments.add_argument("--people", type=int)
    asked = arguments.parse_args()
    compile_first()
    small()
    for people, missions, seconds, bar in SIZES:
        if asked.people not in (None, people):
            continue
        if asked.short and people > SIZES[0][0]:
            break
        problem = firm(people, missions, seed=1)
        plan, spent = timed(problem, seconds)
        shown("round", problem, plan, spent)
        print(f"  the bars: {bar} % and {seconds} s")
        if people <= PEER_PEOPLE:
            whole(problem, plan, seconds)


def compile_first() -> None:
    """Compile what has to be, which is not timed."""
    tiny = firm(12, 2, seed=0, months=FEW_MONTHS)
    propose(replace(tiny, missing=0), left=lambda: 1.9)


if __name__ == "__main__":
    main()
