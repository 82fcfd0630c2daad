"""A firm of 100,000 people with 500,000 claims: written, and started from a snapshot.

The peer of the start is msgspec's bare decoding of the same records from one file:
what a start could not do without. Bounds: 5 s to start, imports and interpreter
included, and 4 GiB.

    python benchmarks/bigfirm.py [--short]      --short: a tenth of the firm
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from weft.core.entries import Deed, put
from weft.core.people import Person, Profile, Unit
from weft.core.records import Record
from weft.core.roles import Actor
from weft.core.skills import Claim, Discipline, Skill
from weft.store.desk import open_desk

PEOPLE, CLAIMS, SKILLS, UNITS = 100_000, 5, 400, 2_000
START_S, MEMORY_GIB = 5.0, 4.0


def records(people: int) -> list[Record]:
    """Give an invented firm: seeded, so that each run measures the same."""
    draw = random.Random(7)  # noqa: S311, a firm and no secret
    skills = [
        Skill(id=f"skill-{n}", title=f"Skill {n}", discipline="it")
        for n in range(SKILLS)
    ]
    units = [Unit(id=f"unit-{n}", title=f"Unit {n}") for n in range(UNITS)]
    persons = [
        Person(
            id=f"p{n:06}",
            unit=f"unit-{n % UNITS}",
            title=f"Engineer {n % 300}",
            manager=f"p{n // 8:06}" if n else None,
            disciplines={"it": 60, "trade": 40},
            location="Lisbon",
        )
        for n in range(people)
    ]
    claims = [
        Claim(
            person=person.id,
            skill=skill.id,
            level=draw.randint(1, 5),
            seen=date(2026, 1, 1),
        )
        for person in persons
        for skill in draw.sample(skills, CLAIMS)
    ]
    camps = [
        Discipline(id="it", title="Technology", camp="technology"),
        Discipline(id="trade", title="Trade", camp="business"),
    ]
    return [*camps, *skills, *units, *persons, *claims]


START = """
import resource, sys
from weft.store.desk import open_desk
with open_desk(sys.argv[1]) as desk:
    firm = desk.firm()
    print(len(firm.people), len(firm.claims), len(desk.profiles()), flush=True)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, flush=True)
"""


def started(url: str) -> tuple[float, float, str]:
    """Start the store in a process of its own; give seconds, GiB, what it saw."""
    begin = time.perf_counter()
    with subprocess.Popen(  # noqa: S603, our own words
        [sys.executable, "-c", START, url], stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        saw = child.stdout.readline().strip()
        seconds = time.perf_counter() - begin
        return seconds, float(child.stdout.readline()), saw


def bare(made: list[Record]) -> float:
    """Give the seconds in which msgspec alone decodes the people and claims."""
    kinds = [(kind, [r for r in made if type(r) is kind]) for kind in (Person, Claim)]
    raw = [(kind, msgspec.msgpack.encode(some)) for kind, some in kinds]
    gc.disable()
    begin = time.perf_counter()
    for kind, body in raw:
        msgspec.msgpack.decode(body, type=list[kind])  # type: ignore[valid-type]
    gc.enable()
    return time.perf_counter() - begin


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    people = PEOPLE // 10 if words.parse_args().short else PEOPLE
    made = records(people)
    names = [Profile(id=f"p{n:06}", name=f"Person {n}") for n in range(people)]
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'big.db'}"
        begin = time.perf_counter()
        with open_desk(url) as desk:
            deed = Deed(name="load", changes=tuple(map(put, made)))
            desk.write(
                lambda _: deed,
                at=datetime(2026, 11, 21, tzinfo=UTC),
                actor=Actor(person="owner", owner=True),
                profiles=names,
            )
            written = time.perf_counter() - begin
        closed = time.perf_counter() - begin
        size = sum(f.stat().st_size for f in Path(folder).iterdir()) / 2**20
        seconds, peak, saw = min(started(url) for _ in range(3))
        alone = bare(made)
    assert saw == f"{people} {people * CLAIMS} {people}", saw
    print(f"records {len(made):,}, profiles {people:,}, {os.cpu_count()} cores")
    print(f"one deed written     {written:6.2f} s, store closed {closed:.2f} s")
    print(f"on the disk          {size:6.0f} MiB")
    print(f"start from snapshot  {seconds:6.2f} s   (bound {START_S} s)")
    print(f"bare decoding        {alone:6.2f} s   ratio {seconds / alone:.1f}")
    print(f"peak memory          {peak:6.2f} GiB (bound {MEMORY_GIB} GiB)")
    assert seconds <= START_S
    assert peak <= MEMORY_GIB


if __name__ == "__main__":
    main()
