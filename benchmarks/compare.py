"""The default comparison: 8 models, 20 paired runs of 3 years, and what would turn it.

The bars, on two cores: 500 people in 60 seconds with the first picture in 5, 20,000
people in 15 minutes, and 4 GiB at most. Time is that of a clock, from a process that
has loaded nothing yet, as the bars are; the processor's is told beside it, as others
may use the machine: half of it is what two cores that are free would take.

    python benchmarks/compare.py [--short]     --short: 500 people alone
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Final

from weft.app.comparing.models import the_models
from weft.app.comparing.processes import on_processes
from weft.engines.simulation.comparing import Ask, compare
from weft.engines.simulation.models import Setting, setting_of
from weft.examples.firms import make
from weft.examples.story import play

BARS: Final = {500: 60.0, 20_000: 900.0}
TODAY: Final = date(2026, 11, 29)
FIRST, MEMORY = 5.0, 4 * 2**30
TEAM, SCARCE, BUSY = 8, 25, 0.65
"""People to a mission, people to each scarce specialist, and how busy those are."""
_TICKS: Final = os.sysconf("SC_CLK_TCK")


def place(people: int) -> Setting:
    """Give the example bank as every model finds it, with so many people."""
    *_, (_, firm) = play(make("bank", people=120, today=TODAY))
    scarce = people // SCARCE
    return setting_of(firm).with_values(
        {
            "people": people,
            "missions": people // TEAM,
            "specialists": scarce,
            "specialist_work": BUSY * scarce,
        }
    )


def used() -> tuple[float, int]:
    """Give the processor's seconds and the most memory of all processes of ours."""
    seconds, memory = 0, 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[2]) != os.getpgrp():
                continue
            seconds += int(fields[11]) + int(fields[12])
            status = (folder / "status").read_text()
        except OSError:  # it has ended meanwhile
            continue
        memory += int(status.partition("VmHWM:")[2].split()[0]) * 1024
    return seconds / _TICKS, memory


def told(name: str, figure: float, bar: float, unit: str) -> bool:
    good = figure <= bar
    print(
        f"{name:>32}: {figure:8.1f} {unit} (bar {bar:g}) {'ok' if good else 'MISSED'}"
    )
    return good


def measured(people: int) -> bool:
    """Make the comparison once, and hold it against its bars."""
    ask = Ask(the_models((), {}), place(people))
    before, _ = used()
    begun, first = time.monotonic(), 0.0
    with on_processes() as mapper:
        for _ in compare(ask, mapper):
            first = first or time.monotonic() - begun
        whole = time.monotonic() - begun
        after, memory = used()
    good = told(f"{people:,} people, all", whole, BARS[people], "s")
    print(f"{'of the processor':>32}: {after - before:8.1f} s")
    good &= told("memory", memory / 2**30, MEMORY / 2**30, "GiB")
    if people == min(BARS):
        good &= told("first picture", first, FIRST, "s")
    return good


def main() -> None:
    os.setpgid(0, 0)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    short = parser.parse_args().short
    sizes = sorted(BARS)[:1] if short else sorted(BARS)
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} processes at work before")
    kept = [measured(people) for people in sizes]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
