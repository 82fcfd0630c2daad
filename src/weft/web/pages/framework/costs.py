"""What guardrails cost: all of them, the dearest first, and the answers behind."""

from __future__ import annotations

from typing import get_args

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from weft.app.framework import costs
from weft.app.framework.costs import Effect
from weft.engines.guardrails import SignWord
from weft.errors import UnknownName
from weft.web.context import Html, Page
from weft.web.soon import soon

SIZE = 40


@get("/costs", sync_to_thread=True, operation="costs")
@soon
def several(page: NamedDependency[Page]) -> Html:
    """List the guardrails by what they cost, and what the figures are signs of."""
    found = costs.costs(page.desk, page.view, page.now)
    signs = {word: found.with_sign(word) for word in get_args(SignWord)}
    return page.show("costs.html", costs=found, signs=signs)


@get("/guardrails/{key:str}/answers", sync_to_thread=True, operation="costs")
@soon
def behind(
    page: NamedDependency[Page],
    key: FromPath[str],
    effect: FromQuery[str] = "refused",
    before: FromQuery[int] = 0,
) -> Html:
    """List the answers behind a figure of a guardrail, the newest first."""
    if effect not in get_args(Effect):
        raise UnknownName("figure", effect, get_args(Effect))
    found = costs.answers(
        page.desk,
        page.view,
        key,
        effect,  # type: ignore[arg-type] # it was looked at
        most=SIZE + 1,
        before=before or None,
    )
    return page.show(
        "guardrail-answers.html",
        guardrail=page.view.firm.guardrails[key],
        effect=effect,
        effects=get_args(Effect),
        answers=found[:SIZE],
        older=found[SIZE - 1].number if len(found) > SIZE else 0,
    )


HANDLERS = [several, behind]
