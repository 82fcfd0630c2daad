"""The rules in Rego."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import regopy

from peers.framework import INSIDE, LISTS, RULES, WORDS, ranked


def rego_leaf(leaf: Mapping[str, Any], of: str, *, yes: bool) -> str:
    """Write: this leaf is surely true, or surely false."""
    ((name, told),) = [(k, v) for k, v in leaf.items() if k != "path"]
    word = {**WORDS, **INSIDE}[leaf["path"]]
    told = word[1].index(told) if word[0] == "rank" else told
    value = f'{of}["{leaf["path"]}"]'
    if isinstance(told, list):
        among = f"{value} in {{{', '.join(map(json.dumps, told))}}}"
        positive = (name == "in") == yes
        return among if positive else f"{value} != null; not {among}"
    opposite = {"is": "!=", "is_not": "==", "at_most": ">", "at_least": "<"}
    operator = {"is": "==", "is_not": "!=", "at_most": "<=", "at_least": ">="}
    return f"{value} {(operator if yes else opposite)[name]} {json.dumps(told)}"


def rego_rule(rule: Mapping[str, Any]) -> Iterator[str]:
    """Translate one rule to Rego."""
    name = rule["id"].replace("-", "_")
    for clause in rule.get("when", ()):
        leaves = clause.get("any", [clause])
        body = "; ".join(rego_leaf(leaf, "input", yes=False) for leaf in leaves)
        yield f"{name}_holds if {{ {body} }}"
    met = []
    for clause in rule["must"]:
        if "path" in clause:
            met.append(rego_leaf(clause, "input", yes=True))
            continue
        met.append(f"every e in input.{clause['every']} {{ {name}_fine(e) }}")
        inside = "; ".join(rego_leaf(leaf, "e", yes=True) for leaf in clause["must"])
        yield f"{name}_fine(e) if {{ {inside} }}"
        for leaf in clause["where"]:
            yield f"{name}_fine(e) if {{ {rego_leaf(leaf, 'e', yes=False)} }}"
    yield f"{name}_holds if {{ {'; '.join(met)} }}"
    yield f'broken contains "{rule["id"]}" if {{ not {name}_holds }}'


def rego() -> tuple[Any, Any]:
    """Translate the rules to Rego, compiled to a bundle."""
    lines = [
        "package weft",
        "import rego.v1",
        *(line for rule in RULES for line in rego_rule(rule)),
    ]
    interpreter = regopy.Interpreter()
    interpreter.add_module("weft", "\n".join(lines))
    bundle = interpreter.build(None, ["weft/broken"])
    return interpreter, bundle


def rego_input(made: Mapping[str, Any]) -> Any:
    """Put a manifest in the form that suits Rego: ranks as numbers, parsed."""
    plain: dict[str, Any] = {}
    for name, value in made.items():
        if name in LISTS:
            plain[name] = [{f: ranked(f, told) for f, told in e.items()} for e in value]
        else:
            plain[name] = ranked(name, value)
    return regopy.Input(plain)
