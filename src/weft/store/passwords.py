"""Passwords: kept as argon2 hashes, and guessed at slowly or not at all."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from weft.errors import InputError, SignInNeeded
from weft.store.journal.rows import instant
from weft.store.schema import attempts

SHORTEST, LONGEST = 10, 200
FREE = 5
"""Failures before the first pause."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=15)
_FORGOTTEN = timedelta(days=1)

_hasher = PasswordHasher()
_room = threading.Semaphore(2)  # each takes 64 MiB while it is worked out


def hashed(password: str) -> str:
    """Give the hash of a password, or raise InputError where it is too short."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise InputError(
            f"A password has {SHORTEST} to {LONGEST} characters.",
            do="Take a longer one: four words that do not belong together will do.",
        )
    with _room:
        return _hasher.hash(password)


def matches(password: str, known: str | None) -> bool:
    """Tell whether a password has this hash; as slowly where there is none."""
    against = known or _nobodys()
    with suppress(VerificationError, InvalidHashError), _room:
        return _hasher.verify(against, password) and known is not None
    return False


def begin_attempt(db: sa.Connection, name: str, at: datetime) -> None:
    """Count a try at a name as failed, before it is known whether it is.

    So that many tries at once count as many. Names that nobody has count too, so
    that a pause tells nothing. Raises SignInNeeded during a pause.
    """
    db.execute(attempts.delete().where(attempts.c.last < instant(at - _FORGOTTEN)))
    mine = attempts.c.name == _blind(name)
    found = db.execute(sa.select(attempts).where(mine)).first()
    failed = found.failed if found else 0
    if found and failed >= FREE:
        pause = min(FIRST_PAUSE * 2 ** min(failed - FREE, 10), LONGEST_PAUSE)
        left = datetime.fromisoformat(found.last) + pause - at
        if left > timedelta():
            raise SignInNeeded(
                "There were too many failures with this name.",
                do=f"Try again in {int(left.total_seconds()) + 1} seconds.",
            )
    db.execute(attempts.delete().where(mine))
    row = {"name": _blind(name), "failed": failed + 1, "last": instant(at)}
    db.execute(attempts.insert().values(row))


def forget_attempts(db: sa.Connection, name: str) -> None:
    """Forget the failures with a name, once somebody was let in by it."""
    db.execute(attempts.delete().where(attempts.c.name == _blind(name)))


def _blind(name: str) -> bytes:
    """Give what stands for a name that may be nobody's, of any length."""
    return sha256(name.encode(errors="replace")).digest()


@cache
def _nobodys() -> str:
    """Give a hash that costs as much to check as one of somebody."""
    with _room:
        return _hasher.hash("nobody's password")
