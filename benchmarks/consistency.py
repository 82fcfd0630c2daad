"""How long it takes to find what does not fit together among many guardrails.

Random guardrails over the words of the other benchmarks: on an act, some facts and
choices, with `any` and clauses about lists; they pull in all directions, so that there
are more contradictions than in any firm. The peer is Z3, an SMT solver, asked in the
plainest way which guardrails never apply, are never met, or are made needless by one
other: a question for each one and each two. Contradictions it is not asked for, so it
has less to do; of the rest both have to find the same. All in CPU time: nothing waits.

    python benchmarks/consistency.py [--short]      --short: no more than 100
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from datetime import date
from random import Random
from typing import Any

from immutables import Map
from msgspec.structs import replace

from peers.framework import INSIDE, LISTS, WORDS, a_firm, guardrails, vocabulary
from peers.smt import Smt
from weft.core.firm import Firm
from weft.core.vocabulary import Act
from weft.engines.guardrails.consistency.finding import looked_through
from weft.engines.guardrails.consistency.flaws import Consistency

TODAY = date(2026, 11, 21)
SIZES = (20, 100, 500)
WITH_PEER = 20
"""So many guardrails at most are given to the peer too."""
ACTS = [f"act-{number}" for number in range(12)]


def framework(size: int) -> Firm:
    """Make a firm with so many guardrails."""
    rng = Random(size)  # noqa: S311 # it makes examples
    rules = [rule(rng, number) for number in range(size)]
    firm = a_firm(vocabulary(), guardrails(rules))
    asks = (*WORDS, *LISTS)
    acts = (Act(id=name, title=name, asks=asks) for name in ACTS)
    return replace(firm, acts=Map({act.id: act for act in acts}))


def rule(rng: Random, number: int) -> dict[str, Any]:
    """Make a guardrail: for some acts, where something is so, something has to be."""
    when = [{"path": "act", "in": rng.sample(ACTS, rng.choice([1, 1, 2, 3]))}]
    when += [leaf(rng, WORDS) for _ in range(rng.choice([0, 1, 1, 2]))]
    must = [clause(rng) for _ in range(rng.choice([1, 1, 1, 2]))]
    level = rng.choice(["advise", "must", "must"])
    return {"id": f"g{number:03}", "level": level, "when": when, "must": must}


def clause(rng: Random) -> dict[str, Any]:
    """Make a clause of any form; most are plain."""
    form = rng.choice(["list", "any", *["leaf"] * 4])
    if form == "list":
        name = rng.choice(list(LISTS))
        inside = {field: INSIDE[field] for field in LISTS[name]}
        where = [leaf(rng, inside) for _ in range(rng.choice([0, 1]))]
        of = rng.choice(["every", "every", "none", "some"])
        return {of: name, "where": where, "must": [leaf(rng, inside)]}
    if form == "any":
        return {"any": [leaf(rng, WORDS), leaf(rng, WORDS)]}
    return leaf(rng, WORDS)


def leaf(rng: Random, words: dict[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Make a leaf over one of some words."""
    name = rng.choice(list(words))
    kind, *more = words[name]
    if kind == "bool":
        return {"path": name, "is": rng.choice([True, True, False])}
    if kind == "int":
        limit = rng.randint(more[0] + 1, more[1] - 1)
        return {"path": name, rng.choice(["at_most", "at_least"]): limit}
    if kind == "rank":
        return {"path": name, rng.choice(["at_most", "at_least"]): rng.choice(more[0])}
    some = rng.sample(more[0], rng.randint(1, len(more[0]) - 1))
    return {"path": name, rng.choice(["in", "in", "not_in"]): some}


def agreed(firm: Firm, found: Consistency) -> float:
    """Ask the peer the same; give its CPU time."""
    begin = time.process_time()
    told = Smt(firm).flaws()
    took = time.process_time() - begin
    mine = {(f.flaw, f.guardrails) for f in found.flaws if f.flaw in told}
    pairs = {each for each in mine if len(each[1]) <= len(("one", "other"))}
    twice = {frozenset(f.guardrails) for f in found.flaws if f.flaw == "equal"}
    theirs = {
        (kind, ids)
        for kind, every in told.items()
        for ids in every
        if frozenset(ids) not in twice
    }
    assert pairs == theirs, pairs ^ theirs
    return took


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    words.add_argument("--short", action="store_true")
    short = words.parse_args().short
    looked_through(framework(3), TODAY)  # so that the solver is loaded
    for size in SIZES[:2] if short else SIZES:
        firm = framework(size)
        begin = time.process_time()
        found = looked_through(firm, TODAY)
        took = time.process_time() - begin
        kinds = Counter(flaw.flaw for flaw in found.flaws)
        what = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common(4))
        cut = "" if found.whole else "; more than two: cut short"
        print(f"{took:8.2f} s  {size} guardrails: {what}{cut}")
        if size <= WITH_PEER:
            peer = agreed(firm, found)
            print(f"{peer:8.2f} s  Z3, the same verdicts: {peer / took:.0f} times more")


if __name__ == "__main__":
    main()
