"""Code that judges many things at once by one guardrail: one loop over columns.

A thing is a row of plain values, one for each word that the guardrail reads, and
typed ones beside those that are compared in another form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from weft.engines.guardrails.rules.code.conditions import holds
from weft.engines.guardrails.rules.code.leaves import TYPED
from weft.engines.guardrails.rules.code.source import Source, indented, read_by
from weft.engines.guardrails.rules.tree import Tree
from weft.engines.guardrails.rules.words import Slot


class Loop(msgspec.Struct, frozen=True):
    """A loop that was generated: called with rows, it gives the numbers that fail.

    A row is its number and then a value for each column. columns: for each the slot
    of its word, and whether it holds typed values.
    """

    call: Callable[[Iterable[tuple[Any, ...]]], list[int]]
    columns: tuple[tuple[int, bool], ...]


def looping(words: Sequence[Slot], tree: Tree, *, whole: bool) -> Loop:
    """Generate what finds, among many rows, those of which a guardrail does not hold.

    whole: it may raise where an element of a list lacks a field, and is faster.
    """
    source, columns = Source(words, whole=whole), []
    for word in read_by(words, [tree]):
        columns.append((word, False))
        if words[word].prop.type in TYPED:
            columns.append((word, True))
    row = ", ".join(["n", *(f"{'v' if typed else 'x'}{w}" for w, typed in columns)])
    *before, last = holds(source, tree)
    if before:
        inside = [*before, last, "if not h:", "    found.append(n)"]
        body = ["found = []", f"for {row} in rows:", *indented(inside), "return found"]
    else:
        body = [f"return [n for {row} in rows if not ({last.removeprefix('h = ')})]"]
    source.define("judge(rows)", body)
    return Loop(source.made("judge"), tuple(columns))
