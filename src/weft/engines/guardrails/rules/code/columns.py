"""Code that judges many things at once: one loop over columns for all guardrails.

A thing is a row of plain values, one for each word that a guardrail reads, and typed
ones beside those that are compared in another form.
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
    """A loop that was generated: it gives for each tree the numbers that fail.

    It is called with rows: a number, and then a value for each column. columns: for
    each the slot of its word, and whether it holds typed values.
    """

    call: Callable[[Iterable[tuple[Any, ...]]], Sequence[list[int]]]
    columns: tuple[tuple[int, bool], ...]


def looping(words: Sequence[Slot], trees: Sequence[Tree], *, whole: bool) -> Loop:
    """Generate what finds, among many rows, those of which guardrails do not hold.

    whole: it may raise where an element of a list lacks a field, and is faster.
    """
    source, columns = Source(words, whole=whole), []
    for word in read_by(words, trees):
        columns.append((word, False))
        if words[word].prop.type in TYPED:
            columns.append((word, True))
    row = ", ".join(f"{'v' if typed else 'x'}{word}" for word, typed in columns)
    failing = [f"f{number}" for number in range(len(trees))]
    lines = [f"{each} = []" for each in failing]
    lines.append(f"for n, {row} in rows:" if row else "for n, in rows:")
    for each, tree in zip(failing, trees, strict=True):
        *before, last = holds(source, tree)
        test = "h" if before else f"({last.removeprefix('h = ')})"
        lines += indented(before + [last] * bool(before))
        lines += [f"    if not {test}:", f"        {each}.append(n)"]
    source.define("judge(rows)", [*lines, f"return [{', '.join(failing)}]"])
    return Loop(source.made("judge"), tuple(columns))
