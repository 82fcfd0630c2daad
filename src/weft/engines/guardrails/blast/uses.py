"""What waivers do on one side: each tried once more without it."""

from __future__ import annotations

from datetime import datetime

from weft.core.firm import Firm
from weft.core.guardrails import Waiver, WaiverWord
from weft.core.requests import Finding
from weft.engines.guardrails.blast.radius import Use
from weft.engines.guardrails.waivers import Exempt, waiver_state


class Uses:
    """The waivers that something needs, and those past which something offends."""

    def __init__(self, firm: Firm, now: datetime) -> None:
        """Begin with none."""
        self.firm, self.now = firm, now
        self.needed: set[str] = set()
        self.drifted: set[str] = set()

    def note(self, waiver: Exempt, whole: Finding, without: Finding) -> None:
        """Note what a thing is found to be with all its waivers, and without one."""
        if not without.blocks:
            return
        (self.drifted if whole.blocks else self.needed).add(waiver.id)

    def word(self, waiver: Waiver) -> WaiverWord | Use:
        """Say how a waiver stands; of one that counts, whether it is of use."""
        state = waiver_state(self.firm, waiver, self.now).state
        if state != "live":
            return state
        if waiver.id in self.needed:
            return "needed"
        return "drifted" if waiver.id in self.drifted else "idle"
