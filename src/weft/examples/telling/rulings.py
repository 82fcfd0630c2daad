"""Decisions that are taken, and guardrails that tighten, while a story is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.examples.days import instant
from weft.examples.making.framework import Settling
from weft.examples.story import Decide, Step, step
from weft.examples.telling.scene import Scene

_MORNING = 9 * 60


def rulings(scene: Scene) -> Iterator[Step]:
    """Give a step for each guardrail that is new, or has another version."""
    for number, ruling in enumerate(scene.rulings):
        guardrail = ruling.guardrail
        holders = scene.roles[guardrail.owner].holders
        at = instant(scene.calendar.ago(ruling.days), _MORNING + number)
        came = [scene.settlings[a] for a in guardrail.rests_on if a in scene.settlings]
        yield step(at, holders[0], _put(guardrail, came))


def _put(guardrail: Guardrail, came: Iterable[Settling]) -> Decide:
    """Write down what the guardrail is from now on, and the decisions behind it."""

    def decide(firm: Firm) -> Deed:
        known = guardrail.id in firm.guardrails
        what = f"version {guardrail.version}" if known else "new"
        note = f"Guardrail “{guardrail.title}”: {what}."
        new = (each for each in came if each.record.id not in firm.adrs)
        records = [r for each in new for r in (each.record, each.replaced) if r]
        changes = (*map(put, records), put(guardrail))
        return Deed(name="draft.apply", changes=changes, note=note)

    return decide
