"""The mirror: what the firm looks like, and the pictures of it."""

from __future__ import annotations

from weft.app.views import View
from weft.core.scalars import Month
from weft.engines import knowledge
from weft.engines.knowledge import Diagnosis, Movement, Network, Weave
from weft.store.desk import Desk


def diagnose(view: View, month: Month) -> Diagnosis:
    """Give the figures of the firm as it is, each with the rows behind it."""
    return knowledge.diagnose(view.firm, month)


def weave(view: View, month: Month, *, across: str, discipline: str = "") -> Weave:
    """Give the firm as one picture: where knowledge sits and how deep it is."""
    return knowledge.weave(view.firm, month, across=across, discipline=discipline)


def network(view: View, month: Month) -> Network:
    """Give the firm as a network of people, missions, assets and partners."""
    return knowledge.network(view.firm, month)


def movement(desk: Desk, view: View, since: int) -> Movement:
    """Give who joined, left and moved between an earlier entry and the view."""
    return knowledge.movement(desk.firm(since), view.firm)
