"""What would turn a no into a yes, or why nothing does."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from weft.core.requests import Finding, Question, WayOut
from weft.engines.guardrails.change.moves import Freedom
from weft.engines.guardrails.change.questions import open_ended, questions
from weft.engines.guardrails.change.solve import Solver
from weft.engines.guardrails.change.standstill import NOT_FOUND, core_of, no_way
from weft.engines.guardrails.change.ways import ways
from weft.engines.guardrails.judging import Case
from weft.engines.guardrails.rules.compiled import Outcome

CHOICES = Freedom(choices=True, facts=False)
FACTS = Freedom(choices=False, facts=True)
BOTH = Freedom(choices=True, facts=True)


class Turning(msgspec.Struct, frozen=True):
    """The ways out, the facts to ask for, and the reason if there are no ways."""

    ways: tuple[WayOut, ...] = ()
    questions: tuple[Question, ...] = ()
    no_way: str = ""


def turning(case: Case, outcome: Outcome, findings: Sequence[Finding]) -> Turning:
    """Find the smallest changes of choices, and the questions whose answers decide.

    A change is right whatever the missing facts turn out to be. Where there is none,
    and no answer turns the no either, both together are tried before it is said
    that nothing does.
    """
    solver = Solver(case, outcome, findings)
    by_choice = ways(solver, solver.solve(CHOICES))
    asked = questions(solver, solver.solve(FACTS))
    if by_choice:
        return Turning(by_choice, asked)
    why = ""
    if not asked:
        both = solver.solve(BOTH)
        asked = questions(solver, both, with_changes=True) or open_ended(solver)
        why = (
            no_way(solver, core_of(solver, both.core, BOTH)) if both.core else NOT_FOUND
        )
    if asked:
        paths = dict.fromkeys(p for q in asked for p in (q.path, *q.also))
        why = f"It depends on what nobody has stated yet: {', '.join(paths)}."
    return Turning((), asked, why)
