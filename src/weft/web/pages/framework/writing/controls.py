"""The controls by which a guardrail is written in words: the right ones for each leaf.

They are made from the plain data of its text, which may be unfinished. A control of
the second leaf in the first condition of `must` is called `must.0.any.1.value`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import msgspec

from weft.core.firm import Firm
from weft.core.guardrails import OPERATORS, QUANTIFIERS
from weft.core.vocabulary import Property
from weft.engines.guardrails import FITTING, MANY, words_of

ORDERED: Final = frozenset({"int", "decimal", "money", "date", "rank"})
_LISTED: Final = frozenset({"bool", "enum", "rank", "set"})
WORDS: Final = frozenset(OPERATORS.values())


class Option(msgspec.Struct, frozen=True):
    """Something that can be chosen."""

    value: str
    label: str
    chosen: bool = False


class LeafControls(msgspec.Struct, frozen=True):
    """The controls of one leaf.

    kind: how its constant is given: none, select, checks, number, date or text. to:
    the second end of a range. sets: the named sets that could be taken instead. param:
    what its limit is called; None where it cannot have a name.
    """

    at: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]
    operators: tuple[Option, ...] = ()
    kind: str = "none"
    values: tuple[Option, ...] = ()
    text: str = ""
    to: str | None = None
    sets: tuple[Option, ...] = ()
    param: str | None = None
    unit: str = ""
    help: str = ""


class ClauseControls(msgspec.Struct, frozen=True):
    """The controls of one condition: a leaf; one of several; or about a list."""

    at: str
    form: str
    leaf: LeafControls | None = None
    any: tuple[LeafControls, ...] = ()
    forms: tuple[Option, ...] = ()
    lists: tuple[Option, ...] = ()
    where: tuple[LeafControls, ...] = ()
    must: tuple[LeafControls, ...] = ()


class Controls:
    """Makes the controls of one guardrail by the words of a firm."""

    def __init__(self, firm: Firm, plain: Mapping[str, Any]) -> None:
        """Take the plain data of its text."""
        self.words = words_of(firm)
        self.inner = {name for word in self.words.values() for name in word.fields}
        self.sets = firm.sets
        self.plain = plain
        params = plain.get("params")
        self.params = params if isinstance(params, dict) else {}

    def clauses(self, word: str) -> list[ClauseControls]:
        """Give the controls of `when` or of `must`."""
        clauses = self.plain.get(word) or ()
        return [self.clause(f"{word}.{n}", each) for n, each in enumerate(clauses)]

    def clause(self, at: str, clause: Mapping[str, Any]) -> ClauseControls:
        """Give the controls of one condition."""
        if "any" in clause:
            leaves = self.leaves(f"{at}.any", clause["any"])
            return ClauseControls(at, "any", any=leaves)
        form = next((form for form in QUANTIFIERS if form in clause), "")
        if not form:
            return ClauseControls(
                at, "leaf", leaf=self.leaf(at, clause, [*self.words.values()])
            )
        of = str(clause[form])
        lists = (word for word in self.words.values() if word.type == "list")
        names = self.words[of].fields if of in self.words else ()
        fields = [self.words[name] for name in names if name in self.words]
        return ClauseControls(
            at,
            form,
            forms=tuple(Option(f, _QUANTIFIED[f], f == form) for f in QUANTIFIERS),
            lists=tuple(_by_title(lists, of)),
            where=self.leaves(f"{at}.where", clause.get("where") or (), fields),
            must=self.leaves(f"{at}.must", clause.get("must") or (), fields),
        )

    def leaves(
        self, at: str, leaves: Sequence[Any], of: Sequence[Property] | None = None
    ) -> tuple[LeafControls, ...]:
        """Give the controls of the leaves inside a condition."""
        known = [*self.words.values()] if of is None else of
        return tuple(
            self.leaf(f"{at}.{n}", leaf, known) for n, leaf in enumerate(leaves)
        )

    def group(self, word: Property, known: Sequence[Property]) -> str:
        """Say under which head a word stands among others."""
        if word.role == "given":
            return "Given by Weft"
        of_list = word.id in self.inner and len(known) == len(self.words)
        return "Mostly inside lists" if of_list else "In the firm"

    def leaf(
        self, at: str, leaf: Mapping[str, Any], known: Sequence[Property]
    ) -> LeafControls:
        """Give the controls of one leaf."""
        name = str(leaf.get("path", ""))
        groups: dict[str, list[Property]] = {"In the firm": []}
        for word in known:
            groups.setdefault(self.group(word, known), []).append(word)
        shown = ((title, tuple(_by_title(g, name))) for title, g in groups.items() if g)
        found = LeafControls(at, tuple(shown))
        prop = next((word for word in known if word.id == name), None)
        if prop is None:
            return found
        operator = next((word for word in leaf if word in WORDS), "")
        return msgspec.structs.replace(
            found,
            operators=tuple(
                Option(word, _OPERATORS[word], word == operator)
                for word in FITTING[prop.type]
            ),
            help=prop.help,
            **self.constant(prop, operator, leaf.get(operator)),
        )

    def constant(self, prop: Property, operator: str, told: Any) -> dict[str, Any]:
        """Give what the controls of a constant are, and what is in them."""
        if operator in {"", "present"}:
            return {}
        if operator in MANY:
            return self.several(prop, told)
        if operator == "between":
            ends = [*(told if isinstance(told, list) else [told]), "", ""]
            kind = {"kind": _kind(prop), "unit": _unit(prop)}
            return {**kind, "text": text_of(ends[0]), "to": text_of(ends[1])}
        param = ""
        if isinstance(told, dict):
            param = str(told.get("param", ""))
            told = self.params.get(param, "")
        named = {"param": param} if prop.type in ORDERED else {}
        if prop.type in _LISTED:
            values = tuple(_values(prop, [text_of(told)]))
            blank = () if any(v.chosen for v in values) else (Option("", "Choose"),)
            return {"kind": "select", "values": (*blank, *values), **named}
        own = {"kind": _kind(prop), "text": text_of(told), "unit": _unit(prop)}
        return {**own, **named}

    def several(self, prop: Property, told: Any) -> dict[str, Any]:
        """Give the controls of a constant that is a list of values, or a named set."""
        chosen = told[1:] if isinstance(told, str) and told.startswith("@") else ""
        listed = told if isinstance(told, list) else []
        sets = tuple(
            Option(f"@{name}", self.sets[name].title or name, name == chosen)
            for name in sorted(self.sets)
            if _fits(prop, self.sets[name].values) or name == chosen
        )
        if prop.type == "text":
            text = ", ".join(map(text_of, listed))
            return {"kind": "text", "text": text, "sets": sets}
        values = tuple(_values(prop, [text_of(each) for each in listed]))
        return {"kind": "checks", "values": values, "sets": sets}


def text_of(value: Any) -> str:
    """Write a plain value into a control."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, dict | list) else str(value)


def is_shown(plain: Mapping[str, Any] | None) -> bool:
    """Tell whether all conditions of a text have a form that the controls can show."""
    return plain is not None and all(
        isinstance(plain.get(word) or [], list)
        and all(map(_is_clause, plain.get(word) or []))
        for word in ("when", "must")
    )


def _is_clause(clause: Any) -> bool:
    if not isinstance(clause, dict):
        return False
    if "any" in clause:
        return set(clause) == {"any"} and _are_leaves(clause["any"])
    form = next((form for form in QUANTIFIERS if form in clause), "")
    if not form:
        return _are_leaves([clause])
    inner = (clause.get("where") or [], clause.get("must") or [])
    return set(clause) <= {form, "where", "must"} and all(map(_are_leaves, inner))


def _are_leaves(leaves: Any) -> bool:
    return isinstance(leaves, list) and all(
        isinstance(leaf, dict)
        and "path" in leaf
        and set(leaf) <= {"path", *WORDS}
        and len(leaf) <= len(("path", "operator"))
        for leaf in leaves
    )


def _by_title(words: Iterable[Property], chosen: str) -> list[Option]:
    """Give words to choose from, by their titles."""
    return [
        Option(word.id, f"{word.title} ({word.id})", word.id == chosen)
        for word in sorted(words, key=lambda w: w.title.lower())
    ]


def _values(prop: Property, chosen: Sequence[str]) -> list[Option]:
    """Give the values of a word to choose from, and what else is chosen already."""
    if prop.type == "bool":
        known = {"true": "yes", "false": "no"}
    else:
        known = {value: prop.labels.get(value, value) for value in prop.values}
    known |= {text: text for text in chosen if text and text not in known}
    return [Option(value, label, value in chosen) for value, label in known.items()]


def _fits(prop: Property, values: Sequence[Any]) -> bool:
    """Tell whether the values of a named set can be compared with a word."""
    return prop.type == "text" or set(map(str, values)) <= set(prop.values)


def _kind(prop: Property) -> str:
    return {"int": "number", "date": "date"}.get(prop.type, "text")


def _unit(prop: Property) -> str:
    return prop.unit if prop.type in {"int", "decimal", "money"} else ""


_QUANTIFIED = {
    "every": "Each of",
    "none": "None of",
    "some": "At least one of",
}
_OPERATORS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "below": "is below",
    "at_most": "is at most",
    "at_least": "is at least",
    "above": "is above",
    "between": "is between",
    "starts_with": "begins with",
    "has": "includes",
    "has_not": "does not include",
    "within": "has nothing but",
    "has_any": "includes one of",
    "has_none": "includes none of",
    "present": "is known",
}
