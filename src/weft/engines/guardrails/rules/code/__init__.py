"""Code that judges fast, generated from fitted trees.

A guardrail holds only if `when` is surely false or `must` is surely true, so two
plain expressions do: one that is true where a clause is surely true, one where it
is surely false. Both take what is unknown for neither.

Nothing of the firm gets into the source text: it is made of fixed parts and
numbered names, and values are bound to those names. The functions see nothing
else, not even the builtins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from weft.engines.guardrails.rules.code.conditions import broken, holds, spared
from weft.engines.guardrails.rules.code.offences import why
from weft.engines.guardrails.rules.code.source import Source, indented, read_by
from weft.engines.guardrails.rules.tree import Tree
from weft.engines.guardrails.rules.words import Slot

__all__ = ["Code", "Question", "about", "judging"]

Question = Literal["holds", "spared", "broken", "why"]


class Code(msgspec.Struct, frozen=True):
    """A function that was generated, and what the names in it stand for."""

    call: Callable[..., Any]
    values: dict[str, Any]


def judging(
    words: Sequence[Slot],
    trees: Mapping[Any, Tree],
    question: Literal["holds", "spared"] = "holds",
    *,
    whole: bool = False,
) -> Code:
    """Generate what asks one question about all trees at once.

    trees: by whatever stands for each. The code takes the facts, where no name is
    absent, and lists what stands for those of which it is not so. whole: it may raise
    where an element lacks a field.
    """
    source = Source(words, whole=whole)
    body = [*source.unpacked(read_by(words, trees.values())), "found = []"]
    for each, tree in trees.items():
        *before, last = _BODIES[question](source, tree)
        if before:
            body += [*before, last, "if not h:"]
        else:
            body.append(f"if not ({last.removeprefix('h = ')}):")
        body += indented([f"found.append({source.bind(each)})"])
    source.define("judge(facts)", [*body, "return found"])
    return Code(source.made("judge"), source.values)


def about(words: Sequence[Slot], tree: Tree, question: Question) -> Code:
    """Generate what answers one question about one guardrail, from the facts.

    holds: it surely holds. spared: it surely does not apply. broken: it surely
    applies and is surely not met. why: the reasons, once it does not hold.
    """
    source = Source(words)
    body = [*source.unpacked(read_by(words, [tree])), *_BODIES[question](source, tree)]
    answer = [] if question == "why" else ["return h"]
    source.define(f"{question}(facts)", [*body, *answer])
    return Code(source.made(question), source.values)


_BODIES: dict[Question, Callable[[Source, Tree], list[str]]] = {
    "holds": holds,
    "spared": spared,
    "broken": broken,
    "why": why,
}
