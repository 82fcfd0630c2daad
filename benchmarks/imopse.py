"""Projects with skills and levels: schedules of the iMOPSE set, beside CP-SAT.

Every project of the public set is scheduled and checked by code that has nothing to do
with the search: who is able at the level asked, nobody at two tasks at once, what has
to come before is over. What is told is the time until all is done (makespan) against
the best that OR-tools CP-SAT finds in its own time, which starts from our first
schedule, and against a time below which no schedule ends. Bound: at most 3 % above
CP-SAT on average.

    python benchmarks/imopse.py DIR [--short] [--seconds 10] [--peer 60]

DIR holds the .def files, in folders. --short: every sixth project, with a second for
the search and five for CP-SAT.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from statistics import mean

from peers.cpsat import scheduled
from projects.reading import Project, read
from projects.scheduling import Search, least, wrong

ABOVE = 0.03
SEED, WORKERS = 1, 2


def compared(project: Project, seconds: float, peer_seconds: float) -> float:
    """Schedule a project both ways, print it, and tell how far above it we are."""
    low = least(project)
    search = Search(project, SEED)
    first = search.best
    begin = time.process_time()
    ours = search.run(seconds, low)
    took = time.process_time() - begin
    theirs, bound, proven = scheduled(project, first, peer_seconds, WORKERS)
    for name, found in (("ours", ours), ("CP-SAT", theirs)):
        if broken := wrong(project, found):
            raise SystemExit(f"{project.name}, {name}: {broken}")
    low, above = max(low, bound), ours.end / theirs.end - 1
    best = "shortest there is" if ours.end == low else f"at least {low}"
    print(
        f"{project.name:22} {len(project.duration):4} tasks {project.people:3} people"
        f"  {ours.end:5} in {took:4.1f} s, {best:17}  CP-SAT {theirs.end:5}"
        f"{'*' if proven else ' '} {above:+6.1%}",
        flush=True,
    )
    return above


def main() -> None:
    """Measure."""
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    data = Path(__file__).parents[2] / "shared" / "data" / "imopse-msrcpsp"
    words.add_argument("folder", type=Path, nargs="?", default=data)
    words.add_argument("--short", action="store_true")
    words.add_argument("--seconds", type=float, default=10)
    words.add_argument("--peer", type=float, default=60)
    told = words.parse_args()
    files = sorted(told.folder.rglob("*.def"))
    if not files:
        print(f"{told.folder} holds no .def file: nothing to schedule.")
        return
    seconds, peer = (1, 5) if told.short else (told.seconds, told.peer)
    every = [
        compared(read(file), seconds, peer) for file in files[:: 6 if told.short else 1]
    ]
    print(
        f"{len(every)} projects, every schedule checked: {mean(every):+.2%} against"
        f" CP-SAT on average (bound {ABOVE:+.0%}), {max(every):+.1%} at worst"
    )
    assert mean(every) <= ABOVE


if __name__ == "__main__":
    main()
