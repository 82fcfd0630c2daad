"""Days after a start, and waivers asked for on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from weft.core.guardrails import Waiver

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def after(days: float) -> datetime:
    """Give the instant so many days after the start."""
    return START + timedelta(days=days)


def waiver(
    name: str, decision: int | None, guardrail: str = "near", **more: Any
) -> Waiver:
    """Give a waiver asked for at the start, for what a decision refused."""
    return Waiver(
        id=name,
        guardrail=guardrail,
        version=1,
        mission="pay",
        reason="We need it.",
        asked_by="ben",
        asked_at=START,
        starts=START,
        until=after(60),
        decision=decision,
        **more,
    )
