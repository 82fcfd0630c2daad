"""Code that judges many things at once: one loop for all guardrails.

A thing is a row of the plain values that it states itself, and beside it, from
columns, what it is given, and the typed values of what is compared in another form.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

import msgspec

from weft.engines.guardrails.rules.code.conditions import holds
from weft.engines.guardrails.rules.code.leaves import TYPED
from weft.engines.guardrails.rules.code.source import Source, indented, read_by
from weft.engines.guardrails.rules.tree import Tree
from weft.engines.guardrails.rules.words import Slot

Row = tuple[Any, ...]
Failed = tuple[Sequence[int], Sequence[Row]]
"""The numbers of things that fail, and for each the plain values of the words that
were read, taken while they are at hand."""


class Loop(msgspec.Struct, frozen=True):
    """A loop that was generated: it gives for each tree what fails.

    It is called with things: a number, a row, and then a value for each column. row:
    the slots of the words in it. columns: for each the slot of its word, and whether
    it holds typed values.
    """

    call: Callable[[Iterable[tuple[Any, ...]]], Sequence[Failed]]
    row: tuple[int, ...]
    columns: tuple[tuple[int, bool], ...]


def looping(
    words: Sequence[Slot], trees: Sequence[Tree], given: Container[str], *, whole: bool
) -> Loop:
    """Generate what finds, among many things, those of which guardrails do not hold.

    given: the names of the words that no thing states itself. whole: it may raise
    where an element of a list lacks a field, and is faster.
    """
    source, read = Source(words, whole=whole), read_by(words, trees)
    row = tuple(word for word in read if words[word].prop.id not in given)
    columns = [(word, False) for word in read if word not in row]
    columns += [(word, True) for word in read if words[word].prop.type in TYPED]
    beside = "".join(f", {'v' if typed else 'x'}{word}" for word, typed in columns)
    lines = [f"f{each} = []; r{each} = []" for each in range(len(trees))]
    lines.append(f"for n, ({_names(row)}){beside} in things:")
    for each, tree in enumerate(trees):
        *before, last = holds(source, tree)
        test = "h" if before else f"({last.removeprefix('h = ')})"
        lines += indented(before + [last] * bool(before))
        kept = f"r{each}.append(({_names(read_by(words, [tree]))}))"
        lines += [f"    if not {test}:", f"        f{each}.append(n); {kept}"]
    constants = [name for name in source.values if name != "__builtins__"]
    head = ", ".join(["things", *constants])  # what is near is read faster
    failed = ", ".join(f"(f{each}, r{each})" for each in range(len(trees)))
    source.define(f"judge({head})", [*lines, f"return [{failed}]"])
    judge, near = source.made("judge"), [source.values[name] for name in constants]
    return Loop(lambda things: judge(things, *near), row, tuple(columns))


def _names(words: Iterable[int]) -> str:
    """Give the names of the plain values of some words, as a tuple is written."""
    return "".join(f"x{word}, " for word in words)
