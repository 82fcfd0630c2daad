"""A policy in Rego of somebody else's, run beside Weft and held to its limits.

It runs in a process of its own, without an environment, with a limit on its memory
and on the time for each document. What it does not answer in time, or gets wrong, is
not known: it is told so, and never taken for a yes. No Answer waits for it.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from select import select
from subprocess import DEVNULL, PIPE, Popen
from typing import Any, Final

import msgspec

from weft.errors import InputError, Malformed, Where

CHILD: Final = "weft.interop.rego.child"
STARTING: Final = 20
"""So many seconds may the engine take to start and to read the policy."""
GIVING_UP: Final = 3
"""After so many documents in a row without an answer the rest is not asked."""


class Limits(msgspec.Struct, frozen=True):
    """What a policy may take: seconds for each document, and MiB of memory."""

    seconds: float = 5.0
    megabytes: int = 512


class Told(msgspec.Struct, frozen=True):
    """What a policy says of one document; or why that is not known."""

    value: Any = None
    why: str = ""


def ask_policy(
    policy: str, ask: str, documents: Sequence[str], limits: Limits
) -> Iterator[Told]:
    """Ask a policy about documents, one after the other, and give what it says of each.

    ask: the rule whose value is wanted, such as `firm/allow`. Raises InputError where
    the policy cannot be read, or where there is no engine.
    """
    if find_spec("regopy") is None:
        raise InputError(
            "There is no engine for Rego here.",
            do="Install it beside Weft: pip install regopy.",
        )
    waiting, silent = deque(documents), 0
    while waiting and silent < GIVING_UP:
        with _engine(policy, ask, limits) as engine:
            for told in _answers(engine, waiting, limits):
                yield told
                silent = 0
        if waiting:
            waiting.popleft()
            silent += 1
            yield Told(why=_broken(limits))
    for _ in waiting:
        yield Told(why=f"not asked: {GIVING_UP} in a row brought no answer")


def _answers(engine: Popen[str], waiting: deque[str], limits: Limits) -> Iterator[Told]:
    """Give what one process says, until all is told or it is late or gone."""
    while waiting:
        found = _line(engine, waiting[0], limits.seconds)
        if found is None:
            return
        waiting.popleft()
        if "wrong" in found:
            yield Told(why=found["wrong"])
        elif not found["found"]:
            yield Told(why="it says nothing of this")
        else:
            yield Told(found["found"][0])


@contextmanager
def _engine(policy: str, ask: str, limits: Limits) -> Iterator[Popen[str]]:
    """Start a process with a policy in it, and end it whatever happens."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Popen(  # noqa: S603 # our own words; the policy is only read
            [sys.executable, "-I", "-m", CHILD, str(limits.megabytes)],
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=folder,
            env={},
            text=True,
        )
        try:
            told = _line(engine, json.dumps({"policy": policy, "ask": ask}), STARTING)
            if told is None:
                raise InputError(
                    f"The policy cannot be read: {_broken(limits)}.",
                    do="Make it smaller.",
                    where=Where("policy"),
                )
            if "wrong" in told:
                raise _unreadable(policy, told)
            yield engine
        finally:
            engine.kill()
            engine.communicate()


def _line(engine: Popen[str], sent: str, seconds: float) -> dict[str, Any] | None:
    """Send a line and give the one that comes back; none if it is late or gone."""
    if engine.stdin is None or engine.stdout is None:  # it was opened with both
        return None
    try:
        engine.stdin.write(f"{sent}\n")
        engine.stdin.flush()
    except OSError:
        return None
    if not select([engine.stdout], [], [], seconds)[0]:
        return None
    line = engine.stdout.readline()
    told: dict[str, Any] | None = json.loads(line) if line else None
    return told


def _broken(limits: Limits) -> str:
    """Say why there is no answer."""
    return f"no answer within {limits.seconds:g} s and {limits.megabytes} MiB"


def _unreadable(policy: str, told: dict[str, Any]) -> Malformed:
    """Say what the engine does not understand, and on which line."""
    before = policy.encode()[: told.get("byte", 0)]
    line = before.count(b"\n") + 1 if "byte" in told else 0
    what = f"The policy cannot be read: {told['wrong']}."
    return Malformed(what, do="Mend the Rego.", where=Where("policy", line))
