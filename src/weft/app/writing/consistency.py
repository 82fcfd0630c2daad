"""Whether the guardrails fit together, for the firm as somebody may see it."""

from __future__ import annotations

from datetime import datetime

from weft.app.views import View
from weft.app.writing.reading import misfits
from weft.core.guardrails import Guardrail
from weft.engines.guardrails import as_tried
from weft.engines.guardrails.consistency.finding import looked_through, with_draft
from weft.engines.guardrails.consistency.flaws import Consistency, Flaw
from weft.errors import Problems

__all__ = ["Consistency", "Flaw", "about", "consistency", "of_draft"]


def consistency(view: View, at: datetime) -> Consistency:
    """Tell what in the guardrails does not fit together, from this day on.

    It takes milliseconds where nothing has changed since it was asked last.
    """
    return looked_through(view.firm, at.date())


def about(view: View, guardrail: str, at: datetime) -> tuple[Flaw, ...]:
    """Give of all that does not fit what one guardrail takes part in."""
    found = consistency(view, at).flaws
    return tuple(flaw for flaw in found if guardrail in flaw.guardrails)


def of_draft(view: View, draft: Guardrail, at: datetime) -> Consistency:
    """Tell what would not fit about a drafted guardrail if it held; nothing is kept.

    Only what it takes part in itself is told. Raises Problems with everything that is
    wrong with the draft.
    """
    if wrong := [*misfits(view.firm, as_tried(view.firm, draft))]:
        raise Problems(wrong)
    return with_draft(view.firm, draft, at.date())
