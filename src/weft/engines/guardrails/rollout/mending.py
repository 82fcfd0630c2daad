"""How a baseline shrinks: with the very deed that mends an item, that item is closed.

Whatever is written goes through here first. So an item that is open has offended ever
since it was recorded, and one that was mended for a moment is gone for good. A change
of the guardrail itself mends nothing: that is another version, with another baseline.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from weft.core.entries import Change, put
from weft.core.firm import Firm, change
from weft.core.framework.rollouts import BaselineItem
from weft.core.indexes import baseline_by_asset
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.judging import cause
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.waivers import instant
from weft.errors import InputError, Where

_JUDGED_BY: Final = frozenset({"missions", "mandates", "sets", "vocabulary", "acts"})
"""What else an asset is judged by: a change of these may mend any of them."""
Pairs = frozenset[tuple[str, str]]


def settled(firm: Firm, changes: Sequence[Change], at: datetime) -> tuple[Change, ...]:
    """Give the changes of a deed, and with them the items of baselines they mend."""
    changed = tuple(changes)
    if not changed:  # an Answer: nothing is mended by asking
        return changed
    if not firm.baseline and all(each.kind != "baseline" for each in changed):
        return changed
    after = change(firm, changed)
    closed = {
        item.id: put(replace(item, mended_at=instant(firm, at)))
        for item in mended(after, _reached(after, changed), at)
    }
    if not closed:
        return changed
    kept = (c for c in changed if c.kind != "baseline" or c.key not in closed)
    return (*kept, *(closed[key] for key in sorted(closed)))


def mended(
    firm: Firm, items: Iterable[BaselineItem], at: datetime
) -> Iterator[BaselineItem]:
    """Find the items that are open and no longer offend, or whose asset is gone."""
    known: dict[tuple[str, str], Pairs | None] = {}
    for item in items:
        if item.mended_at is not None:
            continue
        of = (item.guardrail, item.asset)
        if of not in known:
            known[of] = offending(firm, *of, at)
        pairs = known[of]
        if pairs is not None and (item.path, item.value) not in pairs:
            yield item


def offending(firm: Firm, guardrail: str, asset: str, at: datetime) -> Pairs | None:
    """Give the paths and values of an asset that offend a guardrail, waived or not.

    None where that cannot be told: a fault, or a guardrail that is not judged by.
    """
    known, rule = firm.assets.get(asset), firm.guardrails.get(guardrail)
    if known is None:
        return frozenset()
    if rule is None:
        return None
    day = instant(firm, at).date()
    rules = rules_on(firm, max(day, rule.starts or day))
    found = rules.by_id.get(guardrail)
    if found is None:
        return None
    facts = standing_facts(firm, known, rules)
    if found.holds(facts):
        return frozenset()
    why = cause(found, facts)
    if why.state == "error":
        return None
    return frozenset((r.path, r.actual) for r in why.reasons if r.part != "applies")


def grown(firm: Firm, changes: Iterable[Change]) -> Iterator[InputError]:
    """Find changes by which a baseline would be more than it was.

    By whatever road they come: an item that is added to what was recorded, one that
    was mended and is open again, one about something else or with a later end.
    """
    for each in changes:
        item, old = each.record, firm.baseline.get(each.key)
        if not isinstance(item, BaselineItem) or item == old:
            continue
        if old is None and item.rollout not in firm.rollouts:
            continue
        if old is None or not _shrinks(old, item):
            yield InputError(
                f"The baseline of {item.rollout} would grow.",
                do="What broke since is mended, or asks for a waiver.",
                where=Where(f"baseline/{item.id}", 0, "$"),
            )


def _shrinks(old: BaselineItem, new: BaselineItem) -> bool:
    """Tell whether an item tolerates no more than it did."""
    same = replace(new, until=old.until, mended_at=old.mended_at) == old
    stays = old.mended_at is None or new.mended_at == old.mended_at
    return same and stays and new.until <= old.until


def _reached(firm: Firm, changes: Sequence[Change]) -> Iterator[BaselineItem]:
    """Give the items that changes could have mended."""
    if any(each.kind in _JUDGED_BY for each in changes):
        yield from firm.baseline.values()
        return
    of = baseline_by_asset(firm)
    for key in dict.fromkeys(each.key for each in changes if each.kind == "assets"):
        yield from of.get(key, ())
    for each in changes:
        if isinstance(each.record, BaselineItem):
            yield each.record
