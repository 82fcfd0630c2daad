"""Source text as it grows, and the values that its names stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import CodeType, FunctionType
from typing import Any

from weft.engines.guardrails.rules.code.leaves import TYPED, Name, expression
from weft.engines.guardrails.rules.kinds import MOST_ELEMENTS, reader
from weft.engines.guardrails.rules.tree import Leaf, Quantified, Tree, slots
from weft.engines.guardrails.rules.words import Slot, word_of


class Source:
    """A module while it is being written: its code sees what is bound, no builtins."""

    def __init__(self, slots: Sequence[Slot], *, whole: bool = False) -> None:
        """Begin with nothing but the words that there are.

        whole: the elements of lists lack no field, or the code may raise; this is
        faster than to ask for each field whether it is there.
        """
        self.slots, self.whole = slots, whole
        self.lines: list[str] = []
        self.values: dict[str, Any] = {"__builtins__": {}}

    def bind(self, value: Any) -> str:
        """Give a name that stands for a value."""
        name = f"c{len(self.values)}"
        self.values[name] = value
        return name

    def define(self, head: str, body: Iterable[str]) -> None:
        """Add a function."""
        self.lines += [f"def {head}:", *indented(body)]

    def made(self, name: str) -> Any:
        """Make functions of the text, and give one of them."""
        module = compile("\n".join(self.lines), "<guardrails>", "exec")
        for code in module.co_consts:
            if isinstance(code, CodeType):
                self.values[code.co_name] = FunctionType(code, self.values)
        return self.values[name]

    def unpacked(self, words: Iterable[int]) -> list[str]:
        """Give the lines that take words out of the facts.

        x3 is the plain value of slot 3; v3, where it is compared otherwise, the typed.
        """
        lines = []
        for word in words:
            prop = self.slots[word].prop
            lines.append(f"x{word} = facts[{self.bind(prop.id)}]")
            if prop.type in TYPED:
                lines.append(f"v{word} = {self.bind(reader(prop))}(x{word})")
        return lines

    def surely(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely true."""
        return expression(leaf, self._name(leaf), self.bind, yes=True)

    def surely_not(self, leaf: Leaf) -> str:
        """Give the expression for: this leaf is surely false."""
        return expression(leaf, self._name(leaf), self.bind, yes=False)

    def place(self, leaf: Leaf) -> str:
        """Give the expression for the plain value that a leaf is about."""
        if leaf.field < 0:
            return f"x{word_of(self.slots, leaf.slot)}"
        field = self.bind(leaf.prop.id)
        return f"e[{field}]" if self.whole else f"g({field})"

    def _name(self, leaf: Leaf) -> Name:
        """Name the value that a leaf is about."""
        raw, typed = self.place(leaf), leaf.prop.type in TYPED
        if leaf.field < 0:
            known = raw.replace("x", "v") if typed else raw
            return Name(raw, known, known)
        read = f"{self.bind(reader(leaf.prop))}({raw})" if typed else raw
        return Name(raw, f"(y := {read})", "y")

    def is_there(self, branch: Quantified) -> str:
        """Give the expression for: this list is one, and can be judged."""
        name, size = f"x{branch.slot}", f"{self.bind(len)}(x{branch.slot})"
        types = [f"{name}.__class__ is {self.bind(each)}" for each in (tuple, list)]
        return f"({' or '.join(types)}) and {size} <= {self.bind(MOST_ELEMENTS)}"

    def each(self, branch: Quantified) -> list[str]:
        """Give the head of a loop over the elements of a list."""
        head = f"for e in x{branch.slot}:"
        return [head] if self.whole else [head, "    g = e.get"]


def read_by(words: Sequence[Slot], trees: Iterable[Tree]) -> list[int]:
    """Give the slots of the words that trees read."""
    return sorted({word_of(words, slot) for tree in trees for slot in slots(tree)})


def indented(lines: Iterable[str]) -> list[str]:
    """Put lines inside a block."""
    return [f"    {line}" for line in lines]
