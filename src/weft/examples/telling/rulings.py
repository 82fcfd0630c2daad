"""Guardrails that come into force or tighten while a story is told."""

from __future__ import annotations

from collections.abc import Iterator

from weft.core.entries import Deed, put
from weft.core.firm import Firm
from weft.core.guardrails import Guardrail
from weft.examples.days import instant
from weft.examples.story import Decide, Step, step
from weft.examples.telling.scene import Scene

_MORNING = 9 * 60


def rulings(scene: Scene) -> Iterator[Step]:
    """Give a step for each guardrail that is new, or has another version."""
    for number, ruling in enumerate(scene.rulings):
        guardrail = ruling.guardrail
        holders = scene.roles[guardrail.owner].holders
        at = instant(scene.calendar.ago(ruling.days), _MORNING + number)
        yield step(at, holders[0], _put(guardrail))


def _put(guardrail: Guardrail) -> Decide:
    """Write down what the guardrail is from now on."""

    def decide(firm: Firm) -> Deed:
        known = guardrail.id in firm.guardrails
        what = f"version {guardrail.version}" if known else "new"
        note = f"Guardrail “{guardrail.title}”: {what}."
        return Deed(name="draft.apply", changes=(put(guardrail),), note=note)

    return decide
