"""Waivers that could be asked for, filled in as far as they can be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from weft.core.guardrails import Cover
from weft.core.requests import MANDATE, REQUEST, Finding, Offer
from weft.engines.guardrails.judging import Case
from weft.engines.guardrails.waivers import approver, longest


def offers(case: Case, asked_by: str, findings: Sequence[Finding]) -> Iterator[Offer]:
    """Give an offer for each guardrail that blocks and can be waived.

    Faults cannot be waived, nor can the mandate: its leads sign another. Who asks
    cannot grant, so they are not among the holders.
    """
    for found in findings:
        guardrail = case.firm.guardrails.get(found.guardrail)
        named = found.guardrail not in {MANDATE, REQUEST}
        if guardrail is None or not named or not found.blocks or found.state == "error":
            continue
        role = approver(guardrail)
        held = case.firm.roles.get(role)
        yield Offer(
            guardrail=guardrail.id,
            version=guardrail.version,
            approver=role,
            holders=tuple(
                h for h in sorted(held.holders if held else ()) if h != asked_by
            ),
            covers=tuple(
                dict.fromkeys(
                    Cover(path=reason.path, value=reason.actual)
                    for reason in found.reasons
                    if reason.part != "applies"
                )
            ),
            latest=case.at + longest(guardrail),
        )
