"""The Answer: a request decided at once, with its reasons and the way to a yes."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from weft.core.firm import Firm
from weft.core.requests import REQUEST, Decision, Finding, Reason, Request
from weft.engines.guardrails.change.turning import turning
from weft.engines.guardrails.facts import facts_of
from weft.engines.guardrails.judging import Case, judge, verdict_of
from weft.engines.guardrails.mandate import mandate_rules
from weft.engines.guardrails.offers import offers
from weft.engines.guardrails.rules.compiled import Facts
from weft.engines.guardrails.rules.framework import rules_on
from weft.engines.guardrails.waivers import instant


def decide(firm: Firm, request: Request, *, asked_by: str, at: datetime) -> Decision:
    """Answer a request: allowed, allowed with duties, or refused, and why.

    All guardrails in force are always judged. It never raises: whatever goes wrong
    is a refusal, and the fault stands in the decision. The same firm, request and
    instant give the same decision to the byte, in any process.
    """
    try:
        return _decided(firm, request, asked_by, instant(firm, at))
    except Exception as error:  # noqa: BLE001 # a fault refuses, on record
        fault = f"{type(error).__name__} while judging: nothing is shown to be allowed."
        return Decision(
            request=request,
            asked_by=asked_by,
            at=at if at.tzinfo else at.replace(tzinfo=UTC),
            firm=firm.seq,
            verdict="refused",
            findings=(_refusal(request, error=fault),),
        )


def case_of(firm: Firm, request: Request, now: datetime) -> Case:
    """Put together what a request is judged by."""
    rules = rules_on(firm, now.date())
    facts = facts_of(firm, request, rules)
    extra = mandate_rules(firm, request, rules, facts)
    return Case(firm, now, rules, facts, extra)


def _decided(firm: Firm, request: Request, asked_by: str, now: datetime) -> Decision:
    """Judge a request; where it is refused, look for what would turn it."""
    case = case_of(firm, request, now)
    told = Decision(
        request=request,
        asked_by=asked_by,
        at=now,
        firm=firm.seq,
        verdict="refused",
        facts={
            name: fact
            for name in case.rules.names
            if (fact := case.facts[name]) is not None
        },
        guardrails=case.rules.digest,
    )
    if refused := _refusals(case, request):
        return replace(told, findings=refused)
    outcome, findings = judge(case)
    told = replace(
        told,
        verdict=verdict_of(findings),
        findings=findings,
        judged=len(case.rules.all) + len(case.extra),
    )
    if told.verdict != "refused":
        return told
    turned = turning(case, outcome, findings)
    return replace(
        told,
        ways=turned.ways,
        no_way=turned.no_way,
        questions=turned.questions,
        offers=tuple(offers(case, asked_by, findings)),
    )


def _refusals(case: Case, request: Request) -> tuple[Finding, ...]:
    """Give what stands against judging at all: unknown names, or no guardrails."""
    if error := case.rules.load.refusal(case.facts):
        return (_refusal(request, error=error),)
    unknown = unknown_names(case.facts, request)
    return (_refusal(request, unknown),) if unknown else ()


def unknown_names(facts: Facts, request: Request) -> tuple[Reason, ...]:
    """Tell what a request names that the firm does not have."""
    named = (
        ("mission", request.mission, facts["mission"]),
        ("act", request.act, facts["act"]),
        ("asset", request.asset, facts["asset"]),
    )
    return tuple(
        Reason(
            path=what,
            operator="is",
            expected=f"{what} of the firm",
            actual=name,
            truth="unknown",
        )
        for what, name, known in named
        if name is not None and known is None
    )


def _refusal(
    request: Request, reasons: tuple[Reason, ...] = (), error: str = ""
) -> Finding:
    """Make the finding that stands for all, where nothing can be judged."""
    return Finding(
        guardrail=REQUEST,
        version=1,
        title="The request cannot be judged",
        level="must",
        state="error" if error else "unproven",
        blocks=True,
        principle="",
        owner=request.mission,
        reasons=reasons,
        error=error,
    )
