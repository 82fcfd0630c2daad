"""A process that writes without end, and forks so that it can be killed at will.

For each line on its input, `URL FIRST`, it forks a child that opens that store and
writes deeds of every sort from four threads, numbered from FIRST. The child says
`open`, then the number of each deed once it is acknowledged, until it is killed; the
parent says `over` when it is gone.
"""

from __future__ import annotations

import itertools
import os
import sys
import threading
from datetime import UTC, datetime

import psycopg  # noqa: F401, so that a child need not load it
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite  # noqa: F401

from weft.core.entries import Deed, put
from weft.core.people import Profile, Unit
from weft.core.requests import Decision, Request
from weft.core.roles import Actor
from weft.store.desk import Desk, open_desk

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
PARTS, LARGE = 1100, 400


def deed(number: int) -> tuple[Deed, list[Profile]]:
    """Give deed `number`: all of it follows from the number, so it can be checked."""
    one = Unit(id=f"unit-{number}", title=f"Unit {number}")
    if number % LARGE == 7:
        many = (Unit(id=f"part-{number}-{m}", title="P") for m in range(PARTS))
        return Deed(name="load", changes=tuple(map(put, many))), []
    if number % 3 == 0:
        request = Request(mission=f"m{number}", act="buy")
        decision = Decision(
            request=request, asked_by="ada", at=AT, firm=0, verdict="allowed"
        )
        return Deed(name="ask", decision=decision), []
    if number % 3 == 1:
        person = Profile(id=f"p{number}", name=f"Person {number}")
        return Deed(name="hire", changes=(put(one),)), [person]
    return Deed(name="put", changes=(put(one),)), []


def write_on(desk: Desk, numbers: itertools.count[int]) -> None:
    """Write deed after deed, and say which are acknowledged."""
    for number in numbers:
        made, people = deed(number)
        desk.write(
            lambda _, made=made: made,  # type: ignore[misc]
            at=AT,
            actor=Actor(person="ada"),
            key=f"key-{number}",
            profiles=people,
        )
        os.write(1, f"{number}\n".encode())


def be_killed(url: str, first: int) -> None:
    """Open the store and write from four threads, for as long as it lasts."""
    desk = open_desk(url)
    os.write(1, b"open\n")
    numbers = itertools.count(first)
    for _ in range(3):
        threading.Thread(target=write_on, args=[desk, numbers]).start()
    write_on(desk, numbers)


def main() -> None:
    for line in sys.stdin:
        url, first = line.split()
        if pid := os.fork():
            os.write(1, f"pid {pid}\n".encode())
            os.waitpid(pid, 0)
            os.write(1, b"over\n")
        else:
            be_killed(url, int(first))


if __name__ == "__main__":
    main()
