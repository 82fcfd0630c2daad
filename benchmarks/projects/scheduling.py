"""Schedules of a project: made from a list of tasks, and bettered by changing it.

A list is turned into a schedule task by task: each goes to whoever of the able is
done with it first, and of those to the one whom other work can do without best. The
search moves tasks in the list and, now and then, fixes who does one (simulated
annealing). In between the schedule is pushed to the end and back to the start, as is
usual for projects with scarce people (justification; Valls, Ballestin and Quintanilla,
European Journal of Operational Research 165, 2005).
"""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from projects.reading import Project

Order = list[int]
FREE = -1
"""Stands for whoever is done first."""
FIXES, OPENS = 0.25, 0.5
"""Shares of the steps that say who does a task; of these, that leave it open again."""


@dataclass(frozen=True)
class Schedule:
    """When each task starts, and who does it."""

    start: tuple[int, ...]
    person: tuple[int, ...]
    end: int


def wrong(project: Project, found: Schedule) -> str:
    """Name a rule that a schedule breaks, or nothing: by code of its own."""
    busy: dict[int, list[tuple[int, int]]] = {}
    for task, (start, person) in enumerate(zip(found.start, found.person, strict=True)):
        end = start + project.duration[task]
        if person not in project.able[task]:
            return f"task {task + 1} is done by one who is not able"
        if start < 0 or end > found.end:
            return f"task {task + 1} is not within the time told"
        for other in project.before[task]:
            if found.start[other] + project.duration[other] > start:
                return f"task {task + 1} starts before task {other + 1} is over"
        busy.setdefault(person, []).append((start, end))
    for person, times in busy.items():
        times.sort()
        for (_, end), (start, _) in pairwise(times):
            if end > start:
                return f"person {person + 1} does two tasks at once at {start}"
    return ""


def least(project: Project) -> int:
    """Give a time below which no schedule ends: the longest chain, or work for few."""
    over = [0] * len(project.duration)
    for task, before in enumerate(project.before):
        begins = max((over[other] for other in before), default=0)
        over[task] = begins + project.duration[task]
    sets = {frozenset(able) for able in project.able}
    sets |= {one | other for one in sets for other in sets}
    work = [
        math.ceil(
            sum(
                days
                for days, able in zip(project.duration, project.able, strict=True)
                if few.issuperset(able)
            )
            / len(few)
        )
        for few in sets
    ]
    return max(*over, *work)


class Search:
    """The search for a short schedule of one project."""

    def __init__(self, project: Project, seed: int) -> None:
        """Begin with the list that takes the longest chains first."""
        self.project, self.draw = project, Random(seed)  # noqa: S311, no secret
        size = len(project.duration)
        self.after: list[list[int]] = [[] for _ in range(size)]
        for task, before in enumerate(project.before):
            for other in before:
                self.after[other].append(task)
        wanted = [0.0] * project.people
        for days, able in zip(project.duration, project.able, strict=True):
            for person in able:
                wanted[person] += days / len(able)
        self.able = [sorted(able, key=lambda p: wanted[p]) for able in project.able]
        self.fixed = [FREE] * size
        self.tail = self._tails()
        self.order = sorted(range(size), key=lambda t: (-self.tail[t], t))
        self.best = self.made(self.order)

    def _tails(self) -> list[int]:
        """Give the longest chain from the start of each task to the end."""
        tail = list(self.project.duration)
        for task in reversed(range(len(tail))):
            follows = max((tail[other] for other in self.after[task]), default=0)
            tail[task] += follows
        return tail

    def made(self, order: Order) -> Schedule:
        """Make the schedule of a list in which no task comes before one it follows."""
        start, person, end = self._laid(order, self.project.before)
        return Schedule(tuple(start), tuple(person), end)

    def _laid(
        self, order: Order, before: tuple[tuple[int, ...], ...] | list[list[int]]
    ) -> tuple[list[int], list[int], int]:
        duration, able, fixed = self.project.duration, self.able, self.fixed
        over, free = [0] * len(order), [0] * self.project.people
        start, person, last = [0] * len(order), [0] * len(order), 0
        for task in order:
            ready = 0
            for other in before[task]:
                ready = max(ready, over[other])
            who = fixed[task]
            if who == FREE:
                # of those free in time the one who was busy latest, so that no gap
                # is left for longer than it must; else whoever is free first
                soonest, gap = -1, -1
                for one in able[task]:
                    since = free[one]
                    if since <= ready:
                        if gap < since:
                            gap, who = since, one
                    elif gap < 0 and (soonest < 0 or since < soonest):
                        soonest, who = since, one
            begins = max(free[who], ready)
            ends = begins + duration[task]
            start[task], person[task] = begins, who
            over[task] = free[who] = ends
            last = max(last, ends)
        return start, person, last

    def justified(self, found: Schedule) -> Order:
        """Push a schedule to the end and back, and give the list that comes of it."""
        size = len(found.start)
        ends = [found.start[t] + self.project.duration[t] for t in range(size)]
        backwards = sorted(range(size), key=lambda t: (-ends[t], -t))
        start, _, last = self._laid(backwards, self.after)
        begins = [last - start[t] - self.project.duration[t] for t in range(size)]
        return sorted(range(size), key=lambda t: (begins[t], t))

    def run(self, seconds: float, least_end: int) -> Schedule:
        """Better the schedule until the time is over, or none can be shorter."""
        begin = time.process_time()
        now, cost = self.order, self._cost(self.best)
        heat = first = max(self.best.end * 0.02, 1.0)
        step = 0
        while self.best.end > least_end:
            step += 1
            if step % 64 == 0:
                used = (time.process_time() - begin) / seconds
                if used >= 1:
                    break
                heat = first * (1 - used) ** 2 + 0.01
            undo = None
            if step % 500 == 0:
                order = self.justified(self.made(now))
            elif self.draw.random() < FIXES:
                undo = self._fix()
                order = now
            else:
                order = self._moved(now)
            made = self.made(order)
            price = self._cost(made)
            if price <= cost or self.draw.random() < math.exp((cost - price) / heat):
                now, cost = order, price
                if made.end < self.best.end:
                    self.best = made
            elif undo is not None:
                self.fixed[undo[0]] = undo[1]
        return self.best

    def _cost(self, made: Schedule) -> float:
        """Give what is made small: the end, and a little how late people are busy."""
        free = [0] * self.project.people
        for task, person in enumerate(made.person):
            over = made.start[task] + self.project.duration[task]
            free[person] = max(free[person], over)
        late = sum(over * over for over in free) / self.project.people
        return made.end + late / (made.end * made.end) * 0.5

    def _fix(self) -> tuple[int, int]:
        """Say who does a task, or leave it open again; give how it was before."""
        task = self.draw.randrange(len(self.fixed))
        was = self.fixed[task]
        self.fixed[task] = (
            FREE if self.draw.random() < OPENS else self.draw.choice(self.able[task])
        )
        return task, was

    def _moved(self, order: Order) -> Order:
        """Move a task in the list, after all it follows and before what follows it."""
        place = self.draw.randrange(len(order))
        task = order[place]
        low, high = place, place
        before, after = set(self.project.before[task]), set(self.after[task])
        while low and order[low - 1] not in before:
            low -= 1
        while high + 1 < len(order) and order[high + 1] not in after:
            high += 1
        moved = order[:place] + order[place + 1 :]
        moved.insert(self.draw.randint(low, high), task)
        return moved
