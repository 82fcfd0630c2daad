"""What a mission wants and has, by skill and month."""

from __future__ import annotations

from datetime import datetime

from weft.app.rounds.working_out import knowing
from weft.app.views import View
from weft.core.scalars import Month
from weft.engines.allocation import Wanted, wanted
from weft.errors import NotFound

MONTHS = 6


def wants(view: View, mission: str, month: Month, now: datetime) -> tuple[Wanted, ...]:
    """Give needs and what the seats there are give them, for six months."""
    if mission not in view.firm.missions:
        raise NotFound("mission", mission, view.firm.missions)
    known = knowing(view.firm, view.firm, now.date())
    return wanted(view.firm, known, mission, month, MONTHS)
