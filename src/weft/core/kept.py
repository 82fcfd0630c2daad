"""Results kept for as long as the tables they were worked out from are in use."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from weft.core.lineage import Changes, changes

T = TypeVar("T")
_MOST, _EACH = 256, 8
"""So many answers are kept in all, and of each name."""
_kept: OrderedDict[Hashable, tuple[tuple[Any, ...], Future[Any]]] = OrderedDict()


def kept(
    name: Hashable,
    tables: tuple[Any, ...],
    work_out: Callable[[], T],
    amend: Callable[..., T | None] | None = None,
) -> T:
    """Give what was worked out of these very tables before, or work it out now.

    amend: makes the answer out of an earlier one and of what has changed since in each
    of the tables: (answer, changes, ...); None where it has to be worked out anew. It
    must give what work_out gives, and leave the earlier answer as it is.
    Tables never change, so the same object has the same answer. They are kept
    beside it, so that their ids cannot become another's. The answers used least
    lately are let go. Threads may share it: each step is atomic, and who asks for
    what another is working out waits for that.
    """
    at = (name, *map(id, tables))
    held = _kept.pop(at, None)
    if held is not None:
        _kept[at] = held
        return cast("T", held[1].result())
    mine = (tables, Future[Any]())
    held = _kept.setdefault(at, mine)
    _let_go(name)
    if held is mine:
        try:
            answer = _amended(name, tables, amend) if amend else None
            mine[1].set_result(work_out() if answer is None else answer)
        except BaseException as error:
            _kept.pop(at, None)
            mine[1].set_exception(error)
            raise
    return cast("T", held[1].result())


def _let_go(name: Hashable) -> None:
    """Let go of what is used least lately: of the name, and of all.

    What changes often leaves much behind, and would else drive out what never does.
    """
    same = [at for at in list(_kept) if at[0] == name]  # type: ignore[index]
    for at in same[:-_EACH]:
        _kept.pop(at, None)
    while len(_kept) > _MOST:
        _kept.popitem(last=False)


def _amended(
    name: Hashable, tables: tuple[Any, ...], amend: Callable[..., T | None]
) -> T | None:
    """Make an answer out of the latest one from whose tables these were made."""
    known = [held for at, held in list(_kept.items()) if at[0] == name]  # type: ignore[index]
    done = [held for held in known if held[1].done() and not held[1].exception()]
    for before, answer in reversed(done):
        pairs = zip(before, tables, strict=True)
        since: list[Changes | None] = [changes(old, new) for old, new in pairs]
        if None not in since:
            return amend(answer.result(), *since)
    return None
