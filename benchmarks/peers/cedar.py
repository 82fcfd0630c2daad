"""The rules in Cedar, everywhere guarded against what is missing.

Cedar skips a policy that fails, and so allows.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import cedarpy

from peers.framework import INSIDE, LISTS, MOST_ELEMENTS, RULES, WORDS, ranked


def cedar_leaf(leaf: Mapping[str, Any], of: str, *, yes: bool) -> str:
    """Write: this leaf is surely true, or surely false."""
    ((name, told),) = [(k, v) for k, v in leaf.items() if k != "path"]
    path = leaf["path"]
    value = f'{of}["{path}"]'
    rank = {**WORDS, **INSIDE}[path]
    if rank[0] == "rank":
        told = rank[1].index(told)
    constant = json.dumps(told)
    condition = {
        "is": f"{value} == {constant}",
        "is_not": f"{value} != {constant}",
        "in": f"{constant}.contains({value})",
        "not_in": f"!{constant}.contains({value})",
        "at_most": f"{value} <= {constant}",
        "at_least": f"{value} >= {constant}",
    }[name]
    return f'({of} has "{path}" && {"" if yes else "!"}({condition}))'


def cedar_clause(clause: Mapping[str, Any], *, yes: bool) -> str:
    """Write: this clause is surely true, or surely false."""
    if "path" in clause:
        return cedar_leaf(clause, "context", yes=yes)
    if "any" in clause:
        join = " || " if yes else " && "
        leaves = (cedar_leaf(leaf, "context", yes=yes) for leaf in clause["any"])
        return f"({join.join(leaves)})"
    each = []
    for place in range(MOST_ELEMENTS):
        of = f'context["{clause["every"]}{place}"]'
        outside = [cedar_leaf(leaf, of, yes=False) for leaf in clause["where"]]
        met = " && ".join(cedar_leaf(leaf, of, yes=True) for leaf in clause["must"])
        none = f'!(context has "{clause["every"]}{place}")'
        each.append(f"({' || '.join([none, *outside, f'({met})'])})")
    return f"({' && '.join(each)})"


def cedar() -> cedarpy.PolicySet:
    """Translate the rules to Cedar."""
    policies = ["permit(principal, action, resource);"]
    for rule in RULES:
        spared = [cedar_clause(c, yes=False) for c in rule.get("when", ())]
        met = " && ".join(cedar_clause(c, yes=True) for c in rule["must"])
        holds = " || ".join([*spared, f"({met})"])
        head = f'@id("{rule["id"]}") forbid(principal, action, resource)'
        policies.append(f"{head} when {{ !({holds}) }};")
    return cedarpy.PolicySet.from_str("\n".join(policies))


def cedar_request(made: Mapping[str, Any]) -> dict[str, Any]:
    """Put a manifest in the form that suits Cedar: ranks as numbers, no lists."""
    context: dict[str, Any] = {}
    for name, value in made.items():
        if name not in LISTS:
            context[name] = ranked(name, value)
            continue
        for place, element in enumerate(value):
            fields = {field: ranked(field, told) for field, told in element.items()}
            context[f"{name}{place}"] = fields
    who = {"principal": 'Mission::"payments"', "action": 'Act::"deploy"'}
    return {**who, "resource": 'Thing::"it"', "context": context}
