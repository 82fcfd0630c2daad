"""Decisions that are taken, and guardrails that tighten, while a story is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weft.core.entries import Change, Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.examples.days import instant
from weft.examples.making.framework import Ruling, Settling
from weft.examples.story import Decide, Step, step
from weft.examples.telling.rolling import Told, rolled_out, told
from weft.examples.telling.scene import Scene

_MORNING = 9 * 60


def rulings(scene: Scene) -> Iterator[Step]:
    """Give a step for each guardrail that is new, or has another version."""
    rollouts = {each.guardrail: each for each in told(scene)}
    for number, ruling in enumerate(scene.rulings):
        guardrail = ruling.guardrail
        holders = scene.roles[guardrail.owner].holders
        at = instant(scene.calendar.ago(ruling.days), _MORNING + number)
        came = [scene.settlings[a] for a in guardrail.rests_on if a in scene.settlings]
        decide = _put(guardrail, came)
        if rollout := rollouts.get(guardrail.id):
            decide = _start(scene, rollout, ruling, came)
        yield step(at, holders[0], decide)


def _start(
    scene: Scene, rollout: Told, ruling: Ruling, came: Sequence[Settling]
) -> Decide:
    """Roll a guardrail out, with a baseline of what breaks it by then."""

    def decide(firm: Firm) -> Deed:
        guardrail, calendar = ruling.guardrail, scene.calendar
        begins = rolled_out(rollout, firm, guardrail, calendar, ruling.days)
        changes = (*_changes(firm, guardrail, came), *begins)
        return Deed(name="rollout.start", changes=changes)

    return decide


def _put(guardrail: Guardrail, came: Sequence[Settling]) -> Decide:
    """Write down what the guardrail is from now on, and the decisions behind it."""

    def decide(firm: Firm) -> Deed:
        known = guardrail.id in firm.guardrails
        what = f"version {guardrail.version}" if known else "new"
        note = f"Guardrail “{guardrail.title}”: {what}."
        changes = _changes(firm, guardrail, came)
        return Deed(name="draft.apply", changes=changes, note=note)

    return decide


def _changes(
    firm: Firm, guardrail: Guardrail, came: Sequence[Settling]
) -> tuple[Change, ...]:
    """Give the changes that a guardrail brings, with the decisions that are new."""
    new = (each for each in came if each.record.id not in firm.adrs)
    records = [r for each in new for r in (each.record, each.replaced) if r]
    return (*map(put, records), put(guardrail))
