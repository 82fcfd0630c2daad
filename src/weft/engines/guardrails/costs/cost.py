"""What guardrails cost, put together from the ledger, the waivers and the assets."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import repeat

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.framework.challenges import OPEN
from weft.core.guardrails import Waiver
from weft.engines.guardrails.challenges import challenge_state, challenges_of
from weft.engines.guardrails.costs.figures import (
    Assets,
    Cost,
    Costs,
    OfVersion,
    Spread,
)
from weft.engines.guardrails.costs.ledger import DAY, Ledger, Numbers, Tally
from weft.engines.guardrails.costs.signs import Case, signs
from weft.engines.guardrails.rules.levels import level_on, rests
from weft.engines.guardrails.waivers import instant


def costs(
    firm: Firm,
    ledger: Ledger,
    at: datetime,
    assets: Mapping[str, Assets],
    among: Collection[str],
) -> Costs:
    """Give what some guardrails cost a firm.

    assets: how the assets stand to each of them now.
    """
    now = instant(firm, at)
    waivers: dict[str, list[Waiver]] = {}
    for waiver in firm.waivers.values():
        waivers.setdefault(waiver.guardrail, []).append(waiver)
    found = [
        cost(Case(firm, guardrail, now, assets.get(key), waivers.get(key, [])), ledger)
        for key, guardrail in firm.guardrails.items()
        if key in among
    ]
    found.sort(key=lambda c: (-c.refused - c.waived, -c.waits.total, c.guardrail))
    named = _decisions(firm.waivers.values())
    persons = len(ledger.waived) + _among(named, ledger.refused)
    return Costs(
        at=now,
        upto=ledger.upto,
        requests=ledger.requests,
        refused=len(ledger.refused),
        by_person=persons,
        freedom=_freedom(persons, ledger.requests),
        guardrails=tuple(found),
    )


def cost(case: Case, ledger: Ledger) -> Cost:
    """Give what one guardrail costs, and what that is a sign of."""
    firm, guardrail, now = case.firm, case.guardrail, case.now
    waivers, assets = case.waivers, case.assets or Assets()
    versions = ledger.tallies.get(guardrail.id, {})
    tallies, named = versions.values(), _decisions(waivers)
    parts = tuple(_of_version(n, versions[n]) for n in sorted(versions))
    asked, waived = sum(p.asked for p in parts), sum(p.waived for p in parts)
    persons = waived + sum(_among(named, tally.refused) for tally in tallies)
    standing = ledger.standing.get(guardrail.id)
    heard = challenges_of(firm, guardrail.id)
    among = rests(heard)
    told = Cost(
        guardrail=guardrail.id,
        version=guardrail.version,
        level=level_on(guardrail, now.date(), among),
        phase=guardrail.phase,
        owner=guardrail.owner,
        since=standing.since if standing else None,
        version_since=standing.version_since if standing else None,
        judged=sum(p.judged for p in parts),
        asked=asked,
        met=sum(p.met for p in parts),
        refused=sum(p.refused for p in parts),
        unproven=sum(p.unproven for p in parts),
        waived=waived,
        advised=sum(p.advised for p in parts),
        turned=spread(_turned(tallies)),
        waivers_asked=len(waivers),
        waivers_granted=sum(w.granted_at is not None for w in waivers),
        waivers_refused=sum(w.refused_at is not None for w in waivers),
        waivers_live=len(case.live),
        waits=spread(_waits(waivers)),
        missions=tuple(sorted({m for t in tallies for m in t.missions})),
        by_person=persons,
        freedom=_freedom(persons, asked),
        assets_breaking=assets.breaking,
        assets_waived=assets.waived,
        assets_advised=assets.advised,
        challenges=len(heard),
        challenges_open=sum(
            challenge_state(firm, each, now).state in OPEN for each in heard
        ),
        versions=parts,
    )
    tally = versions.get(guardrail.version, Tally())
    return replace(told, signs=tuple(signs(case, told, tally)))


def spread(days: Iterable[float]) -> Spread:
    """Give how many days there are, their median and their sum, to a tenth."""
    found = sorted(days)
    if not found:
        return Spread()
    half = len(found) // 2
    median = found[half] if len(found) % 2 else (found[half - 1] + found[half]) / 2
    return Spread(n=len(found), median=round(median, 1), total=round(sum(found), 1))


def _turned(tallies: Iterable[Tally]) -> Iterator[float]:
    """Give the days from each refusal to its yes, as they were counted."""
    for tally in tallies:
        for days, number in tally.turned.items():
            yield from repeat(days, number)


def _waits(waivers: Iterable[Waiver]) -> Iterator[float]:
    """Give the days for which each waiver waited for its decision."""
    for waiver in waivers:
        decided = waiver.granted_at or waiver.refused_at
        if decided is not None:
            yield (decided - waiver.asked_at).total_seconds() / DAY


def _decisions(waivers: Iterable[Waiver]) -> set[int]:
    """Give the numbers of the answers after which waivers were asked for."""
    return {waiver.decision for waiver in waivers if waiver.decision is not None}


def _among(named: Iterable[int], numbers: Numbers) -> int:
    """Count how many of some numbers are among others, which are in order."""
    places = ((bisect_left(numbers, number), number) for number in named)
    return sum(p < len(numbers) and numbers[p] == number for p, number in places)


def _freedom(persons: int, requests: int) -> float | None:
    """Give the share of requests that needed no person; none where there were none."""
    return round(1 - persons / requests, 4) if requests else None


def _of_version(version: int, tally: Tally) -> OfVersion:
    """Give the counts of one version."""
    return OfVersion(
        version=version,
        judged=tally.judged,
        asked=len(tally.asked),
        met=tally.met,
        refused=len(tally.refused),
        unproven=len(tally.unproven),
        waived=len(tally.waived),
        advised=len(tally.advised),
    )
