"""The threshold curve: how many assets break at every value of a limit."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter

import msgspec
import numpy as np

from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.engines.guardrails.curve.catalogue import Catalogue, catalogue_of
from weft.engines.guardrails.curve.columns import Column
from weft.engines.guardrails.curve.critical import Criticals, criticals
from weft.engines.guardrails.curve.limits import Limit, limits_of
from weft.engines.guardrails.rules.rule import Rule, rule_of
from weft.engines.guardrails.rules.words import Words


class Curve(msgspec.Struct, frozen=True, eq=False):
    """A step function, exact: at starts[i] and up to starts[i + 1], breaks[i] break.

    An asset breaks where the guardrail does not hold of it, whatever waivers it has:
    they are for the version that there is. The first start is the lowest value that
    the limit may have, or one below all at which something changes. Values are in the
    form in which they are compared. present: where the limit stands in the guardrail
    that the firm has. critical: of each asset, and missions: whose it is.
    """

    limit: Limit
    starts: tuple[int, ...]
    breaks: tuple[int, ...]
    present: int | None
    critical: Criticals
    missions: Column

    @property
    def never(self) -> int:
        """Give how many break at every value."""
        return self.critical.never

    def at(self, value: int) -> int:
        """Give how many break at a value."""
        return self.breaks[max(0, bisect_right(self.starts, value) - 1)]

    def by_mission(self, value: int) -> Counter[str]:
        """Give how many break at a value, for each mission of which some do."""
        found = np.bincount(self.missions.codes[self.critical.breaking(value)])
        counts = zip(self.missions.values, found.tolist(), strict=False)
        return Counter({mission: count for mission, count in counts if count})


def curves(firm: Firm, drafted: Guardrail) -> tuple[Curve, ...]:
    """Give the curve of each limit of a drafted guardrail over the firm's assets.

    There is none for a threshold that is used both ways: as the most of one thing and
    the least of another. Nor for a guardrail that does not fit the vocabulary.
    """
    rule, limits = _fitted(firm, drafted)
    held = firm.guardrails.get(drafted.id)
    stands = {each.place: each for each in _fitted(firm, held)[1]} if held else {}
    catalogue = catalogue_of(firm)
    return tuple(
        curve(catalogue, rule, limit, stands.get(limit.place))
        for limit in limits
        if limit.rising is not None
    )


def limits(firm: Firm, guardrail: Guardrail) -> tuple[Limit, ...]:
    """Give the limits of a guardrail; none where it does not fit the vocabulary."""
    return _fitted(firm, guardrail)[1]


def curve(
    catalogue: Catalogue, rule: Rule, limit: Limit, held: Limit | None = None
) -> Curve:
    """Work out the curve of one limit; held: the same one where it stands now."""
    if rule.tree is None:
        raise ValueError(rule.error)
    critical = criticals(catalogue, rule.tree, limit)
    starts, breaks = _steps(limit, critical)
    same = held is not None and held.prop.id == limit.prop.id
    return Curve(
        limit=limit,
        starts=starts,
        breaks=breaks,
        present=held.typed if held is not None and same else None,
        critical=critical,
        missions=catalogue.missions,
    )


def _fitted(firm: Firm, guardrail: Guardrail) -> tuple[Rule, tuple[Limit, ...]]:
    """Fit a guardrail to the words of the firm, and find its limits."""
    words = Words(firm.vocabulary, firm.acts)
    rule = rule_of(guardrail, words, firm.sets)
    return rule, limits_of(guardrail, rule.tree) if rule.tree else ()


def _steps(
    limit: Limit, critical: Criticals
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Count how many break from each value on at which that changes."""
    changes, counts = critical.steps()
    lowest, highest = limit.bounds
    first = changes[0] - 1 if changes else limit.typed
    first = first if lowest is None else lowest
    below = bisect_right(changes, first)
    above = len(changes) if highest is None else bisect_right(changes, highest)
    return (first, *changes[below:above]), tuple(counts[below : max(above, below) + 1])
