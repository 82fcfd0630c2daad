"""A firm of 100,000 people with 500,000 claims: exported, read, loaded as one deed.

The load is the whole way that `weft load` goes: every line read and checked, the
difference taken, one entry written durably. Its peer is Python's own `json.loads` of
the same lines, in the same process: what nobody could do without. Bounds: 60 s for
the load, 4 GiB.

    python benchmarks/folder.py [--short]       --short: a tenth of the firm
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from weft.core.entries import put
from weft.core.firm import Firm, change
from weft.core.people import Person, Profile, Unit
from weft.core.records import Record
from weft.core.skills import Claim, Discipline, Skill
from weft.interop.folder import write_folder

PEOPLE, CLAIMS, SKILLS, UNITS = 100_000, 5, 400, 2_000
LOAD_S, MEMORY_GIB = 60.0, 4.0


def records(people: int) -> list[Record]:
    """Give an invented firm: seeded, so that each run measures the same."""
    draw = random.Random(7)  # noqa: S311, a firm and no secret
    found: list[Record] = [Discipline(id="it", title="Technology", camp="technology")]
    skills = [f"skill-{n}" for n in range(SKILLS)]
    found += [Skill(id=s, title=s.capitalize(), discipline="it") for s in skills]
    found += [Unit(id=f"unit-{n}", title=f"Unit {n}") for n in range(UNITS)]
    for n in range(people):
        found.append(
            Person(
                id=f"p{n:06}",
                unit=f"unit-{n % UNITS}",
                title=f"Engineer {n % 300}",
                manager=f"p{n // 8:06}" if n else None,
                disciplines={"it": 100},
                location="Lisbon",
            )
        )
        found += [
            Claim(
                person=f"p{n:06}",
                skill=skill,
                level=draw.randint(1, 5),
                seen=date(2026, 1, 1),
            )
            for skill in draw.sample(skills, CLAIMS)
        ]
    return found


LOAD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from weft.app import folder
from weft.core.roles import Actor
from weft.store.desk import open_desk
begin = time.perf_counter()
read = folder.read(Path(sys.argv[1]))
middle = time.perf_counter()
owner = Actor(person="owner", owner=True)
with open_desk(sys.argv[2]) as desk:
    loaded = folder.load(desk, owner, read, datetime(2026, 11, 21, tzinfo=UTC))
    end = time.perf_counter()
    firm = desk.firm()
    assert loaded.entry == 1, loaded
    print(middle - begin, end - middle, len(firm.people), len(firm.claims))
"""


def bare(path: Path) -> float:
    """Give the seconds in which Python alone reads the lines."""
    begin = time.perf_counter()
    for file in sorted(path.glob("*.jsonl")):
        for line in file.read_bytes().splitlines():
            json.loads(line)
    return time.perf_counter() - begin


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    people = PEOPLE // 10 if words.parse_args().short else PEOPLE
    firm = change(Firm(), map(put, records(people)))
    names = {f"p{n:06}": Profile(id=f"p{n:06}", name=f"P {n}") for n in range(people)}
    with tempfile.TemporaryDirectory() as temporary:
        path, store = Path(temporary, "firm"), Path(temporary, "firm.db")
        begin = time.perf_counter()
        write_folder(path, firm, names)
        written = time.perf_counter() - begin
        size = sum(file.stat().st_size for file in path.iterdir()) / 2**20
        command = [sys.executable, "-c", LOAD, str(path), f"sqlite:///{store}"]
        done = subprocess.run(  # noqa: S603, our own words
            command, stdout=subprocess.PIPE, text=True, check=True
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        alone = bare(path)
    reading, writing, *saw = map(float, done.stdout.split())
    assert saw == [people, people * CLAIMS]
    peak, cpu = used.ru_maxrss / 2**20, used.ru_utime + used.ru_stime
    print(f"people {people:,}, claims {people * CLAIMS:,}, {os.cpu_count()} cores")
    print(f"export               {written:6.2f} s, {size:.0f} MiB")
    print(f"read and checked     {reading:6.2f} s   {reading / alone:.1f} x json.loads")
    print(f"difference and entry {writing:6.2f} s")
    print(f"load in all          {reading + writing:6.2f} s   (bound {LOAD_S} s)")
    print(f"of the processor     {cpu:6.2f} s   (more is waiting for others)")
    print(f"peak memory          {peak:6.2f} GiB (bound {MEMORY_GIB} GiB)")
    assert reading + writing <= LOAD_S
    assert peak <= MEMORY_GIB


if __name__ == "__main__":
    main()
