"""The count of past answers: gone on with from where it was, after a restart too.

It is kept beside the open store, and now and then in it. It can be thrown away at any
time: made anew from the journal it is the same.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

import msgspec
from msgspec.structs import replace

from weft.core.entries import Change
from weft.core.firm import Firm, change
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import Ledger, Past, rules_on
from weft.store import snapshots
from weft.store.desk import Desk
from weft.store.snapshots import Chunk

TURN: Final = threading.RLock()
"""Held while a count goes on or is read: it is one that changes."""
NAME: Final = "count of answers, 2"
"""What the count is kept under; another one once it is made in another way."""
_RULES: Final = ("guardrails", "sets", "vocabulary", "acts", "challenges")
"""The kinds of records by which is judged."""
WORTH_IT, SHARE = 10_000, 20
"""Kept again after so many entries, and after one in so many of all there are."""
PIECE = 25
"""Entries that are counted without a rest while others wait for Answers."""


class Count(msgspec.Struct):
    """A ledger, and the rules of the firm at the entry that it has come to."""

    ledger: Ledger
    rules: Firm

    def follow(self, desk: Desk, upto: int) -> None:
        """Count what was answered since, to an entry of the journal."""
        for step in desk.walk(self.ledger.upto, upto, Past, _RULES):
            if step.changes:
                self.rules = change(self.rules, step.changes)
                for each in step.changes:
                    self._note(each, step.at)
            elif step.decision is not None:
                rules = rules_on(self.rules, step.decision.at.date())
                self.ledger.add(step.seq, step.decision, rules)
            self.ledger.upto = step.seq

    def _note(self, each: Change, at: datetime) -> None:
        """Note that a guardrail came, changed or went."""
        if isinstance(each.record, Guardrail):
            self.ledger.put(each.record, at)
        elif each.kind == Guardrail.kind:
            self.ledger.drop(each.key)


class _Written(msgspec.Struct):
    """A count as it is written: the rules kind by kind, as a snapshot has them."""

    ledger: Ledger
    rules: list[Chunk]


def counted(desk: Desk, upto: int) -> Ledger:
    """Count all answers to an entry; on from where it was, if that is not past it."""
    with TURN:
        count = _count(desk)
        if count.ledger.upto > upto:
            count = Count(Ledger(), Firm())
        count.follow(desk, upto)
        return count.ledger


def go_on(desk: Desk, rest: Callable[[float], bool]) -> None:
    """Count what was answered until now, a few answers at a time, and keep the count.

    All at once, thousands of them kept those who ask waiting for a fifth of a second.
    rest: is given the seconds of work since the last rest; tells whether to leave off.
    """
    head, leave = desk.firm().seq, False
    while not leave:
        begin = time.thread_time()
        with TURN:
            count = _count(desk)
            if count.ledger.upto >= head:
                break
            count.follow(desk, min(count.ledger.upto + PIECE, head))
        leave = rest(time.thread_time() - begin)
    if _is_worth_it(desk, count.ledger.upto):
        _keep(desk)


def keep(desk: Desk) -> None:
    """Keep the count in the store, if much was answered since that was last done."""
    head = desk.firm().seq
    if _is_worth_it(desk, head):
        counted(desk, head)
        _keep(desk)


def _is_worth_it(desk: Desk, upto: int) -> bool:
    """Tell whether much was answered since the count was last kept."""
    return upto - desk.kept_at(NAME) >= max(WORTH_IT, upto // SHARE)


def _keep(desk: Desk) -> None:
    """Keep the count as far as it has come."""
    with TURN:
        count = _count(desk)
        written = _Written(count.ledger, list(snapshots.chunks(count.rules)))
        upto, body = count.ledger.upto, msgspec.msgpack.encode(written)
    desk.keep(NAME, upto, body)


def _count(desk: Desk) -> Count:
    """Give the count of a store as far as it has come; TURN is held."""
    if desk not in _counts:
        _counts[desk] = _read(desk)
    return _counts[desk]


def _read(desk: Desk) -> Count:
    """Give the count that the store has, or one of nothing."""
    try:
        written = msgspec.msgpack.decode(desk.kept(NAME), type=_Written)
        rules = replace(Firm(), **snapshots.tables(written.rules))
    except (msgspec.DecodeError, KeyError, ValueError):  # none, or an older Weft's
        return Count(Ledger(), Firm())
    return Count(written.ledger, rules)


_counts: WeakKeyDictionary[Desk, Count] = WeakKeyDictionary()
