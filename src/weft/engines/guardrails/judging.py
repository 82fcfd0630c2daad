"""One judgement for every use: what each guardrail says of some facts, told whole.

The request, the standing asset, the smallest change and the use of a waiver all
come here; no other place weighs a guardrail's level, its phase or its waivers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

import msgspec
from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.guardrails import WaiverState
from weft.core.requests import DeadWaiver, Finding, Reason, State, Verdict
from weft.engines.guardrails.rules.compiled import Facts, Outcome, Rules
from weft.engines.guardrails.rules.rule import Rule
from weft.engines.guardrails.waivers import Exempt, covers, exempting, waiver_state

_NO_FAULTS: Mapping[str, str] = {}


class Case(msgspec.Struct, frozen=True):
    """What is judged: some facts, on a firm, at an instant.

    rules: the guardrails in force. extra: what the mandate adds to them.
    """

    firm: Firm
    at: datetime
    rules: Rules
    facts: Facts
    extra: tuple[Rule, ...] = ()

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """Give every rule that is judged by."""
        return self.extra + self.rules.all


def judge(case: Case) -> tuple[Outcome, tuple[Finding, ...]]:
    """Judge a case by all its rules; those that hold are told only for a duty."""
    outcome = case.rules.judge(case.facts)
    failing = [rule for rule in case.extra if not rule.holds(case.facts)]
    failing += outcome.failing
    if not failing and not case.rules.dutiful:
        return outcome, ()
    faults = outcome.faults
    found = [finding(case, rule, case.facts, faults) for rule in failing]
    found += _duties(case, outcome)
    if len(found) > 1:
        found.sort(key=_weight)
    return outcome, tuple(found)


def verdict_of(findings: tuple[Finding, ...]) -> Verdict:
    """Sum up findings: a no if one of them blocks."""
    if any(finding.blocks for finding in findings):
        return "refused"
    if any(finding.duty and not finding.trial for finding in findings):
        return "allowed-with-duties"
    return "allowed"


def blocks(case: Case, rule: Rule, facts: Facts) -> bool:
    """Tell whether one rule turns the answer into a no, its waivers considered."""
    if not rule.blocks or rule.holds(facts):
        return False
    if rule.tree is None or not subject_waivers(case, rule.guardrail.id):
        return True
    return finding(case, rule, facts).blocks


def subject_waivers(case: Case, guardrail: str) -> list[Exempt]:
    """Give the waivers of a guardrail, and its baseline, about the subject."""
    if not (case.firm.waivers or case.firm.baseline):
        return []
    mission, asset = case.facts.get("mission"), case.facts.get("asset")
    return exempting(case.firm, guardrail, mission, asset)


def finding(
    case: Case, rule: Rule, facts: Facts, faults: Mapping[str, str] = _NO_FAULTS
) -> Finding:
    """Tell what a rule that does not hold says: its reasons, waivers and weight."""
    return weighed(case, rule, unwaived(case, rule, facts, faults))


def weighed(case: Case, rule: Rule, told: Finding) -> Finding:
    """Consider the waivers about the subject of a case for what a rule says of it."""
    if told.state == "error" or not rule.blocks:
        return told
    found = subject_waivers(case, rule.guardrail.id)
    return waived(case, told, found) if found else told


def unwaived(
    case: Case, rule: Rule, facts: Facts, faults: Mapping[str, str] = _NO_FAULTS
) -> Finding:
    """Tell what a rule that does not hold says, whatever waivers there are."""
    found = cause(rule, facts, faults.get(rule.guardrail.id, ""))
    return finding_of(case, rule, found)


class Cause(msgspec.Struct, frozen=True, gc=False):
    """Why a rule does not hold: as it is broken or not proved, or for a fault."""

    state: State
    reasons: tuple[Reason, ...] = ()
    error: str = ""


def cause(rule: Rule, facts: Facts, fault: str = "") -> Cause:
    """Find out why a rule does not hold. fault: the one there was in judging.

    A single reason shows by itself whether it is broken: nothing else is in doubt
    then, as the rule applies, and this one leaf is false or unknown.
    """
    error = rule.error or fault
    if error or rule.tree is None:
        return Cause("error", error=error)
    try:
        why = tuple(rule.why(facts))
        if len(why) == 1 and why[0].part == "must":
            return Cause("broken" if why[0].truth == "false" else "unproven", why)
        state: State = "broken" if rule.is_broken(facts) else "unproven"
    except Exception as raised:  # noqa: BLE001 # a fault is told, and is a no
        return Cause("error", error=f"{type(raised).__name__} while explaining.")
    if all(each.part == "applies" for each in why):
        return Cause("error", error="It does not hold, and nothing offends.")
    return Cause(state, why)


def finding_of(case: Case, rule: Rule, found: Cause) -> Finding:
    """Make the finding of a rule, before any waiver is considered."""
    guardrail, rest = rule.guardrail, rule.rest
    principle = case.firm.principles.get(guardrail.principle)
    return Finding(
        guardrail=guardrail.id,
        version=guardrail.version,
        title=guardrail.title,
        level=rule.level,
        state=found.state,
        blocks=rule.blocks and found.state != "holds",
        principle=principle.title if principle else guardrail.principle,
        owner=guardrail.owner,
        harm=guardrail.harm,
        remedy=guardrail.remedy,
        duty=guardrail.duty,
        reasons=found.reasons,
        error=found.error,
        trial=guardrail.phase == "trial",
        binds=_ahead(guardrail.binds, case.at),
        unanswered=rest.since if rest and rest.version is None else None,
        tried=rest.until if rest else None,
    )


def _ahead(day: date | None, at: datetime) -> date | None:
    """Give a day if it is still to come."""
    return day if day and at.date() < day else None


def waived(case: Case, told: Finding, found: Sequence[Exempt]) -> Finding:
    """Set a finding aside if live waivers cover each path and value that offends."""
    states = {waiver.id: waiver_state(case.firm, waiver, case.at) for waiver in found}
    live = [waiver for waiver in found if states[waiver.id].state == "live"]
    used: dict[str, Exempt] = {}
    why = []
    for each in told.reasons:
        cover = None
        if each.part != "applies":
            cover = next((w for w in live if covers(w, each)), None)
        if cover is not None:
            used[cover.id] = cover
        why.append(replace(each, waiver=cover.id) if cover else each)
    offending = [each for each in why if each.part != "applies"]
    held = bool(offending) and all(each.waiver for each in offending)
    first = min(used.values(), key=lambda w: (w.until, w.id)) if held else None
    return replace(
        told,
        blocks=not held,
        reasons=tuple(why),
        waiver=first.id if first else None,
        waived_until=first.until if first else None,
        dead_waivers=tuple(
            DeadWaiver(waiver=waiver.id, why=_why_dead(states[waiver.id]))
            for waiver in found
            if waiver.id not in used
        ),
    )


def _why_dead(state: WaiverState) -> str:
    """Say why a waiver does not count here."""
    if state.state == "live":
        return "live, but for other paths or values"
    return f"{state.state}: {state.why}"


def _duties(case: Case, outcome: Outcome) -> Iterator[Finding]:
    """Tell the guardrails that hold and bring a duty, but for those that spare it."""
    for rule in case.rules.duties(case.facts):
        if rule not in outcome.failing:
            yield finding_of(case, rule, Cause("holds"))


_LEVELS = {"veto": 0, "must": 1, "advise": 2}


def _weight(found: Finding) -> tuple[bool, int, str, str]:
    """Put what blocks first, the heaviest level first."""
    return not found.blocks, _LEVELS[found.level], found.guardrail, found.title
