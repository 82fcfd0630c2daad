"""What an audit finds: which guardrails do not hold of which assets, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from weft.core.guardrails import Guardrail, Severity
from weft.core.records import Record
from weft.core.requests import DeadWaiver, Reason, Stand, State
from weft.engines.guardrails.rules.rule import Rule


class Unmet(Record, frozen=True, kw_only=True, gc=False):
    """A guardrail that does not hold of an asset as it stands.

    mission: empty where no mission owns the asset. stand: `breaks` blocks; `waived`
    is held by a waiver; `told` blocks nothing, as it only advises or is on trial.
    state: whether it is broken, or not proved for want of a fact. waiver: the one
    that holds it, with its end; of several the one that ends first.
    """

    asset: str
    mission: str
    guardrail: str
    stand: Stand
    state: State
    reasons: tuple[Reason, ...] = ()
    waiver: str | None = None
    waived_until: datetime | None = None
    dead_waivers: tuple[DeadWaiver, ...] = ()
    error: str = ""


class Counts(Record, frozen=True, kw_only=True):
    """How assets stand to guardrails, in counts.

    assets: how many were judged. breaking: of how many of them something breaks.
    broken, unproven, error: what breaks, by its state; unproven for want of a fact.
    waived, told: what is held by a waiver, and what blocks nothing.
    """

    assets: int = 0
    breaking: int = 0
    broken: int = 0
    unproven: int = 0
    error: int = 0
    waived: int = 0
    told: int = 0

    @property
    def breaks(self) -> int:
        """Give how often something breaks."""
        return self.broken + self.unproven + self.error


class OfGuardrail(Record, frozen=True, kw_only=True):
    """A guardrail in force, and how the assets stand to it.

    level: the one that counted, where it only begins to bind on another day.
    """

    guardrail: Guardrail
    level: Severity
    counts: Counts


class OfMission(Record, frozen=True, kw_only=True):
    """How the assets of a mission stand; under the empty name those of no mission."""

    mission: str
    counts: Counts


class Audit(Record, frozen=True, kw_only=True):
    """All assets judged by all guardrails in force, at an instant.

    firm: the sequence of the firm. digest: of all that was judged by. refusal: why
    nothing could be judged at all; then nothing is shown to be in order. guardrails,
    missions: in the order of their ids. unmet: in the order of assets, then of
    guardrails; whatever is not among them holds.
    """

    at: datetime
    firm: int
    digest: str
    total: Counts
    guardrails: tuple[OfGuardrail, ...] = ()
    missions: tuple[OfMission, ...] = ()
    unmet: tuple[Unmet, ...] = ()
    refusal: str = ""

    @property
    def breaks(self) -> bool:
        """Tell whether something breaks, or nothing could be judged."""
        return bool(self.refusal or self.total.breaking)


def counted(
    unmet: Sequence[Unmet], rules: Sequence[Rule], owned: Mapping[str, int]
) -> tuple[Counts, tuple[OfGuardrail, ...], tuple[OfMission, ...]]:
    """Count what is not met: in all, by guardrail and by mission.

    owned: how many assets each mission has.
    """
    alike = Counter(map(attrgetter("guardrail", "mission", "stand", "state"), unmet))
    breaking = {u.asset: u.mission for u in unmet if u.stand == "breaks"}
    by_guardrail = {rule.guardrail.id: Counter[str]() for rule in rules}
    by_mission = {name: Counter[str]() for name in sorted(owned)}
    for (guardrail, mission, stand, state), times in alike.items():
        what = state if stand == "breaks" else stand
        by_guardrail[guardrail][what] += times
        by_mission[mission][what] += times
        if stand == "breaks":
            by_guardrail[guardrail]["breaking"] += times
    for mission, assets in Counter(breaking.values()).items():
        by_mission[mission]["breaking"] = assets
    total, judged = Counter[str](), sum(owned.values())
    for counts in by_mission.values():
        total.update(counts)
    return (
        Counts(assets=judged, **total),
        tuple(
            OfGuardrail(
                guardrail=rule.guardrail,
                level=rule.level,
                counts=Counts(assets=judged, **by_guardrail[rule.guardrail.id]),
            )
            for rule in rules
        ),
        tuple(
            OfMission(
                mission=name,
                counts=Counts(assets=owned[name], **counts),
            )
            for name, counts in by_mission.items()
        ),
    )
