"""Why a guardrail does not hold of assets: looked for once for the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import repeat
from typing import Any, Final

from weft.core.requests import Stand
from weft.engines.guardrails.audit.looking import Looking
from weft.engines.guardrails.audit.result import Unmet
from weft.engines.guardrails.judging import Case, Cause, cause, finding_of, weighed
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.rules.words import word_of

Numbered = tuple[int, Unmet]
_KEPT: Final = 10_000
"""So many different causes of one guardrail are kept to be told again."""
_PLAIN: Final = frozenset({str, int, bool, type(None)})
"""The classes of values that are the same if they are equal and of one class."""


def explained(looking: Looking, rule: Rule, now: datetime) -> Iterator[Numbered]:
    """Give the assets of which a rule does not hold, by number, and why."""
    numbers = looking.failing(rule)
    causes = Causes(looking, rule).of(numbers)
    assets = looking.assets
    if rule.blocks and looking.firm.waivers:
        for number, found in zip(numbers, causes, strict=True):
            yield number, _weighed(looking, rule, now, number, found)
        return
    guardrail, stand = rule.guardrail.id, _stand(blocks=rule.blocks)
    for number, found in zip(numbers, causes, strict=True):
        yield (
            number,
            Unmet(
                asset=assets[number].id,
                mission=assets[number].mission or "",
                guardrail=guardrail,
                stand=stand,
                state=found.state,
                reasons=found.reasons,
                error=found.error,
            ),
        )


def _weighed(
    looking: Looking, rule: Rule, now: datetime, number: int, found: Cause
) -> Unmet:
    """Tell what does not hold of an asset, its waivers considered."""
    firm, asset = looking.firm, looking.assets[number]
    facts = {"mission": asset.mission, "asset": asset.id}
    case = Case(firm, now, looking.rules, facts)
    told = weighed(case, rule, finding_of(case, rule, found))
    return Unmet(
        asset=asset.id,
        mission=asset.mission or "",
        guardrail=told.guardrail,
        stand=_stand(blocks=told.blocks, held=told.waiver is not None),
        state=told.state,
        reasons=told.reasons,
        waiver=told.waiver,
        waived_until=told.waived_until,
        dead_waivers=told.dead_waivers,
        error=told.error,
    )


def _stand(*, blocks: bool, held: bool = False) -> Stand:
    """Say how a guardrail stands to what it does not hold of."""
    return "breaks" if blocks else "waived" if held else "told"


class Causes:
    """Why one guardrail does not hold of some of the assets."""

    def __init__(self, looking: Looking, rule: Rule) -> None:
        """Take the assets, and the guardrail."""
        self.looking, self.rule = looking, rule
        slots = sorted({word_of(looking.words, slot) for slot in rule.reads})
        self.names = [looking.words[slot].prop.id for slot in slots]
        self.columns = looking.raw(slots)
        self.kept: dict[tuple[Any, Any], Cause] = {}

    def of(self, numbers: Sequence[int]) -> Iterator[Cause]:
        """Give the cause for each of some assets.

        Values that are equal are not the same if their classes differ, as 1 and
        True: so the classes count too. Of those in a list they are not looked at.
        """
        told = ([column[n] for n in numbers] for column in self.columns)
        rows = zip(*told, strict=True) if self.columns else repeat(())
        for number, values in zip(numbers, rows, strict=False):
            classes = (*map(type, values),)
            if not _PLAIN.issuperset(classes) or self.looking.faults:
                yield self._looked_into(number, values)
                continue
            found = self.kept.get((values, classes))
            if found is None:
                found = self._looked_into(number, values)
                if len(self.kept) < _KEPT:
                    self.kept[values, classes] = found
            yield found

    def _looked_into(self, number: int, values: tuple[Any, ...]) -> Cause:
        """Find the cause for one asset: by what the rule reads, or else by all."""
        fault = self.looking.faults.get((self.rule.guardrail.id, number), "")
        found = cause(self.rule, dict(zip(self.names, values, strict=True)), fault)
        if found.state == "error" and self.rule.tree is not None:
            found = cause(self.rule, self.looking.facts(number), fault)
        return found
