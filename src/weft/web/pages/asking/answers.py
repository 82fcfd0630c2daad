"""The answers: one told whole, judged again, and all of them as a list."""

from __future__ import annotations

import msgspec
from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app import requests, waivers
from weft.app.framework.versions import Then, as_decided
from weft.core.records import show
from weft.core.requests import Decision, Finding
from weft.engines.guardrails.change.ways import changed
from weft.web.context import Html, Page
from weft.web.pages.choices import mission_called
from weft.web.pages.framework.rules import Said, conditions
from weft.web.pages.framework.versions import Line, since

SIZE = 40


class Ruled(msgspec.Struct, frozen=True):
    """A guardrail as a decision was taken under it, in words, and what came since."""

    then: Then
    when: list[Said]
    must: list[Said]
    lines: tuple[Line, ...]


@get("/decisions", sync_to_thread=True, operation="look")
def several(
    page: NamedDependency[Page],
    mission: FromQuery[str] = "",
    verdict: FromQuery[str] = "",
    before: FromQuery[int] = 0,
) -> Html:
    """List the decisions, the newest first."""
    mission = mission_called(page.view.firm, mission)
    found = requests.decisions(
        page.desk,
        page.actor,
        most=SIZE + 1,
        before=before or None,
        mission=mission,
        verdict=verdict,
    )
    return page.show(
        "decisions.html",
        answers=found[:SIZE],
        older=found[SIZE - 1].number if len(found) > SIZE else 0,
        mission=mission,
        verdict=verdict,
        before=before,
    )


@get("/decisions/{number:int}", sync_to_thread=True, operation="look")
def one(page: NamedDependency[Page], number: FromPath[int]) -> Html:
    """Show one decision with all that it rests on."""
    found = requests.answer(page.desk, page.actor, number)
    answer = requests.explained(page.desk, found)
    decision = answer.decision
    earlier = requests.decisions(
        page.desk, page.actor, most=6, before=number, mission=decision.request.mission
    )
    return page.show(
        "decision.html",
        number=number,
        decision=decision,
        core=answer.core,
        groups=_groups(decision),
        ruled=_ruled(page, decision),
        ways=[
            (way, show(changed(page.view.firm, decision.request, way)))
            for way in decision.ways
        ],
        offers={offer.guardrail: offer for offer in decision.offers},
        standings={
            s.waiver.id: s
            for s in waivers.waivers(page.view, page.now)
            if s.waiver.mission == decision.request.mission
        },
        earlier=earlier,
    )


@get("/decisions/{number:int}/replay", sync_to_thread=True, operation="look")
def replay(page: NamedDependency[Page], number: FromPath[int]) -> Html:
    """Judge a past request again, on the firm of that moment."""
    return page.show(
        "replay.html", replay=requests.replay(page.desk, page.actor, number)
    )


def _ruled(page: Page, decision: Decision) -> dict[str, Ruled]:
    """Give the guardrails that a decision tells of, as they were at that moment."""
    return {
        name: Ruled(
            then,
            conditions(then.firm, then.guardrail, then.guardrail.when),
            conditions(then.firm, then.guardrail, then.guardrail.must),
            since(then) if then.newer else (),
        )
        for name, then in as_decided(page.desk, page.view, decision).items()
    }


def _groups(decision: Decision) -> dict[str, list[Finding]]:
    """Sort the findings by what they mean for the answer."""
    groups: dict[str, list[Finding]] = {
        "blocks": [],
        "waived": [],
        "duties": [],
        "advice": [],
    }
    for finding in decision.findings:
        if finding.blocks:
            groups["blocks"].append(finding)
        elif finding.waiver and finding.state != "holds":
            groups["waived"].append(finding)
        elif finding.state == "holds":
            groups["duties"].append(finding)
        else:
            groups["advice"].append(finding)
    return groups


HANDLERS = [several, one, replay]
