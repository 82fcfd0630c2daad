"""Whether a waiver is still used: judged with it, and once more without it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.guardrails import Waiver, WaiverUse
from weft.core.indexes import assets_by_mission
from weft.core.requests import Request
from weft.engines.guardrails.answer import case_of
from weft.engines.guardrails.judging import Case, blocks
from weft.engines.guardrails.standing import standing_case
from weft.engines.guardrails.waivers import instant


def waiver_use(
    firm: Firm, waiver: Waiver, at: datetime, requests: Sequence[Request] = ()
) -> WaiverUse:
    """Tell whether a live waiver is needed, idle or drifted.

    It is judged on its asset as it stands, or on all assets of its mission, and on
    the requests given, such as the one that it was asked for.
    """
    without = replace(firm, waivers=firm.waivers.delete(waiver.id))
    drifted = ""
    for subject, case in _cases(firm, waiver, instant(firm, at), requests):
        rule = case.rules.by_id.get(waiver.guardrail)
        if rule is None or not blocks(replace(case, firm=without), rule, case.facts):
            continue
        if not blocks(case, rule, case.facts):
            why = f"Without it {subject} would be refused."
            return WaiverUse(waiver=waiver.id, use="needed", why=why)
        drifted = drifted or f"{subject} offends, with other paths or values."
    if drifted:
        return WaiverUse(waiver=waiver.id, use="drifted", why=drifted)
    why = "Nothing that it could cover offends."
    return WaiverUse(waiver=waiver.id, use="idle", why=why)


def _cases(
    firm: Firm, waiver: Waiver, now: datetime, requests: Sequence[Request]
) -> Iterator[tuple[str, Case]]:
    """Give what a waiver could be about: assets as they stand, and requests."""
    if waiver.asset is None:
        assets = assets_by_mission(firm).get(waiver.mission, ())
    else:
        found = firm.assets.get(waiver.asset)
        assets = () if found is None else (found,)
    for asset in assets:
        yield asset.id, standing_case(firm, asset, now)
    for request in requests:
        yield f"the request to {request.act}", case_of(firm, request, now)
