"""Code that judges fast, generated from fitted trees.

A guardrail holds only if `when` is surely false or `must` is surely true, so two
plain expressions do: one that is true where a clause is surely true, one where it
is surely false. Both take unknown, which is None in the row, for neither.

Nothing of the firm gets into the source text: it is made of fixed parts and
numbered names, and values are bound to those names. The functions see nothing
else, not even the builtins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import msgspec

from weft.engines.guardrails.rules.code.conditions import broken, holds, spared
from weft.engines.guardrails.rules.code.offences import Offence, Part, why
from weft.engines.guardrails.rules.code.reading import read_row
from weft.engines.guardrails.rules.code.source import Source, indented
from weft.engines.guardrails.rules.tree import Tree, slots
from weft.engines.guardrails.rules.words import Slot

__all__ = ["Code", "Offence", "Part", "Question", "Row", "about", "judging"]

Row = Sequence[Any]
"""The typed values of a request by slot, None where unknown."""
Question = Literal["holds", "spared", "broken", "why"]


class Code(msgspec.Struct, frozen=True):
    """A function that was generated, and what the names in it stand for."""

    call: Callable[..., Any]
    values: dict[str, Any]


def judging(row: Sequence[Slot], trees: Sequence[Tree]) -> Code:
    """Generate what judges by all trees at once.

    It takes the facts, where no name is absent, and gives their row and the numbers
    of the guardrails that do not hold.
    """
    source = Source()
    body = [*read_row(source, row), "found = []"]
    for number, tree in enumerate(trees):
        body += [*holds(source, tree), "if not h:"]
        body += indented([f"found.append({number})"])
    values = "".join(f"v{place}, " for place in range(len(row)))
    source.define("judge(facts)", [*body, f"return ({values}), found"])
    return Code(source.made()["judge"], source.values)


def about(tree: Tree, question: Question) -> Code:
    """Generate what answers one question about one guardrail, from a row.

    holds: it surely holds. spared: it surely does not apply. broken: it surely
    applies and is surely not met. why: the offences, once it does not hold.
    """
    source = Source()
    body = _BODIES[question](source, tree)
    unpack = [f"v{slot} = row[{slot}]" for slot in sorted(slots(tree))]
    answer = [] if question == "why" else ["return h"]
    source.define(f"{question}(row)", [*unpack, *body, *answer])
    return Code(source.made()[question], source.values)


_BODIES: dict[Question, Callable[[Source, Tree], list[str]]] = {
    "holds": holds,
    "spared": spared,
    "broken": broken,
    "why": why,
}
