"""Guardrails written as one module in Rego, for a firm that has an engine for it.

The module says of an `input` (facts by their name, as `facts_for` gives them) what
Weft itself says: for each guardrail whether it holds, is broken or is unproven. It
leaves out what Rego cannot know: waivers, and the limits of mandates.

What Rego cannot do is left to who fills in the `input`: texts are to be in Unicode's
normal form C.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from weft.core.guardrails import Guardrail
from weft.core.records import show
from weft.core.vocabulary import Property
from weft.engines.guardrails.rules.compiled import Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.tree import all_leaves
from weft.errors import Malformed, Where
from weft.interop.rego.leaves import Names, condition, literal, reading
from weft.interop.rego.prelude import PRELUDE

PACKAGE: Final = "weft.guardrails"
RECORD: Final = "# weft: "
"""What stands before a guardrail itself, so that the module can be read again."""
HEADER: Final = 2
"""So many lines say only where the module comes from."""
_DAY = re.compile(
    r"\A#[^\n]* in force on (\d{4}-\d{2}-\d{2}), as Weft judges by them\.\n"
)


def write_rego(rules: Rules, title: str, day: date) -> str:
    """Write the guardrails that are in force on a day as a module in Rego."""
    names = _names(rules)
    numbered = enumerate(rules.all)
    parts = (
        f"# The guardrails of {title} in force on {day}, as Weft judges by them.",
        f"# Written by Weft (digest {rules.digest}): change the guardrails, not this.",
        f"package {PACKAGE}\n",
        "import rego.v1\n",
        _table(rules),
        *(part for at, rule in numbered for part in _rule(at, rule, names)),
        "# The words of the vocabulary that guardrails read.\n",
        *(reading(names[prop.id], prop) for prop in _props(rules).values()),
        PRELUDE.strip(),
        "",
    )
    return "\n".join(parts)


def _table(rules: Rules) -> str:
    """Write what is known of each guardrail without judging."""
    lines = [
        f"\t{literal(rule.guardrail.id)}: {{"
        f'"title": {literal(rule.guardrail.title)}, '
        f'"version": {rule.guardrail.version}, '
        f'"level": {literal(rule.level)}, '
        f'"blocks": {literal(rule.blocks)}}},'
        for rule in rules.all
    ]
    return "\n".join(["rules := {", *lines, "}\n"])


def written_in(module: str) -> tuple[date, list[tuple[int, str]]]:
    """Give of which day a module is, and its guardrails: their lines, and as JSON."""
    found = _DAY.search(module)
    if found is None:
        raise Malformed(
            "This is no module that Weft has written.",
            do="Write one with `weft rego export`; ask another with `weft rego ask`.",
            where=Where("module", 1),
        )
    lines = enumerate(module.split("\n"), 1)
    told = [
        (n, line.removeprefix(RECORD)) for n, line in lines if line.startswith(RECORD)
    ]
    return date.fromisoformat(found[1]), told


def _rule(at: int, rule: Rule, names: Names) -> Iterator[str]:
    """Write one guardrail; one that does not fit the vocabulary never holds."""
    guardrail = rule.guardrail
    yield f"{RECORD}{_plain(guardrail)}"
    if rule.tree is None:
        yield f"# It is in error, and so never holds: {rule.error}\n"
        return
    yield f"verdicts[{literal(guardrail.id)}] := state(applies_{at}, met_{at})\n"
    for name, branches in (("applies", rule.tree.when), ("met", rule.tree.must)):
        parts = [f"\t{condition(branch, names)}," for branch in branches]
        inside = "\n".join(["", *parts, ""]) if parts else ""
        yield f"{name}_{at} := every_of([{inside}])\n"


def _plain(guardrail: Guardrail) -> str:
    """Write a guardrail in one line."""
    return json.dumps(json.loads(show(guardrail)), ensure_ascii=True)


def _names(rules: Rules) -> Names:
    """Name the functions that read the words; the number keeps alike names apart."""
    return {
        name: f"read_{re.sub(r'[^a-z0-9]', '_', name)}_{at}"
        for at, name in enumerate(_props(rules))
    }


def _props(rules: Rules) -> Mapping[str, Property]:
    """Give the words that some guardrail reads, in the order of their names."""
    trees = [rule.tree for rule in rules.all if rule.tree is not None]
    read = (leaf.prop for tree in trees for leaf in all_leaves(tree))
    return dict(sorted({prop.id: prop for prop in read}.items()))
