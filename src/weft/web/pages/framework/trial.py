"""What was found out when a guardrail was tried, as it is shown on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from weft.app.guardrails import LOOKED_BACK, try_out
from weft.app.writing.consistency import of_draft
from weft.core.entries import put
from weft.core.firm import change
from weft.core.guardrails import Guardrail, Harm, Phase, Severity
from weft.engines.guardrails import Radius, Touched
from weft.web.context import Page
from weft.web.pages.framework.consistency import shown
from weft.web.pages.framework.drawing import drawing

MOST_SHOWN: Final = 50
"""So many assets of one mission, and requests and waivers, are listed on the page."""
MOST_LISTED: Final = 200
"""So many assets that newly break are listed on the page in all."""
MOST_ROWS: Final = 60
"""So many missions are counted on the page, those first in which most breaks."""
CHOICES: Final[Mapping[str, Any]] = {
    "levels": get_args(Severity),
    "phases": get_args(Phase),
    "harms": get_args(Harm),
}


def shown_trial(
    page: Page, draft: Guardrail, *, most: int = LOOKED_BACK, fits: bool = True
) -> Mapping[str, Any]:
    """Try a draft, and give what its page shows.

    most: of past requests. fits: tell too what would not fit with the others.

    Raises Problems with everything that is wrong with it.
    """
    tried = try_out(
        page.desk, page.view, draft, page.now, most=most, explained=MOST_LISTED
    )
    firm = page.view.firm
    held = firm.guardrails.get(draft.id)
    looked = of_draft(page.view, draft, page.now) if fits else None
    after = change(firm, [put(draft)])
    return {
        "found": tried.radius,
        "draft": draft,
        "before": held,
        "same": draft == held,
        "breaking": _by_mission(tried.radius),
        "shown": MOST_SHOWN,
        "rows": MOST_ROWS,
        "looked": looked,
        "flaws": [*shown(after, looked.flaws)] if looked else [],
        "drawings": [drawing(curve) for curve in tried.curves],
    }


def _by_mission(radius: Radius) -> dict[str, list[Touched]]:
    """Give the first assets that newly break, for each mission: the most broken first.

    Missions come in the order of the table, which has the number for all of them.
    """
    found: dict[str, list[Touched]] = {each.mission: [] for each in radius.missions}
    for each in radius.touched:
        if each.effect == "breaks":
            found[each.mission].append(each)
    left, listed = MOST_LISTED, {}
    for mission, assets in found.items():
        if assets and left > 0:
            listed[mission] = assets
            left -= min(len(assets), MOST_SHOWN)
    return listed
