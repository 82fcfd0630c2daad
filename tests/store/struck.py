"""A process that writes while the system below it fails, and says what came of it.

    struck.py URL COUNT [die]

Writes COUNT deeds, each with its key, and says `yes N` or `no N`. Then it writes those
refused once more, with the same keys, until each is in. With `die` it kills itself at
the first refusal instead, so that what the disk then holds is what counts.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, datetime

from weft.core.entries import Deed, put
from weft.core.people import Unit
from weft.core.roles import Actor
from weft.errors import Unavailable
from weft.store.desk import Desk, open_desk

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
TRIES = 50


def write(desk: Desk, number: int) -> bool:
    """Write a deed; tell whether it was acknowledged."""
    made = Deed(name="put", changes=(put(Unit(id=f"unit-{number}", title="U" * 300)),))
    try:
        desk.write(
            lambda _: made, at=AT, actor=Actor(person="ada"), key=f"key-{number}"
        )
    except Unavailable:
        os.write(1, f"no {number}\n".encode())
        return False
    os.write(1, f"yes {number}\n".encode())
    return True


def main() -> None:
    url, count = sys.argv[1], int(sys.argv[2])
    with open_desk(url) as desk:
        left = []
        for number in range(count):
            if not write(desk, number):
                left.append(number)
                if "die" in sys.argv:
                    os.kill(os.getpid(), signal.SIGKILL)
            assert desk.firm().seq >= number - len(left), "reads go on"
        for _ in range(TRIES):
            left = [number for number in left if not write(desk, number)]
        assert not left, left


if __name__ == "__main__":
    main()
