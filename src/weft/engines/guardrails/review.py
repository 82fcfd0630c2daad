"""Assets judged as they stand, one of them or all."""

from __future__ import annotations

from datetime import datetime

from weft.core.assets import Asset
from weft.core.firm import Firm
from weft.core.requests import Finding, Judged
from weft.engines.guardrails.facts import standing_facts
from weft.engines.guardrails.judging import Case, judge
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.waivers import instant


def judge_asset(firm: Firm, asset: Asset, at: datetime) -> tuple[Finding, ...]:
    """Tell what the guardrails say of an asset as it stands.

    Its act is `run`: a guardrail for deploying does not apply to what runs already,
    unless it names `run` too. The mandate of its mission is not judged: that is
    about what a mission asks.
    """
    return judge(standing_case(firm, asset, instant(firm, at)))[1]


def standing_case(firm: Firm, asset: Asset, now: datetime) -> Case:
    """Put together what an asset is judged by as it stands."""
    rules = rules_on(firm, now.date())
    return Case(firm, now, rules, standing_facts(firm, asset, rules))


def review(firm: Firm, at: datetime) -> tuple[Judged, ...]:
    """Find every asset of which some guardrail does not hold, in the order of ids.

    Those held by a waiver, on trial or only advised against are among them.
    """
    found = []
    for key in sorted(firm.assets):
        findings = judge_asset(firm, firm.assets[key], at)
        findings = tuple(each for each in findings if each.state != "holds")
        if findings:
            found.append(Judged(asset=key, findings=findings))
    return tuple(found)
