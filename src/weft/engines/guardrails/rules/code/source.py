"""Source text as it grows, and the values that its names stand for."""

from __future__ import annotations

from collections.abc import Iterable
from types import CodeType, FunctionType
from typing import Any

from weft.engines.guardrails.rules.tree import Leaf

_KNOWN = "({v} is not None and {v} %s {c})"
_SURELY = {
    "is": "{v} == {c}",
    "is_not": _KNOWN % "!=",
    "in": "{v} in {c}",
    "not_in": _KNOWN % "not in",
    "below": _KNOWN % "<",
    "at_most": _KNOWN % "<=",
    "at_least": _KNOWN % ">=",
    "above": _KNOWN % ">",
    "between": "({v} is not None and {c}[0] <= {v} <= {c}[1])",
    "starts_with": "({v} is not None and {v}.startswith({c}))",
    "has": "({v} is not None and {c} in {v})",
    "has_not": "({v} is not None and {c} not in {v})",
    "within": _KNOWN % "<=",
    "has_any": "({v} is not None and not {v}.isdisjoint({c}))",
    "has_none": "({v} is not None and {v}.isdisjoint({c}))",
    "present": "{v} is True",
}
_SURELY_NOT = {
    "is": _SURELY["is_not"],
    "is_not": _SURELY["is"],
    "in": _SURELY["not_in"],
    "not_in": _SURELY["in"],
    "below": _SURELY["at_least"],
    "at_most": _SURELY["above"],
    "at_least": _SURELY["below"],
    "above": _SURELY["at_most"],
    "between": "({v} is not None and not {c}[0] <= {v} <= {c}[1])",
    "starts_with": "({v} is not None and not {v}.startswith({c}))",
    "has": _SURELY["has_not"],
    "has_not": _SURELY["has"],
    "within": "({v} is not None and not {v} <= {c})",
    "has_any": _SURELY["has_none"],
    "has_none": _SURELY["has_any"],
    "present": "{v} is False",
}


class Source:
    """A module while it is being written."""

    def __init__(self) -> None:
        """Begin with nothing: the code sees what is bound, and no builtins."""
        self.lines: list[str] = []
        self.values: dict[str, Any] = {"__builtins__": {}}
        self._constants: dict[int, str] = {}

    def bind(self, value: Any) -> str:
        """Give a name that stands for a value."""
        name = f"c{len(self.values)}"
        self.values[name] = value
        return name

    def define(self, head: str, body: Iterable[str]) -> None:
        """Add a function."""
        self.lines += [f"def {head}:", *indented(body)]

    def made(self) -> dict[str, Any]:
        """Make functions of the text: they see the bound values and each other."""
        module = compile("\n".join(self.lines), "<guardrails>", "exec")
        for code in module.co_consts:
            if isinstance(code, CodeType):
                self.values[code.co_name] = FunctionType(code, self.values)
        return self.values

    def surely(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely true."""
        return self._expression(_SURELY, leaf)

    def surely_not(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely false."""
        return self._expression(_SURELY_NOT, leaf)

    def _expression(self, forms: dict[str, str], leaf: Leaf) -> str:
        """Fill a form with the leaf's place and its constant, bound once."""
        if id(leaf) not in self._constants:
            self._constants[id(leaf)] = self.bind(leaf.constant)
        return forms[leaf.operator].format(v=place(leaf), c=self._constants[id(leaf)])


def place(leaf: Leaf) -> str:
    """Name the place of a leaf's value: in the row, or in the element at hand."""
    return f"v{leaf.slot}" if leaf.field < 0 else f"e[{leaf.field}]"


def indented(lines: Iterable[str]) -> list[str]:
    """Put lines inside a block."""
    return [f"    {line}" for line in lines]
