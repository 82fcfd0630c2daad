"""The audit: every asset against every guardrail in force, as an actor may see it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import msgspec

from weft.app.views import View, moment
from weft.core.firm import Firm
from weft.engines import guardrails
from weft.engines.guardrails import Audit, Progress, Unmet


def audit(view: View, now: datetime, progress: Progress | None = None) -> Audit:
    """Judge all assets that an actor sees, as they stand, by all guardrails in force.

    Waivers are considered. Of the firm as it was it tells what was so then: at the
    end of the day that is looked back to, or just after the entry.
    """
    return guardrails.audit(view.firm, judged_at(view, now), progress)


def audit_firm(firm: Firm, now: datetime, progress: Progress | None = None) -> Audit:
    """Judge all assets of a firm that comes from a folder, whoever asks."""
    return guardrails.audit(firm, now, progress)


def judged_at(view: View, now: datetime) -> datetime:
    """Give the instant for which the firm of a view is judged."""
    if not view.as_of:
        return now
    asked = moment(view.as_of)
    if isinstance(asked, date):
        return min(now, datetime.combine(asked, time.max, UTC))
    return view.firm.at or now


class Narrowed(msgspec.Struct, frozen=True):
    """What is asked for of an audit: each of them empty for all.

    stand: breaks, waived or told. state: broken, unproven or error.
    """

    guardrail: str = ""
    mission: str = ""
    asset: str = ""
    stand: str = ""
    state: str = ""

    def of(self, audit: Audit) -> list[Unmet]:
        """Give what is not met and is asked for, in the order of the audit."""
        asked = [(f, v) for f in self.__struct_fields__ if (v := getattr(self, f))]
        return [
            each for each in audit.unmet if all(getattr(each, f) == v for f, v in asked)
        ]
