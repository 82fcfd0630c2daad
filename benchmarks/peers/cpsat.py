"""The peer for schedules: OR-tools CP-SAT, asked in the way its makers show."""

from __future__ import annotations

from ortools.sat.python import cp_model

from projects.reading import Project
from projects.scheduling import Schedule


def scheduled(
    project: Project, hint: Schedule, seconds: float, workers: int
) -> tuple[Schedule, int, bool]:
    """Give its best schedule, the bound it proves, and whether it is the shortest.

    hint: a schedule to start from. Without one it stays far behind on large projects,
    and a peer that is asked unfairly is none.
    """
    model, most = cp_model.CpModel(), hint.end
    starts: list[cp_model.IntVar] = []
    chosen: list[dict[int, cp_model.IntVar]] = []
    by_person: list[list[cp_model.IntervalVar]] = [[] for _ in range(project.people)]
    for task, (days, able) in enumerate(
        zip(project.duration, project.able, strict=True)
    ):
        start = model.new_int_var(0, most - days, f"start {task}")
        starts.append(start)
        does = {}
        for person in able:
            does[person] = model.new_bool_var(f"{person} does {task}")
            by_person[person].append(
                model.new_optional_fixed_size_interval_var(
                    start, days, does[person], f"{person} at {task}"
                )
            )
            model.add_hint(does[person], hint.person[task] == person)
        model.add_exactly_one(does.values())
        model.add_hint(start, hint.start[task])
        chosen.append(does)
    for times in by_person:
        model.add_no_overlap(times)
    end = model.new_int_var(0, most, "end")
    for task, days in enumerate(project.duration):
        model.add(end >= starts[task] + days)
        for other in project.before[task]:
            model.add(starts[task] >= starts[other] + project.duration[other])
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return hint, 0, False
    found = Schedule(
        start=tuple(solver.value(start) for start in starts),
        person=tuple(
            next(p for p, does in one.items() if solver.value(does)) for one in chosen
        ),
        end=round(solver.objective_value),
    )
    return found, round(solver.best_objective_bound), status == cp_model.OPTIMAL
